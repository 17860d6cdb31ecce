"""Reads of filings: applicants see all of theirs; the funder, and who handles the application, those that were sent."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, any_, exists, func, literal, or_, union_all
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, granted
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application, ApplicationVersion, VersionApplicant
from puumerkki.applications.queries import applications
from puumerkki.applications.queries.stakeholders import scopes_of
from puumerkki.calls.models import FundingCall
from puumerkki.discussions.models import Attachment
from puumerkki.endorsements.models.endorsements import Endorsement, EndorsementState
from puumerkki.filings.models import Filing, FilingState
from puumerkki.kernel import clock
from puumerkki.kernel.reads.listings import Filter, Join, Listing, Sort, visible_in
from puumerkki.kernel.subjects import AudienceFilter, Subject, readable_row
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.reports.reportable import Reported, number, party

COLUMNS = (
    "id",
    "application_id",
    "funder_id",
    "call_id",
    "state",
    "version_number",
    "endorsement_id",
    "sent_attachment_id",
    "applied_cents",
    "filed_on",
    "expected_on",
    "decided_on",
    "report_by",
    "granted_cents",
    "reported_on",
    "recovered_cents",
    "created_at",
    "updated_at",
    "version",
)


def _of_application(condition: Any, of: Any) -> ColumnElement[bool]:
    one = aliased(Application)
    return exists().where(col(one.id) == col(of.application_id), condition(one))


def for_applicants(caller: Caller, *, of: Any = Filing) -> ColumnElement[bool]:
    """SQL over `filing`: the caller reads the applications of an applicant."""
    return _of_application(lambda one: applications.is_applicant(caller, of=one), of)


def for_funder(caller: Caller, *, of: Any = Filing) -> ColumnElement[bool]:
    """SQL over `filing`: it was sent to the caller's organisation."""
    sent = col(of.filed_on).is_not(None)
    return and_(sent, granted(P.calls_publish, on=col(of.funder_id), caller=caller))


def for_handlers(caller: Caller, *, of: Any = Filing) -> ColumnElement[bool]:
    """SQL over `filing`: it was sent, and the caller is of a network or authority that handles the application."""
    sent = col(of.filed_on).is_not(None)
    handled = _of_application(
        lambda one: or_(applications.handles(caller, P.handlings_read, of=one), applications.receives(caller, of=one)),
        of,
    )
    return and_(sent, handled)


def readable(caller: Caller, *, of: Any = Filing) -> ColumnElement[bool]:
    """SQL over `filing`: what a caller may know of."""
    if caller.anonymous:
        return literal(False)
    return or_(for_applicants(caller, of=of), for_funder(caller, of=of), for_handlers(caller, of=of))


def _sees(condition: Any) -> AudienceFilter:
    def sees(key: Any, caller: Caller) -> ColumnElement[bool]:
        one = aliased(Filing)
        return exists().where(col(one.id) == key, condition(caller, of=one))

    return sees


async def _title(session: AsyncSession, filing_id: UUID) -> dict[str, str]:
    found = await session.get_one(Filing, filing_id)
    return await applications.title_of(session, found.application_id)


async def _parents(session: AsyncSession, subject_id: UUID) -> tuple[UUID, ...]:
    """The application that it belongs to."""
    return tuple((await session.exec(select(Filing.application_id).where(col(Filing.id) == subject_id))).all())


async def _scopes(session: AsyncSession, subject_id: UUID) -> frozenset[UUID]:
    [application_id] = await _parents(session, subject_id)
    return await scopes_of(session, application_id)


def _called(filing_id: Any) -> ColumnElement[Any]:
    """SQL: what a filing is called in a task of its writers: as its application."""
    one, of = aliased(Filing), aliased(Application)
    titled = select(func.jsonb_build_object(col(of.language), col(of.title)))
    found = titled.join(one, col(one.application_id) == col(of.id)).where(col(one.id) == filing_id)
    return found.scalar_subquery()


SUBJECT = Subject(
    kind="filing",
    readable=lambda caller: select(Filing.id).where(readable(caller)),
    audiences={
        "parties": _sees(readable),
        "applicants": _sees(readable),
        "own": _sees(for_applicants),
        "network": _sees(for_handlers),
        "authority": _sees(for_handlers),
    },
    title=_title,
    parents=_parents,
    scopes=_scopes,
    title_sql=_called,
    hangs_on=lambda ids: select(Filing.id).where(
        or_(col(Filing.application_id) == any_(ids), col(Filing.call_id) == any_(ids))
    ),
)

_OF_VERSION = and_(
    col(VersionApplicant.application_id) == col(Filing.application_id),
    col(VersionApplicant.version_number) == col(Filing.version_number),
)
_FUNDED = (FilingState.granted, FilingState.plan_changed, FilingState.reported, FilingState.closed)


