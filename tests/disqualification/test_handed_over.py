"""Whom an authority's case was handed over to is tied by now: they can dispute that as whoever holds the office can."""

from tests.factories import World
from tests.partnerships.cases import act
from tests.partnerships.test_case_handovers import office


async def test_whom_a_case_was_handed_to_disputes_a_tie_on_record(world: World) -> None:
    at = await office(world)
    await at.tie(at.officer)
    assert (await at.give(at.registrar)).status_code == 204
    await at.tie(at.registrar)
    assert (await at.registrar.delete(f"/affiliations/{at.found.association.id}")).status_code == 204
    assert [one["handed_to"] for one in await at.waiting()] == [None], "it waits for another"
    assert (await act(at.registrar, at.request, "begin")).json()["code"] == "forbidden", "it stays while it is open"
    about = {"organisation_id": str(at.found.association.id), "reason": "En ole ollut siellä töissä."}
    asked = await at.registrar.post(
        f"/partner-requests/{at.request.id}/ties", about | {"principal_id": str(at.registrar.id)}
    )
    assert asked.status_code == 200, asked.text
    [question] = asked.json()["questions"]
    assert question["kind"] == "disputed"
    said = {"holds": False, "reason": "Kirjattiin vahingossa."}
    assert (await at.decider.put(f"/tie-questions/{question['id']}/settlement", said)).status_code == 204
    assert (await act(at.registrar, at.request, "begin")).status_code == 200, "found not tied, they act again"


async def test_to_whom_it_was_not_handed_acts_in_it_no_more_than_before(world: World) -> None:
    at = await office(world)
    await at.tie(at.officer)
    about = {"principal_id": str(at.registrar.id), "organisation_id": str(at.found.association.id), "reason": "Syy."}
    asked = await at.decider.post(f"/partner-requests/{at.request.id}/ties", about)
    assert asked.json()["errors"][0]["code"] == "person_unknown"
