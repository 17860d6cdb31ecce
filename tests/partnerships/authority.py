"""An authority's officer and decider on a case and on its requirements, through the API."""

from typing import Any

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from tests.factories import Client, World
from tests.partnerships.cases import act
from tests.partnerships.gate import Scene, policy, receive, request_of, scene

NO = {"reason": "Määräraha on käytetty.", "decided_on": str(clock.today()), "appeal": "Oikaisuvaatimus 14 päivässä."}
WAIVER = {
    "ground": "network_did_not_answer",
    "reason": "Verkosto ei vastannut.",
    "body": "Hyvinvointijohtaja",
    "decided_on": str(clock.today()),
    "section": "§ 7",
}


async def both(world: World, arrived: Scene) -> Client:
    return await world.person((Role.officer, arrived.city.id), (Role.decider, arrived.city.id))


async def seen(caller: Client, arrived: Scene) -> dict[str, Any]:
    return dict((await caller.get(f"/partner-requests/{arrived.request.id}")).json())


async def on_row(caller: Client, arrived: Scene, action: str, given: Any, *, place: int = 0) -> Any:
    row = (await seen(caller, arrived))["requirements"][place]
    return await act(caller, arrived.request, f"requirements/{row['id']}/{action}", given)


async def under(world: World, *, content: dict[str, Any] | None = None, **said: Any) -> Scene:
    """An application that arrives at a city with one policy that says something."""
    found = await scene(world, gate=False)
    await policy(world, found.city, found.network, **said)
    application = await world.application(found.association, networks=[found.network], authorities=[found.city])
    version = await world.version(application, **(content or {}))
    await receive(world.session, application, version)
    request = await request_of(world.session, application.id)
    return Scene(found.association, found.city, found.network, application, version, request)
