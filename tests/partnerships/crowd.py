"""Eight people who all want something of one case at the very same moment, for `test_gate_at_once`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState, PartnerRequestState
from puumerkki.endorsements.schemas.network_powers import RevocationGiven, ViewGiven
from puumerkki.endorsements.service import endorsements
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.models.votes import Vote
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.service import ballots, revocations
from puumerkki.handlings.service.handlings import receive_version
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import Network, NetworkMember, Rulebook
from puumerkki.networks.tally import Choice
from puumerkki.organisations.models.organisations import Organisation, Sector
from puumerkki.partnerships.models.gate import GatePolicy
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.gate import rows_of
from puumerkki.partnerships.schemas.decisions import Decision
from puumerkki.partnerships.schemas.gate import RequirementReason, WaiverGiven
from puumerkki.partnerships.schemas.partner_requests import BeginGiven, SupplementAsk
from puumerkki.partnerships.service import gate_actions, partner_actions, supplements
from puumerkki.partnerships.service.partner_requests import receive_requests
from tests.factories import Client, World
from tests.partnerships.authority import WAIVER
from tests.partnerships.gate import policy, request_of
from tests.partnerships.test_partner_requests import DECISION

CONDITION = {"text": "Sijaisapua myös Ylikiimingissä.", "when": "later"}


@dataclass
class House:
    """One network with its members, each with a voice; the applicant is one of them and has none here."""

    network: Network
    book: Rulebook
    lead: Client
    members: list[NetworkMember] = field(default_factory=list)
    representatives: list[Client] = field(default_factory=list)


@dataclass
class Crowd:
    """Everybody, for all rounds. The second house is asked by a policy for part of whom the application is for."""

    city: Organisation
    applicant: Organisation
    first: House
    second: House
    wanted: GatePolicy
    editor: Client
    officers: Sequence[Client]
    deciders: Sequence[Client]

    @property
    def everybody(self) -> list[Client]:
        return [
            self.editor,
            *self.officers,
            *self.deciders,
            self.first.lead,
            self.second.lead,
            self.first.representatives[0],
        ]


@dataclass(frozen=True)
class Start:
    """Where a round begins. `endorsed`: the second house has given its endorsement, with a condition that is open
    still; otherwise its ballot has passed. `row`: what became of the row that asks for it."""

    state: PartnerRequestState
    endorsed: bool = False
    row: str = "asks"


@dataclass(frozen=True)
class Round:
    """The case of one round. The first house's endorsement is under review, and the applicant has been heard."""

    application: UUID
    request: UUID
    first: UUID
    second: UUID
    rows: tuple[UUID, UUID]


async def _house(world: World, name: str, city: Organisation, applicant: Organisation) -> House:
    network = await world.network(name, authorities=[city])
    book = await world.rulebook(network)
    made = House(network, book, await world.person((Role.coordinator, network.id)))
    await world.member(network, applicant)
    for number in range(3):
        organisation = await world.organisation(f"Jäsen {number} ry")
        made.members.append(await world.member(network, organisation))
        made.representatives.append(await world.person((Role.representative, network.id, organisation.id)))
    return made


async def gather(world: World) -> Crowd:
    """The city asks all applications for the first house's endorsement, those for people at home for the second's."""
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    applicant = await world.organisation("Vanhusten Ystävät ry")
    first = await _house(world, "Elämänkaari", city, applicant)
    second = await _house(world, "Kotona", city, applicant)
    await policy(world, city, first.network)
    await policy(world, city, second.network, target_groups=["KR1.1"])
    return Crowd(
        city,
        applicant,
        first,
        second,
        await policy(world, city, second.network, target_groups=["KR2"]),
        await world.person((Role.editor, applicant.id), (Role.owner, applicant.id)),
        [await world.person((Role.officer, city.id)) for _ in range(2)],
        [await world.person((Role.decider, city.id)) for _ in range(4)],
    )


