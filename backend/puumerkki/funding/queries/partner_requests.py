"""Reads of partner requests: who may know of them, the inbox, the mark that opens the gate, what waits."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, cast, exists, func, literal, literal_column, or_, true
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Date, DateTime, Text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Viewer, granted, granted_scopes
from puumerkki.access.permissions import P
from puumerkki.funding.models import (
    Application,
    ApplicationApplicant,
    ApplicationVersion,
    Endorsement,
    EndorsementState,
    FundingCall,
    PartnerRequest,
)
from puumerkki.funding.queries.around import by_applicants, scopes_of
from puumerkki.kernel import clock
from puumerkki.kernel.listings import Filter, Listing, Sort, Way, json_list, json_object, known
from puumerkki.kernel.refs import Subject, readable_row
from puumerkki.networks.models import Network
from puumerkki.organisations.models import Organisation


def for_applicants(viewer: Viewer, permission: P) -> ColumnElement[bool]:
    """SQL over `partner_request`: the viewer has a permission in an applicant of its application."""
    return known(by_applicants(viewer, permission, col(PartnerRequest.application_id)), col(PartnerRequest.id))


def for_authority(viewer: Viewer) -> ColumnElement[bool]:
    """SQL over `partner_request`: the viewer reads the authority's cases."""
    return granted(P.partner_requests_read, on=col(PartnerRequest.authority_id), viewer=viewer)


def for_networks(viewer: Viewer) -> ColumnElement[bool]:
    """SQL over `partner_request`: the viewer is in a network whose mark it asks for."""
    asked: Any = col(PartnerRequest.network_ids)
    condition: ColumnElement[bool] = asked.overlap(granted_scopes(P.handlings_read, viewer))
    return condition


def ways(viewer: Viewer) -> list[Way]:
    """How a viewer may know of a partner request."""
    return [
        Way(for_authority(viewer)),
        *by_applicants(viewer, P.applications_read, col(PartnerRequest.application_id)),
        Way(for_networks(viewer)),
    ]


def readable(viewer: Viewer) -> ColumnElement[bool]:
    """SQL over `partner_request`: what a viewer may know of."""
    return literal(False) if viewer.anonymous else known(ways(viewer), col(PartnerRequest.id))


def _sees(condition: Any) -> Any:
    def sees(subject_id: Any, viewer: Viewer) -> ColumnElement[bool]:
        return exists().where(col(PartnerRequest.id) == subject_id, condition(viewer))

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
    readable=lambda viewer: select(PartnerRequest.id).where(readable(viewer)),
    audiences={
        "parties": _sees(readable),
        "applicants": _sees(readable),
        "authority": _sees(for_authority),
        "network": _sees(for_networks),
    },
    title=_title,
    parents=_parents,
    scopes=_scopes,
)

_applicant = aliased(Organisation)
_authority = aliased(Organisation)


def _source(statement: Select[Any]) -> Select[Any]:
    return (
        statement.select_from(PartnerRequest)
        .join(Application, col(Application.id) == col(PartnerRequest.application_id))
        .join(ApplicationVersion, _version_of_request())
        .join(_applicant, col(_applicant.id) == col(Application.applicant_id))
        .join(_authority, col(_authority.id) == col(PartnerRequest.authority_id))
        .outerjoin(Endorsement, col(Endorsement.id) == col(PartnerRequest.endorsement_id))
        .outerjoin(FundingCall, col(FundingCall.id) == col(Application.call_id))
    )


def _matches(text: Any) -> ColumnElement[bool]:
    pattern = func.concat("%", func.regexp_replace(text, r"([\\%_])", r"\\\1", "g"), "%")
    return or_(
        col(ApplicationVersion.title).ilike(pattern),
        col(PartnerRequest.case_number).ilike(pattern),
        col(_applicant.search_text).ilike(pattern),
    )


def valid_today(mark: Any) -> ColumnElement[bool]:
    """SQL over a mark: on a request's very version, and valid today."""
    # the moment is a parameter by name, since the compiled statement serves later reads too
    now = bindparam("viewer_now", clock.now(), type_=DateTime(timezone=True))
    today = cast(func.timezone(literal(clock.FINLAND.key), now), Date)
    return and_(
        col(mark.application_id) == col(PartnerRequest.application_id),
        col(mark.version_number) == col(PartnerRequest.version_number),
        col(mark.state) == EndorsementState.valid,
        col(mark.valid_from) <= today,
        col(mark.valid_until) >= today,
    )


_OPEN: ColumnElement[Any] = literal_column("'$[*] ? (@.met == false).text'")
"""Of a mark's conditions, the texts of those that are not met."""


