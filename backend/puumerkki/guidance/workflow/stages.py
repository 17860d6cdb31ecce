"""The way from beginning to end: what is done, the one stage that is now, and what is ahead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from puumerkki.guidance.schemas import Stage, StageName, Standing


@dataclass(frozen=True)
class Part:
    """A stage before it is known which one is now. `on`: when it was done; `by`: its last day while it is not."""

    name: StageName
    done: bool
    on: date | None = None
    by: date | None = None
    skipped: bool = False
    count: int | None = None
    total: int | None = None


def line(parts: Iterable[Part], *, over: bool = False) -> list[Stage]:
    """The stages: the first that is neither done nor skipped is now. `over`: the thing ended, nothing is ahead."""
    found: list[Stage] = []
    reached = over
    for one in parts:
        if one.skipped or (over and not one.done):
            standing = Standing.skipped
        elif one.done and not (reached and not over):
            standing = Standing.done
        else:
            standing = Standing.ahead if reached else Standing.now
            reached = True
        on = None if standing is Standing.skipped else one.on if standing is Standing.done else one.by
        found.append(Stage(name=one.name, standing=standing, on=on, count=one.count, total=one.total))
    return found
