"""Many policies of an authority that has none, at the very same moment: one of them is its first."""

import asyncio
from datetime import timedelta
from typing import Any

from puumerkki.access.actor import Actor, Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.kernel.db import make_engine, make_sessions, transaction
from puumerkki.kernel.errors import Invalid
from puumerkki.organisations.models.organisations import Sector
from puumerkki.partnerships.schemas.gate_policies import GatePolicyCreate
from puumerkki.partnerships.service.gate_policies import create_gate_policy
from tests.factories import World
from tests.partnerships.gate import DECIDED

AT_ONCE = 5


async def test_one_of_many_at_once_is_the_first(committed_database: str) -> None:
    engine = make_engine(committed_database, pool_size=AT_ONCE + 1)
    sessions = make_sessions(engine)
    for _ in range(5):
        async with transaction(sessions) as session:
            world = World(session)
            city, network = await world.organisation("Kaupunki", sector=Sector.municipality), await world.network()
            decider = await world.person((Role.decider, city.id))
            actor = await load_actor(session, Caller(id=decider.id, kind=PrincipalKind.user))
            given = DECIDED | {"authority_id": city.id, "network_ids": [network.id], "starts_on": clock.today()}

        async def one(actor: Actor = actor, given: GatePolicyCreate = GatePolicyCreate.model_validate(given)) -> Any:
            async with transaction(sessions) as session:
                return await create_gate_policy(session, actor=actor, given=given)

        found = await asyncio.gather(*(one() for _ in range(AT_ONCE)), return_exceptions=True)
        refused = [each for each in found if isinstance(each, Invalid)]
        assert len(refused) == AT_ONCE - 1, found
        async with transaction(sessions) as session:
            later = given | {"starts_on": clock.today() + timedelta(days=14)}
            await create_gate_policy(session, actor=actor, given=GatePolicyCreate.model_validate(later))
    await engine.dispose()
