"""Who was in a meeting that decided on a version, and in office before it arrived."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import literal, or_
from sqlalchemy import select as core_select
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P, roles_with
from puumerkki.access.roles import Role
from puumerkki.applications.queries.applicants import begun
from puumerkki.handlings.models.handlings import Handling
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries.sides import belongs_to, organisations_of, with_shared

OFFICES = (P.handlings_record, P.handlings_confirm, P.handlings_lead)
"""Who records or confirms a meeting's decision has one of them."""


def _person(principal_id: UUID) -> Any:
    return literal(principal_id, Uuid[UUID]())


async def in_office(session: AsyncSession, handling: Handling, principal_id: UUID, permissions: Collection[P]) -> bool:
    """Whether somebody held an office with one of the permissions before the version arrived, and holds it still.

    Whom two representatives chose to lead spoke for a member before it arrived.
    """
    roles = {role for one in permissions for role in roles_with(one)}
    if handling.lead_id == principal_id:
        roles |= {Role.representative, Role.deputy}
    statement = select(RoleGrant.id).where(
        col(RoleGrant.principal_id) == principal_id,
        col(RoleGrant.scope_id) == handling.network_id,
        col(RoleGrant.role).in_(roles),
        col(RoleGrant.created_at) <= handling.received_at,
        or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
    )
    return (await session.exec(statement.limit(1))).first() is not None


async def was_present(
    session: AsyncSession, handling: Handling, principal_id: UUID, member_ids: Collection[UUID]
) -> bool:
    """Whether somebody is of an organisation that was there."""
    theirs = organisations_of(core_select(_person(principal_id)), begun(handling.application_id))
    statement = select(NetworkMember.id).where(
        col(NetworkMember.id).in_(member_ids), col(NetworkMember.organisation_id).in_(theirs)
    )
    return (await session.exec(statement.limit(1))).first() is not None


async def of_one_side(session: AsyncSession, handling: Handling, first_id: UUID, second_id: UUID) -> bool:
    """Whether two people are of one organisation, or of two that share an owner or a signatory."""
    since = begun(handling.application_id)
    theirs = with_shared(organisations_of(core_select(_person(first_id)), since), clock.now())
    return bool((await session.exec(select(belongs_to(_person(second_id), theirs, since)))).one())
