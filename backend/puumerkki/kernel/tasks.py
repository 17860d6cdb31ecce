"""What waits for somebody: a room declares each kind of task once, and `activity` asks them all for whoever looks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Date, DateTime, Select, cast, literal
from sqlalchemy.types import Uuid

Fits = Callable[[Any, Any], ColumnElement[bool]]


class Ladder(StrEnum):
    """When whoever can do a task is reminded of it while it is open.

    `days`: a week before its day, a day before, the day after, then each Monday in the weekly digest. `ballot`: when
    two thirds of its time have passed, where that is three days or more, and a day before its end. `slow`: when it has
    waited for one week and for three, then each Monday in the weekly digest.
    """

    days = "days"
    ballot = "ballot"
    slow = "slow"


@dataclass(frozen=True)
class PassesOn:
    """Who is told, so many days after a task's day, that it is late: those with one of the roles in its scope.

    They are told as those for whom it is: not who is tied, nor who may not read its subject. An operator, whose role
    is in no scope, learns of the network or organisation, what kind of task is late there, and how many: no more.
    """

    after_days: int
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Task:
    """One kind of what waits, for whoever has one of the permissions on its scope and whom it fits.

    `subject`: the kind of its subject. `rows`: all that waits, whoever asks, with the columns of `waits`; they may name
    the moment that every read carries. Where there are many, an index has them by scope in the order in which they are
    shown: `due_on`, `since`, `subject_id`, each a bare column.

    `several`: one subject may come more than once; it is shown once, since the first.
    `fits`: from a row of `rows` and the caller to SQL: ties, two hats, what somebody recorded themselves. Kinds that
    share one are asked it together, so it is one function, and their rows have the same columns. Without
    `permissions` it is for `person_id` alone.
    `ladder`: when people are reminded of it; `passes_on`: who is told when it stays late, the soonest first.
    """

    kind: str
    subject: str
    permissions: Sequence[str] = ()
    rows: Callable[[], Select[Any]]
    fits: Fits | None = None
    several: bool = False
    ladder: Ladder = Ladder.days
    passes_on: tuple[PassesOn, ...] = ()


def waits(
    subject_id: Any,
    *,
    since: Any,
    scope_id: Any = None,
    person_id: Any = None,
    network_id: Any = None,
    organisation_id: Any = None,
    due_on: Any = None,
    **asked: Any,
) -> list[ColumnElement[Any]]:
    """The columns of what waits: `subject_id`, `network_id`, `organisation_id`, `due_on`, `since`.

    `scope_id`: where one must have the permission, a column of a table; none: on the platform. `person_id`: for whom
    alone it is. What the network and the organisation (for which it waits) are called is shown. `due_on`: the last
    day; `since`: from which moment it waits. `asked`: further columns, of which `fits` asks.
    """
    columns: list[ColumnElement[Any]] = [
        cast(subject_id, Uuid[Any]()).label("subject_id"),
        cast(network_id, Uuid[Any]()).label("network_id"),
        cast(organisation_id, Uuid[Any]()).label("organisation_id"),
        cast(due_on, Date()).label("due_on"),
        cast(since, DateTime(timezone=True)).label("since"),
    ]
    for name, whose in (("scope_id", scope_id), ("person_id", person_id)):
        if whose is not None:
            columns.append(whose.label(name))
    return columns + [column.label(name) for name, column in asked.items()]


def stands_at(column: Any, value: Any) -> ColumnElement[bool]:
    """SQL: a column is at a value, which stands in the text of the statement.

    As a parameter it would keep every plan that serves all callers from an index of just these rows.
    """
    found: ColumnElement[bool] = column == literal(value, column.type, literal_execute=True)
    return found
