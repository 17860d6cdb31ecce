"""What was counted stays on record, and nothing stays behind: the application ends, or its applicant is removed."""

from datetime import timedelta

import httpx
import pytest
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.handlings.events.handlings import HandlingDeclined
from puumerkki.handlings.service.effects import take_effect_due
from puumerkki.handlings.service.network_ends import lapse_ended
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.networks.models.networks import MemberState
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene

AGAINST = "Ei täydennä nykyisiä palveluja."


async def _voted(world: World, *choices: str, **rule: object) -> Scene:
    scene = await make_scene(world, members=len(choices), **rule)
    await scene.to_ballot()
    for name, choice in zip("abcdef", choices, strict=False):
        assert (await scene.vote(name, choice)).status_code == 200
    return scene


async def _counted(world: World, *choices: str, **rule: object) -> Scene:
    scene = await _voted(world, *choices, **rule)
    assert (await scene.on_ballot("close")).status_code == 200
    return scene


async def _end(scene: Scene, action: str, by: Client | None = None) -> httpx.Response:
    path = f"/applications/{scene.application.id}"
    who = by or scene.editor
    return await who.post(f"{path}/{action}", if_match=(await who.get(path)).json()["version"])


async def _owner(scene: Scene) -> Client:
    return await scene.world.person((Role.owner, scene.applicant.id))


async def _tasks(scene: Scene) -> list[str]:
    return [one["kind"] for one in (await scene.coordinator.get("/tasks")).json()["items"]]


async def _refusals(scene: Scene) -> int:
    told = select(EventRow.id).where(
        col(EventRow.type) == HandlingDeclined.type, col(EventRow.subject_id) == scene.handling_id
    )
    return len((await scene.world.session.exec(told)).all())


async def test_an_application_is_not_closed_while_it_is_voted_on(world: World) -> None:
    scene = await _voted(world, "against", "against")
    path = f"/applications/{scene.application.id}"
    shown = (await scene.editor.get(path)).json()["available_actions"]
    assert {"action": "close", "allowed": False, "blocked_by": "ballot_open"} in shown
    refused = await _end(scene, "close")
    assert (refused.status_code, refused.json()["code"]) == (409, "ballot_open")
    assert (await scene.on_ballot("close")).status_code == 200
    refused = await _end(scene, "close")
    assert (refused.status_code, refused.json()["code"]) == (409, "count_waits")
    with clock.fixed(clock.now() + timedelta(days=12)):
        await take_effect_due(world.session)
    row = await scene.row()
    assert (row.state, row.reason) == ("declined", AGAINST)
    assert (await _end(scene, "close")).status_code == 200
    assert (await scene.row()).state == "declined"


@pytest.mark.parametrize("at", ["received", "in_review", "in_ballot"])
async def test_what_a_closed_application_leaves_open_ends_with_it(world: World, at: str) -> None:
    scene = await make_scene(world, members=2, method="no_objection")
    if at == "in_review":
        await scene.must("begin_review")
    elif at == "in_ballot":
        await scene.to_ballot()
        for name, choice in (("a", "for"), ("b", "against")):
            assert (await scene.vote(name, choice)).status_code == 200
        assert (await scene.on_ballot("close")).status_code == 200
    assert (await scene.row()).state == at
    assert (await _end(scene, "close")).status_code == 200
    assert (await scene.row()).state == "withdrawn"
    assert await _tasks(scene) == []


async def test_a_closed_application_keeps_its_endorsement(world: World) -> None:
    scene = await make_scene(world, members=2)
    number = await scene.to_endorsed()
    assert (await _end(scene, "close")).status_code == 200
    assert (await scene.row()).state == "endorsed"
    assert (await world.nobody.get(f"/endorsements/{number}")).json()["status"] == "valid"


@pytest.mark.parametrize("counted", [True, False], ids=["counted", "time over"])
async def test_who_withdraws_after_a_refusal_was_counted_leaves_it_on_record(world: World, counted: bool) -> None:
    scene = await _voted(world, "against", "against")
    owner = await _owner(scene)
    if counted:
        assert (await scene.on_ballot("close")).status_code == 200
        assert (await _end(scene, "withdraw", owner)).status_code == 200
    else:
        with clock.fixed(clock.now() + timedelta(days=20)):
            assert (await _end(scene, "withdraw", await world.again(owner))).status_code == 200
    row = await scene.row()
    assert (row.state, row.reason, await _refusals(scene)) == ("declined", AGAINST, 1)
    assert row.decided_at is not None
    assert await _tasks(scene) == []


async def test_who_withdraws_while_the_votes_are_hidden_ends_the_ballot(world: World) -> None:
    scene = await _voted(world, "against", "against")
    assert (await _end(scene, "withdraw", await _owner(scene))).status_code == 200
    assert ((await scene.row()).state, await _refusals(scene)) == ("withdrawn", 0)
    assert await _tasks(scene) == []


