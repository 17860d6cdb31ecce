"""Imports as jobs: sent as a stream, run once, seen while they run, stopped, and taken up after a kill."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports import jobs as import_jobs
from puumerkki.imports.models import ImportJob, ImportKind, ImportState
from puumerkki.kernel import files, jobs
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.settings import get_settings
from puumerkki.organisations.models.organisations import Organisation
from tests.factories import Client, World
from tests.waiting import until

CSV = {"Content-Type": "text/csv"}
HEAD = "name_fi,sector,association_register_number,home_municipality\n"


def rows(count: int, start: int = 10_000) -> Iterator[str]:
    yield HEAD
    for number in range(start, start + count):
        yield f"Koeyhdistys {number} ry,association,{number},Oulu\n"


async def send(caller: Client, content: str, query: str = "", **headers: str) -> Any:
    path = f"/imports?kind=organisations{query}"
    return await caller.request("POST", path, content=content.encode(), headers=CSV | headers)


async def run(answer: Any) -> ImportJob:
    """Run the job as the worker would."""
    assert answer.is_success, answer.text
    await import_jobs.run(job_id=answer.json()["id"])
    async with jobs.sessions()() as session:
        return (await session.exec(select(ImportJob).where(col(ImportJob.id) == UUID(answer.json()["id"])))).one()


async def test_a_file_is_queued_run_and_told_of(world: World) -> None:
    operator = await world.operator()
    answer = await send(operator, "".join(rows(30)), "&file_name=yhdistykset.csv")
    assert answer.headers["location"].endswith(answer.json()["id"])
    assert answer.json()["state"] == "queued"
    job = await run(answer)
    assert (job.state, job.created, job.rows_read) == (ImportState.succeeded, 30, 30)
    shown = await operator.get(f"/imports/{job.id}")
    assert (shown.json()["created"], shown.json()["file_name"]) == (30, "yhdistykset.csv")
    assert [one["id"] for one in (await operator.get("/imports?kind=organisations")).json()["items"]] == [str(job.id)]
    assert not await files.exists(job.id)


async def test_a_job_that_is_run_twice_does_nothing_the_second_time(world: World, session: AsyncSession) -> None:
    answer = await send(await world.operator(), "".join(rows(5)))
    await run(answer)
    job = await run(answer)
    assert (job.created, job.attempts) == (5, 1)
    told = await session.exec(select(func.count()).where(col(EventRow.type) == "organisation.created"))
    assert told.one() == 5


async def test_bad_rows_are_refused_and_told_as_csv(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    content = "".join(rows(2)) + "Huono ry,association,0,Oulu\n=Paha ry,association,7,Eiole\n"
    job = await run(await send(operator, content))
    assert (job.state, job.created, len(job.errors)) == (ImportState.refused, 0, 2)
    assert (await session.exec(select(func.count()).select_from(Organisation))).one() == 0
    errors = await operator.get(f"/imports/{job.id}/errors.csv")
    assert errors.text.splitlines()[0] == "\ufeffrow;column;value;message"
    assert "4;association_register_number;0;" in errors.text
    job = await run(await send(operator, content, "&skip_bad=true"))
    assert (job.state, job.created, job.skipped) == (ImportState.succeeded, 2, 2)


@pytest.mark.parametrize(
    ("content", "state"),
    [
        ("Huomautus;Muuta\nyksi;kaksi\n", ImportState.tried),
        ("{}", ImportState.refused),
        ("\x00\x81", ImportState.refused),
        ("\n\n", ImportState.refused),
    ],
)
async def test_what_is_no_table_is_never_applied(world: World, content: str, state: ImportState) -> None:
    job = await run(await send(await world.operator(), content, "&dry_run=true"))
    assert (job.state, bool(job.errors)) == (state, True)
    assert job.reason == "file_not_understood"
    assert (await run(await send(await world.operator(), content))).state is ImportState.refused


async def test_a_dry_run_writes_nothing(world: World, session: AsyncSession) -> None:
    job = await run(await send(await world.operator(), "".join(rows(3)), "&dry_run=true"))
    assert (job.state, job.created) == (ImportState.tried, 3)
    assert (await session.exec(select(func.count()).select_from(Organisation))).one() == 0


async def test_who_may_send_and_see(world: World) -> None:
    operator, person = await world.operator(), await world.person()
    assert (await send(person, HEAD)).status_code == 403
    assert (await send(world.nobody, HEAD)).status_code == 401
    assert (await send(operator, "")).json()["errors"][0]["code"] == "file_missing"
    wrong = await operator.request(
        "POST", "/imports?kind=organisations", content=b"x", headers={"Content-Type": "image/png"}
    )
    assert wrong.json()["errors"][0]["code"] == "csv_expected"
    assert (await send(operator, HEAD, "&kind=people")).status_code == 422
    job = (await send(operator, "".join(rows(1)))).json()
    assert (await person.get(f"/imports/{job['id']}")).status_code == 404
    assert (await person.get(f"/imports/{job['id']}/errors.csv")).status_code == 404
    assert (await person.get("/imports")).json()["items"] == []
    other = await world.operator()
    assert (await other.get(f"/imports/{job['id']}")).status_code == 200


async def test_a_repeat_is_the_same_import(world: World) -> None:
    operator = await world.operator()
    key = {"Idempotency-Key": "same"}
    first = await send(operator, "".join(rows(2)), **key)
    again = await send(operator, "".join(rows(2)), **key)
    assert (again.json(), again.headers["idempotency-replayed"]) == (first.json(), "true")
    assert (await send(operator, "".join(rows(3)), **key)).json()["code"] == "idempotency_key_reused"
    assert len((await operator.get("/imports")).json()["items"]) == 1


async def test_larger_than_allowed_leaves_no_file(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = await world.operator()
    monkeypatch.setenv("PUUMERKKI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PUUMERKKI_IMPORT_MAX_BYTES", "1000")
    get_settings.cache_clear()
    assert (await send(operator, "x" * 1001)).json()["code"] == "import_too_large"
    assert [name for _, _, names in os.walk(tmp_path) for name in names] == []


async def test_larger_than_other_bodies_may_be(world: World) -> None:
    filler = "x" * 1000 + "\n"
    answer = await send(await world.operator(), HEAD + filler * 25_000)
    assert answer.status_code == 201
    assert answer.json()["file_bytes"] > get_settings().attachment_max_bytes


async def test_a_queued_import_is_cancelled_at_once(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    answer = await send(operator, "".join(rows(2)))
    path = f"/imports/{answer.json()['id']}/cancel"
    assert (await operator.post(path, {})).status_code == 428
    assert (await operator.post(path, {}, if_match=1)).json()["state"] == "cancelled"
    assert (await operator.post(path, {}, if_match=2)).json()["code"] == "import_ended"
    assert (await run(answer)).state is ImportState.cancelled
    assert (await session.exec(select(func.count()).select_from(Organisation))).one() == 0


@pytest.fixture
async def committed(committed_database: str) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    engine = make_engine(committed_database, pool_size=3)
    made = make_sessions(engine)
    jobs.use_sessions(made)
    yield made
    await engine.dispose()


async def queued(sessions: async_sessionmaker[AsyncSession], count: int) -> UUID:
    """An import of so many rows, without anybody who asked by the API."""
    job_id = new_id()

    async def chunks() -> AsyncIterator[bytes]:
        for row in rows(count):
            yield row.encode()

    size, digest = await files.put_stream(job_id, chunks(), limit=1 << 30, too_large=ValueError())
    async with sessions() as session:
        world = World(session)
        operator = await world.operator()
        session.add(
            ImportJob(
                id=job_id,
                kind=ImportKind.organisations,
                asked_by=operator.id,
                file_name="a.csv",
                file_bytes=size,
                file_digest=digest,
            )
        )
        await session.commit()
    return job_id


async def state_of(sessions: async_sessionmaker[AsyncSession], job_id: UUID) -> ImportJob:
    async with sessions() as session:
        return (await session.exec(select(ImportJob).where(col(ImportJob.id) == job_id))).one()


async def counts(sessions: async_sessionmaker[AsyncSession]) -> tuple[int, int]:
    """Organisations, and events that tell of them."""
    async with sessions() as session:
        made = (await session.exec(select(func.count()).select_from(Organisation))).one()
        told = (await session.exec(select(func.count()).where(col(EventRow.subject_kind) == "organisation"))).one()
    return made, told


async def test_progress_is_seen_and_a_running_import_stops(
    committed: async_sessionmaker[AsyncSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_jobs, "TELL_SECONDS", 0.01)
    job_id = await queued(committed, 20_000)
    running = asyncio.create_task(import_jobs.run(job_id=str(job_id)))

    async def under_way() -> bool:
        return (await state_of(committed, job_id)).rows_read > 0

    await until(under_way)
    async with committed() as session:
        job = (await session.exec(select(ImportJob).where(col(ImportJob.id) == job_id))).one()
        assert job.state is ImportState.running
        job.cancel_asked = True
        await session.commit()
    await running
    assert (await state_of(committed, job_id)).state is ImportState.cancelled
    assert await counts(committed) == (0, 0)


PROGRAM = (
    "import asyncio, sys\n"
    "from puumerkki import wiring\n"
    "from puumerkki.imports import jobs as import_jobs\n"
    "from puumerkki.kernel import jobs\n"
    "from puumerkki.kernel.db import make_engine, make_sessions\n"
    "wiring.connect()\n"
    "jobs.use_sessions(make_sessions(make_engine(sys.argv[1], pool_size=3)))\n"
    "import_jobs.TELL_SECONDS = 0.01\n"
    "asyncio.run(import_jobs.run(job_id=sys.argv[2]))\n"
)
"""A worker that runs one job."""


async def test_a_killed_worker_leaves_nothing_and_the_job_is_taken_up(
    committed: async_sessionmaker[AsyncSession], committed_database: str
) -> None:
    job_id = await queued(committed, 20_000)
    worker = await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, committed_database, str(job_id))

    async def under_way() -> bool:
        return (await state_of(committed, job_id)).rows_read > 0

    await until(under_way, seconds=60)
    worker.kill()
    await worker.wait()
    assert (await state_of(committed, job_id)).state is ImportState.running
    assert await counts(committed) == (0, 0)
    await no_other_connections(committed_database)
    await import_jobs.run(job_id=str(job_id))
    job = await state_of(committed, job_id)
    assert (job.state, job.created, job.attempts) == (ImportState.succeeded, 20_000, 2)
    assert await counts(committed) == (20_000, 20_000)


async def no_other_connections(url: str) -> None:
    """The server has noticed that the killed one is gone."""
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]

    async def gone() -> bool:
        async with await psycopg.AsyncConnection.connect(libpq_url(url)) as connection:
            row = await (
                await connection.execute(
                    "select count(*) from pg_stat_activity where datname = %s and state like '%%in transaction%%'",
                    (name,),
                )
            ).fetchone()
        return row is not None and row[0] == 0

    await until(gone, seconds=60)


async def test_an_import_whose_workers_die_is_given_up(committed: async_sessionmaker[AsyncSession]) -> None:
    job_id = await queued(committed, 3)
    async with committed() as session:
        job = (await session.exec(select(ImportJob).where(col(ImportJob.id) == job_id))).one()
        job.state, job.attempts = ImportState.running, import_jobs.MOST_ATTEMPTS
        await session.commit()
    await import_jobs.run(job_id=str(job_id))
    job = await state_of(committed, job_id)
    assert (job.state, job.reason) == (ImportState.failed, "interrupted")
