"""What waits for somebody: the kinds that the rooms declare, joined with the scopes of whoever asks.

One statement for all kinds that ask the same of a person, and only those of which somebody with the caller's
permissions can have any: PostgreSQL takes longer to begin a statement of all kinds than to run those that count. The
last one joins titles and names to what is shown.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Select,
    any_,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON, aggregate_order_by
from sqlalchemy.types import DateTime, Text, Uuid
from sqlmodel import col

from puumerkki.access.actor import Caller, caller_id, scopes_by_permission
from puumerkki.activity.schemas import MOST_TASKS, TaskSort
from puumerkki.kernel import reads
from puumerkki.kernel.reads.listings import json_object
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.reads.statements import array_of
from puumerkki.kernel.subjects import subjects
from puumerkki.kernel.tasks import Task
from puumerkki.networks.models.networks import Network
from puumerkki.organisations.models.organisations import Organisation

_ALL: ColumnElement[int] = literal_column("0")
"""An OFFSET that leaves nothing out, but keeps what is inside from being joined with what is outside."""
_FIRST = 2 * MOST_TASKS
_ROW: Mapping[str, Any] = {
    "kind": Text(),
    "subject_kind": Text(),
    "subject_id": Uuid(),
    "network_id": Uuid(),
    "organisation_id": Uuid(),
    "due_on": Date(),
    "since": DateTime(timezone=True),
}
_groups: tuple[tuple[Task, ...], ...] = ()


def register(tasks: Iterable[Task]) -> None:
    """Make the rooms' kinds of tasks known. Called by `wiring` only; again replaces them."""
    global _groups
    alike: dict[Any, tuple[Task, ...]] = {}
    for one in tasks:
        key = one.fits or tuple(one.permissions)
        alike[key] = (*alike.get(key, ()), one)
    _groups = tuple(alike.values())


def groups() -> Sequence[Sequence[Task]]:
    """The kinds, those together of which one statement asks."""
    return _groups


async def tasks(pool: ReadPool, *, caller: Caller, kind: str | None, sort: TaskSort) -> bytes:
    """The tasks of whoever is signed in, as JSON; of one kind where it is given."""
    caller.person_id()
    rows = await waiting_for(pool, caller=caller, kind=kind, sort=sort)
    return await reads.rows(pool, f"tasks_{sort.value}", lambda: _shown(sort), caller=caller, params={"rows": rows})


async def waiting_for(pool: ReadPool, *, caller: Caller, kind: str | None = None, sort: TaskSort = TaskSort.due) -> str:
    """What waits for a caller, as a JSON array of rows without names: of kinds that ask the same, the first 200."""
    row = await pool.fetch("held_permissions", lambda: _permissions(caller), caller.params(), anonymous=False)
    held = frozenset(row[0]) if row else frozenset()
    found = []
    for number, group in enumerate(_groups):
        asked = [one for one in group if kind in (None, one.kind)]
        if any(not one.permissions or not held.isdisjoint(one.permissions) for one in asked):
            found.append(await _waiting(pool, caller, (number, kind), asked, sort))
    return "[" + ",".join(one[1:-1] for one in found if one != "[]") + "]"


async def about(pool: ReadPool, *, caller: Caller, subject_ids: Iterable[UUID]) -> list[dict[str, Any]]:
    """What waits for a caller in a few subjects, by due day: however much else waits for them. Rows as `_ROW` names."""
    params = caller.params() | {"about": list(subject_ids)}
    row = await pool.fetch("held_permissions", lambda: _permissions(caller), caller.params(), anonymous=False)
    held = frozenset(row[0]) if row else frozenset()
    found: list[dict[str, Any]] = []
    for number, group in enumerate(_groups):
        if any(not one.permissions or not held.isdisjoint(one.permissions) for one in group):
            row = await pool.fetch(*_asked_about(caller, number, group), params, anonymous=False)
            found += json.loads(row[0]) if row else []
    return sorted(found, key=lambda one: (one["due_on"] is None, one["due_on"], one["since"], one["kind"]))


