"""Keeps offices that members gave: only members revoke them, or the holder resigns."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.service.roles import revoke_role


async def chosen(session: AsyncSession, *, network_id: UUID, role: Role) -> list[UUID]:
    """The ids of people whom the members chose for an office."""
    statement = select(RoleGrant.principal_id).where(
        col(RoleGrant.scope_id) == network_id, col(RoleGrant.role) == role, col(RoleGrant.chosen_at).is_not(None)
    )
    return list((await session.exec(statement.order_by(col(RoleGrant.principal_id)))).all())


async def revoke_chosen_officers(session: AsyncSession, *, network_id: UUID, role: Role, keep: UUID) -> None:
    """Revoke the office of whomever the members had chosen before, save `keep`."""
    for one in await chosen(session, network_id=network_id, role=role):
        if one != keep:
            await revoke_role(
                session,
                principal_id=one,
                role=role,
                scope_kind=ScopeKind.network,
                scope_id=network_id,
                actor_id=None,
            )
