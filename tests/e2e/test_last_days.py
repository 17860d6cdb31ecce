"""Last days are set where something is asked for, and shown where it is answered."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.e2e.checks import PHONE, assert_accessible, assert_fits, settled
from tests.e2e.conftest import watch_of
from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
OFFICER = "valmistelija.kaupunki@demo.example"
EDITOR = "hakija01@demo.example"


async def test_an_officer_names_who_prepares_and_by_when_and_asks_for_a_supplement(
    own_site: Site, page_as: PageAs
) -> None:
    cases = (await own_site.api(OFFICER)).get("partner-requests", state="in_preparation")["items"]
    page = await page_as(OFFICER, site=own_site)
    watch_of(page).allow("422.*name_preparer")
    await page.set_viewport_size(PHONE)
    await page.goto(f"/fi/partner-requests/{cases[0]['id']}?action=name_preparer")
    await settled(page)
    dialog = page.get_by_role("dialog")
    await dialog.locator("input[name=decide_by]").fill("1.1.2026")
    await dialog.get_by_role("button", name="Tallenna").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Ratkaistava viimeistään")
    await dialog.locator("input[name=decide_by]").fill("31.12.2099")
    await assert_accessible(page)
    await assert_fits(page)
    await dialog.get_by_role("button", name="Tallenna").click()
    await expect(page.get_by_text("31.12.2099").first).to_be_visible()

    await page.goto(f"/fi/partner-requests/{cases[0]['id']}?action=ask_supplement")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("textbox", name="Mitä puuttuu").fill("Mikä on omarahoitus?")
    await dialog.locator("input[name=answer_by]").fill("30.12.2099")
    await assert_fits(page)
    await dialog.get_by_role("button", name="Lähetä hakijalle").click()
    await expect(page.get_by_text("Vastaa viimeistään 30.12.2099. Sen jälkeen")).to_be_visible()


async def test_a_call_says_by_when_to_submit(page_as: PageAs, site: Site) -> None:
    api = await site.api(EDITOR)
    [call, *_] = api.get("calls", phase="open")["items"]
    network = api.get(f"next/calls/{call['id']}")["networks"][0]
    year, month, day = network["submit_by"].split("-")
    page = await page_as(EDITOR)
    await page.set_viewport_size(PHONE)
    await page.goto(f"/fi/calls/{call['id']}")
    await settled(page)
    section = page.get_by_role("region", name="Ennen kuin haet")
    await expect(section).to_contain_text(f"{int(day)}.{int(month)}.{year}")
    await expect(section).to_contain_text(network["names"]["fi"])
    await assert_accessible(page)
    await assert_fits(page)
