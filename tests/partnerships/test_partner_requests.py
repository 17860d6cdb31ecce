"""Partner requests: arriving, the gate, deciding, and what happens to them by itself."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import ApplicationAuthority
from puumerkki.endorsements.models.endorsements import EndorsementState
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.organisations.models.organisations import Sector
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries import partner_request_tasks
from puumerkki.partnerships.service.gate import defer_gate
from puumerkki.partnerships.service.partner_requests import move_gated, release_gated
from tests.factories import World
from tests.partnerships.cases import act, officer
from tests.partnerships.gate import endorse, policy, receive, rows_of, scene
from tests.tasks import tasks_of

DECISION: dict[str, Any] = {
    "outcome": "commitment",
    "contributions": [{"kind": "money", "cents": 1_500_000, "description": "Omarahoitusosuus"}],
    "body": "Hyvinvointilautakunta",
    "decided_on": str(clock.today()),
    "section": "§ 45",
    "appeal": "Oikaisuvaatimus 14 päivän kuluessa.",
}


async def test_what_arrives_is_registered_and_answered_at_once(world: World) -> None:
    arrived = await scene(world)
    body = (await (await officer(world, arrived)).get(f"/partner-requests/{arrived.request.id}")).json()
    assert body["case_number"] == f"PK/{clock.today().year}/000001"
    assert (body["state"], body["asks_endorsement"]) == ("referred", True)
    [row] = body["requirements"]
    assert (row["cause"], row["standing"]) == ("named", "missing")
    assert [one["id"] for one in row["networks"]] == [str(arrived.network.id)]
    assert [one for one in body["available_actions"] if not one["allowed"]] == [
        {"action": "begin", "allowed": False, "blocked_by": "endorsement_missing"}
    ]
    told = await world.session.exec(
        select(EventRow.type).where(EventRow.subject_id == arrived.request.id).order_by(col(EventRow.id))
    )
    assert told.all() == ["partner_request.arrived", "partner_request.referred"]


async def test_the_officers_early_try_names_the_network(world: World) -> None:
    arrived = await scene(world)
    answer = await act(await officer(world, arrived), arrived.request, "begin")
    assert (answer.status_code, answer.json()["code"]) == (409, "endorsement_missing")
    assert answer.json()["networks"] == [{"id": str(arrived.network.id), "names": arrived.network.names}]


async def test_from_the_endorsement_to_the_decision(world: World) -> None:
    arrived = await scene(world)
    one = await world.person((Role.officer, arrived.city.id), (Role.decider, arrived.city.id))
    endorsement = await endorse(world.session, arrived.version, arrived.network)
    begun = await act(one, arrived.request, "begin")
    assert begun.status_code == 200, begun.text
    assert begun.json()["requirements"][0]["endorsement"]["number"] == endorsement.number
    assert begun.headers["etag"] == f'"{begun.json()["version"]}"'
    asked = await act(one, arrived.request, "ask_supplement", {"body": "Mikä on omarahoitus?"})
    assert asked.json()["state"] == "supplement_asked"
    editor = await world.person((Role.editor, arrived.association.id))
    answered = await act(editor, arrived.request, "answer_supplement", {"body": "Kymmenen prosenttia."})
    assert answered.json()["supplements"][0]["answer"] == "Kymmenen prosenttia."
    decided = await act(one, arrived.request, "decide", DECISION)
    assert decided.status_code == 200, decided.text
    assert decided.json()["state"] == "decided"
    assert decided.json()["decision"]["contributions"][0]["cents"] == 1_500_000
    assert decided.json()["decision"]["version_number"] == 1


async def test_a_supplement_has_a_last_day(world: World) -> None:
    arrived = await scene(world, gate=False)
    one, today = await officer(world, arrived), clock.today()
    editor = await world.person((Role.editor, arrived.association.id))
    await act(one, arrived.request, "begin")
    given = {"body": "Mikä on omarahoitus?", "answer_by": str(today - timedelta(days=1))}
    refused = await act(one, arrived.request, "ask_supplement", given)
    assert [(each["pointer"], each["code"]) for each in refused.json()["errors"]] == [("/answer_by", "in_the_past")]
    soon = today + timedelta(days=5)
    for day, found in ((str(soon), soon), (None, today + timedelta(days=14))):
        asked = await act(one, arrived.request, "ask_supplement", given | {"answer_by": day})
        assert asked.json()["supplements"][-1]["answer_by"] == str(found)
        tasks = await tasks_of(world.session, editor.person_id, partner_request_tasks.TASKS)
        assert [(each.kind, each.due_on) for each in tasks] == [("supplement_to_answer", found)]
        step = (await editor.get(f"/next/partner_request/{arrived.request.id}")).json()["step"]
        assert step["due_on"] == str(found)
        await act(editor, arrived.request, "answer_supplement", {"body": "Kymmenen prosenttia."})


async def test_without_a_policy_there_is_no_gate(world: World) -> None:
    arrived = await scene(world, gate=False)
    assert arrived.request.state == "arrived"
    assert (await act(await officer(world, arrived), arrived.request, "begin")).json()["state"] == "in_preparation"
    wrong = await act(await officer(world, arrived), arrived.request, "refer_to_network")
    assert wrong.json()["code"] == "wrong_state"


@pytest.mark.parametrize("other", ["network", "version", "revoked"])
async def test_another_endorsement_does_not_open_the_gate(world: World, other: str) -> None:
    arrived = await scene(world)
    if other == "network":
        await endorse(world.session, arrived.version, await world.network("Toinen"))
    elif other == "version":
        await endorse(world.session, arrived.version, arrived.network)
        await receive(world.session, arrived.application, await world.version(arrived.application))
    else:
        (await endorse(world.session, arrived.version, arrived.network)).state = EndorsementState.revoked
        await world.session.flush()
    answer = await act(await officer(world, arrived), arrived.request, "begin")
    assert (answer.status_code, answer.json()["code"]) == (409, "endorsement_missing")


async def test_an_expired_endorsement_opens_nothing_and_carries_a_decision_for_ninety_days(world: World) -> None:
    arrived = await scene(world)
    await endorse(world.session, arrived.version, arrived.network, valid_until=clock.today())
    roles = ((Role.officer, arrived.city.id), (Role.decider, arrived.city.id))
    request = arrived.request
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert (await act(await world.person(*roles), request, "begin")).json()["code"] == "endorsement_expired"
    begun = await act(await world.person(*roles), request, "begin")
    assert (begun.status_code, begun.json()["begun_on"]) == (200, str(clock.today()))
    with clock.fixed(clock.now() + timedelta(days=91)):
        one = await world.person(*roles)
        [row] = (await one.get(f"/partner-requests/{request.id}")).json()["requirements"]
        assert row["standing"] == "expired"
        assert (await act(one, request, "decide", DECISION)).json()["code"] == "endorsement_expired"
    with clock.fixed(clock.now() + timedelta(days=90)):
        one = await world.person(*roles)
        [row] = (await one.get(f"/partner-requests/{request.id}")).json()["requirements"]
        assert (row["standing"], row["endorsement"]["carries_until"]) == ("carried", str(clock.today()))
        assert (await act(one, request, "decide", DECISION)).status_code == 200


async def test_who_is_tied_to_an_applicant_stands_aside(world: World) -> None:
    arrived = await scene(world, gate=False)
    tied = await officer(world, arrived)
    await tied.put(f"/affiliations/{arrived.association.id}", {"kinds": ["close_family"]})
    answer = await act(tied, arrived.request, "begin")
    assert (answer.status_code, answer.json()["code"]) == (409, "disqualified")


async def test_a_stale_version_is_refused(world: World) -> None:
    arrived = await scene(world, gate=False)
    caller = await officer(world, arrived)
    path = f"/partner-requests/{arrived.request.id}/begin"
    assert (await caller.post(path)).status_code == 428
    assert (await caller.post(path, if_match=99)).status_code == 412


async def test_a_revoked_endorsement_leaves_the_decision_to_be_looked_at(world: World) -> None:
    arrived = await scene(world)
    endorsement = await endorse(world.session, arrived.version, arrived.network)
    one = await world.person((Role.officer, arrived.city.id), (Role.decider, arrived.city.id))
    await act(one, arrived.request, "begin")
    await act(one, arrived.request, "decide", DECISION)
    await release_gated(world.session, endorsement=endorsement, actor_id=None)
    endorsement.state = EndorsementState.revoked
    await world.session.flush()
    body = (await one.get(f"/partner-requests/{arrived.request.id}")).json()
    assert (body["state"], body["to_look_at"], body["decision"]["outcome"]) == ("decided", "revoked", "commitment")
    assert [one["endorsement_number"] for one in body["decision"]["grounds"]] == [endorsement.number]
    waiting = (await one.get("/tasks")).json()["items"]
    assert [one["kind"] for one in waiting] == ["partner_request_to_look_at"]
    kept = await act(one, arrived.request, "keep")
    assert (kept.status_code, kept.json()["state"], kept.json()["to_look_at"]) == (200, "decided", None)
    assert (await act(one, arrived.request, "reopen")).json()["code"] == "nothing_to_look_at"


async def test_a_decider_takes_a_case_up_again_on_the_newest_version(world: World) -> None:
    arrived = await scene(world)
    endorsement = await endorse(world.session, arrived.version, arrived.network)
    one = await world.person((Role.officer, arrived.city.id), (Role.decider, arrived.city.id))
    await act(one, arrived.request, "begin")
    await act(one, arrived.request, "decide", DECISION)
    await receive(world.session, arrived.application, await world.version(arrived.application))
    seen = (await one.get(f"/partner-requests/{arrived.request.id}")).json()
    assert (seen["to_look_at"], seen["version_number"], seen["newest_version"]) == ("new_version", 1, 2)
    opened = await act(one, arrived.request, "reopen")
    assert opened.status_code == 200, opened.text
    body = opened.json()
    assert (body["state"], body["version_number"], body["decision"], body["begun_on"]) == ("referred", 2, None, None)
    [former] = body["former_decisions"]
    assert (former["outcome"], former["version_number"]) == ("commitment", 1)
    assert [ground["endorsement_number"] for ground in former["grounds"]] == [endorsement.number]
    assert (await act(one, arrived.request, "begin")).json()["code"] == "endorsement_missing"


@pytest.mark.parametrize("decided", [False, True])
async def test_a_moved_endorsement_carries_preparation_and_a_decision_stays(world: World, decided: bool) -> None:
    arrived = await scene(world)
    session = world.session
    old = await endorse(session, arrived.version, arrived.network)
    one = await world.person((Role.officer, arrived.city.id), (Role.decider, arrived.city.id))
    await act(one, arrived.request, "begin")
    if decided:
        await act(one, arrived.request, "decide", DECISION)
    mended = await world.version(arrived.application, title="Yhdessä kotona, korjattu")
    await defer_gate(session)
    old.state = EndorsementState.superseded
    await session.flush()
    new = await endorse(session, mended, arrived.network)
    await move_gated(session, old=old, new=new)
    await receive(session, arrived.application, mended)
    body = (await one.get(f"/partner-requests/{arrived.request.id}")).json()
    assert (body["state"], body["version_number"]) == (("decided", 1) if decided else ("in_preparation", 2))
    assert body["to_look_at"] == ("superseded" if decided else None)
    assert body["requirements"][0]["endorsement"]["number"] == (old if decided else new).number


async def test_a_new_version_without_a_gate_moves_preparation_and_leaves_a_decision(world: World) -> None:
    arrived = await scene(world, gate=False)
    one = await world.person((Role.officer, arrived.city.id), (Role.decider, arrived.city.id))
    await act(one, arrived.request, "begin")
    await receive(world.session, arrived.application, await world.version(arrived.application))
    assert (arrived.request.state, arrived.request.version_number) == ("in_preparation", 2)
    await act(one, arrived.request, "decide", DECISION)
    await receive(world.session, arrived.application, await world.version(arrived.application))
    assert (arrived.request.state, arrived.request.version_number) == ("decided", 2)
    assert arrived.request.to_look_at == "new_version"


@pytest.mark.parametrize("changed", [False, True])
async def test_preparation_is_sent_back_for_a_policy_begun_since_only_if_what_it_goes_by_changed(
    world: World, changed: bool
) -> None:
    arrived = await scene(world, gate=False)
    caller = await officer(world, arrived)
    await act(caller, arrived.request, "begin")
    await policy(world, arrived.city, arrived.network)
    more: dict[str, Any] = {"target_groups": ["KR1.2"]} if changed else {"goals": "Kaksinkertaiset."}
    await receive(world.session, arrived.application, await world.version(arrived.application, **more))
    assert arrived.request.state == ("referred" if changed else "in_preparation")
    assert len(await rows_of(world.session, arrived.request)) == changed
    if changed:
        assert (await act(caller, arrived.request, "begin")).json()["code"] == "endorsement_missing"


async def test_case_numbers_follow_one_another_in_each_authority(world: World) -> None:
    first = await scene(world, gate=False)
    county = await world.organisation("Pohde", sector=Sector.wellbeing_county)
    again = await world.application(first.association, authorities=[first.city, county])
    await receive(world.session, again, await world.version(again))
    found = await world.session.exec(
        select(PartnerRequest.authority_id, PartnerRequest.case_number).where(PartnerRequest.application_id == again.id)
    )
    year = clock.today().year
    assert dict(found.all()) == {first.city.id: f"PK/{year}/000002", county.id: f"PK/{year}/000001"}


async def test_an_authority_no_longer_asked_and_asked_again(world: World) -> None:
    arrived = await scene(world, gate=False)
    asked = await world.session.get(ApplicationAuthority, (arrived.application.id, arrived.city.id))
    assert asked is not None
    await world.session.delete(asked)
    await receive(world.session, arrived.application, await world.version(arrived.application))
    assert arrived.request.state == "withdrawn"
    world.session.add(ApplicationAuthority(application_id=arrived.application.id, authority_id=arrived.city.id))
    await receive(world.session, arrived.application, await world.version(arrived.application))
    assert (arrived.request.state, arrived.request.version_number) == ("arrived", 3)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"decided_on": "2190-01-01"}, "/decided_on"),
        ({"outcome": "none"}, "/outcome"),
        ({"contributions": [{"kind": "money", "description": "Rahaa"}]}, "/contributions/0"),
        ({"contributions": [{"kind": "premises", "hours": 4, "description": "Sali"}]}, "/contributions/0"),
    ],
)
async def test_a_decision_that_makes_no_sense_is_refused(world: World, change: dict[str, Any], pointer: str) -> None:
    arrived = await scene(world, gate=False)
    one = await world.person((Role.officer, arrived.city.id), (Role.decider, arrived.city.id))
    await act(one, arrived.request, "begin")
    answer = await act(one, arrived.request, "decide", DECISION | change)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
