"""What must hold on every page: nothing fails behind it, everybody can use it, it fits a phone."""

import re
from pathlib import Path
from typing import Any

from playwright.async_api import ConsoleMessage, Locator, Page, Request, Response, expect

AXE = (Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js").resolve()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
BLOCKED = "Service Worker registration blocked by Playwright"
expect.set_options(timeout=30_000)
# Positions wait for every open transaction of the server, a long test's beside this one too, and live pages for them.


class Watch:
    """Everything that goes wrong behind a page: errors and warnings of the console, broken scripts and requests."""

    def __init__(self, page: Page) -> None:
        self._allowed: list[re.Pattern[str]] = []
        self._seen: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._seen.append(f"pageerror {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def allow(self, pattern: str) -> None:
        """From now on this is meant to happen."""
        self._allowed.append(re.compile(pattern))

    @property
    def faults(self) -> list[str]:
        """What happened and was not meant to."""
        return [one for one in self._seen if not any(pattern.search(one) for pattern in self._allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and message.text != BLOCKED:
            self._seen.append(f"console {message.text} {message.location.get('url', '')}")

    def _failed(self, request: Request) -> None:
        # what a page no longer needs when one leaves it is no failure
        if request.failure != "net::ERR_ABORTED":
            self._seen.append(f"failed {request.method} {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._seen.append(f"status {response.status} {response.request.method} {response.url}")


async def settled(page: Page) -> None:
    """Wait until the page shows what it has to show, instead of that it is on its way."""
    await page.wait_for_function(
        "() => document.querySelector('h1')?.textContent && !document.querySelector('[data-loading]')"
        " && document.fonts.status === 'loaded'"
    )


async def choose(radio: Locator) -> None:
    """Choose one of several by its label, as people do."""
    await radio.page.locator(f"label[for='{await radio.get_attribute('id')}']").click()
    await expect(radio).to_be_checked()


async def assert_accessible(page: Page) -> None:
    """axe finds nothing on the page as it is now."""
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = await page.evaluate(
        "(tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations'], preload: false})", TAGS
    )
    faults = [
        f"{one['id']}: {one['help']}\n" + "\n".join(f"    {node['html'][:300]}" for node in one["nodes"][:5])
        for one in found["violations"]
    ]
    assert not faults, "\n".join([page.url, *faults])


async def assert_fits(page: Page) -> None:
    """Nothing reaches over the page's edge, so that nobody scrolls sideways."""
    over = await page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth
          if (document.documentElement.scrollWidth <= width) return []
          return [...document.body.querySelectorAll('*')]
            .filter((one) => one.getBoundingClientRect().right > width + 1)
            .map((one) => one.outerHTML.slice(0, 150)).slice(-5)
            .concat(`${document.documentElement.scrollWidth} of ${width}`)
        }"""
    )
    assert not over, "\n".join([page.url, *over])
