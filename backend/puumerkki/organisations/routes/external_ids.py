"""Organisations by their id in another system."""

from fastapi import Response

from puumerkki.access.http import ActorDep, AnyActorDep
from puumerkki.kernel.external_ids import SchemeParam, ValueParam
from puumerkki.kernel.http import IfMatchOrNewest, SessionDep, api_router
from puumerkki.organisations.routes.responses import organisation_response
from puumerkki.organisations.schemas.organisations import OrganisationCreate, OrganisationPublic
from puumerkki.organisations.service import external_ids as service

router = api_router("organisations")

PATH = "/by-external-id/{scheme}/{external_id}"


@router.get(
    PATH,
    operation_id="organisations_get_by_external_id",
    summary="The organisation with this id in another system; of a merged one that as which it goes on",
    response_model=OrganisationPublic,
)
async def get_by_external_id(
    session: SessionDep, actor: AnyActorDep, response: Response, scheme: SchemeParam, external_id: ValueParam
) -> OrganisationPublic:
    found = await service.get(session, actor, scheme, external_id)
    return await organisation_response(session, actor, response, found)


@router.put(
    PATH,
    operation_id="organisations_put_by_external_id",
    summary="Say what the organisation with this id in another system is; it is made where it is not there",
    response_model=OrganisationPublic,
    responses={201: {"model": OrganisationPublic, "description": "It was made"}},
)
async def put_by_external_id(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    scheme: SchemeParam,
    external_id: ValueParam,
    if_match: IfMatchOrNewest,
    given: OrganisationCreate,
) -> OrganisationPublic:
    found, made = await service.put(
        session, actor=actor, scheme=scheme, value=external_id, if_version=if_match, given=given
    )
    if made:
        response.status_code = 201
        response.headers["Location"] = f"/api/v1/organisations/{found.id}"
    return await organisation_response(session, actor, response, found)
