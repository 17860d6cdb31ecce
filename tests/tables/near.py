"""Members near an applicant or its call: one try of each thing."""

from typing import Any

from puumerkki.access.roles import Role
from tests.factories import World
from tests.handlings.scene import Scene, make_scene
from tests.handlings.test_interests import same_call, scene_of_call, umbrella
from tests.tables.ties import Try, confirms, reads, recording, told


async def near_scene(world: World, kind: str, **rule: Any) -> Scene:
    """Member a is the applicant's umbrella, or applies to the same call."""
    if kind == "umbrella":
        scene = await make_scene(world, **rule)
        await umbrella(scene, "a")
    else:
        scene = await scene_of_call(world, **rule)
        await same_call(scene, "a")
    await scene.seat(secretary="b", chair="c")
    return scene


def near(kind: str) -> dict[str, Try]:
    async def vote(world: World) -> str:
        scene = await near_scene(world, kind)
        await scene.to_ballot()
        answer = told(await scene.vote("a", "for"))
        [shown] = (await scene.coordinator.get(f"{scene.path}/ballot")).json()["interests"]
        assert shown[kind]
        bars = {"umbrella": "umbrellas_stand_aside", "same_call": "same_call_stands_aside"}[kind]
        strict = await near_scene(world, kind, **{bars: True})
        await strict.to_ballot()
        assert told(await strict.vote("a", "for")) == "recused", "the rulebook says no"
        return answer

    async def of_it(world: World, office: str) -> Scene:
        scene = await near_scene(world, kind)
        who = getattr(scene, office)
        await world.grant(who.id, Role.viewer, scene.members["a"].organisation_id)
        return scene

    async def confirm(world: World) -> str:
        scene = await of_it(world, "chair")
        await scene.must("begin_review")
        return await confirms(scene)

    async def present(world: World) -> str:
        scene = await near_scene(world, kind, one_is_enough=False)
        await scene.must("begin_review")
        return told(await scene.act("record_decision", await recording(scene, "a", "b", "c"), by=scene.secretary))

    async def read(world: World) -> str:
        scene = await of_it(world, "coordinator")
        return await reads(scene, scene.coordinator)

    return {"vote": vote, "confirm": confirm, "present": present, "read": read}
