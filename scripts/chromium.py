"""The Chromium of this machine, for tests, pictures and traces."""

import os
import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""What distributions call it. The shell draws the same without a window around: half the work."""
MISSING = "This needs Chromium: apt-get install chromium-headless-shell"


def find() -> str | None:
    """The browser's path: `PUUMERKKI_CHROMIUM`, else the distribution's; None where there is none."""
    return os.environ.get("PUUMERKKI_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def arguments() -> list[str]:
    """What it is started with: its sandbox refuses to run as root."""
    return ["--no-sandbox"] if os.getuid() == 0 else []
