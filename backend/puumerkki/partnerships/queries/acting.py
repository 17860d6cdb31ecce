"""Who acts in an authority's case: whoever holds the office and takes part, else whom the owner handed it to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, cast, exists, literal, or_, true
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import DateTime, Text, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import SCOPES, Role, ScopeKind
from puumerkki.applications.models.recipients import PartnerRequestState
from puumerkki.disqualification.queries.settled_ties import alleged, in_authority
from puumerkki.disqualification.queries.tied import is_tied_in_case_sql
from puumerkki.handlings.queries.two_hats import led_sql
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Forbidden
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.kernel.workflow import MayAct
from puumerkki.partnerships.models.handovers import CaseHandover, CaseOffice
from puumerkki.partnerships.models.partner_requests import PartnerRequest

S = PartnerRequestState
OPEN = (S.arrived, S.referred, S.in_preparation, S.supplement_asked)
_MAY = {CaseOffice.officer: P.partner_requests_prepare, CaseOffice.decider: P.partner_requests_decide}
_PEOPLE = tuple(sorted(SCOPES[ScopeKind.organisation] - {Role.inspector}))


def in_force(grant: Any, authority_id: Any, now: Any, *roles: Role) -> ColumnElement[bool]:
    """SQL over a role: it is one of these (or any) in the authority, and not over."""
    return and_(
        col(grant.scope_id) == authority_id,
        col(grant.role).in_(roles or _PEOPLE),
        or_(col(grant.expires_at).is_(None), col(grant.expires_at) > now),
    )


def _named(office: Any) -> Any:
    """SQL of an office, or of a column that holds one; its role is called the same."""
    return literal(office.value, Text()) if isinstance(office, CaseOffice) else cast(office, Text)


def takes_part(person: Any, office: Any, now: Any) -> ColumnElement[bool]:
    """SQL over `partner_request`: a person who can sign in, is not tied, no operator, and decides with one hat.

    Of whom it is asked whether they are tied decides nothing meanwhile.
    """
    account, operates = aliased(User), aliased(RoleGrant)
    there = exists().where(col(account.id) == person, col(account.state) == UserState.active)
    operator = exists().where(col(operates.principal_id) == person, col(operates.role) == Role.operator)
    application_id = col(PartnerRequest.application_id)
    said = alleged(person, application_id, in_authority(col(PartnerRequest.authority_id)), now)
    return and_(
        there.correlate_except(account),
        ~operator.correlate_except(operates),
        ~is_tied_in_case_sql(person, application_id, col(PartnerRequest.authority_id)),
        or_(_named(office) == CaseOffice.officer.value, and_(~led_sql(person, application_id), ~said)),
    )


def _held(office: Any, now: Any, *, able: bool) -> ColumnElement[bool]:
    """SQL over `partner_request`: somebody holds the office, and (`able`) takes part."""
    grant = aliased(RoleGrant)
    held = in_force(grant, col(PartnerRequest.authority_id), now, Role.officer, Role.decider)
    part = takes_part(col(grant.principal_id), office, now) if able else true()
    return exists().where(held, cast(col(grant.role), Text) == _named(office), part).correlate_except(grant)


def handed_sql(office: Any, now: Any, *, person: Any = None, able: bool = True) -> ColumnElement[bool]:
    """SQL over `partner_request`: somebody (this person) to whom it was handed is of the authority.

    And takes part, where only who is `able` to act is asked for.
    """
    handed, grant = aliased(CaseHandover), aliased(RoleGrant)
    belongs = exists().where(
        col(grant.principal_id) == col(handed.principal_id), in_force(grant, col(PartnerRequest.authority_id), now)
    )
    return (
        exists()
        .where(
            col(handed.partner_request_id) == col(PartnerRequest.id),
            cast(col(handed.office), Text) == _named(office),
            true() if person is None else col(handed.principal_id) == person,
            belongs.correlate_except(grant),
            takes_part(col(handed.principal_id), office, now) if able else true(),
        )
        .correlate_except(handed)
    )


def to_do() -> ColumnElement[bool]:
    """SQL over `partner_request`: there is something to do in it, for an officer or a decider."""
    looked_at = and_(col(PartnerRequest.state) == S.decided, col(PartnerRequest.to_look_at).is_not(None))
    return or_(col(PartnerRequest.state).in_(OPEN), looked_at)


def to_hand_over(office: Any, now: Any) -> ColumnElement[bool]:
    """SQL over `partner_request`: there is something to do for an office in which everybody takes no part."""
    # what was decided is a decider's to look at
    its_own = or_(col(PartnerRequest.state) != S.decided, _named(office) == CaseOffice.decider.value)
    return and_(to_do(), its_own, _held(office, now, able=False), ~_held(office, now, able=True))


def waits_for_person(office: Any, now: Any) -> ColumnElement[bool]:
    """SQL over `partner_request`: and nobody to whom it was handed takes part either."""
    return and_(to_hand_over(office, now), ~handed_sql(office, now))


_NOW, _ID, _OFFICE = param("now", DateTime(timezone=True)), param("request", Uuid()), param("office", Text())


def _of_request(*conditions: ColumnElement[bool]) -> Any:
    return core_select(col(PartnerRequest.id)).where(col(PartnerRequest.id) == _ID, *conditions)


_TO_HAND_OVER = Statement(lambda: _of_request(to_hand_over(_OFFICE, _NOW)))
_WAITS = Statement(lambda: _of_request(waits_for_person(_OFFICE, _NOW)))
_STANDS_IN = Statement(
    lambda: _of_request(to_hand_over(_OFFICE, _NOW), handed_sql(_OFFICE, _NOW, person=param("person", Uuid())))
)


async def can_be_handed_over(session: AsyncSession, request: PartnerRequest, office: CaseOffice) -> bool:
    """Whether everybody who holds the office takes no part in the case."""
    found = await _TO_HAND_OVER.fetch_one(session, request=request.id, office=office.value, now=clock.now())
    return found is not None


async def has_nobody(session: AsyncSession, request: PartnerRequest, office: CaseOffice) -> bool:
    """Whether nobody may act for the office, not even whom the case was handed to."""
    found = await _WAITS.fetch_one(session, request=request.id, office=office.value, now=clock.now())
    return found is not None


async def handed_to(
    session: AsyncSession, request: PartnerRequest, *offices: CaseOffice, able: bool = True
) -> Sequence[UUID]:
    """To whom the case was handed over, for some offices or for any, and who (`able`) acts in it now."""
    office, now = col(CaseHandover.office), clock.now()
    statement = (
        select(col(CaseHandover.principal_id))
        .join(PartnerRequest, col(PartnerRequest.id) == col(CaseHandover.partner_request_id))
        .where(
            col(PartnerRequest.id) == request.id,
            office.in_(offices or tuple(CaseOffice)),
            to_hand_over(office, now),
            handed_sql(office, now, person=col(CaseHandover.principal_id), able=able),
        )
    )
    return [one for one in (await session.exec(statement)).all() if one is not None]


@dataclass(frozen=True)
class InPlace:
    """An actor to whom one case was handed over: does there what the offices do."""

    actor: Actor
    authority_id: UUID
    offices: frozenset[CaseOffice]

    def may(self, permission: Any, on: UUID | None = None) -> bool:
        """As `Actor.may`, and to read, to prepare or to decide."""
        given = {P.partner_requests_read, *(_MAY[one] for one in self.offices)}
        if CaseOffice.officer in self.offices:
            given.add(P.partner_requests_propose)
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
    found = set()
    for office in CaseOffice:
        given = {"request": request.id, "office": office.value, "person": actor.id, "now": clock.now()}
        holds = actor.may(_MAY[office], request.authority_id)
        if not holds and await _STANDS_IN.fetch_one(session, **given) is not None:
            found.add(office)
    return InPlace(actor, request.authority_id, frozenset(found)) if found else actor
