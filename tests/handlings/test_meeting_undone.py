"""One person or member alone neither undoes a meeting's decision nor carries it: what was tried, and the way on."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.calls.models import FundingCall
from puumerkki.handlings.models.decisions import RecordedDecision
from puumerkki.handlings.service import decision_words
from puumerkki.handlings.service.effects import open_asked
from puumerkki.handlings.service.lapsing import lapse_due
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow, Tier
from puumerkki.kernel.mail import OutboxMessage
from tests.factories import World
from tests.handlings.meeting_words import confirmed, later, must_say, say, shown, waiting
from tests.handlings.scene import Scene, make_scene


async def _scene(world: World, **rule: Any) -> Scene:
    scene = await make_scene(world, one_is_enough=False, **rule)
    await scene.must("begin_review")
    await scene.must("readings", {"read_on": clock.today().isoformat()})
    return scene


async def _tie(scene: Scene, who: Any) -> None:
    answer = await who.put(f"/affiliations/{scene.applicant.id}", {"kinds": ["board_member"]})
    assert answer.status_code == 204, answer.text


async def _withdrawn(scene: Scene) -> str:
    lead = await scene.world.person((Role.owner, scene.applicant.id))
    application = await lead.get(f"/applications/{scene.application.id}")
    tag = application.headers["etag"].strip('"')
    answer = await lead.post(f"/applications/{scene.application.id}/withdraw", {}, if_match=tag)
    assert answer.status_code == 200, answer.text
    return str((await scene.row()).state)


@pytest.mark.parametrize("by_clock", [True, False])
async def test_taking_members_out_of_the_attendance_undoes_no_confirmed_decision(world: World, by_clock: bool) -> None:
    scene = await waiting(world, members=6)
    meeting = (await shown(scene))["meeting_id"]
    for name in "cd":
        gone = await scene.coordinator.delete(f"/meetings/{meeting}/attendances/{scene.members[name].id}")
        assert gone.status_code == 204, gone.text
    if by_clock:
        assert await later(scene) == "endorsed"
        return
    await must_say(scene, "c", agrees=True)
    assert (await must_say(scene, "d", agrees=True))["state"] == "endorsed"


async def test_who_is_taken_out_before_it_is_confirmed_counts_no_more(world: World) -> None:
    scene = await _scene(world, members=4)
    meeting = await scene.meeting()
    given = {
        "meeting_id": str(meeting.id),
        "endorses": True,
        "wording": "Puollettiin.",
        "present_member_ids": [str(scene.members[name].id) for name in "abcd"],
    }
    made = (await scene.must("record_decision", given, by=scene.secretary))["decisions"][-1]
    gone = await scene.coordinator.delete(f"/meetings/{meeting.id}/attendances/{scene.members['d'].id}")
    assert gone.status_code == 204
    await scene.must(f"decisions/{made['id']}/confirm", by=scene.chair)
    assert str(scene.members["d"].id) not in (await shown(scene))["present_member_ids"]
    await scene.coordinator.put(f"/meetings/{meeting.id}/attendances/{scene.members['d'].id}")
    assert (await say(scene, "d", agrees=True)).json()["code"] == "was_not_there"


@pytest.mark.parametrize("who", ["secretary", "chair"])
async def test_no_endorsement_stands_on_a_recorder_or_confirmer_tied_by_then(world: World, who: str) -> None:
    scene = await waiting(world)
    await _tie(scene, getattr(scene, who))
    assert await later(scene) == "in_review"
    assert (await shown(scene))["fell_because"] == "recorder_tied"
    assert (await scene.must("open_ballot"))["state"] == "in_ballot"


async def test_the_word_of_who_is_tied_by_then_does_not_count(world: World) -> None:
    scene = await waiting(world, members=6, present="abcdef")
    await must_say(scene, "c", agrees=False)
    await _tie(scene, scene.representatives["c"])
    assert (await shown(scene))["said"] == []
    assert await later(scene) == "endorsed"


async def test_where_meetings_decide_the_members_vote_after_two_that_fell(world: World) -> None:
    """One member that says "not so" of every meeting would stop the network for good."""
    scene = await _scene(world, members=5, method="meeting_decides")
    for fallen in range(2):
        assert (await scene.act("open_ballot")).json()["code"] == "meeting_decides"
        await confirmed(scene, "abcd")
        assert (await must_say(scene, "c", agrees=False))["decisions"][-1]["fell_because"] == "denied"
        statement = select(OutboxMessage.body).where(col(OutboxMessage.subject).contains("ei tule voimaan"))
        bodies = (await world.session.exec(statement.order_by(col(OutboxMessage.id)))).all()
        assert ("voi avata äänestyksen" in bodies[-1]) is bool(fallen)
    assert (await scene.must("open_ballot"))["state"] == "in_ballot"
    for name in "abde":
        assert (await scene.vote(name, "for")).status_code == 200
    assert (await scene.vote("c", "against")).status_code == 200
    with clock.fixed(clock.now() + timedelta(days=40)):
        scene.coordinator = await world.again(scene.coordinator)
        assert (await scene.must("endorse"))["state"] == "endorsed"


async def test_where_two_meetings_fell_the_applicant_can_ask_for_a_ballot(world: World) -> None:
    scene = await _scene(world, members=5, method="meeting_decides")
    for _ in range(2):
        await confirmed(scene, "abcd")
        await must_say(scene, "c", agrees=False)
    with clock.fixed(clock.now() + timedelta(days=60)):
        editor = await world.again(scene.editor)
        assert (await scene.must("ask_for_ballot", by=editor))["ballot_opens_at"] is not None
    with clock.fixed(clock.now() + timedelta(days=80)):
        await open_asked(world.session)
    assert (await scene.row()).state == "in_ballot"


async def test_one_case_that_cannot_be_settled_stops_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, other = await waiting(world), await waiting(world)
    settle = decision_words._settle

    async def one_raises(session: Any, case: Any) -> None:
        if case.handling.id == broken.handling_id:
            raise RuntimeError("broken")
        await settle(session, case)

    monkeypatch.setattr(decision_words, "_settle", one_raises)
    assert await later(other) == "endorsed"
    assert (await broken.row()).state == "in_review"


async def test_a_call_that_closes_meanwhile_ends_no_decision_that_waits(world: World) -> None:
    scene = await make_scene(world, members=6, one_is_enough=False)
    opens, closes = clock.now() - timedelta(days=2), clock.now() + timedelta(days=2)
    call = FundingCall(funder_id=scene.city.id, names={"fi": "Haku"}, opens_at=opens, closes_at=closes)
    world.session.add(call)
    await world.session.flush()
    scene.application.call_id = call.id
    await scene.next_version()
    await scene.must("begin_review")
    await confirmed(scene, "abcdef")
    with clock.fixed(clock.now() + timedelta(days=3)):
        await lapse_due(world.session)
    assert (await scene.row()).state == "in_review"
    assert await later(scene) == "endorsed"


async def test_a_refusal_not_heard_to_its_day_ends_with_the_withdrawal(world: World) -> None:
    """Two office holders named nobody else present; the others had no day to say otherwise."""
    scene = await _scene(world, members=4)
    await confirmed(scene, "ab", endorses=False, wording="Ei puollettu.")
    assert await _withdrawn(scene) == HandlingState.withdrawn
    found = await world.session.exec(
        select(RecordedDecision.fell_because).where(col(RecordedDecision.handling_id) == scene.handling_id)
    )
    assert found.one() == "overtaken"


async def test_one_not_so_does_not_outweigh_two_where_the_quorum_is_bare(world: World) -> None:
    scene = await _scene(world, members=6, quorum_percent=80)
    await confirmed(scene, "abcde")
    assert (await must_say(scene, "c", agrees=False))["state"] == "in_review"
    await must_say(scene, "d", agrees=True)
    assert (await must_say(scene, "e", agrees=True))["state"] == "endorsed"


async def test_where_several_dispute_they_make_no_quorum(world: World) -> None:
    scene = await _scene(world, members=7, quorum_percent=80)
    await confirmed(scene, "abcdef")
    await must_say(scene, "c", agrees=False)
    assert (await must_say(scene, "d", agrees=False))["decisions"][-1]["fell_because"] == "denied"


async def test_a_representative_takes_back_what_a_deputy_said(world: World) -> None:
    """Of the recorder's member, too, which is none of the two more."""
    scene = await waiting(world)
    deputy = await scene.fresh("a")
    await must_say(scene, "a", agrees=False, by=deputy)
    assert (await shown(scene, scene.representatives["a"]))["may_confirm_for"] == [str(scene.members["a"].id)]
    await must_say(scene, "a", agrees=True)
    assert (await say(scene, "a", agrees=False, by=deputy)).json()["code"] == "representative_voted"
    assert (await must_say(scene, "c", agrees=True))["state"] == "in_review", "the recorder's own is none of two more"
    assert await later(scene) == "endorsed"