@pytest.mark.parametrize("state", [MemberState.leaving, MemberState.removed, MemberState.left])
async def test_a_pass_of_an_applicant_who_was_removed_ends(world: World, state: MemberState) -> None:
    scene = await _counted(world, "for", "for")
    scene.members["own"].state = state
    await world.session.flush()
    await take_effect_due(world.session)
    await lapse_ended(world.session)
    row = await scene.row()
    assert (row.state, row.lapse_reason) == ("lapsed", "not_a_member")
    assert "ballot_to_conclude" not in await _tasks(scene)


async def test_who_leaves_the_network_after_a_refusal_was_counted_leaves_it_on_record(world: World) -> None:
    scene = await _counted(world, "against", "against")
    scene.members["own"].state = MemberState.left
    await world.session.flush()
    await lapse_ended(world.session)
    assert (await scene.row()).state == "in_ballot", "it takes effect in its time"
    with clock.fixed(clock.now() + timedelta(days=12)):
        await take_effect_due(world.session)
        await lapse_ended(world.session)
    row = await scene.row()
    assert (row.state, row.reason) == ("declined", AGAINST)


async def _tied(scene: Scene, name: str) -> None:
    answer = await scene.representatives[name].put(f"/affiliations/{scene.applicant.id}", {"kinds": ["board_member"]})
    assert answer.status_code == 204, answer.text


@pytest.mark.parametrize("by", ["clock", "person"])
async def test_votes_of_who_is_tied_by_then_do_not_take_effect(world: World, by: str) -> None:
    scene = await _counted(world, "for", "for", "for", "against", "against")
    await _tied(scene, "a")
    await _tied(scene, "b")
    if by == "person":
        assert (await scene.act("endorse")).json()["code"] == "not_passed"
        await scene.must("decline", {"reason": "Ei."})
    else:
        with clock.fixed(clock.now() + timedelta(days=12)):
            await take_effect_due(world.session)
    assert (await scene.row()).state == "declined"
    result = (await scene.coordinator.get(f"{scene.path}/ballot")).json()["result"]
    assert (result["votes_for"], result["against"], result["recused"]) == (1, 2, 3)


async def test_a_pass_that_hangs_on_tied_people_settles_nothing(world: World) -> None:
    scene = await _counted(world, "for", "for")
    await _tied(scene, "a")
    await _tied(scene, "b")
    with clock.fixed(clock.now() + timedelta(days=12)):
        await take_effect_due(world.session)
    assert (await scene.row()).state == "in_review"


async def _submit(scene: Scene, **content: str) -> str:
    path = f"/applications/{scene.application.id}"
    version = (await scene.editor.get(path)).json()["version"]
    changed = await scene.editor.patch(path, {"content": content}, if_match=version)
    assert changed.status_code == 200, changed.text
    answer = await scene.editor.post(f"{path}/submit", if_match=changed.json()["version"])
    assert answer.status_code == 200, answer.text
    row = await scene.row()
    await scene.world.session.refresh(row)
    return f"{row.state} {row.version_number}"


async def test_what_was_refused_does_not_come_back_by_way_of_another_version(world: World) -> None:
    scene = await _counted(world, "against", "against", minor_fields=["goals"])
    first = (await scene.editor.get(f"/applications/{scene.application.id}")).json()["content"]["purpose"]
    await scene.must("decline", {"reason": "Ei täydennä."})
    assert await _submit(scene, purpose="Aivan toinen.") == "received 2"
    assert await _submit(scene, purpose=first, goals="Kolmesataa.") == "declined 1"
    row = await scene.row()
    assert (row.reason, row.decided_at is not None) == ("Ei täydennä.", True)
    events = (await scene.editor.get(f"{scene.path}/timeline")).json()["items"]
    assert events[0]["type"] == "handling.version_left_out"
    assert await _submit(scene, purpose="Kolmas.") == "received 4"
    await scene.to_ballot()
    for name in "ab":
        assert (await scene.vote(name, "against")).status_code == 200
    assert (await scene.on_ballot("close")).status_code == 200
    await scene.must("decline", {"reason": "Ei tätäkään."})
    assert await _submit(scene, purpose=first) == "declined 4", "every version that was refused counts"
    assert await _submit(scene, purpose="Neljäs.") == "received 6"


async def test_a_puumerkki_does_not_carry_what_was_refused_before(world: World) -> None:
    scene = await _counted(world, "against", "against")
    first = (await scene.editor.get(f"/applications/{scene.application.id}")).json()["content"]["purpose"]
    await scene.must("decline", {"reason": "Ei täydennä."})
    assert await _submit(scene, purpose="Aivan toinen.") == "received 2"
    number = await scene.to_endorsed()
    assert await _submit(scene, purpose=first) == "declined 1"
    assert (await world.nobody.get(f"/endorsements/{number}")).json()["status"] == "superseded"
