"""The register of endorsements."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    String,
    Text,
    Uuid,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
)
from sqlalchemy import bindparam as bind
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller
from puumerkki.access.permissions import P
from puumerkki.applications.followers import followers
from puumerkki.applications.models.applications import ApplicationVersion, VersionApplicant
from puumerkki.applications.queries.stakeholders import by_applicants
from puumerkki.endorsements.models.endorsements import Endorsement, EndorsementState
from puumerkki.endorsements.models.revocations import Revocation, RevocationState
from puumerkki.endorsements.status_list import BITS, list_of
from puumerkki.kernel import clock
from puumerkki.kernel.db import Moment
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.reads.listings import (
    PUBLIC,
    Filter,
    Item,
    Join,
    Listing,
    Sort,
    json_list,
    json_object,
    visible_via,
)
from puumerkki.kernel.reads.matching import contains
from puumerkki.kernel.subjects import Subject
from puumerkki.networks.models.networks import Network
from puumerkki.organisations.models.organisations import Organisation

VIEWED_AT = "caller_now"


def _today() -> ColumnElement[Any]:
    """The day in Finland of the read, from the parameter that every read has."""
    at = bind(VIEWED_AT, clock.now(), type_=Moment)
    return cast(func.timezone("Europe/Helsinki", at), Date)


def status() -> ColumnElement[Any]:
    """valid, superseded, revoked or expired: the one expression by which expiry is derived."""
    expired = and_(col(Endorsement.state) == EndorsementState.valid, col(Endorsement.valid_until) < _today())
    return case((expired, literal("expired")), else_=cast(col(Endorsement.state), String))


def status_of(endorsement: Endorsement) -> str:
    """The same for a loaded endorsement."""
    expired = endorsement.state is EndorsementState.valid and endorsement.valid_until < clock.today()
    return "expired" if expired else endorsement.state.value


_OF_VERSION = and_(
    col(VersionApplicant.application_id) == col(Endorsement.application_id),
    col(VersionApplicant.version_number) == col(Endorsement.version_number),
)


def _applicant_ids() -> Any:
    return select(VersionApplicant.organisation_id).where(_OF_VERSION).correlate(Endorsement)


def _applicants() -> ColumnElement[Any]:
    """As the version names them, the leading one first."""
    named = {"id": col(VersionApplicant.organisation_id), "names": col(VersionApplicant.names)}
    entries = json_list(named, order=col(VersionApplicant.place))
    return select(entries).where(_OF_VERSION).correlate(Endorsement).scalar_subquery()


def _authorities() -> ColumnElement[Any]:
    entries = json_list({"id": col(Organisation.id), "names": col(Organisation.names)}, order=col(Organisation.id))
    [reached] = [came for one in followers() for came in one.sql.authorities(col(Endorsement.application_id))]
    return select(entries).where(col(Organisation.id).in_(reached)).correlate(Endorsement).scalar_subquery()


def _applied(organisation_id: Any) -> ColumnElement[bool]:
    """SQL: the organisation is among the applicants."""
    return cast(organisation_id, Uuid()).in_(_applicant_ids())


def _review() -> ColumnElement[Any]:
    """The open revocation: since when the endorsement is under review, and until when its applicant is heard."""
    entry = {
        "way": col(Revocation.way),
        "proposed_at": col(Revocation.proposed_at),
        "heard_until": col(Revocation.heard_until),
    }
    return (
        select(json_object(entry))
        .where(col(Revocation.endorsement_id) == col(Endorsement.id), col(Revocation.state) == RevocationState.open)
        .correlate(Endorsement)
        .scalar_subquery()
    )


_successor = aliased(Endorsement)
_ITEM = {
    "id": col(Endorsement.id),
    "number": col(Endorsement.number),
    "status": status(),
    "network_id": col(Endorsement.network_id),
    "network_names": col(Network.names),
    "application_id": col(Endorsement.application_id),
    "version_number": col(Endorsement.version_number),
    "title": col(ApplicationVersion.title),
    "applicants": _applicants(),
    "authorities": _authorities,
    "issued_at": col(Endorsement.issued_at),
    "valid_from": col(Endorsement.valid_from),
    "valid_until": col(Endorsement.valid_until),
    "conditions": col(Endorsement.conditions),
    "digest": func.concat("sha256:", func.encode(col(Endorsement.digest), "hex")),
    "superseded_by": col(_successor.number),
    "ended_at": col(Endorsement.ended_at),
    "ended_reason": col(Endorsement.ended_reason),
    "prolonged_at": col(Endorsement.prolonged_at),
    "review": _review(),
    # the version stands there only where the puumerkki has moved
    "turnout": func.jsonb_build_object("version", null()).op("||")(col(Endorsement.turnout)),
}


def _source(statement: Any) -> Any:
    return statement.select_from(Endorsement)


_DISPLAY = (
    Join(Network, col(Network.id) == col(Endorsement.network_id)),
    Join(
        ApplicationVersion,
        and_(
            col(ApplicationVersion.application_id) == col(Endorsement.application_id),
            col(ApplicationVersion.number) == col(Endorsement.version_number),
        ),
    ),
    Join(_successor, col(_successor.id) == col(Endorsement.superseded_by_id), outer=True),
)


def _contains(text: Any) -> ColumnElement[bool]:
    applicant = exists().where(
        col(Organisation.id).in_(_applicant_ids()), contains(col(Organisation.search_text), text)
    )
    return or_(contains(col(Endorsement.number), text), contains(col(ApplicationVersion.title), text), applicant)


ENDORSEMENTS = Listing(
    name="endorsements",
    readable=PUBLIC,
    item=_ITEM,
    source=_source,
    display=_DISPLAY,
    sorts={"-issued_at": Sort((col(Endorsement.issued_at), col(Endorsement.id)), descending=True)},
    filters={
        "network": Filter(col(Endorsement.network_id)),
        "application": Filter(col(Endorsement.application_id)),
        "applicant": Filter(by=_applied, type_=Uuid()),
        "state": Filter(by=lambda value: status() == value, type_=Text()),
        "year": Filter(
            by=lambda year: (
                func.date_part("year", func.timezone("Europe/Helsinki", col(Endorsement.issued_at))) == year
            ),
            type_=Integer(),
        ),
        "q": Filter(by=_contains, type_=Text()),
    },
)
ENDORSEMENT = Item(
    name="endorsement", item=_ITEM, source=_source, display=_DISPLAY, readable=PUBLIC, key=col(Endorsement.number)
)

SUBJECT = Subject(
    kind="endorsement",
    readable=lambda caller: select(Endorsement.id),
    audiences={"parties": lambda subject_id, caller: exists().where(col(Endorsement.id) == subject_id)},
)
"""Endorsements are public."""


async def by_number(session: AsyncSession, number: str) -> Endorsement:
    """An endorsement by its number, or NotFound."""
    found = (await session.exec(select(Endorsement).where(col(Endorsement.number) == number))).one_or_none()
    if found is None:
        raise NotFound()
    return found


async def endorsement_in_force(
    session: AsyncSession, handling_id: UUID, *, for_update: bool = False
) -> Endorsement | None:
    """The handling's endorsement that was neither superseded nor revoked; it may have expired."""
    statement = select(Endorsement).where(
        col(Endorsement.handling_id) == handling_id, col(Endorsement.state) == EndorsementState.valid
    )
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(statement)).one_or_none()


