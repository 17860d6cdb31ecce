"""Reports."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action, history, listing
from puumerkki.access.http import ActorDep, CallerDep
from puumerkki.access.permissions import P
from puumerkki.kernel.http import ReadsDep, SessionDep, api_router, set_etag
from puumerkki.kernel.subjects import Ref
from puumerkki.reports.exports import REPORTS_EXPORTED
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
    ReportPage,
    ReportPublic,
    ReportQuery,
)
from puumerkki.reports.service import reports as service

reports = api_router("reports")


async def _answer(session: SessionDep, actor: Actor, response: Response, found: Report) -> ReportPublic:
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

listing(
    reports,
    "",
    "reports_list_reports",
    "Reports that you may know of, the newest first or by year",
    queries.REPORTS,
    ReportPage,
    ReportQuery,
    signed_in=True,
    exported=REPORTS_EXPORTED,
)


@reports.get(
    "/figures",
    operation_id="reports_get_figures",
    summary="What was reported, added up by year and over all years",
    response_model=FiguresPublic,
)
async def get_figures(pool: ReadsDep, caller: CallerDep, query: Annotated[FiguresQuery, Query()]) -> Response:
    caller.person_id()
    return Response(await figure_queries.figures(pool, caller=caller, query=query), media_type="application/json")


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
    return await _answer(session, actor, response, await queries.report(session, actor, report_id))


action(
    reports,
    "",
    "reports_create_report",
    "Draft an organisation's report on a year",
    service.draft_report,
    _answer,
    location="/{id}",
)

action(
    reports,
    "/{report_id}",
    "reports_update_report",
    "Change what a report says",
    service.update_report,
    _answer,
    method="PATCH",
)

action(
    reports,
    "/{report_id}/submit",
    "reports_submit_report",
    "Freeze a report for the other parties to read and accept",
    service.submit_report,
    _answer,
)

action(
    reports,
    "/{report_id}/accept",
    "reports_accept_report",
    "Accept another party's report",
    service.accept_report,
    _answer,
)

action(
    reports,
    "/{report_id}/return",
    "reports_return_report",
    "Return another party's report for additions, and say why",
    service.return_report,
    _answer,
)

history(
    reports,
    "/{report_id}/timeline",
    "reports_list_timeline",
    "What happened to a report, the newest first",
    "report",
    signed_in=True,
)
