"""What was typed and not saved stays on the device, for whoever typed it: after a killed tab, and in two tabs."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.checks import DESK, PHONE, assert_accessible, assert_fits, settled
from tests.e2e.conftest import watch_of
from tests.e2e.site import Site
from tests.e2e.test_application_editor import begun, saved
from tests.e2e.test_main_job import EDITOR as APPLICANT
from tests.e2e.test_session_end import PASSWORD
from tests.e2e.words import Words

PageAs = Callable[..., Awaitable[Page]]
EDITOR = "hakija06@demo.example"
OTHER = "hakija07@demo.example"
fi = Words("fi")


async def _tab(page: Page, path: str = "/fi/profile") -> Page:
    """Another tab of the same browser."""
    tab = await page.context.new_page()
    await tab.goto(path)
    await settled(tab)
    return tab


def _offer(page: Page, words: Words = fi) -> Locator:
    return page.get_by_role("region", name=words("What you did not save"))


async def _name(site: Site, email: str = EDITOR) -> str:
    return str((await site.api(email)).get("me")["name"])


@pytest.mark.parametrize(("language", "view"), [("fi", PHONE), ("sv", DESK), ("en", DESK)])
async def test_after_a_killed_tab_one_goes_on(
    page_as: PageAs, own_site: Site, language: str, view: dict[str, int]
) -> None:
    said = Words(language)
    page = await page_as(EDITOR, site=own_site, viewport=view)
    await page.goto(f"/{language}/profile")
    await page.fill("input[name=name]", f"Kesken {language}")
    other = await _tab(page, f"/{language}/profile")
    await expect(_offer(other, said)).to_have_count(0)
    await page.close(run_before_unload=False)
    # nobody writes them any more
    await expect(_offer(other, said)).to_contain_text(f"Kesken {language}")
    await assert_accessible(other)
    await assert_fits(other)
    await other.get_by_role("button", name=said("Continue where you left off")).click()
    await expect(_offer(other, said)).to_have_count(0)
    await expect(other.locator("input[name=name]")).to_have_value(f"Kesken {language}")
    await expect(other.locator("input[name=name]")).to_be_focused()
    await other.keyboard.press("Enter")
    await expect(other.get_by_text(said("Saved.", "identity"))).to_be_visible()
    assert await _name(own_site) == f"Kesken {language}"
    again = await _tab(other, f"/{language}/profile")
    await expect(_offer(again, said)).to_have_count(0)


async def test_words_are_offered_to_nobody_else_and_deleted_at_signing_out(page_as: PageAs, own_site: Site) -> None:
    first = await _name(own_site)
    page = await page_as(EDITOR, site=own_site)
    await page.goto("/fi/profile")
    await page.fill("input[name=name]", "Vain minun")
    other = await _tab(page, "/fi/login")
    await page.close(run_before_unload=False)
    await other.fill("input[name=email]", OTHER)
    await other.fill("input[name=password]", PASSWORD)
    await other.keyboard.press("Enter")
    await other.wait_for_url("**/fi/work")
    tab = await _tab(other)
    await expect(tab.locator("input[name=name]")).to_have_value(await _name(own_site, OTHER))
    await expect(_offer(tab)).to_have_count(0)

    mine = await page_as(EDITOR, site=own_site)
    await mine.goto("/fi/profile")
    await mine.fill("input[name=name]", "Vain minun")
    await mine.get_by_role("button", name=first).click()
    await mine.get_by_role("menuitem", name="Kirjaudu ulos").click()
    asked = mine.get_by_role("dialog", name=fi("You have text here that is not saved"))
    await assert_accessible(mine)
    await asked.get_by_role("button", name=fi("Stay signed in")).click()
    await expect(mine.locator("input[name=name]")).to_have_value("Vain minun")
    await mine.get_by_role("button", name=first).click()
    await mine.get_by_role("menuitem", name="Kirjaudu ulos").click()
    await asked.get_by_role("button", name=fi("Sign out and delete the text")).click()
    await expect(mine.get_by_role("link", name="Kirjaudu")).to_be_visible()
    assert not await mine.evaluate("() => Object.values(localStorage).some((one) => one.includes('Vain minun'))")


async def test_an_application_written_without_a_connection_outlives_its_tab(page_as: PageAs, own_site: Site) -> None:
    path = await begun(own_site, "Katkoksen yli")
    page = await page_as(APPLICANT, site=own_site)
    watch_of(page).allow("INTERNET_DISCONNECTED")
    await page.goto(path + "?step=content")
    await settled(page)
    await page.fill("textarea[name=purpose]", "Saatu talteen.")
    await saved(page)
    await page.context.set_offline(True)
    await page.fill("textarea[name=goals]", "Kukaan ei jää yksin.")
    await expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "offline")
    await page.fill("textarea[name=methods]", "Kahvila iltaisin.")
    other = await page.context.new_page()
    await page.close(run_before_unload=False)
    await page.context.set_offline(False)
    application = path.split("/")[3]
    api = await own_site.api(APPLICANT)
    theirs = {"content": {"purpose": "Saatu talteen.", "methods": "Retkiä."}}
    api.send("PATCH", f"applications/{application}", theirs, seen=f"applications/{application}")

    await other.goto(path + "?step=content")
    await expect(_offer(other)).to_contain_text("Kukaan ei jää yksin.")
    await assert_accessible(other)
    await other.get_by_role("button", name=fi("Continue where you left off")).click()
    await expect(other.locator("textarea[name=goals]")).to_have_value("Kukaan ei jää yksin.")
    # both wrote here: one chooses, and nothing of either is lost
    clash = other.get_by_role("alert").filter(has_text="Retkiä.")
    await expect(clash).to_contain_text("Kahvila iltaisin.")
    await clash.get_by_role("button", name=fi("Keep both, one below the other", "applications")).click()
    await saved(other)
    content = api.get(f"applications/{application}")["content"]
    assert content["goals"] == "Kukaan ei jää yksin."
    assert content["methods"] == "Kahvila iltaisin.\n\nRetkiä."
    await expect(_offer(other)).to_have_count(0)


async def test_who_saves_second_in_two_tabs_keeps_the_words_and_goes_on(page_as: PageAs, own_site: Site) -> None:
    page = await page_as(EDITOR, site=own_site)
    watch_of(page).allow("412|ERR_FAILED")
    # it has not heard yet of what the other one does
    for path in ("**/events/stream", "**/health/serving"):
        await page.route(path, lambda route: route.abort())
    await page.goto("/fi/profile")
    await page.fill("input[name=name]", "Ensimmäinen")
    other = await _tab(page)
    await other.fill("input[name=name]", "Toinen")
    await other.keyboard.press("Enter")
    await expect(other.get_by_text(fi("Saved.", "identity"))).to_be_visible()
    await page.get_by_role("button", name="Tallenna", exact=True).first.click()
    # the form shows what the other one saved; one's own words stand above it
    await expect(page.locator("input[name=name]")).to_have_value("Toinen")
    changed = fi("Somebody has changed the same fields since. Check them before you save.")
    await expect(_offer(page)).to_contain_text("Ensimmäinen")
    await expect(_offer(page)).to_contain_text(changed)
    await page.get_by_role("button", name=fi("Continue where you left off")).click()
    await expect(page.locator("input[name=name]")).to_have_value("Ensimmäinen")
    await page.get_by_role("button", name="Tallenna", exact=True).first.click()
    await expect(page.get_by_text(fi("Saved.", "identity"))).to_be_visible()
    assert await _name(own_site) == "Ensimmäinen"
