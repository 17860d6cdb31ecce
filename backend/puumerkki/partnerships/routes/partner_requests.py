"""Partner requests: an authority's inbox, and one case."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.actor import Actor
from puumerkki.access.declare import history, listing
from puumerkki.access.http import AnyActorDep
from puumerkki.kernel.http import SessionDep, api_router, set_etag
from puumerkki.partnerships.exports import PARTNER_REQUESTS_EXPORTED
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries import partner_requests as queries
from puumerkki.partnerships.queries.views import partner_request_view
from puumerkki.partnerships.schemas.partner_requests import (
    PartnerRequestPage,
    PartnerRequestPublic,
    PartnerRequestQuery,
)

router = api_router("partner-requests")
ROUTERS = (router,)


listing(
    router,
    "",
    "partner_requests_list",
    "What has arrived at authorities, as far as you may see it",
    queries.PARTNER_REQUESTS,
    PartnerRequestPage,
    PartnerRequestQuery,
    exported=PARTNER_REQUESTS_EXPORTED,
)


async def answer(
    session: SessionDep, actor: Actor, response: Response, request: PartnerRequest
) -> PartnerRequestPublic:
    """The case after a step, as who took it sees it."""
    await session.flush()
    set_etag(response, request)
    return await partner_request_view(session, actor, request)


@router.get(
    "/{request_id}",
    operation_id="partner_requests_get",
    summary="One case, with what you could do now",
    response_model=PartnerRequestPublic,
)
async def get_partner_request(
    session: SessionDep, actor: AnyActorDep, response: Response, request_id: UUID
) -> PartnerRequestPublic:
    found = await queries.readable_request(session, actor, request_id)
    return await answer(session, actor, response, found)


history(
    router,
    "/{request_id}/timeline",
    "partner_requests_list_timeline",
    "What happened to a case, the newest first",
    "partner_request",
)
