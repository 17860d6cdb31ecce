"""A meeting's decision takes effect when two more of those present confirm it, or after 7 days without "not so"."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from tests.factories import Client, World
from tests.handlings.meeting_words import confirmed, later, must_say, say, shown, waiting
from tests.handlings.scene import Scene, make_scene


async def _mails(scene: Scene, who: Client) -> list[str]:
    """The subjects of what was mailed to somebody."""
    assert who.id is not None
    user = await scene.world.session.get_one(User, who.id)
    statement = select(OutboxMessage.subject).where(col(OutboxMessage.recipient) == user.email)
    return list((await scene.world.session.exec(statement)).all())


async def _tasks(who: Client) -> list[str]:
    return [one["kind"] for one in (await who.get("/tasks")).json()["items"]]


async def _blocked(scene: Scene) -> dict[str, str | None]:
    actions = (await scene.coordinator.get(scene.path)).json()["available_actions"]
    return {one["action"]: one["blocked_by"] for one in actions}


async def test_an_invented_meeting_falls_by_the_word_of_whoever_was_not_there(world: World) -> None:
    """Secretary and coordinator name c and d present, who never were: they hear of it, and nothing is given."""
    scene = await make_scene(world, members=5, one_is_enough=False)
    await scene.must("begin_review")
    await scene.must("readings", {"read_on": clock.today().isoformat()})
    made = await confirmed(scene, "abcd")
    assert (await scene.row()).state == "in_review", "two office holders alone gave the puumerkki"
    for name in "cd":
        assert "decision_to_answer" in await _tasks(scene.representatives[name])
    for name in "abcde":
        assert any("Kokouksen päätös on vahvistettu" in one for one in await _mails(scene, scene.representatives[name]))
    done = await must_say(scene, "c", agrees=False)
    assert (done["state"], done["decisions"][-1]["fell_because"]) == ("in_review", "denied")
    assert await later(scene) == "in_review"
    assert any("ei tule voimaan" in one for one in await _mails(scene, scene.coordinator))
    again = {
        "meeting_id": made["meeting_id"],
        "endorses": True,
        "wording": "Puollettiin.",
        "present_member_ids": made["present_member_ids"],
    }
    assert (await scene.act("record_decision", again, by=scene.secretary)).json()["code"] == "meeting_denied"
    assert (await scene.must("open_ballot"))["state"] == "in_ballot"


async def test_two_more_of_those_present_confirm_it(world: World) -> None:
    scene = await waiting(world)
    before = await shown(scene, scene.representatives["c"])
    assert before["may_confirm_for"] == before["may_dispute_for"] == [str(scene.members["c"].id)]
    assert before["two_more_possible"]
    assert (await must_say(scene, "c", agrees=True))["state"] == "in_review"
    assert "decision_to_answer" not in await _tasks(scene.representatives["c"])
    assert (await must_say(scene, "c", agrees=True))["state"] == "in_review", "one member is not two"
    done = await must_say(scene, "d", agrees=True)
    assert done["state"] == "endorsed"
    endorsement = (await world.nobody.get(f"/endorsements/{done['endorsement_number']}")).json()
    assert endorsement["turnout"] == {"electorate": 6, "stood_aside": 1, "voted": 4, "version": None}
    assert (await say(scene, "c", agrees=False)).status_code == 409


async def test_whose_decision_it_is_are_not_two_more(world: World) -> None:
    """Nor is who was not there, who was named since, or a second person of one member."""
    scene = await waiting(world)
    for name in "abe":
        assert (await say(scene, name, agrees=True)).json()["code"] == "was_not_there"
        assert (await shown(scene, scene.representatives[name]))["may_confirm_for"] == []
        assert "decision_to_answer" not in await _tasks(scene.representatives[name])
    named = await scene.fresh("d")
    assert (await say(scene, "d", agrees=True, by=named)).json()["code"] == "was_not_there"
    assert (await say(scene, "d", agrees=True, by=scene.representatives["c"])).status_code in (403, 409)
    assert (await say(scene, "c", agrees=True, decision=str(scene.handling_id))).status_code == 404
    outsider = await world.person((Role.editor, scene.applicant.id))
    assert (await say(scene, "c", agrees=False, by=outsider)).status_code == 403


async def test_who_speaks_for_two_members_is_one(world: World) -> None:
    scene = await make_scene(world, members=5, one_is_enough=False)
    assert scene.representatives["c"].id is not None
    await world.grant(
        scene.representatives["c"].id, Role.representative, scene.network.id, scene.members["d"].organisation_id
    )
    both = scene.representatives["c"] = await world.again(scene.representatives["c"])
    await scene.must("begin_review")
    await confirmed(scene, "abcde")
    for name in "cd":
        await say(scene, name, agrees=True, by=both)
    assert (await scene.row()).state == "in_review"
    assert (await must_say(scene, "e", agrees=True))["state"] == "endorsed"


async def test_nobody_says_otherwise_for_seven_days(world: World) -> None:
    scene = await waiting(world)
    assert await later(scene, timedelta(days=6)) == "in_review"
    assert await later(scene) == "endorsed"
    done = await shown(scene)
    assert done["effective_at"] is not None and not done["two_more_possible"]


async def test_a_meetings_refusal_waits_too(world: World) -> None:
    scene = await waiting(world, endorses=False, wording="Ei puollettu.")
    assert await later(scene, timedelta(days=6)) == "in_review"
    assert await later(scene) == "declined"
    assert (await scene.row()).reason == "Ei puollettu."


async def test_what_is_disputed_needs_two_more(world: World) -> None:
    """One who objects stops no large meeting; but the days alone do not carry it any more."""
    scene = await waiting(world, members=6, present="abcdef")
    assert (await must_say(scene, "c", agrees=False))["decisions"][-1]["fell_at"] is None
    for name in "def":
        assert any("kiistetty" in one for one in await _mails(scene, scene.representatives[name]))
    first = (await shown(scene))["holds_at"]
    with clock.fixed(clock.now() + timedelta(days=2)):
        scene.representatives = {name: await world.again(one) for name, one in scene.representatives.items()}
        scene.coordinator = await world.again(scene.coordinator)
        assert (await say(scene, "c", agrees=True)).status_code == 200
        await must_say(scene, "c", agrees=False)
        assert (await shown(scene))["holds_at"] == first, "to say it again gives no more days"
        await must_say(scene, "d", agrees=True)
        assert (await must_say(scene, "e", agrees=True))["state"] == "endorsed"


async def test_what_is_disputed_falls_without_two_more(world: World) -> None:
    scene = await waiting(world, members=6, present="abcdef")
    await must_say(scene, "c", agrees=False)
    await must_say(scene, "d", agrees=True)
    assert await later(scene) == "in_review"
    assert (await shown(scene))["fell_because"] == "denied"


async def test_who_is_noted_as_having_left_the_room_can_deny_it(world: World) -> None:
    """A recorder does not silence a critic by writing that it stood aside."""
    scene = await make_scene(world, members=5, one_is_enough=False)
    await scene.must("begin_review")
    aside = [str(scene.members["c"].id)]
    await confirmed(scene, "abcd", stood_aside_member_ids=aside)
    assert (await say(scene, "c", agrees=True)).json()["code"] == "was_not_there"
    assert (await must_say(scene, "c", agrees=False))["decisions"][-1]["fell_because"] == "denied"


async def test_a_deputy_does_not_unsay_what_the_representative_said(world: World) -> None:
    scene = await waiting(world, members=6, present="abcdef")
    deputy = await scene.fresh("c")
    await must_say(scene, "c", agrees=False)
    assert (await say(scene, "c", agrees=False, by=deputy)).json()["code"] == "representative_voted"


async def test_while_it_waits_nothing_else_decides(world: World) -> None:
    scene = await waiting(world)
    blocked = await _blocked(scene)
    for action in ("open_ballot", "return"):
        assert blocked[action] == "decision_stands"
    points = {"points": [{"body": "Tarkentakaa."}]}
    assert (await scene.act("return", points)).json()["code"] == "decision_stands"
    given: dict[str, Any] = {
        "meeting_id": str((await scene.meeting()).id),
        "endorses": False,
        "wording": "Ei puollettu.",
        "present_member_ids": [str(scene.members[name].id) for name in "abc"],
    }
    assert (await scene.act("record_decision", given, by=scene.secretary)).json()["code"] == "decision_stands"
    made = (await shown(scene))["id"]
    assert (await scene.act(f"decisions/{made}/confirm", by=scene.chair)).json()["code"] == "decision_stands"
    assert (await scene.editor.get(scene.path)).json()["decisions"] == []


async def test_no_new_version_comes_in_before_it_has_taken_effect(world: World) -> None:
    scene = await waiting(world, endorses=False, wording="Ei puollettu.")
    shown = (await scene.editor.get(f"/applications/{scene.application.id}")).json()["available_actions"]
    blocked = {one["action"]: one["blocked_by"] for one in shown}
    assert (blocked["submit"], blocked["close"]) == ("count_waits", "count_waits")


async def test_a_refusal_that_nobody_disputed_to_its_day_outlives_the_withdrawal(world: World) -> None:
    for disputed, state in ((False, HandlingState.declined), (True, HandlingState.withdrawn)):
        scene = await waiting(world, members=6, present="abcdef", endorses=False, wording="Ei puollettu.")
        if disputed:
            await must_say(scene, "c", agrees=False)
        with clock.fixed(clock.now() + timedelta(days=0 if disputed else 14)):
            lead = await world.person((Role.owner, scene.applicant.id))
            application = await lead.get(f"/applications/{scene.application.id}")
            tag = application.headers["etag"].strip('"')
            answer = await lead.post(f"/applications/{scene.application.id}/withdraw", {}, if_match=tag)
            assert answer.status_code == 200, answer.text
        assert (await scene.row()).state == state


async def test_facts_are_read_again_when_it_takes_effect(world: World) -> None:
    """Those of whom it lives are tied by then: there is no quorum any more, and the members can vote."""
    scene = await waiting(world, present="abc")
    for name in "bc":
        await scene.representatives[name].put(f"/affiliations/{scene.applicant.id}", {"kinds": ["board_member"]})
    assert await later(scene) == "in_review"
    assert (await shown(scene))["fell_because"] == "no_quorum"
    assert (await scene.must("open_ballot"))["state"] == "in_ballot"


async def test_in_a_network_of_two_the_days_carry_it(world: World) -> None:
    scene = await waiting(world, members=2, present="ab")
    assert not (await shown(scene))["two_more_possible"]
    assert await later(scene) == "endorsed"


async def test_in_a_network_of_two_each_can_say_that_it_was_not_so(world: World) -> None:
    scene = await waiting(world, members=2, present="ab")
    assert (await must_say(scene, "b", agrees=False))["decisions"][-1]["fell_because"] == "denied"


async def test_in_a_network_of_three_one_more_is_not_two(world: World) -> None:
    scene = await waiting(world, members=3, present="abc")
    assert (await must_say(scene, "c", agrees=True))["state"] == "in_review"
    assert await later(scene) == "endorsed"


async def test_in_a_network_of_thirty_two_are_enough(world: World) -> None:
    names = "abcdefghijklmnopqrstuvwxyz"
    scene = await waiting(world, members=26, present=names[:16])
    assert (await must_say(scene, "d", agrees=False))["state"] == "in_review"
    await must_say(scene, "e", agrees=True)
    assert (await must_say(scene, "p", agrees=True))["state"] == "endorsed"
