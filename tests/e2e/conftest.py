"""Chromium against the whole service. `make test` runs these like all others; each worker has a site of its own.

- `site`: the demo world, shared by the tests of a worker: read it, or add what others do not stumble over.
- `own_site`: a fresh copy of the demo world for one file's tests: for flows that change what others would look for.
- `page_as("hakija01@demo.example")`: a page of a signed-in person in a browser context of their own; `page_as(None)`
  for nobody. The keywords go to the context (`viewport=PHONE`, `locale="sv-FI"`, `site=own_site` …).

Every page that `page_as` gave is watched: an error in its console, a failed request or an answer of 400 and more fails
the test, unless it said `watch_of(page).allow("status 404 .*/nowhere")` before.
"""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.async_api import Browser, Page, async_playwright

from puumerkki.kernel.embedded_postgres import local_postgres
from scripts import chromium
from scripts.build_app import ensure_built
from tests.conftest import drop_database, make_database
from tests.e2e.checks import DESK, Watch
from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium these tests are skipped, said aloud; in CI that would hide what is broken, so they fail."""
    if chromium.find() is None and not os.environ.get("CI"):
        for item in items:
            if HERE in item.path.parents:
                item.add_marker(pytest.mark.skip(reason=chromium.MISSING))


@pytest.fixture(scope="session")
def built_app() -> None:
    """The app as its sources are now."""
    ensure_built()


SOONER = {"PUUMERKKI_BUILD_READS": "false"}
"""A site of one file's tests: what few pages ask is built when they ask. `site` starts as an installation does."""


@pytest.fixture(scope="session")
def rested_template(
    server: local_postgres.LocalServer, demo_template: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The demo world once its service has come to rest: hundreds of mails are sent and who is told of what is known.

    Else every site would do it all while its first pages are looked at.
    """
    name = f"{demo_template}_rested"
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(hashtext('puumerkki.tests.rested'))")
        if not connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            draft = make_database(server, demo_template)
            site = Site(server, draft, tmp_path_factory.mktemp("rested"), SOONER)
            try:
                site.start().come_to_rest()
            finally:
                site.close()
            made = psycopg.conninfo.conninfo_to_dict(draft)["dbname"]
            connection.execute(f'alter database "{made}" rename to "{name}"')
        connection.execute("select pg_advisory_unlock(hashtext('puumerkki.tests.rested'))")
    return name


@pytest.fixture(scope="session")
def site(
    server: local_postgres.LocalServer,
    rested_template: str,
    built_app: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    yield from _serve(server, rested_template, tmp_path_factory)


@pytest.fixture(scope="module")
def own_site(
    server: local_postgres.LocalServer,
    rested_template: str,
    built_app: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    yield from _serve(server, rested_template, tmp_path_factory, SOONER)


def _serve(
    server: local_postgres.LocalServer,
    template: str,
    folders: pytest.TempPathFactory,
    extra: dict[str, str] | None = None,
) -> Iterator[Site]:
    database = make_database(server, template)
    site = Site(server, database, folders.mktemp("site"), extra or {})
    try:
        yield site.start()
    finally:
        site.close()
        drop_database(server, database)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium a worker."""
    path = chromium.find()
    assert path is not None, chromium.MISSING
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=path, args=[*quiet, *chromium.arguments()])
        yield launched
        await launched.close()


_watches: dict[Page, Watch] = {}


def watch_of(page: Page) -> Watch:
    """What watches a page that `page_as` gave."""
    return _watches[page]


@pytest.fixture
async def page_as(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[PageAs]:
    contexts = []

    async def open_page(email: str | None, *, site: Site | None = None, **context_options: Any) -> Page:
        at: Site = site or request.getfixturevalue("site")
        # what it answers is out of sight of `page.route`
        alone: dict[str, Any] = {"service_workers": "block"}
        options = {"viewport": DESK, "locale": "fi-FI", "base_url": at.url, **alone, **context_options}
        if email is not None:
            options["storage_state"] = await signed_in(at, email)
        context = await browser.new_context(**options)
        contexts.append(context)
        page = await context.new_page()
        _watches[page] = Watch(page)
        return page

    yield open_page
    faults = [fault for watch in _watches.values() for fault in watch.faults]
    _watches.clear()
    for context in contexts:
        await context.close()
    assert not faults, "\n".join(faults)


async def signed_in(site: Site, email: str) -> Any:
    """What a browser holds whose user signed in before."""
    session = await site.session_of(email)
    cookie = {
        "name": "puumerkki_refresh",
        "value": session.refresh_token,
        "domain": "127.0.0.1",
        "path": "/api/v1/auth",
        "expires": -1,
        "httpOnly": True,
        "secure": False,
        "sameSite": "Strict",
    }
    kept = [{"name": "puumerkki.signed-in", "value": "1"}]
    return {"cookies": [cookie], "origins": [{"origin": site.url, "localStorage": kept}]}
