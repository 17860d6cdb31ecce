"""Runs an import as a job: all in one transaction, with its progress told beside it.

A worker that dies leaves nothing half-written, since the transaction dies with it; the job is then run anew. What it
did and that it did it are committed together, so a job that is run twice does nothing the second time.
"""

import contextlib
import time
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

import structlog
from procrastinate import RetryStrategy
from sqlmodel import col, delete, func, not_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports import undoing
from puumerkki.imports.engine import import_sheet
from puumerkki.imports.errors import ImportCancelled, UndoRefused
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ENDED, ImportJob, ImportRow, ImportState, ImportStep
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.recording import Recorder
from puumerkki.imports.results import ImportResult
from puumerkki.imports.workflow import IMPORT
from puumerkki.kernel import clock, files, jobs
from puumerkki.kernel.db import transaction

log = structlog.get_logger()
MOST_ATTEMPTS = 3
TELL_SECONDS = 0.5
READING = 0.4
"""The share of an import's work that is done once its rows are read."""
KEPT = timedelta(days=90)
"""How long imports are kept, with their rows, from the trial run or their end on."""
UNREADABLE = "file_not_understood"
"""The reason of a trial run that found no rows: its errors say why."""

AGAIN = RetryStrategy(max_attempts=10, exponential_wait=2)
"""Where not even the failure could be written down, since the database was away."""


@jobs.app.task(name="imports.run", queue="imports", retry=AGAIN, pass_context=False)
async def run(job_id: str) -> None:
    """Run an import that is queued, or whose worker died."""
    id_ = UUID(job_id)
    job = await _begin(id_)
    if job is None:
        return
    watch = _Watch(job)
    try:
        await (_undo(job, watch) if job.step is ImportStep.undo else _import(job, watch))
    except ImportCancelled:
        await _end(id_, cancelled=True)
    except UndoRefused as refused:
        await _end(id_, reason=refused.code)
    except Exception as error:
        log.error("import_failed", job=job_id, error=type(error).__name__, exc_info=error)
        await _end(id_, reason="could_not_run")
    await _let_go(id_)


async def _begin(id_: UUID) -> ImportJob | None:
    async with transaction(jobs.sessions()) as session:
        job = await _locked(session, id_)
        if job is None or job.state not in (ImportState.queued, ImportState.running):
            return None
        job.attempts += 1
        job.started_at = job.started_at or clock.now()
        given_up = job.cancel_asked or job.attempts > MOST_ATTEMPTS
        if given_up:
            stop(job, None if job.cancel_asked else "interrupted")
        else:
            IMPORT.apply("begin", job, actor=None)
    if given_up:
        await _let_go(id_)
        return None
    return job


async def _locked(session: AsyncSession, id_: UUID) -> ImportJob | None:
    return (await session.exec(select(ImportJob).where(col(ImportJob.id) == id_).with_for_update())).one_or_none()


def stop(job: ImportJob, reason: str | None) -> None:
    """An import that was cancelled, or failed for this reason, stands as before the step that it was taking."""
    job.cancel_asked = False
    job.reason = reason
    if job.step is ImportStep.undo:
        IMPORT.apply("keep", job, actor=None)
    elif job.tried_at is not None and job.step is ImportStep.apply:
        IMPORT.apply("go_back", job, actor=None)
    else:
        IMPORT.apply("cancel" if reason is None else "fail", job, actor=None)
        job.finished_at = clock.now()


async def _import(job: ImportJob, watch: "_Watch") -> None:
    trial = job.step is ImportStep.trial
    options = ImportOptions(
        skip_bad=job.skip_bad or trial,
        dry_run=trial,
        network_id=job.network_id,
        organisation_id=job.organisation_id,
        finds_near=trial or job.tried_at is not None,
        sheet=job.sheet,
        heading_row=job.heading_row,
        mapping=job.mapping,
    )
    async with contextlib.AsyncExitStack() as stack:
        source = await stack.enter_async_context(files.opened(job.id))
        session = await stack.enter_async_context(transaction(jobs.sessions()))
        recorder = Recorder(job.id, tried=job.tried_at is not None and not trial)
        result = await import_sheet(
            RULES[job.kind].sheet,
            session,
            source=source,
            actor_id=job.applied_by or job.asked_by,
            options=options,
            progress=watch.progress,
            recorder=recorder,
        )
        await _keep(session, job.id, result, rows_read=watch.rows)


