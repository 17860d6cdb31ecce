"""What waits for somebody: the kinds that the rooms declare, joined with the scopes of whoever asks."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Subquery,
    case,
    cast,
    func,
    literal,
    literal_column,
    select,
    text,
    union,
    union_all,
)
from sqlalchemy import true as always
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.types import Text
from sqlmodel import col

from puumerkki.access.actor import Viewer, held_scopes
from puumerkki.desk.schemas import MOST_TASKS, TaskSort
from puumerkki.kernel import reads
from puumerkki.kernel.reads.listings import json_object
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.subjects import subjects
from puumerkki.kernel.tasks import Fits, Task
from puumerkki.networks.models import Network
from puumerkki.organisations.models import Organisation

_ALL = literal_column("0")
"""An OFFSET that leaves nothing out, but keeps what is inside from being joined with what is outside."""
_MOST = literal_column(str(MOST_TASKS))
_kinds: tuple[Task, ...] = ()


def register(tasks: Iterable[Task]) -> None:
    """Make the rooms' kinds of tasks known. Called by `wiring` only; again replaces them."""
    global _kinds
    _kinds = tuple(tasks)


async def tasks(pool: ReadPool, *, viewer: Viewer, kind: str | None, sort: TaskSort) -> bytes:
    """The tasks of whoever is signed in, as JSON; of one kind where it is given."""
    viewer.person_id()
    asked = [one for one in _kinds if kind in (None, one.kind)]
    if not asked:
        return b'{"items" : []}'
    name = f"tasks_{sort.value}_{kind or ''}"
    return await reads.rows(pool, name, lambda: statement(viewer, asked, sort), viewer=viewer, params={})


def statement(viewer: Viewer, asked: Sequence[Task], sort: TaskSort) -> Select[Any]:
    """The one statement for some kinds of tasks. Titles and names are joined to what is shown only."""
    held = held_scopes({permission for one in asked for permission in one.permissions}, viewer)
    groups: dict[Fits | None, list[Task]] = {}
    for one in asked:
        groups.setdefault(one.fits, []).append(one)
    fitting = [_fitting(viewer, held, fits, group, sort) for fits, group in groups.items()]
    waiting = _together(fitting, asked).subquery("waiting")
    order = _order(waiting.c, sort)
    best = select(waiting, func.row_number().over(order_by=order).label("place")).order_by(*order).limit(_MOST)
    task = best.subquery("task")
    item = json_object(
        {
            "kind": task.c.kind,
            "subject": json_object({"kind": task.c.subject_kind, "id": task.c.subject_id}),
            "network_id": task.c.network_id,
            "network_names": _names(Network, task.c.network_id),
            "organisation_id": task.c.organisation_id,
            "organisation_names": _names(Organisation, task.c.organisation_id),
            "due_on": task.c.due_on,
            "created_at": task.c.since,
            "title": _title(task),
        }
    )
    items = func.coalesce(func.json_agg(aggregate_order_by(item, task.c.place)), text("'[]'::json"))
    return select(cast(func.json_build_object("items", items), Text))


def _fitting(viewer: Viewer, held: CTE, fits: Fits | None, group: Sequence[Task], sort: TaskSort) -> Select[Any]:
    """What waits of the kinds that ask the same of the viewer.

    Whether it fits is asked in the order of what is shown, until there is enough: it costs more than all else.
    """
    rows = _together([_in_scopes(held, one, sort, limited=fits is None) for one in group], group).subquery("rows")
    if fits is not None:
        ordered = select(rows).order_by(*_order(rows.c, sort)).offset(_ALL).subquery("rows")
        return select(*_shown(ordered)).where(fits(ordered.c, viewer)).limit(_MOST)
    return select(*_shown(rows))


def _in_scopes(held: CTE, task: Task, sort: TaskSort, *, limited: bool) -> Select[Any]:
    """The rows of one kind, scope by scope: each by its index, as many as can be shown where all of them fit."""
    rows = task.rows()
    named: list[ColumnElement[Any]] = [
        cast(literal_column(f"'{name}'"), Text).label(label)
        for name, label in ((task.kind, "kind"), (task.subject, "subject_kind"))
    ]
    if not task.permissions:
        found = rows.subquery()
        return select(*named, *_but_scope(found))
    scopes = select(held.c.scope_id).where(held.c.permission.in_(_texts(task.permissions)))
    scope = scopes.distinct().subquery() if len(task.permissions) > 1 else scopes.subquery()
    on = rows.selected_columns.get("scope_id")
    rows = rows.where(scope.c.scope_id.is_(None) if on is None else on.element == scope.c.scope_id)
    found = (_best(rows, sort) if limited else rows.offset(_ALL)).correlate(scope).lateral()
    return select(*named, *_but_scope(found)).select_from(scope).join(found, always())


def _best(rows: Select[Any], sort: TaskSort) -> Select[Any]:
    return rows.order_by(*_order(rows.selected_columns, sort, has_kind=False)).limit(_MOST)


def _together(selects: Sequence[Select[Any]], of: Sequence[Task]) -> Any:
    """All of them; what waits for two reasons, once."""
    several = len({(one.kind, one.subject) for one in of}) < len(of)
    return union(*selects) if several and len(selects) > 1 else union_all(*selects)


def _order(row: Any, sort: TaskSort, *, has_kind: bool = True) -> list[Any]:
    kind = [row.kind] if has_kind else []
    if sort == TaskSort.due:
        return [row.due_on.asc().nulls_last(), row.since, row.subject_id, *kind]
    return [row.since.desc(), row.subject_id.desc(), *kind]


def _shown(rows: Subquery) -> list[ColumnElement[Any]]:
    names = ("kind", "subject_kind", "subject_id", "network_id", "organisation_id", "due_on", "since")
    return [rows.c[name] for name in names]


def _but_scope(rows: Any) -> list[ColumnElement[Any]]:
    return [column for column in rows.c if column.name != "scope_id"]


def _texts(values: Iterable[str]) -> list[Any]:
    return [literal(str(value), Text(), literal_execute=True) for value in values]


def _names(table: Any, key: Any) -> Any:
    return select(col(table.names)).where(col(table.id) == key).scalar_subquery()


def _title(task: Any) -> Any:
    """The subject's title in the languages it has; what has none of its own is called as its network."""
    titled = [
        (task.c.subject_kind == kind, known.title_sql(task.c.subject_id))
        for kind, known in subjects().items()
        if known.title_sql is not None
    ]
    return case(*titled, else_=_names(Network, task.c.network_id))
