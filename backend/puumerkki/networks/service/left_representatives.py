"""Ends the representation of an organisation by those who leave it or are removed from it."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.service.roles import revoke_role
from puumerkki.organisations.events.organisations import RolesChanged


async def after_roles_changed(session: AsyncSession, event: RolesChanged) -> None:
    """Whoever has no role left in an organisation represents it in no network."""
    if event.roles:
        return
    spoke = select(RoleGrant).where(
        col(RoleGrant.principal_id) == event.principal_id, col(RoleGrant.for_organisation_id) == event.subject.id
    )
    for grant in (await session.exec(spoke.order_by(col(RoleGrant.id)))).all():
        await revoke_role(
            session,
            principal_id=grant.principal_id,
            role=Role(grant.role),
            scope_kind=ScopeKind.network,
            scope_id=grant.scope_id,
            for_organisation_id=event.subject.id,
            actor_id=None,
        )
