"""The feed's positions: nothing is missed or doubled while writers commit in any order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import psycopg
import pytest
from psycopg import AsyncConnection

from puumerkki.kernel import clock
from puumerkki.kernel.db import libpq_url
from puumerkki.kernel.eventlog.sequencer import CHANNEL, sequence_events
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.loops import SEQUENCER
from puumerkki.worker.sequencing import run_sequencer
from puumerkki.worker.supervising import Pulse, supervised

PATIENCE = 60
INSERT = (
    "insert into event (id, occurred_at, type, tier, subject_kind, subject_id, related, changed, data)"
    " values (%s, %s, 'test.told', 'public', 'test', %s, '{}', '{}', '{}')"
)


@asynccontextmanager
async def connect(url: str, *, autocommit: bool = False) -> AsyncIterator[AsyncConnection]:
    async with await psycopg.AsyncConnection.connect(libpq_url(url), autocommit=autocommit) as connection:
        yield connection


async def tell(connection: AsyncConnection) -> UUID:
    event_id = new_id()
    await connection.execute(INSERT, (event_id, clock.now(), event_id))
    return event_id


async def placed(connection: AsyncConnection, count: int) -> None:
    """Sequence until so many have a position: writers in other databases of the server hold the horizon too."""
    done = 0
    async with asyncio.timeout(PATIENCE):
        while done < count:
            done += await sequence_events(connection)
    assert done == count


async def feed(connection: AsyncConnection, after: int = 0) -> list[tuple[int, UUID]]:
    cursor = await connection.execute(
        "select position, event_id from event_position where position > %s order by position", (after,)
    )
    return [(position, event_id) for position, event_id in await cursor.fetchall()]


async def test_an_open_transaction_holds_back_what_began_after_it(committed_database: str) -> None:
    async with (
        connect(committed_database) as slow,
        connect(committed_database) as quick,
        connect(committed_database, autocommit=True) as reader,
    ):
        first = await tell(slow)
        second = await tell(quick)
        await quick.commit()
        naive = [row[0] for row in await (await reader.execute("select id from event order by id")).fetchall()]
        assert naive == [second], "who reads by id goes past the first one and never comes back"
        assert await sequence_events(reader) == 0
        await slow.commit()
        await placed(reader, 2)
        assert await sequence_events(reader) == 0
        assert await feed(reader) == [(1, first), (2, second)]


async def test_concurrent_writers_are_read_once_each_where_a_naive_reader_skips(committed_database: str) -> None:
    written: set[UUID] = set()
    writing = asyncio.Event()
    writing.set()

    async def write(number: int) -> None:
        async with connect(committed_database) as connection:
            for turn in range(6):
                told = [await tell(connection) for _ in range(1 + (number + turn) % 3)]
                await connection.execute("select pg_sleep(%s)", ((number * 7 + turn) % 5 / 500,))
                if (number + turn) % 7 == 0:
                    await connection.rollback()
                else:
                    await connection.commit()
                    written.update(told)

    async def read() -> tuple[list[tuple[int, UUID]], set[UUID]]:
        found: list[tuple[int, UUID]] = []
        naive: set[UUID] = set()
        last = UUID(int=0)
        async with connect(committed_database, autocommit=True) as connection:
            while True:
                going_on = writing.is_set()
                await sequence_events(connection)
                found += await feed(connection, found[-1][0] if found else 0)
                cursor = await connection.execute("select id from event where id > %s order by id", (last,))
                fresh = [row[0] for row in await cursor.fetchall()]
                naive.update(fresh)
                last = fresh[-1] if fresh else last
                if not going_on and len(found) >= len(written):
                    return found, naive

    async def write_all() -> None:
        await asyncio.gather(*(write(number) for number in range(50)))
        writing.clear()

    async with asyncio.timeout(PATIENCE):
        (found, naive), _ = await asyncio.gather(read(), write_all())
    assert [position for position, _ in found] == list(range(1, len(written) + 1))
    assert {event_id for _, event_id in found} == written
    assert naive < written, "the naive reader skipped nothing: the writers did not overlap, so this shows nothing"


async def test_two_sequencers_do_not_disturb_each_other(committed_database: str) -> None:
    async with (
        connect(committed_database, autocommit=True) as one,
        connect(committed_database, autocommit=True) as other,
    ):
        for _ in range(20):
            await tell(one)
        done = 0
        async with asyncio.timeout(PATIENCE):
            while done < 20:
                done += sum(await asyncio.gather(sequence_events(one), sequence_events(other)))
        assert [position for position, _ in await feed(one)] == list(range(1, 21))


async def test_nothing_new_writes_nothing(committed_database: str) -> None:
    async with connect(committed_database, autocommit=True) as connection:
        await tell(connection)
        await placed(connection, 1)
        before = await (await connection.execute("select xmin::text from event_sequence")).fetchone()
        assert await sequence_events(connection) == 0
        assert await (await connection.execute("select xmin::text from event_sequence")).fetchone() == before


async def test_after_a_restore_on_another_server_nothing_is_lost_or_doubled(committed_database: str) -> None:
    """There the transaction ids are lower than those of the restored events."""
    async with connect(committed_database, autocommit=True) as connection:
        first = await tell(connection)
        await placed(connection, 1)
        await connection.execute("update event_sequence set server = 1, horizon = '900000000000'")
        tail = new_id()
        await connection.execute(
            INSERT.replace("(id,", "(xid, id,").replace("values (", "values ('900000000001', "),
            (tail, clock.now(), tail),
        )
        here = await tell(connection)
        await placed(connection, 2)
        later = await tell(connection)
        await placed(connection, 1)
        assert [event_id for _, event_id in await feed(connection)] == [first, tail, here, later]


@pytest.mark.parametrize("killed", [False, True])
async def test_the_loop_places_and_comes_back_after_its_connection_was_cut(
    committed_database: str, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    monkeypatch.setattr("puumerkki.worker.supervising.AGAIN_SECONDS", 0.05)
    stop = asyncio.Event()

    async def sequencer(pulse: Pulse, stop: asyncio.Event) -> None:
        await run_sequencer(committed_database, pulse, stop)

    loop = asyncio.create_task(supervised(SEQUENCER, sequencer, Pulse(), stop))
    async with connect(committed_database, autocommit=True) as connection:
        await connection.execute(f"listen {CHANNEL}")
        first = await tell(connection)
        async for _ in connection.notifies(timeout=PATIENCE, stop_after=1):
            pass
        if killed:
            await connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and usename = current_user and pid <> pg_backend_pid()"
            )
        second = await tell(connection)
        async for _ in connection.notifies(timeout=PATIENCE, stop_after=1):
            pass
        assert [event_id for _, event_id in await feed(connection)] == [first, second]
    stop.set()
    await asyncio.wait_for(loop, 5)
