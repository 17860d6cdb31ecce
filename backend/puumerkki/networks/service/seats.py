"""Seats of advisory boards."""

from datetime import date
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.identity.models import User
from puumerkki.kernel.errors import NotFound, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.networks import queries
from puumerkki.networks.errors import networks as errors
from puumerkki.networks.events import networks as events
from puumerkki.networks.models.networks import NetworkKind, NetworkState, Seat
from puumerkki.networks.schemas.seats import SeatCreate, SeatUpdate
from puumerkki.networks.service.networks import require_organisation
from puumerkki.organisations.errors.organisations import OrganisationUnconfirmed


async def create_seat(session: AsyncSession, *, actor: Actor, network_id: UUID, given: SeatCreate) -> Seat:
    """A person's place on an advisory board for a term."""
    network = await queries.network(session, network_id)
    actor.require(P.networks_lead, on=network_id)
    if network.kind != NetworkKind.advisory_board:
        raise errors.NotAdvisory()
    if network.state == NetworkState.closed:
        raise errors.NetworkClosed()
    made = Seat(network_id=network_id, **given.model_dump())
    await _check(session, made)
    session.add(made)
    event = events.SeatCreated(subject=Ref("network", network_id), seat_id=made.id)
    await publish(session, event, actor_id=actor.id)
    return made


async def update_seat(
    session: AsyncSession, *, actor: Actor, network_id: UUID, seat_id: UUID, if_version: int | None, given: SeatUpdate
) -> Seat:
    """Change a seat: its theme, who sits there, its term."""
    seat = await _seat(session, actor, network_id, seat_id, if_version)
    changes = given.changes()
    with session.no_autoflush:
        for name, value in changes.items():
            setattr(seat, name, value)
        await _check(session, seat)
    event = events.SeatChanged(subject=Ref("network", network_id), seat_id=seat_id, changed=tuple(changes))
    await publish(session, event, actor_id=actor.id)
    return seat


async def delete_seat(
    session: AsyncSession, *, actor: Actor, network_id: UUID, seat_id: UUID, if_version: int | None
) -> None:
    """Remove a seat that was never meant to be; an ended term is a day in `term_ends_on`."""
    seat = await _seat(session, actor, network_id, seat_id, if_version)
    await session.delete(seat)
    event = events.SeatDeleted(subject=Ref("network", network_id), seat_id=seat_id)
    await publish(session, event, actor_id=actor.id)


async def _seat(session: AsyncSession, actor: Actor, network_id: UUID, seat_id: UUID, if_version: int | None) -> Seat:
    seat = await session.get(Seat, seat_id, with_for_update=True, populate_existing=True)
    if seat is None or seat.network_id != network_id or not actor.may(P.networks_read, network_id):
        raise NotFound()
    actor.require(P.networks_lead, on=network_id)
    require_version(seat, if_version)
    return seat


async def _check(session: AsyncSession, seat: Seat) -> None:
    _check_term(seat.term_starts_on, seat.term_ends_on)
    for pointer, person_id in (
        ("/principal_id", seat.principal_id),
        ("/deputy_principal_id", seat.deputy_principal_id),
    ):
        if person_id is not None and await session.get(User, person_id) is None:
            raise invalid(pointer, "person_unknown", "There is no such person.")
    if seat.deputy_principal_id == seat.principal_id:
        raise invalid("/deputy_principal_id", "own_deputy", "Nobody is their own deputy.")
    if seat.organisation_id is not None:
        organisation = await require_organisation(session, seat.organisation_id, pointer="/organisation_id")
        if organisation.confirmed_at is None:
            raise OrganisationUnconfirmed()


def _check_term(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise invalid("/term_ends_on", "before_beginning", "A term cannot end before it begins.")
