"""The timeline of one thing: its events and those of what belongs to it, newest first, as far as a caller may see."""

from collections.abc import Iterable
from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, any_, bindparam, cast, exists, func, or_
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.types import Text, Uuid
from sqlmodel import col

from puumerkki.kernel import reads, subjects
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.eventlog.events import EventRow, Tier, audiences, done_oneself
from puumerkki.kernel.field_types import Moment, Schema
from puumerkki.kernel.reads.listings import Filter, Listing, QueryCaller, Sort, json_object
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.reads.statements import array_of
from puumerkki.kernel.subjects import Ref


class TimelineQuery(PageQuery):
    """A page of a timeline."""


class TimelineSubject(Schema):
    """What an event is about."""

    kind: str
    id: UUID


class TimelineEvent(Schema):
    """Something that happened. `changed`: the names of what changed; `data`: ids and codes of the event's type."""

    id: UUID
    type: str
    tier: Tier
    occurred_at: Moment
    actor_id: UUID | None
    subject: TimelineSubject
    changed: list[str]
    data: dict[str, Any]


TimelinePage = Page[TimelineEvent]


def _of_subject(key: Any) -> ColumnElement[bool]:
    return or_(col(EventRow.subject_id) == key, col(EventRow.related).contains(array([key])))


def _key(kind: Any, tier: Any, subject_id: Any) -> ColumnElement[str]:
    """What decides who may see an event, as one text."""
    return func.concat_ws("/", cast(kind, Text), cast(tier, Text), cast(subject_id, Text), type_=Text())


def _readable(caller: QueryCaller) -> ColumnElement[bool]:
    """SQL over `event`: public, of the caller's own doing, or about what `seen` names."""
    public = col(EventRow.tier) == Tier.public
    if caller.anonymous:
        return public
    seen = bindparam("seen", None, type_=ARRAY(Text()))
    return or_(
        public,
        done_oneself(caller),
        _key(col(EventRow.subject_kind), col(EventRow.tier), col(EventRow.subject_id)) == any_(seen),
    )


TIMELINE = Listing(
    name="timeline",
    item={
        "id": col(EventRow.id),
        "type": col(EventRow.type),
        "tier": col(EventRow.tier),
        "occurred_at": col(EventRow.occurred_at),
        "actor_id": col(EventRow.actor_id),
        "subject": json_object({"kind": col(EventRow.subject_kind), "id": col(EventRow.subject_id)}),
        "changed": col(EventRow.changed),
        "data": col(EventRow.data),
    },
    source=lambda select: select.select_from(EventRow),
    sorts={"-occurred_at": Sort((col(EventRow.occurred_at), col(EventRow.id)), descending=True)},
    readable=_readable,
    filters={"subject": Filter(by=_of_subject, type_=Uuid())},
)


async def timeline(
    pool: ReadPool, *, caller: QueryCaller, subject: Ref, query: TimelineQuery
) -> tuple[bytes, str | None]:
    """A page of the timeline of a subject, for `page_response`; NotFound where the caller may not know of it."""

    """A page of the timeline of a subject, for `page_response`; NotFound where the caller may not know of it.

    What the caller sees of its events is asked by kind and tier: one statement of all of them would take longer to
    plan than those that stand there.
    """
    known = await pool.fetch(
        ("timeline_subject", subject.kind, caller.anonymous),
        lambda: _subject(subject.kind, caller),
        caller.params() | {"key": subject.id},
        anonymous=caller.anonymous,
    )
    if known is None:
        raise NotFound()
    return await reads.page(
        pool,
        TIMELINE,
        caller=caller,
        filters={"subject": subject.id},
        sort="-occurred_at",
        limit=query.limit,
        cursor=query.cursor,
        params={"seen": await _seen(pool, caller, known[0] or ())},
    )


async def build(pool: ReadPool, caller: QueryCaller) -> None:
    """Ask of every kind and tier: a pool that only builds has the statements then."""
    await _seen(pool, caller, [f"{kind}/{tier}/" for kind in subjects.subjects() for tier in Tier])


async def _seen(pool: ReadPool, caller: QueryCaller, keys: Iterable[str]) -> list[str]:
    """Those of the keys whose events the caller may see, by the audiences of their kinds."""
    found: list[str] = []
    for (kind, tier), group in groupby(sorted(keys), key=lambda one: one.split("/")[:2]):
        sees = audiences(kind).get(Tier(tier)) if kind in subjects.subjects() else None
        if sees is not None and not caller.anonymous:
            row = await pool.fetch(
                ("timeline_seen", kind, tier),
                partial(_seen_of, sees, caller),
                caller.params() | {"keys": f"{{{','.join(group)}}}"},
                anonymous=False,
            )
            found += row[0] if row else ()
    return found


def _subject(kind: str, caller: QueryCaller) -> Select[Any]:
    """What is in the timeline of a subject that the caller may know of."""
    ids = subjects.subject(kind).readable(caller).subquery("readable")
    id_, asked = next(iter(ids.c)), bindparam("key", None, type_=Uuid())
    keys = core_select(_key(col(EventRow.subject_kind), col(EventRow.tier), col(EventRow.subject_id)))
    keys = keys.where(_of_subject(asked), col(EventRow.tier) != Tier.public).distinct()
    return core_select(array_of(keys, Text())).where(exists().where(id_ == asked))


def _seen_of(sees: subjects.AudienceFilter, caller: QueryCaller) -> Select[Any]:
    # of an array as text PostgreSQL knows no length: it plans for any, once, and not anew for each
    keys = cast(bindparam("keys", None, type_=Text()), ARRAY(Text()))
    given = func.unnest(keys).table_valued("key").render_derived()
    each = core_select(given.c.key, cast(func.split_part(given.c.key, "/", 3), Uuid()).label("subject_id")).subquery()
    return core_select(array_of(core_select(each.c.key).where(sees(each.c.subject_id, caller)), Text()))
