"""What is done with a partner request."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.http import ActorDep
from puumerkki.funding.routes.partner_requests import answer
from puumerkki.funding.schemas.decisions import Decision, HandBack, NegativeAnswer, ProposalGiven
from puumerkki.funding.schemas.partner_requests import (
    BeginGiven,
    PartnerRequestPublic,
    SupplementAnswer,
    SupplementAsk,
)
from puumerkki.funding.service import partner_actions as service
from puumerkki.funding.service import proposals
from puumerkki.kernel.http import IfMatch, SessionDep, api_router

router = api_router("partner-requests")
ROUTERS = (router,)


@router.post(
    "/{request_id}/refer_to_network",
    operation_id="funding_refer_partner_request",
    summary="Answer that a network's puumerkki is needed first",
    response_model=PartnerRequestPublic,
)
async def refer_to_network(
    session: SessionDep, actor: ActorDep, response: Response, request_id: UUID, if_match: IfMatch
) -> PartnerRequestPublic:
    done = await service.refer_to_network(session, actor=actor, request_id=request_id, if_version=if_match)
    return await answer(session, actor, response, done)


@router.post(
    "/{request_id}/begin",
    operation_id="funding_begin_partner_request",
    summary="Start preparing, if the gate is open",
    response_model=PartnerRequestPublic,
)
async def begin(
    session: SessionDep, actor: ActorDep, response: Response, request_id: UUID, if_match: IfMatch, given: BeginGiven
) -> PartnerRequestPublic:
    done = await service.begin(session, actor=actor, request_id=request_id, if_version=if_match, given=given)
    return await answer(session, actor, response, done)


@router.post(
    "/{request_id}/ask_supplement",
    operation_id="funding_ask_supplement",
    summary="Ask the applicant for more",
    response_model=PartnerRequestPublic,
)
async def ask_supplement(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    request_id: UUID,
    if_match: IfMatch,
    given: SupplementAsk,
) -> PartnerRequestPublic:
    done = await service.ask_supplement(session, actor=actor, request_id=request_id, if_version=if_match, given=given)
    return await answer(session, actor, response, done)


@router.post(
    "/{request_id}/answer_supplement",
    operation_id="funding_answer_supplement",
    summary="Answer what the officer asked",
    response_model=PartnerRequestPublic,
)
async def answer_supplement(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    request_id: UUID,
    if_match: IfMatch,
    given: SupplementAnswer,
) -> PartnerRequestPublic:
    done = await service.answer_supplement(
        session, actor=actor, request_id=request_id, if_version=if_match, given=given
    )
    return await answer(session, actor, response, done)


@router.post(
    "/{request_id}/close_supplement",
    operation_id="funding_close_supplement",
    summary="Go on without the answer to what was asked",
    response_model=PartnerRequestPublic,
)
async def close_supplement(
    session: SessionDep, actor: ActorDep, response: Response, request_id: UUID, if_match: IfMatch
) -> PartnerRequestPublic:
    done = await service.close_supplement(session, actor=actor, request_id=request_id, if_version=if_match)
    return await answer(session, actor, response, done)


@router.post(
    "/{request_id}/propose",
    operation_id="funding_propose_decision",
    summary="Propose a decision, which a decider confirms or hands back",
    response_model=PartnerRequestPublic,
)
async def propose(
    session: SessionDep, actor: ActorDep, response: Response, request_id: UUID, if_match: IfMatch, given: ProposalGiven
) -> PartnerRequestPublic:
    done = await proposals.propose(session, actor=actor, request_id=request_id, if_version=if_match, given=given)
    return await answer(session, actor, response, done)


@router.post(
    "/{request_id}/hand_back",
    operation_id="funding_hand_back_proposal",
    summary="Hand a proposed decision back to its proposer, with a reason",
    response_model=PartnerRequestPublic,
)
async def hand_back(
    session: SessionDep, actor: ActorDep, response: Response, request_id: UUID, if_match: IfMatch, given: HandBack
) -> PartnerRequestPublic:
    done = await proposals.hand_back(session, actor=actor, request_id=request_id, if_version=if_match, given=given)
    return await answer(session, actor, response, done)


@router.post(
    "/{request_id}/decide",
    operation_id="funding_decide_partner_request",
    summary="Become a partner, if the gate is open",
    response_model=PartnerRequestPublic,
)
async def decide(
    session: SessionDep, actor: ActorDep, response: Response, request_id: UUID, if_match: IfMatch, given: Decision
) -> PartnerRequestPublic:
    done = await service.decide(session, actor=actor, request_id=request_id, if_version=if_match, given=given)
    return await answer(session, actor, response, done)


@router.post(
    "/{request_id}/recall",
    operation_id="funding_recall_partner_request",
    summary="Return the case from preparation",
    response_model=PartnerRequestPublic,
)
async def recall(
    session: SessionDep, actor: ActorDep, response: Response, request_id: UUID, if_match: IfMatch
) -> PartnerRequestPublic:
    done = await service.recall(session, actor=actor, request_id=request_id, if_version=if_match)
    return await answer(session, actor, response, done)


@router.post(
    "/{request_id}/answer_none",
    operation_id="funding_answer_none",
    summary="Answer that the authority does not become a partner",
    response_model=PartnerRequestPublic,
)
async def answer_none(
    session: SessionDep, actor: ActorDep, response: Response, request_id: UUID, if_match: IfMatch, given: NegativeAnswer
) -> PartnerRequestPublic:
    done = await service.answer_none(session, actor=actor, request_id=request_id, if_version=if_match, given=given)
    return await answer(session, actor, response, done)


@router.post(
    "/{request_id}/not_take_up",
    operation_id="funding_not_take_up",
    summary="Answer that the authority does not take the case up",
    response_model=PartnerRequestPublic,
)
async def not_take_up(
    session: SessionDep, actor: ActorDep, response: Response, request_id: UUID, if_match: IfMatch, given: NegativeAnswer
) -> PartnerRequestPublic:
    done = await service.not_take_up(session, actor=actor, request_id=request_id, if_version=if_match, given=given)
    return await answer(session, actor, response, done)


@router.post(
    "/{request_id}/keep",
    operation_id="funding_keep_decision",
    summary="Keep a decision under which something has changed",
    response_model=PartnerRequestPublic,
)
async def keep(
    session: SessionDep, actor: ActorDep, response: Response, request_id: UUID, if_match: IfMatch
) -> PartnerRequestPublic:
    done = await service.keep(session, actor=actor, request_id=request_id, if_version=if_match)
    return await answer(session, actor, response, done)


@router.post(
    "/{request_id}/reopen",
    operation_id="funding_reopen_partner_request",
    summary="Take a decided case up again",
    response_model=PartnerRequestPublic,
)
async def reopen(
    session: SessionDep, actor: ActorDep, response: Response, request_id: UUID, if_match: IfMatch
) -> PartnerRequestPublic:
    done = await service.reopen(session, actor=actor, request_id=request_id, if_version=if_match)
    return await answer(session, actor, response, done)
