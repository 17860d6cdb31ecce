"""Reads of partner requests: who may know of them, the inbox, the endorsement that opens the gate, what waits."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    any_,
    bindparam,
    cast,
    exists,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    text,
    true,
)
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import aliased
from sqlalchemy.types import Date, DateTime, Text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller, granted, granted_scopes
from puumerkki.access.permissions import P
from puumerkki.access.scopes import by_scope, held
from puumerkki.applications.models.applications import Application, ApplicationVersion
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries.frozen import call_named, version_title
from puumerkki.applications.queries.stakeholders import by_applicants, scopes_of
from puumerkki.calls.models import FundingCall
from puumerkki.endorsements.models.endorsements import Endorsement, EndorsementState
from puumerkki.handlings.models.handlings import Handling
from puumerkki.kernel import clock
from puumerkki.kernel.reads.listings import AccessPath, Filter, Join, Listing, Sort, json_list, json_object, visible_via
from puumerkki.kernel.reads.matching import contains
from puumerkki.kernel.reads.statements import array_of
from puumerkki.kernel.subjects import Subject, readable_row
from puumerkki.networks.models.networks import Network
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.models.gate import GateRequirement
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.handed import by_handover
from puumerkki.partnerships.queries.preparing import day_shown, preparer_shown


def for_applicants(caller: Caller, permission: P) -> ColumnElement[bool]:
    """SQL over `partner_request`: the caller has a permission in an applicant of its application."""
    return visible_via(by_applicants(caller, permission, col(PartnerRequest.application_id)), col(PartnerRequest.id))


def for_authority(caller: Caller) -> ColumnElement[bool]:
    """SQL over `partner_request`: the caller reads the authority's cases."""
    return granted(P.partner_requests_read, on=col(PartnerRequest.authority_id), caller=caller)


def _network_way(caller: Caller) -> AccessPath:
    row, handling = aliased(GateRequirement), aliased(Handling)
    asked: Any = col(row.network_ids)
    got = (
        col(handling.application_id) == col(row.application_id),
        # a handling whose endorsement waits for its conditions has been told of the newer version
        or_(col(handling.version_number) >= col(row.version_number), col(handling.state) == HandlingState.endorsed),
    )
    by_any = exists().where(
        *got,
        col(handling.network_id) == func.any(asked),
        granted(P.handlings_read, on=col(handling.network_id), caller=caller),
    )
    named: ColumnElement[bool] = asked.overlap(granted_scopes(P.handlings_read, caller))
    return AccessPath(
        and_(named, by_any),
        key=col(row.partner_request_id),
        scopes=held(P.handlings_read),
        within=lambda network_id: and_(
            asked.contains(array([network_id])),
            exists().where(*got, col(handling.network_id) == network_id).correlate_except(handling),
        ),
    )


def for_networks(caller: Caller) -> ColumnElement[bool]:
    """SQL over `partner_request`: the caller is in a network that got this version and is asked to endorse it."""
    return _network_way(caller).holds(col(PartnerRequest.id))


def access_paths(caller: Caller) -> list[AccessPath]:
    """How a caller may know of a partner request."""
    return [
        by_scope(P.partner_requests_read, caller, at=col(PartnerRequest.authority_id)),
        *by_applicants(caller, P.applications_read, col(PartnerRequest.application_id)),
        _network_way(caller),
        by_handover(caller, of_case=True),
    ]


def readable(caller: Caller) -> ColumnElement[bool]:
    """SQL over `partner_request`: what a caller may know of."""
    return literal(False) if caller.anonymous else visible_via(access_paths(caller), col(PartnerRequest.id))


def _sees(condition: Any) -> Any:
    def sees(subject_id: Any, caller: Caller) -> ColumnElement[bool]:
        return exists().where(col(PartnerRequest.id) == subject_id, condition(caller))

    return sees


async def _title(session: AsyncSession, request_id: UUID) -> dict[str, str]:
    found = await session.exec(
        select(ApplicationVersion.title, Application.language)
        .join(PartnerRequest, _version_of_request())
        .join(Application, col(Application.id) == col(ApplicationVersion.application_id))
        .where(col(PartnerRequest.id) == request_id)
    )
    title, language = found.one()
    return {language: title}


def _version_of_request() -> ColumnElement[bool]:
    return and_(
        col(ApplicationVersion.application_id) == col(PartnerRequest.application_id),
        col(ApplicationVersion.number) == col(PartnerRequest.version_number),
    )


async def _parents(session: AsyncSession, subject_id: UUID) -> tuple[UUID, ...]:
    """The application that it belongs to."""
    return tuple(
        (await session.exec(select(PartnerRequest.application_id).where(col(PartnerRequest.id) == subject_id))).all()
    )


async def _scopes(session: AsyncSession, subject_id: UUID) -> frozenset[UUID]:
    [application_id] = await _parents(session, subject_id)
    return await scopes_of(session, application_id)


SUBJECT = Subject(
    kind="partner_request",
    readable=lambda caller: select(PartnerRequest.id).where(readable(caller)),
    hangs_on=lambda ids: select(PartnerRequest.id).where(col(PartnerRequest.application_id) == any_(ids)),
    audiences={
        "parties": _sees(readable),
        "applicants": _sees(readable),
        "authority": _sees(for_authority),
        "network": _sees(for_networks),
    },
    title=_title,
    title_sql=version_title(PartnerRequest),
    parents=_parents,
    scopes=_scopes,
)

_applicant = aliased(Organisation)
_authority = aliased(Organisation)


def _matches(sought: Any) -> ColumnElement[bool]:
    searched = col(ApplicationVersion.title), col(PartnerRequest.case_number), col(_applicant.search_text)
    return or_(*(contains(column, sought) for column in searched))


