"""Cases to hand over, as far as an authority's owner sees them: which case waits, and who could take it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, literal, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from puumerkki.access.actor import Actor, caller_id
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.applications.queries.applicants import applicants_for_ties
from puumerkki.disqualification.queries.settled_ties import alleged, in_authority
from puumerkki.disqualification.queries.tied import is_bound_in_case_sql, is_tied_in_case_sql
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.tasks import Task, waits
from puumerkki.networks.queries.participation import now_of
from puumerkki.partnerships.models.handovers import CaseHandover, CaseOffice
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.acting import in_force, takes_part, to_do, to_hand_over, waits_for_person

MOST = 50
"""So many an owner sees at once; others come when some of them are handed over."""


async def owned(session: AsyncSession, actor: Actor) -> Sequence[tuple[CaseHandover, PartnerRequest]]:
    """The cases of the authorities that somebody runs which can be handed over, the oldest first."""
    authorities = actor.organisations(P.people_manage)
    if not authorities:
        return []
    now = clock.now()
    statement = (
        select(CaseHandover, PartnerRequest)
        .join(PartnerRequest, col(PartnerRequest.id) == col(CaseHandover.partner_request_id))
        .where(
            col(PartnerRequest.authority_id).in_(authorities),
            to_hand_over(col(CaseHandover.office), now),
        )
        .order_by(col(CaseHandover.created_at), col(CaseHandover.id))
        .limit(MOST)
    )
    return (await session.exec(statement)).all()


async def fit(
    session: AsyncSession, request: PartnerRequest, office: CaseOffice, *, but: UUID
) -> Sequence[tuple[UUID, str]]:
    """To whom the case could be handed: people of the authority who take part and are not said to be tied, by name."""
    person, now = aliased(User), clock.now()
    said = alleged(col(person.id), request.application_id, in_authority(request.authority_id), now)
    grant = aliased(RoleGrant)
    belongs = exists().where(col(grant.principal_id) == col(person.id), in_force(grant, request.authority_id, now))
    statement = (
        select(col(person.id), col(person.name))
        .select_from(person)
        .join(PartnerRequest, col(PartnerRequest.id) == request.id)
        .where(belongs.correlate_except(grant), col(person.id) != but, takes_part(col(person.id), office, now), ~said)
        .order_by(col(person.name), col(person.id))
    )
    return (await session.exec(statement)).all()


async def is_bound(session: AsyncSession, request: PartnerRequest, principal_id: UUID) -> bool:
    """Whether somebody is tied in the case, or broke the glass into it, so that they do not say who acts either."""
    bound = is_bound_in_case_sql(
        literal(principal_id, Uuid()), literal(request.application_id, Uuid()), literal(request.authority_id, Uuid())
    )
    return bool((await session.exec(select(bound))).one())


async def untied_owners(session: AsyncSession, request: PartnerRequest) -> Sequence[UUID]:
    """The authority's owners who are not tied in the case."""
    statement = (
        select(col(RoleGrant.principal_id))
        .join(PartnerRequest, col(PartnerRequest.id) == request.id)
        .where(
            in_force(RoleGrant, request.authority_id, clock.now(), Role.owner),
            ~is_bound_in_case_sql(
                col(RoleGrant.principal_id), col(PartnerRequest.application_id), col(PartnerRequest.authority_id)
            ),
        )
        .distinct()
    )
    return (await session.exec(statement)).all()


async def in_office_and_tied(session: AsyncSession, principal_id: UUID) -> Sequence[PartnerRequest]:
    """The cases in which somebody prepares or decides, by office or because they were handed over, and is tied."""
    grant, handed = aliased(RoleGrant), aliased(CaseHandover)
    holds = exists().where(
        col(grant.principal_id) == principal_id,
        in_force(grant, col(PartnerRequest.authority_id), clock.now(), Role.officer, Role.decider),
    )
    got = exists().where(
        col(handed.principal_id) == principal_id, col(handed.partner_request_id) == col(PartnerRequest.id)
    )
    person = literal(principal_id, Uuid())
    statement = select(PartnerRequest).where(
        to_do(),
        or_(holds.correlate_except(grant), got.correlate_except(handed)),
        is_tied_in_case_sql(person, col(PartnerRequest.application_id), col(PartnerRequest.authority_id)),
    )
    return await _held(session, statement)


async def open_and_tied_to(session: AsyncSession, organisation_id: UUID) -> Sequence[PartnerRequest]:
    """The cases to be done in which an organisation's people are tied."""
    one = literal(organisation_id, Uuid[UUID]())
    statement = select(PartnerRequest).where(to_do(), one.in_(applicants_for_ties(col(PartnerRequest.application_id))))
    return await _held(session, statement)


async def _held(session: AsyncSession, requests: SelectOfScalar[PartnerRequest]) -> Sequence[PartnerRequest]:
    """Locked: who hands a case over takes it before the handing over, and so does who asks for it."""
    order = (col(PartnerRequest.application_id), col(PartnerRequest.id))
    found = await session.exec(requests.order_by(*order).with_for_update().execution_options(populate_existing=True))
    return found.all()


def _waiting() -> Select[Any]:
    """Cases in which nobody of the authority may act."""
    authority = col(PartnerRequest.authority_id)
    columns = waits(
        authority,
        scope_id=authority,
        organisation_id=authority,
        since=col(CaseHandover.told_at),
        application_id=col(PartnerRequest.application_id),
    )
    return (
        core_select(*columns)
        .select_from(CaseHandover)
        .join(PartnerRequest, col(PartnerRequest.id) == col(CaseHandover.partner_request_id))
        .where(waits_for_person(col(CaseHandover.office), now_of()))
    )


def _unbound(row: Any, caller: Any) -> ColumnElement[bool]:
    return ~is_bound_in_case_sql(caller_id(caller), row.application_id, row.organisation_id)


TASKS = (
    # one for each authority
    Task(
        kind="case_to_hand_over",
        subject="organisation",
        permissions=(P.people_manage,),
        rows=_waiting,
        fits=_unbound,
        several=True,
    ),
)