def _marks_asked() -> Any:
    """The networks whose mark is asked for, each with the number and the open conditions of the one that is there."""
    mark = aliased(Endorsement)
    given = (
        core_select(
            col(mark.number),
            func.jsonb_path_query_array(col(mark.conditions), _OPEN).label("conditions"),
        )
        .where(valid_today(mark), col(mark.network_id) == col(Network.id))
        .order_by(col(mark.valid_until).desc(), col(mark.id))
        .limit(1)
        .correlate(PartnerRequest, Network)
        .lateral("given")
    )
    named = {
        "id": col(Network.id),
        "names": col(Network.names),
        "mark_number": given.c.number,
        "mark_conditions": func.coalesce(given.c.conditions, literal_column("'[]'::jsonb")),
    }
    return (
        core_select(json_list(named, order=col(Network.sort_key)))
        .select_from(Network)
        .outerjoin(given, true())
        .where(col(Network.id) == func.any(col(PartnerRequest.network_ids)))
        .correlate(PartnerRequest)
        .scalar_subquery()
    )


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
        "asks_mark": col(PartnerRequest.asks_mark),
        "network_ids": col(PartnerRequest.network_ids),
        "networks": _marks_asked(),
        "endorsement_number": col(Endorsement.number),
        "call_closes_at": col(FundingCall.closes_at),
        "outcome": col(PartnerRequest.outcome),
        "decided_on": col(PartnerRequest.decided_on),
        "version": col(PartnerRequest.version),
    },
    source=_source,
    sorts={"-arrived_at": Sort(_BY_ARRIVAL, descending=True), "arrived_at": Sort(_BY_ARRIVAL)},
    readable=readable,
    ways=ways,
    key=col(PartnerRequest.id),
    filters={
        "authority": Filter(col(PartnerRequest.authority_id)),
        "state": Filter(col(PartnerRequest.state), type_=Text()),
        "application": Filter(col(PartnerRequest.application_id)),
        "q": Filter(by=_matches),
    },
)


async def applicant_ids(session: AsyncSession, application_id: UUID) -> tuple[UUID, ...]:
    """The leading applicant, then the further ones."""
    leading = select(Application.applicant_id).where(col(Application.id) == application_id)
    further = (
        select(ApplicationApplicant.organisation_id)
        .where(col(ApplicationApplicant.application_id) == application_id)
        .order_by(col(ApplicationApplicant.organisation_id))
    )
    return ((await session.exec(leading)).one(), *(await session.exec(further)).all())


async def readable_request(session: AsyncSession, actor: Actor, request_id: UUID) -> PartnerRequest:
    """A request that this actor may know of, or NotFound."""
    return await readable_row(session, actor, SUBJECT, PartnerRequest, request_id)


def _marks(application_id: UUID, version: int, network_ids: list[UUID]) -> Any:
    return (
        select(Endorsement)
        .where(
            col(Endorsement.application_id) == application_id,
            col(Endorsement.version_number) == version,
            col(Endorsement.network_id).in_(network_ids),
            col(Endorsement.state) == EndorsementState.valid,
        )
        .order_by(col(Endorsement.valid_until).desc(), col(Endorsement.id))
        .limit(1)
    )


async def mark_in_force(
    session: AsyncSession, application_id: UUID, version: int, network_ids: list[UUID], today: date
) -> Endorsement | None:
    """The mark of one of these networks on exactly this version that is valid on this day; the longest-lived one."""
    statement = _marks(application_id, version, network_ids).where(
        col(Endorsement.valid_from) <= today, col(Endorsement.valid_until) >= today
    )
    return (await session.exec(statement)).first()  # type: ignore[no-any-return]


async def mark_on_version(
    session: AsyncSession, request: PartnerRequest, today: date, *, lock: bool = False
) -> Endorsement | None:
    """The mark in force for a request, else one that is out of its days. `lock` keeps it from ending meanwhile."""
    within = and_(col(Endorsement.valid_from) <= today, col(Endorsement.valid_until) >= today)
    statement = _marks(request.application_id, request.version_number, request.network_ids)
    statement = statement.order_by(None).order_by(
        within.desc(), col(Endorsement.valid_until).desc(), col(Endorsement.id)
    )
    if lock:
        statement = statement.with_for_update(read=True)
    return (await session.exec(statement)).first()  # type: ignore[no-any-return]


async def networks_named(session: AsyncSession, request: PartnerRequest) -> tuple[dict[str, Any], ...]:
    """The networks whose mark is asked for: their ids and names."""
    found = await session.exec(
        select(Network.id, Network.names)
        .where(col(Network.id).in_(request.network_ids))
        .order_by(col(Network.sort_key), col(Network.id))
    )
    return tuple({"id": str(network_id), "names": names} for network_id, names in found.all())
