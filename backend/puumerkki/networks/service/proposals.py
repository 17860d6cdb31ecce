"""Removing a member and taking its vote: a reason, seven days to be heard, a second person; later versions only.

Admitting one of which somebody who leads the network is: a second person. Each is confirmed, or dropped.
"""

from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.networks.events import proposals as events
from puumerkki.networks.events.networks import MembershipWithdrawn
from puumerkki.networks.models.networks import MemberState, NetworkMember
from puumerkki.networks.models.proposals import STALE, MemberProposal, ProposalKind, ProposalState
from puumerkki.networks.queries.proposals import open_proposal, second_persons_for
from puumerkki.networks.queries.second_persons import second_persons
from puumerkki.networks.service.admissions import begin_membership
from puumerkki.networks.service.members import end_membership, locked_member, member_facts
from puumerkki.networks.service.proposal_mails import event_fields, tell_proposed
from puumerkki.networks.workflow.members import MEMBER
from puumerkki.networks.workflow.proposals import PROPOSAL
from puumerkki.organisations import mailboxes

HEARING = timedelta(days=7)
_TARGETS = {
    ProposalKind.admit: MemberState.active,
    ProposalKind.remove: MemberState.leaving,
    ProposalKind.take_vote: MemberState.active,
}


async def propose(
    session: AsyncSession,
    *,
    actor: Actor,
    network_id: UUID,
    member_id: UUID,
    kind: ProposalKind,
    if_version: int | None,
    reason: str,
) -> NetworkMember:
    """Propose to remove a member or to take its vote. An invitation is taken back at once."""
    member = await locked_member(session, actor, network_id, member_id)
    MEMBER.require_may(kind.value, member, actor=actor)
    require_version(member, if_version)
    facts = await member_facts(session, member, actor=actor, for_update=True)
    MEMBER.apply(kind.value, member, actor=actor, facts=facts)
    if member.state == MemberState.removed:
        member.ended_at, member.end_reason = clock.now(), reason
        await publish(session, MembershipWithdrawn(**event_fields(member)), actor_id=actor.id)
        return member
    until = clock.end_of_day(clock.day_of(clock.now() + HEARING))
    made = MemberProposal(
        member_id=member.id,
        kind=kind,
        reason=reason,
        proposed_by=actor.person_id(),
        heard_until=until,
        asked_ids=list(await second_persons(session, second_persons_for(member, first_id=actor.person_id()))),
    )
    session.add(made)
    touch(member)
    concerned = await mailboxes.of_organisations(session, P.memberships_manage, [member.organisation_id])
    await tell_proposed(session, member, made, concerned=concerned, actor_id=actor.id)
    return member


async def state_view(
    session: AsyncSession, *, actor: Actor, network_id: UUID, member_id: UUID, view: str
) -> NetworkMember:
    """The member says what it thinks; it may say it anew until the proposal has ended."""
    member = await locked_member(session, actor, network_id, member_id)
    facts = await member_facts(session, member, actor=actor, for_update=True)
    MEMBER.apply("state_view", member, actor=actor, facts=facts)
    proposal = await open_proposal(session, member.id)
    assert proposal is not None
    proposal.view, proposal.view_at, proposal.view_by = view, clock.now(), actor.person_id()
    touch(member)
    await publish(session, events.MemberViewStated(**event_fields(member)), actor_id=actor.id)
    return member


async def confirm(
    session: AsyncSession, *, actor: Actor, network_id: UUID, member_id: UUID, if_version: int | None
) -> NetworkMember:
    """A second person confirms it. A removed member still votes on what came before, then it is one no more."""
    member = await locked_member(session, actor, network_id, member_id)
    MEMBER.require_may("confirm_proposal", member, actor=actor)
    require_version(member, if_version)
    facts = await member_facts(session, member, actor=actor, for_update=True)
    proposal = await open_proposal(session, member.id)
    target = _TARGETS[proposal.kind] if proposal else None
    MEMBER.apply("confirm_proposal", member, actor=actor, facts=facts, target=target)
    assert proposal is not None
    PROPOSAL.apply("carry", proposal, actor=None)
    proposal.confirmed_by, proposal.ended_at = actor.person_id(), clock.now()
    if proposal.kind is ProposalKind.take_vote:
        member.votes = False
    elif proposal.kind is ProposalKind.remove:
        member.ended_at, member.end_reason = proposal.ended_at, proposal.reason
    touch(member)
    await session.flush()
    carried = events.MemberProposalCarried(**event_fields(member), kind=proposal.kind)
    await publish(session, carried, actor_id=actor.id)
    if proposal.kind is ProposalKind.admit:
        await begin_membership(session, member, actor_id=actor.id)
    return member


async def drop(
    session: AsyncSession,
    *,
    actor: Actor,
    network_id: UUID,
    member_id: UUID,
    if_version: int | None,
    reason: str | None,
) -> NetworkMember:
    """Nothing changes for the member: whoever proposed it, or a second person, lets it drop."""
    member = await locked_member(session, actor, network_id, member_id)
    MEMBER.require_may("drop_proposal", member, actor=actor)
    require_version(member, if_version)
    facts = await member_facts(session, member, actor=actor, for_update=True)
    MEMBER.apply("drop_proposal", member, actor=actor, facts=facts)
    proposal = await open_proposal(session, member.id)
    assert proposal is not None
    await _drop(session, member, proposal, reason, actor_id=actor.id)
    return member


async def drop_stale(session: AsyncSession) -> None:
    """By the clock: what nobody has confirmed within thirty days of the hearing."""
    statement = (
        select(MemberProposal)
        .where(col(MemberProposal.state) == ProposalState.open, col(MemberProposal.heard_until) <= clock.now() - STALE)
        .order_by(col(MemberProposal.member_id))
        .limit(200)
    )
    for seen in (await session.exec(statement)).all():
        member = await session.get_one(NetworkMember, seen.member_id, with_for_update=True, populate_existing=True)
        proposal = await open_proposal(session, member.id, for_update=True)
        if proposal is not None and proposal.id == seen.id:
            await _drop(session, member, proposal, None, actor_id=None)


async def end_removal(session: AsyncSession, member: NetworkMember) -> None:
    """Nothing is open any more on which the removed member votes. Hold the member's lock."""
    MEMBER.apply("end_removal", member, actor=None)
    await end_membership(session, member, actor_id=None)


async def _drop(
    session: AsyncSession,
    member: NetworkMember,
    proposal: MemberProposal,
    reason: str | None,
    *,
    actor_id: UUID | None,
) -> None:
    PROPOSAL.apply("drop", proposal, actor=None)
    proposal.ended_at, proposal.end_reason = clock.now(), reason
    touch(member)
    dropped = events.MemberProposalDropped(**event_fields(member), kind=proposal.kind)
    await publish(session, dropped, actor_id=actor_id)
