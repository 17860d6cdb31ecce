"""Members that a statement names as agreeing are told, and say if it is not so."""

from typing import Any

from sqlmodel import select

from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from tests.factories import World
from tests.handlings.scene import Scene, make_scene


async def _stated(world: World) -> tuple[Scene, dict[str, Any]]:
    scene = await make_scene(world, network={"decides": False})
    await scene.must("begin_review")
    given = {
        "statement": "Tarpeellinen hanke.",
        "agreed_how": "in_writing",
        "agreed_on": clock.today().isoformat(),
        "agreed_member_ids": [str(scene.members[name].id) for name in "ab"],
    }
    return scene, await scene.must("give_statement", given)


async def _deny(scene: Scene, name: str, by: str) -> tuple[int, str]:
    answer = await scene.representatives[by].delete(f"{scene.path}/statement/agreed/{scene.members[name].id}")
    return answer.status_code, answer.json()["code"] if answer.content else ""


async def test_each_member_that_agreed_is_told(world: World) -> None:
    scene, _ = await _stated(world)
    written = (await world.session.exec(select(OutboxMessage))).all()
    told = {one.recipient for one in written if one.subject.startswith("Organisaationne on nimetty lausunnossa")}
    ids = [scene.representatives[name].id for name in "ab"]
    assert told == {f"{one.hex}@example.org" for one in ids if one is not None}


async def test_a_member_that_did_not_agree_is_named_no_more(world: World) -> None:
    scene, shown = await _stated(world)
    assert [one["fi"] for one in shown["agreed"]["members"]] == ["Jäsen 0 ry", "Jäsen 1 ry"]
    assert await _deny(scene, "a", "b") == (403, "no_voice")
    assert await _deny(scene, "c", "c") == (404, "not_found")
    seen = (await scene.representatives["a"].get(scene.path)).json()
    assert seen["agreed"]["may_deny_for"] == [str(scene.members["a"].id)]
    assert await _deny(scene, "a", "a") == (204, "")
    assert await _deny(scene, "a", "a") == (404, "not_found")
    seen = (await scene.coordinator.get(scene.path)).json()
    assert [one["fi"] for one in seen["agreed"]["members"]] == ["Jäsen 1 ry"]
