"""Whom an operator has just named ends nothing that was there before, and binds nobody to it; nor does a successor."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import LegalForm
from tests.agreements.test_agreements import act as agree
from tests.agreements.test_agreements import draft
from tests.applications.test_co_applicants import answer
from tests.archiving import WHY, says, succeeded
from tests.archiving import act as organisation_step
from tests.disqualification.test_named_by_operators import named
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.personas import make_cast


@contextmanager
def later(days: int = 15) -> Iterator[None]:
    with clock.fixed(clock.now() + timedelta(days=days)):
        yield


def refused(answer: Any, code: str = "named_since") -> bool:
    assert (answer.status_code, answer.json()["code"]) == (409, code), answer.text
    return True


async def ends(scene: Scene, by: Client, action: str) -> Any:
    path = f"/applications/{scene.application.id}"
    return await by.post(f"{path}/{action}", if_match=(await by.get(path)).json()["version"])


@pytest.mark.parametrize("action", ["withdraw", "close"])
async def test_they_neither_withdraw_nor_close_what_was_submitted(world: World, action: str) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    stranger = await named(world, scene.applicant.id)
    people = f"/organisations/{scene.applicant.id}/people/{stranger.id}"
    assert (await stranger.put(people, {"roles": ["owner", "editor"]})).status_code == 204
    assert refused(await ends(scene, stranger, action))
    shown = (await stranger.get(f"/applications/{scene.application.id}")).json()["available_actions"]
    assert [one["blocked_by"] for one in shown if one["action"] == action] == ["named_since"]
    assert (await world.nobody.get(f"/endorsements/{number}")).json()["status"] == "valid"
    with later():
        assert (await ends(scene, await world.again(stranger), action)).status_code == 200


async def test_they_leave_no_version_and_accept_what_is_asked_from_then_on(world: World) -> None:
    scene = await make_scene(world)
    other, path = await world.organisation("Naapuri ry"), f"/applications/{scene.application.id}"
    tag = (await scene.editor.get(path)).json()["version"]
    assert (await scene.editor.patch(path, {"co_applicant_ids": [str(other.id)]}, if_match=tag)).status_code == 200
    made = {"id": scene.application.id}
    stranger = await named(world, other.id)
    assert refused(await answer(stranger, made, other, "accepted"))
    before = await world.person((Role.signatory, other.id))
    assert (await answer(before, made, other, "accepted")).status_code == 204
    assert refused(await answer(stranger, made, other, "left"))
    another = await world.organisation("Toinen ry")
    found = await named(world, another.id)
    tag = (await scene.editor.get(path)).json()["version"]
    both = {"co_applicant_ids": [str(other.id), str(another.id)]}
    assert (await scene.editor.patch(path, both, if_match=tag)).status_code == 200
    assert (await answer(found, made, another, "accepted")).status_code == 204, "it was asked after the naming"


async def test_they_make_no_member_a_further_applicant_of_what_it_decides_on(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    member, path = scene.members["a"].organisation_id, f"/applications/{scene.application.id}"
    stranger = await named(world, member)
    tag = (await scene.editor.get(path)).json()["version"]
    asked = await scene.editor.patch(path, {"co_applicant_ids": [str(member)]}, if_match=tag)
    assert asked.status_code == 200, asked.text
    answered = await stranger.put(f"{path}/applicants/{member}", {"answer": "accepted"})
    assert refused(answered)


async def test_they_give_up_no_agreement(world: World) -> None:
    cast = await make_cast(world)
    made = await draft(cast)
    await agree(cast["editor"], made, "propose")
    stranger = await named(world, cast.city.id)
    people = f"/organisations/{cast.city.id}/people/{stranger.id}"
    assert (await stranger.put(people, {"roles": ["owner", "officer", "decider"]})).status_code == 204
    path = f"/agreements/{made['id']}"
    tag = (await stranger.get(path)).json()["version"]
    assert refused(await stranger.post(f"{path}/cancel", {"reason": "Ei."}, if_match=tag))
    with later():
        late = await world.again(stranger)
        assert (await late.post(f"{path}/cancel", {"reason": "Ei."}, if_match=tag)).status_code == 200


async def test_they_say_no_yes_as_a_successor(world: World) -> None:
    old, new = await world.organisation("Lopettava ry"), await world.organisation("Uusi ry")
    owner = await world.person((Role.owner, old.id))
    answered = await organisation_step(owner, old.id, "archive", **WHY, successor_id=str(new.id))
    assert answered.status_code == 200, answered.text
    stranger = await named(world, new.id)
    assert refused(await says(stranger, old, "accepted"))
    assert (await says(await world.person((Role.owner, new.id)), old, "declined")).status_code == 204


async def test_they_make_nobody_a_host(world: World) -> None:
    group, host = await world.organisation("Ryhmä"), await world.organisation("Isäntä ry")
    group.legal_form = LegalForm.unregistered_group
    await world.session.flush()
    asks = await world.person((Role.owner, group.id))
    path = f"/organisations/{group.id}/relations"
    made = await asks.post(path, {"other_id": str(host.id), "kind": "host"})
    assert made.status_code == 201, made.text
    stranger = await named(world, host.id)
    there = f"{path}/{made.json()['id']}/accept"
    assert refused(await stranger.post(there, if_match=1))
    assert (await (await world.person((Role.owner, host.id))).post(there, if_match=1)).status_code == 200


@pytest.mark.parametrize("action", ["withdraw", "close"])
async def test_a_successor_disposes_of_nothing_before_its_own_version(world: World, action: str) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    new = await world.organisation("Uusi ry")
    await succeeded(world, scene.applicant, new)
    theirs = await world.person((Role.owner, new.id), (Role.editor, new.id))
    assert refused(await ends(scene, theirs, action), "own_version_first")
    assert (await world.nobody.get(f"/endorsements/{number}")).json()["status"] == "valid"
    assert (await ends(scene, theirs, "submit")).status_code == 200, "that is its way on"
    assert (await ends(scene, theirs, action)).status_code == 200
