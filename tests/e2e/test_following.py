"""Somebody follows a network and a funder from their pages, finds both in one list, and ends one there."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.e2e.checks import PHONE, assert_accessible, assert_fits, settled
from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
PERSON = "edustaja03@demo.example"


async def test_what_one_follows_is_one_list(page_as: PageAs, own_site: Site) -> None:
    page = await page_as(PERSON, site=own_site)
    await page.goto("/fi/networks")
    await settled(page)
    await page.get_by_role("link", name="Elämänkaari").first.click()
    await settled(page)
    follow, stop = (page.get_by_role("button", name=name, exact=True) for name in ("Seuraa", "Lopeta seuraaminen"))
    await follow.focus()
    await page.keyboard.press("Enter")
    await expect(stop).to_be_focused()
    await expect(page.get_by_role("status").filter(has_text="Seuraat tätä.")).to_be_visible()
    await assert_accessible(page)
    await page.goto("/fi/calls")
    await settled(page)
    await page.locator("main ul a").first.click()
    await settled(page)
    await follow.click()
    await expect(stop).to_be_visible()
    await page.set_viewport_size(PHONE)
    await assert_fits(page)
    await page.goto("/fi/profile/notices")
    await settled(page)
    await expect(page.get_by_role("heading", level=2, name="Mitä seuraan")).to_be_visible()
    await expect(page.get_by_role("group", name="Mitä seuraan").get_by_label("Viikon kooste")).to_be_checked()
    await assert_accessible(page)
    await assert_fits(page)
    ends = page.get_by_role("button", name="Lopeta seuraaminen:")
    await expect(ends).to_have_count(2)
    await ends.last.click()
    await expect(ends).to_have_count(1)
    await page.reload()
    await settled(page)
    await expect(ends).to_have_count(1)


async def test_who_is_not_signed_in_sees_no_button(page_as: PageAs) -> None:
    page = await page_as(None)
    await page.goto("/fi/calls")
    await settled(page)
    await page.locator("main ul a").first.click()
    await settled(page)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.get_by_role("button", name="Seuraa", exact=True)).to_have_count(0)
