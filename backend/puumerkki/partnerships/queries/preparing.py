"""Who prepares a case: the officer that was named for it, as long as they are one and take part, else all officers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import DateTime
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import ANONYMOUS, granted
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import PartnerRequestState
from puumerkki.applications.schemas.named import PersonNamed
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.reads.listings import json_object
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


def preparer_shown() -> ColumnElement[Any]:
    """SQL over `partner_request`, for a list: who is named to prepare an open case and can, for the authority's own."""
    now = bindparam("caller_now", clock.now(), type_=DateTime(timezone=True))
    person = aliased(User)
    named = (
        core_select(json_object({"principal_id": col(person.id), "name": func.nullif(col(person.name), "")}))
        .where(col(person.id) == col(PartnerRequest.preparer_id))
        .correlate(PartnerRequest)
        .scalar_subquery()
    )
    # whether they can is asked only of cases that name somebody
    return case((and_(_open_to_own(), col(PartnerRequest.preparer_id).is_not(None)), case((has_preparer(now), named))))


def day_shown() -> ColumnElement[Any]:
    """SQL over `partner_request`, for a list: by when an open case is to be decided, for the authority's own."""
    return case((_open_to_own(), col(PartnerRequest.decide_by)))


def _open_to_own() -> ColumnElement[bool]:
    own = granted(P.partner_requests_read, on=col(PartnerRequest.authority_id), caller=ANONYMOUS)
    return and_(own, col(PartnerRequest.state) != PartnerRequestState.decided)


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