async def arrive(world: World, crowd: Crowd, start: Start) -> Round:
    """A case of its own for one round, brought to where the round begins."""
    session = world.session
    networks = [crowd.first.network, crowd.second.network]
    application = await world.application(crowd.applicant, networks=networks, authorities=[crowd.city])
    version = await world.version(application, target_groups=["KR1"])
    editor = await _actor(session, crowd.editor)
    await receive_version(session, application=application, version=version, before=None, actor=editor)
    await receive_requests(session, application=application, version=version, actor=editor)
    await session.flush()
    request = await request_of(session, application.id)
    handlings = {one.network_id: one for one in await queries.of_application(session, application.id)}
    first, second = (handlings[one.id] for one in networks)
    await _endorse(session, application, version, first, [])
    if start.endorsed:
        await _endorse(session, application, version, second, [CONDITION])
    else:
        await _counted(session, crowd.second, second, crowd.applicant)
    rows = {one.network_ids[0]: one.id for one in await rows_of(session, request.id)}
    of_first, of_second = (rows[one.id] for one in networks)
    await _on_row(session, crowd, request, of_second, start.row)
    await _to(session, crowd, request, start.state)
    await _under_review(session, crowd, first)
    await session.commit()
    return Round(application.id, request.id, first.id, second.id, (of_first, of_second))


async def _actor(session: AsyncSession, caller: Client) -> Actor:
    return await load_actor(session, Caller(id=caller.id, kind=PrincipalKind.user))


async def _endorse(session: AsyncSession, application: Any, version: Any, handling: Handling, given: Any) -> None:
    handling.state, handling.decided_at = HandlingState.endorsed, clock.now()
    await endorsements.issue(
        session,
        application=application,
        handling=handling,
        version=version,
        conditions=given,
        validity_days=365,
        actor_id=None,
    )
    await session.flush()


async def _counted(session: AsyncSession, house: House, handling: Handling, applicant: Organisation) -> None:
    """Everybody has voted for it, and the votes are counted."""
    handling.state = HandlingState.in_ballot
    ballot = await ballots.open_ballot(
        session,
        handling=handling,
        rulebook=house.book,
        electors=house.members,
        applicant_ids=frozenset({applicant.id}),
        closes_at=clock.now() + timedelta(days=1),
        actor_id=None,
    )
    await session.flush()
    session.add_all(
        Vote(
            ballot_id=ballot.id, member_id=member.id, choice=Choice.for_, cast_by=representative.id, cast_at=clock.now()
        )  # type: ignore[arg-type]
        for member, representative in zip(house.members, house.representatives, strict=True)
    )
    await session.flush()
    counted = await ballots.count(session, ballot)
    await ballots.close(session, handling=handling, ballot=ballot, counted=counted, actor_id=None)
    await session.flush()


async def _on_row(session: AsyncSession, crowd: Crowd, request: PartnerRequest, row: UUID, how: str) -> None:
    if how == "asks":
        return
    case: dict[str, Any] = {"request_id": request.id, "requirement_id": row, "if_version": request.version}
    if how == "waived":
        actor = await _actor(session, crowd.deciders[0])
        waiver = WaiverGiven.model_validate(WAIVER | {"ground": "law"})
        await gate_actions.waive(session, actor=actor, given=waiver, **case)
    else:
        actor = await _actor(session, crowd.officers[0])
        await gate_actions.release(session, actor=actor, given=RequirementReason(reason="Kaikki asukkaat."), **case)
    await session.flush()


async def _to(session: AsyncSession, crowd: Crowd, request: PartnerRequest, state: PartnerRequestState) -> None:
    if state is PartnerRequestState.referred:
        return
    officer, decider = await _actor(session, crowd.officers[0]), await _actor(session, crowd.deciders[0])

    def case() -> dict[str, Any]:
        return {"request_id": request.id, "if_version": request.version}

    await partner_actions.begin(session, actor=officer, given=BeginGiven(), **case())
    await session.flush()
    if state is PartnerRequestState.supplement_asked:
        await supplements.ask_supplement(session, actor=officer, given=SupplementAsk(body="Omarahoitus?"), **case())
    elif state is PartnerRequestState.decided:
        await partner_actions.decide(session, actor=decider, given=Decision.model_validate(DECISION), **case())
    await session.flush()


async def _under_review(session: AsyncSession, crowd: Crowd, handling: Handling) -> None:
    """The first house's lead proposes to take the endorsement back, since the applicant asks for it."""
    given = {"way": "cause", "cause": "applicant_asks", "reason": "Hakija pyytää."}
    lead, editor = await _actor(session, crowd.first.lead), await _actor(session, crowd.editor)
    case: dict[str, Any] = {"handling_id": handling.id}
    await session.flush()
    await revocations.propose(
        session, actor=lead, if_version=handling.version, given=RevocationGiven.model_validate(given), **case
    )
    await revocations.state_view(session, actor=editor, given=ViewGiven(view="Niin.", asks=True), **case)
    await session.flush()
