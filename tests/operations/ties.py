"""Ties in dispute, and who leads instead of somebody who is tied."""

from sqlmodel import col, select

from puumerkki.funding.models import Handling, TieQuestion
from tests.cast import Cast
from tests.operations import Call, operation
from tests.operations.handlings import received
from tests.operations.partner_requests import arrived


def _said(cast: Cast, about: str) -> dict[str, str]:
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
    return Call("POST", f"/handlings/{(await received(cast)).id}/ties", by="editor", json=_said(cast, "secretary"))


async def _asked(cast: Cast, handling: Handling) -> TieQuestion:
    answer = await cast["editor"].post(f"/handlings/{handling.id}/ties", _said(cast, "secretary"))
    assert answer.status_code == 200, answer.text
    return (await cast.world.session.exec(select(TieQuestion).order_by(col(TieQuestion.id)))).one()


@operation("ties_settle")
async def settle(cast: Cast) -> Call:
    question = await _asked(cast, await received(cast))
    path = f"/tie-questions/{question.id}/settlement"
    return Call("PUT", path, by="representative", json={"holds": False, "reason": "Erosi jo aiemmin."})


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
    return Call("POST", path, by="editor", json=_said(cast, "officer"))
