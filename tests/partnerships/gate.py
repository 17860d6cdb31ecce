"""What tests of the gate need: an application that has arrived at a city which asks for a network's endorsement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.applications.models.applications import Application, ApplicationVersion
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.handlings.models.handlings import Handling, LapseReason
from puumerkki.kernel import clock
from puumerkki.kernel.crypto.canonical import sha256
from puumerkki.kernel.crypto.keys import KeyPurpose, current_key
from puumerkki.networks.models.networks import Network
from puumerkki.organisations.models.organisations import Organisation, Sector
from puumerkki.partnerships.models.gate import GatePolicy, GateRequirement
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries import gate as gate_queries
from puumerkki.partnerships.service.partner_requests import receive_requests
from tests.factories import World
from tests.personas import Cast


@dataclass
class Scene:
    """An application of `association` at `city`; `request` is the city's case."""

    association: Organisation
    city: Organisation
    network: Network
    application: Application
    version: ApplicationVersion
    request: PartnerRequest


DECIDED: dict[str, Any] = {
    "decided_by_body": "Kaupunginhallitus",
    "decided_on": "2026-01-12",
    "decision_section": "§ 8",
}


async def policy(world: World, city: Organisation, *networks: Network, **more: Any) -> GatePolicy:
    """The city asks for an endorsement of any of the networks, from today on."""
    given: dict[str, Any] = {
        "authority_id": city.id,
        "network_ids": [one.id for one in networks],
        "starts_on": clock.today(),
        "published_at": clock.now(),
    }
    made = GatePolicy(**given | more)
    world.session.add(made)
    await world.session.flush()
    return made


async def ended(session: AsyncSession, policy_id: UUID | str, *, on: date | None = None) -> None:
    """As if the policy's last day had come and gone."""
    last = on or clock.today() - timedelta(days=1)
    connection = await session.connection()
    await connection.execute(select(func.let_requirement_end(UUID(str(policy_id)), last)))


async def arrive(
    world: World, association: Organisation, city: Organisation, network: Network, *, gate: bool = True, **more: Any
) -> Scene:
    """Submit an application to the city, under a policy or without one."""
    if gate:
        await policy(world, city, network)
    application = await world.application(association, networks=[network], authorities=[city], **more)
    version = await world.version(application)
    await receive(world.session, application, version)
    return Scene(association, city, network, application, version, await request_of(world.session, application.id))


async def scene(world: World, *, gate: bool = True, **more: Any) -> Scene:
    """Arrival with everybody made anew."""
    association = await world.organisation("Vanhusten Ystävät ry")
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    network = await world.network(authorities=[city])
    return await arrive(world, association, city, network, gate=gate, **more)


async def scene_of(cast: Cast, *, gate: bool = True) -> Scene:
    """Arrival within the cast's scene."""
    return await arrive(cast.world, cast.association, cast.city, cast.network, gate=gate)


async def receive(session: AsyncSession, application: Application, version: ApplicationVersion) -> None:
    await receive_requests(session, application=application, version=version, actor=Actor())
    await session.flush()


async def request_of(session: AsyncSession, application_id: UUID) -> PartnerRequest:
    return (
        await session.exec(select(PartnerRequest).where(col(PartnerRequest.application_id) == application_id))
    ).one()


async def rows_of(session: AsyncSession, request: PartnerRequest) -> list[GateRequirement]:
    """What policies ask of the case, as it is in the database."""
    return await gate_queries.rows_of(session, request.id)


async def handled(
    session: AsyncSession,
    version: ApplicationVersion,
    network: Network,
    *,
    state: HandlingState = HandlingState.endorsed,
    handle_by: date | None = None,
) -> Handling:
    """The network's handling of the application; one that is there moves to the version."""
    known = await session.exec(
        select(Handling).where(
            col(Handling.application_id) == version.application_id, col(Handling.network_id) == network.id
        )
    )
    made = known.one_or_none() or Handling(
        application_id=version.application_id,
        network_id=network.id,
        version_number=version.number,
        received_at=clock.now(),
        handle_by=clock.today(),
        decides=network.decides,
    )
    made.state, made.version_number = state, version.number
    made.lapse_reason = LapseReason.call_over if state is HandlingState.lapsed else None
    made.handle_by = handle_by or made.handle_by
    session.add(made)
    await session.flush()
    return made


async def endorse(
    session: AsyncSession,
    version: ApplicationVersion,
    network: Network,
    *,
    valid_from: date | None = None,
    valid_until: date | None = None,
    conditions: Sequence[dict[str, Any]] = (),
) -> Endorsement:
    """An endorsement of the network on a version, straight in the tables."""
    handling = await handled(session, version, network)
    snapshot = b"{}"
    made = Endorsement(
        number=f"TESTI-2026-{uuid4().hex[:8].upper()}",
        network_id=network.id,
        application_id=version.application_id,
        handling_id=handling.id,
        version_number=version.number,
        snapshot=snapshot,
        digest=sha256(snapshot),
        conditions=list(conditions),
        issued_at=clock.now(),
        valid_from=valid_from or clock.today(),
        valid_until=valid_until or clock.today() + timedelta(days=365),
        credential="",
        kid=(await current_key(session, KeyPurpose.marks)).kid,
        status_index=uuid4().int % 10**9,
    )
    session.add(made)
    await session.flush()
    return made
