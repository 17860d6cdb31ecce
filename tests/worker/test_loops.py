"""No loop of the worker stops in silence: it is begun anew, and what stands still shows in health and doctor."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from sqlmodel import func, select
from structlog.testing import capture_logs

from puumerkki import worker
from puumerkki.doctor import work
from puumerkki.doctor.findings import Installation, Level
from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel import clock, jobs, loops
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions, transaction
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.eventlog.sealing import EventSeal
from puumerkki.kernel.loops import PATIENCE, WorkerLoop
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.settings import get_settings
from puumerkki.worker import periodic, supervising
from puumerkki.worker.supervising import Pulse, supervised
from tests.conftest import owner_url
from tests.kernel.test_sequencer import tell
from tests.waiting import until


@pytest.fixture
async def sessions(committed_database: str) -> AsyncIterator[jobs.Sessions]:
    """Of a database of one's own: a worker does not see what is not committed."""
    engine = make_engine(committed_database, pool_size=3)
    yield make_sessions(engine)
    await engine.dispose()


@pytest.fixture
async def owner(server: local_postgres.LocalServer, committed_database: str) -> AsyncIterator[psycopg.AsyncConnection]:
    url = libpq_url(owner_url(server, committed_database))
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        yield connection


async def test_sealing_goes_on_after_its_statement_was_cancelled(
    server: local_postgres.LocalServer,
    committed_database: str,
    sessions: jobs.Sessions,
    owner: psycopg.AsyncConnection,
) -> None:
    """It waits for a lock, the server cancels its statement: seals once stood still for ever after that."""
    waiting = (
        "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
        " and query like '%event_seal%'"
    )
    cancelled: set[int] = set()

    async def cancel() -> bool:
        for (pid,) in await (await owner.execute(waiting)).fetchall():
            await owner.execute("select pg_cancel_backend(%s)", (pid,))
            cancelled.add(pid)
        return bool(cancelled)

    async def sealed() -> bool:
        async with sessions() as session:
            return (await session.exec(select(func.count()).select_from(EventSeal))).one() > 0

    stop = asyncio.Event()
    with capture_logs() as logs:
        async with await psycopg.AsyncConnection.connect(libpq_url(owner_url(server, committed_database))) as holder:
            await holder.execute("lock table event_seal in access exclusive mode")
            running = asyncio.create_task(worker.run_worker(committed_database, stop))
            async with await psycopg.AsyncConnection.connect(libpq_url(committed_database), autocommit=True) as app:
                await tell(app)
            await until(cancel)
        await until(sealed)
        stop.set()
        await running
    [told] = [one for one in logs if one["event"] == "loop_interrupted" and one["loop"] == loops.SEALER]
    assert told["error"] == "QueryCanceled 57014: canceling statement due to user request"


async def test_whatever_ends_a_loop_it_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "AGAIN_SECONDS", 0)
    pulse, stop, ends = Pulse(), asyncio.Event(), 0

    async def loop(pulse: Pulse, stop: asyncio.Event) -> None:
        nonlocal ends
        ends += 1
        match ends:
            case 1:
                raise RuntimeError("a fault of ours")
            case 2:
                raise asyncio.CancelledError
            case 3:
                return
        stop.set()

    with capture_logs() as logs:
        await supervised(loops.SEALER, loop, pulse, stop)
    assert (ends, [one["error"] for one in logs]) == (4, ["RuntimeError"])

    async def endless(pulse: Pulse, stop: asyncio.Event) -> None:
        await asyncio.Event().wait()

    task = asyncio.create_task(supervised(loops.SEALER, endless, pulse, asyncio.Event()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def _doctor(connection: psycopg.AsyncConnection) -> tuple[Level, str]:
    nothing = Installation(settings=get_settings(), folder=None, url="", owner_url="", secret=None)  # type: ignore[arg-type]
    found = await work.worker_loops(connection, nothing)
    return found.level, found.what


@pytest.mark.parametrize("name", sorted(PATIENCE))
async def test_a_loop_that_stands_still_is_a_fault(
    name: str, app: FastAPI, committed_database: str, sessions: jobs.Sessions, owner: psycopg.AsyncConnection
) -> None:
    now = clock.now()
    app.state.reads = reads = ReadPool(committed_database, size=1)
    app.state.token_reader = TokenReader(sessions)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver/api/v1") as client:
        assert (await client.get("/health")).json()["status"] == "ok"
        pulse = Pulse()
        for one in PATIENCE:
            pulse.beat(one)
        await pulse.note(sessions)
        assert ((await client.get("/health")).status_code, (await _doctor(owner))[0]) == (200, Level.ok)

        since = now - PATIENCE[name] - timedelta(seconds=1)
        await owner.execute("update worker_loop set beat_at = %s where name = %s", (since, name))
        async with transaction(sessions) as session:
            await loops.fail(session, name, "QueryCanceled 57014: why", at=now)
        answer = await client.get("/health")
        assert (answer.status_code, answer.json()["code"]) == (503, "loop_stopped")
        assert [one["name"] for one in answer.json()["loops"]] == [name]
        assert (await client.get("/health/serving")).status_code == 200
        level, what = await _doctor(owner)
        assert level is Level.fault and f"{name} for" in what and "QueryCanceled 57014: why" in what

        pulse.beat(name)
        await pulse.note(sessions)
        assert ((await client.get("/health")).status_code, (await _doctor(owner))[0]) == (200, Level.ok)
    await reads.close()


async def test_a_step_of_the_clock_that_fails_is_no_beat(
    sessions: jobs.Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: object) -> None:
        raise psycopg.errors.QueryCanceled("why")

    jobs.use_sessions(sessions)
    await periodic.tick(timestamp=0)
    async with sessions() as session:
        before = (await session.exec(select(WorkerLoop).where(WorkerLoop.name == loops.JOBS))).one()
    monkeypatch.setattr(periodic, "PERIODIC", (broken,))
    with pytest.raises(RuntimeError, match="broken"):
        await periodic.tick(timestamp=60)
    async with sessions() as session:
        after = (await session.exec(select(WorkerLoop).where(WorkerLoop.name == loops.JOBS))).one()
    assert (after.beat_at, before.failure, after.failure) == (before.beat_at, None, "steps failed: broken")


async def test_health_after_the_server_cut_all_connections(
    app: FastAPI, committed_database: str, sessions: jobs.Sessions, owner: psycopg.AsyncConnection
) -> None:
    app.state.reads = reads = ReadPool(committed_database, size=4)
    app.state.token_reader = TokenReader(sessions)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver/api/v1") as client:
        await asyncio.gather(*(client.get("/health") for _ in range(8)))
        await owner.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        assert [(await client.get("/health")).status_code for _ in range(6)] == [200] * 6
        await owner.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        async with reads.connection() as connection:
            await connection.execute("select 1")
    await reads.close()
