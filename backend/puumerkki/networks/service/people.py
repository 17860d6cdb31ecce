"""Names and removes representatives, deputies and officers. Roles are granted and revoked through `identity`."""

from uuid import UUID

from sqlmodel import col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.errors import TiedInOpenCase
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.access.service import holders
from puumerkki.identity.models import MailedLink, MailedPurpose, User, UserState
from puumerkki.identity.service.invitations import invite
from puumerkki.identity.service.offers import withdraw_offers
from puumerkki.identity.service.roles import grant_role, revoke_role
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import Unauthenticated, invalid
from puumerkki.kernel.preconditions import require_version
from puumerkki.networks import queries
from puumerkki.networks.errors import networks as errors
from puumerkki.networks.errors.proposals import NamedSinceOpen
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember, NetworkState
from puumerkki.networks.open_cases import decides_since_before, tied_in_open_case
from puumerkki.networks.queries.decisions import decided_since_before
from puumerkki.networks.schemas.members import RepresentativeName, RepresentativePublic, RepresentativeRole
from puumerkki.networks.schemas.networks import OfficerRole
from puumerkki.networks.service.officers import chosen


async def name_representative(
    session: AsyncSession,
    *,
    actor: Actor,
    network_id: UUID,
    member_id: UUID,
    role: RepresentativeRole,
    if_version: int | None,
    given: RepresentativeName,
) -> tuple[NetworkMember, RepresentativePublic]:
    """Name the representative or deputy of a member, in place of who it was."""
    member = await _member_to_change(session, actor, network_id, member_id, role, if_version)
    organisation_id = member.organisation_id
    if given.principal_id is not None:
        await _require_of_organisation(session, given.principal_id, organisation_id)
    await revoke_representatives(
        session, network_id=network_id, organisation_id=organisation_id, actor_id=actor.id, role=role.role,
        keep=given.principal_id,
    )  # fmt: skip
    touch(member)
    if given.principal_id is not None:
        await grant_role(
            session,
            principal_id=given.principal_id,
            role=role.role,
            scope_kind=ScopeKind.network,
            scope_id=network_id,
            for_organisation_id=organisation_id,
            actor_id=actor.id,
            acts_from=actor.acts_from(P.memberships_manage, organisation_id),
        )
        return member, RepresentativePublic(principal_id=given.principal_id, role=role, invited=False)
    assert given.email is not None and given.name is not None
    given_to = await invite(
        session,
        email=given.email,
        name=given.name,
        language=given.language.value,
        scope_kind=ScopeKind.network,
        scope_id=network_id,
        role=role.role,
        for_organisation_id=organisation_id,
        actor_id=actor.id,
        acts_from=actor.acts_from(P.memberships_manage, organisation_id),
    )
    return member, RepresentativePublic(principal_id=given_to, role=role, invited=given_to is None)


async def remove_representative(
    session: AsyncSession,
    *,
    actor: Actor,
    network_id: UUID,
    member_id: UUID,
    role: RepresentativeRole,
    if_version: int | None,
) -> None:
    """Remove the member's representative or deputy."""
    member = await _member_to_change(session, actor, network_id, member_id, role, if_version)
    await revoke_representatives(
        session, network_id=network_id, organisation_id=member.organisation_id, actor_id=actor.id, role=role.role
    )
    touch(member)


async def revoke_representatives(
    session: AsyncSession,
    *,
    network_id: UUID,
    organisation_id: UUID,
    actor_id: UUID | None,
    role: Role | None = None,
    keep: UUID | None = None,
) -> None:
    """Revoke the roles of a member's representatives and deputies, and open invitations to them.

    `role`: those of one role only; `keep`: whoever holds it goes on.
    """
    roles = [role] if role is not None else [Role.representative, Role.deputy]
    found = await session.exec(
        select(RoleGrant).where(
            col(RoleGrant.scope_id) == network_id,
            col(RoleGrant.for_organisation_id) == organisation_id,
            col(RoleGrant.role).in_(roles),
        )
    )
    for grant in found.all():
        if grant.principal_id != keep:
            await revoke_role(
                session,
                principal_id=grant.principal_id,
                role=Role(grant.role),
                scope_kind=ScopeKind.network,
                scope_id=network_id,
                for_organisation_id=organisation_id,
                actor_id=actor_id,
            )
    await withdraw_offers(
        session, scope_id=network_id, for_organisation_id=organisation_id, roles=roles, actor_id=actor_id
    )
    for one in roles:
        gift = {"role": one.value, "scope_id": str(network_id), "for_organisation_id": str(organisation_id)}
        await session.exec(
            update(MailedLink)
            .where(
                col(MailedLink.purpose) == MailedPurpose.invitation,
                col(MailedLink.used_at).is_(None),
                col(MailedLink.payload).contains(gift),
            )
            .values(used_at=clock.now())
        )


