"""Gate policies: who makes them, what they may say, from when and until when."""

from datetime import date, timedelta
from typing import Any

import pytest

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import Organisation, Sector
from tests.factories import World
from tests.partnerships.gate import DECIDED, policy


@pytest.fixture
def today() -> date:
    """Asked for by each test: a run may go over midnight."""
    return clock.today()


async def city_and_decider(world: World) -> tuple[Organisation, Any]:
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    return city, await world.person((Role.decider, city.id))


async def test_a_policy_from_making_to_its_end(world: World, today: date) -> None:
    city, decider = await city_and_decider(world)
    network = await world.network()
    given = DECIDED | {
        "authority_id": str(city.id),
        "network_ids": [str(network.id)],
        "target_groups": ["KR1.1"],
        "reason": {"fi": "Suunnitelmallista ja avointa."},
        "starts_on": str(today),
    }
    made = await decider.post("/gate-policies", given)
    assert made.status_code == 201, made.text
    path = made.headers["location"].removeprefix("/api/v1")
    named = made.json() | {
        "authority": {"id": str(city.id), "names": city.names},
        "networks": [{"id": str(network.id), "names": network.names, "cannot": None}],
        "meetable": True,
        "areas": [],
        "calls": [],
    }
    shown = (await world.nobody.get(path)).json()
    named["published_at"] = shown["published_at"]
    assert shown == named
    assert {name: shown[name] for name in DECIDED} == DECIDED
    listed = await world.nobody.get(f"/gate-policies?authority={city.id}&in_force_on={today}")
    assert listed.json()["items"] == [named]
    of_two = await world.nobody.get(f"/gate-policies?authority={network.id}&authority={city.id}")
    assert of_two.json()["items"] == [named], "of any of those that are asked for"
    tried = await decider.patch(path, {"target_groups": []}, if_match=1)
    assert (tried.status_code, tried.json()["code"]) == (409, "policy_started")
    assert (await decider.delete(path, if_match=1)).json()["code"] == "policy_started"
    at_once = await decider.patch(path, {"ends_on": str(today + timedelta(days=13))}, if_match=1)
    assert at_once.json()["errors"][0]["code"] == "policy_notice_short"
    last = today + timedelta(days=14)
    ended = await decider.patch(path, {"ends_on": str(last)}, if_match=1)
    assert (ended.status_code, ended.json()["ends_on"], ended.headers["etag"]) == (200, str(last), '"2"')
    after = last + timedelta(days=1)
    assert (await world.nobody.get(f"/gate-policies?in_force_on={after}")).json()["items"] == []


async def test_only_an_authoritys_first_policy_begins_at_once(world: World, today: date) -> None:
    city, decider = await city_and_decider(world)
    network = await world.network()
    given = DECIDED | {"authority_id": str(city.id), "network_ids": [str(network.id)], "starts_on": str(today)}
    assert (await decider.post("/gate-policies", given)).status_code == 201
    second = await decider.post("/gate-policies", given)
    assert second.json()["errors"][0] == {
        "pointer": "/starts_on",
        "code": "policy_notice_short",
        "message": "A requirement starts 14 days from today or later.",
    }
    given["starts_on"] = str(today + timedelta(days=14))
    assert (await decider.post("/gate-policies", given)).status_code == 201
    coordinator = await world.person((Role.coordinator, network.id))
    [task] = (await coordinator.get("/tasks")).json()["items"]
    assert (task["kind"], task["organisation_id"]) == ("gate_policy_coming", str(city.id))
    assert (task["due_on"], task["network_id"]) == (given["starts_on"], str(network.id))


async def test_a_policy_names_who_decided_it(world: World, today: date) -> None:
    city, decider = await city_and_decider(world)
    given = {"authority_id": str(city.id), "network_ids": [str((await world.network()).id)], "starts_on": str(today)}
    for name in DECIDED:
        short = {key: value for key, value in DECIDED.items() if key != name}
        answer = await decider.post("/gate-policies", given | short)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/{name}")


