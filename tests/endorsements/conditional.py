"""Endorsements with conditions, for the tests of when these count as met."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from puumerkki.handlings.service.claims import carry_due
from puumerkki.kernel import clock
from puumerkki.networks.decision_rule import ApplicationPart
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene

ALL_MINOR = [part.value for part in ApplicationPart]
ANOTHER_PROJECT = {
    "title": "Aivan toinen hanke",
    "purpose": "Rakennetaan uimahalli.",
    "target_groups": ["KR2"],
    "amount_cents": 99_000_000,
}


async def conditional(
    world: World, *, parts: dict[str, list[str]] | None = None, members: int = 4, asks: str = "ab", **rule: Any
) -> Scene:
    """Endorsed, with a condition of each of the members that ask."""
    scene = await make_scene(world, members=members, **rule)
    await scene.to_ballot()
    named = {"a": ["methods"], "b": []} if parts is None else parts
    for name in scene.representatives:
        if name in asks:
            more = {"condition": f"Ehto {name}.", "condition_parts": named[name]}
            assert (await scene.vote(name, "for_with_conditions", **more)).status_code == 200
        elif name != "own":
            await scene.vote(name, "for")
    await scene.on_ballot("close")
    for name in asks:
        await scene.on_ballot(f"conditions/{scene.members[name].id}", {"taken": True, "when": "before"})
    await scene.must("endorse")
    return scene


@contextmanager
def later(days: int) -> Iterator[None]:
    with clock.fixed(clock.now() + timedelta(days=days)):
        yield


async def over(scene: Scene, days: int = 12) -> dict[str, Any]:
    """The handling after the days in which members can object, as the coordinator sees it."""
    with later(days):
        await carry_due(scene.world.session)
        return await seen(scene, await scene.world.again(scene.coordinator))


async def seen(scene: Scene, by: Client | None = None) -> dict[str, Any]:
    return dict((await (by or scene.coordinator).get(scene.path)).json())


async def answer(scene: Scene, name: str, agrees: bool, *, by: Client | None = None) -> Any:
    given = {"agrees": agrees} | ({} if agrees else {"reason": "Kuljetuksia ei ole sovittu."})
    path = f"{scene.path}/conditions_claim/answers/{scene.members[name].id}"
    return await (by or scene.representatives[name]).put(path, given)


async def tasks(caller: Client) -> list[str]:
    return [one["kind"] for one in (await caller.get("/tasks")).json()["items"]]
