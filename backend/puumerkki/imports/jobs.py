"""Runs an import as a job: all in one transaction, with its progress told beside it.

A worker that dies leaves nothing half-written, since the transaction dies with it; the job is then run anew. What it
did and that it did it are committed together, so a job that is run twice does nothing the second time.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

import structlog
from procrastinate import RetryStrategy
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.engine import import_sheet
from puumerkki.imports.errors import ImportCancelled
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ENDED, ImportJob
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.results import ImportResult
from puumerkki.imports.workflow import IMPORT
from puumerkki.kernel import clock, files, jobs
from puumerkki.kernel.db import transaction

log = structlog.get_logger()
MOST_ATTEMPTS = 3
TELL_SECONDS = 0.5
KEPT = timedelta(days=90)
"""How long ended imports are kept, with their errors; their files go at once."""


AGAIN = RetryStrategy(max_attempts=10, exponential_wait=2)
"""Where not even the failure could be written down, since the database was away."""


@jobs.app.task(name="imports.run", queue="imports", retry=AGAIN, pass_context=False)
async def run(job_id: str) -> None:
    """Run an import that is queued, or whose worker died."""
    id_ = UUID(job_id)
    job = await _begin(id_)
    if job is None:
        return
    watch = _Watch(id_)
    try:
        async with watch.telling():
            await _import(job, watch)
    except ImportCancelled:
        await _end(id_, "cancel")
    except Exception as error:
        log.error("import_failed", job=job_id, error=type(error).__name__, exc_info=error)
        await _end(id_, "fail", reason="could_not_run")
    await files.delete(id_)


async def _begin(id_: UUID) -> ImportJob | None:
    async with transaction(jobs.sessions()) as session:
        job = (await session.exec(select(ImportJob).where(col(ImportJob.id) == id_).with_for_update())).one_or_none()
        if job is None or job.state in ENDED:
            return None
        job.attempts += 1
        job.started_at = job.started_at or clock.now()
        if job.cancel_asked or job.attempts > MOST_ATTEMPTS:
            IMPORT.apply("cancel" if job.cancel_asked else "fail", job, actor=None)
            job.reason = None if job.cancel_asked else "interrupted"
            job.finished_at = clock.now()
            await files.delete(id_)
            return None
        IMPORT.apply("begin", job, actor=None)
    return job


async def _import(job: ImportJob, watch: "_Watch") -> None:
    options = ImportOptions(
        skip_bad=job.skip_bad,
        dry_run=job.dry_run,
        network_id=job.network_id,
        organisation_id=job.organisation_id,
    )
    async with contextlib.AsyncExitStack() as stack:
        source = await stack.enter_async_context(files.opened(job.id))
        session = await stack.enter_async_context(transaction(jobs.sessions()))
        result = await import_sheet(
            RULES[job.kind].sheet,
            session,
            source=source,
            actor_id=job.asked_by,
            options=options,
            progress=watch.progress,
        )
        await watch.stop()
        await _keep(session, job.id, result, rows_read=watch.rows)


async def _keep(session: AsyncSession, id_: UUID, result: ImportResult, *, rows_read: int) -> None:
    """Store what the import did, in its own transaction."""
    job = (await session.exec(select(ImportJob).where(col(ImportJob.id) == id_).with_for_update())).one()
    good = result.applied or (job.dry_run and result.readable)
    IMPORT.apply("succeed" if good else "refuse", job, actor=None)
    job.rows_read = rows_read
    job.created, job.changed, job.unchanged = result.created, result.changed, result.unchanged
    job.skipped = result.skipped
    job.errors = [asdict(error) for error in (*result.errors, *result.warnings)]
    job.finished_at = clock.now()
    await session.flush()


async def _end(id_: UUID, action: str, *, reason: str | None = None) -> None:
    async with transaction(jobs.sessions()) as session:
        job = (await session.exec(select(ImportJob).where(col(ImportJob.id) == id_).with_for_update())).one()
        IMPORT.apply(action, job, actor=None)
        job.reason, job.finished_at = reason, clock.now()


class _Watch:
    """Tells how far an import is and hears whether it shall stop, in short transactions of its own."""

    def __init__(self, id_: UUID) -> None:
        self._id = id_
        self._cancelled = False
        self._task: asyncio.Task[None] | None = None
        self.rows = 0

    def progress(self, rows: int) -> None:
        """Called by the import between two batches."""
        self.rows = rows
        if self._cancelled:
            raise ImportCancelled()

    @contextlib.asynccontextmanager
    async def telling(self) -> AsyncIterator[None]:
        """Tell now and then, as long as the block lasts."""
        self._task = asyncio.create_task(self._tell())
        try:
            yield
        finally:
            await self.stop()

    async def stop(self) -> None:
        """Tell no more: the import takes its own row."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _tell(self) -> None:
        while True:
            await asyncio.sleep(TELL_SECONDS)
            async with transaction(jobs.sessions()) as session:
                told = update(ImportJob).where(col(ImportJob.id) == self._id).values(rows_read=self.rows)
                heard = await session.exec(told.returning(col(ImportJob.cancel_asked)))
                self._cancelled = bool(heard.scalar_one())


async def delete_expired_imports(session: AsyncSession) -> None:
    """Delete imports that ended long ago, at most 500 at a time."""
    old = select(ImportJob).where(col(ImportJob.finished_at) < clock.now() - KEPT).limit(500)
    for job in (await session.exec(old)).all():
        await session.delete(job)
