"""Reads of evaluations: all parties of a thing read each other's."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller
from puumerkki.access.permissions import P
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.subjects import Ref
from puumerkki.reports.models import Evaluation
from puumerkki.reports.queries.parties import Party, parties_of, readable_parties

AUDIENCE = "parties"


async def evaluations(
    session: AsyncSession, caller: Caller, subject: Ref
) -> tuple[Sequence[Evaluation], Sequence[Party]]:
    """All evaluations of a thing, the latest year first, and its parties; NotFound for others."""
    parties = await readable_parties(session, caller, subject, audience=AUDIENCE)
    statement = select(Evaluation).where(
        col(Evaluation.subject_kind) == subject.kind, col(Evaluation.subject_id) == subject.id
    )
    found = await session.exec(statement.order_by(col(Evaluation.year).desc(), col(Evaluation.id)))
    return found.all(), parties


async def evaluation(
    session: AsyncSession, caller: Caller, evaluation_id: UUID, *, for_update: bool = False
) -> Evaluation:
    """An evaluation that the caller may read, or NotFound."""
    found = await session.get(Evaluation, evaluation_id, with_for_update=for_update or None, populate_existing=True)
    if found is None:
        raise NotFound()
    await readable_parties(session, caller, Ref(found.subject_kind, found.subject_id), audience=AUDIENCE)
    return found


async def is_complete(session: AsyncSession, subject: Ref, year: int) -> bool:
    """Whether all parties have evaluated a year."""
    given = await session.exec(
        select(Evaluation.organisation_id).where(
            col(Evaluation.subject_kind) == subject.kind,
            col(Evaluation.subject_id) == subject.id,
            col(Evaluation.year) == year,
        )
    )
    return {one.id for one in await parties_of(session, subject)} <= set(given.all())


def may_change(actor: Actor, evaluation: Evaluation, *, complete: bool) -> bool:
    """Whether the actor may change what its organisation said."""
    return not complete and actor.may(P.reports_write, evaluation.organisation_id)
