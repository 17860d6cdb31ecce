"""Who acts in an authority's case: whoever holds the office and takes part, else whom the owner handed it to."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, true
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import DateTime, Uuid
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import SCOPES, Role, ScopeKind
from puumerkki.funding.models import CaseHandover, CaseOffice, PartnerRequest, PartnerRequestState
from puumerkki.funding.queries.applicants import is_tied_in_case_sql
from puumerkki.funding.queries.hats import led_sql
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Forbidden
from puumerkki.kernel.statements import Statement, param
from puumerkki.kernel.workflow import MayAct

S = PartnerRequestState
OPEN = (S.arrived, S.referred, S.in_preparation, S.supplement_asked)
_HOLDS = {CaseOffice.officer: Role.officer, CaseOffice.decider: Role.decider}
_MAY = {CaseOffice.officer: P.partner_requests_prepare, CaseOffice.decider: P.partner_requests_decide}
_PEOPLE = tuple(sorted(SCOPES[ScopeKind.organisation] - {Role.inspector}))


def in_force(grant: Any, authority_id: Any, now: Any, *roles: Role) -> ColumnElement[bool]:
    """SQL over a role: it is one of these (or any) in the authority, and not over."""
    return and_(
        col(grant.scope_id) == authority_id,
        col(grant.role).in_(roles or _PEOPLE),
        or_(col(grant.expires_at).is_(None), col(grant.expires_at) > now),
    )


def takes_part(person: Any, office: CaseOffice) -> ColumnElement[bool]:
    """SQL over `partner_request`: a person who can sign in, is not tied, no operator, and decides with one hat."""
    account, operates = aliased(User), aliased(RoleGrant)
    there = exists().where(col(account.id) == person, col(account.state) == UserState.active)
    operator = exists().where(col(operates.principal_id) == person, col(operates.role) == Role.operator)
    application_id = col(PartnerRequest.application_id)
    return and_(
        there.correlate_except(account),
        ~operator.correlate_except(operates),
        ~is_tied_in_case_sql(person, application_id, col(PartnerRequest.authority_id)),
        ~led_sql(person, application_id) if office is CaseOffice.decider else true(),
    )


def held_sql(office: CaseOffice, now: Any, *, able: bool) -> ColumnElement[bool]:
    """SQL over `partner_request`: somebody holds the office, and (`able`) takes part."""
    grant = aliased(RoleGrant)
    held = in_force(grant, col(PartnerRequest.authority_id), now, _HOLDS[office])
    part = takes_part(col(grant.principal_id), office) if able else true()
    return exists().where(held, part).correlate_except(grant)


def handed_sql(office: CaseOffice, now: Any, *, person: Any = None) -> ColumnElement[bool]:
    """SQL over `partner_request`: somebody (this person) to whom it was handed is of the authority and takes part."""
    handed, grant = aliased(CaseHandover), aliased(RoleGrant)
    belongs = exists().where(
        col(grant.principal_id) == col(handed.principal_id), in_force(grant, col(PartnerRequest.authority_id), now)
    )
    return (
        exists()
        .where(
            col(handed.partner_request_id) == col(PartnerRequest.id),
            col(handed.office) == office,
            true() if person is None else col(handed.principal_id) == person,
            belongs.correlate_except(grant),
            takes_part(col(handed.principal_id), office),
        )
        .correlate_except(handed)
    )


def due_sql(office: CaseOffice) -> ColumnElement[bool]:
    """SQL over `partner_request`: there is something to do for the office."""
    is_open = col(PartnerRequest.state).in_(OPEN)
    looked_at = and_(col(PartnerRequest.state) == S.decided, col(PartnerRequest.to_look_at).is_not(None))
    return is_open if office is CaseOffice.officer else or_(is_open, looked_at)


def to_hand_over(office: CaseOffice, now: Any) -> ColumnElement[bool]:
    """SQL over `partner_request`: everybody who holds the office takes no part, so the owner can hand the case over."""
    return and_(due_sql(office), held_sql(office, now, able=False), ~held_sql(office, now, able=True))


def waits_for_person(office: CaseOffice, now: Any) -> ColumnElement[bool]:
    """SQL over `partner_request`: and nobody to whom it was handed takes part either."""
    return and_(to_hand_over(office, now), ~handed_sql(office, now))


_NOW, _ID = param("now", DateTime(timezone=True)), param("request", Uuid())


def _of_request(condition: Any) -> Statement:
    return Statement(lambda: core_select(col(PartnerRequest.id)).where(col(PartnerRequest.id) == _ID, condition()))


_TO_HAND_OVER = {office: _of_request(lambda office=office: to_hand_over(office, _NOW)) for office in CaseOffice}
_WAITS = {office: _of_request(lambda office=office: waits_for_person(office, _NOW)) for office in CaseOffice}
_STANDS_IN = {
    office: _of_request(
        lambda office=office: and_(to_hand_over(office, _NOW), handed_sql(office, _NOW, person=param("person", Uuid())))
    )
    for office in CaseOffice
}


async def can_be_handed_over(session: AsyncSession, request: PartnerRequest, office: CaseOffice) -> bool:
    """Whether everybody who holds the office takes no part in the case."""
    return await _TO_HAND_OVER[office].first(session, request=request.id, now=clock.now()) is not None


async def has_nobody(session: AsyncSession, request: PartnerRequest, office: CaseOffice) -> bool:
    """Whether nobody may act for the office, not even whom the case was handed to."""
    return await _WAITS[office].first(session, request=request.id, now=clock.now()) is not None


@dataclass(frozen=True)
class InPlace:
    """An actor to whom one case was handed over: does there what the offices do."""

    actor: Actor
    authority_id: UUID
    offices: frozenset[CaseOffice]

    def may(self, permission: Any, on: UUID | None = None) -> bool:
        """As `Actor.may`, and to read, to prepare or to decide."""
        given = {P.partner_requests_read, *(_MAY[one] for one in self.offices)}
        return (permission in given and on == self.authority_id) or self.actor.may(permission, on)

    def refusal(self, permission: Any) -> Forbidden:
        return self.actor.refusal(permission)


async def acting(session: AsyncSession, actor: Actor, request: PartnerRequest) -> MayAct:
    """The actor, as one who does what an office does where the case was handed to them."""
    belongs = any(
        one.scope_id == request.authority_id and not (one.archived or one.unconfirmed) for one in actor.grants
    )
    if actor.id is None or actor.scopes is not None or not belongs:
        return actor
    found = [
        office
        for office in CaseOffice
        if not actor.may(_MAY[office], request.authority_id)
        and await _STANDS_IN[office].first(session, request=request.id, person=actor.id, now=clock.now()) is not None
    ]
    return InPlace(actor, request.authority_id, frozenset(found)) if found else actor
