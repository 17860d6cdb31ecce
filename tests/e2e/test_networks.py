"""A network's life in the browser: its rules accepted, its members invited."""

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import PageAs
from tests.e2e.site import Site

COORDINATOR = "coordinator.kotona@demo.example"


@pytest.fixture(scope="module")
async def network_id(own_site: Site) -> str:
    """Kotona asuvien verkosto: small, so that what a test changes is easily seen."""
    operator = await own_site.api("operaattori@demo.example")
    [found] = [one for one in operator.get("networks")["items"] if one["prefix"] == "KOTONA"]
    return str(found["id"])


async def test_an_owner_accepts_the_rulebook_in_force(page_as: PageAs, own_site: Site, network_id: str) -> None:
    """The coordinator puts a new version into force; an association's owner accepts it and is seen to have done so."""
    lead = await page_as(COORDINATOR, site=own_site)
    await lead.goto(f"/fi/networks/{network_id}/rules")
    await lead.get_by_role("button", name="Luonnostele seuraava versio").click()
    await lead.get_by_label("Teksti (suomeksi)").fill("Sovimme asioista yhdessä.\n\nKuuntelemme toisiamme.")
    await lead.get_by_role("button", name="Tallenna luonnos").click()
    await lead.get_by_role("button", name="Saata voimaan").click()
    await lead.get_by_role("dialog").get_by_role("button", name="Saata voimaan").click()
    await expect(lead.get_by_role("heading", name="Pelisäännöt, versio 2")).to_be_visible()
    await expect(lead.get_by_text("Kukaan ei ole vielä hyväksynyt tätä versiota")).to_be_visible()

    owner = await page_as("edustaja01@demo.example", site=own_site)
    await owner.goto(f"/fi/networks/{network_id}/rules")
    accept = owner.get_by_role("button", name="Hyväksy pelisäännöt: ")
    name = (await accept.inner_text()).removeprefix("Hyväksy pelisäännöt: ")
    await accept.click()
    accepted = owner.locator("section", has=owner.get_by_role("heading", name="Ketkä ovat hyväksyneet"))
    await expect(accepted.get_by_role("listitem").filter(has_text=name)).to_be_visible()
    await expect(accept).to_have_count(0)

    await lead.goto(f"/fi/networks/{network_id}/rules?old=1&new=2")
    await expect(lead.get_by_text("Kuuntelemme toisiamme.").last).to_be_visible()
    await expect(lead.get_by_role("heading", name="Vertaa versioita")).to_be_visible()


async def test_an_invitation_is_sent_and_taken_back(page_as: PageAs, own_site: Site, network_id: str) -> None:
    page = await page_as(COORDINATOR, site=own_site)
    await page.goto(f"/fi/networks/{network_id}/members")
    await page.get_by_role("button", name="Kutsu organisaatio").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Organisaatio").fill("Kempele")
    await dialog.get_by_role("button", name="Kempele").click()
    await dialog.get_by_role("button", name="Lähetä kutsu").click()
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Kempele"))
    await expect(row).to_contain_text("Kutsuttu")
    await row.get_by_role("button", name="Jäsenyys").click()
    await row.get_by_role("button", name="Peru kutsu").click()
    await dialog.get_by_role("button", name="Peru kutsu").click()
    await expect(dialog).to_contain_text("Kerro perustelu.")
    await dialog.get_by_label("Perustelu").fill("Kutsu meni väärälle organisaatiolle.")
    await dialog.get_by_role("button", name="Peru kutsu").click()
    await expect(row).to_contain_text("Kutsu meni väärälle organisaatiolle.")
    await expect(row).not_to_contain_text("Kutsuttu")
