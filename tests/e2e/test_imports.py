"""A list goes in as a clerk has it: looked at row by row, a fault corrected in place, stored, and taken back."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.e2e.checks import PHONE, assert_accessible, assert_fits, settled
from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
OPERATOR = "operaattori@demo.example"
FILE = (
    "Jäsenluettelo 2026;;;;\n"
    "nimi;sektori;yhdistysrekisterinumero;kotikunta;kenkä\n"
    "Töölön väki ry;yhdistys;111301;Helsinki;43\n"
    "Iltatähden ystävät ry;yhdistys;111302;Eiole;44\n"
    "Kaksoisten kerho ry;yhdistys;;Oulu;45\n"
)
TWIN = {"names": {"fi": "Kaksosten kerho ry"}, "sector": "association", "home_municipality_code": "564"}
NUMBERED = {"legal_form": "registered_association", "association_register_number": "111399"}


async def test_a_list_is_tried_corrected_stored_and_undone(page_as: PageAs, own_site: Site) -> None:
    api = await own_site.api(OPERATOR)
    twin = api.send("POST", "organisations", TWIN | NUMBERED)["id"]
    page = await page_as(OPERATOR, site=own_site)
    await page.goto("/fi/imports/new?kind=organisations")
    send = page.get_by_role("button", name="Lähetä tiedosto ja aja koeajo")
    await send.click()
    await expect(page.get_by_role("alert")).to_contain_text("Valitse tiedosto.")
    async with page.expect_download() as template:
        await page.get_by_role("button", name="Excel-pohja (.xlsx)").click()
    assert (await template.value).suggested_filename.endswith(".xlsx")
    content = FILE.encode("windows-1252")
    await page.set_input_files("[name=file]", {"name": "lista.csv", "mimeType": "text/csv", "buffer": content})
    await send.click()

    heading = page.get_by_role("heading", level=2)
    await expect(heading.filter(has_text="Miten tiedosto luettiin")).to_be_visible()
    await expect(page.get_by_text("Töölön väki ry, Iltatähden ystävät ry, Kaksoisten kerho ry")).to_be_visible()
    await expect(page.get_by_text("Sarakkeet, joita ei lueta")).to_be_visible()
    await page.get_by_role("button", name="Jatka koeajoon").click()

    await expect(heading.filter(has_text="Mitä tapahtuisi")).to_be_focused()
    await page.get_by_role("link", name="Virheellinen (1)").click()
    await expect(page.get_by_text("kotikunta:")).to_be_visible()
    await page.reload()
    await settled(page)
    await page.get_by_label("Kotikunta").fill("Oulu")
    await page.get_by_role("button", name="Korjaa rivi 4").click()
    await expect(page.get_by_role("status").filter(has_text="Olet valinnut tai korjannut 1 rivin.")).to_be_visible()

    await page.get_by_role("link", name="Samankaltainen on jo (1)").click()
    await expect(page.get_by_text("Tarkista", exact=True)).to_be_visible()
    await expect(page.get_by_role("link", name="Kaksosten kerho ry")).to_be_visible()
    await page.get_by_text("Sama: Kaksosten kerho ry").click()
    await expect(page.get_by_role("status").filter(has_text="Olet valinnut tai korjannut 2 riviä.")).to_be_visible()
    await page.set_viewport_size(PHONE)
    await assert_fits(page)
    await assert_accessible(page)
    await page.get_by_role("button", name="Aja koeajo uudelleen").click()
    await expect(page.get_by_role("link", name="Uusi (2)")).to_be_visible()
    await page.get_by_role("link", name="Muuttuu (1)").click()
    await expect(page.get_by_role("deletion")).to_contain_text("Kaksosten")
    await page.go_back()
    await expect(page.get_by_role("link", name="Kaikki")).to_be_visible()

    await page.get_by_role("button", name="Tallenna rivit").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("2 uutta riviä lisätään")
    await expect(dialog).to_contain_text("1 rivi muuttuu")
    await dialog.get_by_role("button", name="Tallenna", exact=True).click()
    await expect(page.get_by_text("Rivit on tallennettu.")).to_be_visible()
    assert [one["names"]["fi"] for one in api.get("organisations", q="Töölön väki")["items"]] == ["Töölön väki ry"]
    await assert_fits(page)
    await assert_accessible(page)

    await page.get_by_role("button", name="Kumoa tuonti").click()
    await expect(dialog).to_contain_text("2 lisättyä riviä poistetaan")
    await dialog.get_by_role("button", name="Kumoa tuonti").click()
    await expect(page.get_by_text("Tuonti on kumottu. Kaikki on niin kuin ennen sitä.")).to_be_visible()
    assert api.get("organisations", q="Töölön väki")["items"] == []
    assert api.get(f"organisations/{twin}")["names"] == TWIN["names"]
