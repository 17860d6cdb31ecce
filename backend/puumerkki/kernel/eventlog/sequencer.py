"""Gives events their gapless positions.

Transactions become visible in another order than they began. So a position is given only to events whose transaction
id lies below the horizon, `pg_snapshot_xmin`: nothing can appear below it any more. Order: (xid, id).

Transaction ids begin anew where a backup is restored on another server, while the events keep the old ones. So the
sequencer remembers the server: on another one it first positions what the old one left, then looks at everything
that has no position yet.
"""

from typing import Any

from psycopg import AsyncConnection

LOCK = 0x70757565
CHANNEL = "puumerkki_feed"

_HERE = "(select system_identifier from pg_control_system())"
_MOVED = f"""
select event_sequence.server is distinct from {_HERE}, event_sequence.server is not null
from event_sequence where event_sequence.id = 1
"""
_PLACE = """
with state as (
    select event_sequence.horizon as low, pg_snapshot_xmin(pg_current_snapshot()) as high, last_position
    from event_sequence where event_sequence.id = 1
), fresh as (
    select event.id, event.occurred_at, event.xid, state.last_position
           + row_number() over (order by event.xid, event.id) as position
    from event, state
    where {which} and not exists (select from event_position where event_position.event_id = event.id)
), placed as (
    insert into event_position (position, event_id, occurred_at)
    select position, id, occurred_at from fresh returning position
)
update event_sequence
set horizon = {horizon}, last_position = (select max(position) from placed)
from state where event_sequence.id = 1 and exists (select from placed)
returning event_sequence.last_position - state.last_position
"""
_STEP = _PLACE.format(which="event.xid >= state.low and event.xid < state.high", horizon="state.high")
_TAIL = _PLACE.format(which="event.xid >= state.low", horizon="event_sequence.horizon")
_SETTLE = f"update event_sequence set server = {_HERE}, horizon = case when %s then '3' else horizon end where id = 1"


async def sequence_events(connection: AsyncConnection[Any]) -> int:
    """Give positions to what lies below the horizon; how many. The connection is in autocommit mode.

    One sequencer at a time: who does not get the advisory lock does nothing. Nothing is written where nothing is new.
    """
    async with connection.transaction():
        cursor = await connection.execute("select pg_try_advisory_xact_lock(%s)", (LOCK,))
        row = await cursor.fetchone()
        if not row or not row[0]:
            return 0
        count = await _settle(connection) + await _place(connection, _STEP)
        if count:
            await connection.execute("select pg_notify(%s, '')", (CHANNEL,))
        return count


async def _settle(connection: AsyncConnection[Any]) -> int:
    """On another server than before: position the tail that the old one left, then begin below all of ours."""
    moved = await (await connection.execute(_MOVED)).fetchone()
    if not moved or not moved[0]:
        return 0
    count = await _place(connection, _TAIL) if moved[1] else 0
    await connection.execute(_SETTLE, (moved[1],))
    return count


async def _place(connection: AsyncConnection[Any], statement: str) -> int:
    placed = await (await connection.execute(statement.encode())).fetchone()
    return int(placed[0]) if placed else 0
