"""Second persons, who drops it, the clock and a policy's maker at the very same moment, on connections of their own."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller, load_actor
from puumerkki.access.models import PrincipalKind, RoleGrant
from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import Application
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.endorsements.models.revocations import Revocation, RevocationState
from puumerkki.endorsements.schemas.network_powers import DropGiven, ProlongationGiven, RevocationGiven, ViewGiven
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.service import prolongations, revocations
from puumerkki.kernel import clock
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions, transaction
from puumerkki.kernel.errors import PreconditionFailed, PuumerkkiError
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.networks.models.decisions import DecisionKind, DecisionState, DecisionWay, NetworkDecision
from puumerkki.networks.models.networks import NetworkState
from puumerkki.networks.queries import network as one_network
from puumerkki.networks.service.decision_votes import decide_due
from puumerkki.organisations.models.organisations import Organisation, Sector
from puumerkki.partnerships.models.gate import GatePolicy
from puumerkki.partnerships.schemas.gate_policies import GatePolicyCreate
from puumerkki.partnerships.service import gate_policies
from puumerkki.wiring.invariants import broken
from tests.partnerships.gate import DECIDED, ended

Step = Callable[[AsyncSession], Awaitable[Any]]


async def _holder(session: AsyncSession, role: Role, scope: UUID, *, but: UUID | None = None) -> list[Actor]:
    statement = select(RoleGrant.principal_id).where(col(RoleGrant.scope_id) == scope, col(RoleGrant.role) == role)
    if but is not None:
        statement = statement.where(col(RoleGrant.for_organisation_id) != but)
    ids = (await session.exec(statement.order_by(col(RoleGrant.id)).limit(4))).all()
    return [await load_actor(session, Caller(id=one, kind=PrincipalKind.user)) for one in ids]


@pytest.fixture
async def sessions(demo_world: str) -> Any:
    engine = make_engine(demo_world, pool_size=12)
    yield make_sessions(engine)
    await engine.dispose()


async def _at_once(sessions: Any, steps: list[Step]) -> list[Any]:
    async def one(step: Step) -> Any:
        async with transaction(sessions) as session:
            await step(session)
        return True

    found = await asyncio.gather(*(one(step) for step in steps), return_exceptions=True)
    assert all(each is True or isinstance(each, PuumerkkiError) for each in found), found
    return found


async def test_an_endorsement_is_taken_back_or_kept_once(sessions: Any, demo_world: str) -> None:
    async with transaction(sessions) as session:
        endorsed = (await session.exec(select(Handling.id).where(Handling.state == HandlingState.endorsed))).all()
        reviewed = set((await session.exec(select(Revocation.handling_id))).all())
    rounds = [one for one in endorsed if one not in reviewed]
    assert len(rounds) >= 3
    for id_ in rounds:
        async with transaction(sessions) as session:
            handling = await session.get_one(Handling, id_)
            application = await session.get_one(Application, handling.application_id)
            [lead, *_] = await _holder(session, Role.coordinator, handling.network_id)
            [editor, *_] = await _holder(session, Role.editor, application.applicant_id)
            representatives = await _holder(
                session, Role.representative, handling.network_id, but=application.applicant_id
            )
            given = RevocationGiven.model_validate(
                {"way": "cause", "cause": "applicant_asks", "reason": "Hakija pyytää."}
            )
            await revocations.propose(session, actor=lead, handling_id=id_, if_version=handling.version, given=given)
            await revocations.state_view(
                session, actor=editor, handling_id=id_, given=ViewGiven(view="Niin.", asks=True)
            )
            await session.flush()
            version = handling.version

        def confirm(actor: Actor, id_: UUID = id_, version: int = version) -> Step:
            return lambda session: revocations.confirm(session, actor=actor, handling_id=id_, if_version=version)

        def drop(session: AsyncSession, id_: UUID = id_, version: int = version, lead: Actor = lead) -> Any:
            given = DropGiven()
            return revocations.drop(session, actor=lead, handling_id=id_, if_version=version, given=given)

        def prolong(session: AsyncSession, id_: UUID = id_, version: int = version, lead: Actor = lead) -> Any:
            until = clock.today() + timedelta(days=400)
            given = ProlongationGiven(valid_until=until, reason="Päätös viipyy.")
            return prolongations.propose(session, actor=lead, handling_id=id_, if_version=version, given=given)

        found = await _at_once(
            sessions, [drop, prolong, *(confirm(one) for one in representatives), revocations.settle_due]
        )
        assert [found[0], *found[2:-1]].count(True) == 1, found
        assert sum(isinstance(one, PreconditionFailed) for one in found) >= len(representatives), found
        async with transaction(sessions) as session:
            row = await session.get_one(Handling, id_)
            [ended] = (await session.exec(select(Revocation).where(col(Revocation.handling_id) == id_))).all()
            carried = ended.state is RevocationState.carried
            assert (row.state is HandlingState.in_review) is carried
    async with await psycopg.AsyncConnection.connect(libpq_url(demo_world)) as connection:
        assert await broken(connection) == []


async def test_no_network_leaves_while_somebody_comes_to_rely_on_it(sessions: Any) -> None:
    async with transaction(sessions) as session:
        lead_grant = (await session.exec(select(RoleGrant).where(col(RoleGrant.role) == Role.coordinator))).all()[-1]
        network_id = lead_grant.scope_id
        assert network_id is not None
        for policy in (await session.exec(select(GatePolicy.id))).all():
            await ended(session, policy)
        cities = (
            await session.exec(
                select(RoleGrant.scope_id, RoleGrant.principal_id)
                .join(Organisation, col(Organisation.id) == col(RoleGrant.scope_id))
                .where(
                    col(RoleGrant.role) == Role.decider,
                    col(Organisation.sector).in_([Sector.municipality, Sector.wellbeing_county]),
                )
            )
        ).all()
        deciders = [(city, await load_actor(session, Caller(id=who, kind=PrincipalKind.user))) for city, who in cities]
        session.add(
            NetworkDecision(
                network_id=network_id,
                kind=DecisionKind.rest,
                way=DecisionWay.second_person,
                reason="Koordinaattori vaihtuu.",
                on_day=clock.today(),
                proposed_by=lead_grant.principal_id,
                opened_at=clock.now(),
                closes_at=clock.now(),
                state=DecisionState.adopted,
                result={"outcome": "silence"},
            )
        )

    def name(city: UUID, decider: Actor) -> Step:
        given = GatePolicyCreate.model_validate(
            DECIDED
            | {
                "authority_id": str(city),
                "network_ids": [str(network_id)],
                "starts_on": (clock.today() + timedelta(days=20)).isoformat(),
            }
        )
        return lambda session: gate_policies.create_gate_policy(session, actor=decider, given=given)

    await _at_once(sessions, [*(name(city, who) for city, who in deciders), decide_due, decide_due])
    async with transaction(sessions) as session:
        rested = (await one_network(session, network_id)).state == NetworkState.dormant
        told = (await session.exec(select(EventRow.occurred_at).where(col(EventRow.type) == "network.rested"))).all()
        made = await session.exec(select(GatePolicy.created_at).where(col(GatePolicy.starts_on) > clock.today()))
        assert rested is (len(told) == 1)
        assert not told or all(one > max(told) for one in made.all()), "a policy came first, so the network had to tell"
