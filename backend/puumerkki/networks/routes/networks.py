"""Networks and their life."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.http import ActorDep, AnyActorDep, ViewerDep
from puumerkki.kernel import reads
from puumerkki.kernel.eventlog.timeline import TimelinePage, TimelineQuery, timeline
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.kernel.subjects import Ref
from puumerkki.networks import queries
from puumerkki.networks.models import Network
from puumerkki.networks.queries.listings import NETWORKS
from puumerkki.networks.schemas.networks import (
    NetworkCreate,
    NetworkPage,
    NetworkPublic,
    NetworkQuery,
    NetworkUpdate,
)
from puumerkki.networks.service import networks as service
from puumerkki.networks.service.views import network_public

networks = api_router("networks")


async def _shown(session: SessionDep, actor: AnyActorDep, response: Response, network: Network) -> NetworkPublic:
    await session.flush()
    set_etag(response, network)
    return await network_public(session, actor=actor, network=network)


@networks.get("", operation_id="networks_list_networks", summary="Networks", response_model=NetworkPage)
async def list_networks(
    request: Request, pool: ReadsDep, viewer: ViewerDep, query: Annotated[NetworkQuery, Query()]
) -> Response:
    page = await reads.page(
        pool,
        NETWORKS,
        viewer=viewer,
        filters={
            "q": query.q.lower() if query.q else None,
            "kind": query.kind,
            "state": query.state,
            "municipality": query.municipality,
            "target_group": query.target_group,
            "member": query.member,
        },
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@networks.get("/{network_id}", operation_id="networks_get_network", summary="One network")
async def get_network(session: SessionDep, actor: AnyActorDep, response: Response, network_id: UUID) -> NetworkPublic:
    return await _shown(session, actor, response, await queries.network(session, network_id))


@networks.post(
    "",
    operation_id="networks_create_network",
    summary="Found a network",
    status_code=201,
    dependencies=[Creating],
)
async def create_network(
    session: SessionDep, actor: ActorDep, response: Response, given: NetworkCreate
) -> NetworkPublic:
    made = await service.create_network(session, actor=actor, given=given)
    response.headers["Location"] = f"/api/v1/networks/{made.id}"
    return await _shown(session, actor, response, made)


@networks.patch("/{network_id}", operation_id="networks_update_network", summary="Change what a network says of itself")
async def update_network(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    if_match: IfMatch,
    given: NetworkUpdate,
) -> NetworkPublic:
    found = await service.update_network(session, actor=actor, network_id=network_id, if_version=if_match, given=given)
    return await _shown(session, actor, response, found)


@networks.post(
    "/{network_id}/activate",
    operation_id="networks_activate_network",
    summary="A network with rules and members begins to work",
)
async def activate_network(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, if_match: IfMatch
) -> NetworkPublic:
    return await _act(session, actor, response, network_id, "activate", if_match)


@networks.post(
    "/{network_id}/close",
    operation_id="networks_close_network",
    summary="A network in which nobody takes part yet ends; another one decides on it",
)
async def close_network(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, if_match: IfMatch
) -> NetworkPublic:
    return await _act(session, actor, response, network_id, "close", if_match)


@networks.post(
    "/{network_id}/reopen", operation_id="networks_reopen_network", summary="A closed network is founded again"
)
async def reopen_network(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, if_match: IfMatch
) -> NetworkPublic:
    return await _act(session, actor, response, network_id, "reopen", if_match)


async def _act(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, action: str, if_match: int | None
) -> NetworkPublic:
    found = await service.act_on_network(
        session, actor=actor, network_id=network_id, action=action, if_version=if_match
    )
    return await _shown(session, actor, response, found)


@networks.get(
    "/{network_id}/events",
    operation_id="networks_list_events",
    summary="What happened in a network",
    response_model=TimelinePage,
)
async def list_events(
    request: Request,
    pool: ReadsDep,
    viewer: ViewerDep,
    network_id: UUID,
    query: Annotated[TimelineQuery, Query()],
) -> Response:
    page = await timeline(pool, viewer=viewer, subject=Ref("network", network_id), query=query)
    return page_response(request, page)
