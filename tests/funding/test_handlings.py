"""A network's handling of an application, from its arrival to its end."""

from tests.funding.scene import make_scene
from tests.world import World


async def test_from_arrival_to_the_mark(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    assert number == f"{scene.network.prefix}-{scene.application.created_at.year}-0001"
    shown = (await scene.coordinator.get(scene.path)).json()
    assert shown["state"] == "endorsed"
    assert shown["available_actions"] == [
        {"action": "confirm_conditions", "allowed": False, "blocked_by": "no_conditions"},
        {"action": "take_new_version", "allowed": False, "blocked_by": "no_newer_version"},
        {"action": "revoke", "allowed": True, "blocked_by": None},
    ]
    mark = (await world.nobody.get(f"/endorsements/{number}")).json()
    assert mark["status"] == "valid"
    credential = (await world.nobody.get(f"/endorsements/{number}/credential")).text
    verdict = (await world.nobody.post("/endorsements/verify", {"credential": credential})).json()
    assert verdict["valid"] is True, verdict
