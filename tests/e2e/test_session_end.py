"""When a session ends: it is told before, and one signs in on top of the page; nothing that was typed is lost."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect
from sqlmodel import col, select, update

from puumerkki.identity.models import RefreshToken, User
from puumerkki.kernel import clock
from puumerkki.kernel.db import make_engine, make_sessions, transaction
from tests.e2e.checks import DESK, PHONE, assert_accessible, assert_fits, settled
from tests.e2e.conftest import watch_of
from tests.e2e.site import Site
from tests.e2e.words import Words

PageAs = Callable[..., Awaitable[Page]]
EDITOR = "hakija04@demo.example"
OTHER = "hakija05@demo.example"
PASSWORD = "puumerkki-demo"
fi = Words("fi")


async def end_sessions(site: Site, email: str, *, in_minutes: float = 0) -> None:
    """The server lets all sessions of a person end, now or soon."""
    engine = make_engine(site.database, pool_size=1)
    ends = clock.now() + timedelta(minutes=in_minutes)
    try:
        async with transaction(make_sessions(engine)) as session:
            whose = select(User.id).where(col(User.email) == email).scalar_subquery()
            of_them = update(RefreshToken).where(col(RefreshToken.user_id) == whose)
            await session.exec(of_them.values(expires_at=ends, ends_at=ends))
    finally:
        await engine.dispose()


async def _typing(page_as: PageAs, site: Site, name: str, **options: Any) -> Page:
    """A page of one's own on which something is typed."""
    page = await page_as(EDITOR, site=site, **options)
    watch_of(page).allow("401")
    await page.clock.install()
    await page.goto("/fi/profile")
    await settled(page)
    await page.fill("input[name=name]", name)
    return page


async def _save(page: Page, site: Site) -> Locator:
    """Save after the session's end; the window in which one signs in."""
    await end_sessions(site, EDITOR)
    # the access token is over too
    await page.clock.fast_forward(20 * 60_000)
    await page.get_by_role("button", name="Tallenna", exact=True).first.click()
    dialog = page.get_by_role("dialog", name=fi("Sign in to go on", "identity"))
    await expect(dialog).to_be_visible()
    return dialog


async def _name(site: Site, email: str = EDITOR) -> str:
    return str((await site.api(email)).get("me")["name"])


