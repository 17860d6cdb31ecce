"""Reads: who writes a report knows of it; once it is submitted, who may know of what it is on."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, literal
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, caller_id
from puumerkki.access.permissions import P
from puumerkki.access.scopes import by_scope
from puumerkki.kernel.last_day import days_after
from puumerkki.kernel.reads.listings import AccessPath, Filter, Join, Listing, Sort, json_object, visible_via
from puumerkki.kernel.subjects import AudienceFilter, Ref, Subject, readable_row
from puumerkki.kernel.tasks import Task, waits
from puumerkki.organisations.models.archivings import OrganisationSuccession
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.organisations.queries.succession import stands_for
from puumerkki.reports import reportable
from puumerkki.reports.models import Report, ReportState
from puumerkki.reports.queries.parties import parties_of
from puumerkki.reports.reportable import Reported


def _writes(caller: Caller, of: Any) -> AccessPath:
    return by_scope(P.reports_write, caller, at=col(of.organisation_id))


def _reads(caller: Caller, kind: Reported, of: Any) -> list[AccessPath]:
    submitted = and_(col(of.subject_kind) == kind.kind, col(of.submitted_at).is_not(None))
    return [AccessPath(and_(submitted, col(of.subject_id).in_(ids))) for ids in kind.known(caller)]


def access_paths(caller: Caller, *, of: Any = Report) -> list[AccessPath]:
    """How a caller may know of a report."""
    return [_writes(caller, of), *(path for kind in reportable.kinds().values() for path in _reads(caller, kind, of))]


def readable(caller: Caller, *, of: Any = Report) -> ColumnElement[bool]:
    """SQL over `report`: what a caller may know of."""
    return literal(False) if caller.anonymous else visible_via(access_paths(caller, of=of), col(of.id))


def _sees(*, writers: bool = False) -> AudienceFilter:
    def sees(key: Any, caller: Caller) -> ColumnElement[bool]:
        one = aliased(Report)
        told = [_writes(caller, one)] if writers else access_paths(caller, of=one)
        return exists().where(col(one.id) == key, visible_via(told, col(one.id)))

    return sees


async def _title(session: AsyncSession, report_id: UUID) -> dict[str, str]:
    return (await session.get_one(Report, report_id)).subject_title


def _title_sql(report_id: Any) -> ColumnElement[Any]:
    return core_select(col(Report.subject_title)).where(col(Report.id) == report_id).scalar_subquery()


async def _scopes(session: AsyncSession, report_id: UUID) -> frozenset[UUID]:
    found = await session.get_one(Report, report_id)
    parties = await parties_of(session, Ref(found.subject_kind, found.subject_id))
    return frozenset(one.id for one in parties) | {found.organisation_id}


async def _parents(session: AsyncSession, report_id: UUID) -> tuple[UUID, ...]:
    """What it is on."""
    return tuple((await session.exec(select(Report.subject_id).where(col(Report.id) == report_id))).all())


SUBJECT = Subject(
    kind="report",
    readable=lambda caller: select(Report.id).where(readable(caller)),
    audiences={
        "parties": _sees(),
        "applicants": _sees(),
        "own": _sees(writers=True),
        "answerers": _sees(writers=True),
    },
    title=_title,
    title_sql=_title_sql,
    scopes=_scopes,
    parents=_parents,
)

CONTENT = case((_writes(Caller(id=UUID(int=0)), Report).condition, col(Report.content)), else_=col(Report.submitted))
"""For whoever asks, whose id is a parameter: the working copy for who writes it, what was submitted for others."""

REPORTS = Listing(
    name="reports",
    item={
        "id": col(Report.id),
        "subject_kind": col(Report.subject_kind),
        "subject_id": col(Report.subject_id),
        "subject_title": col(Report.subject_title),
        "organisation": json_object({"id": col(Organisation.id), "names": col(Organisation.names)}),
        "year": col(Report.year),
        "language": col(Report.language),
        "state": col(Report.state),
        "submitted_at": col(Report.submitted_at),
        "accepted_at": col(Report.accepted_at),
        "created_at": col(Report.created_at),
        "updated_at": col(Report.updated_at),
        "version": col(Report.version),
    },
    source=lambda select: select.select_from(Report),
    display=(Join(Organisation, col(Organisation.id) == col(Report.organisation_id)),),
    readable=readable,
    access_paths=access_paths,
    sorts={
        "-created_at": Sort((col(Report.created_at), col(Report.id)), descending=True),
        "-year": Sort((col(Report.year), col(Report.id)), descending=True),
    },
    filters={
        "subject_kind": Filter(col(Report.subject_kind)),
        "subject_id": Filter(col(Report.subject_id)),
        "organisation": Filter(col(Report.organisation_id)),
        "year": Filter(col(Report.year)),
        "state": Filter(col(Report.state)),
    },
)


async def report(session: AsyncSession, caller: Caller, report_id: UUID, *, for_update: bool = False) -> Report:
    """A report that the caller may know of, or NotFound."""
    return await readable_row(session, caller, SUBJECT, Report, report_id, for_update=for_update)


async def receiver_ids(session: AsyncSession, report: Report) -> tuple[UUID, ...]:
    """The parties that accept or return it: of the other side, who stands in the reporter's place is of its own."""
    found = await parties_of(session, Ref(report.subject_kind, report.subject_id))
    link = OrganisationSuccession
    stands = select(link.successor_id).where(
        col(link.predecessor_id) == report.organisation_id, col(link.until_at).is_(None)
    )
    own = {report.organisation_id, *(await session.exec(stands)).all()}
    return tuple(one.id for one in found if one.accepts and one.id not in own)


DAYS_TO_COMPLETE, DAYS_TO_ACCEPT = 14, 30
"""Within how many days a returned report is hoped to come back, and one that was submitted to be accepted."""


def _to_mend() -> Select[Any]:
    """Reports that were returned."""
    own, since = col(Report.organisation_id), col(Report.returned_at)
    due_on = days_after(since, DAYS_TO_COMPLETE)
    columns = waits(col(Report.id), scope_id=own, organisation_id=own, due_on=due_on, since=since)
    return core_select(*columns).where(col(Report.state) == ReportState.returned)


def _to_accept() -> Select[Any]:
    """Reports of others."""
    party = reportable.parties()
    columns = waits(
        col(Report.id),
        scope_id=party.c.organisation_id,
        organisation_id=party.c.organisation_id,
        due_on=days_after(col(Report.submitted_at), DAYS_TO_ACCEPT),
        since=col(Report.submitted_at),
        submitted_by=col(Report.submitted_by),
    )
    return (
        core_select(*columns)
        .select_from(Report)
        .join(party, party.c.subject_id == col(Report.subject_id))
        .where(
            col(Report.state) == ReportState.submitted,
            party.c.accepts,
            party.c.organisation_id != col(Report.organisation_id),
            ~stands_for(party.c.organisation_id, col(Report.organisation_id)),
        )
    )


def _not_own(row: Any, caller: Any) -> ColumnElement[bool]:
    return row.submitted_by.is_distinct_from(caller_id(caller))  # type: ignore[no-any-return]


TASKS = (
    Task(
        kind="report_to_mend",
        subject="report",
        permissions=(P.reports_write,),
        rows=_to_mend,
    ),
    Task(
        kind="report_to_accept",
        subject="report",
        permissions=(P.reports_accept,),
        rows=_to_accept,
        fits=_not_own,
    ),
)
