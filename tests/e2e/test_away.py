"""The service is away, or has a new release: the app stays itself, and nothing that was typed is lost."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, Route, expect

from tests.e2e.checks import PHONE, assert_accessible, assert_fits, settled
from tests.e2e.conftest import watch_of
from tests.e2e.site import Site
from tests.e2e.test_live import _handling
from tests.e2e.test_main_job import EDITOR as APPLICANT
from tests.e2e.words import Words

PageAs = Callable[..., Awaitable[Page]]
EDITOR = "hakija08@demo.example"
fi = Words("fi")
NO_CONNECTION = fi("There is no connection to the service. Check your network and try again.")
KEPT = "async () => [...(await (await caches.open('puumerkki-shell')).keys())].map((one) => new URL(one.url).pathname)"


async def _goes_on(page: Page, name: str) -> None:
    """The words are offered, taken and saved."""
    await page.get_by_role("button", name=fi("Continue where you left off")).click()
    await expect(page.locator("input[name=name]")).to_have_value(name)
    await page.get_by_role("button", name="Tallenna", exact=True).first.click()
    await expect(page.get_by_text(fi("Saved.", "identity"))).to_be_visible()


async def test_without_a_connection_the_app_opens_and_the_words_are_there(page_as: PageAs, own_site: Site) -> None:
    page = await page_as(EDITOR, site=own_site, viewport=PHONE, service_workers="allow")
    watch_of(page).allow("INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|preloaded using link preload")
    await page.goto("/fi/profile")
    await settled(page)
    # a page made by another release, which must go with all it was made of
    await page.evaluate(
        """async () => {
            const shell = await caches.open('puumerkki-shell')
            await shell.put('/', new Response('<script type="module" src="/assets/old.js"></script>'))
            await shell.put('/assets/old.js', new Response(''))
            await navigator.serviceWorker.ready
        }"""
    )
    await page.reload()
    await settled(page)
    await page.wait_for_function("async () => (await (await caches.match('/'))?.text())?.includes('config.json')")
    assert "/assets/old.js" not in await page.evaluate(KEPT)
    await page.wait_for_function(f"async () => (await ({KEPT})()).length > 10")
    assert not [one for one in await page.evaluate(KEPT) if one.startswith("/api")]

    await page.fill("input[name=name]", "Metsässä kirjoitettu")
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Tallenna", exact=True).first.click()
    alert = page.get_by_role("alert").first
    await expect(alert).to_contain_text(NO_CONNECTION)
    await expect(alert).to_contain_text(fi("What you have written stays on this device."))
    await expect(page.locator("input[name=name]")).to_have_value("Metsässä kirjoitettu")

    await page.reload()
    title = page.get_by_role("heading", level=1)
    await expect(title).to_have_text(fi("There is no connection to the service"))
    await assert_accessible(page)
    await assert_fits(page)
    await page.goto("/fi/networks")
    await expect(title).to_have_text(fi("This page could not be fetched"))
    await assert_accessible(page)
    await page.goto("/fi/profile")
    await page.context.set_offline(False)
    await _goes_on(page, "Metsässä kirjoitettu")


async def test_what_was_sent_and_never_answered_is_done_once(page_as: PageAs, own_site: Site) -> None:
    path = await _handling(own_site, page_as, "Vastaus katosi")
    page = await page_as(APPLICANT, site=own_site)
    watch_of(page).allow("ERR_FAILED")
    await page.goto(f"/fi/{path}")
    await page.get_by_label("Kommenttisi").fill("Vain kerran.")

    async def lose(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await page.route("**/api/v1/comments", lose)
    await page.get_by_role("button", name="Kommentoi").click()
    await expect(page.get_by_role("alert").filter(has_text=NO_CONNECTION)).to_be_visible()
    await page.unroute("**/api/v1/comments")
    await page.get_by_role("button", name="Kommentoi").click()
    await expect(page.get_by_label("Kommenttisi")).to_have_value("")
    on = {"subject_kind": "handling", "subject_id": path.split("/")[1]}
    said = (await own_site.api(APPLICANT)).get("comments", **on)["items"]
    assert [one["body"] for one in said] == ["Vain kerran."]


async def test_a_new_release_is_told_and_its_missing_parts_are_fetched_anew(page_as: PageAs, own_site: Site) -> None:
    page = await page_as(EDITOR, site=own_site, viewport=PHONE)
    watch_of(page).allow("404")
    await page.clock.install()
    await page.goto("/fi/profile")
    await settled(page)
    await page.fill("input[name=name]", "Vanhassa versiossa")
    other = {"api": "", "release": "another"}
    await page.route("**/config.json", lambda route: route.fulfill(json=other))
    await page.clock.fast_forward(6 * 60_000)
    told = page.get_by_role("status").filter(has_text=fi("The service has a new version"))
    await expect(told).to_be_visible()
    await assert_accessible(page)
    await assert_fits(page)
    await told.get_by_role("button", name=fi("Load again")).click()
    await expect(told).to_have_count(0)
    await _goes_on(page, "Vanhassa versiossa")

    await page.fill("input[name=name]", "Osat vaihtuivat")
    # the files of the former release are not there; after a reload those of the new one are
    reloads: list[str] = []
    page.on("request", lambda one: reloads.append(one.url) if one.is_navigation_request() else None)

    async def gone(route: Route) -> None:
        await (route.continue_() if reloads else route.fulfill(status=404))

    await page.route("**/assets/*.js", gone)
    await page.get_by_role("link", name="Tarkista puumerkki").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Tarkista puumerkki")
    assert len(reloads) == 1
    await page.goto("/fi/profile")
    await _goes_on(page, "Osat vaihtuivat")