@pytest.mark.parametrize("view", [DESK, PHONE])
async def test_one_signs_in_on_top_of_the_page_and_the_save_goes_on(
    page_as: PageAs, own_site: Site, view: dict[str, int]
) -> None:
    name = f"Eeva {view['width']}"
    page = await _typing(page_as, own_site, name, viewport=view)
    dialog = await _save(page, own_site)
    await assert_accessible(page)
    await assert_fits(page)
    await expect(dialog.locator("input[name=email]")).to_have_value(EDITOR)
    await dialog.locator("input[name=password]").fill("väärä salasana")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_role("alert")).to_contain_text("Sähköpostiosoite tai salasana on väärä.")
    assert await _name(own_site) != name
    await dialog.locator("input[name=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text(fi("Saved.", "identity"))).to_be_visible()
    await expect(dialog).to_have_count(0)
    assert await _name(own_site) == name


async def test_a_mailed_link_used_in_another_tab_revives_the_page(page_as: PageAs, own_site: Site) -> None:
    page = await _typing(page_as, own_site, "Linkki")
    dialog = await _save(page, own_site)
    await dialog.get_by_role("button", name=fi("Get a link by mail", "identity")).click()
    await dialog.get_by_role("button", name=fi("Send the link", "identity")).click()
    await expect(dialog.get_by_role("status").filter(has_text=EDITOR)).to_be_visible()
    other = await page.context.new_page()
    await other.goto(await own_site.mailed_link(EDITOR, "/login-link#token="))
    await other.get_by_role("button", name="Kirjaudu", exact=True).click()
    await expect(page.get_by_text(fi("Saved.", "identity"))).to_be_visible()
    await expect(dialog).to_have_count(0)
    assert await _name(own_site) == "Linkki"


async def test_another_person_never_saves_what_the_first_one_wrote(page_as: PageAs, own_site: Site) -> None:
    before = await _name(own_site), await _name(own_site, OTHER)
    page = await _typing(page_as, own_site, "Väärän nimissä")
    dialog = await _save(page, own_site)
    await dialog.locator("input[name=email]").fill(OTHER)
    await dialog.locator("input[name=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.locator("input[name=name]")).to_have_value(before[1])
    await expect(dialog).to_have_count(0)
    assert (await _name(own_site), await _name(own_site, OTHER)) == before


async def test_a_session_that_somebody_else_took_over_in_another_tab_is_not_used(
    page_as: PageAs, own_site: Site
) -> None:
    """The cookie is the browser's: what this page would renew by is another person's now."""
    before = await _name(own_site), await _name(own_site, OTHER)
    page = await _typing(page_as, own_site, "Toisen nimissä")
    other = await page.context.new_page()
    await other.goto("/fi/login")
    await other.fill("input[name=email]", OTHER)
    await other.fill("input[name=password]", PASSWORD)
    await other.keyboard.press("Enter")
    await expect(other.get_by_role("button", name=before[1])).to_be_visible()
    await expect(page.locator("input[name=name]")).to_have_value(before[1])
    assert (await _name(own_site), await _name(own_site, OTHER)) == before


async def test_who_does_not_sign_in_keeps_the_page_and_is_asked_at_the_next_save(
    page_as: PageAs, own_site: Site
) -> None:
    page = await _typing(page_as, own_site, "Myöhemmin")
    dialog = await _save(page, own_site)
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("alert").first).to_be_focused()
    await expect(page.locator("input[name=name]")).to_have_value("Myöhemmin")
    await page.get_by_role("button", name="Tallenna", exact=True).first.click()
    await dialog.locator("input[name=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text(fi("Saved.", "identity"))).to_be_visible()
    assert await _name(own_site) == "Myöhemmin"


async def test_signing_out_in_one_tab_shows_nothing_more_in_the_others(page_as: PageAs, own_site: Site) -> None:
    page = await _typing(page_as, own_site, "Jää tänne")
    await page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('puumerkki.of.'))")
    other = await page.context.new_page()
    await other.goto("/fi/work")
    await settled(other)
    await other.get_by_role("button", name=await _name(own_site)).click()
    await other.get_by_role("menuitem", name="Kirjaudu ulos").click()
    await other.get_by_role("button", name=fi("Sign out and delete the text")).click()
    await expect(page.get_by_role("link", name="Kirjaudu")).to_be_visible()
    assert page.url.endswith("/fi")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_five_minutes_before_it_is_said_and_use_prolongs_it(
    page_as: PageAs, own_site: Site, language: str
) -> None:
    said = Words(language)
    page = await page_as(EDITOR, site=own_site, viewport=PHONE)
    await page.clock.install()
    await page.goto(f"/{language}/profile")
    await settled(page)
    # the page itself does not get through
    await page.route("**/auth/refresh", lambda route: route.abort())
    watch_of(page).allow("auth/refresh|ERR_FAILED")
    soon = page.get_by_role("region", name=said("End of the session", "identity"))
    await expect(soon).to_have_count(0)
    typing = page.locator("input[name=name]")
    await typing.fill("Kesken")
    await page.clock.fast_forward((30 * 24 * 60 - 4) * 60_000)
    await expect(soon.get_by_role("status")).to_be_visible()
    await expect(typing).to_be_focused()
    await assert_accessible(page)
    await assert_fits(page)
    on = soon.get_by_role("button", name=said("Continue the session", "identity"))
    await on.click()
    await expect(soon.get_by_role("alert")).to_have_text(
        said("There is no connection just now. Try again.", "identity")
    )
    await expect(on).to_be_focused()
    await page.unroute("**/auth/refresh")
    # the page may get through by itself in this moment
    await page.keyboard.press("Enter")
    await expect(soon).to_have_count(0)
    await expect(typing).to_be_focused()
    await expect(typing).to_have_value("Kesken")


async def test_before_its_end_for_good_one_signs_in_again(page_as: PageAs, own_site: Site) -> None:
    page = await page_as(EDITOR, site=own_site)
    await end_sessions(own_site, EDITOR, in_minutes=4.5)
    await page.goto("/fi/profile")
    await settled(page)
    await page.fill("input[name=name]", "Ajoissa")
    soon = page.get_by_role("region", name=fi("End of the session", "identity"))
    await expect(soon.get_by_role("status")).to_contain_text("5 minuutin kuluttua")
    await soon.get_by_role("button", name=fi("Sign in again", "identity")).click()
    dialog = page.get_by_role("dialog")
    await dialog.locator("input[name=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(soon).to_have_count(0)
    await expect(dialog).to_have_count(0)
    await expect(page.locator("input[name=name]")).to_have_value("Ajoissa")
    assert not await page.evaluate("() => document.activeElement === document.body")
