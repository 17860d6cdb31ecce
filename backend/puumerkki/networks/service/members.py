"""How organisations come into a network and go."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Unauthenticated
from puumerkki.kernel.events import Event, publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.refs import Ref
from puumerkki.networks import errors, events, queries
from puumerkki.networks.models import MemberState, Network, NetworkMember, NetworkState
from puumerkki.networks.service.networks import require_organisation
from puumerkki.networks.service.people import silence
from puumerkki.networks.workflow import MEMBER, OfNetworkFacts


async def add_member(session: AsyncSession, *, actor: Actor, network_id: UUID, organisation_id: UUID) -> NetworkMember:
    """A coordinator invites, an organisation's owner requests; who is both brings it in at once."""
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
        MEMBER.apply("accept", member, actor=actor, facts=_facts(network))
        _begin(member)
    else:
        await _tell(session, actor, member, events.MemberInvited if leads else events.MemberRequested)
        return member
    await _tell(session, actor, member, events.MemberJoined)
    return member


async def update_member(
    session: AsyncSession, *, actor: Actor, network_id: UUID, member_id: UUID, if_version: int | None, votes: bool
) -> NetworkMember:
    """Give or take a member's vote."""
    _, member = await _locked(session, actor, network_id, member_id)
    actor.require(P.networks_lead, on=network_id)
    require_version(member, if_version)
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
    reason: str | None = None,
) -> NetworkMember:
    """Accept, approve, refuse, leave or remove."""
    network, member = await _locked(session, actor, network_id, member_id)
    MEMBER.require_may(action, member, actor=actor)
    require_version(member, if_version)
    before = member.state
    MEMBER.apply(action, member, actor=actor, facts=_facts(network))
    if member.state == MemberState.active:
        _begin(member)
        await _tell(session, actor, member, events.MemberJoined)
        return member
    member.ended_at = clock.now()
    member.end_reason = reason
    if member.state == MemberState.refused:
        await _tell(session, actor, member, events.MemberRefused)
    elif before != MemberState.active:
        await _tell(session, actor, member, events.MembershipCalledOff)
    else:
        await silence(session, network_id=network_id, organisation_id=member.organisation_id, actor_id=actor.id)
        await publish(
            session,
            events.MemberLeft(
                subject=Ref("network_member", member.id),
                related=(network_id, member.organisation_id),
                network_id=network_id,
                organisation_id=member.organisation_id,
                removed=member.state == MemberState.removed,
            ),
            actor_id=actor.id,
        )
    return member


async def network_facts(session: AsyncSession, network_id: UUID) -> OfNetworkFacts:
    """What the guards of members and rulebooks ask."""
    return _facts(await queries.network(session, network_id))


def _facts(network: Network) -> OfNetworkFacts:
    return OfNetworkFacts(network_state=NetworkState(network.state))


async def _locked(
    session: AsyncSession, actor: Actor, network_id: UUID, member_id: UUID
) -> tuple[Network, NetworkMember]:
    network = await queries.network(session, network_id)
    member = await queries.member(session, actor=actor, network_id=network_id, member_id=member_id, for_update=True)
    return network, member


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
    if member is not None and member.state in (MemberState.active, MemberState.invited, MemberState.requested):
        raise errors.AlreadyThere(state=member.state.value)
    if member is not None:
        MEMBER.apply(action, member, actor=actor, facts=_facts(network))
        member.ended_at = member.end_reason = None
        return member
    if network.state == NetworkState.closed:
        raise errors.NetworkClosed()
    state = MemberState.invited if action == "invite" else MemberState.requested
    member = NetworkMember(network_id=network.id, organisation_id=organisation_id, state=state)
    session.add(member)
    await session.flush()
    return member


def _begin(member: NetworkMember) -> None:
    member.joined_at = clock.now()
    member.ended_at = member.end_reason = None


async def _tell(
    session: AsyncSession,
    actor: Actor,
    member: NetworkMember,
    kind: type[events.MemberEvent],
    *,
    changed: tuple[str, ...] = (),
) -> None:
    event: Event = kind(
        subject=Ref("network_member", member.id),
        related=(member.network_id, member.organisation_id),
        changed=changed,
        network_id=member.network_id,
        organisation_id=member.organisation_id,
    )
    await publish(session, event, actor_id=actor.id)
