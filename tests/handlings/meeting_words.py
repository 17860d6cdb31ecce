"""A meeting's decision that two office holders recorded and confirmed, and what those who were there say of it."""

from datetime import timedelta
from typing import Any

import httpx

from puumerkki.handlings.service.decision_words import settle_decisions
from puumerkki.kernel import clock
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene

DAYS = timedelta(days=14)


async def confirmed(scene: Scene, present: str, **changes: Any) -> dict[str, Any]:
    """Recorded by the secretary, of a, and confirmed by the chair, of b: the decision, which waits."""
    given = {
        "meeting_id": str((await scene.meeting()).id),
        "endorses": True,
        "wording": "Puollettiin.",
        "present_member_ids": [str(scene.members[name].id) for name in present],
    } | changes
    shown = await scene.must("record_decision", given, by=scene.secretary)
    shown = await scene.must(f"decisions/{shown['decisions'][-1]['id']}/confirm", by=scene.chair)
    made: dict[str, Any] = shown["decisions"][-1]
    return made


async def waiting(world: World, *, members: int = 5, present: str = "abcd", **changes: Any) -> Scene:
    """A handling in review with such a decision."""
    scene = await make_scene(world, members=members, one_is_enough=False)
    await scene.must("begin_review")
    await scene.must("readings", {"read_on": clock.today().isoformat()})
    await confirmed(scene, present, **changes)
    return scene


async def shown(scene: Scene, by: Client | None = None) -> dict[str, Any]:
    """The newest decision, as the coordinator sees it unless told otherwise."""
    answer = await (by or scene.coordinator).get(scene.path)
    found: dict[str, Any] = answer.json()["decisions"][-1]
    return found


async def say(
    scene: Scene, name: str, *, agrees: bool, by: Client | None = None, decision: str | None = None
) -> httpx.Response:
    """A member's word on the newest decision, by its representative unless told otherwise."""
    decision = decision or (await shown(scene))["id"]
    path = f"{scene.path}/decisions/{decision}/words/{scene.members[name].id}"
    reason = {} if agrees else {"reason": "Emme olleet paikalla."}
    return await (by or scene.representatives[name]).put(path, {"agrees": agrees} | reason)


async def must_say(scene: Scene, name: str, *, agrees: bool, by: Client | None = None) -> dict[str, Any]:
    """A word that is taken; the handling after it."""
    answer = await say(scene, name, agrees=agrees, by=by)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def later(scene: Scene, after: timedelta = DAYS) -> str:
    """The clock settles what is due by then; the state of the handling."""
    with clock.fixed(clock.now() + after):
        await settle_decisions(scene.world.session)
        await scene.world.session.flush()
    return str((await scene.row()).state)
