"""An endorsement lasts longer once, by two persons; all parties are told before it ends."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from puumerkki.endorsements.queries.endorsements import endorsement_in_force
from puumerkki.handlings.service.prolongations import tell_expiring
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.networks.models.networks import NetworkState
from tests.factories import World
from tests.handlings.scene import Scene, make_scene


async def _given(scene: Scene, *, days: int) -> dict[str, str]:
    endorsement = await endorsement_in_force(scene.world.session, scene.handling_id)
    assert endorsement is not None
    return {"valid_until": (endorsement.valid_until + timedelta(days=days)).isoformat(), "reason": "Päätös viipyy."}


async def _verify(world: World, credential: str) -> dict[str, Any]:
    verdict: dict[str, Any] = (await world.nobody.post("/endorsements/verify", {"credential": credential})).json()
    return verdict


async def test_once_with_the_same_number_and_a_new_credential(world: World) -> None:
    scene = await make_scene(world, validity_days=60)
    number = await scene.to_endorsed()
    former = (await world.nobody.get(f"/endorsements/{number}/credential")).text
    index = (await endorsement_in_force(world.session, scene.handling_id)).status_index  # type: ignore[union-attr]
    for days, code in ((0, "too_soon"), (61, "too_late")):
        answer = await scene.act("prolongations", await _given(scene, days=days))
        assert answer.json()["errors"][0]["code"] == code
    given = await _given(scene, days=40)
    shown = await scene.must("prolongations", given)
    assert shown["prolongation"]["confirmed_at"] is None
    assert (await scene.editor.get(scene.path)).json()["prolongation"] is None, "what waits is the network's own"
    for nobody in (scene.representatives["own"], scene.chair):
        assert not (await scene.act("prolongation/confirm", by=nobody)).is_success
    assert (await scene.act("prolongation/confirm")).status_code == 403
    done = await scene.must("prolongation/confirm", by=scene.representatives["a"])
    assert (done["valid_until"], done["endorsement_number"]) == (given["valid_until"], number)
    endorsement = await endorsement_in_force(world.session, scene.handling_id, for_update=True)
    assert endorsement is not None
    assert (endorsement.status_index, endorsement.valid_until.isoformat()) == (index, given["valid_until"])
    again = await scene.act("prolongations", await _given(scene, days=10))
    assert again.json()["code"] == "already_prolonged"
    with clock.fixed(clock.now() + timedelta(days=62)):
        fresh = (await world.nobody.get(f"/endorsements/{number}/credential")).text
        assert fresh != former
        verdict = await _verify(world, fresh)
        assert (verdict["valid"], verdict["number"]) == (True, number), verdict
        old = await _verify(world, former)
        assert (old["valid"], old["status"], old["problems"]) == (False, "valid", ["expired"])
    with clock.fixed(clock.now() + timedelta(days=102)):
        assert (await _verify(world, fresh))["problems"] == ["expired"]


async def test_the_facts_are_read_again_when_it_is_confirmed(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    await scene.must("prolongations", await _given(scene, days=10))
    scene.network.state = NetworkState.dormant
    await world.session.flush()
    answer = await scene.act("prolongation/confirm", by=scene.representatives["a"])
    assert (answer.status_code, answer.json()["code"]) == (409, "network_not_active")
    scene.network.state = NetworkState.active
    scene.members["own"].state = "left"  # type: ignore[assignment]
    await world.session.flush()
    answer = await scene.act("prolongation/confirm", by=scene.representatives["a"])
    assert (answer.status_code, answer.json()["code"]) == (409, "not_a_member")
    dropped = await scene.must("prolongation/drop", by=scene.representatives["b"])
    assert dropped["prolongation"] is None


async def test_a_moved_endorsement_is_not_prolonged_a_second_time(world: World) -> None:
    scene = await make_scene(world, minor_fields=["title"])
    await scene.to_endorsed()
    await scene.must("prolongations", await _given(scene, days=10))
    await scene.must("prolongation/confirm", by=scene.representatives["a"])
    await scene.next_version(title="Yhdessä yhä kotona")
    answer = await scene.act("prolongations", await _given(scene, days=10))
    assert answer.json()["code"] == "already_prolonged"


@pytest.mark.parametrize(
    "change",
    [
        "valid_until = valid_until + 1",
        "credential = 'x'",
        "prolonged_at = now(), valid_until = valid_until - 1",
        "prolonged_at = now(), valid_until = valid_until + 1, number = 'X'",
    ],
)
async def test_the_database_lets_an_endorsement_last_longer_in_no_other_way(world: World, change: str) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    with pytest.raises(IntegrityError):
        async with world.session.begin_nested():
            await world.session.exec(text(f"update endorsement set {change}"))  # type: ignore[call-overload]


async def test_all_parties_are_told_thirty_days_before_and_once(world: World) -> None:
    scene = await make_scene(world, validity_days=60)
    number = await scene.to_endorsed()

    async def told() -> int:
        await tell_expiring(world.session)
        found = await world.session.exec(select(EventRow.id).where(col(EventRow.type) == "endorsement.expiring"))
        return len(found.all())

    assert await told() == 0
    with clock.fixed(clock.now() + timedelta(days=31)):
        assert (await told(), await told()) == (1, 1)
        subjects = (await world.session.exec(select(OutboxMessage.subject))).all()
        assert len([one for one in subjects if number in one]) == 2, "the applicant and who leads the network"
        lead = await world.again(scene.coordinator)
        task = (await lead.get("/tasks?kind=endorsement_ending")).json()["items"]
        assert [date.fromisoformat(one["due_on"]) for one in task] == [clock.today() + timedelta(days=29)]
