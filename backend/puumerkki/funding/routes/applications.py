"""Applications: lists, the working copy, and the steps that others feel."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep, ViewerDep
from puumerkki.funding.models.applications import Application
from puumerkki.funding.queries import application_export as export
from puumerkki.funding.queries import application_views as views
from puumerkki.funding.queries import applications as queries
from puumerkki.funding.schemas.application_views import ApplicationPage, ApplicationPublic
from puumerkki.funding.schemas.applications import (
    ApplicantAnswerGiven,
    ApplicationCreate,
    ApplicationFilters,
    ApplicationQuery,
    ApplicationUpdate,
)
from puumerkki.funding.service import applicants, releasing, submission
from puumerkki.funding.service import applications as service
from puumerkki.kernel import reads
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag

applications = api_router("applications")


def _filters(query: ApplicationFilters) -> dict[str, object]:
    return {
        "q": query.q or None,
        "network": query.network,
        "state": query.state,
        "applicant": query.applicant,
        "authority": query.authority,
        "call": query.call,
        "need": query.need,
        "handling_state": query.handling_state,
    }


async def _answer(session: SessionDep, response: Response, actor: Actor, application: Application) -> ApplicationPublic:
    await session.flush()
    set_etag(response, application)
    return await views.view(session, actor, application)


@applications.get(
    "",
    operation_id="applications_list_applications",
    summary="Applications that you may know of",
    response_model=ApplicationPage,
)
async def list_applications(
    request: Request, pool: ReadsDep, viewer: ViewerDep, query: Annotated[ApplicationQuery, Query()]
) -> Response:
    viewer.person_id()
    page = await reads.page(
        pool,
        queries.APPLICATIONS,
        viewer=viewer,
        filters=_filters(query),
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@applications.get(
    "/export.csv",
    operation_id="applications_export_applications",
    summary="The list as a spreadsheet, with the same filters",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def export_applications(
    pool: ReadsDep, viewer: ViewerDep, query: Annotated[ApplicationFilters, Query()]
) -> StreamingResponse:
    viewer.person_id()
    return StreamingResponse(
        export.applications_csv(pool, viewer, _filters(query)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="applications.csv"'},
    )


@applications.get(
    "/{application_id}",
    operation_id="applications_get_application",
    summary="The working copy for applicants, the newest version for others",
    response_model=ApplicationPublic,
)
async def get_application(
    session: SessionDep, actor: ActorDep, response: Response, application_id: UUID
) -> ApplicationPublic:
    return await _answer(session, response, actor, await queries.application(session, actor, application_id))


@applications.post(
    "",
    operation_id="applications_create_application",
    summary="Begin a draft",
    status_code=201,
    response_model=ApplicationPublic,
    dependencies=[Creating],
)
async def create_application(
    session: SessionDep, actor: ActorDep, response: Response, given: ApplicationCreate
) -> ApplicationPublic:
    made = await service.create_application(session, actor=actor, given=given)
    response.headers["Location"] = f"/api/v1/applications/{made.id}"
    return await _answer(session, response, actor, made)


@applications.patch(
    "/{application_id}",
    operation_id="applications_update_application",
    summary="Change given parts of the working copy",
    response_model=ApplicationPublic,
)
async def update_application(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    application_id: UUID,
    if_match: IfMatch,
    given: ApplicationUpdate,
) -> ApplicationPublic:
    found = await service.update_application(
        session, actor=actor, application_id=application_id, if_version=if_match, given=given
    )
    return await _answer(session, response, actor, found)


@applications.delete(
    "/{application_id}",
    operation_id="applications_delete_application",
    summary="Delete a draft that was never submitted",
    status_code=204,
)
async def delete_application(session: SessionDep, actor: ActorDep, application_id: UUID, if_match: IfMatch) -> None:
    await service.delete_application(session, actor=actor, application_id=application_id, if_version=if_match)


Step = Callable[..., Awaitable[Application]]


def _step(action: str, step: Step, summary: str) -> None:
    async def take(
        session: SessionDep, actor: ActorDep, response: Response, application_id: UUID, if_match: IfMatch
    ) -> ApplicationPublic:
        found = await step(session, actor=actor, application_id=application_id, if_version=if_match)
        return await _answer(session, response, actor, found)

    applications.post(
        f"/{{application_id}}/{action}",
        operation_id=f"applications_{action}_application",
        summary=summary,
        response_model=ApplicationPublic,
    )(take)


_step("submit", submission.submit_application, "Freeze the working copy and bring it to networks and authorities")
_step("withdraw", submission.withdraw_application, "Withdraw the application everywhere")
_step("close", submission.close_application, "Close an application whose filings have ended")


@applications.post(
    "/{application_id}/release_co_applicants",
    operation_id="applications_release_co_applicants",
    summary="Take out whoever has not accepted to apply, and name them among the partners",
    response_model=ApplicationPublic,
)
async def release_co_applicants(
    session: SessionDep, actor: ActorDep, response: Response, application_id: UUID, if_match: IfMatch
) -> ApplicationPublic:
    found = await releasing.release_co_applicants(
        session, actor=actor, application_id=application_id, if_version=if_match
    )
    return await _answer(session, response, actor, found)


@applications.put(
    "/{application_id}/applicants/{organisation_id}",
    operation_id="applications_answer_applicant",
    summary="Say whether you apply together, or leave",
    status_code=204,
)
async def answer_applicant(
    session: SessionDep, actor: ActorDep, application_id: UUID, organisation_id: UUID, given: ApplicantAnswerGiven
) -> None:
    await applicants.answer(
        session, actor=actor, application_id=application_id, organisation_id=organisation_id, given=given.answer
    )


@applications.post(
    "/{application_id}/continue",
    operation_id="applications_continue_application",
    summary="Begin next year's application from this one",
    status_code=201,
    response_model=ApplicationPublic,
    dependencies=[Creating],
)
async def continue_application(
    session: SessionDep, actor: ActorDep, response: Response, application_id: UUID, if_match: IfMatch
) -> ApplicationPublic:
    made = await service.continue_application(session, actor=actor, application_id=application_id, if_version=if_match)
    response.headers["Location"] = f"/api/v1/applications/{made.id}"
    return await _answer(session, response, actor, made)
