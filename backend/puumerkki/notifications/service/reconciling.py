"""Keeps the rows of `task` equal to what the rooms' selects find: after events where they touch, by the clock in full.

One statement a kind compares what waits with the open rows: it opens, changes and closes them. It may run again and
again, and twice at once: the unique index lets a task open once.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
    update,
)
from sqlalchemy import literal_column as sql
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.types import Boolean, Date, DateTime
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.reads.statements import Statement
from puumerkki.kernel.subjects import subjects
from puumerkki.kernel.tasks import Task
from puumerkki.notifications.declared import Key, declared
from puumerkki.notifications.models import OPEN, OpenTask

_SAME = ("scope_id", "person_id", "network_id", "organisation_id")
_IDS = bindparam("ids", None, type_=ARRAY(Uuid()))
_NOW = bindparam("caller_now", None, type_=DateTime(timezone=True))


Opened = dict[Key, dict[UUID, UUID]]
"""Tasks that opened, of each kind, with their subjects."""


async def reconcile(session: AsyncSession, *, touched: Iterable[UUID] | None = None, silent: bool = False) -> Opened:
    """Compare the rows with what waits now: of these subjects, and what hangs on them, or of all (None).

    `silent`: what opens now is told to nobody.
    """
    ids = None if touched is None else sorted(set(touched))
    if ids == []:
        return {}
    reached = {} if ids is None else await _reached(session, ids)
    opened: Opened = {}
    for key in declared():
        of_kind = None if ids is None else [*ids, *reached.get(key[1], ())]
        found = await _statement(key, ids is None).fetch_all(
            session, ids=of_kind, caller_now=clock.now(), caller_id=None, caller_scopes=None, silent=silent
        )
        if found:
            opened[key] = dict(found)
    return opened


async def _reached(session: AsyncSession, ids: Sequence[UUID]) -> dict[str, list[UUID]]:
    """The subjects of each kind that hang on what these ids name."""
    found: dict[str, list[UUID]] = {}
    for kind, id_ in await _reaching().fetch_all(session, ids=list(ids)):
        found.setdefault(kind, []).append(id_)
    return found


@cache
def _reaching() -> Statement:
    def build() -> Select[Any]:
        each = []
        for kind, known in subjects().items():
            if known.hangs_on is not None:
                ids = known.hangs_on(_IDS).subquery()
                each.append(select(sql(f"'{kind}'", Text()).label("kind"), ids.c[0].label("id")))
        return select(union(*each).subquery())

    return Statement(build)


@cache
def _statement(key: Key, in_full: bool) -> Statement:
    return Statement(lambda: _reconciling(key, declared()[key], in_full))


def _reconciling(key: Key, tasks: Sequence[Task], in_full: bool) -> Select[Any]:
    wanted = _wanted(tasks, in_full)
    columns = OpenTask.__table__.c  # type: ignore[attr-defined]
    here: list[ColumnElement[bool]] = [
        columns.closed_at.is_(None),
        columns.kind == key[0],
        columns.subject_kind == key[1],
        columns.permissions == key[2],
    ]
    if not in_full:
        here.append(columns.subject_id == any_(_IDS))
    still = exists().where(
        wanted.c.subject_id == columns.subject_id,
        *(wanted.c[name].is_not_distinct_from(columns[name]) for name in _SAME),
    )
    closing = update(OpenTask).where(*here, ~still).values(closed_at=_NOW).returning(columns.id).cte("closing")
    names = ["id", "created_at", "kind", "permissions", "subject_kind", "subject_id", *_SAME, "due_on", "since"]
    values = [
        func.gen_random_uuid(),
        _NOW,
        literal(key[0], Text()),
        literal(key[2], Text()),
        literal(key[1], Text()),
        wanted.c.subject_id,
        *(wanted.c[name] for name in _SAME),
        wanted.c.due_on,
        wanted.c.since,
    ]
    adding = insert(OpenTask).from_select(
        [*names, "opened_at", "silent", "passed_on"],
        select(*values, _NOW.label("opened_at"), bindparam("silent", None, type_=Boolean()), literal(0)),
    )
    moved = columns.due_on.is_distinct_from(adding.excluded.due_on)
    changed = or_(moved, columns.since.is_distinct_from(adding.excluded.since))
    keeping = adding.on_conflict_do_update(
        index_elements=["kind", "subject_id", "permissions", *_SAME],
        index_where=OPEN,
        set_={
            "due_on": adding.excluded.due_on,
            "since": adding.excluded.since,
            "reminded": case((moved, null()), else_=columns.reminded),
            "passed_on": case((moved, 0), else_=columns.passed_on),
        },
        where=changed,
    )
    # a row that was only changed has been locked by its change: xmax tells it from one that is new
    kept = keeping.returning(columns.id, columns.subject_id, sql("(xmax = 0)", Boolean()).label("is_new")).cte("kept")
    return select(kept.c.id, kept.c.subject_id).where(kept.c.is_new).add_cte(closing)


def _wanted(tasks: Sequence[Task], in_full: bool) -> CTE:
    """What waits, each thing once for everybody of one scope."""
    each = union_all(*(_rows(one, in_full) for one in tasks)).subquery("each")
    keys = [each.c[name] for name in ("subject_id", *_SAME)]
    found = select(*keys, func.min(each.c.due_on).label("due_on"), func.min(each.c.since).label("since"))
    return found.group_by(*keys).cte("wanted").prefix_with("MATERIALIZED")


def _rows(task: Task, in_full: bool) -> Select[Any]:
    rows = task.rows()
    named = rows.selected_columns
    if not in_full:
        rows = rows.where(named.subject_id.element == any_(_IDS))
    found = rows.subquery()
    nothing = cast(null(), Uuid())
    whose = [found.c[name] if name in found.c else nothing.label(name) for name in _SAME]
    return select(found.c.subject_id, *whose, cast(found.c.due_on, Date()).label("due_on"), found.c.since)
