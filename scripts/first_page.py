"""Trace how soon the front page can be used on a slow telephone. Beside a running demo: `make first-page`.

The connection is Lighthouse's slow 4G (1.6 Mbit/s, 150 ms there and back) and the cache is empty; once with this
machine's processor, once with it four times slower. Usable: the page's words are there and the main thread rests.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ViewportSize, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts import chromium

PHONE: ViewportSize = {"width": 390, "height": 844}
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER = (1, 4)
LONG_TASK_US = 50_000
SETTLED = "() => document.querySelector('h1')?.textContent && !document.querySelector('[data-loading]')"


@dataclass(frozen=True)
class Look:
    """Milliseconds from the start of the navigation, and what came over the line, in kB."""

    first_paint: float
    usable: float
    kilobytes: float


def look(browser: Browser, url: str, path: str, slower: int, trace: Path) -> Look:
    """Open the page once, with nothing kept from before."""
    context = browser.new_context(base_url=url, viewport=PHONE, service_workers="block")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    received: list[float] = []
    devtools.on("Network.loadingFinished", lambda done: received.append(done["encodedDataLength"]))
    browser.start_tracing(
        page=page,
        path=trace,
        categories=["devtools.timeline", "disabled-by-default-devtools.timeline", "loading", "blink.user_timing"],
    )
    page.goto(path, wait_until="commit")
    page.wait_for_function(SETTLED)
    page.evaluate("() => performance.mark('settled')")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    browser.stop_tracing()
    context.close()
    return _read(json.loads(trace.read_text("utf-8"))["traceEvents"], sum(received) / 1000)


def _read(events: list[dict[str, Any]], kilobytes: float) -> Look:
    """The moments in the trace, of the last navigation's page."""
    start = max(
        one["ts"] for one in events if one["name"] == "navigationStart" and one["args"]["data"]["documentLoaderURL"]
    )
    after = [one for one in events if one.get("ts", 0) >= start]

    def last(name: str) -> float:
        return float(max(one["ts"] for one in after if one["name"] == name))

    settled = last("settled")
    tasks = [one["ts"] + one["dur"] for one in after if one["name"] == "RunTask" and one.get("dur", 0) > LONG_TASK_US]
    return Look(
        first_paint=(last("firstContentfulPaint") - start) / 1000,
        usable=(max([settled, *tasks]) - start) / 1000,
        kilobytes=kilobytes,
    )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default=f"http://127.0.0.1:{os.environ.get('PUUMERKKI_PORT', '8000')}")
    parser.add_argument("--path", default="/fi")
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    browser_path = chromium.find()
    if browser_path is None:
        sys.exit(chromium.MISSING)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=browser_path, args=chromium.arguments())
        trace = Path(folder) / "trace.json"
        for slower in SLOWER:
            looks = [look(browser, given.url, given.path, slower, trace) for _ in range(given.times)]
            print(f"processor {slower} times slower" if slower > 1 else "this processor")
            for name, unit in (("first_paint", "ms"), ("usable", "ms"), ("kilobytes", "kB")):
                print(f"  {name:12}{statistics.median(getattr(one, name) for one in looks):8.0f} {unit}")
        browser.close()


if __name__ == "__main__":
    main()
