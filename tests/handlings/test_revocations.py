"""What members gave, members take back: by ballot, by a meeting, or by two for cause; the applicant is heard."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.access.models import ChosenBy
from puumerkki.access.roles import Role
from puumerkki.access.service import mark_chosen
from puumerkki.applications.models.applications import ApplicationAuthority
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.handlings.service.handlings import withdraw_handlings
from puumerkki.handlings.service.revocations import settle_due
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.partnerships.service.partner_requests import receive_requests
from tests.factories import Client, World
from tests.handlings.meeting_words import later
from tests.handlings.scene import Scene, make_scene

CAUSE = {"way": "cause", "cause": "false_facts", "reason": "Hakemuksessa nimetty tila on purettu."}
BALLOT = {"way": "ballot", "reason": "Hanke ei enää vastaa sovittua."}
WEEK = timedelta(days=8)


async def _status(world: World, number: str) -> str:
    status: str = (await world.nobody.get(f"/endorsements/{number}")).json()["status"]
    return status


async def _tasks(caller: Client) -> list[str]:
    return sorted(one["kind"] for one in (await caller.get("/tasks")).json()["items"])


async def test_two_persons_for_cause_after_the_applicant_was_heard(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    shown = await scene.must("revocations", CAUSE)
    assert (shown["state"], shown["revocation"]["state"]) == ("endorsed", "open")
    again = await scene.act("revocations", CAUSE)
    assert (again.status_code, again.json()["code"]) == (409, "under_review")

    # told: the register says so, the applicant and each possible second person have a task and a mail
    endorsement = (await world.nobody.get(f"/endorsements/{number}")).json()
    assert (endorsement["status"], endorsement["review"]["way"]) == ("valid", "cause")
    credential = (await world.nobody.get(f"/endorsements/{number}/credential")).text
    verdict = (await world.nobody.post("/endorsements/verify", {"credential": credential})).json()
    assert (verdict["valid"], verdict["under_review"]) == (True, True)
    assert "view_to_state" in await _tasks(scene.editor)
    for name in "abc":
        assert "revocation_to_confirm" in await _tasks(scene.representatives[name])
    for nobody in (scene.representatives["own"], scene.coordinator, scene.chair):
        assert "revocation_to_confirm" not in await _tasks(nobody)
    mails = (await world.session.exec(select(OutboxMessage.subject))).all()
    assert len([one for one in mails if number in one]) == 4

    early = await scene.act("revocation/confirm", by=scene.representatives["a"])
    assert (early.status_code, early.json()["code"]) == (409, "applicant_not_heard")
    said = await scene.editor.put(f"{scene.path}/revocation/view", {"view": "Uusi tila on vuokrattu."})
    assert said.json()["revocation"]["views"][0]["view"] == "Uusi tila on vuokrattu."
    assert (await scene.representatives["a"].get(scene.path)).json()["revocation"]["views"] == said.json()[
        "revocation"
    ]["views"]
    assert (await scene.coordinator.put(f"{scene.path}/revocation/view", {"view": "Ei."})).status_code == 403

    with clock.fixed(clock.now() + WEEK):
        late = await (await world.again(scene.editor)).put(f"{scene.path}/revocation/view", {"view": "Vielä."})
        assert (late.status_code, late.json()["code"]) == (409, "hearing_over")
        lead = await world.again(scene.coordinator)
        assert (await scene.act("revocation/confirm", by=lead)).status_code == 403
        done = await scene.must("revocation/confirm", by=await world.again(scene.representatives["a"]))
        assert (done["state"], done["revocation"]["state"]) == ("in_review", "carried")
        assert await _status(world, number) == "revoked"


async def test_the_applicant_asks_itself_and_nobody_waits(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    await scene.must("revocations", CAUSE | {"cause": "applicant_asks"})
    unsaid = await scene.act("revocation/confirm", by=scene.representatives["a"])
    assert unsaid.json()["code"] == "applicant_not_heard", "only the applicant's own word makes it quick"
    await scene.editor.put(f"{scene.path}/revocation/view", {"view": "Pyydämme peruuttamista.", "asks": True})
    await scene.must("revocation/confirm", by=scene.representatives["a"])
    assert await _status(world, number) == "revoked"


async def _chosen(scene: Scene, caller: Client, role: Role) -> None:
    assert caller.id is not None
    await mark_chosen(
        scene.world.session,
        principal_id=caller.id,
        role=role,
        scope_id=scene.network.id,
        chosen_by=ChosenBy.meeting,
    )


async def test_who_is_a_second_person(world: World) -> None:
    scene = await make_scene(world, members=4)
    await _chosen(scene, scene.secretary, Role.secretary)
    scene.version.created_at = clock.now()
    row = await scene.row()
    row.received_at = clock.now()
    late = await scene.fresh("a")
    await scene.to_endorsed()
    shared = scene.members["b"].organisation_id
    await world.grant(scene.coordinator.id, Role.viewer, shared)  # type: ignore[arg-type]
    user = await world.session.get_one(User, scene.representatives["c"].id)
    user.invited_by = scene.coordinator.id
    declared = await scene.representatives["d"].put(f"/affiliations/{scene.applicant.id}", {"kinds": ["board_member"]})
    assert declared.status_code == 204
    await world.session.flush()
    await scene.must("revocations", CAUSE | {"cause": "applicant_asks"})
    await scene.editor.put(f"{scene.path}/revocation/view", {"view": "Niin.", "asks": True})
    refused = {
        "named after the version came": (late, "not_second_person"),
        "of the first's organisation": (scene.representatives["b"], "not_second_person"),
        "made by the first": (scene.representatives["c"], "not_second_person"),
        "tied": (scene.representatives["d"], "disqualified"),
        "of the applicant": (scene.representatives["own"], "disqualified"),
        "merely named by the coordinator": (scene.chair, "not_second_person"),
    }
    for why, (caller, code) in refused.items():
        answer = await scene.act("revocation/confirm", by=caller)
        assert (answer.status_code, answer.json()["code"]) == (409, code), why
    assert (await scene.must("revocation/confirm", by=scene.secretary))["state"] == "in_review"


async def test_where_there_is_nobody_the_refusal_says_so(world: World) -> None:
    scene = await make_scene(world, members=1)
    number = await scene.to_endorsed()
    await world.grant(scene.coordinator.id, Role.viewer, scene.members["a"].organisation_id)  # type: ignore[arg-type]
    answer = await scene.act("revocations", CAUSE)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_second_person")
    assert "vote on it" in answer.json()["title"], "what can be done"
    await scene.must("revocations", BALLOT)
    assert await _status(world, number) == "valid"


@pytest.mark.parametrize(
    ("choices", "state", "status"),
    [
        ({"a": "for", "b": "for", "c": "against"}, "in_review", "revoked"),
        ({"a": "for", "b": "against", "c": "against"}, "endorsed", "valid"),
        ({"a": "for"}, "endorsed", "valid"),
    ],
)
async def test_the_members_vote_and_the_clock_does_the_rest(
    world: World, choices: dict[str, str], state: str, status: str
) -> None:
    scene = await make_scene(world, ballot_days=1)
    number = await scene.to_endorsed()
    shown = await scene.must("revocations", BALLOT)
    assert (shown["state"], shown["ballot"]["purpose"]) == ("endorsed", "revoke")
    assert "revocation_to_vote" in await _tasks(scene.representatives["a"])
    ballot = (await scene.representatives["a"].get(f"{scene.path}/ballot")).json()
    assert ballot["reason"] == BALLOT["reason"]
    assert ballot["closes_at"] >= shown["revocation"]["heard_until"], "nobody is outvoted before it was heard"
    assert [one["own_application"] for one in ballot["recusals"]] == [True]
    conditional = await scene.vote("a", "for_with_conditions", condition="Jos.")
    assert conditional.json()["errors"][0]["code"] == "no_conditions_here"
    for name, choice in choices.items():
        assert (await scene.vote(name, choice)).status_code == 200
    confirmed = await scene.act("revocation/confirm", by=scene.representatives["a"])
    assert confirmed.json()["code"] == "ballot_decides"
    with clock.fixed(clock.now() + WEEK):
        await close_due_ballots(world.session)
        assert (await scene.row()).state == "endorsed"
        await settle_due(world.session)
        await settle_due(world.session)
        assert ((await scene.row()).state, await _status(world, number)) == (state, status)
        lead = await world.again(scene.coordinator)
        revocation = (await lead.get(scene.path)).json()["revocation"]
        assert revocation["state"] == ("carried" if status == "revoked" else "dropped")


async def test_a_rulebook_that_leaves_it_to_meetings_does_so_here_too(world: World) -> None:
    scene = await make_scene(world, method="meeting_decides")
    given: dict[str, Any] = {
        "meeting_id": str((await scene.meeting()).id),
        "present_member_ids": [str(scene.members[name].id) for name in "ab"],
    }
    await scene.must("begin_review")
    decision = {"endorses": True, "wording": "Puollettiin.", **given}
    shown = await scene.must("record_decision", decision, by=scene.secretary)
    await scene.must(f"decisions/{shown['decisions'][0]['id']}/confirm", by=scene.chair)
    assert await later(scene) == "endorsed"
    assert (await scene.act("revocations", BALLOT)).json()["code"] == "meeting_decides"
    meeting = {"way": "meeting", "reason": "Päätettiin peruuttaa.", **given}
    few = await scene.act("revocations", meeting | {"present_member_ids": []}, by=scene.secretary)
    assert few.json()["code"] == "no_quorum"
    assert (await scene.act("revocations", {"way": "meeting", "reason": "x"})).status_code == 422
    await scene.must("revocations", meeting, by=scene.secretary)
    with clock.fixed(clock.now() + WEEK):
        second = await world.again(scene.secretary)
        assert (await scene.act("revocation/confirm", by=second)).json()["code"] == "not_second_person"
        done = await scene.must("revocation/confirm", by=await world.again(scene.representatives["b"]))
        assert done["state"] == "in_review"


async def test_it_is_dropped_by_who_proposed_it_or_by_a_second_person(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    for who in (scene.coordinator, scene.representatives["b"]):
        await scene.must("revocations", CAUSE)
        answer = await scene.act("revocation/drop", {"reason": "Selvisi."}, by=scene.chair)
        assert answer.json()["code"] == "not_yours_to_drop"
        shown = await scene.must("revocation/drop", {"reason": "Selvisi."}, by=who)
        assert (shown["revocation"]["state"], shown["revocation"]["end_reason"]) == ("dropped", "Selvisi.")
        assert (await world.nobody.get(f"/endorsements/{number}")).json()["review"] is None


async def test_what_the_members_vote_on_nobody_drops_and_nobody_closes_before_the_applicant_was_heard(
    world: World,
) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    await scene.must("revocations", BALLOT)
    for who in (scene.coordinator, scene.chair, scene.representatives["b"]):
        answer = await scene.act("revocation/drop", {"reason": "Selvisi."}, by=who)
        assert answer.json()["code"] == "ballot_decides"
    await scene.vote("a", "for")
    await scene.vote("b", "for")
    assert (await scene.on_ballot("close")).json()["code"] == "applicant_not_heard"
    assert (await scene.representatives["a"].get(f"{scene.path}/ballot")).json()["state"] == "open"


async def test_a_review_goes_with_the_endorsement(world: World) -> None:
    scene = await make_scene(world, minor_fields=["title"])
    number = await scene.to_endorsed()
    await scene.must("revocations", BALLOT)
    await scene.next_version(title="Yhdessä yhä kotona")
    moved = (await world.nobody.get(f"/endorsements/{number}")).json()["superseded_by"]
    assert (await world.nobody.get(f"/endorsements/{moved}")).json()["review"]["way"] == "ballot"
    await scene.next_version(purpose="Aivan toinen tarkoitus.")
    shown = (await scene.coordinator.get(scene.path)).json()
    assert (shown["state"], shown["revocation"]["state"]) == ("received", "dropped")
    assert shown["ballot"]["state"] == "annulled"


async def test_a_withdrawn_application_ends_the_review(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    await scene.must("revocations", CAUSE)
    await withdraw_handlings(world.session, application=scene.application, actor=await scene.actor(scene.editor))
    await world.session.flush()
    shown = (await scene.coordinator.get(scene.path)).json()
    assert (shown["state"], shown["revocation"]["end_reason"]) == ("withdrawn", "endorsement_ended")


async def test_until_it_closes_nobody_learns_how_others_vote_on_taking_it_back(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    await scene.must("revocations", BALLOT)
    await scene.vote("a", "for")
    paths = [scene.path, f"{scene.path}/ballot", f"{scene.path}/timeline", "/tasks", "/events"]
    paths += [f"/endorsements/{number}", f"/applications/{scene.application.id}"]
    readers = [scene.coordinator, scene.chair, scene.editor, scene.representatives["b"], world.nobody]

    async def seen() -> list[bytes]:
        return [(await one.get(path)).content for one in readers for path in paths]

    before = await seen()
    changed = await scene.vote("a", "against", reason="Salainen syy.")
    assert changed.status_code == 200
    assert await seen() == before


async def test_the_case_is_released_once_the_endorsement_is_taken_back(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    asked = await world.session.exec(
        select(ApplicationAuthority).where(col(ApplicationAuthority.application_id) == scene.application.id)
    )
    assert asked.all()
    await receive_requests(
        world.session,
        application=scene.application,
        version=scene.version,
        actor=await scene.actor(scene.editor),
    )
    assert (await scene.revoked())["state"] == "in_review"
