"""A vote with a condition that was not taken is blank, unless its member says that it stands."""

from datetime import timedelta

import pytest

from puumerkki.handlings.service.effects import take_effect_due
from puumerkki.kernel import clock
from tests.applications.test_co_applicants import address, mails
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene

REFUSED = {"taken": False, "answer": "Ei kuulu tähän."}


async def _counted(world: World, choices: dict[str, str], **rule: object) -> Scene:
    scene = await make_scene(world, members=len(choices), **rule)
    await scene.to_ballot()
    for name, choice in choices.items():
        more = {"condition": f"Ehto {name}."} if choice == "for_with_conditions" else {}
        assert (await scene.vote(name, choice, **more)).status_code == 200
    assert (await scene.on_ballot("close")).status_code == 200
    return scene


async def _answer(scene: Scene, name: str, given: dict[str, object] = REFUSED) -> None:
    answer = await scene.on_ballot(f"conditions/{scene.members[name].id}", given)
    assert answer.status_code == 200, answer.text


async def _stands(scene: Scene, name: str, stands: bool, *, by: Client | None = None) -> dict[str, object]:
    path = f"{scene.path}/ballot/votes/{scene.members[name].id}/standing"
    answer = await (by or scene.representatives[name]).put(path, {"stands": stands})
    shown: dict[str, object] = answer.json()
    return shown


async def _code(scene: Scene, action: str) -> str:
    return str((await scene.act(action, {"reason": "Syy."})).json()["code"])


async def _tasks(caller: Client) -> list[str]:
    return [one["kind"] for one in (await caller.get("/tasks")).json()["items"]]


async def test_two_refused_conditions_are_no_yes(world: World) -> None:
    scene = await _counted(world, {"a": "for_with_conditions", "b": "for_with_conditions"})
    assert "standing_to_state" not in await _tasks(scene.representatives["a"])
    for name in "ab":
        await _answer(scene, name)
    result = (await scene.coordinator.get(f"{scene.path}/ballot")).json()["result"]
    assert (result["votes_for"], result["blank"], result["outcome"]) == (0, 2, "failed")
    assert await _code(scene, "endorse") == "not_passed"
    assert await _code(scene, "decline") == "votes_awaited", "the members are asked first"
    assert "standing_to_state" in await _tasks(scene.representatives["a"])
    for name in "ab":
        await _stands(scene, name, False)
    assert "standing_to_state" not in await _tasks(scene.representatives["a"])
    assert (await scene.must("decline", {"reason": "Ehtoja ei voitu ottaa."}))["state"] == "declined"


async def test_a_member_lets_its_vote_stand(world: World) -> None:
    scene = await _counted(world, {"a": "for_with_conditions", "b": "blank"})
    await _answer(scene, "a")
    own = (await scene.representatives["a"].get(f"{scene.path}/ballot")).json()
    assert own["may_state_standing_for"] == [str(scene.members["a"].id)]
    assert (await scene.representatives["b"].get(f"{scene.path}/ballot")).json()["may_state_standing_for"] == []
    shown = await _stands(scene, "a", True)
    assert shown["result"]["outcome"] == "passed"  # type: ignore[index]
    assert (await scene.must("endorse"))["state"] == "endorsed"
    assert (await _stands(scene, "a", False))["code"] == "wrong_state"


async def test_nobody_waits_where_the_outcome_is_the_same(world: World) -> None:
    scene = await _counted(world, {"a": "for_with_conditions", "b": "for"})
    await _answer(scene, "a")
    assert (await scene.must("endorse"))["state"] == "endorsed"


async def test_three_days_without_a_word_leave_it_blank(world: World) -> None:
    scene = await _counted(world, {"a": "for_with_conditions", "b": "blank"})
    await _answer(scene, "a")
    with clock.fixed(clock.now() + timedelta(days=4)):
        coordinator = await world.again(scene.coordinator)
        shown = await scene.must("decline", {"reason": "Ehtoa ei voitu ottaa."}, by=coordinator)
    assert shown["state"] == "declined"


async def test_an_answer_changed_is_counted_again(world: World) -> None:
    scene = await _counted(world, {"a": "for_with_conditions", "b": "blank"})
    await _answer(scene, "a")
    await _stands(scene, "a", True)
    await _answer(scene, "a", {"taken": True, "when": "later"})
    [condition] = (await scene.coordinator.get(f"{scene.path}/ballot")).json()["conditions"]
    assert (condition["taken"], condition["stands"]) == (True, None)
    await _answer(scene, "a")
    assert await _code(scene, "endorse") == "not_passed", "what it said was of the former answer"


