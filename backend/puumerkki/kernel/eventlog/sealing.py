"""Seals the event log: a hash chain over the events in the order of their positions, whose heads we sign.

The chain: `digest(n) = SHA-256(digest(n-1) || RFC 8785 form of event n)`, beginning with 32 zero bytes. A seal keeps
the digest after its last event. Whoever keeps a signed head can later prove that nothing before it was changed.
"""

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import rfc8785
from psycopg import AsyncConnection
from sqlalchemy import Index, LargeBinary, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger, Text
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.crypto.keys import KeyPurpose, current_key
from puumerkki.kernel.crypto.signed_tokens import sign_token
from puumerkki.kernel.db import Moment, driver_connection
from puumerkki.kernel.eventlog.events import EventPosition, EventRow
from puumerkki.kernel.settings import get_settings
from puumerkki.kernel.subjects import Ref

LOCK = 0x7075756A
BATCH = 10_000
"""At most so many events under one seal."""
BEGINNING = bytes(32)
HEAD_TYPE = "puumerkki-head+jwt"
_EXACT = 2**53


class EventSeal(SQLModel, table=True):
    """The events from `first_position` to `last_position`, sealed. Append-only."""

    __tablename__ = "event_seal"
    __table_args__ = (Index("ix_event_seal_last_position", "last_position", unique=True),)

    number: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    first_position: int = Field(sa_type=BigInteger)
    last_position: int = Field(sa_type=BigInteger)
    previous: bytes = Field(sa_type=LargeBinary)
    """The digest of the seal before, 32 bytes."""
    digest: bytes = Field(sa_type=LargeBinary)
    sealed_at: datetime = Field(sa_type=Moment)
    kid: str = Field(sa_type=Text)
    head: str = Field(sa_type=Text)
    """The signed head, a compact JWS."""


class EventArchive(SQLModel, table=True):
    """Seals whose events were exported and their partitions dropped. Append-only, written by the owner."""

    __tablename__ = "event_archive"

    number: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    first_seal: int = Field(sa_type=BigInteger)
    last_seal: int = Field(sa_type=BigInteger)
    first_position: int = Field(sa_type=BigInteger)
    last_position: int = Field(sa_type=BigInteger)
    partitions: list[str] = Field(sa_type=ARRAY(Text()))
    manifest: bytes = Field(sa_type=LargeBinary)
    """SHA-256 of the export's manifest, which holds those of its other files."""
    archived_at: datetime = Field(sa_type=Moment)


class ArchivedEvent(SQLModel, table=True):
    """What is still asked of an event that is archived: when that of its subject was sealed. Append-only."""

    __tablename__ = "archived_event"

    position: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    type: str = Field(sa_type=Text)
    subject_kind: str = Field(sa_type=Text)
    subject_id: UUID = Field(index=True)


class PlacedEvent(NamedTuple):
    """An event with its position; what is missing under a position has no `id`."""

    position: int
    id: UUID | None
    occurred_at: datetime
    type: str
    tier: str
    actor_id: UUID | None
    subject_kind: str
    subject_id: UUID
    related: list[UUID]
    changed: list[str]
    data: dict[str, Any]


EVENTS = """
select event_position.position, event.id, event.occurred_at, event.type, event.tier, event.actor_id,
       event.subject_kind, event.subject_id, event.related, event.changed, event.data
from event_position
left join event on event.id = event_position.event_id and event.occurred_at = event_position.occurred_at
where event_position.position between %s and %s order by event_position.position
"""


def canonical(event: PlacedEvent) -> bytes:
    """The RFC 8785 form of an event: what is hashed. Times in UTC to the microsecond, wide integers as text."""
    return rfc8785.dumps(as_json(event))


def as_json(event: PlacedEvent) -> dict[str, Any]:
    """An event as JSON holds it, complete."""
    return {
        "position": event.position,
        "id": str(event.id),
        "occurred_at": event.occurred_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "type": event.type,
        "tier": event.tier,
        "actor_id": None if event.actor_id is None else str(event.actor_id),
        "subject": {"kind": event.subject_kind, "id": str(event.subject_id)},
        "related": [str(one) for one in event.related],
        "changed": event.changed,
        "data": _exact(event.data),
    }


