"""Operators run the platform without seeing its cases. Where one must look, they break the glass, on record."""

from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.access.service import grant_role, revoke_role
from puumerkki.identity.events import GlassBroken
from puumerkki.identity.models import BreakGlass
from puumerkki.identity.schemas import BreakGlassCreate
from puumerkki.kernel import clock
from puumerkki.kernel.events import publish
from puumerkki.kernel.refs import Ref

SIGHT = timedelta(hours=1)


async def break_glass(session: AsyncSession, *, actor: Actor, given: BreakGlassCreate) -> BreakGlass:
    """The role inspector in one scope for an hour from now, instead of what is left of an earlier one."""
    actor.require(P.platform_operate)
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
        subject=Ref("break_glass", made.id),
        related=(given.scope_id,),
        scope_kind=given.scope_kind,
        scope_id=given.scope_id,
    )
    await publish(session, event, actor_id=operator_id)
    return made
