"""The day on which a network rests or closes is judged again when it is decided, and on the day."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import select

from puumerkki.applications.models.recipients import HandlingState
from puumerkki.calls.models import FundingCall
from puumerkki.handlings.models.handlings import LapseReason
from puumerkki.handlings.service.network_ends import lapse_ended
from puumerkki.kernel import clock
from puumerkki.kernel.formatting import written_day
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.networks.models.networks import NetworkState
from puumerkki.networks.service.decision_votes import decide_due
from tests.factories import World
from tests.handlings.scene import Scene, make_scene

REASON = "Työ on tehty."


async def _proposed(scene: Scene, **more: Any) -> tuple[str, dict[str, Any]]:
    """Proposed for today, while nothing is open; then an application comes."""
    row = await scene.row()
    before, row.state, row.lapse_reason = row.state, HandlingState.lapsed, LapseReason.network_closed
    await scene.world.session.flush()
    given = {"kind": "close", "way": "second_person", "reason": REASON, "on_day": clock.today().isoformat()} | more
    path = f"/networks/{scene.network.id}/decisions"
    made = await scene.coordinator.post(path, given)
    assert made.status_code == 201, made.text
    row.state, row.lapse_reason = before, None
    await scene.world.session.flush()
    return f"{path}/{made.json()['id']}", made.json()


async def _told(scene: Scene, day: date) -> list[str]:
    found = (await scene.world.session.exec(select(OutboxMessage))).all()
    return [one.subject for one in found if written_day(day, "fi") in one.body + one.subject]


async def test_what_came_since_the_proposal_is_finished_first(world: World) -> None:
    scene = await make_scene(world)
    path, made = await _proposed(scene)
    confirmed = await scene.representatives["a"].post(f"{path}/confirm", if_match=made["version"])
    first = clock.today() + timedelta(days=30)
    assert (confirmed.status_code, confirmed.json()["state"]) == (200, "adopted")
    assert confirmed.json()["on_day"] == first.isoformat()
    await lapse_ended(world.session)
    assert (await scene.row()).state == "received"
    assert len(await _told(scene, first)) >= 2, "members and the applicant"
    with clock.fixed(clock.now() + timedelta(days=30)):
        await decide_due(world.session)
        await lapse_ended(world.session)
    assert (await scene.row()).lapse_reason == "network_closed"


async def test_by_the_clock_as_well(world: World) -> None:
    scene = await make_scene(world)
    path, _ = await _proposed(scene)
    with clock.fixed(clock.now() + timedelta(days=15)):
        await decide_due(world.session)
        first = clock.today() + timedelta(days=30)
    seen = (await scene.coordinator.get(path)).json()
    assert (seen["state"], seen["on_day"]) == ("adopted", first.isoformat())


async def test_a_call_that_moves_moves_the_day(world: World) -> None:
    scene = await make_scene(world)
    call = FundingCall(
        names={"fi": "Haku"}, funder_id=scene.city.id, opens_at=clock.now(), closes_at=clock.now() + timedelta(days=20)
    )
    world.session.add(call)
    await world.session.flush()
    await scene.next_version(call_id=str(call.id))
    day = clock.today() + timedelta(days=40)
    path, made = await _proposed(scene, on_day=day.isoformat())
    confirmed = await scene.representatives["a"].post(f"{path}/confirm", if_match=made["version"])
    assert (confirmed.json()["state"], confirmed.json()["on_day"]) == ("adopted", day.isoformat())
    call.closes_at = clock.now() + timedelta(days=50)
    await world.session.flush()
    await decide_due(world.session)
    first = clock.today() + timedelta(days=51)
    seen = (await scene.coordinator.get(path)).json()
    assert (seen["state"], seen["on_day"]) == ("adopted", first.isoformat())
    told = await _told(scene, first)
    assert len(told) >= 2, "members and the applicant"
    await decide_due(world.session)
    assert await _told(scene, first) == told, "once"
    events = (await scene.coordinator.get(f"/networks/{scene.network.id}/events")).json()["items"]
    assert "network.decision_day_moved" in [one["type"] for one in events]
    with clock.fixed(clock.now() + timedelta(days=41)):
        await decide_due(world.session)
    assert scene.network.state == NetworkState.active
