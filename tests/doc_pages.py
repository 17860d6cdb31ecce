"""The repository's pages, as the tests of what they say read them."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *(ROOT / "docs").rglob("*.md")],
    key=lambda page: page.relative_to(ROOT).as_posix(),
)
_BLOCK = re.compile(r"^```(\S*)[ ]?(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what else stands beside it, and its text.

    `sh`: commands that a test runs as they stand, or, where they begin with `make`, looks up. `console`: commands that
    no test runs, with the reason beside it.
    """

    language: str
    more: str
    text: str

    @property
    def makes(self) -> bool:
        """Whether its commands are make's."""
        return self.text.startswith("make ")


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in its order."""
    return [Block(*found) for found in _BLOCK.findall(page.read_text(encoding="utf-8"))]


def spans(page: Path) -> list[str]:
    """What stands between single backticks in a page."""
    return _SPAN.findall(_BLOCK.sub("", page.read_text(encoding="utf-8")))


def commands(block: Block) -> list[str]:
    """Its lines, without what is said behind them."""
    return [line.split(" #")[0].strip() for line in block.text.splitlines() if line.strip()]


def named(page: Path) -> str:
    """The page from the root, as a test's name."""
    return page.relative_to(ROOT).as_posix()
