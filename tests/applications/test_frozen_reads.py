"""What others decide and see is read from the frozen version at hand, whatever the working copy says by now."""

from datetime import timedelta

import pytest
from sqlmodel import select

from puumerkki.access.roles import Role
from puumerkki.calls.models import FundingCall
from puumerkki.handlings.service.lapsing import lapse_due
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from tests.factories import World
from tests.handlings.scene import Scene, make_scene
from tests.partnerships.gate import receive, request_of

UNSENT = "Keskeneräinen otsikko"


async def _call(scene: Scene, days: int) -> FundingCall:
    made = FundingCall(
        funder_id=scene.city.id,
        names={"fi": "Haku"},
        opens_at=clock.now() - timedelta(days=30),
        closes_at=clock.now() + timedelta(days=days),
        state="published",
    )
    scene.world.session.add(made)
    await scene.world.session.flush()
    return made


async def _working_copy(scene: Scene, **changes: object) -> None:
    for name, value in changes.items():
        setattr(scene.application, name, value)
    await scene.world.session.flush()


@pytest.mark.parametrize(("frozen", "copy", "state"), [("past", None, "lapsed"), (None, "past", "received")])
@pytest.mark.parametrize("newest", ["past", "open", None])
async def test_a_handling_lapses_by_the_call_of_its_version(
    world: World, frozen: str | None, copy: str | None, newest: str | None, state: str
) -> None:
    scene = await make_scene(world)
    calls = {"past": (await _call(scene, -1)).id, "open": (await _call(scene, 9)).id, None: None}
    await _working_copy(scene, call_id=calls[frozen])
    await scene.next_version(call_id=str(calls[frozen]) if frozen else None)
    await _working_copy(scene, call_id=calls[newest] if copy is None else calls[copy])
    await lapse_due(world.session)
    assert (await scene.row()).state == state


async def test_the_authority_sees_the_call_of_the_version(world: World) -> None:
    scene = await make_scene(world)
    sent, unsent = await _call(scene, 5), await _call(scene, 60)
    await scene.next_version(call_id=str(sent.id))
    await receive(world.session, scene.application, scene.version)
    await _working_copy(scene, call_id=unsent.id)
    request = await request_of(world.session, scene.application.id)
    officer = await world.person((Role.officer, scene.city.id))
    [listed] = (await officer.get("/partner-requests")).json()["items"]
    shown = (await officer.get(f"/partner-requests/{request.id}")).json()
    assert {listed["call_closes_at"][:19], shown["call_closes_at"][:19]} == {sent.closes_at.isoformat()[:19]}


async def test_mails_to_others_carry_the_title_of_the_version(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    await _working_copy(scene, title=UNSENT)
    given = {"way": "cause", "cause": "false_facts", "reason": "Tila on purettu."}
    await scene.must("revocations", given)
    mails = (await world.session.exec(select(OutboxMessage))).all()
    assert len(mails) >= 4
    assert not [one for one in mails if UNSENT in one.subject + one.body]
