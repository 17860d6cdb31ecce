"""Whatever is done for a member in a ballot goes by one gate: voting, standing aside, and saying that a vote stands."""

from datetime import timedelta
from typing import Any

import httpx

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene


async def _aside(scene: Scene, name: str, by: Client) -> httpx.Response:
    return await by.put(f"{scene.path}/ballot/recusals/{scene.members[name].id}", {})


async def _back(scene: Scene, name: str, by: Client) -> httpx.Response:
    return await by.delete(f"{scene.path}/ballot/recusals/{scene.members[name].id}")


async def _shown(scene: Scene) -> Any:
    return (await scene.coordinator.get(f"{scene.path}/ballot")).json()


async def _tied_deputy(scene: Scene, name: str) -> Client:
    organisation = scene.members[name].organisation_id
    return await scene.world.person((Role.deputy, scene.network.id, organisation), (Role.editor, scene.applicant.id))


async def test_a_tied_deputy_takes_no_vote_away(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    assert (await scene.vote("c", "against")).status_code == 200
    refused = await _aside(scene, "c", await _tied_deputy(scene, "c"))
    assert (refused.status_code, refused.json()["code"]) == (409, "disqualified")
    assert (await _shown(scene))["turnout"] == 1


async def test_a_deputy_sets_no_representative_aside(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    assert (await scene.vote("c", "against")).status_code == 200
    refused = await _aside(scene, "c", await scene.fresh("c"))
    assert refused.json()["code"] == "representative_voted"
    assert (await _shown(scene))["turnout"] == 1


async def test_who_voted_for_another_member_sets_nobody_aside(world: World) -> None:
    scene = await make_scene(world)
    both = await world.person(
        (Role.representative, scene.network.id, scene.members["a"].organisation_id),
        (Role.deputy, scene.network.id, scene.members["b"].organisation_id),
    )
    await scene.to_ballot()
    assert (await scene.vote("a", "for", by=both)).status_code == 200
    assert (await _aside(scene, "b", both)).json()["code"] == "speaks_for_another"


async def test_who_stood_aside_takes_part_again(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    assert (await _aside(scene, "c", scene.representatives["c"])).status_code == 200
    assert (await scene.vote("c", "against")).json()["code"] == "recused"
    assert (await _back(scene, "c", scene.representatives["b"])).status_code == 403
    assert (await _back(scene, "c", await _tied_deputy(scene, "c"))).json()["code"] == "disqualified"
    assert (await _back(scene, "c", await scene.fresh("c"))).json()["code"] == "representative_voted"
    assert (await _back(scene, "c", scene.representatives["c"])).status_code == 204
    assert (await _back(scene, "c", scene.representatives["c"])).status_code == 404
    assert (await scene.vote("c", "against")).status_code == 200
    assert (await _shown(scene))["recusals"][0]["member_id"] == str(scene.members["own"].id)
    assert len((await _shown(scene))["recusals"]) == 1


async def test_nobody_takes_part_again_who_stands_aside_by_the_rules(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    assert (await _back(scene, "own", scene.representatives["own"])).json()["code"] == "disqualified"
    assert (await scene.vote("own", "for")).json()["code"] == "recused"


async def test_a_deputy_does_not_overrule_what_the_representative_said(world: World) -> None:
    scene = await make_scene(world, quorum_percent=0)
    await scene.to_ballot()
    given = await scene.vote("a", "for_with_conditions", condition="Iltaisin.")
    assert given.status_code == 200
    for name in "bc":
        assert (await scene.vote(name, "for")).status_code == 200
    assert (await scene.on_ballot("close")).status_code == 200
    answered = await scene.on_ballot(f"conditions/{scene.members['a'].id}", {"taken": False, "answer": "Ei käy."})
    assert answered.status_code == 200
    path = f"{scene.path}/ballot/votes/{scene.members['a'].id}/standing"
    assert (await scene.representatives["a"].put(path, {"stands": False})).status_code == 200
    refused = await (await scene.fresh("a")).put(path, {"stands": True})
    assert refused.json()["code"] == "representative_voted"


async def test_a_ballot_that_the_applicant_asked_for_lasts_no_longer_than_the_rulebook_says(world: World) -> None:
    scene = await make_scene(world)
    await scene.must("begin_review")
    handling = await scene.row()
    with clock.fixed(clock.end_of_day(handling.handle_by) + timedelta(hours=1)):
        lead, asks = await world.again(scene.coordinator), await world.again(scene.editor)
        await scene.must("ask_for_ballot", by=asks)
        late = {"closes_at": (clock.now() + timedelta(days=80)).isoformat()}
        refused = await scene.act("open_ballot", late, by=lead)
        assert refused.json()["errors"][0]["code"] == "too_late"
        assert (await scene.must("open_ballot", by=lead))["state"] == "in_ballot"
