"""Organisations that somebody added are confirmed by somebody else."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import IfMatch, SessionDep, api_router
from puumerkki.organisations.routes.responses import organisation_response
from puumerkki.organisations.schemas.confirmations import ConfirmationPublic, ConfirmationRefuse
from puumerkki.organisations.schemas.organisations import OrganisationPublic
from puumerkki.organisations.service import confirmations as service

router = api_router("organisations")


@router.get(
    "/{organisation_id}/confirmation",
    operation_id="organisations_get_confirmation",
    summary="How an unconfirmed organisation stands: who was asked, what was answered",
    response_model=ConfirmationPublic,
)
async def get_confirmation(session: SessionDep, actor: ActorDep, organisation_id: UUID) -> ConfirmationPublic:
    return await service.confirmation_status(session, actor=actor, organisation_id=organisation_id)


action(
    router,
    "/{organisation_id}/confirm",
    "organisations_confirm_organisation",
    "Confirm that an added organisation is what it says",
    service.confirm,
    organisation_response,
)


@router.post(
    "/{organisation_id}/refuse-confirmation",
    operation_id="organisations_refuse_confirmation",
    summary="Do not confirm an added organisation as it is, and say why",
    response_model=OrganisationPublic,
)
async def refuse_confirmation(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    organisation_id: UUID,
    if_match: IfMatch,
    given: ConfirmationRefuse,
) -> OrganisationPublic:
    found = await service.refuse(
        session, actor=actor, organisation_id=organisation_id, if_version=if_match, reason=given.reason
    )
    return await organisation_response(session, actor, response, found)


action(
    router,
    "/{organisation_id}/ask-confirmation",
    "organisations_ask_confirmation",
    "Ask again for confirmation that was refused",
    service.ask_again,
    organisation_response,
)
