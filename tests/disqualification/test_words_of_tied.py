"""Words of people who are tied by now do not count; who is said to be tied is asked, and may once it is settled."""

from datetime import timedelta

from sqlmodel import col, update

from puumerkki.access.models import RoleGrant
from puumerkki.handlings.service.claims import carry_due
from puumerkki.kernel import clock
from tests.disqualification.test_tie_defence import _asked, _say
from tests.endorsements.conditional import answer, conditional, seen, tasks
from tests.factories import World
from tests.handlings.meeting_words import confirmed, say, shown
from tests.handlings.scene import Scene, make_scene
from tests.handlings.test_leading import _tie


async def test_what_somebody_agreed_to_who_is_tied_by_now_does_not_count(world: World) -> None:
    scene = await conditional(world)
    deputy = await scene.fresh("a")
    await scene.must("confirm_conditions", {"met": [0, 1]})
    assert (await answer(scene, "a", True)).status_code == 200
    await _tie(scene, scene.representatives["a"])
    claim = (await answer(scene, "b", True)).json()["conditions_claim"]
    assert claim["state"] == "open"
    assert [one["agrees"] for one in claim["asked"]].count(True) == 1
    assert "claim_to_answer" in await tasks(deputy)
    said = await answer(scene, "a", True, by=deputy)
    assert said.status_code == 200, said.text
    assert said.json()["conditions_claim"]["state"] == "effective"


async def test_nor_does_their_objection(world: World) -> None:
    scene = await conditional(world)
    await scene.must("confirm_conditions", {"met": [0]})
    assert (await answer(scene, "a", False)).status_code == 200
    await _tie(scene, scene.representatives["a"])
    with clock.fixed(clock.now() + timedelta(days=30)):
        await carry_due(scene.world.session)
        done = await seen(scene, await world.again(scene.coordinator))
    assert [one["met"] for one in done["conditions"]] == [True, False]


async def test_who_is_said_to_be_tied_settles_a_claim_once_they_are_not(world: World) -> None:
    scene = await conditional(world)
    question = await _asked(scene, scene.editor, scene.representatives["c"])
    await scene.must("confirm_conditions", {"met": [0]})
    assert (await answer(scene, "a", False)).status_code == 200
    assert "claim_to_settle" in await tasks(scene.representatives["d"])
    assert "claim_to_settle" not in await tasks(scene.representatives["c"])
    assert await _say(scene.representatives["d"], question, False) == "yes"
    assert "claim_to_settle" in await tasks(scene.representatives["c"])
    settled = await scene.act("conditions_claim/settle", {"met": True}, by=scene.representatives["c"])
    assert settled.status_code == 200, settled.text


async def test_a_claim_does_not_end_since_everybody_is_said_to_be_tied(world: World) -> None:
    scene = await conditional(world)
    for name in "bcd":
        await _asked(scene, scene.editor, scene.representatives[name])
    await scene.must("confirm_conditions", {"met": [0]})
    assert (await answer(scene, "a", False)).json()["conditions_claim"]["state"] == "open"


async def _in_meeting(world: World) -> tuple[Scene, str]:
    """Of c and d, who could be two more, d is said to be tied."""
    scene = await make_scene(world, members=5, one_is_enough=False)
    await scene.must("begin_review")
    await scene.must("readings", {"read_on": clock.today().isoformat()})
    question = await _asked(scene, scene.editor, scene.representatives["d"])
    await confirmed(scene, "abcd")
    return scene, question


async def test_two_more_are_possible_while_one_is_said_to_be_tied(world: World) -> None:
    scene, question = await _in_meeting(world)
    before = await shown(scene, scene.representatives["d"])
    assert (before["two_more_possible"], before["may_confirm_for"]) == (True, [])
    assert (await say(scene, "c", agrees=True)).status_code == 200
    assert (await say(scene, "e", agrees=False)).json()["state"] == "in_review"
    assert (await shown(scene))["fell_because"] is None
    assert "decision_to_answer" not in await tasks(scene.representatives["d"])
    assert await _say(scene.representatives["e"], question, False) == "yes"
    assert "decision_to_answer" in await tasks(scene.representatives["d"])
    assert (await say(scene, "d", agrees=True)).json()["state"] == "endorsed"


async def test_the_deputy_speaks_where_the_representative_is_tied_by_now(world: World) -> None:
    scene = await make_scene(world, members=5, one_is_enough=False)
    deputy = await scene.fresh("c")
    there_before = update(RoleGrant).where(col(RoleGrant.principal_id) == deputy.id)
    await world.session.exec(there_before.values(created_at=clock.now() - timedelta(days=90)))
    await scene.must("begin_review")
    await scene.must("readings", {"read_on": clock.today().isoformat()})
    await confirmed(scene, "abcde")
    assert (await say(scene, "c", agrees=False)).status_code == 200
    assert "decision_to_answer" not in await tasks(deputy)
    await _tie(scene, scene.representatives["c"])
    assert "decision_to_answer" in await tasks(deputy)
    said = await say(scene, "c", agrees=False, by=deputy)
    assert said.status_code == 200, said.text


async def test_who_was_asked_to_revoke_and_is_tied_by_now_has_no_task(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    await scene.must("revocations", {"way": "cause", "cause": "false_facts", "reason": "Väärät tiedot."})
    assert "revocation_to_confirm" in await tasks(scene.representatives["a"])
    await _tie(scene, scene.representatives["a"])
    assert "revocation_to_confirm" not in await tasks(scene.representatives["a"])
    assert "revocation_to_confirm" in await tasks(scene.representatives["b"])
