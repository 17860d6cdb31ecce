"""Ties in dispute: anyone taking part says that somebody is tied, the person disputes one, a second person settles."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.disqualification.service.tie_effects import lapse_unsettled
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.service.partner_requests import receive_requests
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.partnerships import gate
from tests.partnerships.authority import NO
from tests.partnerships.cases import act

WHY = "Istui hakijan hallituksessa viime vuonna."


def _tie_given(who: Client, organisation: Organisation, reason: str = WHY) -> dict[str, str]:
    return {"principal_id": str(who.id), "organisation_id": str(organisation.id), "reason": reason}


async def _raise(scene: Scene, by: Client, about: Client, organisation: Organisation | None = None) -> httpx.Response:
    return await by.post(f"{scene.path}/ties", _tie_given(about, organisation or scene.applicant))


async def _settle(by: Client, answer: httpx.Response, holds: bool) -> httpx.Response:
    question = answer.json()["questions"][0]["id"]
    return await by.put(f"/tie-questions/{question}/settlement", {"holds": holds, "reason": "Näin on."})


async def _answer(by: Client, asked: httpx.Response) -> httpx.Response:
    question = asked.json()["questions"][0]["id"]
    return await by.put(f"/tie-questions/{question}/answer", {"text": "En istunut siellä."})


async def _ties(scene: Scene, by: Client) -> dict[str, Any]:
    return dict((await by.get(f"{scene.path}/ties")).json())


async def _kinds(caller: Client) -> list[str]:
    return [one["kind"] for one in (await caller.get("/tasks")).json()["items"]]


async def _mails(world: World, who: Client) -> list[str]:
    assert who.id is not None
    found = await world.session.exec(
        select(OutboxMessage).where(col(OutboxMessage.recipient) == f"{who.id.hex}@example.org")
    )
    return [f"{one.subject}\n{one.body}" for one in found.all()]


def _code(answer: httpx.Response) -> str:
    return "yes" if answer.status_code in (200, 201, 204) else str(answer.json()["code"])


async def test_who_is_said_to_be_tied_votes_and_leads_until_it_is_settled(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    representative = scene.representatives["a"]
    asked = await _raise(scene, scene.editor, representative)
    assert asked.status_code == 200, asked.text
    assert (await scene.vote("a", "against")).status_code == 200
    shown = (await _ties(scene, scene.representatives["c"]))["questions"][0]
    assert (shown["standing"], shown["person"]["principal_id"]) == ("open", str(representative.id))
    assert "tie_to_settle" in await _kinds(scene.representatives["b"])
    for by in "bc":
        settled = await _settle(scene.representatives[by], asked, True)
        assert settled.status_code == 204, settled.text
    assert (await _answer(representative, asked)).status_code == 204
    ballot = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    assert ballot["turnout"] == 0
    assert [one["member_id"] for one in ballot["recusals"] if one["tied"]] == [str(scene.members["a"].id)]
    assert _code(await scene.vote("a", "against")) == "recused"
    assert "tie_to_settle" not in await _kinds(scene.representatives["b"])
    said = [one for one in await _mails(world, representative) if "idonnaisuu" in one]
    assert len(said) == 2, "the person is told what is said, and how it was settled"
    others = await _mails(world, scene.representatives["b"])
    assert any("Sidonnaisuudesta on kysymys" in one for one in others)
    assert not [one for one in (*said, *others) if WHY in one]


async def test_an_unfounded_word_takes_nothing(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    asked = await _raise(scene, scene.editor, scene.representatives["a"])
    assert (await _settle(scene.representatives["b"], asked, False)).status_code == 204
    assert (await scene.vote("a", "for")).status_code == 200
    assert _code(await _raise(scene, scene.editor, scene.representatives["a"])) == "tie_question_known"


@pytest.mark.parametrize("who", ["anyone", "raiser", "person", "observer", "applicant"])
async def test_by_what_is_shown_to_whom_it_concerns(world: World, who: str) -> None:
    scene = await make_scene(world)
    asked = await _raise(scene, scene.representatives["c"], scene.secretary)
    assert asked.status_code == 200, asked.text
    sees = {
        "anyone": scene.coordinator,
        "raiser": scene.representatives["c"],
        "person": scene.secretary,
        "observer": await world.person((Role.observer, scene.network.id)),
        "applicant": scene.editor,
    }[who]
    [question] = (await _ties(scene, sees))["questions"]
    inside = who in ("raiser", "person")
    assert (question["reason"] == WHY, question["organisation"] is not None) == (inside, inside)
    assert question["person"]["principal_id"] == str(scene.secretary.id)


@pytest.mark.parametrize("deed", ["record", "confirm"])
async def test_who_is_said_to_be_tied_records_and_confirms_nothing(world: World, deed: str) -> None:
    scene = await make_scene(world)
    await scene.must("begin_review")
    decision = {
        "meeting_id": str((await scene.meeting()).id),
        "endorses": True,
        "wording": "Puolletaan.",
        "present_member_ids": [str(scene.members[name].id) for name in "abc"],
    }
    who = {"record": scene.secretary, "confirm": scene.chair}[deed]
    if deed == "confirm":
        await scene.must("record_decision", decision, by=scene.secretary)
    asked = await _raise(scene, scene.editor, who)
    [made] = (await scene.coordinator.get(scene.path)).json()["decisions"] or [{"id": ""}]
    action = ("record_decision", decision) if deed == "record" else (f"decisions/{made['id']}/confirm", None)
    assert _code(await scene.act(*action, by=who)) == "tie_alleged"
    assert (await _settle(scene.representatives["c"], asked, False)).status_code == 204
    assert _code(await scene.act(*action, by=who)) == "yes"


async def test_nor_is_a_second_person(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    await _raise(scene, scene.editor, scene.representatives["a"])
    await scene.must("revocations", {"way": "cause", "cause": "applicant_asks", "reason": "Hakija pyytää."})
    said = await scene.editor.put(f"{scene.path}/revocation/view", {"view": "Pyydämme.", "asks": True})
    assert said.status_code == 200
    assert _code(await scene.act("revocation/confirm", by=scene.representatives["a"])) == "not_second_person"
    assert _code(await scene.act("revocation/confirm", by=scene.representatives["b"])) == "yes"


async def test_the_person_disputes_a_tie_on_record(world: World) -> None:
    scene = await make_scene(world)
    representative = scene.representatives["a"]
    await representative.put(f"/affiliations/{scene.applicant.id}", {"kinds": ["employee"]})
    await scene.to_ballot()
    await representative.delete(f"/affiliations/{scene.applicant.id}")
    own = (await _ties(scene, representative))["own_ties"]
    assert [one["id"] for one in own] == [str(scene.applicant.id)]
    asked = await _raise(scene, representative, representative)
    assert asked.status_code == 200, asked.text
    assert asked.json()["questions"][0]["kind"] == "disputed"
    assert _code(await scene.vote("a", "for")) == "recused"
    assert (await _settle(scene.representatives["b"], asked, False)).status_code == 204
    representative = await world.again(representative)
    shown = (await representative.get(f"{scene.path}/ballot")).json()
    assert shown["disqualified"] is False
    assert not (await _ties(scene, representative))["own_ties"]
    await world.grant(representative.person_id, Role.viewer, scene.applicant.id)
    shown = (await representative.get(f"{scene.path}/ballot")).json()
    assert shown["disqualified"] is True, "a tie that came later is another one"


@pytest.mark.parametrize("who", ["raiser", "raisers_side", "person", "applicant", "same_member", "tied"])
async def test_who_settles_nothing(world: World, who: str) -> None:
    scene = await make_scene(world)
    by = scene.representatives["c"]
    deputies = {name: await scene.fresh(name) for name in "ac"}
    (await scene.row()).received_at = clock.now()
    await world.session.flush()
    asked = await _raise(scene, by, scene.representatives["a"])
    settles = {
        "raiser": by,
        "raisers_side": deputies["c"],
        "person": scene.representatives["a"],
        "applicant": scene.representatives["own"],
        "same_member": deputies["a"],
        "tied": scene.representatives["b"],
    }[who]
    if who == "tied":
        await scene.representatives["b"].put(f"/affiliations/{scene.applicant.id}", {"kinds": ["close_family"]})
    questions = (await _ties(scene, by))["questions"]
    [one] = [one for one in questions if one["person"]["principal_id"] == str(scene.representatives["a"].id)]
    assert asked.status_code == 200
    answer = await settles.put(f"/tie-questions/{one['id']}/settlement", {"holds": True, "reason": "Näin on."})
    assert _code(answer) == "not_second_person"


async def test_who_takes_no_part_says_nothing(world: World) -> None:
    scene = await make_scene(world)
    observer = await world.person((Role.observer, scene.network.id))
    assert _code(await _raise(scene, observer, scene.representatives["a"])) == "forbidden"
    assert (await _ties(scene, observer))["people"] == []
    outsider = await world.person()
    assert (await _raise(scene, outsider, scene.representatives["a"])).status_code == 404
    await _at_the_city(scene)
    officer = await world.person((Role.officer, scene.city.id))
    assert _code(await _raise(scene, officer, scene.representatives["a"])) == "yes"
    service = await world.service(Role.editor, scene.applicant)
    assert (await _raise(scene, service, scene.representatives["b"])).status_code == 403


async def test_what_cannot_be_said(world: World) -> None:
    scene = await make_scene(world)
    other = await world.organisation("Muu ry")
    assert (await _raise(scene, scene.editor, scene.representatives["a"], other)).status_code == 422
    assert (await _raise(scene, scene.editor, await world.person())).status_code == 422
    assert _code(await _raise(scene, scene.representatives["a"], scene.representatives["a"])) == "not_tied"
    assert _code(await _raise(scene, scene.editor, scene.representatives["own"])) == "tied_already"


async def test_what_nobody_settles_before_the_count_goes_by_what_is_on_record(world: World) -> None:
    scene = await make_scene(world, one_is_enough=False)
    await scene.to_ballot()
    asked = await _raise(scene, scene.editor, scene.representatives["a"])
    for name in "abc":
        assert (await scene.vote(name, "for")).status_code == 200
    assert (await scene.on_ballot("close")).status_code == 200
    [question] = (await _ties(scene, scene.editor))["questions"]
    assert question["standing"] == "lapsed"
    assert _code(await _settle(scene.representatives["b"], asked, True)) == "tie_question_closed"
    assert _code(await _raise(scene, scene.editor, scene.representatives["b"])) == "ballot_counted"
    assert (await scene.coordinator.get(f"{scene.path}/ballot")).json()["result"]["votes_for"] == 3


async def test_a_week_later_nobody_is_held_up_any_more(world: World) -> None:
    scene = await make_scene(world)
    await _raise(scene, scene.editor, scene.secretary)
    with clock.fixed(clock.now() + timedelta(days=12)):
        await lapse_unsettled(world.session)
        [question] = (await _ties(scene, await world.again(scene.editor)))["questions"]
        assert question["standing"] == "lapsed"
        told = (await (await world.again(scene.editor)).get(f"{scene.path}/timeline")).json()["items"]
        assert told[0]["type"] == "handling.tie_lapsed"
    for one in (scene.editor, scene.secretary):
        assert any("ei ratkaistu ajoissa" in subject for subject in await _mails(world, one))


async def _at_the_city(scene: Scene) -> PartnerRequest:
    actor = await scene.actor(scene.editor)
    await receive_requests(scene.world.session, application=scene.application, version=scene.version, actor=actor)
    await scene.world.session.flush()
    return await gate.request_of(scene.world.session, scene.application.id)


async def test_in_an_authoritys_case_another_decider_settles(world: World) -> None:
    scene = await make_scene(world)
    request = await _at_the_city(scene)
    officer = await world.person((Role.officer, scene.city.id))
    decider, other = [await world.person((Role.decider, scene.city.id)) for _ in range(2)]
    path = f"/partner-requests/{request.id}/ties"
    asked = await scene.editor.post(path, _tie_given(decider, scene.applicant))
    assert asked.status_code == 200, asked.text
    assert _code(await scene.editor.post(path, _tie_given(officer, scene.applicant))) == "yes"
    assert _code(await act(officer, request, "begin")) == "yes", "an officer goes on, and it is shown"
    assert _code(await act(decider, request, "answer_none", NO)) == "tie_alleged"
    assert _code(await _settle(decider, asked, False)) == "not_second_person"
    assert "tie_to_settle" in await _kinds(other)
    assert _code(await _settle(other, asked, True)) == "yes"
    assert _code(await _answer(decider, asked)) == "yes"
    assert _code(await act(decider, request, "answer_none", NO)) == "disqualified"
    assert (await scene.vote("a", "for")).status_code == 404, "the network's own case is another"
    assert _code(await act(other, request, "answer_none", NO)) == "yes"


async def test_a_settlement_in_one_case_binds_no_other(world: World) -> None:
    scene = await make_scene(world)
    request = await _at_the_city(scene)
    both = scene.chair
    assert both.id is not None
    await world.grant(both.id, Role.officer, scene.city.id)
    both = await world.again(both)
    asked = await _raise(scene, scene.representatives["c"], both)
    assert (await _settle(scene.representatives["b"], asked, True)).status_code == 204
    assert (await _answer(both, asked)).status_code == 204
    assert _code(await act(both, request, "begin")) == "yes"
