"""What follows from a ballot follows from the votes that count: its early close, its conditions, its reasons."""

from datetime import timedelta
from typing import Any

from puumerkki.access.roles import Role
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.handlings.service.effects import take_effect_due
from puumerkki.kernel import clock, workdays
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene


async def _share(scene: Scene, *names: str) -> None:
    await scene.world.person(*((Role.owner, scene.members[name].organisation_id) for name in names))


async def _settle(scene: Scene, confirmed: bool, by: Client) -> Any:
    tag = (await by.get(f"{scene.path}/ballot")).headers["etag"].strip('"')
    return await by.post(f"{scene.path}/ballot/settle_recorded", {"confirmed": confirmed}, if_match=tag)


async def _conditions(scene: Scene, number: str) -> list[str]:
    shown = (await scene.world.nobody.get(f"/endorsements/{number}")).json()
    return [one["text"] for one in shown["conditions"]]


async def test_the_vote_of_the_applicants_sister_is_refused(world: World) -> None:
    scene = await make_scene(world, members=4, closes_early=False)
    await _share(scene, "own", "a")
    await scene.to_ballot()
    assert (await scene.vote("a", "for", early_close=True)).json()["code"] == "recused"
    missing = (await scene.coordinator.get(f"{scene.path}/ballot")).json()["missing"]
    assert {one["member_id"] for one in missing} == {str(scene.members[name].id) for name in "bcd"}


async def test_no_early_close_while_one_of_the_base_is_missing(world: World) -> None:
    scene = await make_scene(world, members=4, closes_early=True)
    await scene.to_ballot()
    for name in "abc":
        assert (await scene.vote(name, "for")).status_code == 200
    await _share(scene, "a", "b")
    refused = await scene.on_ballot("close")
    assert (refused.status_code, refused.json()["code"]) == (409, "votes_missing")
    assert (await scene.vote("d", "against")).status_code == 200
    assert (await scene.on_ballot("close")).status_code == 200


async def test_what_is_shared_since_the_opening_takes_no_vote_that_was_given(world: World) -> None:
    scene = await make_scene(world, members=4, closes_early=True)
    await scene.to_ballot()
    for name, choice in zip("abcd", ("for", "against", "for", "against"), strict=True):
        assert (await scene.vote(name, choice)).status_code == 200
    await _share(scene, "a", "b")
    await _share(scene, "own", "d")
    result = (await scene.on_ballot("close")).json()["result"]
    assert (result["base"], result["votes_for"], result["against"], result["outcome"]) == (4, 2, 2, "failed")


async def test_a_recorded_vote_yields_to_the_own_vote_of_a_member_with_which_it_votes(world: World) -> None:
    scene = await make_scene(world, members=4)
    await _share(scene, "a", "b")
    await scene.to_ballot()
    assert (await scene.vote("a", "for", by=scene.coordinator, recorded=True)).status_code == 200
    assert (await scene.vote("b", "against")).status_code == 200
    again = await scene.vote("a", "for", by=scene.coordinator, recorded=True)
    assert again.json()["code"] == "votes_together"
    for name in "cd":
        assert (await scene.vote(name, "against")).status_code == 200
    result = (await scene.on_ballot("close")).json()["result"]
    assert (result["votes_for"], result["against"], result["recorded"]) == (0, 3, 0)


async def test_a_refused_recorded_vote_sets_no_condition(world: World) -> None:
    scene = await make_scene(world, members=6, quorum_percent=0, one_is_enough=False)
    await scene.to_ballot()
    for name in "ab":
        assert (await scene.vote(name, "for")).status_code == 200
    own = {"by": scene.coordinator, "recorded": True}
    assert (await scene.vote("c", "for_with_conditions", condition="Oma ehto", **own)).status_code == 200
    for name in "def":
        assert (await scene.vote(name, "against", **own)).status_code == 200
    with clock.fixed(workdays.deadline(14)):
        await close_due_ballots(world.session)
        assert (await _settle(scene, False, await world.again(scene.representatives["a"]))).status_code == 200
        endorsed = await scene.must("endorse", by=await world.again(scene.coordinator))
        assert await _conditions(scene, endorsed["endorsement_number"]) == []


async def test_a_recorded_condition_needs_a_second_person(world: World) -> None:
    scene = await make_scene(world, members=4, quorum_percent=0)
    await scene.to_ballot()
    for name in "abc":
        assert (await scene.vote(name, "for")).status_code == 200
    own = {"by": scene.coordinator, "recorded": True}
    assert (await scene.vote("d", "for_with_conditions", condition="Oma ehto", **own)).status_code == 200
    with clock.fixed(workdays.deadline(14)):
        await close_due_ballots(world.session)
        lead = await world.again(scene.coordinator)
        taken = {"taken": True, "when": "before"}
        answered = await scene.on_ballot(f"conditions/{scene.members['d'].id}", taken, by=lead)
        assert answered.status_code == 200
        assert (await scene.act("endorse", by=lead)).json()["code"] == "recorded_unconfirmed"
        end = workdays.deadline(7)
    with clock.fixed(end):
        await take_effect_due(world.session)
    row = await scene.row()
    lead = await world.again(scene.coordinator)
    assert row.state == "endorsed"
    assert await _conditions(scene, (await lead.get(scene.path)).json()["endorsement_number"]) == []


async def test_a_recorded_vote_was_given_since_the_version_came(world: World) -> None:
    scene = await make_scene(world, members=4)
    await scene.to_ballot()
    day = (clock.today() - timedelta(days=1)).isoformat()
    refused = await scene.vote("a", "for", by=scene.coordinator, recorded=True, given_on=day)
    assert refused.json()["errors"][0] == refused.json()["errors"][0] | {
        "pointer": "/given_on",
        "code": "before_version",
    }
