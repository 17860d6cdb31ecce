"""Ties in dispute cannot be used to silence a critic, to shield a friend, or to hold a case up."""

from datetime import datetime, timedelta

import pytest

from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.disqualification.service.tie_effects import lapse_unsettled
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.kernel import clock
from tests.disqualification.test_tie_questions import _code, _kinds, _mails, _raise, _ties
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene


async def _asked(scene: Scene, by: Client, about: Client) -> str:
    answer = await _raise(scene, by, about)
    assert answer.status_code == 200, answer.text
    return next(
        str(one["id"])
        for one in answer.json()["questions"]
        if one["person"]["principal_id"] == str(about.id) and one["standing"] == "open"
    )


async def _say(by: Client, question: str, holds: bool) -> str:
    given = {"holds": holds, "reason": "Näin on."}
    return _code(await by.put(f"/tie-questions/{question}/settlement", given))


async def _answer(by: Client, question: str) -> str:
    return _code(await by.put(f"/tie-questions/{question}/answer", {"text": "En istunut hallituksessa."}))


async def _status(scene: Scene, question: str, by: Client | None = None) -> str:
    found = (await _ties(scene, by or scene.coordinator))["questions"]
    return next(str(one["standing"]) for one in found if one["id"] == question)


async def test_an_applicant_and_one_friend_take_no_critics_vote(world: World) -> None:
    scene = await make_scene(world, members=5, one_is_enough=False)
    await scene.to_ballot()
    for name in "ace":
        assert _code(await scene.vote(name, "against")) == "yes"
        question = await _asked(scene, scene.editor, scene.representatives[name])
        assert await _say(scene.representatives["b"], question, True) == "yes"
        assert await _say(scene.representatives["b"], question, True) == "not_second_person", "one says it once"
        assert await _answer(scene.representatives[name], question) == "yes"
        assert await _status(scene, question) == "open"
    ballot = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    assert (ballot["turnout"], [one for one in ballot["recusals"] if one["tied"]]) == (3, [])


async def test_two_of_different_organisations_settle_what_an_applicant_says(world: World) -> None:
    scene = await make_scene(world, members=4)
    await scene.to_ballot()
    assert _code(await scene.vote("a", "against")) == "yes"
    question = await _asked(scene, scene.editor, scene.representatives["a"])
    assert await _say(scene.representatives["b"], question, True) == "yes"
    assert await _say(await scene.fresh("b"), question, True) == "not_second_person"
    assert "tie_to_settle" not in await _kinds(scene.representatives["b"])
    assert "tie_to_settle" in await _kinds(scene.representatives["c"])
    assert await _say(scene.representatives["c"], question, True) == "yes"
    assert await _status(scene, question) == "open", "the person is heard first"
    assert "tie_to_answer" in await _kinds(scene.representatives["a"])
    assert await _answer(scene.representatives["c"], question) == "not_about_you"
    assert await _answer(scene.representatives["a"], question) == "yes"
    assert await _status(scene, question) == "tied"
    assert _code(await scene.vote("a", "against")) == "recused"
    assert await _answer(scene.representatives["a"], question) == "tie_question_closed"


async def test_the_second_may_say_no(world: World) -> None:
    scene = await make_scene(world, members=4)
    question = await _asked(scene, scene.editor, scene.representatives["a"])
    assert await _say(scene.representatives["b"], question, True) == "yes"
    assert await _say(scene.representatives["c"], question, False) == "yes"
    assert await _status(scene, question) == "not_tied"


async def test_without_a_word_it_takes_effect_after_two_days(world: World) -> None:
    scene = await make_scene(world)
    question = await _asked(scene, scene.representatives["c"], scene.representatives["a"])
    assert [one for one in await _mails(world, scene.representatives["a"]) if "kahden päivän" in one]
    assert await _say(scene.representatives["b"], question, True) == "yes"
    assert await _status(scene, question) == "open"
    assert await _say(scene.chair, question, True) == "tie_question_closed"
    with clock.fixed(clock.now() + timedelta(days=2, minutes=1)):
        await lapse_unsettled(world.session)
        assert await _status(scene, question, await world.again(scene.coordinator)) == "tied"


async def test_who_has_answered_is_heard(world: World) -> None:
    scene = await make_scene(world)
    question = await _asked(scene, scene.representatives["c"], scene.representatives["a"])
    assert await _answer(scene.representatives["a"], question) == "yes"
    [shown] = (await _ties(scene, scene.representatives["b"]))["questions"]
    assert shown["answer"] == "En istunut hallituksessa."
    [shown] = (await _ties(scene, scene.coordinator))["questions"]
    assert shown["answer"] is None
    assert await _say(scene.representatives["b"], question, True) == "yes"
    assert await _status(scene, question) == "tied"


@pytest.mark.parametrize("seconded", [True, False])
async def test_where_the_ballot_ends_first_it_counts_as_far_as_it_is_settled(world: World, seconded: bool) -> None:
    scene = await make_scene(world, members=4, one_is_enough=False)
    await scene.to_ballot()
    for name in "abc":
        assert _code(await scene.vote(name, "for")) == "yes"
    shown = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    closes = datetime.fromisoformat(shown["closes_at"])
    with clock.fixed(closes - timedelta(hours=3)):
        a, b, c = [await world.again(scene.representatives[name]) for name in "abc"]
        question = await _asked(scene, await world.again(scene.editor), a)
        assert await _say(b, question, True) == "yes"
        if seconded:
            assert await _say(c, question, True) == "yes"
    with clock.fixed(closes + timedelta(minutes=1)):
        await close_due_ballots(world.session)
        by = await world.again(scene.coordinator)
        assert await _status(scene, question, by) == ("tied" if seconded else "lapsed")
        result = (await by.get(f"{scene.path}/ballot")).json()["result"]
        assert result["votes_for"] == (2 if seconded else 3)


