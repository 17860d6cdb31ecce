"""Reads: somebody's own notices, of what they may still know of."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by, distinct_on
from sqlalchemy.types import Text
from sqlmodel import col
from sqlmodel import select as orm_select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, caller_id
from puumerkki.activity.tasks import names_of, title_of
from puumerkki.kernel import reads
from puumerkki.kernel.reads.listings import json_object
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.subjects import subjects
from puumerkki.networks.models.networks import Network
from puumerkki.notifications.declared import declared
from puumerkki.notifications.models import Channel, Notice, NoticeChoice, NoticeRow, OpenTask
from puumerkki.notifications.schemas import MOST_NOTICES, NoticeChoicePublic, NoticeChoices
from puumerkki.organisations.models.organisations import Organisation

_LATEST = 3 * MOST_NOTICES
"""So many rows are looked at: a thing that waits for several reasons is shown once."""
_COUNTED = 99


async def notices(pool: ReadPool, *, caller: Caller) -> bytes:
    """The latest notices of whoever is signed in, as JSON."""
    caller.person_id()
    return await reads.rows(pool, "notices", lambda: _shown(caller), caller=caller, params={})


async def unseen(pool: ReadPool, *, caller: Caller) -> bytes:
    """How many things still wait that they have not seen, as JSON."""
    caller.person_id()
    return await reads.rows(pool, "notices_unseen", lambda: _unseen(caller), caller=caller, params={})


def _shown(caller: Caller) -> Select[Any]:
    rows = _latest(caller).limit(literal_column(str(_LATEST))).subquery("latest")
    once = (
        select(rows)
        .where(_readable(rows.c, caller))
        .ext(distinct_on(rows.c.kind, rows.c.subject_id, rows.c.step))
        .order_by(rows.c.kind, rows.c.subject_id, rows.c.step, rows.c.created_at.desc(), rows.c.id.desc())
        .subquery("once")
    )
    best = (
        select(once)
        .order_by(once.c.created_at.desc(), once.c.id.desc())
        .limit(literal_column(str(MOST_NOTICES)))
        .subquery("notice")
    )
    shown = ("id", "kind", "step", "due_on", "created_at", "seen_at", "is_open", "network_id", "organisation_id")
    item = json_object(
        {
            **{name: best.c[name] for name in shown},
            "subject": json_object({"kind": best.c.subject_kind, "id": best.c.subject_id}),
            "network_names": names_of(Network, best.c.network_id),
            "organisation_names": names_of(Organisation, best.c.organisation_id),
            "title": title_of(best),
        }
    )
    order = aggregate_order_by(item, best.c.created_at.desc(), best.c.id.desc())
    items = func.coalesce(func.json_agg(order), text("'[]'::json"))
    return select(func.json_build_object("items", items).cast(Text))


def _unseen(caller: Caller) -> Select[Any]:
    rows = _latest(caller, col(Notice.seen_at).is_(None), col(OpenTask.closed_at).is_(None))
    found = rows.limit(literal_column(str(_LATEST))).subquery("latest")
    things = select(found.c.subject_id).where(_readable(found.c, caller)).distinct().subquery("things")
    counted = func.least(func.count(), _COUNTED)
    return select(func.json_build_object("unseen", counted).cast(Text)).select_from(things)


def _latest(caller: Caller, *conditions: ColumnElement[bool]) -> Select[Any]:
    columns: list[Any] = [
        *(col(getattr(Notice, name)) for name in ("id", "step", "created_at", "seen_at")),
        *(
            col(getattr(OpenTask, name))
            for name in ("kind", "subject_kind", "subject_id", "network_id", "organisation_id", "due_on")
        ),
        col(OpenTask.closed_at).is_(None).label("is_open"),
    ]
    return (
        select(*columns)
        .join(OpenTask, col(OpenTask.id) == col(Notice.task_id))
        .where(col(Notice.principal_id) == caller_id(caller), *conditions)
        .order_by(col(Notice.created_at).desc(), col(Notice.id).desc())
    )


def _readable(row: Any, caller: Caller) -> ColumnElement[bool]:
    """SQL: the caller may still know of what a notice is about. What has no subject of its own is for everybody."""
    known = subjects()
    kinds = sorted({subject for _, subject, _ in declared()} & known.keys())
    of_kind = [and_(row.subject_kind == kind, row.subject_id.in_(known[kind].readable(caller))) for kind in kinds]
    return or_(row.subject_kind.not_in(kinds), *of_kind)


async def choices_of(session: AsyncSession, person_id: Any) -> NoticeChoices:
    """How somebody wants to be told, row by row."""
    found = await session.exec(orm_select(NoticeChoice).where(col(NoticeChoice.principal_id) == person_id))
    chosen = {one.row: one.channel for one in found.all()}
    return NoticeChoices(
        items=[
            NoticeChoicePublic(row=row, channel=chosen.get(row, Channel.now), is_default=row not in chosen)
            for row in NoticeRow
        ]
    )