@pytest.mark.parametrize("case", ["voice", "tied", "taken", "none"])
async def test_who_says_that_a_vote_stands(world: World, case: str) -> None:
    scene = await _counted(world, {"a": "for_with_conditions", "b": "for"})
    name, by, code = "a", scene.representatives["a"], ""
    await _answer(scene, "a", {"taken": True, "when": "before"} if case == "taken" else REFUSED)
    match case:
        case "voice":
            by, code = scene.representatives["b"], "no_voice"
        case "tied":
            await by.put(f"/affiliations/{scene.applicant.id}", {"kinds": ["employee"]})
            code = "disqualified"
        case "taken":
            code = "condition_not_refused"
        case _:
            name, by, code = "b", scene.representatives["b"], "no_condition"
    assert (await _stands(scene, name, True, by=by))["code"] == code


async def test_the_members_are_told_by_mail(world: World) -> None:
    scene = await _counted(world, {"a": "for_with_conditions", "b": "for"})
    await _answer(scene, "a")
    assert await mails(world, address(scene.representatives["a"])) == ["Ehtoa ei otettu mukaan: Yhdessä kotona"]
    assert await mails(world, address(scene.representatives["b"])) == []


async def test_unanswered_conditions_are_taken_by_the_clock(world: World) -> None:
    scene = await _counted(world, {"a": "for_with_conditions", "b": "for"})
    with clock.fixed(clock.now() + timedelta(days=5)):
        await take_effect_due(world.session)
        assert (await scene.row()).state == "in_ballot"
    with clock.fixed(clock.now() + timedelta(days=12)):
        answer = await scene.on_ballot(
            f"conditions/{scene.members['a'].id}", REFUSED, by=await world.again(scene.coordinator)
        )
        assert answer.json()["code"] == "answers_over"
        await take_effect_due(world.session)
    assert (await scene.row()).state == "endorsed"
    number = (await scene.coordinator.get(scene.path)).json()["endorsement_number"]
    endorsement = (await world.nobody.get(f"/endorsements/{number}")).json()
    assert endorsement["conditions"] == [{"text": "Ehto a.", "met": False, "when": "before"}]


async def test_the_same_answer_again_changes_nothing(world: World) -> None:
    scene = await _counted(world, {"a": "for_with_conditions", "b": "blank"})
    await _answer(scene, "a")
    await _stands(scene, "a", True)
    before = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    told = (await scene.coordinator.get(f"{scene.path}/timeline")).json()["items"]
    with clock.fixed(clock.now() + timedelta(hours=20)):
        scene.coordinator = await world.again(scene.coordinator)
        await _answer(scene, "a")
        await _answer(scene, "a")
        assert (await scene.coordinator.get(f"{scene.path}/ballot")).json() == before
        assert (await scene.coordinator.get(f"{scene.path}/timeline")).json()["items"] == told
    assert len(await mails(world, address(scene.representatives["a"]))) == 1


async def test_other_words_of_a_refusal_leave_what_the_member_said(world: World) -> None:
    scene = await _counted(world, {"a": "for_with_conditions", "b": "blank"})
    await _answer(scene, "a")
    await _stands(scene, "a", True)
    await _answer(scene, "a", REFUSED | {"answer": "Ei kuulu verkostolle."})
    [condition] = (await scene.coordinator.get(f"{scene.path}/ballot")).json()["conditions"]
    assert (condition["stands"], condition["answer"]) == (True, "Ei kuulu verkostolle.")
    assert (await scene.must("endorse"))["state"] == "endorsed"


async def test_a_changed_answer_is_mailed_once_a_day(world: World) -> None:
    scene = await _counted(world, {"a": "for_with_conditions", "b": "for"})
    for place in range(4):
        await _answer(scene, "a", {"taken": True, "when": "later"})
        await _answer(scene, "a", REFUSED | {"answer": f"Ei ({place})."})
    assert len(await mails(world, address(scene.representatives["a"]))) == 1
    with clock.fixed(clock.now() + timedelta(days=1, minutes=1)):
        scene.coordinator = await world.again(scene.coordinator)
        await _answer(scene, "a", REFUSED)
        await _answer(scene, "a", REFUSED | {"answer": "Ei sittenkään."})
    assert len(await mails(world, address(scene.representatives["a"]))) == 2