async def test_a_policy_that_has_not_started_can_change_and_go(world: World, today: date) -> None:
    city, decider = await city_and_decider(world)
    await policy(world, city, await world.network())
    made = await policy(world, city, await world.network(), starts_on=today + timedelta(days=20))
    path = f"/gate-policies/{made.id}"
    later = await decider.patch(path, {"starts_on": str(today + timedelta(days=16))}, if_match=1)
    assert later.status_code == 200, later.text
    past = await decider.patch(path, {"starts_on": str(today - timedelta(days=1))}, if_match=2)
    assert past.json()["errors"][0]["code"] == "in_the_past"
    soon = await decider.patch(path, {"starts_on": str(today + timedelta(days=13))}, if_match=2)
    assert soon.json()["errors"][0]["code"] == "policy_notice_short"
    with clock.fixed(clock.now() + timedelta(days=5)):
        again = await world.person((Role.decider, city.id))
        asks_otherwise = await again.patch(path, {"target_groups": ["KR1.1"]}, if_match=2)
        assert asks_otherwise.json()["errors"][0]["code"] == "policy_notice_short"
    assert (await decider.delete(path, if_match=2)).status_code == 204
    assert (await world.nobody.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"network_ids": ["00000000-0000-0000-0000-000000000000"]}, "/network_ids/0", "network_unknown"),
        ({"target_groups": ["NO"]}, "/target_groups", "target_group_unknown"),
        ({"area_ids": ["00000000-0000-0000-0000-000000000000"]}, "/area_ids/0", "area_unknown"),
        ({"call_ids": ["00000000-0000-0000-0000-000000000000"]}, "/call_ids/0", "call_unknown"),
        ({"starts_on": "2020-01-01"}, "/starts_on", "in_the_past"),
        ({"ends_on": "2020-01-01"}, "/ends_on", "before_beginning"),
        ({"decided_on": "2100-01-01"}, "/decided_on", "in_the_future"),
    ],
)
async def test_what_a_policy_names_must_be_there(
    world: World, today: date, change: Any, pointer: str, code: str
) -> None:
    city, decider = await city_and_decider(world)
    network = await world.network()
    given = DECIDED | {"authority_id": str(city.id), "network_ids": [str(network.id)], "starts_on": str(today)}
    answer = await decider.post("/gate-policies", given | change)
    assert answer.status_code == 422, answer.text
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, code)]


async def test_only_deciding_networks_and_only_authorities(world: World, today: date) -> None:
    city, decider = await city_and_decider(world)
    advisory = await world.network("Neuvottelukunta", decides=False, prefix=None)
    given = DECIDED | {"authority_id": str(city.id), "network_ids": [str(advisory.id)], "starts_on": str(today)}
    assert (await decider.post("/gate-policies", given)).json()["errors"][0]["code"] == "network_advises"
    association = await world.organisation()
    one = await world.person((Role.decider, association.id))
    given |= {"authority_id": str(association.id), "network_ids": [str((await world.network()).id)]}
    assert (await one.post("/gate-policies", given)).json()["errors"][0]["code"] == "not_an_authority"
    officer = await world.person((Role.officer, city.id))
    given["authority_id"] = str(city.id)
    assert (await officer.post("/gate-policies", given)).status_code == 403


async def _made(world: World, **more: Any) -> tuple[Any, str]:
    city, decider = await city_and_decider(world)
    made = await policy(world, city, await world.network(), **more)
    return decider, f"/gate-policies/{made.id}"


async def test_a_policy_that_ended_stays_ended(world: World, today: date) -> None:
    ended = today - timedelta(days=1)
    decider, path = await _made(world, starts_on=today - timedelta(days=90), ends_on=ended)
    for last in (None, str(today + timedelta(days=400)), str(ended)):
        answer = await decider.patch(path, {"ends_on": last}, if_match=1)
        assert (answer.status_code, answer.json()["code"]) == (409, "policy_ended"), last
    worded = await decider.patch(path, {"reason": {"fi": "Päättyi."}}, if_match=1)
    assert worded.status_code == 200, "what it was for can still be said"
    assert (await world.nobody.get(f"/gate-policies?in_force_on={today}")).json()["items"] == []


async def test_going_on_longer_is_announced_as_a_beginning_is(world: World, today: date) -> None:
    """A last day nearer than the notice stands: whoever comes after it has been told that nothing asks."""
    soon = today + timedelta(days=12)
    decider, path = await _made(world, starts_on=today - timedelta(days=90), ends_on=soon)
    for last in (None, str(today + timedelta(days=400)), str(today + timedelta(days=20))):
        answer = await decider.patch(path, {"ends_on": last}, if_match=1)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "policy_notice_short"), last
    assert (await decider.patch(path, {"ends_on": str(soon)}, if_match=1)).status_code == 200, "nothing changes"
    decider, path = await _made(world, starts_on=today - timedelta(days=90), ends_on=today + timedelta(days=13))
    assert (await decider.patch(path, {"ends_on": None}, if_match=1)).status_code == 200
    decider, path = await _made(world, starts_on=today + timedelta(days=3), ends_on=today + timedelta(days=3))
    assert (await decider.patch(path, {"ends_on": None}, if_match=1)).status_code == 422, "begun or not"


async def test_a_last_day_of_what_has_not_begun_moves_as_before(world: World, today: date) -> None:
    begins = today + timedelta(days=20)
    decider, path = await _made(world, starts_on=begins, ends_on=begins)
    assert (await decider.patch(path, {"ends_on": None}, if_match=1)).status_code == 200
