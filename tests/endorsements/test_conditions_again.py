"""An objection is not wiped by calling conditions met again, and silence moves nothing that is never minor."""

import pytest

from puumerkki.access.roles import Role
from tests.applications.test_co_applicants import address, mails
from tests.endorsements.conditional import ANOTHER_PROJECT, answer, conditional, later, over, seen, tasks
from tests.factories import World
from tests.handlings.scene import Scene

EVERY_PART = ["title", "purpose", "target_groups", "goals", "methods", "budget", "amount_cents"]


async def _claimed(scene: Scene, *places: int) -> None:
    await scene.must("confirm_conditions", {"met": list(places)})


async def test_what_a_second_person_refused_is_not_called_met_again_in_the_same_version(world: World) -> None:
    scene = await conditional(world)
    await _claimed(scene, 0)
    await answer(scene, "a", False)
    await scene.must("conditions_claim/settle", {"met": False}, by=scene.representatives["c"])
    again = await scene.act("confirm_conditions", {"met": [0, 1]})
    assert (again.status_code, again.json()["code"], again.json()["conditions"]) == (409, "claim_refused", [0])
    assert (await scene.must("confirm_conditions", {"met": [1]}))["conditions_claim"]["state"] == "open"


async def test_a_newer_version_can_be_called_met_though_the_former_was_refused(world: World) -> None:
    scene = await conditional(world)
    await _claimed(scene, 0)
    await answer(scene, "a", False)
    await scene.must("conditions_claim/settle", {"met": False}, by=scene.representatives["c"])
    await scene.next_version(methods="Kuten pyydettiin.")
    shown = await scene.must("confirm_conditions", {"met": [0]})
    assert [one["agrees"] for one in shown["conditions_claim"]["asked"]] == [None]


async def test_an_objection_that_nobody_settled_stands_when_it_is_called_met_again(world: World) -> None:
    scene = await conditional(world)
    await _claimed(scene, 0)
    await answer(scene, "a", False)
    assert (await over(scene, 20))["conditions_claim"]["end_reason"] == "nobody_settles"
    await _claimed(scene, 0)
    shown = (await seen(scene))["conditions_claim"]
    assert (shown["asked"][0]["agrees"], shown["asked"][0]["reason"]) == (False, "Kuljetuksia ei ole sovittu.")
    assert shown["settle_by"] is not None
    assert "claim_to_settle" in await tasks(scene.representatives["c"])
    ended = (await over(scene, 20))["conditions_claim"]
    assert (ended["state"], ended["end_reason"]) == ("fell", "nobody_settles"), "the member need not say it again"


async def test_the_member_may_say_otherwise_when_it_is_called_met_again(world: World) -> None:
    """In a network of two nobody could settle it, so the member's own word is the way on."""
    scene = await conditional(world, members=1, asks="a", parts={"a": ["methods"]})
    await _claimed(scene, 0)
    assert (await answer(scene, "a", False)).json()["conditions_claim"]["end_reason"] == "nobody_settles"
    await _claimed(scene, 0)
    assert (await seen(scene))["conditions_claim"]["asked"][0]["agrees"] is False
    done = (await answer(scene, "a", True)).json()
    assert (done["conditions_claim"]["state"], done["conditions"][0]["met"]) == ("effective", True)


async def _another_application(world: World) -> Scene:
    """A friend's condition names every part, and the version is another application."""
    scene = await conditional(world, asks="a", parts={"a": EVERY_PART})
    await scene.next_version(**ANOTHER_PROJECT)
    await _claimed(scene, 0)
    return scene


async def test_silence_moves_no_endorsement_where_parts_changed_that_are_never_minor(world: World) -> None:
    scene = await _another_application(world)
    assert await mails(world, address(scene.representatives["c"])) == ["Ehto on merkitty täyttyneeksi: Yhdessä kotona"]
    early = await scene.act("conditions_claim/settle", {"met": True}, by=scene.representatives["c"])
    assert early.json()["code"] == "nothing_to_settle", "members have their days first"
    waiting = await over(scene, 9)
    assert (waiting["version_number"], waiting["conditions_claim"]["state"]) == (1, "open")
    assert waiting["conditions_claim"]["settle_by"] is not None
    with later(9):
        assert "claim_to_settle" in await tasks(await world.again(scene.representatives["c"]))
    done = await over(scene, 25)
    assert (done["version_number"], done["conditions_claim"]["end_reason"]) == (1, "nobody_settles")


