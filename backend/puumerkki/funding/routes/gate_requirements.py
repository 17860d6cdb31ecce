"""What is done with the policies that concern a partner request."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.http import ActorDep
from puumerkki.funding.routes.partner_requests import answer
from puumerkki.funding.schemas.gate import PolicyBrought, RequirementReason, WaiverGiven, WaiverView
from puumerkki.funding.schemas.partner_requests import PartnerRequestPublic
from puumerkki.funding.service import gate_actions as service
from puumerkki.kernel.http import IfMatch, SessionDep, api_router

router = api_router("partner-requests")
ROUTERS = (router,)
_REQUIREMENT = "/{request_id}/requirements/{requirement_id}"


@router.post(
    "/{request_id}/bring",
    operation_id="funding_bring_under_policy",
    summary="Say that a puumerkki requirement of the authority concerns a case",
    response_model=PartnerRequestPublic,
)
async def bring(
    session: SessionDep, actor: ActorDep, response: Response, request_id: UUID, if_match: IfMatch, given: PolicyBrought
) -> PartnerRequestPublic:
    done = await service.bring(session, actor=actor, request_id=request_id, if_version=if_match, given=given)
    return await answer(session, actor, response, done)


@router.post(
    f"{_REQUIREMENT}/release",
    operation_id="funding_release_requirement",
    summary="Say that a puumerkki requirement need not be met in a case",
    response_model=PartnerRequestPublic,
)
async def release(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    request_id: UUID,
    requirement_id: UUID,
    if_match: IfMatch,
    given: RequirementReason,
) -> PartnerRequestPublic:
    done = await service.release(
        session, actor=actor, request_id=request_id, requirement_id=requirement_id, if_version=if_match, given=given
    )
    return await answer(session, actor, response, done)


@router.post(
    f"{_REQUIREMENT}/undo",
    operation_id="funding_undo_requirement",
    summary="Undo that a puumerkki requirement was added, released or waived",
    response_model=PartnerRequestPublic,
)
async def undo(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    request_id: UUID,
    requirement_id: UUID,
    if_match: IfMatch,
    given: RequirementReason,
) -> PartnerRequestPublic:
    done = await service.undo(
        session, actor=actor, request_id=request_id, requirement_id=requirement_id, if_version=if_match, given=given
    )
    return await answer(session, actor, response, done)


@router.post(
    f"{_REQUIREMENT}/waive",
    operation_id="funding_waive_requirement",
    summary="Go on without a puumerkki that is required",
    response_model=PartnerRequestPublic,
)
async def waive(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    request_id: UUID,
    requirement_id: UUID,
    if_match: IfMatch,
    given: WaiverGiven,
) -> PartnerRequestPublic:
    done = await service.waive(
        session, actor=actor, request_id=request_id, requirement_id=requirement_id, if_version=if_match, given=given
    )
    return await answer(session, actor, response, done)


@router.post(
    f"{_REQUIREMENT}/network_view",
    operation_id="funding_give_network_view",
    summary="Say what the network thinks of a waiver",
    response_model=PartnerRequestPublic,
)
async def give_view(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    request_id: UUID,
    requirement_id: UUID,
    if_match: IfMatch,
    given: WaiverView,
) -> PartnerRequestPublic:
    done = await service.give_view(
        session, actor=actor, request_id=request_id, requirement_id=requirement_id, if_version=if_match, given=given
    )
    return await answer(session, actor, response, done)
