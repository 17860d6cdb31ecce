"""The connections of reads: never too many, handed on in turn, new ones in the place of those that were cut."""

import asyncio

import psycopg
import pytest
from psycopg import OperationalError
from sqlalchemy import func, select

from puumerkki.kernel.reads import connections
from puumerkki.kernel.reads.connections import Connections
from puumerkki.kernel.reads.read_pool import ReadPool
from tests.waiting import until


async def test_who_finds_none_free_waits_in_turn(committed_database: str) -> None:
    pool = Connections(committed_database, size=1)
    held, fresh = await pool.acquire()
    assert fresh
    first = asyncio.create_task(pool.acquire())
    second = asyncio.create_task(pool.acquire())
    await until(lambda: len(pool._waiting) == 2)
    pool.release(held)
    assert await first == (held, False)
    assert not second.done()
    pool.release(held)
    assert await second == (held, False)
    pool.release(held)
    await pool.close()
    assert held.closed


async def test_only_anonymous_reads_may_lag(committed_database: str) -> None:
    """Whoever is signed in reads what they have just written: from the primary, also where no replica answers."""
    pool = ReadPool(committed_database, replica_url="postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")
    read = select(func.count().label("one"))
    assert await pool.fetch("signed-in", lambda: read, {}, anonymous=False) == (1,)
    with pytest.raises(OperationalError):
        await pool.fetch("anonymous", lambda: read, {}, anonymous=True)
    await pool.close()


async def test_who_waits_too_long_is_told(committed_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_PATIENCE_SECONDS", 0.05)
    pool = Connections(committed_database, size=1)
    held, _ = await pool.acquire()
    with pytest.raises(OperationalError, match="became free"):
        await pool.acquire()
    pool.release(held)
    assert (await pool.acquire())[0] is held
    pool.release(held)
    await pool.close()


async def test_what_was_handed_to_somebody_who_left_is_not_lost(committed_database: str) -> None:
    pool = Connections(committed_database, size=1)
    held, _ = await pool.acquire()
    waiting = asyncio.create_task(pool.acquire())
    await until(lambda: len(pool._waiting) == 1)
    pool.release(held)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert (await asyncio.wait_for(pool.acquire(), 5))[0] is held
    pool.release(held)
    await pool.close()


async def test_a_failed_connection_leaves_room_for_the_next(committed_database: str) -> None:
    pool = Connections(committed_database.replace("dbname", "nowhere") + "_gone", size=1)
    for _ in range(2):
        with pytest.raises(OperationalError):
            await pool.acquire()


async def test_a_connection_in_the_middle_of_something_is_not_kept(committed_database: str) -> None:
    pool = Connections(committed_database, size=1)
    held, _ = await pool.acquire()
    await held.execute("begin")
    pool.release(held)
    other, fresh = await pool.acquire()
    assert held.closed
    assert fresh
    pool.release(other)
    await pool.close()


async def test_an_old_connection_is_replaced(committed_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_LIFETIME_SECONDS", 0.0)
    pool = Connections(committed_database, size=1)
    held, _ = await pool.acquire()
    pool.release(held)
    assert held.closed
    await pool.close()


async def test_reads_go_on_after_the_server_cut_their_connections(committed_database: str) -> None:
    reads = ReadPool(committed_database, size=2)

    async def who() -> int:
        row = await reads.fetch("who", lambda: select(func.pg_backend_pid()), {}, anonymous=False)
        assert row is not None
        return int(row[0])

    before = await who()
    async with await psycopg.AsyncConnection.connect(committed_database, autocommit=True) as connection:
        await connection.execute("select pg_terminate_backend(%s)", (before,))
    assert await who() != before
    await reads.close()
