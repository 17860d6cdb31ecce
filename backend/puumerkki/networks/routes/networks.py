"""Networks and their life."""

from functools import partial
from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action, history, listing
from puumerkki.access.http import AnyActorDep
from puumerkki.kernel.http import SessionDep, api_router, set_etag
from puumerkki.networks import queries
from puumerkki.networks.exports import NETWORKS_EXPORTED
from puumerkki.networks.models.networks import Network
from puumerkki.networks.queries.listings import NETWORKS
from puumerkki.networks.schemas.networks import (
    NetworkPage,
    NetworkPublic,
    NetworkQuery,
)
from puumerkki.networks.service import networks as service
from puumerkki.networks.service.views import network_public

networks = api_router("networks")


async def network_response(
    session: SessionDep, actor: AnyActorDep, response: Response, network: Network
) -> NetworkPublic:
    await session.flush()
    set_etag(response, network)
    return await network_public(session, actor=actor, network=network)


listing(
    networks,
    "",
    "networks_list_networks",
    "Networks",
    NETWORKS,
    NetworkPage,
    NetworkQuery,
    filters=lambda query: {
        "q": query.q.lower() if query.q else None,
        **{name: getattr(query, name) for name in ("kind", "state", "municipality", "target_group", "member")},
    },
    exported=NETWORKS_EXPORTED,
)


@networks.get("/{network_id}", operation_id="networks_get_network", summary="One network")
async def get_network(session: SessionDep, actor: AnyActorDep, response: Response, network_id: UUID) -> NetworkPublic:
    return await network_response(session, actor, response, await queries.network(session, network_id))


action(
    networks,
    "",
    "networks_create_network",
    "Found a network",
    service.create_network,
    network_response,
    location="/{id}",
)

action(
    networks,
    "/{network_id}",
    "networks_update_network",
    "Change what a network says of itself",
    service.update_network,
    network_response,
    method="PATCH",
)

action(
    networks,
    "/{network_id}/activate",
    "networks_activate_network",
    "A network with rules and members begins to work",
    partial(service.act_on_network, action="activate"),
    network_response,
)

action(
    networks,
    "/{network_id}/close",
    "networks_close_network",
    "A network in which nobody takes part yet ends; another one decides on it",
    partial(service.act_on_network, action="close"),
    network_response,
)

action(
    networks,
    "/{network_id}/reopen",
    "networks_reopen_network",
    "A closed network is founded again",
    partial(service.act_on_network, action="reopen"),
    network_response,
)

history(networks, "/{network_id}/events", "networks_list_events", "What happened in a network", "network")