async def test_a_second_person_says_it_where_silence_does_not(world: World) -> None:
    scene = await _another_application(world)
    await over(scene, 9)
    with later(9):
        second = await world.again(scene.representatives["c"])
        done = await scene.must("conditions_claim/settle", {"met": True}, by=second)
    assert (done["version_number"], done["conditions_claim"]["state"]) == (2, "effective")


async def test_the_yes_of_all_who_were_asked_moves_it_and_the_turnout_says_of_which_version_it_is(world: World) -> None:
    scene = await _another_application(world)
    for name in "abc":
        assert (await answer(scene, name, True)).json()["version_number"] == 1
    done = (await answer(scene, "d", True)).json()
    assert done["version_number"] == 2
    endorsement = (await world.nobody.get(f"/endorsements/{done['endorsement_number']}")).json()
    assert (endorsement["version_number"], endorsement["turnout"]["version"], endorsement["turnout"]["voted"]) == (
        2,
        1,
        4,
    )


async def test_a_late_yes_counts_while_a_second_person_is_asked(world: World) -> None:
    scene = await _another_application(world)
    await over(scene, 9)
    with later(9):
        for name in "abcd":
            said = await answer(scene, name, True, by=await world.again(scene.representatives[name]))
    assert said.json()["version_number"] == 2


async def test_where_the_member_has_left_whose_condition_it_is_all_who_could_decide_are_asked(world: World) -> None:
    scene = await conditional(world)
    member = scene.members["a"]
    owner = await world.person((Role.owner, member.organisation_id))
    path = f"/networks/{scene.network.id}/members/{member.id}"
    left = await owner.post(f"{path}/leave", if_match=(await owner.get(path)).json()["version"])
    assert left.status_code == 200, left.text
    shown = await scene.must("confirm_conditions", {"met": [0]})
    asked = {one["member_id"] for one in shown["conditions_claim"]["asked"]}
    assert asked == {str(scene.members[name].id) for name in "bcd"}


async def test_where_nobody_can_be_asked_silence_is_no_yes(world: World) -> None:
    scene = await conditional(world, members=2, asks="a", parts={"a": ["methods"]})
    for name in "ab":
        await scene.representatives[name].put(f"/affiliations/{scene.applicant.id}", {"kinds": ["board_member"]})
    await _claimed(scene, 0)
    assert (await seen(scene))["conditions_claim"]["asked"] == []
    done = (await over(scene))["conditions_claim"]
    assert (done["state"], done["end_reason"]) == ("fell", "nobody_settles")


async def test_one_objection_does_not_cut_the_days_of_the_others_short(world: World) -> None:
    """A sham objection and a friend's settlement moved the endorsement before anybody else had read the mail."""
    scene = await _another_application(world)
    assert (await answer(scene, "b", False)).status_code == 200
    early = await scene.act("conditions_claim/settle", {"met": True}, by=scene.representatives["c"])
    assert (early.status_code, early.json()["code"]) == (409, "claim_answers_open"), early.text
    await over(scene, 9)
    with later(9):
        second = await world.again(scene.representatives["c"])
        done = await scene.must("conditions_claim/settle", {"met": True}, by=second)
    assert done["conditions_claim"]["state"] == "effective"


async def test_that_they_are_not_met_can_be_said_at_once(world: World) -> None:
    scene = await _another_application(world)
    await answer(scene, "b", False)
    done = await scene.must("conditions_claim/settle", {"met": False}, by=scene.representatives["c"])
    assert done["conditions_claim"]["end_reason"] == "refused"


@pytest.mark.parametrize("shared", [False, True])
async def test_the_yes_of_the_claimers_own_member_alone_is_none(world: World, shared: bool) -> None:
    """Nor that of a member which shares an administrator with the claimer's organisation."""
    scene = await conditional(world, asks="a", parts={"a": EVERY_PART})
    own = scene.members["a"].organisation_id
    if shared:
        other = await world.organisation()
        await world.person((Role.owner, own), (Role.owner, other.id))
        own = other.id
    await world.grant(scene.coordinator.person_id, Role.viewer, own)
    await scene.next_version(**ANOTHER_PROJECT)
    for name in "bcd":
        member = scene.members[name]
        owner = await world.person((Role.owner, member.organisation_id))
        path = f"/networks/{scene.network.id}/members/{member.id}"
        left = await owner.post(f"{path}/leave", if_match=(await owner.get(path)).json()["version"])
        assert left.status_code == 200, left.text
    await _claimed(scene, 0)
    shown = (await answer(scene, "a", True)).json()
    assert (shown["version_number"], shown["conditions_claim"]["state"]) == (1, "open")
