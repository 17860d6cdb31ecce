"""Whether a decider is tied is asked in an authority's case, and the case goes on."""

from tests.funding.authority import NO
from tests.funding.cases import act
from tests.funding.test_case_handovers import Office, _code, office
from tests.world import Caller, World


def _said(who: Caller, of: Office) -> dict[str, str]:
    return {"principal_id": str(who.id), "organisation_id": str(of.found.association.id), "reason": "Puoliso."}


async def test_a_case_goes_on_while_its_only_decider_is_said_to_be_tied(world: World) -> None:
    made = await office(world)
    said = await made.officer.post(f"/partner-requests/{made.request.id}/ties", _said(made.decider, made))
    assert said.status_code == 200, said.text
    assert _code(await act(made.decider, made.request, "answer_none", NO)) == "tie_alleged"
    assert _code(await made.give(made.registrar)) == "yes"
    assert _code(await act(made.registrar, made.request, "answer_none", NO)) == "yes"


async def test_whoever_got_a_case_can_be_said_to_be_tied_and_settles(world: World) -> None:
    made = await office(world)
    await made.tie(made.decider)
    assert _code(await made.give(made.registrar)) == "yes"
    path = f"/partner-requests/{made.request.id}/ties"
    asked = await made.decider.post(path, _said(made.officer, made))
    assert asked.status_code == 200, asked.text
    settled = {"holds": False, "reason": "Ei ole."}
    question = asked.json()["questions"][0]["id"]
    assert _code(await made.registrar.put(f"/tie-questions/{question}/settlement", settled)) == "yes"
    asked = await made.officer.post(path, _said(made.registrar, made))
    assert asked.status_code == 200, asked.text
    assert _code(await act(made.registrar, made.request, "answer_none", NO)) != "yes"
