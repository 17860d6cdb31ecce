"""Take pictures of the main pages of a running demo, for the docs: `make demo`, then `make screenshots`."""

import argparse
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts import chromium

TARGET = Path(__file__).parents[1] / "docs" / "screenshots"
PASSWORD = "puumerkki-demo"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
COORDINATOR = "coordinator.elamankaari@demo.example"
EDITOR = "hakija13@demo.example"
OFFICER = "valmistelija.kaupunki@demo.example"
SETTLED = (
    "() => document.querySelector('h1')?.textContent && !document.querySelector('[data-loading]')"
    " && document.fonts.status === 'loaded'"
)
Find = Callable[["Api"], str]


class Api:
    """Reads in somebody's name, to find things to look at."""

    def __init__(self, url: str, email: str | None) -> None:
        headers = {}
        if email:
            given = {"email": email, "password": PASSWORD}
            token = httpx.post(f"{url}/api/v1/auth/login", json=given).raise_for_status().json()["access_token"]
            headers = {"Authorization": f"Bearer {token}"}
        self._client = httpx.Client(base_url=f"{url}/api/v1/", headers=headers)

    def first(self, path: str, **params: Any) -> dict[str, Any]:
        """The first of a list."""
        items = self._client.get(path, params=params).raise_for_status().json()["items"]
        assert items, f"The demo has nothing at {path}."
        found: dict[str, Any] = items[0]
        return found


@dataclass(frozen=True)
class Picture:
    """One page: its name, who looks, and its path after the language."""

    name: str
    who: str | None
    path: Find
    view: dict[str, int]


def _network(api: Api) -> str:
    return str(api.first("networks", q="Elämänkaari")["id"])


PICTURES = [
    Picture("front", None, lambda _: "", DESK),
    Picture("network", None, lambda api: f"networks/{_network(api)}", DESK),
    Picture("register", None, lambda _: "endorsements", DESK),
    Picture("board", COORDINATOR, lambda api: f"networks/{_network(api)}/work", DESK),
    Picture("ballot", COORDINATOR, lambda api: f"handlings/{api.first('handlings', state='in_ballot')['id']}", DESK),
    Picture("application", OFFICER, lambda api: f"applications/{api.first('applications', q='Yhdessä')['id']}", DESK),
    Picture("editor", EDITOR, lambda api: f"applications/{api.first('applications')['id']}/edit", DESK),
    Picture("inbox", OFFICER, lambda _: "inbox", DESK),
    Picture(
        "agreement", OFFICER, lambda api: f"agreements/{api.first('agreements', q='korttelikerhoista')['id']}", DESK
    ),
    Picture("figures", OFFICER, lambda _: "agreements/figures", DESK),
    Picture("work-phone", COORDINATOR, lambda _: "work", PHONE),
    Picture("check-phone", None, lambda _: "check", PHONE),
]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default=f"http://127.0.0.1:{os.environ.get('PUUMERKKI_PORT', '8000')}")
    parser.add_argument("--language", default="fi", choices=["fi", "sv", "en"])
    parser.add_argument("--to", type=Path, default=TARGET)
    given = parser.parse_args()
    browser_path = chromium.find()
    if browser_path is None:
        sys.exit(chromium.MISSING)
    given.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=chromium.arguments())
        for picture in PICTURES:
            _take(browser, picture, given.url, given.language, given.to)
        browser.close()


def _take(browser: Browser, picture: Picture, url: str, language: str, folder: Path) -> None:
    path = f"/{language}/{picture.path(Api(url, picture.who))}".rstrip("/")
    page = browser.new_page(base_url=url, viewport=picture.view, locale=f"{language}-FI", reduced_motion="reduce")
    if picture.who:
        _sign_in(page, language, picture.who)
    page.goto(path)
    page.wait_for_function(SETTLED)
    page.screenshot(path=folder / f"{picture.name}.png")
    page.close()
    print(f"{picture.name}.png  {path}")


def _sign_in(page: Page, language: str, email: str) -> None:
    page.goto(f"/{language}/login")
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/work$"))


if __name__ == "__main__":
    main()