async def test_a_voice_named_since_is_none_of_two_more_by_an_older_office(world: World) -> None:
    scene = await make_scene(world, members=5, one_is_enough=False)
    second = await world.person((Role.chair, scene.network.id))
    assert second.id is not None
    before = scene.version.created_at - timedelta(days=1)
    chosen = update(RoleGrant).where(col(RoleGrant.principal_id) == second.id)
    await world.session.exec(chosen.values(created_at=before, chosen_by="meeting", chosen_at=before))
    with clock.fixed(clock.now() + timedelta(days=1)):
        await world.grant(second.id, Role.deputy, scene.network.id, scene.members["c"].organisation_id)
        second = await world.again(second)
        scene.coordinator = await world.again(scene.coordinator)
        await scene.must("begin_review")
        scene.secretary, scene.chair = await world.again(scene.secretary), await world.again(scene.chair)
        await confirmed(scene, "abcd")
        assert (await shown(scene, second))["may_confirm_for"] == []
        assert (await say(scene, "c", agrees=True, by=second)).json()["code"] == "was_not_there"


async def test_applicants_hear_of_it_when_it_takes_effect(world: World) -> None:
    for denies in (False, True):
        scene = await waiting(world)
        if denies:
            await must_say(scene, "c", agrees=False)
        statement = select(EventRow.type).where(
            col(EventRow.subject_id) == scene.handling_id,
            col(EventRow.tier) == Tier.parties,
            col(EventRow.type).startswith("handling.decision_"),
        )
        assert (await world.session.exec(statement)).all() == []


