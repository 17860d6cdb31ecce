"""The timeline of one thing: its events and those of what belongs to it, newest first, as far as a caller may see."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, or_
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.types import Uuid
from sqlmodel import col

from puumerkki.kernel import reads, subjects
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.eventlog.events import EventRow, Tier, visible
from puumerkki.kernel.field_types import Moment, Schema
from puumerkki.kernel.reads.listings import Filter, Listing, QueryCaller, Sort, json_object
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.reads.read_pool import ReadPool
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
    readable=visible,
    filters={
        "subject": Filter(
            by=lambda key: or_(col(EventRow.subject_id) == key, col(EventRow.related).contains(array([key]))),
            type_=Uuid(),
        )
    },
)


async def timeline(
    pool: ReadPool, *, caller: QueryCaller, subject: Ref, query: TimelineQuery
) -> tuple[bytes, str | None]:
    """A page of the timeline of a subject, for `page_response`; NotFound where the caller may not know of it."""

    def readable() -> Select[Any]:
        ids = subjects.subject(subject.kind).readable(caller).subquery("readable")
        key = next(iter(ids.c))
        return core_select(key).where(key == bindparam("key", None, type_=Uuid()))

    known = await pool.fetch(
        ("timeline_subject", subject.kind, caller.anonymous),
        readable,
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
    )
