"""An authority's inbox: who sees a case, how it is found, what it tells."""

from datetime import timedelta
from typing import Any

import pytest

from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.kernel import clock
from puumerkki.partnerships.queries.gate import version_of
from tests.factories import Client, World
from tests.partnerships.cases import act, officer
from tests.partnerships.gate import endorse, handled, policy, receive, rows_of, scene, scene_of
from tests.personas import make_cast


@pytest.mark.parametrize("got", ["nothing", "this version", "the version before"])
async def test_only_parties_see_a_case_and_a_network_only_what_it_got(world: World, got: str) -> None:
    cast = await make_cast(world)
    arrived = await scene_of(cast)
    if got != "nothing":
        await handled(world.session, arrived.version, arrived.network, state=HandlingState.declined)
    if got == "the version before":
        await receive(world.session, arrived.application, await world.version(arrived.application))
    path = f"/partner-requests/{arrived.request.id}"
    seen = {role for role in cast.callers if (await cast[role].get(path)).status_code == 200}
    listed = {role for role in cast.callers if (await cast[role].get("/partner-requests")).json()["items"]}
    parties = {"viewer", "editor", "owner", "signatory", "officer", "decider", "registry", "service"}
    in_network = {"coordinator", "chair", "secretary", "observer", "representative", "deputy"}
    assert seen == listed == (parties | in_network if got == "this version" else parties)


async def test_another_network_is_not_told_how_the_case_is_handled_elsewhere(world: World) -> None:
    arrived = await scene(world)
    other = await world.network("Toinen")
    await policy(world, arrived.city, other)
    await receive(world.session, arrived.application, await world.version(arrived.application))
    version = await version_of(world.session, arrived.application.id, 2)
    await endorse(world.session, version, arrived.network)
    await handled(world.session, version, other, state=HandlingState.declined)

    async def told(caller: Client) -> set[tuple[str, str | None]]:
        rows = (await caller.get(f"/partner-requests/{arrived.request.id}")).json()["requirements"]
        return {(one["names"]["fi"], one["handling_state"]) for row in rows for one in row["networks"]}

    assert await told(await world.person((Role.observer, other.id))) == {("Elämänkaari", None), ("Toinen", "declined")}
    in_city = await told(await officer(world, arrived))
    assert in_city == {("Elämänkaari", "endorsed"), ("Toinen", "declined")}


async def test_the_inbox_is_filtered_and_searched(world: World) -> None:
    arrived = await scene(world)
    caller = await officer(world, arrived)
    inbox = f"/partner-requests?authority={arrived.city.id}"
    for query, found in {
        "&state=referred": 1,
        "&state=decided": 0,
        "&q=kotona": 1,
        "&q=ystävät": 1,
        "&q=PK/": 1,
        "&q=100%25": 0,
        "&q=_": 0,
        f"&application={arrived.application.id}": 1,
        "&sort=arrived_at": 1,
    }.items():
        answer = await caller.get(inbox + query)
        assert answer.status_code == 200, answer.text
        assert len(answer.json()["items"]) == found, query


async def test_the_inbox_tells_whose_endorsement_is_asked_for_and_whether_it_is_there_today(world: World) -> None:
    arrived = await scene(world)

    async def networks() -> Any:
        caller = await officer(world, arrived)
        [row] = (await caller.get("/partner-requests")).json()["items"]
        return row["networks"]

    [requirement] = await rows_of(world.session, arrived.request)
    named = {
        "requirement_id": str(requirement.id),
        "id": str(arrived.network.id),
        "names": arrived.network.names,
    }
    none = named | {"endorsement_number": None, "endorsement_conditions": [], "opens": False}
    assert await networks() == [none]
    given = await endorse(world.session, arrived.version, arrived.network, valid_until=clock.today())
    assert await networks() == [
        named | {"endorsement_number": given.number, "endorsement_conditions": [], "opens": True}
    ]
    still = {"text": "Tila sovitaan.", "met": False, "when": "later"}
    given.conditions = [still, {"text": "Budjetti.", "met": True, "when": "before"}]
    await world.session.flush()
    dependent = named | {"endorsement_number": given.number, "endorsement_conditions": [still], "opens": True}
    assert await networks() == [dependent]
    first = still | {"when": "before"}
    given.conditions = [first]
    await world.session.flush()
    assert await networks() == [dependent | {"endorsement_conditions": [first], "opens": False}]
    given.conditions = [still]
    await world.session.flush()
    case = (await (await officer(world, arrived)).get(f"/partner-requests/{arrived.request.id}")).json()
    [asked] = case["requirements"][0]["networks"]
    assert asked["endorsement_conditions"] == [still]
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert await networks() == [none]


async def test_a_case_tells_what_happened_to_it(world: World) -> None:
    arrived = await scene(world)
    await endorse(world.session, arrived.version, arrived.network)
    caller = await officer(world, arrived)
    assert (await act(caller, arrived.request, "begin")).status_code == 200
    told = (await caller.get(f"/partner-requests/{arrived.request.id}/timeline")).json()["items"]
    assert [one["type"] for one in told] == [
        "partner_request.begun",
        "partner_request.referred",
        "partner_request.arrived",
    ]
