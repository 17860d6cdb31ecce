"""Organisations by their id in another system."""

from fastapi import Response

from puumerkki.access.http import AnyActorDep
from puumerkki.access.known_elsewhere import PATH, put_by_external_id
from puumerkki.kernel.external_ids import SchemeParam, ValueParam
from puumerkki.kernel.http import SessionDep, api_router
from puumerkki.organisations.routes.responses import organisation_response
from puumerkki.organisations.schemas.organisations import OrganisationPublic
from puumerkki.organisations.service import external_ids as service

router = api_router("organisations")


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


put_by_external_id(
    router,
    "organisations_put_by_external_id",
    "Say what the organisation with this id in another system is; it is made where it is not there",
    service.put,
    organisation_response,
    made="It was made",
)
