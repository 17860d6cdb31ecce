"""Ends the membership of members that a network removed, once what came before is decided."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.open_cases import deciding
from puumerkki.networks.events.proposals import MemberProposalCarried
from puumerkki.networks.models.networks import MemberState, NetworkMember
from puumerkki.networks.models.proposals import ProposalKind
from puumerkki.networks.service.proposals import end_removal


async def after_proposal_carried(session: AsyncSession, event: MemberProposalCarried) -> None:
    """End the membership at once where nothing is open on which the member votes."""
    if event.kind == ProposalKind.remove:
        await _end_where_done(session, event.subject.id)


async def end_removals(session: AsyncSession) -> None:
    """End the memberships that networks ended, once the last handling of each is decided; run by the clock."""
    statement = select(NetworkMember.id).where(col(NetworkMember.state) == MemberState.leaving)
    for member_id in (await session.exec(statement.order_by(col(NetworkMember.id)).limit(200))).all():
        await _end_where_done(session, member_id)
        await session.flush()


async def _end_where_done(session: AsyncSession, member_id: UUID) -> None:
    member = await session.get_one(NetworkMember, member_id, with_for_update=True, populate_existing=True)
    before = select(Handling.id).where(
        col(Handling.network_id) == member.network_id, deciding(), col(Handling.received_at) < member.ended_at
    )
    if member.state == MemberState.leaving and (await session.exec(before.limit(1))).first() is None:
        await end_removal(session, member)
