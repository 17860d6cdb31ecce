"""The app served beside the API: what browsers may keep, what they may run, and what comes along."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError
from starlette.responses import PlainTextResponse

from puumerkki.kernel.reads.exports import SIGNED_OUT_ROWS
from puumerkki.kernel.settings import Settings
from puumerkki.web.spa import LANGUAGES, NONCE, SinglePageApp, told_by

CONTACT = "saavutettavuus@example.fi"
SCRIPT = "export const word = 'puumerkki'\n" * 100


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Asks a small built app, behind which an API answers everything."""
    (tmp_path / "assets").mkdir()
    (tmp_path / ".vite").mkdir()
    (tmp_path / "index.html").write_text(f'<html><head><script nonce="{NONCE}"></script></head></html>')
    (tmp_path / "assets/index-1.js").write_text(SCRIPT)
    words = {f"src/locales/{language}.po": {"file": f"assets/{language}-1.js"} for language in LANGUAGES}
    (tmp_path / ".vite/manifest.json").write_text(json.dumps(words))
    (tmp_path / "config.json").write_text('{"api": ""}')
    app = SinglePageApp(PlainTextResponse("the API"), tmp_path, {"accessibility_contact": CONTACT})
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://testserver") as client:
        yield client


async def test_a_page_is_never_kept_and_runs_only_our_scripts(browser: httpx.AsyncClient) -> None:
    seen = set()
    for _ in range(2):
        page = await browser.get("/fi/networks")
        assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
        found = re.search('nonce="([^"]+)"', page.text)
        policy = page.headers["content-security-policy"]
        assert found and f"'nonce-{found[1]}'" in policy and "unsafe" not in policy
        assert "script-src 'self';" in policy
        seen.add(found[1])
    assert len(seen) == 2


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_words_of_the_language_come_along(browser: httpx.AsyncClient, language: str) -> None:
    page = await browser.get(f"/{language}/needs")
    assert re.findall('modulepreload" crossorigin href="([^"]+)"', page.text) == [f"/assets/{language}-1.js"]


async def test_assets_are_kept_for_good_and_come_packed(browser: httpx.AsyncClient) -> None:
    asset = await browser.get("/assets/index-1.js")
    assert asset.text == SCRIPT
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (asset.headers["content-encoding"], asset.headers["vary"]) == ("gzip", "Accept-Encoding")
    again = await browser.get("/assets/index-1.js", headers={"If-None-Match": asset.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = await browser.get("/assets/index-1.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.text == SCRIPT


def test_the_app_is_told_how_large_files_may_be_as_the_settings_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("IMPORT", "ATTACHMENT"):
        monkeypatch.setenv(f"PUUMERKKI_{name}_MAX_BYTES", "12345678")
    settings = Settings()
    assert told_by(settings)["import_max_bytes"] == settings.import_max_bytes == 12_345_678
    assert told_by(settings)["attachment_max_bytes"] == settings.attachment_max_bytes == 12_345_678
    assert told_by(settings)["signed_out_rows"] == SIGNED_OUT_ROWS


async def test_the_app_is_told_whom_to_write_to_of_what_cannot_be_used(browser: httpx.AsyncClient) -> None:
    config = await browser.get("/config.json")
    told = config.json()
    assert len(told.pop("release")) == 16
    assert told == {"api": "", "accessibility_contact": CONTACT}
    assert config.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("contact", ["", CONTACT, "https://example.fi/saavutettavuus"])
def test_a_contact_is_an_email_address_or_a_page(contact: str) -> None:
    assert Settings(accessibility_contact=contact).accessibility_contact == contact


@pytest.mark.parametrize("contact", ["javascript:alert(1)", "mailto:a@example.fi", "call us", "a@b c"])
def test_nothing_else_becomes_a_link(contact: str) -> None:
    with pytest.raises(ValidationError, match="accessibility_contact"):
        Settings(accessibility_contact=contact)


async def test_who_looks_where_nothing_is_gets_a_page_and_programs_the_api(browser: httpx.AsyncClient) -> None:
    lost = await browser.get("/nowhere", headers={"Accept": "text/html"})
    assert (lost.status_code, lost.headers["content-type"]) == (404, "text/html; charset=utf-8")
    for path in ("/api/v1/networks", "/.well-known/did.json", "/docs"):
        assert (await browser.get(path, headers={"Accept": "text/html"})).text == "the API"
    assert (await browser.get("/nowhere", headers={"Accept": "application/json"})).text == "the API"
    assert (await browser.post("/fi/needs")).text == "the API"