async def test_whom_the_record_left_out_can_say_not_so(world: World) -> None:
    """Recorder and confirmer name only themselves: the others object, and the members vote."""
    scene = await _scene(world, members=4)
    await confirmed(scene, "ab", meeting_id=str((await scene.meeting(there="ab")).id))
    assert (await shown(scene, scene.representatives["c"]))["may_dispute_for"] == [str(scene.members["c"].id)]
    assert (await say(scene, "own", agrees=False)).status_code == 409
    assert (await must_say(scene, "c", agrees=False))["decisions"][-1]["fell_because"] == "denied"
    assert await later(scene) == "in_review"
    assert (await scene.must("open_ballot"))["state"] == "in_ballot"


async def test_who_joined_since_does_not_object(world: World) -> None:
    scene = await _scene(world, members=4)
    await confirmed(scene, "ab", meeting_id=str((await scene.meeting(there="ab")).id))
    organisation = await world.organisation("Uusi ry")
    with clock.fixed(clock.now() + timedelta(days=1)):
        scene.members["new"] = await world.member(scene.network, organisation)
        representative = await world.person((Role.representative, scene.network.id, organisation.id))
        scene.coordinator = await world.again(scene.coordinator)
        assert (await say(scene, "new", agrees=False, by=representative)).json()["code"] == "was_not_there"


async def test_who_is_only_said_to_be_tied_may_yet_confirm_a_meetings_decision(world: World) -> None:
    """An applicant's people said it of all who could confirm, and one "not so" then ended the decision at once."""
    scene = await waiting(world, members=6, present="abcde")
    editors = [scene.editor, await world.person((Role.editor, scene.applicant.id))]
    for by, name in zip(editors, "cd", strict=True):
        said = {"principal_id": str(scene.representatives[name].id), "organisation_id": str(scene.applicant.id)}
        asked = await by.post(f"{scene.path}/ties", said | {"reason": "Istui hallituksessa."})
        assert asked.status_code == 200, asked.text
    done = await must_say(scene, "e", agrees=False)
    assert (done["state"], done["decisions"][-1]["fell_because"]) == ("in_review", None)
