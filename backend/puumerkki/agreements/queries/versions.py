"""Frozen versions, and which were taken back."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.agreements.models import AgreementVersion, AgreementWithdrawal


async def versions(session: AsyncSession, agreement_id: UUID) -> Sequence[AgreementVersion]:
    """All frozen versions, the newest first."""
    statement = select(AgreementVersion).where(col(AgreementVersion.agreement_id) == agreement_id)
    return (await session.exec(statement.order_by(col(AgreementVersion.number).desc()))).all()


async def next_number(session: AsyncSession, agreement_id: UUID) -> int:
    """The number of the version that is proposed next; those that were taken back keep theirs."""
    newest = select(func.max(AgreementVersion.number)).where(col(AgreementVersion.agreement_id) == agreement_id)
    return ((await session.exec(newest)).one() or 0) + 1


async def withdrawals(session: AsyncSession, agreement_id: UUID) -> dict[int, AgreementWithdrawal]:
    """By the version's number, what was taken back."""
    found = await session.exec(select(AgreementWithdrawal).where(col(AgreementWithdrawal.agreement_id) == agreement_id))
    return {one.version_number: one for one in found.all()}
