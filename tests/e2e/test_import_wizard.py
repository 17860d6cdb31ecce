"""The wizard by the keyboard alone, from where one looks for it."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Locator, Page, expect

from tests.e2e.checks import PHONE, assert_accessible, assert_fits, settled
from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
COORDINATOR = "coordinator.elamankaari@demo.example"
OPERATOR = "operaattori@demo.example"
FILE = "nimi;sektori;kotikunta;2026\nNumeroton ry;yhdistys;Oulu;1\nVirhe ry;yhdistys;#N/A;2\n"


async def test_from_the_members_of_a_network_one_comes_to_its_import(page_as: PageAs, own_site: Site) -> None:
    own = (await own_site.api(COORDINATOR)).get("me")["permissions"]
    led = next(one["scope_id"] for one in own if "networks:lead" in one["permissions"])
    network = (await own_site.api(COORDINATOR)).get(f"networks/{led}")
    page = await page_as(COORDINATOR, site=own_site)
    await page.goto(f"/fi/networks/{network['id']}/members")
    await page.get_by_role("link", name="Tuo tiedostosta").click()
    await expect(page.get_by_role("button", name="Verkoston jäsenet Mitä tiedostossa on")).to_be_visible()
    await expect(page.get_by_role("button", name=f"{network['names']['fi']} Verkosto")).to_be_visible()
    stranger = await page_as(OPERATOR, site=own_site)
    await stranger.goto(f"/fi/networks/{network['id']}/members")
    await settled(stranger)
    await expect(stranger.get_by_role("link", name="Tuo tiedostosta")).to_have_count(0)


async def test_a_list_goes_in_by_the_keyboard_alone(page_as: PageAs, own_site: Site) -> None:
    page = await page_as(OPERATOR, site=own_site, viewport=PHONE)
    await page.goto("/fi/imports/new?kind=organisations")
    await expect(page.get_by_text("Tiedosto saa olla enintään 500 Mt.")).to_be_visible()
    await page.set_input_files("[name=file]", {"name": "tyhja.csv", "mimeType": "text/csv", "buffer": b""})
    send = page.get_by_role("button", name="Lähetä tiedosto ja aja koeajo")
    await _press(page, send)
    await expect(page.get_by_role("alert")).to_contain_text("Tiedosto on tyhjä")
    await expect(page.get_by_role("alert").first).to_be_focused()
    await page.set_input_files("[name=file]", {"name": "l.csv", "mimeType": "text/csv", "buffer": FILE.encode()})
    await _press(page, send)

    await expect(page.get_by_role("heading", name="Miten tiedosto luettiin")).to_be_visible()
    await expect(page.get_by_role("button", name="Ei lueta 2026")).to_be_visible()
    await assert_fits(page)
    await assert_accessible(page)
    await _press(page, page.get_by_role("button", name="Jatka koeajoon"))

    await expect(page.get_by_role("heading", name="Mitä tapahtuisi")).to_be_focused()
    await _press(page, page.get_by_role("link", name="Tarkista (1)"))
    await expect(page.get_by_text("Numeroton ry")).to_be_visible()
    await expect(page.get_by_text("Virhe ry")).to_have_count(0)
    await assert_fits(page)
    await assert_accessible(page)

    await _press(page, page.get_by_role("button", name="Tallenna rivit"))
    await _press(page, page.get_by_role("button", name="Tallenna ja jätä muut pois"))
    await expect(page.get_by_role("heading", name="Tulos", exact=True)).to_be_focused()
    await expect(page.get_by_text("Kumottavissa viimeistään")).to_be_visible()
    await assert_fits(page)
    await assert_accessible(page)
    await page.goto("/fi/imports")
    await expect(page.get_by_text("1 rivi lisätty")).to_be_visible()
    await expect(page.get_by_text("Kumottavissa viimeistään")).to_be_visible()
    await assert_fits(page)
    await assert_accessible(page)


async def _press(page: Page, what: Locator) -> None:
    """As somebody without a mouse does."""
    await what.focus()
    await page.keyboard.press("Enter")
