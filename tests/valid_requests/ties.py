"""Ties in dispute, and who leads instead of somebody who is tied."""

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.disqualification.models.ties import TieQuestion
from puumerkki.handlings.models.handlings import Handling
from puumerkki.partnerships.models.handovers import CaseHandover, CaseOffice
from tests.personas import Cast
from tests.valid_requests import Call, operation
from tests.valid_requests.handlings import received
from tests.valid_requests.partner_requests import arrived


def _tie_given(cast: Cast, about: str) -> dict[str, str]:
    return {
        "principal_id": str(cast[about].id),
        "organisation_id": str(cast.association.id),
        "reason": "Istui hakijan hallituksessa.",
    }


@operation("ties_get_of_handling")
async def get_of_handling(cast: Cast) -> Call:
    await _asked(cast, handling := await received(cast))
    return Call("GET", f"/handlings/{handling.id}/ties", by="coordinator")


@operation("ties_raise_in_handling")
async def raise_in_handling(cast: Cast) -> Call:
    return Call("POST", f"/handlings/{(await received(cast)).id}/ties", by="editor", json=_tie_given(cast, "secretary"))


async def _asked(cast: Cast, handling: Handling) -> TieQuestion:
    answer = await cast["editor"].post(f"/handlings/{handling.id}/ties", _tie_given(cast, "secretary"))
    assert answer.status_code == 200, answer.text
    asked = select(TieQuestion).where(col(TieQuestion.application_id) == handling.application_id)
    return (await cast.world.session.exec(asked)).one()


@operation("ties_settle")
async def settle(cast: Cast) -> Call:
    question = await _asked(cast, await received(cast))
    path = f"/tie-questions/{question.id}/settlement"
    return Call("PUT", path, by="representative", json={"holds": False, "reason": "Erosi jo aiemmin."})


@operation("ties_answer")
async def answer(cast: Cast) -> Call:
    """By the secretary, whom it is about."""
    question = await _asked(cast, await received(cast))
    return Call("PUT", f"/tie-questions/{question.id}/answer", by="secretary", json={"text": "En istunut siellä."})


@operation("ties_choose_lead")
async def choose_lead(cast: Cast) -> Call:
    handling = await received(cast)
    for role in ("coordinator", "chair", "secretary"):
        await cast[role].put(f"/affiliations/{cast.association.id}", {"kinds": ["employee"]})
    given = {"member_id": str(cast.neighbour_member.id), "principal_id": str(cast["deputy"].id)}
    return Call("POST", f"/handlings/{handling.id}/lead", by="representative", json=given)


@operation("ties_get_of_request")
async def get_of_request(cast: Cast) -> Call:
    return Call("GET", f"/partner-requests/{(await arrived(cast)).id}/ties", by="officer")


@operation("ties_raise_in_request")
async def raise_in_request(cast: Cast) -> Call:
    path = f"/partner-requests/{(await arrived(cast)).id}/ties"
    return Call("POST", path, by="editor", json=_tie_given(cast, "officer"))


async def _waits(cast: Cast) -> CaseHandover:
    """Everybody tied who prepares or decides: the owner hands the case over."""
    request = await arrived(cast)
    for role in ("officer", "decider"):
        await cast[role].put(f"/affiliations/{cast.association.id}", {"kinds": ["employee"]})
    waits = select(CaseHandover).where(
        col(CaseHandover.partner_request_id) == request.id, col(CaseHandover.office) == CaseOffice.officer
    )
    return (await cast.world.session.exec(waits)).one()


@operation("case_handovers_list")
async def list_case_handovers(cast: Cast) -> Call:
    await _waits(cast)
    return Call("GET", "/case-handovers", by="officer")


@operation("case_handovers_hand_over")
async def hand_case_over(cast: Cast) -> Call:
    """By the city's owner, who stands here for the owners."""
    handover = await _waits(cast)
    cast.callers["owner"] = await cast.world.person((Role.owner, cast.city.id))
    return Call("PUT", f"/case-handovers/{handover.id}", by="owner", json={"principal_id": str(cast["registry"].id)})
