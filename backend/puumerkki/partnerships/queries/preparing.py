"""Who prepares a case: the officer that was named for it, as long as they are one and take part, else all officers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.applications.schemas.named import PersonNamed
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.partnerships.models.handovers import CaseOffice
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.acting import in_force, takes_part


def prepares(person: Any, now: Any) -> ColumnElement[bool]:
    """SQL over `partner_request`: a person is an officer of its authority now, and takes part in it."""
    return _holds(person, CaseOffice.officer, Role.officer, now)


def decides_too(person: Any, now: Any) -> ColumnElement[bool]:
    """SQL over `partner_request`: a person may decide it, and so hands it to nobody."""
    return _holds(person, CaseOffice.decider, Role.decider, now)


def _holds(person: Any, office: CaseOffice, role: Role, now: Any) -> ColumnElement[bool]:
    grant = aliased(RoleGrant)
    holds = exists().where(
        col(grant.principal_id) == person, in_force(grant, col(PartnerRequest.authority_id), now, role)
    )
    return and_(holds.correlate_except(grant), takes_part(person, office, now))


def has_preparer(now: Any) -> ColumnElement[bool]:
    """SQL over `partner_request`: somebody is named who can prepare it now."""
    return and_(col(PartnerRequest.preparer_id).is_not(None), prepares(col(PartnerRequest.preparer_id), now))


async def who_prepares(session: AsyncSession, request: PartnerRequest) -> Sequence[PersonNamed]:
    """The authority's officers who can prepare the case now, by name."""
    person = aliased(User)
    statement = (
        select(col(person.id), col(person.name))
        .select_from(person)
        .join(PartnerRequest, col(PartnerRequest.id) == request.id)
        .where(prepares(col(person.id), clock.now()))
        .order_by(col(person.name), col(person.id))
    )
    found: Sequence[tuple[UUID, str]] = (await session.exec(statement)).all()
    return [PersonNamed(principal_id=id_, name=name or None) for id_, name in found]
