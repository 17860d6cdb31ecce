"""Who was in a meeting that decided on a version, and in office before it arrived."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, literal, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P, roles_with
from puumerkki.access.roles import REPRESENTATIVES
from puumerkki.applications.queries.applicants import begun
from puumerkki.handlings.models.handlings import Handling
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries.sides import belongs_to, organisations_of, with_shared

OFFICES = (P.handlings_record, P.handlings_confirm, P.handlings_lead)
"""Who records or confirms a meeting's decision has one of them."""


def in_office_sql(
    person: Any, permissions: Collection[P], *, network_id: Any, received_at: Any, now: Any, lead_id: Any = None
) -> ColumnElement[bool]:
    """SQL: somebody held an office with one of the permissions before a version arrived, and holds it still.

    Whom two representatives chose to lead (`lead_id`) spoke for a member before it arrived.
    """
    grant = aliased(RoleGrant)
    role: ColumnElement[bool] = col(grant.role).in_(sorted({role for one in permissions for role in roles_with(one)}))
    if lead_id is not None:
        role = or_(role, and_(lead_id == person, col(grant.role).in_(REPRESENTATIVES)))
    held = exists().where(
        col(grant.principal_id) == person,
        col(grant.scope_id) == network_id,
        role,
        col(grant.created_at) <= received_at,
        or_(col(grant.expires_at).is_(None), col(grant.expires_at) > now),
    )
    return held.correlate_except(grant)


def of_one_side_sql(first: Any, second: Any, application_id: Any, now: Any) -> ColumnElement[bool]:
    """SQL: two people are of one organisation, or of two that share an owner or a signatory. `first`: a select."""
    since = begun(application_id)
    return belongs_to(second, with_shared(organisations_of(first, since), now), since)


def _person(principal_id: UUID) -> Any:
    return literal(principal_id, Uuid[UUID]())


async def in_office(session: AsyncSession, handling: Handling, principal_id: UUID, permissions: Collection[P]) -> bool:
    """The same of one handling."""
    held = in_office_sql(
        _person(principal_id),
        permissions,
        network_id=handling.network_id,
        received_at=handling.received_at,
        now=clock.now(),
        lead_id=None if handling.lead_id is None else _person(handling.lead_id),
    )
    return bool((await session.exec(select(held))).one())


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
    """The same of one handling."""
    first, second = core_select(_person(first_id)), _person(second_id)
    same = of_one_side_sql(first, second, handling.application_id, clock.now())
    return bool((await session.exec(select(same))).one())
