"""Reports."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep, ViewerDep
from puumerkki.access.permissions import P
from puumerkki.kernel import reads
from puumerkki.kernel.eventlog.timeline import TimelinePage, TimelineQuery, timeline
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.kernel.subjects import Ref
from puumerkki.reports.models import Report
from puumerkki.reports.queries import figures as figure_queries
from puumerkki.reports.queries import reports as queries
from puumerkki.reports.queries.parties import names, readable_parties
from puumerkki.reports.schemas.figures import (
    FiguresPublic,
    FiguresQuery,
    ReportedQuery,
    ReportingParty,
    ReportingPartyList,
)
from puumerkki.reports.schemas.reports import (
    ReportCreate,
    ReportPage,
    ReportPublic,
    ReportQuery,
    ReportReturn,
    ReportUpdate,
)
from puumerkki.reports.service import reports as service

reports = api_router("reports")

_KEPT = (
    "id",
    "subject_kind",
    "subject_id",
    "subject_title",
    "year",
    "language",
    "state",
    "submitted_at",
    "accepted_at",
    "created_at",
    "updated_at",
    "version",
    "returned_at",
    "returned_reason",
)


@reports.get(
    "",
    operation_id="reports_list_reports",
    summary="Reports that you may know of, the newest first or by year",
    response_model=ReportPage,
)
async def list_reports(
    request: Request, pool: ReadsDep, viewer: ViewerDep, query: Annotated[ReportQuery, Query()]
) -> Response:
    viewer.person_id()
    page = await reads.page(
        pool,
        queries.REPORTS,
        viewer=viewer,
        filters=query.model_dump(exclude={"sort", "limit", "cursor"}),
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@reports.get(
    "/figures",
    operation_id="reports_get_figures",
    summary="What was reported, added up by year and over all years",
    response_model=FiguresPublic,
)
async def get_figures(pool: ReadsDep, viewer: ViewerDep, query: Annotated[FiguresQuery, Query()]) -> Response:
    viewer.person_id()
    return Response(await figure_queries.figures(pool, viewer=viewer, query=query), media_type="application/json")


@reports.get(
    "/parties",
    operation_id="reports_list_parties",
    summary="Who reports on something, and who accepts",
    response_model=ReportingPartyList,
)
async def list_parties(
    session: SessionDep, actor: ActorDep, query: Annotated[ReportedQuery, Query()]
) -> ReportingPartyList:
    found = await readable_parties(session, actor, Ref(query.subject_kind, query.subject_id))
    return ReportingPartyList(
        items=[
            ReportingParty(
                id=one.id,
                names=one.names,
                reports=one.reports,
                accepts=one.accepts,
                writes=actor.may(P.reports_write, one.id),
            )
            for one in found
        ]
    )


@reports.get("/{report_id}", operation_id="reports_get_report", summary="One report", response_model=ReportPublic)
async def get_report(session: SessionDep, actor: ActorDep, response: Response, report_id: UUID) -> ReportPublic:
    return await _answer(session, response, actor, await queries.report(session, actor, report_id))


@reports.post(
    "",
    operation_id="reports_create_report",
    summary="Draft an organisation's report on a year",
    status_code=201,
    response_model=ReportPublic,
    dependencies=[Creating],
)
async def create_report(session: SessionDep, actor: ActorDep, response: Response, given: ReportCreate) -> ReportPublic:
    made = await service.draft_report(session, actor=actor, given=given)
    response.headers["Location"] = f"/api/v1/reports/{made.id}"
    return await _answer(session, response, actor, made)


@reports.patch(
    "/{report_id}",
    operation_id="reports_update_report",
    summary="Change what a report says",
    response_model=ReportPublic,
)
async def update_report(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    report_id: UUID,
    if_match: IfMatch,
    given: ReportUpdate,
) -> ReportPublic:
    found = await service.update_report(session, actor=actor, report_id=report_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)


@reports.post(
    "/{report_id}/submit",
    operation_id="reports_submit_report",
    summary="Freeze a report for the other parties to read and accept",
    response_model=ReportPublic,
)
async def submit_report(
    session: SessionDep, actor: ActorDep, response: Response, report_id: UUID, if_match: IfMatch
) -> ReportPublic:
    found = await service.submit_report(session, actor=actor, report_id=report_id, if_version=if_match)
    return await _answer(session, response, actor, found)


@reports.post(
    "/{report_id}/accept",
    operation_id="reports_accept_report",
    summary="Accept another party's report",
    response_model=ReportPublic,
)
async def accept_report(
    session: SessionDep, actor: ActorDep, response: Response, report_id: UUID, if_match: IfMatch
) -> ReportPublic:
    found = await service.accept_report(session, actor=actor, report_id=report_id, if_version=if_match)
    return await _answer(session, response, actor, found)


@reports.post(
    "/{report_id}/return",
    operation_id="reports_return_report",
    summary="Return another party's report for additions, and say why",
    response_model=ReportPublic,
)
async def return_report(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    report_id: UUID,
    if_match: IfMatch,
    given: ReportReturn,
) -> ReportPublic:
    found = await service.return_report(session, actor=actor, report_id=report_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)


@reports.get(
    "/{report_id}/timeline",
    operation_id="reports_list_timeline",
    summary="What happened to a report, the newest first",
    response_model=TimelinePage,
)
async def list_timeline(
    request: Request, pool: ReadsDep, viewer: ViewerDep, report_id: UUID, query: Annotated[TimelineQuery, Query()]
) -> Response:
    viewer.person_id()
    return page_response(request, await timeline(pool, viewer=viewer, subject=Ref("report", report_id), query=query))


async def _answer(session: SessionDep, response: Response, actor: Actor, found: Report) -> ReportPublic:
    await session.flush()
    set_etag(response, found)
    writes = actor.may(P.reports_write, found.organisation_id)
    answered_for = found.answered_for_organisation_id
    known = await names(session, [one for one in (found.organisation_id, answered_for) if one is not None])
    return ReportPublic.model_validate(
        {name: getattr(found, name) for name in _KEPT}
        | {
            "organisation": known[found.organisation_id],
            "answered_for": None if answered_for is None else known[answered_for],
            "content": found.content if writes else found.submitted,
            "editable": writes and found.state in service.OPEN,
            "available_actions": await service.available(session, actor, found),
        }
    )
