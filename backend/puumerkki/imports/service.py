"""Sending a file for import, and its way from the trial run to the end: decide, correct, apply, cancel, undo."""

from uuid import UUID

from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.imports import jobs, queries, undoing
from puumerkki.imports.deciding import require_decidable
from puumerkki.imports.errors import (
    FileGone,
    FileNotUnderstood,
    ImportEnded,
    RowsToDecide,
    TouchedSince,
    TrialNeeded,
    UndoBindsOthers,
    UndoTooLate,
)
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ENDED, ImportJob, ImportRow, ImportState, ImportStep
from puumerkki.imports.schemas import ImportApply, ImportCreate, ImportRowUpdate, ImportTry
from puumerkki.imports.workflow import IMPORT
from puumerkki.kernel import clock, files
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.jobs import defer
from puumerkki.kernel.preconditions import require_version


def require_import(actor: Actor, given: ImportCreate | ImportJob) -> None:
    """Refuse who may not import this kind there. Called before a byte of the file is read."""
    rule = RULES[given.kind]
    scope = None
    if rule.scope is not None:
        scope = getattr(given, rule.scope)
        if scope is None:
            raise invalid(rule.scope, "scope_missing", f"An import of {given.kind} names its {rule.scope}.")
    actor.require(P(rule.permission), on=scope)


async def queue_import(
    session: AsyncSession, *, actor: Actor, job_id: UUID, given: ImportCreate, file_bytes: int, file_digest: str
) -> ImportJob:
    """Put an import, whose file lies in the store under `job_id`, into the queue."""
    require_import(actor, given)
    job = ImportJob(
        id=job_id,
        asked_by=actor.person_id(),
        step=ImportStep.trial if given.dry_run else ImportStep.apply,
        file_bytes=file_bytes,
        file_digest=file_digest,
        **given.model_dump(),
    )
    session.add(job)
    await session.flush()
    await defer(session, jobs.run, job_id=str(job.id))
    return job


async def _own(session: AsyncSession, actor: Actor, job_id: UUID, if_version: int | None) -> ImportJob:
    """The import, locked, of somebody who may import there, at the version that they read."""
    job = await queries.readable_import(session, actor, job_id, lock=True)
    require_import(actor, job)
    require_version(job, if_version)
    return job


async def _queue(session: AsyncSession, job: ImportJob, action: str, step: ImportStep) -> ImportJob:
    IMPORT.apply(action, job, actor=None)
    job.step, job.attempts, job.rows_read, job.percent, job.reason, job.started_at = step, 0, 0, None, None, None
    await session.flush()
    await defer(session, jobs.run, job_id=str(job.id))
    return job


async def try_import(
    session: AsyncSession, *, actor: Actor, job_id: UUID, if_version: int | None, given: ImportTry
) -> ImportJob:
    """Run the trial again: after decisions and corrections, or with another sheet or other headings.

    Where the sheet or the headings are other, what was decided and corrected row by row is forgotten.
    """
    job = await _own(session, actor, job_id, if_version)
    if not job.file_kept:
        raise FileGone()
    IMPORT.find("try_again", job.state)
    asked = given.model_dump(exclude_unset=True)
    if any(getattr(job, name) != value for name, value in asked.items()):
        for name, value in asked.items():
            setattr(job, name, value)
        forgotten = update(ImportRow).where(col(ImportRow.job_id) == job.id)
        await session.exec(forgotten.values(decision=None, same_id=None, corrected=None))
    job.applied_at = job.finished_at = job.applied_by = None
    return await _queue(session, job, "try_again", ImportStep.trial)


async def apply_import(
    session: AsyncSession, *, actor: Actor, job_id: UUID, if_version: int | None, given: ImportApply
) -> ImportJob:
    """Store all that the trial run showed."""
    job = await _own(session, actor, job_id, if_version)
    IMPORT.find("apply", job.state)
    if job.reason == jobs.UNREADABLE:
        raise FileNotUnderstood()
    untried, held_back = await queries.waiting_rows(session, job.id)
    if untried:
        raise TrialNeeded()
    if held_back and not given.leave_out:
        raise RowsToDecide()
    job.skip_bad, job.dry_run, job.applied_by = True, False, actor.person_id()
    return await _queue(session, job, "apply", ImportStep.apply)


async def update_row(
    session: AsyncSession, *, actor: Actor, job_id: UUID, row: int, given: ImportRowUpdate
) -> ImportRow:
    """Decide of a row, or correct its cells. It takes effect with the next trial run, which shows what comes of it."""
    job = await queries.readable_import(session, actor, job_id, lock=True)
    require_import(actor, job)
    if job.state is not ImportState.tried:
        raise ImportEnded() if job.state in ENDED else TrialNeeded()
    found = await queries.one_row(session, job.id, row)
    if "decision" in given.model_fields_set:
        _decide(found, given)
    if given.cells is not None:
        fields = set(RULES[job.kind].sheet.row.model_fields)
        if strange := next((name for name in given.cells if name not in fields), None):
            raise invalid("cells", "field_unknown", f"Rows of {job.kind} have no field {strange}.")
        corrected = {**(found.corrected or {}), **given.cells}
        found.corrected = {name: text for name, text in corrected.items() if text is not None} or None
    found.untried = True
    await session.flush()
    return found


def _decide(found: ImportRow, given: ImportRowUpdate) -> None:
    codes = [one["code"] for one in found.findings]
    require_decidable(given, candidates=found.candidates, codes=codes)
    found.decision, found.same_id = given.decision, given.same


async def cancel_import(session: AsyncSession, *, actor: Actor, job_id: UUID, if_version: int | None) -> ImportJob:
    """Stop an import. One that runs notices between two batches and leaves nothing."""
    job = await queries.readable_import(session, actor, job_id, lock=True)
    require_version(job, if_version)
    if job.state in ENDED:
        raise ImportEnded()
    if job.state is ImportState.running:
        job.cancel_asked = True
    elif job.state is ImportState.tried:
        IMPORT.apply("cancel", job, actor=None)
        job.finished_at = clock.now()
    else:
        jobs.stop(job, None)
    if job.state is ImportState.cancelled:
        job.file_kept = False
        await files.delete(job.id)
    await session.flush()
    return job


async def undo_import(session: AsyncSession, *, actor: Actor, job_id: UUID, if_version: int | None) -> ImportJob:
    """Take back what an import wrote, as long as nobody else has touched it."""
    job = await _own(session, actor, job_id, if_version)
    IMPORT.find("undo", job.state)
    sheet = RULES[job.kind].sheet
    if sheet.undo is None:
        raise UndoBindsOthers()
    if job.applied_at is None or clock.now() - job.applied_at > undoing.WINDOW:
        raise UndoTooLate()
    if touched := await undoing.touched(session, job, sheet):
        raise TouchedSince(touched=touched)
    job.undone_by = actor.person_id()
    return await _queue(session, job, "undo", ImportStep.undo)