def _exact(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _exact(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_exact(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _EXACT:
        return str(value)
    return value


def link(digest: bytes, form: bytes) -> bytes:
    """The next digest of the chain."""
    return hashlib.sha256(digest + form).digest()


def claims(seal: EventSeal, issuer: str) -> dict[str, Any]:
    """What a head says."""
    return {
        "iss": issuer,
        "iat": int(seal.sealed_at.timestamp()),
        "seal": seal.number,
        "first_position": seal.first_position,
        "last_position": seal.last_position,
        "previous": seal.previous.hex(),
        "digest": seal.digest.hex(),
    }


async def events_between(connection: AsyncConnection[Any], first: int, last: int) -> AsyncIterator[PlacedEvent]:
    """The events of these positions, streamed. The connection is in a transaction."""
    async with connection.cursor(name="placed_events") as cursor:
        await cursor.execute(EVENTS, (first, last))
        while rows := await cursor.fetchmany(1000):
            for row in rows:
                yield PlacedEvent(*row)


async def seal_events(session: AsyncSession, *, at_most: int = BATCH) -> EventSeal | None:
    """Seal what has a position and no seal yet, in the caller's transaction; None where there is nothing new.

    One sealer at a time: who does not get the advisory lock does nothing.
    """
    connection = await driver_connection(session)
    locked = await (await connection.execute("select pg_try_advisory_xact_lock(%s)", (LOCK,))).fetchone()
    if not locked or not locked[0]:
        return None
    last = (await session.exec(select(EventSeal).order_by(col(EventSeal.number).desc()).limit(1))).one_or_none()
    first = 1 if last is None else last.last_position + 1
    digest = previous = BEGINNING if last is None else last.digest
    end = first - 1
    async for event in events_between(connection, first, first + at_most - 1):
        if event.id is None or event.position != end + 1:
            raise ChainBroken(end + 1)
        digest, end = link(digest, canonical(event)), event.position
    if end < first:
        return None
    key = await current_key(session, KeyPurpose.seals)
    seal = EventSeal(
        number=1 if last is None else last.number + 1,
        first_position=first,
        last_position=end,
        previous=previous,
        digest=digest,
        sealed_at=clock.now(),
        kid=key.kid,
        head="",
    )
    seal.head = sign_token(key, claims(seal, get_settings().public_url), typ=HEAD_TYPE)
    session.add(seal)
    await session.flush()
    return seal


class ChainBroken(Exception):
    """A position without its event: nothing is sealed over a hole. `position`: where."""

    def __init__(self, position: int) -> None:
        self.position = position
        super().__init__(f"The event of position {position} is missing. Run `puumerkki audit verify`.")


async def sealed_at(session: AsyncSession, *, subject: Ref, type: str) -> datetime | None:
    """When the first event of this type on the subject was sealed; None where it is not."""
    kept = (
        select(func.min(col(EventPosition.position)))
        .join(EventRow, col(EventRow.id) == col(EventPosition.event_id))
        .where(col(EventRow.subject_id) == subject.id, col(EventRow.subject_kind) == subject.kind)
        .where(col(EventRow.type) == type)
        .scalar_subquery()
    )
    archived = (
        select(func.min(col(ArchivedEvent.position)))
        .where(col(ArchivedEvent.subject_id) == subject.id, col(ArchivedEvent.subject_kind) == subject.kind)
        .where(col(ArchivedEvent.type) == type)
        .scalar_subquery()
    )
    first = func.least(kept, archived)
    statement = (
        select(col(EventSeal.sealed_at))
        .where(col(EventSeal.last_position) >= first)
        .order_by(col(EventSeal.last_position))
        .limit(1)
    )
    return (await session.exec(statement)).one_or_none()
