"""Contact persons who leave: the check of the contacts is due at once."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import ScopeKind
from puumerkki.agreements.models import DutyKind
from puumerkki.agreements.queries import contacts
from puumerkki.agreements.service.duties import reopen
from puumerkki.identity.events import RoleRevoked
from puumerkki.kernel import clock
from puumerkki.organisations.events.organisations import RolesChanged


async def after_role_revoked(session: AsyncSession, event: RoleRevoked) -> None:
    """An account was closed, or a role taken with it."""
    if event.scope_kind == ScopeKind.organisation:
        await _check_after_leaving(session, event.subject.id, event.principal_id)


async def after_roles_changed(session: AsyncSession, event: RolesChanged) -> None:
    """An organisation gave or took roles."""
    await _check_after_leaving(session, event.subject.id, event.principal_id)


async def _check_after_leaving(session: AsyncSession, organisation_id: UUID, principal_id: UUID) -> None:
    """Whoever has no role there any more cannot be asked: the agreements that name them need another contact."""
    if await contacts.has_role(session, principal_id, organisation_id):
        return
    for agreement_id in await contacts.naming(session, organisation_id, principal_id):
        year = clock.today().year
        await reopen(session, agreement_id, DutyKind.contact_check, organisation_id, year, actor_id=None)
