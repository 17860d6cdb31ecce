"""Seats of advisory boards."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import Creating, IfMatch, SessionDep, api_router, set_etag
from puumerkki.networks.models.networks import Seat
from puumerkki.networks.queries.listings import SEATS
from puumerkki.networks.routes.within import of_network
from puumerkki.networks.schemas.seats import SeatCreate, SeatPage, SeatPublic, SeatQuery, SeatUpdate
from puumerkki.networks.service import seats as service

seats = api_router("networks")


listing(
    seats,
    "/{network_id}/seats",
    "networks_list_seats",
    "Seats of an advisory board",
    SEATS,
    SeatPage,
    SeatQuery,
    within=of_network,
)


@seats.post(
    "/{network_id}/seats",
    operation_id="networks_create_seat",
    summary="Give somebody a seat for a term",
    status_code=201,
    response_model=SeatPublic,
    dependencies=[Creating],
)
async def create_seat(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, given: SeatCreate
) -> Seat:
    made = await service.create_seat(session, actor=actor, network_id=network_id, given=given)
    set_etag(response, made)
    response.headers["Location"] = f"/api/v1/networks/{network_id}/seats"
    return made


@seats.patch(
    "/{network_id}/seats/{seat_id}",
    operation_id="networks_update_seat",
    summary="Change a seat",
    response_model=SeatPublic,
)
async def update_seat(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    seat_id: UUID,
    if_match: IfMatch,
    given: SeatUpdate,
) -> Seat:
    found = await service.update_seat(
        session, actor=actor, network_id=network_id, seat_id=seat_id, if_version=if_match, given=given
    )
    await session.flush()
    set_etag(response, found)
    return found


action(
    seats,
    "/{network_id}/seats/{seat_id}",
    "networks_delete_seat",
    "Remove a seat",
    service.delete_seat,
    None,
    method="DELETE",
)
