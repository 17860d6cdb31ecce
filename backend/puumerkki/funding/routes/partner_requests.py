"""Partner requests: an authority's inbox, one case, and what is done with it."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep, AnyActorDep, ViewerDep
from puumerkki.funding.models import PartnerRequest
from puumerkki.funding.queries import partner_requests as queries
from puumerkki.funding.queries.partner_request_view import partner_request_view
from puumerkki.funding.schemas.partner_requests import (
    Decision,
    PartnerRequestPage,
    PartnerRequestPublic,
    PartnerRequestQuery,
    SupplementAnswer,
    SupplementAsk,
)
from puumerkki.funding.service import partner_actions as service
from puumerkki.kernel import reads
from puumerkki.kernel.http import IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.kernel.refs import Ref
from puumerkki.kernel.timeline import TimelinePage, TimelineQuery, timeline

router = api_router("partner-requests")
ROUTERS = (router,)


@router.get(
    "",
    operation_id="funding_list_partner_requests",
    summary="What has arrived at authorities, as far as you may see it",
    response_model=PartnerRequestPage,
)
async def list_partner_requests(
    request: Request, pool: ReadsDep, viewer: ViewerDep, query: Annotated[PartnerRequestQuery, Query()]
) -> Response:
    filters = {
        "authority": query.authority,
        "state": query.state,
        "application": query.application,
        "q": query.q or None,
    }
    page = await reads.page(
        pool,
        queries.PARTNER_REQUESTS,
        viewer=viewer,
        filters=filters,
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


async def _answer(
    session: SessionDep, actor: Actor, response: Response, request: PartnerRequest
) -> PartnerRequestPublic:
    await session.flush()
    set_etag(response, request)
    return await partner_request_view(session, actor, request)


@router.get(
    "/{request_id}",
    operation_id="funding_get_partner_request",
    summary="One case, with what you could do now",
    response_model=PartnerRequestPublic,
)
async def get_partner_request(
    session: SessionDep, actor: AnyActorDep, response: Response, request_id: UUID
) -> PartnerRequestPublic:
    found = await queries.readable_request(session, actor, request_id)
    return await _answer(session, actor, response, found)


@router.get(
    "/{request_id}/timeline",
    operation_id="funding_list_partner_request_timeline",
    summary="What happened to a case, the newest first",
    response_model=TimelinePage,
)
async def list_timeline(
    request: Request, pool: ReadsDep, viewer: ViewerDep, request_id: UUID, query: Annotated[TimelineQuery, Query()]
) -> Response:
    return page_response(
        request, await timeline(pool, viewer=viewer, subject=Ref("partner_request", request_id), query=query)
    )


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
    return await _answer(session, actor, response, done)


@router.post(
    "/{request_id}/begin",
    operation_id="funding_begin_partner_request",
    summary="Start preparing, if the gate is open",
    response_model=PartnerRequestPublic,
)
async def begin(
    session: SessionDep, actor: ActorDep, response: Response, request_id: UUID, if_match: IfMatch
) -> PartnerRequestPublic:
    done = await service.begin(session, actor=actor, request_id=request_id, if_version=if_match)
    return await _answer(session, actor, response, done)


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
    return await _answer(session, actor, response, done)


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
    return await _answer(session, actor, response, done)


@router.post(
    "/{request_id}/decide",
    operation_id="funding_decide_partner_request",
    summary="Decide on the partnership, if the gate is open",
    response_model=PartnerRequestPublic,
)
async def decide(
    session: SessionDep, actor: ActorDep, response: Response, request_id: UUID, if_match: IfMatch, given: Decision
) -> PartnerRequestPublic:
    done = await service.decide(session, actor=actor, request_id=request_id, if_version=if_match, given=given)
    return await _answer(session, actor, response, done)


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
    return await _answer(session, actor, response, done)