def valid_today(endorsement: Any) -> ColumnElement[bool]:
    """SQL over an endorsement: on a request's very version, and valid today."""
    # the moment is a parameter by name, since the compiled statement serves later reads too
    now = bindparam("caller_now", clock.now(), type_=DateTime(timezone=True))
    today = cast(func.timezone(literal(clock.FINLAND.key), now), Date)
    return and_(
        col(endorsement.application_id) == col(PartnerRequest.application_id),
        col(endorsement.version_number) == col(PartnerRequest.version_number),
        col(endorsement.state) == EndorsementState.valid,
        col(endorsement.valid_from) <= today,
        col(endorsement.valid_until) >= today,
    )


_OPEN: ColumnElement[Any] = literal_column("'$[*] ? (@.met == false)'")
"""Of an endorsement's conditions, those that are not met."""

_OPEN_BEFORE = """'$[*] ? (@.met == false && (!exists(@.when) || @.when == "before"))'::jsonpath"""


def without_open_conditions(endorsement: Any) -> ColumnElement[bool]:
    """SQL over an endorsement: no condition that must be met before an authority begins is open."""
    return not_(func.jsonb_path_exists(col(endorsement.conditions), text(_OPEN_BEFORE)))


def asking(row: Any) -> ColumnElement[bool]:
    """SQL over a gate requirement: of the request, and neither released nor waived."""
    return and_(
        col(row.partner_request_id) == col(PartnerRequest.id),
        col(row.released_at).is_(None),
        col(row.waiver_id).is_(None),
    )


def _endorsements_asked() -> Any:
    """The networks whose endorsement is asked for, by the row that asks, with what it gave and its open conditions."""
    endorsement, row = aliased(Endorsement), aliased(GateRequirement)
    given = (
        core_select(
            col(endorsement.number),
            func.jsonb_path_query_array(col(endorsement.conditions), _OPEN).label("conditions"),
            without_open_conditions(endorsement).label("nothing_open"),
        )
        .where(valid_today(endorsement), col(endorsement.network_id) == col(Network.id))
        .order_by(col(endorsement.valid_until).desc(), col(endorsement.id))
        .limit(1)
        .correlate(PartnerRequest, Network)
        .lateral("given")
    )
    named = {
        "requirement_id": col(row.id),
        "id": col(Network.id),
        "names": col(Network.names),
        "endorsement_number": given.c.number,
        "endorsement_conditions": func.coalesce(given.c.conditions, literal_column("'[]'::jsonb")),
        "opens": func.coalesce(or_(given.c.nothing_open, col(row.lets_open_conditions)), false())
        & given.c.number.is_not(None),
    }
    return (
        core_select(json_list(named, order=col(Network.sort_key)))
        .select_from(row)
        .join(Network, col(Network.id) == func.any(col(row.network_ids)))
        .outerjoin(given, true())
        .where(asking(row))
        .correlate(PartnerRequest)
        .scalar_subquery()
    )


def _stands_on() -> Any:
    """The numbers of the endorsements on which preparation or decision stands."""
    endorsement, row = aliased(Endorsement), aliased(GateRequirement)
    return array_of(
        core_select(col(endorsement.number))
        .select_from(row)
        .join(endorsement, col(endorsement.id) == col(row.endorsement_id))
        .where(asking(row))
        .group_by(col(endorsement.number))
        .order_by(col(endorsement.number))
        .correlate(PartnerRequest)
    )


_asking = aliased(GateRequirement)
_BY_ARRIVAL = (col(PartnerRequest.arrived_at), col(PartnerRequest.id))
PARTNER_REQUESTS = Listing(
    name="partner_requests",
    item={
        "id": col(PartnerRequest.id),
        "application_id": col(PartnerRequest.application_id),
        "title": col(ApplicationVersion.title),
        "applicant": json_object({"id": col(_applicant.id), "names": col(_applicant.names)}),
        "authority": json_object({"id": col(_authority.id), "names": col(_authority.names)}),
        "version_number": col(PartnerRequest.version_number),
        "case_number": col(PartnerRequest.case_number),
        "state": col(PartnerRequest.state),
        "arrived_at": col(PartnerRequest.arrived_at),
        "asks_endorsement": exists().where(asking(_asking)),
        "networks": _endorsements_asked(),
        "endorsement_numbers": _stands_on(),
        "call_closes_at": col(FundingCall.closes_at),
        "outcome": col(PartnerRequest.outcome),
        "decided_on": col(PartnerRequest.decided_on),
        "to_look_at": col(PartnerRequest.to_look_at),
        "preparer": preparer_shown,
        "decide_by": day_shown,
        "version": col(PartnerRequest.version),
    },
    source=lambda select: select.select_from(PartnerRequest),
    display=(
        Join(Application, col(Application.id) == col(PartnerRequest.application_id)),
        Join(ApplicationVersion, _version_of_request()),
        Join(_applicant, col(_applicant.id) == col(Application.applicant_id)),
        Join(_authority, col(_authority.id) == col(PartnerRequest.authority_id)),
        Join(FundingCall, col(FundingCall.id) == call_named(), outer=True),
    ),
    sorts={"-arrived_at": Sort(_BY_ARRIVAL, descending=True), "arrived_at": Sort(_BY_ARRIVAL)},
    readable=readable,
    access_paths=access_paths,
    filters={
        "authority": Filter(col(PartnerRequest.authority_id)),
        "state": Filter(col(PartnerRequest.state), type_=Text()),
        "application": Filter(col(PartnerRequest.application_id)),
        "q": Filter(by=_matches),
    },
)


async def readable_request(session: AsyncSession, actor: Actor, request_id: UUID) -> PartnerRequest:
    """A request that this actor may know of, or NotFound."""
    return await readable_row(session, actor, SUBJECT, PartnerRequest, request_id)
