"""Somebody looks what is due when, on a phone too, and has it in their own calendar."""

from collections.abc import Awaitable, Callable

import httpx
from playwright.async_api import Page, expect

from tests.e2e.checks import PHONE, assert_accessible, assert_fits, settled
from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
COORDINATOR = "coordinator.elamankaari@demo.example"


async def test_days_are_found_filtered_and_subscribed_to(page_as: PageAs, own_site: Site) -> None:
    page = await page_as(COORDINATOR, site=own_site)
    await page.goto("/fi")
    await settled(page)
    await page.get_by_role("link", name="Määräajat").click()
    await expect(page.get_by_role("heading", level=1, name="Määräajat")).to_be_focused()
    await settled(page)
    await assert_accessible(page)
    rows = page.locator("main section li")
    every = await rows.count()
    assert every > 1
    await page.get_by_label("Päivän laji").click()
    await page.get_by_role("option").nth(1).click()
    await expect(rows).not_to_have_count(every)
    await expect(rows.first).to_be_visible()
    await page.set_viewport_size(PHONE)
    await assert_fits(page)

    await page.get_by_role("button", name="Luo kalenterilinkki").click()
    dialog = page.get_by_role("dialog", name="Kopioi kalenterilinkki nyt")
    link = httpx.URL(await dialog.locator("code").inner_text())
    await assert_accessible(page)
    await dialog.get_by_role("button").first.click()
    await expect(page.get_by_role("button", name="Vaihda linkki")).to_be_visible()

    def read() -> httpx.Response:
        return httpx.get(f"{own_site.url}{link.raw_path.decode()}")

    assert read().text.count("BEGIN:VEVENT") > 1
    await page.get_by_role("button", name="Poista linkki").click()
    await expect(page.get_by_role("button", name="Luo kalenterilinkki")).to_be_visible()
    assert read().status_code == 404
    assert link.params["key"] not in own_site.log.read_text("utf-8")


async def test_the_header_of_a_phone_has_two_rows(page_as: PageAs) -> None:
    page = await page_as(COORDINATOR)
    await page.set_viewport_size(PHONE)
    for language in ("fi", "sv", "en"):
        await page.goto(f"/{language}/work")
        await settled(page)
        box = await page.get_by_role("banner").bounding_box()
        assert box is not None and box["height"] <= 130, (language, box)
