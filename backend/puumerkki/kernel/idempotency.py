"""`Idempotency-Key`: the answer of a POST is kept in the transaction of what it did, and given again to a repeat."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import LargeBinary, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.types import Text, Uuid
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.db import Json, Moment
from puumerkki.kernel.errors import Conflict, invalid
from puumerkki.kernel.reads.statements import Statement, named, param

KEPT = timedelta(days=1)


class IdempotencyKeyReused(Conflict):
    """The same key came with another request."""

    code = "idempotency_key_reused"
    message = "This Idempotency-Key was used for another request."


class IdempotencyRecord(SQLModel, table=True):
    """A key that a principal used on one path; `status` is null only inside the first transaction."""

    __tablename__ = "idempotency_record"

    principal_id: UUID = Field(primary_key=True)
    key: str = Field(primary_key=True, sa_type=Text)
    request_hash: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=Moment, index=True)
    status: int | None = None
    headers: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    body: bytes | None = Field(default=None, sa_type=LargeBinary)


_CLAIM = Statement(
    lambda: (
        insert(IdempotencyRecord)
        .values(named("principal_id", "key", "request_hash", "created_at", "headers"))
        .on_conflict_do_nothing()
        .returning(col(IdempotencyRecord.key))
    )
)
_REMEMBER = Statement(
    lambda: (
        update(IdempotencyRecord)
        .where(
            col(IdempotencyRecord.principal_id) == param("claimed_by", Uuid()),
            col(IdempotencyRecord.key) == param("claimed", Text()),
        )
        .values(named("status", "headers", "body"))
    )
)


@dataclass(frozen=True)
class StoredAnswer:
    """What was answered the first time."""

    status: int
    headers: dict[str, str]
    body: bytes


def request_hash(method: str, path: str, body: bytes) -> bytes:
    """What makes a request the same request."""
    return hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).digest()


def check_key(key: str) -> str:
    """A key of 1 to 200 printable ASCII characters, or Invalid."""
    if not 1 <= len(key) <= 200 or not all(" " <= char <= "~" for char in key):
        raise invalid("Idempotency-Key", "idempotency_key_invalid", "A key has 1 to 200 printable ASCII characters.")
    return key


async def claim(session: AsyncSession, *, principal_id: UUID, key: str, fingerprint: bytes) -> StoredAnswer | None:
    """Claim a key, or give the stored answer. A second request with the key waits for the first."""
    claimed = await _CLAIM.fetch_one(
        session, principal_id=principal_id, key=key, request_hash=fingerprint, created_at=clock.now(), headers={}
    )
    if claimed is not None:
        return None
    found = await session.exec(
        select(IdempotencyRecord).where(
            col(IdempotencyRecord.principal_id) == principal_id, col(IdempotencyRecord.key) == key
        )
    )
    record = found.one()
    if record.request_hash != fingerprint or record.status is None or record.body is None:
        raise IdempotencyKeyReused()
    return StoredAnswer(record.status, record.headers, record.body)


async def remember(session: AsyncSession, *, principal_id: UUID, key: str, answer: StoredAnswer) -> None:
    """Keep the answer beside the claim."""
    await _REMEMBER.fetch_one(
        session, claimed_by=principal_id, claimed=key, status=answer.status, headers=answer.headers, body=answer.body
    )


async def delete_expired_records(session: AsyncSession) -> None:
    """Delete records older than a day."""
    await session.exec(delete(IdempotencyRecord).where(col(IdempotencyRecord.created_at) < clock.now() - KEPT))
