"""Making and changing networks, and their life."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.models import User
from puumerkki.identity.service.roles import grant_role
from puumerkki.kernel import clock
from puumerkki.kernel.collation import sort_key
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import Event, publish
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.networks import queries
from puumerkki.networks.errors import networks as errors
from puumerkki.networks.errors.decisions import MembersDecide
from puumerkki.networks.events import networks as events
from puumerkki.networks.models.networks import (
    MemberState,
    Network,
    NetworkAuthority,
    NetworkChange,
    NetworkKind,
    NetworkMember,
    NetworkState,
)
from puumerkki.networks.queries.blocs import members_apart
from puumerkki.networks.queries.changes import what_waits
from puumerkki.networks.queries.decisions import stopped_by_members
from puumerkki.networks.schemas.networks import NetworkCreate, NetworkUpdate
from puumerkki.networks.service.changes import note_done
from puumerkki.networks.service.proposal_mails import event_fields
from puumerkki.networks.workflow.networks import NETWORK, NetworkFacts, may_stop_deciding, three_owners
from puumerkki.organisations.errors.organisations import OrganisationUnconfirmed
from puumerkki.organisations.models.organisations import AUTHORITIES, Organisation, OrganisationState
from puumerkki.organisations.queries.visibility import is_confirmed
from puumerkki.reference import queries as reference
from puumerkki.reference.models import Scheme

TOLD: dict[str, type[Event]] = {
    "activate": events.NetworkActivated,
    "rest": events.NetworkRested,
    "close": events.NetworkClosed,
    "reopen": events.NetworkReopened,
}


async def create_network(session: AsyncSession, *, actor: Actor, given: NetworkCreate) -> Network:
    """A new network, forming; its coordinator, and the organisation that is asked to found it, if they are named."""
    actor.require(P.networks_create)
    values = given.model_dump(exclude={"authority_ids", "coordinator_id", "founding_organisation_id"})
    await _check_codes(session, values)
    _check_end(given.kind, values)
    if given.decides and given.prefix is None:
        raise invalid("/prefix", "prefix_needed", "A network that decides has a prefix for its endorsements.")
    await _check_prefix(session, given.prefix)
    await _check_authorities(session, given.authority_ids)
    if given.coordinator_id is not None and await session.get(User, given.coordinator_id) is None:
        raise invalid("/coordinator_id", "person_unknown", "There is no such person.")
    if given.founding_organisation_id is not None:
        await require_organisation(session, given.founding_organisation_id, pointer="/founding_organisation_id")
    made = Network(id=new_id(), sort_key="", search_text="", **values)
    _index(made)
    session.add(made)
    await session.flush()
    await _set_authorities(session, made.id, given.authority_ids)
    await publish(session, events.NetworkCreated(subject=Ref("network", made.id)), actor_id=actor.id)
    if given.coordinator_id is not None:
        await grant_role(
            session,
            principal_id=given.coordinator_id,
            role=Role.coordinator,
            scope_kind=ScopeKind.network,
            scope_id=made.id,
            actor_id=actor.id,
        )
    if given.founding_organisation_id is not None:
        await _found(session, made, given.founding_organisation_id, actor)
    return made


async def update_network(
    session: AsyncSession, *, actor: Actor, network_id: UUID, if_version: int | None, given: NetworkUpdate
) -> Network:
    """Change what a network says of itself."""
    found = await queries.network(session, network_id, for_update=True)
    actor.require(P.networks_lead, on=network_id)
    require_version(found, if_version)
    if found.state == NetworkState.closed:
        raise errors.NetworkClosed()
    changes = given.model_dump(exclude_unset=True)
    authority_ids = changes.pop("authority_ids", None)
    await _check_codes(session, changes)
    _check_end(found.kind, changes)
    await _check_authorities(session, authority_ids or [])
    if changes.get("prefix", found.prefix) != found.prefix:
        if found.prefix is not None:
            raise errors.PrefixFixed()
        await _check_prefix(session, changes["prefix"])
    begins = not found.decides and changes.get("decides") and found.state != NetworkState.forming
    if begins and await stopped_by_members(session, network_id):
        raise MembersDecide()
    if begins and (blocked := three_owners(await gather_network_facts(session, found, begins=True))):
        raise blocked
    stops = found.decides and not changes.get("decides", True)
    if stops and (blocked := may_stop_deciding(await gather_network_facts(session, found))):
        raise blocked
    if changes.get("decides", found.decides) and changes.get("prefix", found.prefix) is None:
        raise invalid("/prefix", "prefix_needed", "A network that decides has a prefix for its endorsements.")
    changed = tuple(changes)
    if authority_ids is not None:
        # before the row itself changes, so that all of it is one version
        await _set_authorities(session, network_id, authority_ids)
        touch(found)
        changed += ("authority_ids",)
    for name, value in changes.items():
        setattr(found, name, value)
    _index(found)
    if stops:
        await note_done(session, network_id=network_id, change=NetworkChange.stop_deciding)
    event = events.NetworkChanged(subject=Ref("network", network_id), changed=changed)
    await publish(session, event, actor_id=actor.id)
    return found


async def act_on_network(
    session: AsyncSession, *, actor: Actor, network_id: UUID, action: str, if_version: int | None
) -> Network:
    """Activate, close while nobody else takes part, or reopen."""
    found = await queries.network(session, network_id, for_update=True)
    NETWORK.require_may(action, found, actor=actor)
    require_version(found, if_version)
    facts = await gather_network_facts(session, found)
    NETWORK.apply(action, found, actor=actor, facts=facts)
    if action == "close":
        await note_done(session, network_id=network_id, change=NetworkChange.close)
    await publish(session, TOLD[action](subject=Ref("network", network_id)), actor_id=actor.id)
    return found


async def gather_network_facts(session: AsyncSession, network: Network, *, begins: bool = False) -> NetworkFacts:
    """What the guards of a network's transitions ask. `begins`: it would begin to decide while it works."""
    untold, waits = await what_waits(session, network.id)
    begins = begins or (network.decides and network.state == NetworkState.forming)
    return NetworkFacts(
        has_rulebook_in_force=await queries.rulebook_in_force(session, network.id) is not None,
        active_members=await count_members(session, network.id),
        apart=await members_apart(session, network.id) if begins else None,
        lead_alone=await queries.lead_alone(session, network),
        untold=untold,
        waits=waits,
    )


