"""Steps of an import as jobs: killed while they write, cancelled, and what goes when its time has passed."""

import asyncio
import sys
from uuid import UUID

import psycopg
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports import jobs as import_jobs
from puumerkki.imports import undoing
from puumerkki.imports.models import ImportJob, ImportRow, ImportState, ImportStep
from puumerkki.kernel import clock, files
from puumerkki.kernel.db import libpq_url
from tests.imports.test_import_jobs import PROGRAM, committed, counts, no_other_connections, queued, state_of
from tests.waiting import until

__all__ = ["committed"]


async def tried(sessions: async_sessionmaker[AsyncSession], count: int) -> UUID:
    """An import of so many rows after its trial run, put into the queue to be applied."""
    job_id = await queued(sessions, count)
    for step in (ImportStep.trial, ImportStep.apply):
        async with sessions() as session:
            job = (await session.exec(select(ImportJob).where(col(ImportJob.id) == job_id))).one()
            job.step, job.state, job.skip_bad, job.attempts = step, ImportState.queued, True, 0
            await session.commit()
        if step is ImportStep.trial:
            await import_jobs.run(job_id=str(job_id))
            assert (await state_of(sessions, job_id)).state is ImportState.tried
            assert await counts(sessions) == (0, 0)
    return job_id


async def test_a_killed_worker_leaves_the_trial_as_it_was_and_the_rest_is_applied_once(
    committed: async_sessionmaker[AsyncSession], committed_database: str
) -> None:
    job_id = await tried(committed, 1000)
    holder = await psycopg.AsyncConnection.connect(libpq_url(committed_database))
    # the worker has read all rows, and waits to write them
    await holder.execute("lock table organisation_version in access exclusive mode")
    worker = await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, committed_database, str(job_id))

    async def waits_to_write() -> bool:
        found = await holder.execute("select count(*) from pg_locks where not granted")
        return (await found.fetchone() or (0,))[0] > 0

    await until(waits_to_write, seconds=60)
    worker.kill()
    await worker.wait()
    await holder.close()
    await no_other_connections(committed_database)
    assert await counts(committed) == (0, 0)
    assert await _applied_rows(committed) == 0
    await import_jobs.run(job_id=str(job_id))
    job = await state_of(committed, job_id)
    assert (job.state, job.created, job.rows_read, job.rows_total) == (ImportState.succeeded, 1000, 1000, 1000)
    assert await counts(committed) == (1000, 1000)
    assert await _applied_rows(committed) == 1000


async def _applied_rows(sessions: async_sessionmaker[AsyncSession]) -> int:
    async with sessions() as session:
        return (await session.exec(select(func.count()).select_from(ImportRow).where(col(ImportRow.applied)))).one()


async def test_an_apply_that_is_cancelled_goes_back_to_the_trial(committed: async_sessionmaker[AsyncSession]) -> None:
    job_id = await tried(committed, 5)
    async with committed() as session:
        job = (await session.exec(select(ImportJob).where(col(ImportJob.id) == job_id))).one()
        job.cancel_asked = True
        await session.commit()
    await import_jobs.run(job_id=str(job_id))
    job = await state_of(committed, job_id)
    assert (job.state, job.cancel_asked, job.file_kept) == (ImportState.tried, False, True)
    assert await files.exists(job_id)
    assert await counts(committed) == (0, 0)


async def test_files_and_rows_go_when_their_time_has_passed(committed: async_sessionmaker[AsyncSession]) -> None:
    job_id = await tried(committed, 2)
    await import_jobs.run(job_id=str(job_id))
    now = clock.now()
    for passed, job_stays, file_stays in (
        (undoing.WINDOW * 0.9, True, True),
        (undoing.WINDOW * 1.1, True, False),
        (import_jobs.KEPT * 1.1, False, False),
    ):
        async with committed() as session:
            with clock.fixed(now + passed):
                await import_jobs.delete_expired_imports(session)
            await session.commit()
            left = (await session.exec(select(func.count()).select_from(ImportRow))).one()
        assert (bool(left), await files.exists(job_id)) == (job_stays, file_stays)
