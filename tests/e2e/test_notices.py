"""Somebody learns of a task from an email and from the app, gets to where it is done, and chooses how they are told."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.e2e.checks import PHONE, assert_accessible, assert_fits, settled
from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
COORDINATOR, EDITOR = "coordinator.elamankaari@demo.example", "hakija01@demo.example"


async def test_a_task_is_told_of_and_leads_to_its_place(page_as: PageAs, own_site: Site) -> None:
    page = await page_as(COORDINATOR, site=own_site)
    await page.goto("/fi/notices")
    await settled(page)
    await expect(page.get_by_role("heading", level=1, name="Ilmoitukset")).to_be_visible()
    await assert_accessible(page)
    await page.get_by_role("link", name="Valitse, miten saat ilmoitukset").click()
    await expect(page.get_by_role("heading", level=1, name="Miten saat ilmoitukset")).to_be_focused()
    row = page.get_by_role("group", name="Verkoston asiat")
    await expect(row.get_by_label("Päivän kooste")).to_be_checked()
    await row.get_by_text("Viikon kooste").click()
    await expect(page.get_by_role("status").filter(has_text="Tallennettu.")).to_be_visible()
    await page.reload()
    await settled(page)
    await expect(row.get_by_label("Viikon kooste")).to_be_checked()
    await expect(page.get_by_role("heading", name="Seuraava koosteesi")).to_be_visible()
    weekdays = page.get_by_role("checkbox", name="Vain arkisin")
    await expect(weekdays).not_to_be_checked()
    await page.get_by_text("Vain arkisin").click()
    await expect(page.get_by_role("status").filter(has_text="Tallennettu.")).to_be_visible()
    await page.reload()
    await settled(page)
    await expect(weekdays).to_be_checked()
    await assert_accessible(page)
    await page.set_viewport_size(PHONE)
    await assert_fits(page)
    await page.goto("/fi/to/need_agreement/need/00000000-0000-0000-0000-000000000001")
    await page.wait_for_url("**/fi/needs/00000000-0000-0000-0000-000000000001")
