"""A comment names somebody: chosen by keyboard from those who read it, shown as a name, and told to them."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.e2e.checks import PHONE, assert_accessible, assert_fits
from tests.e2e.site import Site
from tests.e2e.test_discussions import submitted
from tests.e2e.test_main_job import COORDINATOR

PageAs = Callable[..., Awaitable[Page]]
CHAIR = "chair.kotona@demo.example"


async def test_somebody_is_named_by_keyboard(page_as: PageAs, own_site: Site) -> None:
    case = await submitted(own_site, page_as, "Kysymys puheenjohtajalle")
    page = await case.at(COORDINATOR, await case.handling())
    text = page.get_by_label("Kommenttisi")
    await text.fill("Ehditkö, ")
    await text.press("End")
    await text.press_sequentially("@pau")
    people = page.get_by_role("listbox", name="Mainittavat henkilöt")
    option = people.get_by_role("option", name="Pauli Puheenjohtaja")
    await expect(option).to_have_attribute("aria-selected", "true")
    await assert_accessible(page)
    await page.set_viewport_size(PHONE)
    await assert_fits(page)
    await page.keyboard.press("Escape")
    await expect(people).to_have_count(0)
    await text.press_sequentially("l")
    await expect(option).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(people).to_have_count(0)
    await expect(text).to_be_focused()
    await text.press_sequentially("katsoa?")
    await page.get_by_role("button", name="Kommentoi").click()
    said = page.get_by_role("listitem").filter(has_text="katsoa?")
    await expect(said.locator("strong").filter(has_text="@Pauli Puheenjohtaja")).to_be_visible()

    handling = await case.handling()
    chair = await own_site.api(CHAIR)
    [comment] = chair.get("comments", subject_kind="handling", subject_id=handling.partition("/")[2])["items"]
    [named] = comment["mentions"]
    assert comment["body"] == f"Ehditkö, @[{named['id']}] katsoa?"
    assert named["name"].startswith("Pauli Puheenjohtaja")
