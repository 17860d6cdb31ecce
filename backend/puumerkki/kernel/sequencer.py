"""Gives events their gapless positions.

Transactions become visible in another order than they began. So a position is given only to events whose transaction
id lies below the horizon, `pg_snapshot_xmin`: nothing can appear below it any more. Order: (xid, id).
"""

from psycopg import AsyncConnection

LOCK = 0x70757565
CHANNEL = "puumerkki_feed"

_STEP = """
with state as (
    select event_sequence.horizon as low, pg_snapshot_xmin(pg_current_snapshot()) as high, last_position
    from event_sequence where event_sequence.id = 1
), fresh as (
    select event.id, event.occurred_at, state.last_position
           + row_number() over (order by event.xid, event.id) as position
    from event, state where event.xid >= state.low and event.xid < state.high
), placed as (
    insert into event_position (position, event_id, occurred_at)
    select position, id, occurred_at from fresh returning position
)
update event_sequence
set horizon = state.high, last_position = greatest(state.last_position, (select max(position) from placed))
from state where event_sequence.id = 1
returning event_sequence.last_position - state.last_position
"""


async def sequence_events(connection: AsyncConnection[tuple[int, ...]]) -> int:
    """Give positions to what lies below the horizon; how many. The connection is in autocommit mode.

    One sequencer at a time: who does not get the advisory lock does nothing.
    """
    async with connection.transaction():
        cursor = await connection.execute("select pg_try_advisory_xact_lock(%s)", (LOCK,))
        row = await cursor.fetchone()
        if not row or not row[0]:
            return 0
        placed = await (await connection.execute(_STEP)).fetchone()
        count = int(placed[0]) if placed else 0
        if count:
            await connection.execute("select pg_notify(%s, '')", (CHANNEL,))
        return count
