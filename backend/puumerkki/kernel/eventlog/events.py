"""Events: what happened, appended in the transaction in which it happened.

The one append-only table is the audit trail, each page's timeline, the change feed, and the source of webhooks and
notifications. An event holds ids and the names of what changed, never personal data or old values.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, FetchedValue, Index, and_, bindparam, or_, text
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import BigInteger, Text, UserDefinedType, Uuid
from sqlmodel import Field, SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock, subjects
from puumerkki.kernel.db import Json, Moment, text_enum
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.reads.statements import Statement, named
from puumerkki.kernel.subjects import Ref


class Tier(StrEnum):
    """Who may read an event: a floor of the house around its subject."""

    public = "public"
    parties = "parties"
    network = "network"
    authority = "authority"
    own = "own"
    sealed = "sealed"


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


ischema_names["xid8"] = Xid8


class EventRow(SQLModel, table=True):
    """A row of the append-only table, partitioned by `occurred_at`."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_subject", "subject_id", "occurred_at"),
        Index("ix_event_actor", "actor_id", "occurred_at"),
        Index("ix_event_related", "related", postgresql_using="gin"),
        Index("ix_event_xid", "xid"),
        {"postgresql_partition_by": "RANGE (occurred_at)"},
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    occurred_at: datetime = Field(default_factory=clock.now, primary_key=True, sa_type=Moment)
    xid: int | None = Field(
        default=None,
        sa_type=Xid8,
        nullable=False,
        sa_column_kwargs={"server_default": text("pg_current_xact_id()")},
    )
    type: str = Field(sa_type=Text)
    tier: Tier = Field(sa_type=text_enum(Tier))
    actor_id: UUID | None = None
    subject_kind: str = Field(sa_type=Text)
    subject_id: UUID
    related: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    changed: list[str] = Field(default_factory=list, sa_type=ARRAY(Text()))
    data: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)


class EventPosition(SQLModel, table=True):
    """The gapless position of an event in the feed, given by the sequencer once no earlier one can appear."""

    __tablename__ = "event_position"

    position: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    event_id: UUID = Field(unique=True)
    occurred_at: datetime = Field(sa_type=Moment)


class EventSequence(SQLModel, table=True):
    """The sequencer's one row: how far it has come, and on which server, whose transaction ids those are."""

    __tablename__ = "event_sequence"

    id: int = Field(default=1, primary_key=True)
    horizon: int = Field(sa_type=Xid8, sa_column_kwargs={"server_default": FetchedValue()})
    last_position: int = Field(default=0, sa_type=BigInteger)
    server: int | None = Field(default=None, sa_type=BigInteger)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of the facts that rooms tell. Further fields of a subclass are its data: ids, numbers and codes only.

    `related`: the ids of what the subject belongs to, so that their timelines show this event too.
    """

    type: ClassVar[str]
    tier: ClassVar[Tier]

    subject: Ref
    related: tuple[UUID, ...] = ()
    changed: tuple[str, ...] = ()
    seen_by: Tier | None = field(default=None)
    """Another tier than the type's own."""

    def data(self) -> dict[str, Any]:
        """The subclass's own fields, as JSON can hold them."""
        base = {"subject", "related", "changed", "seen_by"}
        found = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in base}
        return {name: _plain(value) for name, value in found.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple | list | frozenset):
        return [_plain(one) for one in value]
    return value


E = TypeVar("E", bound=Event)
Handler = Callable[[AsyncSession, Any], Awaitable[None]]
_handlers: dict[type[Event], tuple[Handler, ...]] = {}


def set_handlers(handlers: dict[type[Event], tuple[Handler, ...]]) -> None:
    """What reacts to which event. Called by `wiring` only."""
    _handlers.clear()
    _handlers.update(handlers)


_APPEND = Statement(
    lambda: insert(EventRow).values(
        named(
            "id", "occurred_at", "type", "tier", "actor_id", "subject_kind", "subject_id", "related", "changed", "data"
        )
    )
)


async def publish(session: AsyncSession, event: Event, *, actor_id: UUID | None) -> None:
    """Append the event, then let the handlers of its type react, all in the caller's transaction.

    `actor_id` is None for what the system does by itself.
    """
    related = event.related or await _parents(session, event.subject)
    await _APPEND.fetch_one(
        session,
        id=new_id(),
        occurred_at=clock.now(),
        type=type(event).type,
        tier=event.seen_by or type(event).tier,
        actor_id=actor_id,
        subject_kind=event.subject.kind,
        subject_id=event.subject.id,
        related=list(related),
        changed=sorted(event.changed),
        data=event.data(),
    )
    for handler in _handlers.get(type(event), ()):
        await handler(session, event)


async def _parents(session: AsyncSession, subject: Ref) -> tuple[UUID, ...]:
    """What the registry knows of the subject's place, for rooms that serve every kind and cannot know it."""
    known = subjects.subjects().get(subject.kind)
    return await known.parents(session, subject.id) if known is not None and known.parents is not None else ()


def audiences(kind: str) -> dict[Tier, subjects.AudienceFilter]:
    """Who sees the events about a kind of subjects, by their tier."""
    return {Tier(tier): sees for tier, sees in subjects.subject(kind).audiences.items() if tier in set(Tier)}


def done_oneself(caller: Any) -> ColumnElement[bool]:
    """SQL over `event`: the caller did it, and it is for their eyes."""
    # a parameter by name, not a value: the compiled statement of a listing serves every caller
    return and_(
        col(EventRow.tier) == Tier.own, col(EventRow.actor_id) == bindparam("caller_id", caller.id, type_=Uuid())
    )


def visible(caller: Any) -> ColumnElement[bool]:
    """SQL over `event`: what a caller may see. Feed, stream, webhooks and timelines keep to it."""
    public = col(EventRow.tier) == Tier.public
    if caller.id is None:
        return public
    conditions = [
        and_(col(EventRow.subject_kind) == kind, col(EventRow.tier) == tier, sees(col(EventRow.subject_id), caller))
        for kind in subjects.subjects()
        for tier, sees in audiences(kind).items()
    ]
    return or_(public, *conditions, done_oneself(caller))