async def _keep(session: AsyncSession, id_: UUID, result: ImportResult, *, rows_read: int) -> None:
    """Store what the import did, in its own transaction.

    A file whose headings or sheet are not understood can be tried again with others.
    """
    job = await _locked(session, id_)
    assert job is not None
    now = clock.now()
    trial = job.step is ImportStep.trial
    if not (result.applied or (trial and result.reading is not None)):
        IMPORT.apply("refuse", job, actor=None)
        job.finished_at = now
    elif result.applied:
        IMPORT.apply("succeed", job, actor=None)
        job.applied_at = job.finished_at = now
    else:
        IMPORT.apply("show", job, actor=None)
        job.tried_at = now
    job.reason = None if result.readable else UNREADABLE
    if not result.readable:
        await session.exec(delete(ImportRow).where(col(ImportRow.job_id) == job.id))
    job.rows_read = job.rows_total = rows_read
    job.created, job.changed, job.unchanged = result.created, result.changed, result.unchanged
    job.near, job.skipped = result.near, result.skipped
    job.errors = [asdict(error) for error in (*result.errors, *result.warnings)]
    job.reading = None if result.reading is None else asdict(result.reading)
    await session.flush()


async def _undo(job: ImportJob, watch: "_Watch") -> None:
    async with transaction(jobs.sessions()) as session:
        await undoing.undo(session, job, RULES[job.kind].sheet, progress=watch.progress)
        found = await _locked(session, job.id)
        assert found is not None
        IMPORT.apply("finish_undo", found, actor=None)
        found.reason, found.finished_at = None, clock.now()
        await session.flush()


async def _end(id_: UUID, *, cancelled: bool = False, reason: str | None = None) -> None:
    async with transaction(jobs.sessions()) as session:
        job = await _locked(session, id_)
        assert job is not None
        stop(job, None if cancelled else reason)


async def _let_go(id_: UUID) -> None:
    """Delete the file of an import that nobody can go on with."""
    async with transaction(jobs.sessions()) as session:
        job = await _locked(session, id_)
        if job is None or not job.file_kept or (job.tried_at is not None and job.state not in GONE):
            return
        if job.state in ENDED:
            job.file_kept = False
            await files.delete(id_)


GONE = frozenset({ImportState.cancelled, ImportState.refused, ImportState.failed})


class _Watch:
    """Tells how far an import is and hears whether it shall stop, in short transactions of its own.

    Between two steps of the import, never beside one of its statements: where both go over one connection, as in tests
    that are rolled back, neither may begin or end a transaction inside the other's, and none is cut off half-way.
    """

    def __init__(self, job: ImportJob) -> None:
        self._id, self._total = job.id, job.rows_total
        self._last = time.monotonic()
        self.rows = 0

    async def progress(self, rows: int, rest: float) -> None:
        """Called by the import between two steps; ImportCancelled where somebody asked for it."""
        self.rows = rows
        if time.monotonic() - self._last < TELL_SECONDS:
            return
        async with transaction(jobs.sessions()) as session:
            told = update(ImportJob).where(col(ImportJob.id) == self._id)
            told = told.values(rows_read=rows, percent=_percent(rows, self._total, rest))
            heard = await session.exec(told.returning(col(ImportJob.cancel_asked)))
            cancelled = bool(heard.scalar_one())
        self._last = time.monotonic()
        if cancelled:
            raise ImportCancelled()


def _percent(rows: int, total: int | None, rest: float) -> int | None:
    """How much of the work is done; None while nobody knows how many rows there are."""
    if not rest and not total:
        return None
    read = 1.0 if rest else min(1.0, rows / (total or 1))
    return int(100 * (READING * read + (1 - READING) * rest))


async def delete_expired_imports(session: AsyncSession) -> None:
    """Delete imports that ended or were tried long ago, at most 500 at a time, and files that are needed no more."""
    now = clock.now()
    last = func.coalesce(col(ImportJob.finished_at), col(ImportJob.tried_at))
    waiting = col(ImportJob.state).in_((ImportState.queued, ImportState.running))
    for job in (await session.exec(select(ImportJob).where(last < now - KEPT, not_(waiting)).limit(500))).all():
        await files.delete(job.id)
        await session.delete(job)
    settled = select(ImportJob).where(
        col(ImportJob.file_kept), col(ImportJob.finished_at) < now - undoing.WINDOW, not_(waiting)
    )
    for job in (await session.exec(settled.limit(500))).all():
        job.file_kept = False
        await files.delete(job.id)
