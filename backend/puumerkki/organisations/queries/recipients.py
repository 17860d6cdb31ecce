"""Who in an organisation is written to."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import ROLES, P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.organisations.mailboxes import Mailbox


class People:
    """The people of some organisations, by what they may do there."""

    def __init__(self, held: Collection[tuple[UUID, Role, Mailbox]]) -> None:
        self._held = held

    def who_may(self, permission: P, organisation_id: UUID) -> set[Mailbox]:
        """Whoever has a permission in an organisation."""
        return {who for scope, role, who in self._held if scope == organisation_id and permission in ROLES[role]}


async def people(session: AsyncSession, organisation_ids: Collection[UUID]) -> People:
    """All active people with roles in these organisations now."""
    found = await session.exec(
        select(RoleGrant.scope_id, RoleGrant.role, User)
        .join(User, col(User.id) == col(RoleGrant.principal_id))
        .where(
            col(RoleGrant.scope_kind) == ScopeKind.organisation,
            col(RoleGrant.scope_id).in_(organisation_ids),
            or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
            col(User.state) == UserState.active,
        )
    )
    return People(
        [
            (scope, Role(role), Mailbox(user.email, user.name, user.language))
            for scope, role, user in found.all()
            if scope is not None
        ]
    )
