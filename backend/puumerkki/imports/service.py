"""Sending a file for import, and stopping an import."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.imports import jobs, queries
from puumerkki.imports.errors import ImportEnded
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ENDED, ImportJob, ImportState
from puumerkki.imports.schemas import ImportCreate
from puumerkki.imports.workflow import IMPORT
from puumerkki.kernel import clock
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.jobs import defer
from puumerkki.kernel.preconditions import require_version


def require_import(actor: Actor, given: ImportCreate) -> None:
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
        file_bytes=file_bytes,
        file_digest=file_digest,
        **given.model_dump(),
    )
    session.add(job)
    await session.flush()
    await defer(session, jobs.run, job_id=str(job.id))
    return job


async def cancel_import(session: AsyncSession, *, actor: Actor, job_id: UUID, if_version: int | None) -> ImportJob:
    """Stop an import. One that runs notices between two batches and leaves nothing."""
    job = await queries.readable_import(session, actor, job_id, lock=True)
    require_version(job, if_version)
    if job.state in ENDED:
        raise ImportEnded()
    job.cancel_asked = True
    if job.state is ImportState.queued:
        IMPORT.apply("cancel", job, actor=None)
        job.finished_at = clock.now()
    await session.flush()
    return job
