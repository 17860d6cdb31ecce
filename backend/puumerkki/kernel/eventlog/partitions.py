"""The event log's partitions, one a year: made ahead of time, so that no event falls beside them."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.db import driver_connection

AHEAD = timedelta(days=366)
"""So far ahead there always is a partition, where a worker runs."""


async def make_ahead(session: AsyncSession) -> list[str]:
    """Make the partitions of the time ahead that are not there yet; their names.

    The application may not make tables: a function of the database's owner does this one thing for it.
    """
    made = await session.scalar(text("select make_event_partitions(:up_to)"), {"up_to": clock.now() + AHEAD})
    return list(made or [])


class Partition(NamedTuple):
    """A part of the event log. Without an end: what lies in no other one."""

    name: str
    begins: datetime | None
    ends: datetime | None


_EXISTING = r"""
select name, (regexp_match(bound, $r$FROM \('([^']+)'\)$r$))[1]::timestamptz,
    (regexp_match(bound, $r$TO \('([^']+)'\)$r$))[1]::timestamptz
from (select c.relname::text as name, pg_get_expr(c.relpartbound, c.oid) as bound
      from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'event'::regclass) parts
order by 2 nulls last
"""


async def existing(session: AsyncSession) -> list[Partition]:
    """The partitions that are there, in their order."""
    connection = await driver_connection(session)
    rows = await (await connection.execute(_EXISTING.encode())).fetchall()
    return [Partition(name, *(moment and moment.astimezone(UTC) for moment in bounds)) for name, *bounds in rows]
