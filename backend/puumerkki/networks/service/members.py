"""How organisations come into a network and go."""

from dataclasses import replace
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Unauthenticated
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.networks import queries
from puumerkki.networks.errors import networks as errors
from puumerkki.networks.errors.proposals import VoteNeedsProposal
from puumerkki.networks.events import networks as events
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember, NetworkState
from puumerkki.networks.queries.admissions import leading_its_own
from puumerkki.networks.queries.electorates import VOTING
from puumerkki.networks.queries.proposals import open_proposal, second_persons_for
from puumerkki.networks.queries.second_persons import has_second_person, is_second_person
from puumerkki.networks.service.admissions import begin_membership, drop_open, propose_admission
from puumerkki.networks.service.networks import require_organisation
from puumerkki.networks.service.people import require_not_named_since, require_untied_here, revoke_representatives
from puumerkki.networks.service.proposal_mails import event_fields
from puumerkki.networks.workflow.members import MEMBER, MemberFacts
from puumerkki.organisations.queries.visibility import is_confirmed

_CONCERNED = (P.networks_lead, P.ballots_vote, P.handlings_confirm, P.handlings_record)
_THERE = (MemberState.active, MemberState.leaving, MemberState.invited, MemberState.requested)


async def add_member(session: AsyncSession, *, actor: Actor, network_id: UUID, organisation_id: UUID) -> NetworkMember:
    """A coordinator invites, an organisation's owner requests; who is both does both, as far as one person may."""
    network = await queries.network(session, network_id, for_update=True)
    leads = actor.may(P.networks_lead, network_id)
    owns = actor.may(P.memberships_manage, organisation_id)
    if actor.anonymous:
        raise Unauthenticated()
    if not leads and not owns:
        raise actor.refusal(P.networks_lead.value)
    await require_organisation(session, organisation_id, pointer="/organisation_id")
    member = await _asked(session, actor, network, organisation_id, "invite" if leads else "request")
    if leads and owns:
        await _come_in(session, actor, member, "accept")
    else:
        await _tell(session, actor, member, events.MemberInvited if leads else events.MemberRequested)
    return member


async def update_member(
    session: AsyncSession, *, actor: Actor, network_id: UUID, member_id: UUID, if_version: int | None, votes: bool
) -> NetworkMember:
    """Give a member a vote, or say of one that is to come that it has none. A member's vote is taken by two persons."""
    member = await locked_member(session, actor, network_id, member_id)
    actor.require(P.networks_lead, on=network_id)
    require_version(member, if_version)
    if member.votes and not votes and member.state in (MemberState.active, MemberState.leaving):
        raise VoteNeedsProposal()
    if member.votes != votes:
        member.votes = votes
        await _tell(session, actor, member, events.MemberChanged, changed=("votes",))
    return member


async def act_on_member(
    session: AsyncSession,
    *,
    actor: Actor,
    network_id: UUID,
    member_id: UUID,
    action: str,
    if_version: int | None,
) -> NetworkMember:
    """Accept, approve, refuse, object or leave."""
    member = await locked_member(session, actor, network_id, member_id)
    MEMBER.require_may(action, member, actor=actor)
    require_version(member, if_version)
    before = member.state
    if action in ("accept", "approve"):
        await _come_in(session, actor, member, action)
        return member
    if action in ("leave", "object") and before in VOTING:
        await require_untied_here(session, actor, member)
        await require_not_named_since(session, actor, network_id, member.organisation_id)
    facts = await member_facts(session, member, actor=actor, for_update=True)
    MEMBER.apply(action, member, actor=actor, facts=facts)
    member.ended_at = clock.now()
    if action == "object":
        await _tell(session, actor, member, events.MemberObjected)
    if before in VOTING:
        await end_membership(session, member, actor_id=actor.id)
        return member
    await drop_open(session, member)
    refused = member.state == MemberState.refused
    await _tell(session, actor, member, events.MemberRefused if refused else events.MembershipWithdrawn)
    return member


async def end_membership(session: AsyncSession, member: NetworkMember, *, actor_id: UUID | None) -> None:
    """Nobody speaks for it any more, and what was proposed about it has come to its end; it is told."""
    await revoke_representatives(
        session, network_id=member.network_id, organisation_id=member.organisation_id, actor_id=actor_id
    )
    await drop_open(session, member)
    left = events.MemberLeft(**event_fields(member), removed=member.state == MemberState.removed)
    await publish(session, left, actor_id=actor_id)


