"""What one coordinator alone cannot do: each of these worked once and must be refused."""

from datetime import timedelta

import pytest

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from tests.factories import World
from tests.handlings.scene import make_scene
from tests.partnerships.gate import DECIDED


async def test_the_coordinator_alone_takes_no_endorsement_back(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    assert not (await scene.act("revoke", {"reason": "x"})).is_success
    given = {"way": "cause", "cause": "false_facts", "reason": "x"}
    if (proposed := await scene.act("revocations", given)).is_success:
        assert not (await scene.act("revocation/confirm")).is_success, proposed.text
    assert (await world.nobody.get(f"/endorsements/{number}")).json()["status"] == "valid"
    assert (await scene.row()).state == "endorsed"


@pytest.mark.parametrize("change", ["stop_deciding", "rest", "close"])
async def test_a_network_that_a_policy_names_does_not_just_leave(world: World, change: str) -> None:
    scene = await make_scene(world)
    decider = await world.person((Role.decider, scene.city.id))
    policy = DECIDED | {
        "authority_id": str(scene.city.id),
        "network_ids": [str(scene.network.id)],
        "starts_on": (clock.today() + timedelta(days=20)).isoformat(),
    }
    assert (await decider.post("/gate-policies", policy)).status_code == 201
    path, version = f"/networks/{scene.network.id}", scene.network.version
    if change == "stop_deciding":
        answer = await scene.coordinator.patch(path, {"decides": False}, if_match=version)
    else:
        answer = await scene.coordinator.post(f"{path}/{change}", if_match=version)
    assert answer.status_code in (404, 409), answer.text
    given: dict[str, object] = {"kind": change, "way": "second_person", "reason": "Rahoitus loppuu."}
    if change != "stop_deciding":
        early = given | {"on_day": (clock.today() + timedelta(days=29)).isoformat()}
        assert (await scene.coordinator.post(f"{path}/decisions", early)).json()["errors"][0]["code"] == "too_soon"


async def test_a_condition_that_is_taken_says_by_when_it_is_met(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    await scene.vote("a", "for_with_conditions", condition="Kuljetukset sovitaan.")
    for name in "bc":
        await scene.vote(name, "for")
    await scene.on_ballot("close")
    path = f"conditions/{scene.members['a'].id}"
    assert (await scene.on_ballot(path, {"taken": True})).status_code == 422
    assert (await scene.on_ballot(path, {"taken": True, "when": "later"})).status_code == 200
    number = (await scene.must("endorse"))["endorsement_number"]
    endorsement = (await world.nobody.get(f"/endorsements/{number}")).json()
    assert endorsement["conditions"] == [{"text": "Kuljetukset sovitaan.", "met": False, "when": "later"}]
