"""Seats of advisory boards."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.http import ActorDep, ViewerDep
from puumerkki.kernel import reads
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.networks.models import Seat
from puumerkki.networks.queries.known import require_network
from puumerkki.networks.queries.listings import SEATS
from puumerkki.networks.schemas.seats import SeatCreate, SeatPage, SeatPublic, SeatQuery, SeatUpdate
from puumerkki.networks.service import seats as service

seats = api_router("networks")


@seats.get(
    "/{network_id}/seats",
    operation_id="networks_list_seats",
    summary="Seats of an advisory board",
    response_model=SeatPage,
)
async def list_seats(
    request: Request, pool: ReadsDep, viewer: ViewerDep, network_id: UUID, query: Annotated[SeatQuery, Query()]
) -> Response:
    await require_network(pool, viewer=viewer, network_id=network_id)
    page = await reads.page(
        pool,
        SEATS,
        viewer=viewer,
        filters={"network": network_id, "on": query.on},
        sort="term",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


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


@seats.delete(
    "/{network_id}/seats/{seat_id}",
    operation_id="networks_delete_seat",
    summary="Remove a seat",
    status_code=204,
)
async def delete_seat(session: SessionDep, actor: ActorDep, network_id: UUID, seat_id: UUID, if_match: IfMatch) -> None:
    await service.delete_seat(session, actor=actor, network_id=network_id, seat_id=seat_id, if_version=if_match)
