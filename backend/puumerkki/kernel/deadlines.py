"""Days that concern people though nothing waits for them yet: a room declares each kind, `activity` asks them all.

What waits is a task (`kernel.tasks`), and its due day is shown with these.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Date, DateTime, Select, Text, cast
from sqlalchemy.types import Uuid

Rows = Callable[[Any], Select[Any]]


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """One kind of days.

    `subject`: the kind of its subject; who may not read that never sees its day. `rows`: from a caller to all that
    concern them, with the columns of `falls`. `stays`: what was not done by its day is shown until it is. `early`: once
    its time has come it is a task of the same kind, which then says it; of the others any task of the same subject and
    day does.
    """

    kind: str
    subject: str
    rows: Rows
    stays: bool = False
    early: bool = False


def falls(
    subject_id: Any,
    *,
    due_on: Any,
    since: Any,
    due_at: Any = None,
    network_id: Any = None,
    organisation_id: Any = None,
    title: Any = None,
) -> list[ColumnElement[Any]]:
    """The columns of a day: `due_at` where it is known to the hour, `since` when it was set.

    `title`: what the subject is called, where its kind has no title of its own.
    """
    return [
        cast(subject_id, Uuid[Any]()).label("subject_id"),
        cast(network_id, Uuid[Any]()).label("network_id"),
        cast(organisation_id, Uuid[Any]()).label("organisation_id"),
        cast(due_on, Date()).label("due_on"),
        cast(due_at, DateTime(timezone=True)).label("due_at"),
        cast(since, DateTime(timezone=True)).label("since"),
        cast(title, Text()).label("own_title"),
    ]
