"""Taking in an organisation of which somebody who leads the network is: a second person says yes, too."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.eventlog.events import publish
from puumerkki.networks.events import networks as events
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.models.proposals import MemberProposal, ProposalKind
from puumerkki.networks.queries.proposals import open_proposal, second_persons_for
from puumerkki.networks.queries.second_persons import second_persons
from puumerkki.networks.service.proposal_mails import event_fields, of_members, tell_proposed
from puumerkki.networks.workflow.proposals import PROPOSAL


async def propose_admission(
    session: AsyncSession, member: NetworkMember, *, first_id: UUID, own: Iterable[UUID], actor_id: UUID | None
) -> None:
    """It has asked or accepted; `first_id` approved or invited it. The members are told; one of them confirms it."""
    asked = await second_persons(session, second_persons_for(member, first_id=first_id, others=own))
    made = MemberProposal(
        member_id=member.id,
        kind=ProposalKind.admit,
        proposed_by=first_id,
        heard_until=clock.now(),
        asked_ids=list(asked),
    )
    session.add(made)
    touch(member)
    await session.flush()
    await tell_proposed(session, member, made, concerned=await of_members(session, member), actor_id=actor_id)


async def begin_membership(session: AsyncSession, member: NetworkMember, *, actor_id: UUID | None) -> None:
    """From now on it is a member; everybody is told."""
    member.joined_at = clock.now()
    member.ended_at = member.end_reason = None
    await publish(session, events.MemberJoined(**event_fields(member)), actor_id=actor_id)


async def drop_open(session: AsyncSession, member: NetworkMember) -> None:
    """What was proposed about it has come to its end with the membership, or the request."""
    if (proposal := await open_proposal(session, member.id, for_update=True)) is not None:
        PROPOSAL.apply("drop", proposal, actor=None)
        proposal.ended_at = clock.now()