async def build(pool: ReadPool, caller: Caller) -> None:
    """Ask for all kinds, whoever asks: a pool that only builds has all statements of the default order then."""
    for number, group in enumerate(_groups):
        await pool.fetch(*_asked(caller, (number, None), group, TaskSort.due, _FIRST), caller.params(), anonymous=False)
        about_none = caller.params() | {"about": []}
        await pool.fetch(*_asked_about(caller, number, group), about_none, anonymous=False)
    await reads.rows(pool, f"tasks_{TaskSort.due.value}", lambda: _shown(TaskSort.due), caller=caller, params={})


async def _waiting(pool: ReadPool, caller: Caller, name: Any, group: Sequence[Task], sort: TaskSort) -> str:
    """What waits of kinds that ask the same: of the first rows, or of all where too few of these fit."""
    enough, found = False, "[]"
    for first in (_FIRST, None):
        if not enough:
            row = await pool.fetch(*_asked(caller, name, group, sort, first), caller.params(), anonymous=False)
            assert row is not None
            found, enough = row
    return found


def _asked(caller: Caller, name: Any, group: Sequence[Task], sort: TaskSort, first: int | None) -> tuple[Any, Any]:
    """The shape of a statement, and what builds it."""
    return ("tasks", name, sort.value, first), lambda: waiting(caller, group, sort, first=first)


def _asked_about(caller: Caller, number: int, group: Sequence[Task]) -> tuple[Any, Any]:
    return ("tasks_about", number), lambda: waiting(caller, group, TaskSort.due, first=None, about=True)


def _permissions(caller: Caller) -> Select[Any]:
    asked = {permission for group in _groups for one in group for permission in one.permissions}
    held = scopes_by_permission(asked, caller)
    return select(array_of(select(held.c.permission).distinct(), Text()))


def waiting(
    caller: Caller, group: Sequence[Task], sort: TaskSort, *, first: int | None, about: bool = False
) -> Select[Any]:
    """What waits of kinds that ask the same of the caller, as a JSON array of rows, and whether that is enough.

    `about`: only in the subjects of that parameter.

    Whether it fits is asked in the order of what is shown, until there is enough: it costs more than all else. `first`:
    it is asked of so many rows only, which costs less than to put all of them in order.
    """
    held = scopes_by_permission({permission for one in group for permission in one.permissions}, caller)
    each = union_all(*(_of_kind(caller, held, one, sort, first, about=about) for one in group)).subquery("each")
    ordered = select(each).order_by(*_order(each.c, sort))
    rows: Any = (ordered.offset(_ALL) if first is None else ordered.limit(_number(first))).cte("rows")
    fits, several = group[0].fits, any(one.several for one in group)
    shown = select(*(rows.c[name] for name in _ROW))
    if fits is not None:
        shown = shown.where(fits(rows.c, caller))
    if several:
        once = _once(shown.subquery())
        shown = once.order_by(*_order(once.selected_columns, sort))
    # the rows are in order: where more of them fit than can be shown, the first do
    best = shown.limit(_number(MOST_TASKS)).subquery("best")
    given = func.coalesce(func.json_agg(json_object(dict(best.c.items()))), text("'[]'::json"))
    all_shown = first is None or (fits is None and not several)
    enough = true() if all_shown else or_(func.count() >= MOST_TASKS, _count(rows) < first)
    columns: list[Any] = [cast(given, Text), enough]
    return select(*columns).select_from(best)


def _count(rows: Any) -> ColumnElement[int]:
    return select(func.count()).select_from(rows).scalar_subquery()


def _number(value: int) -> ColumnElement[int]:
    """In the text of a statement: a LIMIT as a parameter would cost the plan."""
    return literal_column(str(value))