async def hold_endorsements(session: AsyncSession, application_id: UUID) -> None:
    """Lock an application's endorsements in force, before several of them end; the caller holds the application's lock.

    Whoever takes a step in an authority's case holds its endorsements before the case, so nobody may hold the case
    first.
    """
    statement = select(Endorsement.id).where(
        col(Endorsement.application_id) == application_id, col(Endorsement.state) == EndorsementState.valid
    )
    await session.exec(statement.order_by(col(Endorsement.id)).with_for_update())


async def readable_snapshot(session: AsyncSession, caller: Caller, number: str) -> Endorsement:
    """The endorsement whose snapshot this caller may read (as the application's frozen versions), or NotFound."""
    application_id = col(Endorsement.application_id)
    applicants = visible_via(by_applicants(caller, P.applications_read, application_id), col(Endorsement.id))
    reached = [reads for one in followers() for reads in one.sql.readers(caller, application_id)]
    statement = select(Endorsement).where(col(Endorsement.number) == number, or_(applicants, *reached))
    found = (await session.exec(statement)).one_or_none()
    if found is None:
        raise NotFound()
    return found


async def ended_places(session: AsyncSession, number: int) -> Sequence[int]:
    """The places in a status list of the endorsements that were superseded or revoked."""
    first = (number - 1) * BITS
    statement = select(Endorsement.status_index).where(
        col(Endorsement.state) != literal_column("'valid'"),
        col(Endorsement.status_index).between(first, first + BITS - 1),
    )
    return [index - first for index in (await session.exec(statement)).all()]


async def lists_begun(session: AsyncSession) -> int:
    """How many status lists there are: the first one is there before any endorsement."""
    highest = (await session.exec(select(func.coalesce(func.max(Endorsement.status_index), 0)))).one()
    return list_of(highest)[0]
