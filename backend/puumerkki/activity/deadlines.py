"""The days that concern somebody: those of what waits for them, and those that the rooms declare (`kernel.deadlines`).

One statement for all kinds of days; what waits comes to it from `tasks`. Who may not read a subject sees none of its
days, whatever a room says.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    and_,
    bindparam,
    case,
    cast,
    column,
    exists,
    false,
    func,
    literal_column,
    null,
    or_,
    select,
    text,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSON, aggregate_order_by
from sqlalchemy.types import DateTime, Text, Uuid

from puumerkki.access.actor import Caller
from puumerkki.activity import tasks
from puumerkki.activity.schemas import MOST_DEADLINES
from puumerkki.kernel import clock, reads
from puumerkki.kernel.deadlines import Deadline
from puumerkki.kernel.reads.listings import json_object
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.subjects import subjects
from puumerkki.networks.models.networks import Network
from puumerkki.organisations.models.organisations import Organisation

_SINCE, _UNTIL, _TODAY = (bindparam(name, None, type_=Date()) for name in ("first_day", "last_day", "today"))
_TASK: Mapping[str, Any] = {
    "kind": Text(),
    "subject_kind": Text(),
    "subject_id": Uuid(),
    "network_id": Uuid(),
    "organisation_id": Uuid(),
    "due_on": Date(),
    "since": DateTime(timezone=True),
}
_deadlines: tuple[Deadline, ...] = ()


def register(deadlines: Iterable[Deadline]) -> None:
    """Make the rooms' kinds of days known. Called by `wiring` only; again replaces them."""
    global _deadlines
    _deadlines = tuple(deadlines)


def declared() -> Sequence[Deadline]:
    """All kinds."""
    return _deadlines


async def deadlines(pool: ReadPool, *, caller: Caller, since: date, until: date) -> bytes:
    """The days of whoever is signed in from one day to another, as JSON: what is late first, then by day.

    What is late, and still to be done, is among them however long ago its day was.
    """
    caller.person_id()
    waiting = await tasks.waiting_for(pool, caller=caller)
    params = {"rows": waiting, "first_day": since, "last_day": until, "today": clock.today()}
    return await reads.rows(pool, "deadlines", lambda: _shown(caller), caller=caller, params=params)


async def build(pool: ReadPool, caller: Caller) -> None:
    """Build the statement, for a pool that only builds."""
    await reads.rows(pool, "deadlines", lambda: _shown(caller), caller=caller, params={})


def _shown(caller: Caller) -> Select[Any]:
    """The days with titles and names; of those that are cut off only that there are some."""
    each = _each(caller).subquery("each")
    late = and_(each.c.stays, each.c.due_on < _TODAY)
    in_range = and_(each.c.due_on <= _UNTIL, or_(late, each.c.due_on >= _SINCE))
    found = select(each, late.label("is_late")).where(in_range, _unsaid(each)).order_by(*_order(each.c))
    # one more than is shown says that there are more
    rows = found.limit(_number(MOST_DEADLINES + 1)).cte("rows").prefix_with("MATERIALIZED")
    shown = select(rows).where(_readable(rows.c, caller)).order_by(*_order(rows.c))
    best = shown.limit(_number(MOST_DEADLINES)).subquery("day")
    own = func.json_build_object("fi", best.c.own_title)
    named = ("kind", "network_id", "organisation_id", "due_on", "due_at", "is_task", "is_late")
    item = json_object(
        {
            **{name: best.c[name] for name in named},
            "subject": json_object({"kind": best.c.subject_kind, "id": best.c.subject_id}),
            "network_names": tasks.names_of(Network, best.c.network_id),
            "organisation_names": tasks.names_of(Organisation, best.c.organisation_id),
            "created_at": best.c.since,
            "title": case((best.c.own_title.is_not(None), own), else_=cast(tasks.title_of(best), JSON())),
        }
    )
    items = func.coalesce(func.json_agg(aggregate_order_by(item, *_order(best.c))), text("'[]'::json"))
    count = select(func.count()).select_from(rows).scalar_subquery()
    given = func.json_build_object("items", items, "more", count > MOST_DEADLINES)
    return select(cast(given, Text)).select_from(best)


def _order(row: Any) -> list[Any]:
    return [row.due_on, row.due_at.asc().nulls_first(), row.kind, row.subject_id]


def _number(value: int) -> ColumnElement[int]:
    """In the text of a statement: a LIMIT as a parameter would cost the plan."""
    return literal_column(str(value))


def _each(caller: Caller) -> CompoundSelect[Any]:
    """All days, tasks first."""
    nothing = cast(null(), DateTime(timezone=True))
    task = _tasks("task")
    waiting = select(
        *(task.c[name] for name in _TASK),
        nothing.label("due_at"),
        cast(null(), Text()).label("own_title"),
        true().label("stays"),
        true().label("is_task"),
        false().label("early"),
    ).where(task.c.due_on.is_not(None))
    return union_all(waiting, *(_of_kind(one, caller) for one in _deadlines))


def _tasks(name: str) -> Any:
    given = func.json_to_recordset(cast(bindparam("rows", None, type_=Text()), JSON()))
    return given.table_valued(*(column(key, type_) for key, type_ in _TASK.items())).render_derived(
        name, with_types=True
    )


def _of_kind(deadline: Deadline, caller: Caller) -> Select[Any]:
    rows = deadline.rows(caller).subquery()
    said = {
        "kind": literal_column(f"'{deadline.kind}'", Text()),
        "subject_kind": literal_column(f"'{deadline.subject}'", Text()),
    }
    return select(
        *(said[name].label(name) if name in said else rows.c[name] for name in _TASK),
        rows.c.due_at,
        rows.c.own_title,
        _literal(deadline.stays).label("stays"),
        false().label("is_task"),
        _literal(deadline.early).label("early"),
    )


def _literal(value: bool) -> ColumnElement[bool]:
    return true() if value else false()


def _unsaid(each: Any) -> ColumnElement[bool]:
    """SQL: no task says the same day of the same subject."""
    task = _tasks("said")
    same = and_(
        task.c.subject_id == each.c.subject_id,
        task.c.due_on == each.c.due_on,
        or_(
            ~each.c.early,
            and_(task.c.kind == each.c.kind, task.c.organisation_id == each.c.organisation_id),
        ),
    )
    return or_(each.c.is_task, ~exists(select(literal_column("1")).select_from(task).where(same)))


def _readable(row: Any, caller: Caller) -> ColumnElement[bool]:
    """SQL: the caller may know of the subject. What waits for somebody is theirs to know."""
    known = subjects()
    kinds = sorted({one.subject for one in _deadlines})
    of_kind = [and_(row.subject_kind == kind, row.subject_id.in_(known[kind].readable(caller))) for kind in kinds]
    return or_(row.is_task, *of_kind)