async def name_officer(
    session: AsyncSession,
    *,
    actor: Actor,
    network_id: UUID,
    role: OfficerRole,
    principal_id: UUID,
    if_version: int | None,
) -> Network:
    """Give somebody an office. Where there are neither members nor a coordinator, an operator names the first."""
    network = await queries.network(session, network_id, for_update=True)
    leads = actor.may(P.networks_lead, network_id)
    if not leads:
        await _require_first(session, actor, network_id, role)
    require_version(network, if_version)
    if network.state == NetworkState.closed:
        raise errors.NetworkClosed()
    user = await session.get(User, principal_id)
    if user is None or user.state == UserState.disabled:
        raise errors.PersonUnknown()
    given = await grant_role(
        session,
        principal_id=principal_id,
        role=role.role,
        scope_kind=ScopeKind.network,
        scope_id=network_id,
        actor_id=actor.id,
        acts_from=actor.acts_from(P.networks_lead, network_id) if leads else clock.now(),
    )
    if given:
        touch(network)
        await session.flush()
    return network


async def remove_officer(
    session: AsyncSession,
    *,
    actor: Actor,
    network_id: UUID,
    role: OfficerRole,
    principal_id: UUID,
    if_version: int | None,
) -> None:
    """Remove an officer, or resign. An active network keeps a coordinator; what members gave, they take."""
    network = await queries.network(session, network_id, for_update=True)
    if actor.anonymous or principal_id != actor.id:
        actor.require(P.networks_lead, on=network_id)
    require_version(network, if_version)
    held_by = await holders(session, scope_id=network_id, role=role.role)
    if principal_id not in held_by:
        raise errors.PersonUnknown()
    if principal_id != actor.id and principal_id in await chosen(session, network_id=network_id, role=role.role):
        raise errors.OfficeChosen()
    if role == OfficerRole.coordinator and network.state == NetworkState.active and len(held_by) == 1:
        raise errors.LastCoordinator()
    await revoke_role(
        session,
        principal_id=principal_id,
        role=role.role,
        scope_kind=ScopeKind.network,
        scope_id=network_id,
        actor_id=actor.id,
    )
    touch(network)


async def require_not_named_since(session: AsyncSession, actor: Actor, network_id: UUID, organisation_id: UUID) -> None:
    """Whom an operator named changes nothing of who decides on what was open before."""
    since = actor.acts_from(P.memberships_manage, organisation_id)
    if since is None:
        return
    if await decides_since_before(
        session, network_id=network_id, organisation_id=organisation_id, moment=since
    ) or await decided_since_before(session, network_id, since):
        raise NamedSinceOpen()


async def _member_to_change(
    session: AsyncSession,
    actor: Actor,
    network_id: UUID,
    member_id: UUID,
    role: RepresentativeRole,
    if_version: int | None,
) -> NetworkMember:
    member = await queries.member(session, actor=actor, network_id=network_id, member_id=member_id, for_update=True)
    actor.require(P.memberships_manage, on=member.organisation_id)
    require_version(member, if_version)
    if member.state != MemberState.active:
        raise errors.MemberNotActive()
    await require_untied_here(session, actor, member)
    if await _spoken_for(session, network_id, member.organisation_id, role.role):
        await require_not_named_since(session, actor, network_id, member.organisation_id)
    return member


async def require_untied_here(session: AsyncSession, actor: Actor, member: NetworkMember) -> None:
    """Raise TiedInOpenCase where the actor is tied in a case of this network on which the member decides."""
    if await tied_in_open_case(
        session,
        network_id=member.network_id,
        organisation_id=member.organisation_id,
        principal_id=actor.person_id(),
    ):
        raise TiedInOpenCase()


async def _spoken_for(session: AsyncSession, network_id: UUID, organisation_id: UUID, role: Role) -> bool:
    """Whether somebody is the member's representative, or its deputy: a seat that nobody has is filled freely."""
    held = select(RoleGrant.id).where(
        col(RoleGrant.scope_id) == network_id,
        col(RoleGrant.for_organisation_id) == organisation_id,
        col(RoleGrant.role) == role,
    )
    return (await session.exec(held.limit(1))).first() is not None


async def _require_of_organisation(session: AsyncSession, principal_id: UUID, organisation_id: UUID) -> None:
    """Invalid unless somebody is a person with a role in the organisation."""
    found = await session.exec(
        select(RoleGrant.id)
        .join(User, col(User.id) == col(RoleGrant.principal_id))
        .where(
            col(RoleGrant.principal_id) == principal_id,
            col(RoleGrant.scope_id) == organisation_id,
            col(RoleGrant.role) != Role.inspector,
            col(User.state) != UserState.disabled,
            or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
        )
    )
    if found.first() is None:
        raise invalid("/principal_id", "not_in_organisation", "This person has no role in the organisation.")


async def _require_first(session: AsyncSession, actor: Actor, network_id: UUID, role: OfficerRole) -> None:
    """An operator names the first coordinator; with members it is by `namings`, which they are told of."""
    if actor.anonymous:
        raise Unauthenticated()
    first = role == OfficerRole.coordinator and actor.may(P.networks_create)
    if not first or await holders(session, scope_id=network_id, role=Role.coordinator):
        actor.require(P.networks_lead, on=network_id)
    members = select(NetworkMember.id).where(
        col(NetworkMember.network_id) == network_id,
        col(NetworkMember.state).in_([MemberState.active, MemberState.leaving]),
    )
    if (await session.exec(members.limit(1))).first() is not None:
        raise errors.MembersAreTold()
