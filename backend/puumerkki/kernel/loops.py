"""The loops that keep an installation going, and when each last got something done: nothing may stop in silence.

Whoever runs a loop notes its beats here; the health check and the doctor read them, in whichever process they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import Text
from sqlmodel import Field, SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.db import Moment
from puumerkki.kernel.reads.listings import json_list
from puumerkki.kernel.reads.read_pool import ReadPool

SEQUENCER, SEALER, JOBS, NOTIFIER = "sequencer", "sealer", "jobs", "notifier"
PATIENCE: Mapping[str, timedelta] = {
    SEQUENCER: timedelta(minutes=1),
    SEALER: timedelta(minutes=3),
    JOBS: timedelta(minutes=5),
    NOTIFIER: timedelta(minutes=5),
}
"""So long after its last beat a loop counts as stopped. Every tick of the clock, a job itself, is a beat of `jobs`."""
_LONGEST = 500


class WorkerLoop(SQLModel, table=True):
    """A loop of the worker, whichever machine runs it: when it last did a round, and what it last failed of."""

    __tablename__ = "worker_loop"

    name: str = Field(primary_key=True, sa_type=Text)
    beat_at: datetime = Field(sa_type=Moment)
    failed_at: datetime | None = Field(default=None, sa_type=Moment)
    failure: str | None = Field(default=None, sa_type=Text)


@dataclass(frozen=True)
class Stopped:
    """A loop that stands still. `failure`: what it failed of since, if it said so."""

    name: str
    since: datetime
    failure: str | None


async def beat(session: AsyncSession, name: str, *, at: datetime) -> None:
    """Note that the loop did a round; what it failed of before is over."""
    statement = insert(WorkerLoop).values(name=name, beat_at=at)
    later = statement.excluded.beat_at
    await session.exec(
        statement.on_conflict_do_update(
            index_elements=["name"],
            set_={"beat_at": later, "failed_at": None, "failure": None},
            where=col(WorkerLoop.beat_at) < later,
        )
    )


async def fail(session: AsyncSession, name: str, failure: str, *, at: datetime) -> None:
    """Note what the loop failed of. A loop that never did a round is counted as begun now."""
    told = {"failed_at": at, "failure": failure[:_LONGEST]}
    statement = insert(WorkerLoop).values(name=name, beat_at=at, **told)
    await session.exec(statement.on_conflict_do_update(index_elements=["name"], set_=told))


def reason(error: BaseException) -> str:
    """What to say of an error in a log: its kind; of the database's, the SQLSTATE and the message without values."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if not isinstance(cause, psycopg.Error):
        return type(cause).__name__
    said = cause.diag.message_primary or (str(cause).strip().splitlines() or [""])[0]
    return f"{type(cause).__name__} {cause.sqlstate or ''}".strip() + f": {said}"


def _stalled_loops() -> Select[Any]:
    late = [
        and_(col(WorkerLoop.name) == name, col(WorkerLoop.beat_at) < bindparam(name, None, type_=Moment))
        for name in PATIENCE
    ]
    told = {
        "name": col(WorkerLoop.name),
        "since": col(WorkerLoop.beat_at),
        "failure": col(WorkerLoop.failure),
    }
    return select(json_list(told, order=col(WorkerLoop.name))).where(or_(*late))


async def stopped(reads: ReadPool) -> list[Stopped]:
    """The loops that stand still. One that no worker ever ran is not among them: the doctor asks for a worker."""
    now = clock.now()
    late = {name: now - patience for name, patience in PATIENCE.items()}
    row = await reads.fetch(("worker_loops",), _stalled_loops, late, anonymous=False)
    return [
        Stopped(one["name"], datetime.fromisoformat(one["since"]), one["failure"]) for one in (row[0] if row else [])
    ]
