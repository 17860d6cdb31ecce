"""A network's announced changes, and the authorities' answers."""

from fastapi import Response

from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import SessionDep, api_router, set_etag
from puumerkki.networks.models.networks import Network
from puumerkki.networks.schemas.networks import NetworkPublic
from puumerkki.networks.service import changes as service
from puumerkki.networks.service.views import network_public

changes = api_router("networks")


async def network_response(session: SessionDep, actor: ActorDep, response: Response, network: Network) -> NetworkPublic:
    await session.flush()
    set_etag(response, network)
    return await network_public(session, actor=actor, network=network)


action(
    changes,
    "/{network_id}/changes",
    "networks_announce_change",
    "Tell the authorities whose requirements name the network that it stops deciding, rests or closes",
    service.announce_change,
    network_response,
    location="/{network_id}",
)

action(
    changes,
    "/{network_id}/changes/{change}/drop",
    "networks_drop_change",
    "Give up a change that was announced",
    service.drop_change,
    network_response,
)

action(
    changes,
    "/{network_id}/changes/{change}/answers/{authority_id}",
    "networks_answer_change",
    "Answer a network's announced change, for an authority",
    service.answer_change,
    network_response,
    method="PUT",
)
