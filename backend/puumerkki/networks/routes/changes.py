"""A network's announced changes, and the authorities' answers."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import Creating, IfMatch, SessionDep, api_router, set_etag
from puumerkki.networks.models import Network, NetworkChange
from puumerkki.networks.schemas.changes import ChangeAnnounce, ChangeAnswer
from puumerkki.networks.schemas.networks import NetworkPublic
from puumerkki.networks.service import changes as service
from puumerkki.networks.service.views import network_public

changes = api_router("networks")


async def _shown(session: SessionDep, actor: ActorDep, response: Response, network: Network) -> NetworkPublic:
    await session.flush()
    set_etag(response, network)
    return await network_public(session, actor=actor, network=network)


@changes.post(
    "/{network_id}/changes",
    operation_id="networks_announce_change",
    summary="Tell the authorities whose requirements name the network that it stops deciding, rests or closes",
    status_code=201,
    dependencies=[Creating],
)
async def announce_change(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    if_match: IfMatch,
    given: ChangeAnnounce,
) -> NetworkPublic:
    found = await service.announce_change(session, actor=actor, network_id=network_id, if_version=if_match, given=given)
    response.headers["Location"] = f"/api/v1/networks/{network_id}"
    return await _shown(session, actor, response, found)


@changes.post(
    "/{network_id}/changes/{change}/drop",
    operation_id="networks_drop_change",
    summary="Give up a change that was announced",
)
async def drop_change(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, change: NetworkChange
) -> NetworkPublic:
    found = await service.drop_change(session, actor=actor, network_id=network_id, change=change)
    return await _shown(session, actor, response, found)


@changes.put(
    "/{network_id}/changes/{change}/answers/{authority_id}",
    operation_id="networks_answer_change",
    summary="Answer a network's announced change, for an authority",
)
async def answer_change(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    change: NetworkChange,
    authority_id: UUID,
    given: ChangeAnswer,
) -> NetworkPublic:
    found = await service.answer_change(
        session, actor=actor, network_id=network_id, change=change, authority_id=authority_id, given=given
    )
    return await _shown(session, actor, response, found)