def _of_kind(caller: Caller, held: CTE, task: Task, sort: TaskSort, first: int | None, *, about: bool) -> Select[Any]:
    """The rows of one kind, scope by scope, each by its index."""
    rows = task.rows()
    if about:
        rows = rows.where(_whose(rows, "subject_id") == any_(bindparam("about", None, type_=ARRAY(Uuid()))))
    named = [literal_column(f"'{task.kind}'", Text()), literal_column(f"'{task.subject}'", Text())]
    columns: list[Any] = [one.label(name) for one, name in zip(named, _ROW, strict=False)]
    names = [*_ROW][2:] if task.fits is None else sorted({*rows.selected_columns.keys()} - {"scope_id", "person_id"})
    if not task.permissions:
        found = rows.where(_whose(rows, "person_id") == caller_id(caller)).subquery()
        return select(*columns, *(found.c[name] for name in names))
    permissions = [literal(str(one), Text(), literal_execute=True) for one in task.permissions]
    scopes = select(held.c.scope_id).where(held.c.permission.in_(permissions))
    scope = (scopes.distinct() if len(permissions) > 1 else scopes).subquery()
    on = _whose(rows, "scope_id")
    rows = rows.where(scope.c.scope_id.is_(None) if on is None else on == scope.c.scope_id)
    ordered = rows.order_by(*_order(rows.selected_columns, sort))
    each = (rows.offset(_ALL) if first is None else ordered.limit(_number(first))).correlate(scope).lateral()
    return select(*columns, *(each.c[name] for name in names)).select_from(scope).join(each, true())


def _whose(rows: Select[Any], name: str) -> Any:
    """The column that says whose a row is, as it is in its table; None where there is none."""
    found: Any = rows.selected_columns.get(name)
    return None if found is None else found.element


def _once(rows: Any) -> Select[Any]:
    """What waits for several reasons, or in several scopes, once, since the first of them."""
    named = [rows.c[name] for name in _ROW if name != "since"]
    return select(*named, func.min(rows.c.since).label("since")).group_by(*named)


def _order(row: Any, sort: TaskSort) -> list[Any]:
    last = [row.kind] if "kind" in row else []
    if sort == TaskSort.due:
        return [row.due_on.asc().nulls_last(), row.since, row.subject_id, *last]
    return [row.since.desc(), row.subject_id.desc(), *last]


def _shown(sort: TaskSort) -> Select[Any]:
    """What is shown of the rows that were found, with titles and names."""
    given = func.json_to_recordset(cast(bindparam("rows", None, type_=Text()), JSON()))
    rows = given.table_valued(*(column(name, type_) for name, type_ in _ROW.items())).render_derived(with_types=True)
    task = _once(rows).subquery("task")
    task = select(task).order_by(*_order(task.c, sort)).limit(_number(MOST_TASKS)).subquery("task")
    item = json_object(
        {
            "kind": task.c.kind,
            "subject": json_object({"kind": task.c.subject_kind, "id": task.c.subject_id}),
            "network_id": task.c.network_id,
            "network_names": names_of(Network, task.c.network_id),
            "organisation_id": task.c.organisation_id,
            "organisation_names": names_of(Organisation, task.c.organisation_id),
            "due_on": task.c.due_on,
            "created_at": task.c.since,
            "title": title_of(task),
        }
    )
    items = func.coalesce(func.json_agg(aggregate_order_by(item, *_order(task.c, sort))), text("'[]'::json"))
    return select(cast(func.json_build_object("items", items), Text))


def names_of(table: Any, key: Any) -> Any:
    """SQL: what a network or organisation is called, by language."""
    return select(col(table.names)).where(col(table.id) == key).scalar_subquery()


def title_of(task: Any) -> ColumnElement[Any]:
    """SQL over what waits: the title of its subject by language; what has none of its own is called as its network."""
    titled = [
        (task.c.subject_kind == kind, known.title_sql(task.c.subject_id))
        for kind, known in subjects().items()
        if known.title_sql is not None
    ]
    return case(*titled, else_=names_of(Network, task.c.network_id))
