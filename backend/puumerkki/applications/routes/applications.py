"""Applications: lists, the working copy, and the steps that others feel."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep
from puumerkki.access.known_elsewhere import PATH, put_by_external_id
from puumerkki.applications.exports import APPLICATIONS_EXPORTED
from puumerkki.applications.models.applications import Application
from puumerkki.applications.queries import applications as queries
from puumerkki.applications.queries import views
from puumerkki.applications.schemas.application_views import ApplicationPage, ApplicationPublic
from puumerkki.applications.schemas.applications import (
    ApplicantAnswerGiven,
    ApplicationFilters,
    ApplicationQuery,
)
from puumerkki.applications.service import applicants, external_ids, releasing, submission
from puumerkki.applications.service import applications as service
from puumerkki.kernel.external_ids import SchemeParam, ValueParam
from puumerkki.kernel.http import SessionDep, api_router, set_etag

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


async def _answer(session: SessionDep, actor: Actor, response: Response, application: Application) -> ApplicationPublic:
    await session.flush()
    set_etag(response, application)
    return await views.view(session, actor, application)


listing(
    applications,
    "",
    "applications_list_applications",
    "Applications that you may know of",
    queries.APPLICATIONS,
    ApplicationPage,
    ApplicationQuery,
    filters=_filters,
    signed_in=True,
    exported=APPLICATIONS_EXPORTED,
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
    return await _answer(session, actor, response, await queries.application(session, actor, application_id))


action(
    applications,
    "",
    "applications_create_application",
    "Begin a draft",
    service.create_application,
    _answer,
    location="/{id}",
)

action(
    applications,
    "/{application_id}",
    "applications_update_application",
    "Change given parts of the working copy",
    service.update_application,
    _answer,
    method="PATCH",
)

action(
    applications,
    "/{application_id}",
    "applications_delete_application",
    "Delete a draft that was never submitted",
    service.delete_application,
    None,
    method="DELETE",
)

action(
    applications,
    "/{application_id}/submit",
    "applications_submit_application",
    "Freeze the working copy and bring it to networks and authorities",
    submission.submit_application,
    _answer,
)

action(
    applications,
    "/{application_id}/withdraw",
    "applications_withdraw_application",
    "Withdraw the application everywhere",
    submission.withdraw_application,
    _answer,
)

action(
    applications,
    "/{application_id}/close",
    "applications_close_application",
    "Close an application whose filings have ended",
    submission.close_application,
    _answer,
)

action(
    applications,
    "/{application_id}/release_co_applicants",
    "applications_release_co_applicants",
    "Take out whoever has not accepted to apply, and name them among the partners",
    releasing.release_co_applicants,
    _answer,
)


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


action(
    applications,
    "/{application_id}/continue",
    "applications_continue_application",
    "Begin next year's application from this one",
    service.continue_application,
    _answer,
    location="/{id}",
)


@applications.get(
    PATH,
    operation_id="applications_get_by_external_id",
    summary="An organisation's application with this id in another system",
    response_model=ApplicationPublic,
)
async def get_by_external_id(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    scheme: SchemeParam,
    external_id: ValueParam,
    applicant: UUID,
) -> ApplicationPublic:
    found = await external_ids.get(session, actor, applicant, scheme, external_id)
    return await _answer(session, actor, response, found)


put_by_external_id(
    applications,
    "applications_put_by_external_id",
    "Say what an organisation's application with this id in another system is; a draft is begun where none is",
    external_ids.put,
    _answer,
    made="A draft was begun",
)
