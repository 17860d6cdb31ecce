"""What the doctor says: a code that stays, a sentence, and how to fix it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from puumerkki.kernel.settings import Settings


class Level(StrEnum):
    """How bad it is: nothing to do; works, but should be fixed; does not work or is not safe."""

    ok = "ok"
    warning = "warning"
    fault = "fault"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The answer to one question. `code` names the question and stays the same, whatever the answer."""

    code: str
    level: Level
    what: str
    mend: str | None = None


def ok(code: str, what: str) -> Finding:
    """All is well."""
    return Finding(code=code, level=Level.ok, what=what)


def warning(code: str, what: str, mend: str) -> Finding:
    """It works, but should be fixed."""
    return Finding(code=code, level=Level.warning, what=what, mend=mend)


def fault(code: str, what: str, mend: str) -> Finding:
    """It does not work, or is not safe."""
    return Finding(code=code, level=Level.fault, what=what, mend=mend)


@dataclass(frozen=True, kw_only=True)
class Installation:
    """What is examined. `url`: the application's role; `owner_url`: who migrates."""

    settings: Settings
    folder: Path
    url: str
    owner_url: str
    secret: str | None
