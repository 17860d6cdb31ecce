"""An archived member's place in its networks: its successor takes it, with one vote in all, for what comes later.

Where the two are merged, whoever spoke for the one speaks for the other, unless this one is a member already.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import REPRESENTATIVES
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import publish
from puumerkki.networks import queries
from puumerkki.networks.events import networks as events
from puumerkki.networks.models.networks import (
    MemberState,
    Network,
    NetworkMember,
    NetworkState,
    Rulebook,
    RulebookAcceptance,
)
from puumerkki.networks.queries.admissions import leading_its_own
from puumerkki.networks.queries.participation import member_of
from puumerkki.networks.queries.proposals import open_proposal
from puumerkki.networks.service.admissions import drop_open, propose_admission
from puumerkki.networks.service.members import end_membership
from puumerkki.networks.service.people import revoke_representatives
from puumerkki.networks.service.proposal_mails import event_fields
from puumerkki.networks.workflow.members import MEMBER
from puumerkki.organisations import mailboxes, succession_mails
from puumerkki.organisations.events.successions import OrganisationSucceeded
from puumerkki.organisations.models.organisations import Organisation

_ENDS = (MemberState.active, MemberState.leaving, MemberState.invited, MemberState.requested)
_STAYS = (MemberState.leaving, MemberState.removed)
"""Whom a network removed takes no place in it: it asks to join."""
_ASKED_FOR = (MemberState.requested, MemberState.refused)
"""Whom the network has not taken in, or refused, does not come in by the way of a member that it has."""


async def after_succeeded(session: AsyncSession, event: OrganisationSucceeded) -> None:
    """The archived organisation is a member no more; its successor is one wherever it was active."""
    statement = (
        select(NetworkMember)
        .where(col(NetworkMember.organisation_id) == event.subject.id, col(NetworkMember.state).in_(_ENDS))
        .order_by(col(NetworkMember.id))
        .with_for_update()
    )
    for former in (await session.exec(statement)).all():
        was_active = former.state == MemberState.active
        speakers = await _pass_representatives(session, former, event.successor_id) if was_active else []
        await _end(session, former)
        network = await queries.network(session, former.network_id)
        if was_active and network.state != NetworkState.closed:
            await _take_over(session, network, former, event.successor_id, accepted_by=event.accepted_by)
            await _keep_day(session, former, event.successor_id)
        await _keep_representatives(session, former, event.successor_id, speakers)


async def _pass_representatives(session: AsyncSession, former: NetworkMember, successor_id: UUID) -> list[RoleGrant]:
    """Whoever speaks for a member that is merged speaks for the other, where this one is no member yet: who does."""
    organisation = await session.get_one(Organisation, former.organisation_id)
    member = await member_of(session, former.network_id, successor_id)
    if organisation.merged_into_id != successor_id or (member is not None and member.state == MemberState.active):
        return []
    found = await session.exec(
        select(RoleGrant).where(
            col(RoleGrant.scope_id) == former.network_id,
            col(RoleGrant.for_organisation_id) == former.organisation_id,
            col(RoleGrant.role).in_(REPRESENTATIVES),
        )
    )
    speakers = list(found.all())
    for one in speakers:
        one.for_organisation_id = successor_id
    await session.flush()
    return speakers


async def _keep_day(session: AsyncSession, former: NetworkMember, successor_id: UUID) -> None:
    """Two that are merged are one all along: it has been a member since the earlier day of the two."""
    organisation = await session.get_one(Organisation, former.organisation_id)
    member = await member_of(session, former.network_id, successor_id)
    if organisation.merged_into_id != successor_id or member is None or member.state != MemberState.active:
        return
    if former.joined_at is not None and (member.joined_at is None or former.joined_at < member.joined_at):
        member.joined_at = former.joined_at
        await session.flush()


async def _keep_representatives(
    session: AsyncSession, former: NetworkMember, successor_id: UUID, speakers: Sequence[RoleGrant]
) -> None:
    """Where it did not come to be a member, they end with the membership after all."""
    member = await member_of(session, former.network_id, successor_id)
    if not speakers or (member is not None and member.state == MemberState.active):
        return
    for one in speakers:
        one.for_organisation_id = former.organisation_id
    await session.flush()
    await revoke_representatives(
        session, network_id=former.network_id, organisation_id=former.organisation_id, actor_id=None
    )


async def _end(session: AsyncSession, former: NetworkMember) -> None:
    was_member = former.state in (MemberState.active, MemberState.leaving)
    MEMBER.apply("give_way", former, actor=None)
    former.ended_at = clock.now()
    await session.flush()
    if was_member:
        await end_membership(session, former, actor_id=None)
    else:
        await drop_open(session, former)
        await publish(session, events.MembershipWithdrawn(**event_fields(former)), actor_id=None)


async def _take_over(
    session: AsyncSession, network: Network, former: NetworkMember, successor_id: UUID, *, accepted_by: UUID
) -> None:
    member = await member_of(session, network.id, successor_id)
    if member is not None:
        await session.refresh(member, with_for_update=True)
        if member.state in _STAYS:
            return
    if member is None or member.state != MemberState.active:
        unasked = member is not None and member.state in _ASKED_FOR
        if member is None:
            member = NetworkMember(network_id=network.id, organisation_id=successor_id, state=MemberState.requested)
            session.add(member)
            await session.flush()
        own = await leading_its_own(session, network, member)
        if unasked or own:
            await _propose(session, member, votes=former.votes, own=own, first_id=accepted_by)
            return
        await drop_open(session, member)
        MEMBER.apply("take_over", member, actor=None)
        member.votes = former.votes
        member.joined_at, member.ended_at, member.end_reason = clock.now(), None, None
    elif former.votes:
        member.votes = True
    await session.flush()
    await _accept(session, former, member, accepted_by)
    await publish(
        session, events.MemberTookOver(**event_fields(member), former_id=former.organisation_id), actor_id=None
    )
    leads = await mailboxes.of_holders(session, P.networks_lead, [network.id])
    await succession_mails.tell_who_stands(
        session,
        leads,
        former_id=former.organisation_id,
        successor_id=successor_id,
        things=[(network.names, f"networks/{network.id}/members")],
    )


async def _propose(
    session: AsyncSession, member: NetworkMember, *, votes: bool, own: Sequence[UUID], first_id: UUID
) -> None:
    """The network has its say first: a second person admits it. What is proposed already stays as it is."""
    MEMBER.apply("take_over", member, actor=None, target=MemberState.requested)
    member.votes, member.ended_at, member.end_reason = votes, None, None
    await session.flush()
    if await open_proposal(session, member.id, for_update=True) is None:
        await propose_admission(session, member, first_id=first_id, own=own, actor_id=None)


async def _accept(session: AsyncSession, former: NetworkMember, member: NetworkMember, accepted_by: UUID) -> None:
    """By its yes it stands in the place of the former: under the rules that this one had accepted last."""
    of = col(RulebookAcceptance.member_id)
    newest = (
        select(Rulebook.id, Rulebook.number)
        .join(RulebookAcceptance, col(RulebookAcceptance.rulebook_id) == col(Rulebook.id))
        .order_by(col(Rulebook.number).desc())
        .limit(1)
    )
    theirs = (await session.exec(newest.where(of == former.id))).first()
    own = (await session.exec(newest.where(of == member.id))).first()
    if theirs is not None and (own is None or own[1] < theirs[1]):
        session.add(RulebookAcceptance(rulebook_id=theirs[0], member_id=member.id, accepted_by=accepted_by))
        await session.flush()