async def test_nobody_closes_early_while_somebody_is_to_be_heard(world: World) -> None:
    scene = await make_scene(world, one_is_enough=False)
    await scene.to_ballot()
    for name in "abc":
        assert _code(await scene.vote(name, "for")) == "yes"
    question = await _asked(scene, scene.representatives["c"], scene.representatives["a"])
    assert await _say(scene.representatives["b"], question, True) == "yes"
    assert _code(await scene.on_ballot("close")) == "tie_unheard"
    assert await _answer(scene.representatives["a"], question) == "yes"
    assert _code(await scene.on_ballot("close")) == "yes"


async def test_a_role_that_is_held_is_no_dispute(world: World) -> None:
    scene = await make_scene(world)
    assert scene.coordinator.id is not None
    await world.grant(scene.coordinator.id, Role.owner, scene.applicant.id)
    scene.coordinator = await world.again(scene.coordinator)
    assert (await _ties(scene, scene.coordinator))["own_ties"] == []
    assert _code(await _raise(scene, scene.coordinator, scene.coordinator)) == "tie_in_force"


async def test_what_was_taken_back_and_begun_again_binds(world: World) -> None:
    scene = await make_scene(world)
    representative, path = scene.representatives["a"], f"/affiliations/{scene.applicant.id}"
    await representative.put(path, {"kinds": ["employee"]})
    assert _code(await _raise(scene, representative, representative)) == "tie_in_force"
    await representative.delete(path)
    answer = await _raise(scene, representative, representative)
    question = answer.json()["questions"][0]["id"]
    assert await _say(scene.representatives["b"], question, False) == "yes"
    await scene.to_ballot()
    assert _code(await scene.vote("a", "for")) == "yes"
    await representative.put(path, {"kinds": ["employee"]})
    assert _code(await scene.vote("a", "for")) in ("disqualified", "recused")


async def test_what_lapsed_is_asked_again_by_another_side_once(world: World) -> None:
    scene = await make_scene(world, members=5)
    await _asked(scene, scene.editor, scene.representatives["a"])
    with clock.fixed(clock.now() + timedelta(days=12)):
        await lapse_unsettled(world.session)
        again = {name: await world.again(scene.representatives[name]) for name in "abcd"}
        editor = await world.again(scene.editor)
        assert _code(await _raise(scene, editor, again["a"])) == "tie_question_known"
        assert _code(await _raise(scene, again["c"], again["a"])) == "yes"
    with clock.fixed(clock.now() + timedelta(days=24)):
        await lapse_unsettled(world.session)
        assert _code(await _raise(scene, await world.again(again["d"]), again["a"])) == "tie_question_known"
        row = await scene.row()
        assert row.version_number == 1


async def test_one_is_said_to_be_tied_by_one_word_at_a_time(world: World) -> None:
    scene = await make_scene(world)
    host = await world.organisation("Toinen hakija ry")
    await _asked(scene, scene.editor, scene.representatives["a"])
    assert _code(await _raise(scene, scene.representatives["c"], scene.representatives["a"])) == "tie_question_known"
    assert (await _raise(scene, scene.representatives["c"], scene.representatives["b"], host)).status_code == 422


async def test_one_organisation_keeps_five_open(world: World) -> None:
    scene = await make_scene(world, members=6)
    another = await world.person((Role.editor, scene.applicant.id))
    for place, name in enumerate("abcde"):
        await _asked(scene, (scene.editor, another)[place % 2], scene.representatives[name])
    for by in (scene.editor, another):
        assert _code(await _raise(scene, by, scene.representatives["f"])) == "too_many_tie_questions"
    assert _code(await _raise(scene, scene.representatives["a"], scene.representatives["f"])) == "yes"


async def test_who_is_said_to_be_tied_settles_what_is_said_of_others(world: World) -> None:
    scene = await make_scene(world, members=4)
    questions = {name: await _asked(scene, scene.editor, scene.representatives[name]) for name in "abcd"}
    assert "tie_to_settle" in await _kinds(scene.representatives["b"])
    assert await _say(scene.representatives["a"], questions["a"], False) == "not_second_person"
    assert await _say(scene.representatives["b"], questions["a"], False) == "yes"


async def test_who_is_found_untied_speaks_again(world: World) -> None:
    scene = await make_scene(world)
    representative, path = scene.representatives["a"], f"/affiliations/{scene.applicant.id}"
    await representative.put(path, {"kinds": ["employee"]})
    await scene.to_ballot()
    assert _code(await scene.vote("a", "for")) == "recused"
    await representative.delete(path)
    question = (await _raise(scene, representative, representative)).json()["questions"][0]["id"]
    assert await _say(scene.representatives["b"], question, False) == "yes"
    assert _code(await scene.vote("a", "for")) == "yes"


async def test_nothing_is_asked_in_a_case_that_is_over(world: World) -> None:
    scene = await make_scene(world)
    row = await scene.row()
    row.state = HandlingState.withdrawn
    await world.session.flush()
    assert _code(await _raise(scene, scene.editor, scene.representatives["a"])) == "tie_case_over"
