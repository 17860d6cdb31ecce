"""Grants and revokes roles, each with its event. The rooms above use these for people."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access import service as grants
from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.events import RoleGranted, RoleRevoked
from puumerkki.kernel.eventlog.events import Tier, publish
from puumerkki.kernel.subjects import Ref

TIERS = {ScopeKind.organisation: Tier.parties, ScopeKind.network: Tier.network, ScopeKind.platform: Tier.own}


async def grant_role(
    session: AsyncSession,
    *,
    principal_id: UUID,
    role: Role,
    scope_kind: ScopeKind,
    scope_id: UUID | None,
    for_organisation_id: UUID | None = None,
    actor_id: UUID | None,
    acts_from: datetime | None = None,
    by_consent: bool = False,
) -> bool:
    """Grant a role and publish it; False if it was held already. `acts_from`: see `grant_role`.

    `by_consent`: the person accepts it right now.
    """
    given = await grants.grant_role(
        session,
        principal_id=principal_id,
        role=role,
        scope_kind=scope_kind,
        scope_id=scope_id,
        for_organisation_id=for_organisation_id,
        granted_by=actor_id,
        acts_from=acts_from,
    )
    if given:
        event = RoleGranted(
            subject=_subject(scope_kind, scope_id, principal_id),
            seen_by=TIERS[scope_kind],
            related=(principal_id,),
            principal_id=principal_id,
            role=role,
            scope_kind=scope_kind,
            for_organisation_id=for_organisation_id,
            by_consent=by_consent,
        )
        await publish(session, event, actor_id=actor_id)
    return given


async def revoke_role(
    session: AsyncSession,
    *,
    principal_id: UUID,
    role: Role,
    scope_kind: ScopeKind,
    scope_id: UUID | None,
    for_organisation_id: UUID | None = None,
    actor_id: UUID | None,
) -> bool:
    """Revoke a role and publish it; False if it was not held."""
    taken = await grants.revoke_role(
        session, principal_id=principal_id, scope_id=scope_id, role=role, for_organisation_id=for_organisation_id
    )
    if taken:
        event = _revoked(principal_id, role, scope_kind, scope_id, for_organisation_id)
        await publish(session, event, actor_id=actor_id)
    return taken > 0


async def revoke_all_roles(session: AsyncSession, *, principal_id: UUID, actor_id: UUID | None) -> list[RoleGrant]:
    """Revoke every role of a principal and publish each."""
    taken = await grants.revoke_all_roles(session, principal_id=principal_id)
    for grant in taken:
        event = _revoked(
            principal_id,
            Role(grant.role),
            ScopeKind(grant.scope_kind),
            grant.scope_id,
            grant.for_organisation_id,
        )
        await publish(session, event, actor_id=actor_id)
    return taken


def _revoked(
    principal_id: UUID, role: Role, scope_kind: ScopeKind, scope_id: UUID | None, for_organisation_id: UUID | None
) -> RoleRevoked:
    return RoleRevoked(
        subject=_subject(scope_kind, scope_id, principal_id),
        seen_by=TIERS[scope_kind],
        related=(principal_id,),
        principal_id=principal_id,
        role=role,
        scope_kind=scope_kind,
        for_organisation_id=for_organisation_id,
    )


def _subject(scope_kind: ScopeKind, scope_id: UUID | None, principal_id: UUID) -> Ref:
    return Ref("user", principal_id) if scope_id is None else Ref(scope_kind.value, scope_id)
