"""Giving and taking roles. Rooms that own a scope call these; nobody else writes grants."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access import ties
from puumerkki.access.models import ChosenBy, Principal, PrincipalKind, RoleGrant
from puumerkki.access.roles import SCOPES, Role, ScopeKind
from puumerkki.kernel import clock
from puumerkki.kernel.ids import new_id


async def create_principal(session: AsyncSession, kind: PrincipalKind) -> Principal:
    """A new principal without grants."""
    principal = Principal(kind=kind)
    session.add(principal)
    await session.flush()
    return principal


async def grant_role(
    session: AsyncSession,
    *,
    principal_id: UUID,
    role: Role,
    scope_kind: ScopeKind,
    scope_id: UUID | None,
    for_organisation_id: UUID | None = None,
    granted_by: UUID | None = None,
    expires_at: datetime | None = None,
    acts_from: datetime | None = None,
) -> bool:
    """Give a role. False if it was held already. The role must exist in that kind of scope.

    `acts_from`: a moment, or the moment of giving if that is earlier; what was open before is not its holder's.
    """
    if role not in SCOPES[scope_kind]:
        raise ValueError(f"{role} is no role in a {scope_kind}")
    statement = insert(RoleGrant).values(
        id=new_id(),
        created_at=clock.now(),
        principal_id=principal_id,
        role=role,
        scope_kind=scope_kind,
        scope_id=scope_id,
        for_organisation_id=for_organisation_id,
        granted_by=granted_by,
        expires_at=expires_at,
        acts_from=None if acts_from is None else min(acts_from, clock.now()),
    )
    given = (await session.exec(statement.on_conflict_do_nothing().returning(RoleGrant))).scalars().first()
    if given is not None:
        await ties.begin_by_grant(session, given)
    return given is not None


async def mark_chosen(
    session: AsyncSession, *, principal_id: UUID, role: Role, scope_id: UUID, chosen_by: ChosenBy
) -> None:
    """Note that the members chose who holds an office. Chosen before, it stays as it was."""
    await session.exec(
        update(RoleGrant)
        .where(
            col(RoleGrant.principal_id) == principal_id,
            col(RoleGrant.scope_id) == scope_id,
            col(RoleGrant.role) == role,
            col(RoleGrant.chosen_by).is_(None),
        )
        .values(chosen_by=chosen_by, chosen_at=clock.now())
    )


async def revoke_role(
    session: AsyncSession,
    *,
    principal_id: UUID,
    scope_id: UUID | None,
    role: Role | None = None,
    for_organisation_id: UUID | None = None,
) -> int:
    """Take one role (or, with None, all) in a scope from a principal; how many were taken."""
    statement = delete(RoleGrant).where(
        col(RoleGrant.principal_id) == principal_id, col(RoleGrant.scope_id) == scope_id
    )
    if role is not None:
        statement = statement.where(col(RoleGrant.role) == role)
    if for_organisation_id is not None:
        statement = statement.where(col(RoleGrant.for_organisation_id) == for_organisation_id)
    taken = (await session.exec(statement.returning(col(RoleGrant.id)))).scalars().all()
    await ties.end_by_grants(session, taken)
    return len(taken)


async def revoke_all_roles(session: AsyncSession, *, principal_id: UUID) -> list[RoleGrant]:
    """Take every role from a principal, whose tokens are of no use from then on; the roles that it had."""
    taken = await session.exec(
        delete(RoleGrant).where(col(RoleGrant.principal_id) == principal_id).returning(RoleGrant)
    )
    grants = list(taken.scalars().all())
    await ties.end_by_grants(session, [grant.id for grant in grants])
    return grants


async def delete_expired_roles(session: AsyncSession) -> None:
    """Delete the roles that have expired, and end the ties that came with them."""
    over = delete(RoleGrant).where(col(RoleGrant.expires_at) <= clock.now()).returning(col(RoleGrant.id))
    await ties.end_by_grants(session, (await session.exec(over)).scalars().all())


async def roles_of(session: AsyncSession, principal_id: UUID) -> list[RoleGrant]:
    """The roles in force of a principal, the oldest first."""
    found = await session.exec(
        select(RoleGrant)
        .where(
            col(RoleGrant.principal_id) == principal_id,
            or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
        )
        .order_by(col(RoleGrant.created_at), col(RoleGrant.id))
    )
    return list(found.all())


async def holders(session: AsyncSession, *, scope_id: UUID, role: Role) -> list[UUID]:
    """The principals that hold a role in a scope."""
    found = await session.exec(
        select(RoleGrant.principal_id)
        .where(col(RoleGrant.scope_id) == scope_id, col(RoleGrant.role) == role)
        .order_by(col(RoleGrant.created_at))
    )
    return list(found.all())