def _reported() -> CompoundSelect[Any]:
    """The parties of what was granted: its applicants report, its funder accepts."""
    granted_only = col(Filing.state).in_(_FUNDED)
    leading = party(col(Filing.id), col(Application.applicant_id), reports=True, accepts=False)
    further = party(col(Filing.id), col(VersionApplicant.organisation_id), reports=True, accepts=False)
    funder = party(col(Filing.id), col(Filing.funder_id), reports=False, accepts=True)
    return union_all(
        core_select(*leading).join(Application, col(Application.id) == col(Filing.application_id)).where(granted_only),
        core_select(*further).join(VersionApplicant, _OF_VERSION).where(granted_only, col(VersionApplicant.place) > 0),
        core_select(*funder).where(granted_only),
    )


def _known(caller: Caller) -> list[Select[Any]]:
    """Of those that were sent: who may know of the application does of the filing, and the funder."""
    of_applications = core_select(col(Application.id)).where(
        visible_in(applications.access_paths(caller), col(Application.id))
    )
    sent = core_select(col(Filing.id)).where(col(Filing.filed_on).is_not(None))
    return [
        sent.where(col(Filing.application_id).in_(of_applications)),
        sent.where(granted(P.calls_publish, on=col(Filing.funder_id), caller=caller)),
    ]


def _numbers() -> list[Select[Any]]:
    """The puumerkki and the cases of its application, and the application's title."""
    numbers = (
        (Endorsement, col(Endorsement.application_id), col(Endorsement.number)),
        (PartnerRequest, col(PartnerRequest.application_id), col(PartnerRequest.case_number)),
        (Application, col(Application.id), col(Application.title)),
    )
    return [
        core_select(*number(col(Filing.id), said)).join(table, application_id == col(Filing.application_id))
        for table, application_id, said in numbers
    ]


REPORTED = Reported("filing", _reported, _known, _numbers)

_SENT = and_(
    col(ApplicationVersion.application_id) == col(Filing.application_id),
    col(ApplicationVersion.number) == col(Filing.version_number),
)
# what is only planned is seen by applicants only, who may see the working copy
_TITLE = func.coalesce(col(ApplicationVersion.title), col(Application.title))

FILINGS = Listing(
    name="filings",
    item={
        **{name: col(getattr(Filing, name)) for name in COLUMNS},
        "title": _TITLE,
        "funder_names": col(Organisation.names),
    },
    source=lambda select: select.select_from(Filing),
    display=(
        Join(Application, col(Application.id) == col(Filing.application_id)),
        Join(Organisation, col(Organisation.id) == col(Filing.funder_id)),
        Join(ApplicationVersion, _SENT, outer=True),
    ),
    readable=readable,
    sorts={"-created_at": Sort((col(Filing.created_at), col(Filing.id)), descending=True)},
    filters={
        "application": Filter(col(Filing.application_id)),
        "funder": Filter(col(Filing.funder_id)),
        "state": Filter(col(Filing.state)),
    },
)


async def filing(session: AsyncSession, caller: Caller, filing_id: UUID) -> Filing:
    """A filing that the caller may know of, or NotFound."""
    return await readable_row(session, caller, SUBJECT, Filing, filing_id)


async def names(session: AsyncSession, filing: Filing) -> tuple[str, dict[str, str]]:
    """What is sent, and to whom: the title of its version, else of the draft, and the funder's names."""
    statement = (
        select(_TITLE, Organisation.names)
        .select_from(Filing)
        .join(Application, col(Application.id) == col(Filing.application_id))
        .join(Organisation, col(Organisation.id) == col(Filing.funder_id))
        .outerjoin(ApplicationVersion, _SENT)
        .where(col(Filing.id) == filing.id)
    )
    title, funder_names = (await session.exec(statement)).one()
    return title, dict(funder_names)


async def lock(session: AsyncSession, filing_id: UUID) -> Filing:
    """The filing as it is now, locked."""
    statement = select(Filing).where(col(Filing.id) == filing_id).with_for_update()
    return (await session.exec(statement.execution_options(populate_existing=True))).one()


async def endorsement_on(session: AsyncSession, application_id: UUID, version_number: int) -> Endorsement | None:
    """An endorsement in force today on a version; the first of several networks'."""
    today = clock.today()
    statement = select(Endorsement).where(
        col(Endorsement.application_id) == application_id,
        col(Endorsement.version_number) == version_number,
        col(Endorsement.state) == EndorsementState.valid,
        col(Endorsement.valid_from) <= today,
        col(Endorsement.valid_until) >= today,
    )
    return (await session.exec(statement.order_by(col(Endorsement.issued_at)).limit(1))).first()


async def has_attachment(session: AsyncSession, application_id: UUID, attachment_id: UUID) -> bool:
    """Whether an attachment of the application, still there, has this id."""
    found = await session.get(Attachment, attachment_id)
    return found is not None and found.subject_id == application_id and found.removed_at is None


async def call_of(session: AsyncSession, call_id: UUID, funder_id: UUID) -> FundingCall | None:
    """A funder's published call."""
    found = await session.get(FundingCall, call_id)
    published = found is not None and (found.published_at is not None or found.state == "published")
    return found if found is not None and published and found.funder_id == funder_id else None
