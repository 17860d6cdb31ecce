"""An organisation is added by one of its people, and says where it works."""

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
OPERATOR = "operaattori@demo.example"


async def test_a_village_group_is_added_with_its_contact_and_changed(own_site: Site, page_as: PageAs) -> None:
    page = await page_as("hakija03@demo.example", site=own_site)
    await page.goto("/fi/organisations")
    await page.get_by_role("link", name="Lisää organisaatio").click()
    await page.locator("input[name=names]").fill("Korvensuoran talkooväki")
    await page.get_by_role("button", name="Yhdistys Sektori").click()
    await expect(page.get_by_role("option", name="Kunta", exact=True)).to_have_count(0)
    await page.get_by_role("option", name="Kylätoimikunta").click()
    await page.get_by_role("button", name="Rekisteröity yhdistys Oikeudellinen muoto").click()
    await page.get_by_role("option", name="Rekisteröimätön ryhmä").click()
    await page.get_by_role("button", name="Lisää organisaatio").click()
    await expect(page.get_by_role("alert")).to_contain_text("tarvitsee taustaorganisaation tai yhteyshenkilön")
    await page.locator("input[name='contact/name']").fill("Taina Talkoolainen")
    await page.locator("input[name='contact/email']").fill("taina@talkoot.example")
    await page.get_by_role("button", name="Lisää organisaatio").click()
    await expect(page.get_by_role("heading", name="Korvensuoran talkooväki", level=1)).to_be_visible()
    await page.get_by_role("link", name="Muuta").click()
    await page.get_by_role("button", name=re.compile("Toimintakunnat")).click()
    await page.get_by_role("option", name="Kempele").click()
    await page.get_by_role("button", name="Tallenna").click()
    await expect(page.get_by_text("Muutokset on tallennettu.")).to_be_visible()
    api = await own_site.api(OPERATOR)
    [made] = api.get("organisations", q="Korvensuoran talkooväki")["items"]
    assert (made["sector"], made["municipality_codes"]) == ("village_committee", ["244"])


async def test_whoever_is_not_signed_in_is_told_how_long_a_file_may_be(own_site: Site, page_as: PageAs) -> None:
    told = "Kirjautumatta voit ladata enintään 400 riviä. Rajaa luetteloa tai kirjaudu sisään."
    page = await page_as(None, site=own_site)
    await page.goto("/fi/organisations")
    await expect(page.get_by_text(told)).to_be_visible()
    page = await page_as("hakija01@demo.example", site=own_site)
    await page.goto("/fi/organisations")
    await expect(page.get_by_role("button", name="Lataa koko luettelo")).to_be_visible()
    await expect(page.get_by_text(told)).to_have_count(0)
