"""Deletes what people were told long ago, and what no longer waits."""

from datetime import timedelta

from sqlalchemy import delete, exists
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.notifications.models import Notice, OpenTask

KEPT = timedelta(days=400)
"""A little more than a year, so that one can look up what came at this time last year."""
AT_ONCE = 5000
"""So many rows one step deletes. The next minute it continues."""


async def delete_expired_notices(session: AsyncSession) -> None:
    """Delete older notices but of what still waits, and tasks closed longer ago of which nobody has a notice."""
    since = clock.now() - KEPT
    waits = exists().where(col(OpenTask.id) == col(Notice.task_id), col(OpenTask.closed_at).is_(None))
    old = select(Notice.id).where(col(Notice.created_at) < since, ~waits).limit(AT_ONCE)
    await session.exec(delete(Notice).where(col(Notice.id).in_(old)))
    noticed = exists().where(col(Notice.task_id) == col(OpenTask.id))
    closed = select(OpenTask.id).where(col(OpenTask.closed_at) < since, ~noticed).limit(AT_ONCE)
    await session.exec(delete(OpenTask).where(col(OpenTask.id).in_(closed)))
