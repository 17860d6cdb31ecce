"""A network's handling of an application, from its arrival to its end."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import col

from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import ApplicationNetwork
from puumerkki.calls.models import FundingCall
from puumerkki.discussions.queries import open_points
from puumerkki.handlings.queries import returned_tasks
from puumerkki.handlings.queries.handling_tasks import TASKS
from puumerkki.handlings.service.lapsing import lapse_due
from puumerkki.kernel import clock
from puumerkki.kernel.subjects import Ref
from puumerkki.meetings.models import MeetingState
from tests.factories import Client, World
from tests.handlings.meeting_words import later
from tests.handlings.scene import Scene, make_scene
from tests.tasks import tasks_of


async def test_from_arrival_to_the_endorsement(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    assert number == f"{scene.network.prefix}-{scene.application.created_at.year}-0001"
    shown = (await scene.coordinator.get(scene.path)).json()
    assert shown["state"] == "endorsed"
    assert shown["available_actions"] == [
        {"action": "close_ballot", "allowed": False, "blocked_by": "no_revocation"},
        {"action": "annul_ballot", "allowed": False, "blocked_by": "no_ballot"},
        {"action": "drop_annulment", "allowed": False, "blocked_by": "no_annulment"},
        {"action": "confirm_conditions", "allowed": False, "blocked_by": "no_conditions"},
        {"action": "drop_claim", "allowed": False, "blocked_by": "no_claim"},
        {"action": "take_new_version", "allowed": False, "blocked_by": "no_newer_version"},
        {"action": "revoke_by_ballot", "allowed": True, "blocked_by": None},
        {"action": "revoke_by_meeting", "allowed": True, "blocked_by": None},
        {"action": "revoke_for_cause", "allowed": True, "blocked_by": None},
        {"action": "drop_revocation", "allowed": False, "blocked_by": "no_revocation"},
        {"action": "prolong", "allowed": True, "blocked_by": None},
        {"action": "drop_prolongation", "allowed": False, "blocked_by": "no_prolongation"},
    ]
    endorsement = (await world.nobody.get(f"/endorsements/{number}")).json()
    assert endorsement["status"] == "valid"
    credential = (await world.nobody.get(f"/endorsements/{number}/credential")).text
    verdict = (await world.nobody.post("/endorsements/verify", {"credential": credential})).json()
    assert verdict["valid"] is True, verdict


async def test_a_returned_application_comes_back_with_its_next_version(world: World) -> None:
    scene = await make_scene(world)
    points = {"points": [{"part": "goals", "body": "Montako ihmistä?"}, {"body": "Kuka maksaa?"}]}
    assert (await scene.act("return", {"points": []})).status_code == 422
    assert (await scene.must("return", points))["state"] == "returned"
    raised = await open_points(world.session, Ref("handling", scene.handling_id))
    assert [(one.part, one.body) for one in raised] == [("goals", "Montako ihmistä?"), (None, "Kuka maksaa?")]
    await scene.next_version(goals="Kolmesataa ihmistä.")
    row = await scene.row()
    assert (row.state, row.version_number) == ("received", 2)


async def test_a_return_says_by_when_a_new_version_is_to_come(world: World) -> None:
    scene = await make_scene(world)
    today, points = clock.today(), {"points": [{"body": "Kuka maksaa?"}]}
    refused = await scene.act("return", points | {"answer_by": str(today - timedelta(days=1))})
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [("/answer_by", "in_the_past")]
    assert (await scene.row()).state == "received", "nothing is half done"
    assert (await scene.must("return", points))["answer_by"] == str(today + timedelta(days=14))
    writer = await world.person((Role.editor, scene.application.applicant_id))

    async def due() -> list[date | None]:
        return [one.due_on for one in await tasks_of(world.session, writer.person_id, returned_tasks.TASKS)]

    assert await due() == [today + timedelta(days=14)]
    await scene.next_version(goals="Kolmesataa ihmistä.")
    assert (await scene.coordinator.get(scene.path)).json()["answer_by"] is None
    soon = today + timedelta(days=3)
    assert (await scene.must("return", points | {"answer_by": str(soon)}))["answer_by"] == str(soon)
    assert await due() == [soon]
    step = (await writer.get(f"/next/handling/{scene.handling_id}")).json()["step"]
    assert step["due_on"] == str(soon)


async def test_a_reading_is_of_one_version(world: World) -> None:
    scene = await make_scene(world)
    await scene.must("begin_review")
    await scene.must("readings", {"read_on": clock.today().isoformat()}, by=scene.secretary)
    await scene.next_version(goals="Kolmesataa ihmistä.")
    assert (await scene.row()).state == "in_review"
    assert (await scene.act("open_ballot")).json()["code"] == "no_reading"
    for day, code in ((1, "in_the_future"), (-1, "before_version")):
        given = {"read_on": (clock.today() + timedelta(days=day)).isoformat()}
        assert (await scene.act("readings", given)).json()["errors"][0]["code"] == code
    planned = await scene.meeting(state=MeetingState.planned)
    given = {"read_on": clock.today().isoformat(), "meeting_id": str(planned.id)}
    assert (await scene.act("readings", given)).json()["code"] == "meeting_not_held"


async def _decision(scene: Scene, **changes: Any) -> dict[str, Any]:
    return {
        "meeting_id": str((await scene.meeting()).id),
        "endorses": True,
        "wording": "Puollettiin.",
        "present_member_ids": [str(scene.members[name].id) for name in "ab"],
    } | changes


async def test_a_meetings_decision_holds_once_a_second_person_has_confirmed_it(world: World) -> None:
    scene = await make_scene(world, method="meeting_decides")
    await scene.must("begin_review")
    given = await _decision(scene, conditions=[{"text": "Kuljetukset sovitaan.", "when": "later"}])
    assert (await scene.act("record_decision", given)).status_code == 403
    shown = await scene.must("record_decision", given, by=scene.secretary)
    assert shown["state"] == "in_review"
    assert (await scene.editor.get(scene.path)).json()["decisions"] == []
    confirm = f"decisions/{shown['decisions'][0]['id']}/confirm"
    await world.grant(scene.secretary.id, Role.chair, scene.network.id)  # type: ignore[arg-type]
    assert (await scene.act(confirm, by=scene.secretary)).json()["code"] == "same_person"
    assert (await scene.act(f"decisions/{scene.handling_id}/confirm", by=scene.chair)).status_code == 404
    told = await scene.must(confirm, by=scene.chair)
    assert (told["state"], told["decisions"][0]["confirmed_by"]) == ("in_review", str(scene.chair.id))
    assert (await scene.editor.get(scene.path)).json()["decisions"] == []
    assert await later(scene) == "endorsed"
    done = (await scene.editor.get(scene.path)).json()
    endorsement = (await world.nobody.get(f"/endorsements/{done['endorsement_number']}")).json()
    assert endorsement["conditions"] == [{"text": "Kuljetukset sovitaan.", "met": False, "when": "later"}]


async def test_a_meeting_may_decline_and_needs_its_quorum(world: World) -> None:
    scene = await make_scene(world)
    await scene.must("begin_review")
    secretary = scene.secretary
    few = await _decision(scene, present_member_ids=[str(scene.members[name].id) for name in ("own", "a")])
    assert (await scene.act("record_decision", few, by=secretary)).json()["code"] == "no_quorum"
    strange = await _decision(scene, present_member_ids=[str(scene.handling_id)])
    assert (await scene.act("record_decision", strange, by=secretary)).json()["errors"][0][
        "code"
    ] == "not_in_attendance"
    planned = await scene.meeting(state=MeetingState.planned)
    early = await _decision(scene, meeting_id=str(planned.id))
    assert (await scene.act("record_decision", early, by=secretary)).json()["code"] == "meeting_not_held"
    mixed = await _decision(scene, endorses=False, conditions=[{"text": "Jos.", "when": "before"}])
    assert (await scene.act("record_decision", mixed, by=secretary)).status_code == 422
    given = await _decision(scene, endorses=False, wording="Ei puollettu.")
    shown = await scene.must("record_decision", given, by=secretary)
    await scene.must(f"decisions/{shown['decisions'][0]['id']}/confirm", by=scene.chair)
    await later(scene)
    done = (await scene.coordinator.get(scene.path)).json()
    assert (done["state"], done["reason"], done["endorsement_number"]) == ("declined", "Ei puollettu.", None)
    await scene.next_version(goals="Kolmesataa ihmistä.")
    assert (await scene.row()).state == "received"


async def test_who_is_tied_to_an_applicant_stands_aside(world: World) -> None:
    scene = await make_scene(world)
    await scene.coordinator.put(f"/affiliations/{scene.applicant.id}", {"kinds": ["close_family"]})
    assert (await scene.act("begin_review")).json()["code"] == "disqualified"
    shown = (await scene.coordinator.get(scene.path)).json()
    assert {one["blocked_by"] for one in shown["available_actions"]} == {"disqualified"}
    other = await world.person((Role.coordinator, scene.network.id))
    assert (await scene.must("begin_review", by=other))["state"] == "in_review"


async def test_an_advisory_network_gives_a_statement_and_no_endorsement(world: World) -> None:
    scene = await make_scene(world, network={"decides": False})
    await scene.must("begin_review")
    await scene.must("readings", {"read_on": clock.today().isoformat()})
    assert (await scene.act("open_ballot")).json()["code"] == "network_advises"
    assert (await scene.act("give_statement", {"statement": "Tarpeellinen hanke."})).status_code == 422
    given = {
        "statement": "Tarpeellinen hanke.",
        "agreed_how": "in_writing",
        "agreed_on": clock.today().isoformat(),
        "agreed_member_ids": [str(scene.members[name].id) for name in "ab"],
    }
    late = given | {"agreed_on": (clock.today() + timedelta(days=1)).isoformat()}
    assert (await scene.act("give_statement", late)).json()["errors"][0]["code"] == "in_the_future"
    strange = given | {"agreed_member_ids": [str(scene.network.id)]}
    assert (await scene.act("give_statement", strange)).json()["errors"][0]["code"] == "member_unknown"
    early = given | {"agreed_on": (clock.today() - timedelta(days=1)).isoformat()}
    assert (await scene.act("give_statement", early)).json()["errors"][0]["code"] == "before_version"
    own = given | {"agreed_member_ids": [str(scene.members["own"].id)]}
    assert (await scene.act("give_statement", own)).json()["errors"][0]["code"] == "applies_itself"
    shown = await scene.must("give_statement", given)
    assert [one["fi"] for one in shown["agreed"]["members"]] == ["Jäsen 0 ry", "Jäsen 1 ry"]
    assert shown["agreed"]["may_deny_for"] == [], "the coordinator speaks for none of them"
    assert (shown["state"], shown["statement"], shown["endorsement_number"]) == ("stated", "Tarpeellinen hanke.", None)


async def test_a_handling_lapses_past_every_call(world: World) -> None:
    scene = await make_scene(world)
    await lapse_due(world.session)
    assert (await scene.row()).state == "received"
    call = FundingCall(
        funder_id=scene.city.id,
        names={"fi": "Haku"},
        opens_at=clock.now() - timedelta(days=2),
        closes_at=clock.now() + timedelta(days=2),
    )
    world.session.add(call)
    await world.session.flush()
    scene.application.call_id = call.id
    await scene.next_version()
    await scene.to_ballot()
    await lapse_due(world.session)
    assert (await scene.row()).state == "in_ballot"
    with clock.fixed(clock.now() + timedelta(days=3)):
        await lapse_due(world.session)
    assert (await scene.row()).state == "lapsed"
    assert (await scene.coordinator.get(f"{scene.path}/ballot")).json()["state"] == "annulled"


async def test_who_sees_a_handling(world: World) -> None:
    scene, outsider = await make_scene(world), await world.person()
    for reader in (scene.coordinator, scene.editor, scene.representatives["a"]):
        assert (await reader.get(scene.path)).status_code == 200
        assert len((await reader.get(f"/handlings?application={scene.application.id}")).json()["items"]) == 1
    assert (await outsider.get(scene.path)).status_code == 404
    assert (await outsider.get("/handlings")).json()["items"] == []
    assert (await scene.act("begin_review", by=outsider)).status_code == 404
    assert (await scene.act("begin_review", by=scene.editor)).status_code == 403
    assert (await scene.act("begin_review", if_match=99)).status_code == 412
    assert (await scene.coordinator.post(f"{scene.path}/begin_review")).status_code == 428


async def test_a_handling_tells_who_applies_for_what(world: World) -> None:
    scene = await make_scene(world)
    city = str(scene.city.id)
    for changes, amount, asks in (
        ({}, 4_500_000, [None]),
        ({"amount_cents": 1_250_000, "authorities": [{"id": city, "asks": "Tilat."}]}, 1_250_000, ["Tilat."]),
        ({"authorities": []}, 4_500_000, []),
    ):
        await scene.next_version(**changes)
        [item] = (await scene.coordinator.get(f"/handlings?application={scene.application.id}")).json()["items"]
        shown = (await scene.coordinator.get(scene.path)).json()
        assert item["applicant"] == {"id": str(scene.applicant.id), "names": scene.applicant.names}
        assert item["amount_cents"] == amount
        assert item["asks"] == [{"names": scene.city.names, "asks": one} for one in asks]
        assert all(shown[name] == item[name] for name in ("applicant", "amount_cents", "asks"))


async def _tasks(scene: Scene, caller: Client) -> list[tuple[str, Any]]:
    found = await tasks_of(scene.world.session, caller.id, TASKS)
    return [(row.kind, row.organisation_id) for row in found if row.subject_id == scene.handling_id]


async def test_tasks(world: World) -> None:
    scene = await make_scene(world)
    assert await _tasks(scene, scene.coordinator) == [("handling_to_review", None)]
    await scene.to_ballot()
    mine = scene.members["a"].organisation_id
    assert await _tasks(scene, scene.representatives["a"]) == [("vote_to_cast", mine)]
    assert await _tasks(scene, scene.representatives["own"]) == await _tasks(scene, scene.coordinator) == []
    await scene.vote("a", "for")
    assert await _tasks(scene, scene.representatives["a"]) == []
    for name in "bc":
        await scene.vote(name, "for")
    await scene.on_ballot("close")
    assert await _tasks(scene, scene.coordinator) == [("ballot_to_conclude", None)]
    await scene.must("annul_ballot", {"fault": "tie", "reason": "Kokous."})
    await scene.must("annulment/confirm", by=scene.representatives["b"])
    await scene.must("record_decision", await _decision(scene), by=scene.secretary)
    assert await _tasks(scene, scene.chair) == [("decision_to_confirm", None)]
    assert await _tasks(scene, scene.secretary) == []


async def test_a_network_that_is_asked_no_more_has_its_handling_withdrawn(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    await world.session.exec(
        delete(ApplicationNetwork).where(col(ApplicationNetwork.application_id) == scene.application.id)
    )
    await scene.next_version(goals="Kolmesataa ihmistä.")
    assert (await scene.row()).state == "withdrawn"
