"""Reads: somebody's own notices, of what they may still know of."""

from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by, distinct_on
from sqlalchemy.types import Text
from sqlmodel import col

from puumerkki.access.actor import Caller, caller_id
from puumerkki.activity.tasks import names_of, title_of
from puumerkki.agreements.models.agreements import AgreementParty
from puumerkki.applications.queries.applications import shown_title
from puumerkki.kernel import clock, reads
from puumerkki.kernel.eventlog.events import Tier, audiences
from puumerkki.kernel.reads.listings import json_object
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.subjects import subjects
from puumerkki.meetings.models import Meeting
from puumerkki.networks.models.networks import Network
from puumerkki.notifications.declared import declared
from puumerkki.notifications.models import Channel, Notice, NoticeException, OpenTask, Step
from puumerkki.notifications.schemas import MOST_NOTICES
from puumerkki.organisations.models.organisations import Organisation

_LATEST = 3 * MOST_NOTICES
"""So many rows are looked at: a thing that waits for several reasons is shown once."""
_COUNTED = 99


async def notices(pool: ReadPool, *, caller: Caller) -> bytes:
    """The latest notices of whoever is signed in, as JSON."""
    caller.person_id()
    return await reads.rows(pool, "notices", lambda: _shown(caller), caller=caller, params={})


async def unseen(pool: ReadPool, *, caller: Caller) -> bytes:
    """How many lines of their list are new, as JSON."""
    caller.person_id()
    return await reads.rows(pool, "notices_unseen", lambda: _unseen(caller), caller=caller, params={})


def _lines(caller: Caller, *, new: bool = False) -> Any:
    """What the list has a line for: a kind on a thing by its step, with what is of it together.

    `new`: only where something of it is new, so that nothing else is asked whether it may be read.
    """
    rows: Any = _latest(caller).limit(literal_column(str(_LATEST))).subquery("latest")
    if new:
        some = func.bool_or(_is_new(rows.c)).over(partition_by=_same(rows.c))
        each = select(rows, some.label("some_new")).subquery("each")
        rows = select(each).where(each.c.some_new).subquery("new")
    same = _same(rows.c)
    together = func.sum(rows.c["count"]).over(partition_by=[*same, rows.c.is_open, rows.c.seen_at.is_(None)])
    once = (
        select(rows, cast(together, Integer).label("together"))
        .where(_readable(rows.c, caller))
        .ext(distinct_on(*same))
        .order_by(*same, rows.c.is_open.desc(), rows.c.created_at.desc(), rows.c.id.desc())
    )
    return once.subquery("once")


def _same(row: Any) -> list[Any]:
    return [row.kind, row.root_id, row.step]


def _is_new(row: Any) -> ColumnElement[bool]:
    """Not seen, and it waits still or only tells."""
    return and_(row.seen_at.is_(None), or_(row.is_open, row.step == Step.told.value))


def _shown(caller: Caller) -> Select[Any]:
    once = _lines(caller)
    best = (
        select(once)
        .order_by(once.c.created_at.desc(), once.c.id.desc())
        .limit(literal_column(str(MOST_NOTICES)))
        .subquery("notice")
    )
    told_on_application = (best.c.step == Step.told.value) & (best.c.root_kind == "application")
    titled = _Titled(best)
    meets = select(_day(Meeting.starts_at)).where(col(Meeting.id) == best.c.root_id).scalar_subquery()
    shown = ("id", "kind", "step", "created_at", "seen_at", "is_open", "network_id", "organisation_id")
    item = json_object(
        {
            **{name: best.c[name] for name in shown},
            "count": case((best.c.step.in_([Step.told.value, Step.late_elsewhere.value]), best.c.together), else_=1),
            "subject": json_object({"kind": best.c.root_kind, "id": best.c.root_id}),
            "due_on": case((best.c.root_kind == "meeting", func.coalesce(best.c.due_on, meets)), else_=best.c.due_on),
            "party_names": _parties(best.c.root_kind, best.c.root_id),
            "is_muted": _muted(caller, best.c.root_id),
            "network_names": names_of(Network, best.c.network_id),
            "organisation_names": names_of(Organisation, best.c.organisation_id),
            "title": case((told_on_application, shown_title(best.c.root_id)), else_=title_of(titled)),
        }
    )
    order = aggregate_order_by(item, best.c.created_at.desc(), best.c.id.desc())
    items = func.coalesce(func.json_agg(order), text("'[]'::json"))
    return select(func.json_build_object("items", items).cast(Text))


