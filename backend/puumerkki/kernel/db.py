"""The database: one metadata, what all tables share, engines and sessions."""

import re
import select
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar, cast
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.pq import ConnStatus
from sqlalchemy import DateTime, MetaData, event, inspect
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.ids import new_id

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata
metadata.naming_convention = NAMING

CONNECTION_OPTIONS = {
    "timezone": "UTC",
    "intervalstyle": "iso_8601",
    # who-may-see conditions are wide but touch few rows: compiling them takes far longer than running them
    "jit": "off",
    # many ask at once: each takes one processor, so that nobody waits for somebody else's big question
    "max_parallel_workers_per_gather": "0",
    "idle_in_transaction_session_timeout": "30s",
    "statement_timeout": "60s",
    "pg_trgm.word_similarity_threshold": "0.45",
}

Moment = DateTime(timezone=True)
E = TypeVar("E", bound=Enum)
_DRIVER = "driver_connection"
"""Where a session keeps the connection of the transaction it is in."""


def text_enum(kind: type[Enum]) -> SqlEnum:
    """A column type for an enum: its values as text, held by a CHECK."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
    return SqlEnum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=60,
        values_callable=lambda members: [member.value for member in members],
    )


class Table(SQLModel):
    """Base of all tables: a UUIDv7 and the moment of making."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment, nullable=False)


class Aggregate(Table):
    """Base of what people change: `version` grows by one with every change and is the ETag."""

    version: int = Field(default=1, nullable=False)
    updated_at: datetime = Field(default_factory=clock.now, sa_type=Moment, nullable=False)


Json = JSONB(none_as_null=True)
HELD: dict[str, Any] = {"key_share": True}
"""For `with_for_update`: one transaction holds the row, and others may still write rows that refer to it.

Without it, whoever changes such a row twice waits for the holder, who may be waiting for that very row.
"""


def touch(aggregate: Aggregate) -> None:
    """Count a change of something that belongs to the aggregate as a change of the aggregate."""
    flag_modified(aggregate, "version")


@event.listens_for(Session, "before_flush")
def _count_versions(session: Session, _context: Any, _instances: Any) -> None:
    for row in session.dirty:
        if not isinstance(row, Aggregate) or not session.is_modified(row):
            continue
        history = inspect(row).attrs.version.history
        counted = bool(history.added) and bool(history.deleted) and history.added[0] != history.deleted[0]
        if not counted:
            row.version += 1
            row.updated_at = clock.now()


def driver_url(url: str) -> str:
    """The URL for SQLAlchemy with psycopg, with our connection options; any libpq URL is taken."""
    return "postgresql+psycopg://" + libpq_url(url).split("://", 1)[1]


def libpq_url(url: str) -> str:
    """The URL for psycopg itself, with our connection options."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    given = query.get("options", "")
    ours = " ".join(f"-c {name}={value}" for name, value in CONNECTION_OPTIONS.items())
    query["options"] = f"{ours} {given}".strip()
    netloc = parts.netloc
    return urlunsplit(("postgresql", netloc, parts.path, urlencode(query, safe="/"), "")).replace("+", "%20")


def make_engine(url: str, *, pool_size: int = 16) -> AsyncEngine:
    """An engine whose connections have our options; the caller disposes of it."""
    engine = create_async_engine(driver_url(url), pool_size=pool_size, max_overflow=0, pool_timeout=10)
    event.listen(engine.sync_engine, "checkout", _refuse_the_cut)
    return engine


def _refuse_the_cut(connection: Any, _record: Any, _proxy: Any) -> None:
    """Let only connections out whose other end still holds; one that has let go has left something to be read."""
    pgconn = connection.driver_connection.pgconn
    if pgconn.status == ConnStatus.OK:
        poll = select.poll()
        poll.register(pgconn.socket, select.POLLIN)
        if not poll.poll(0):
            return
    raise InvalidatePoolError()


def make_sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Sessions that keep what they loaded after a commit."""
    return async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


@asynccontextmanager
async def transaction(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
    """One session and one transaction, for jobs and the command line; routes have theirs from `web`."""
    async with sessions() as session:
        yield session
        await session.commit()


async def driver_connection(session: AsyncSession) -> AsyncConnection[Any]:
    """The psycopg connection under the session's transaction."""
    transaction, connection = session.info.get(_DRIVER, (None, None))
    if transaction is None or transaction is not session.sync_session.get_transaction():
        raw = await (await session.connection()).get_raw_connection()
        connection = raw.driver_connection
        session.info[_DRIVER] = (session.sync_session.get_transaction(), connection)
    return cast("AsyncConnection[Any]", connection)
