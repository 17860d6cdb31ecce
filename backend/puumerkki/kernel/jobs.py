"""Jobs: procrastinate, in the caller's transaction, run at least once; every job is idempotent."""

from datetime import datetime
from typing import Any

import procrastinate
from procrastinate.tasks import Task
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.db import driver_connection

Sessions = async_sessionmaker[AsyncSession]

app = procrastinate.App(connector=procrastinate.PsycopgConnector())
"""Its connector is replaced by the worker's; deferring goes through the caller's own connection."""

_sessions: Sessions | None = None


def use_sessions(sessions: Sessions) -> None:
    """Tell the jobs that run in this process where their sessions come from."""
    global _sessions
    _sessions = sessions


def sessions() -> Sessions:
    """The sessions of the jobs that run in this process."""
    if _sessions is None:
        raise RuntimeError("jobs.use_sessions has not been called")
    return _sessions


async def defer(
    session: AsyncSession, task: Task[Any, Any, Any], *, at: datetime | None = None, **arguments: Any
) -> None:
    """Enqueue a job, for a moment to come if one is given: it exists if and only if the transaction commits."""
    await session.flush()
    connection = await driver_connection(session)
    await task.configure(connection=connection, schedule_at=at).defer_async(**arguments)
