"""Reads of what is proposed about an endorsement, and the tasks that come of it."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.endorsements.models.revocations import Prolongation, Revocation, RevocationState

EXPIRING_DAYS = 30
"""So long before its last day everybody is told that an endorsement ends."""


async def open_revocation(session: AsyncSession, handling_id: UUID, *, for_update: bool = False) -> Revocation | None:
    """The handling's revocation that is not decided yet."""
    statement = select(Revocation).where(
        col(Revocation.handling_id) == handling_id, col(Revocation.state) == RevocationState.open
    )
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(statement)).one_or_none()


async def newest_revocation(session: AsyncSession, handling_id: UUID) -> Revocation | None:
    """The newest one, whatever became of it."""
    statement = select(Revocation).where(col(Revocation.handling_id) == handling_id)
    last_first = (col(Revocation.proposed_at).desc(), col(Revocation.id).desc())
    return (await session.exec(statement.order_by(*last_first).limit(1))).one_or_none()


async def prolongation(session: AsyncSession, endorsement_id: UUID) -> Prolongation | None:
    """How an endorsement was made to last longer, or is proposed to."""
    statement = select(Prolongation).where(col(Prolongation.endorsement_id) == endorsement_id)
    return (await session.exec(statement.execution_options(populate_existing=True))).one_or_none()


async def former_credential(session: AsyncSession, endorsement_id: UUID) -> str | None:
    """What an endorsement was signed with before it was made to last longer."""
    statement = select(Prolongation.former_credential).where(col(Prolongation.endorsement_id) == endorsement_id)
    return (await session.exec(statement)).one_or_none()


async def under_review(session: AsyncSession, *endorsement_ids: UUID) -> bool:
    """Whether a network is looking at whether it takes one of these endorsements back."""
    statement = select(Revocation.id).where(
        col(Revocation.endorsement_id).in_(endorsement_ids), col(Revocation.state) == RevocationState.open
    )
    return (await session.exec(statement)).first() is not None
