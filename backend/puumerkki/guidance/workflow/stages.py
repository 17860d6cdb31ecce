"""The way from beginning to end: what is done, the one stage that is now, and what is ahead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from puumerkki.guidance.schemas import Stage, StageName, Standing


@dataclass(frozen=True)
class Part:
    """A stage before it is known which one is now. `on`: when it was done; `by`: its last day while it is not.

    `since`: the day on which it begins or began, in place of a last day. `unchosen`: it hangs on a choice that was not
    made yet. `ready`: where it comes next it can begin, and has not. `begun`, `stands`: under way, or done, whatever
    the stages before it are doing.
    """

    name: StageName
    done: bool
    on: date | None = None
    by: date | None = None
    since: date | None = None
    skipped: bool = False
    unchosen: bool = False
    ready: bool = False
    begun: bool = False
    stands: bool = False
    count: int | None = None
    total: int | None = None


def line(parts: Iterable[Part], *, today: date, over: bool = False) -> list[Stage]:
    """The stages: the first that is neither done nor skipped is now. `over`: the thing ended, nothing is ahead.

    A last day that has passed is not shown of what is ahead: by then nothing of it can be done.
    """
    found: list[Stage] = []
    reached = over
    for one in parts:
        standing = _standing(one, reached=reached, over=over)
        reached = reached or standing in (Standing.now, Standing.ready)
        days: dict[str, date | None] = {}
        if standing is Standing.done:
            days = {"on": one.on}
        elif standing in (Standing.now, Standing.ready, Standing.begun):
            days = {"on": one.by, "since": one.since}
        elif standing is Standing.ahead:
            days = {"on": _to_come(one.by, today), "since": _to_come(one.since, today)}
        found.append(Stage(name=one.name, standing=standing, count=one.count, total=one.total, **days))
    return found


def _standing(one: Part, *, reached: bool, over: bool) -> Standing:
    if one.unchosen and not over:
        return Standing.unchosen
    if one.skipped or (over and not one.done):
        return Standing.skipped
    if one.done and (one.stands or over or not reached):
        return Standing.done
    if not reached:
        return Standing.ready if one.ready else Standing.now
    return Standing.begun if one.begun else Standing.ahead


def _to_come(day: date | None, today: date) -> date | None:
    return day if day is not None and day >= today else None
