"""The event log's partitions, one a year: made ahead of time, so that no event falls beside them."""

from datetime import timedelta

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock

AHEAD = timedelta(days=366)
"""So far ahead there always is a partition, where a worker runs."""


async def make_ahead(session: AsyncSession) -> list[str]:
    """Make the partitions of the time ahead that are not there yet; their names.

    The application may not make tables: a function of the database's owner does this one thing for it.
    """
    made = await session.scalar(text("select make_event_partitions(:up_to)"), {"up_to": clock.now() + AHEAD})
    return list(made or [])
