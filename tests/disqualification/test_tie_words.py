"""What is said of a tie in dispute is kept: each word, each reason; and an unfounded word bars no founded one."""

import pytest

from puumerkki.handlings.queries.two_hats import has_led
from tests.disqualification.test_tie_defence import _answer, _asked, _say, _status
from tests.disqualification.test_tie_questions import _code, _mails, _raise, _ties
from tests.factories import World
from tests.handlings.scene import Scene, make_scene


async def _facts(scene: Scene) -> list[str]:
    told = (await scene.editor.get(f"{scene.path}/timeline")).json()["items"]
    return [one["type"] for one in told if "tie_" in one["type"]]


async def test_each_word_is_a_fact(world: World) -> None:
    scene = await make_scene(world, members=4)
    question = await _asked(scene, scene.editor, scene.representatives["a"])
    assert await _say(scene.representatives["b"], question, True) == "yes"
    assert await _answer(scene.representatives["a"], question) == "yes"
    assert await _facts(scene) == ["handling.tie_answered", "handling.tie_said", "handling.tie_questioned"]
    assert await _say(scene.representatives["c"], question, True) == "yes"
    assert (await _facts(scene))[:2] == ["handling.tie_settled", "handling.tie_answered"]


async def test_who_said_first_that_it_holds_decides_nothing_for_the_authority(world: World) -> None:
    scene = await make_scene(world, members=4)
    first, second = scene.representatives["b"], scene.representatives["c"]
    question = await _asked(scene, scene.editor, scene.representatives["a"])
    assert await _say(first, question, True) == "yes"
    assert await _say(second, question, True) == "yes"
    assert await _answer(scene.representatives["a"], question) == "yes"
    for who in (first, second):
        assert who.id is not None
        assert await has_led(world.session, who.id, scene.application.id)
    assert not await has_led(world.session, scene.representatives["d"].person_id, scene.application.id)


@pytest.mark.parametrize("holds", [True, False])
async def test_the_reasons_of_both_are_kept(world: World, holds: bool) -> None:
    scene = await make_scene(world, members=4)
    question = await _asked(scene, scene.editor, scene.representatives["a"])
    path = f"/tie-questions/{question}/settlement"
    for by, given in (("b", (True, "Istui hallituksessa.")), ("c", (holds, "Katsoin rekisteristä."))):
        said = await scene.representatives[by].put(path, {"holds": given[0], "reason": given[1]})
        assert said.status_code == 204, said.text
    assert await _answer(scene.representatives["a"], question) == ("yes" if holds else "tie_question_closed")
    reasons = ["Istui hallituksessa.", "Katsoin rekisteristä."]
    [shown] = (await _ties(scene, scene.representatives["a"]))["questions"]
    assert [shown["settled_reason"], shown["other_reason"]] == (reasons if holds else reasons[::-1])
    for who in (scene.representatives["a"], scene.editor):
        told = await _mails(world, who)
        assert any("ratkaistu" in one for one in told)
        assert not [one for one in told if any(reason in one for reason in reasons)]
    [shown] = (await _ties(scene, scene.coordinator))["questions"]
    assert (shown["settled_reason"], shown["other_reason"]) == (None, None)


async def test_an_unfounded_word_bars_no_founded_one(world: World) -> None:
    scene = await make_scene(world, members=5)
    question = await _asked(scene, scene.representatives["c"], scene.representatives["a"])
    assert await _say(scene.representatives["b"], question, False) == "yes"
    assert await _status(scene, question) == "not_tied"
    assert _code(await _raise(scene, scene.representatives["c"], scene.representatives["a"])) == "tie_question_known"
    again = await _asked(scene, scene.representatives["d"], scene.representatives["a"])
    assert await _say(scene.representatives["b"], again, True) == "yes"
    assert await _answer(scene.representatives["a"], again) == "yes"
    assert await _status(scene, again) == "tied"
    assert _code(await _raise(scene, scene.representatives["e"], scene.representatives["a"])) == "tied_already"


async def test_it_is_asked_again_once_on_a_version(world: World) -> None:
    scene = await make_scene(world, members=5)
    for by in "cd":
        question = await _asked(scene, scene.representatives[by], scene.representatives["a"])
        assert await _say(scene.representatives["b"], question, False) == "yes"
    assert _code(await _raise(scene, scene.representatives["e"], scene.representatives["a"])) == "tie_question_known"


async def test_whose_dispute_was_settled_does_not_ask_again(world: World) -> None:
    scene = await make_scene(world, members=4)
    representative, path = scene.representatives["a"], f"/affiliations/{scene.applicant.id}"
    await representative.put(path, {"kinds": ["employee"]})
    await representative.delete(path)
    question = await _asked(scene, representative, representative)
    assert await _say(scene.representatives["b"], question, True) == "yes"
    assert _code(await _raise(scene, representative, representative)) == "tie_question_known"


async def test_a_dispute_that_was_upheld_bars_no_word_of_another(world: World) -> None:
    scene = await make_scene(world, members=4)
    representative, path = scene.representatives["a"], f"/affiliations/{scene.applicant.id}"
    await representative.put(path, {"kinds": ["employee"]})
    await representative.delete(path)
    question = await _asked(scene, representative, representative)
    assert await _say(scene.representatives["b"], question, False) == "yes"
    again = await _asked(scene, scene.representatives["d"], representative)
    assert await _say(scene.representatives["c"], again, True) == "yes"
    assert await _answer(representative, again) == "yes"
    assert await _status(scene, again) == "tied"
    assert _code(await _raise(scene, representative, representative)) in ("not_tied", "tie_question_known")
