"""What others do appears by itself, also after the service was started anew under an open page."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.e2e.conftest import watch_of
from tests.e2e.site import Site
from tests.e2e.test_main_job import COORDINATOR, EDITOR, drafted

PageAs = Callable[..., Awaitable[Page]]
REFUSED = "net::ERR_CONNECTION_REFUSED"
TYPED = "Vielä kesken: kysytään kirjastolta tilaa."


async def _handling(site: Site, page_as: PageAs, title: str) -> str:
    """The path of the network's handling of a new application, which its editor and the coordinator see."""
    case = await drafted(site, page_as, "fi", title)
    path = f"applications/{case.application}"
    (await site.api(EDITOR)).send("POST", f"{path}/submit", {}, seen=path)
    return await case.handling()


async def _comment(site: Site, email: str, handling: str, body: str) -> None:
    on = {"subject_kind": "handling", "subject_id": handling.split("/")[1], "audience": "applicants", "body": body}
    (await site.api(email)).send("POST", "comments", on)


async def _open(page_as: PageAs, site: Site, email: str, path: str) -> Page:
    page = await page_as(email, site=site)
    async with page.expect_response(lambda answer: answer.url.endswith("/events/stream")):
        await page.goto(f"/fi/{path}")
    await expect(page.get_by_label("Kommenttisi")).to_be_visible()
    return page


async def test_a_comment_appears_in_the_other_browser(page_as: PageAs, own_site: Site) -> None:
    path = await _handling(own_site, page_as, "Kaksi ikkunaa")
    reader = await _open(page_as, own_site, EDITOR, path)
    writer = await _open(page_as, own_site, COORDINATOR, path)
    await writer.get_by_label("Kommenttisi").fill("Kuka avaa ovet iltaisin?")
    await writer.get_by_role("button", name="Kommentoi").click()
    # by way of the worker, which gives events their place: on a busy machine that takes its time
    await expect(reader.get_by_text("Kuka avaa ovet iltaisin?")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("socket_kept", [False, True])
async def test_an_open_page_outlives_a_restart(page_as: PageAs, own_site: Site, socket_kept: bool) -> None:
    """Where the socket is kept, no request fails at all; without, a browser says which ones were refused."""
    if socket_kept:
        own_site.stop()
        own_site.keep_socket().start()
    path = await _handling(own_site, page_as, f"Katko {socket_kept}")
    page = await _open(page_as, own_site, EDITOR, path)
    await page.get_by_label("Kommenttisi").fill(TYPED)

    if not socket_kept:
        watch_of(page).allow(REFUSED)
    own_site.stop()
    own_site.start()
    await _comment(own_site, COORDINATOR, path, "Palvelu on taas päällä.")
    # the page may have been told to stay away for a while
    await expect(page.get_by_text("Palvelu on taas päällä.")).to_be_visible(timeout=60_000)
    await _comment(own_site, COORDINATOR, path, "Ja toinen perään.")
    await expect(page.get_by_text("Ja toinen perään.")).to_be_visible()

    await expect(page.get_by_label("Kommenttisi")).to_have_value(TYPED)
    await page.get_by_role("button", name="Kommentoi").click()
    await expect(page.get_by_text(TYPED).first).to_be_visible()
    await expect(page.get_by_label("Kommenttisi")).to_have_value("")
