"""Operators run the platform without seeing its cases. Where one must look, they break the glass, on record."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.exc import NoResultFound
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.access.service import grant_role, revoke_role
from puumerkki.identity.events import GlassBroken
from puumerkki.identity.models import BreakGlass
from puumerkki.identity.schemas.people import BreakGlassCreate
from puumerkki.identity.service.roles import TIERS
from puumerkki.kernel import clock, subjects
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref

SIGHT = timedelta(hours=1)


async def break_glass(session: AsyncSession, *, actor: Actor, given: BreakGlassCreate) -> BreakGlass:
    """The role inspector in one scope for an hour from now, instead of what is left of an earlier one.

    Its people are told at once, by the event's handler. NotFound where there is no such organisation or network.
    """
    actor.require(P.platform_operate)
    await _require_scope(session, given.scope_kind, given.scope_id)
    operator_id = actor.person_id()
    made = BreakGlass(
        operator_id=operator_id,
        scope_kind=given.scope_kind,
        scope_id=given.scope_id,
        reason=given.reason,
        expires_at=clock.now() + SIGHT,
    )
    session.add(made)
    await revoke_role(session, principal_id=operator_id, scope_id=given.scope_id, role=Role.inspector)
    await grant_role(
        session,
        principal_id=operator_id,
        role=Role.inspector,
        scope_kind=given.scope_kind,
        scope_id=given.scope_id,
        granted_by=operator_id,
        expires_at=made.expires_at,
    )
    event = GlassBroken(
        subject=Ref(given.scope_kind.value, given.scope_id),
        seen_by=TIERS[given.scope_kind],
        break_glass_id=made.id,
    )
    await publish(session, event, actor_id=operator_id)
    return made


async def _require_scope(session: AsyncSession, kind: ScopeKind, scope_id: UUID) -> None:
    known = subjects.subjects().get(kind.value)
    if known is not None and known.title is not None:
        try:
            await known.title(session, scope_id)
        except NoResultFound:
            raise NotFound() from None
