"""Partner requests: an authority's inbox, and one case."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.actor import Actor
from puumerkki.access.http import AnyActorDep, ViewerDep
from puumerkki.funding.models.partner_requests import PartnerRequest
from puumerkki.funding.queries import partner_requests as queries
from puumerkki.funding.queries.partner_request_view import partner_request_view
from puumerkki.funding.schemas.partner_requests import PartnerRequestPage, PartnerRequestPublic, PartnerRequestQuery
from puumerkki.kernel import reads
from puumerkki.kernel.eventlog.timeline import TimelinePage, TimelineQuery, timeline
from puumerkki.kernel.http import ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.kernel.subjects import Ref

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


async def answer(
    session: SessionDep, actor: Actor, response: Response, request: PartnerRequest
) -> PartnerRequestPublic:
    """The case after a step, as who took it sees it."""
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
    return await answer(session, actor, response, found)


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