def _day(moment: Any) -> ColumnElement[Any]:
    """SQL: the day of a moment here."""
    return cast(func.timezone(clock.FINLAND.key, col(moment)), Date())


def _parties(kind: Any, key: Any) -> ColumnElement[Any]:
    """SQL: the names of an agreement's parties, in the order of its text; of anything else none."""
    names = (
        select(func.json_agg(aggregate_order_by(col(Organisation.names), col(AgreementParty.place).asc())))
        .join_from(AgreementParty, Organisation, col(Organisation.id) == col(AgreementParty.organisation_id))
        .where(col(AgreementParty.agreement_id) == key, col(AgreementParty.succeeded_by_id).is_(None))
        .scalar_subquery()
    )
    none = text("'[]'::json")
    return case((kind == "agreement", func.coalesce(names, none)), else_=none)


def _muted(caller: Caller, key: Any) -> ColumnElement[bool]:
    """SQL: the caller is mailed nothing that happens to a thing."""
    return exists().where(
        col(NoticeException.principal_id) == caller_id(caller),
        col(NoticeException.subject_id) == key,
        col(NoticeException.channel) == Channel.bell,
    )


class _Titled:
    """A notice as `title_of` asks of what it is titled by: under what it is gathered."""

    def __init__(self, notice: Any) -> None:
        self.c = SimpleNamespace(
            subject_kind=notice.c.root_kind, subject_id=notice.c.root_id, network_id=notice.c.network_id
        )


def _unseen(caller: Caller) -> Select[Any]:
    lines = _lines(caller, new=True)
    things = select(lines.c.id).where(_is_new(lines.c)).subquery("things")
    counted = func.least(func.count(), _COUNTED)
    return select(func.json_build_object("unseen", counted).cast(Text)).select_from(things)


def _latest(caller: Caller) -> Select[Any]:
    """One's latest notices of tasks and events, with the same columns."""
    elsewhere = col(Notice.step) == Step.late_elsewhere.value
    own = (col(Notice.id), col(Notice.step), col(Notice.created_at), col(Notice.seen_at), col(Notice.tier))
    columns: list[Any] = [
        *own,
        col(Notice.count),
        *(_either(name).label(name) for name in ("kind", "subject_kind", "subject_id")),
        # of a task that is late elsewhere nothing is shown but what the notice itself names
        *(
            case((elsewhere, col(getattr(Notice, name))), else_=_either(name)).label(name)
            for name in ("network_id", "organisation_id")
        ),
        func.coalesce(col(Notice.root_kind), col(OpenTask.subject_kind)).label("root_kind"),
        func.coalesce(col(Notice.root_id), col(OpenTask.subject_id)).label("root_id"),
        case((~elsewhere, col(OpenTask.due_on))).label("due_on"),
        func.coalesce(col(OpenTask.closed_at).is_(None) & col(OpenTask.id).is_not(None), false()).label("is_open"),
    ]
    return (
        select(*columns)
        .select_from(Notice)
        .outerjoin(OpenTask, col(OpenTask.id) == col(Notice.task_id))
        .where(col(Notice.principal_id) == caller_id(caller))
        .order_by(col(Notice.created_at).desc(), col(Notice.id).desc())
    )


def _either(name: str) -> ColumnElement[Any]:
    """A column of the task, else of the notice itself."""
    return func.coalesce(col(getattr(OpenTask, name)), col(getattr(Notice, name)))


def _readable(row: Any, caller: Caller) -> ColumnElement[bool]:
    """SQL: the caller may still know of what a notice is about.

    A task's subject, where it has one of its own; an event by its tier, as the feed has it.
    """
    known = subjects()
    kinds = sorted({subject for _, subject, _ in declared()} & known.keys())
    of_kind = [and_(row.subject_kind == kind, row.subject_id.in_(known[kind].readable(caller))) for kind in kinds]
    told = row.step == Step.told.value
    elsewhere = row.step == Step.late_elsewhere.value
    asked = and_(~told, or_(elsewhere, row.subject_kind.not_in(kinds), *of_kind))
    by_tier = [
        and_(row.subject_kind == kind, row.tier == tier.value, sees(row.subject_id, caller))
        for kind in known
        for tier, sees in audiences(kind).items()
    ]
    free = or_(row.tier.is_(None), row.tier == Tier.public.value)
    return or_(asked, and_(told, or_(free, *by_tier)))
