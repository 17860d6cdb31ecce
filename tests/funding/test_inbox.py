"""An authority's inbox: who sees a case, how it is found, what it tells."""

from datetime import timedelta
from typing import Any

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from tests.cast import make_cast
from tests.funding.cases import act, officer
from tests.funding.gate import mark, policy, receive, request_of, scene, scene_of
from tests.world import World


async def test_only_parties_see_a_case(world: World) -> None:
    cast = await make_cast(world)
    arrived = await scene_of(cast)
    path = f"/partner-requests/{arrived.request.id}"
    seen = {role for role in cast.callers if (await cast[role].get(path)).status_code == 200}
    listed = {role for role in cast.callers if (await cast[role].get("/partner-requests")).json()["items"]}
    parties = {"viewer", "editor", "owner", "signatory", "officer", "decider", "registry", "service"}
    in_network = {"coordinator", "chair", "secretary", "observer", "representative", "deputy"}
    assert seen == listed == parties | in_network


async def test_another_network_is_not_told_how_the_case_is_handled_elsewhere(world: World) -> None:
    arrived = await scene(world)
    await mark(world.session, arrived.version, arrived.network)
    await world.session.flush()
    other = await world.network("Toinen")
    await policy(world, arrived.city, other)
    application = await world.application(arrived.association, authorities=[arrived.city])
    await receive(world.session, application, await world.version(application))
    request = await request_of(world.session, application.id)
    await mark(world.session, await world.version(application), arrived.network)
    reader = await world.person((Role.observer, other.id))
    networks = (await reader.get(f"/partner-requests/{request.id}")).json()["networks"]
    assert [one["handling_state"] for one in networks] == [None, None]
    in_city = await (await officer(world, arrived)).get(f"/partner-requests/{request.id}")
    assert {one["handling_state"] for one in in_city.json()["networks"]} == {"endorsed", None}


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


async def test_the_inbox_tells_whose_mark_is_asked_for_and_whether_it_is_there_today(world: World) -> None:
    arrived = await scene(world)

    async def networks() -> Any:
        caller = await officer(world, arrived)
        [row] = (await caller.get("/partner-requests")).json()["items"]
        return row["networks"]

    named = {"id": str(arrived.network.id), "names": arrived.network.names}
    none = named | {"mark_number": None, "mark_conditions": []}
    assert await networks() == [none]
    given = await mark(world.session, arrived.version, arrived.network, valid_until=clock.today())
    assert await networks() == [named | {"mark_number": given.number, "mark_conditions": []}]
    given.conditions = [{"text": "Tila sovitaan.", "met": False}, {"text": "Budjetti.", "met": True}]
    await world.session.flush()
    dependent = named | {"mark_number": given.number, "mark_conditions": ["Tila sovitaan."]}
    assert await networks() == [dependent]
    [asked] = (await (await officer(world, arrived)).get(f"/partner-requests/{arrived.request.id}")).json()["networks"]
    assert asked["mark_conditions"] == ["Tila sovitaan."]
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert await networks() == [none]


async def test_a_case_tells_what_happened_to_it(world: World) -> None:
    arrived = await scene(world)
    await mark(world.session, arrived.version, arrived.network)
    caller = await officer(world, arrived)
    assert (await act(caller, arrived.request, "begin")).status_code == 200
    told = (await caller.get(f"/partner-requests/{arrived.request.id}/timeline")).json()["items"]
    assert [one["type"] for one in told] == [
        "partner_request.begun",
        "partner_request.referred",
        "partner_request.arrived",
    ]
