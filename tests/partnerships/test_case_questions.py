"""Whether a decider is tied is asked in an authority's case, and the case goes on."""

from puumerkki.access.roles import Role
from tests.factories import Client, World
from tests.partnerships.authority import NO
from tests.partnerships.cases import act
from tests.partnerships.test_case_handovers import Office, _code, _kinds, _mails, office


def _tie_given(who: Client, of: Office) -> dict[str, str]:
    return {"principal_id": str(who.id), "organisation_id": str(of.found.association.id), "reason": "Puoliso."}


async def test_a_case_goes_on_while_its_only_decider_is_said_to_be_tied(world: World) -> None:
    made = await office(world)
    said = await made.officer.post(f"/partner-requests/{made.request.id}/ties", _tie_given(made.decider, made))
    assert said.status_code == 200, said.text
    assert _code(await act(made.decider, made.request, "answer_none", NO)) == "tie_alleged"
    assert _code(await made.give(made.registrar)) == "yes"
    assert _code(await act(made.registrar, made.request, "answer_none", NO)) == "yes"


async def test_whoever_got_a_case_can_be_said_to_be_tied_and_settles(world: World) -> None:
    made = await office(world)
    await made.tie(made.decider)
    assert _code(await made.give(made.registrar)) == "yes"
    path = f"/partner-requests/{made.request.id}/ties"
    asked = await made.decider.post(path, _tie_given(made.officer, made))
    assert asked.status_code == 200, asked.text
    settled = {"holds": False, "reason": "Ei ole."}
    question = asked.json()["questions"][0]["id"]
    assert _code(await made.registrar.put(f"/tie-questions/{question}/settlement", settled)) == "yes"
    asked = await made.officer.post(path, _tie_given(made.registrar, made))
    assert asked.status_code == 200, asked.text
    assert _code(await act(made.registrar, made.request, "answer_none", NO)) != "yes"


async def _asked(made: Office, by: Client, about: Client) -> str:
    answer = await by.post(f"/partner-requests/{made.request.id}/ties", _tie_given(about, made))
    assert answer.status_code == 200, answer.text
    return str(answer.json()["questions"][0]["id"])


async def _settle(by: Client, question: str) -> str:
    return _code(await by.put(f"/tie-questions/{question}/settlement", {"holds": False, "reason": "Ei ole."}))


async def _mails_of(world: World, who: Client) -> int:
    return len([one for one in await _mails(world, who) if "Sidonnaisuudesta on kysymys" in one])


async def test_whoever_got_a_case_to_decide_is_asked_to_settle(world: World) -> None:
    made = await office(world)
    await made.tie(made.decider)
    assert _code(await made.give(made.registrar)) == "yes"
    await _asked(made, made.decider, made.officer)
    assert "tie_to_settle" in await _kinds(made.registrar)
    assert await _mails_of(world, made.registrar) == 1


async def test_whoever_gets_it_later_is_asked_what_is_open(world: World) -> None:
    made = await office(world)
    question = await _asked(made, made.officer, made.decider)
    assert await _mails_of(world, made.registrar) == 0
    assert _code(await made.give(made.registrar)) == "yes"
    assert "tie_to_settle" in await _kinds(made.registrar)
    assert await _mails_of(world, made.registrar) == 1
    shown = (await made.registrar.get(f"/partner-requests/{made.request.id}/ties")).json()["questions"]
    assert [(one["reason"], one["may_settle"]) for one in shown] == [("Puoliso.", True)]
    assert await _settle(made.registrar, question) == "yes"
    assert "tie_to_settle" not in await _kinds(made.registrar)


async def test_who_got_a_case_and_is_not_needed_any_more_is_not_asked(world: World) -> None:
    made = await office(world)
    await made.tie(made.decider)
    assert _code(await made.give(made.registrar)) == "yes"
    other = await world.person((Role.decider, made.found.city.id))
    question = await _asked(made, made.decider, made.officer)
    assert "tie_to_settle" in await _kinds(other)
    assert "tie_to_settle" not in await _kinds(made.registrar)
    assert await _mails_of(world, made.registrar) == 0
    shown = (await other.get(f"/partner-requests/{made.request.id}/ties")).json()
    assert str(made.registrar.id) not in [one["principal_id"] for one in shown["people"]]
    given = _tie_given(made.registrar, made)
    assert (await made.officer.post(f"/partner-requests/{made.request.id}/ties", given)).status_code == 422
    assert await _settle(other, question) == "yes"