async def member_facts(
    session: AsyncSession, member: NetworkMember, *, actor: Actor, for_update: bool = False
) -> MemberFacts:
    """What the guards of a member's steps ask."""
    network = await queries.network(session, member.network_id)
    proposal = await open_proposal(session, member.id, for_update=for_update)
    comes = member.state in (MemberState.invited, MemberState.requested)
    facts = MemberFacts(
        network_state=NetworkState(network.state),
        confirmed=await is_confirmed(session, member.organisation_id),
        votes=member.votes,
        actor_id=actor.id,
        own=tuple(await leading_its_own(session, network, member)) if comes else (),
        may_object=member.objection_until is not None and clock.now() < member.objection_until,
    )
    if proposal is not None:
        hearing = proposal.heard_until if clock.now() < proposal.heard_until else None
        facts = replace(facts, proposed=proposal.kind, proposed_by=proposal.proposed_by, hearing_until=hearing)
    if actor.id is None or not (facts.own or any(actor.may(one, network.id) for one in _CONCERNED)):
        return facts
    asked = second_persons_for(
        member,
        first_id=proposal.proposed_by if proposal else _first(actor, member, facts),
        since=proposal.created_at if proposal else None,
        others=facts.own,
    )
    second = proposal is not None and actor.scopes is None and await is_second_person(session, asked, actor.id)
    return replace(facts, second_person=second, has_second_person=second or await has_second_person(session, asked))


async def locked_member(session: AsyncSession, actor: Actor, network_id: UUID, member_id: UUID) -> NetworkMember:
    """The member, which nobody else changes until the transaction ends."""
    await queries.network(session, network_id)
    return await queries.member(session, actor=actor, network_id=network_id, member_id=member_id, for_update=True)


async def _asked(
    session: AsyncSession, actor: Actor, network: Network, organisation_id: UUID, action: str
) -> NetworkMember:
    """The row, invited or requested: a new one, or the one that had ended."""
    found = await session.exec(
        select(NetworkMember)
        .where(col(NetworkMember.network_id) == network.id, col(NetworkMember.organisation_id) == organisation_id)
        .with_for_update()
    )
    member = found.one_or_none()
    if member is not None and member.state in _THERE:
        raise errors.AlreadyThere(state=member.state.value)
    inviter = actor.id if action == "invite" else None
    if member is not None:
        MEMBER.apply(action, member, actor=actor, facts=MemberFacts(network_state=NetworkState(network.state)))
        member.ended_at = member.end_reason = member.source = member.objection_until = None
        member.invited_by = inviter
        return member
    if network.state == NetworkState.closed:
        raise errors.NetworkClosed()
    state = MemberState.invited if action == "invite" else MemberState.requested
    member = NetworkMember(network_id=network.id, organisation_id=organisation_id, state=state, invited_by=inviter)
    session.add(member)
    await session.flush()
    return member


async def _come_in(session: AsyncSession, actor: Actor, member: NetworkMember, action: str) -> None:
    """The one yes that was missing: it is a member, or a second person is asked where who leads is of it."""
    facts = await member_facts(session, member, actor=actor, for_update=True)
    first = _first(actor, member, facts)
    target = MemberState.requested if facts.own else MemberState.active
    MEMBER.apply(action, member, actor=actor, facts=facts, target=target)
    if facts.own:
        await propose_admission(session, member, first_id=first, own=facts.own, actor_id=actor.id)
    else:
        await begin_membership(session, member, actor_id=actor.id)


def _first(actor: Actor, member: NetworkMember, facts: MemberFacts) -> UUID:
    """Whose word a second person confirms: of an invitation, whoever invited, else the actor."""
    if member.state == MemberState.invited:
        return member.invited_by or next(iter(facts.own), actor.person_id())
    return actor.person_id()


async def _tell(
    session: AsyncSession,
    actor: Actor,
    member: NetworkMember,
    kind: type[events.MemberEvent],
    *,
    changed: tuple[str, ...] = (),
) -> None:
    await publish(session, kind(**event_fields(member), changed=changed), actor_id=actor.id)