async def count_members(session: AsyncSession, network_id: UUID) -> int:
    """How many active members a network has."""
    counted = await session.exec(
        select(func.count()).where(
            col(NetworkMember.network_id) == network_id, col(NetworkMember.state) == MemberState.active
        )
    )
    return counted.one()


async def require_organisation(session: AsyncSession, organisation_id: UUID, *, pointer: str) -> Organisation:
    """An organisation that is not archived, or Invalid."""
    found = await session.get(Organisation, organisation_id)
    if found is None or found.state == OrganisationState.archived:
        raise invalid(pointer, "organisation_unknown", "There is no such organisation.")
    return found


async def _found(session: AsyncSession, network: Network, organisation_id: UUID, actor: Actor) -> None:
    """The first member, by the yes of who runs it: who founds the network says it, or is answered."""
    if not await is_confirmed(session, organisation_id):
        raise OrganisationUnconfirmed()
    own = actor.may(P.memberships_manage, organisation_id)
    member = NetworkMember(
        network_id=network.id,
        organisation_id=organisation_id,
        state=MemberState.active if own else MemberState.invited,
        joined_at=clock.now() if own else None,
        invited_by=None if own else actor.id,
    )
    session.add(member)
    kind = events.MemberJoined if own else events.MemberInvited
    await publish(session, kind(**event_fields(member)), actor_id=actor.id)


def _index(network: Network) -> None:
    """Set what sorting and search go by."""
    names = network.names
    network.sort_key = sort_key(next(names[language] for language in ("fi", "sv", "en") if language in names))
    words = [*names.values(), *(network.theme or {}).values()]
    network.search_text = " ".join(words).lower()


async def _check_codes(session: AsyncSession, values: dict[str, Any]) -> None:
    for name in ("municipality_codes", "wellbeing_county_codes", "target_groups"):
        if name in values:
            values[name] = sorted(set(values[name]))
    if municipalities := values.get("municipality_codes"):
        await reference.require_municipalities(session, municipalities, pointer="/municipality_codes")
    if counties := values.get("wellbeing_county_codes"):
        await reference.require_counties(session, counties, pointer="/wellbeing_county_codes")
    if groups := values.get("target_groups"):
        await reference.require_codes(session, Scheme.target_group, groups, pointer="/target_groups")


def _check_end(kind: NetworkKind, values: dict[str, Any]) -> None:
    if values.get("ends_on") is not None and kind != NetworkKind.working_group:
        raise invalid("/ends_on", "not_a_working_group", "Only a working group ends on a day.")


async def _check_prefix(session: AsyncSession, prefix: str | None) -> None:
    if prefix is None:
        return
    taken = await session.exec(select(Network.id).where(col(Network.prefix) == prefix))
    if taken.first() is not None:
        raise errors.PrefixTaken()


async def _check_authorities(session: AsyncSession, ids: list[UUID]) -> None:
    if not ids:
        return
    found = await session.exec(
        select(Organisation.id).where(
            col(Organisation.id).in_(ids),
            col(Organisation.sector).in_(AUTHORITIES),
            col(Organisation.state) == OrganisationState.active,
        )
    )
    if set(ids) - set(found.all()):
        raise invalid("/authority_ids", "not_an_authority", "Only authorities are responsible for a network's theme.")


async def _set_authorities(session: AsyncSession, network_id: UUID, ids: list[UUID]) -> None:
    await session.exec(delete(NetworkAuthority).where(col(NetworkAuthority.network_id) == network_id))
    session.add_all(NetworkAuthority(network_id=network_id, organisation_id=one) for one in sorted(set(ids)))
    await session.flush()
