"""Raising a need in a network, and the network agreeing on it."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
EDITOR = "hakija01@demo.example"
COORDINATOR = "coordinator.elamankaari@demo.example"
TITLE = "Kuljetuksia iltakerhoihin"


async def test_a_need_is_raised_and_agreed_on(page_as: PageAs, own_site: Site) -> None:
    networks = (await own_site.api(EDITOR)).get("networks")["items"]
    network = next(one["id"] for one in networks if one["kind"] == "thematic_network")
    page = await page_as(EDITOR, site=own_site)
    await page.goto(f"/fi/needs/new?network={network}")
    raise_it = page.get_by_role("button", name="Nosta tarve esiin")
    await raise_it.click()
    await expect(page.get_by_role("alert")).to_contain_text("Anna tarpeelle nimi.")
    await page.fill("[name=title]", TITLE)
    await page.fill("[name=description]", "Iltaisin kerhoihin ei pääse linja-autolla.")
    await page.get_by_role("button", name="Valitse Kunta", exact=True).click()
    await page.get_by_role("option", name="Oulu", exact=True).click()
    await raise_it.click()
    await expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    await expect(page.get_by_text("Muuta tarvetta")).to_be_visible()

    leader = await page_as(COORDINATOR, site=own_site)
    await leader.goto("/fi/needs?state=raised")
    await leader.get_by_role("link", name=TITLE).click()
    await leader.get_by_role("button", name="Vahvista yhteiseksi tarpeeksi").click()
    await expect(leader.get_by_role("button", name="Merkitse: työn alla")).to_be_visible()

    anybody = await page_as(None, site=own_site)
    await anybody.goto("/fi/needs")
    await expect(anybody.get_by_role("link", name=TITLE)).to_be_visible()
