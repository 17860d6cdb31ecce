"""The wizard by the keyboard alone, from where one looks for it."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Locator, Page, expect

from tests.e2e.checks import PHONE, assert_accessible, assert_fits, settled
from tests.e2e.conftest import watch_of
from tests.e2e.site import Site
from tests.waiting import until

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


async def test_what_is_typed_is_saved_before_anything_goes_on(page_as: PageAs, own_site: Site) -> None:
    api = await own_site.api(OPERATOR)
    file = "nimi;sektori;kotikunta\nEka ry;yhdistys;Eiole\nToka ry;yhdistys;Eiole\nKolmas ry;yhdistys;Oulu\n"
    job = api.upload("imports", file, kind="organisations", file_name="lista.csv", dry_run="true")["id"]
    await until(lambda: api.get(f"imports/{job}")["state"] == "tried")

    def corrected() -> list[str | None]:
        return [(one["corrected"] or {}).get("home_municipality") for one in api.get(f"imports/{job}/rows")["items"]]

    page = await page_as(OPERATOR, site=own_site, viewport=PHONE)
    await page.goto(f"/fi/imports/{job}")
    home = page.get_by_label("Kotikunta")
    await home.first.fill("Oulu")
    await home.nth(1).fill("Kemp\0ele")
    watch_of(page).allow("status 422 .*rows|status of 422")
    await page.get_by_role("link", name="Uusi (1)").click()
    await expect(page.get_by_text("Riviä 3 ei voitu tallentaa. Korjaa se ensin.")).to_be_visible()
    await expect(page.get_by_role("link", name="Kaikki")).to_have_attribute("aria-current", "page")
    await expect(home.nth(1)).to_have_value("Kemp\0ele")
    assert corrected() == ["Oulu", None, None]
    await assert_fits(page)
    await assert_accessible(page)

    await home.nth(1).fill("Kempele")
    await page.get_by_role("button", name="Aja koeajo uudelleen").click()
    await expect(page.get_by_role("link", name="Uusi (3)")).to_be_visible()
    assert corrected() == ["Oulu", "Kempele", None]
    await page.get_by_role("button", name="Rivi 4: korjaa").click()
    await page.get_by_label("Nimi suomeksi").fill("Neljäs ry")
    await page.get_by_role("button", name="Tallenna rivit").click()
    await expect(page.get_by_role("status").filter(has_text="Olet valinnut tai korjannut 1 rivin.")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.get_by_role("button", name="Rivi 4: korjaa").click()
    await page.get_by_label("Nimi suomeksi").fill("Viides ry")
    await page.get_by_role("link", name="Uusi (3)").click()
    await expect(page.get_by_role("link", name="Uusi (3)")).to_have_attribute("aria-current", "page")
    assert api.get(f"imports/{job}/rows")["items"][2]["corrected"]["name_fi"] == "Viides ry"


async def _press(page: Page, what: Locator) -> None:
    """As somebody without a mouse does."""
    await what.focus()
    await page.keyboard.press("Enter")
