"""Conditions that are called met."""

from puumerkki.access.models import ChosenBy
from puumerkki.access.roles import Role
from puumerkki.access.service import mark_chosen
from puumerkki.endorsements.schemas.conditions import ClaimAnswerGiven, ConditionsMet
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.service import claims
from tests.personas import Cast
from tests.valid_requests import Call, operation
from tests.valid_requests.handlings import actor_of, conditional


async def claimed(cast: Cast) -> Handling:
    """One whose condition is called met."""
    session, lead, handling = cast.world.session, await actor_of(cast, "coordinator"), await conditional(cast)
    given = ConditionsMet(met=[0])
    await claims.claim(session, actor=lead, handling_id=handling.id, if_version=handling.version, given=given)
    await session.flush()
    return handling


def _act(handling: Handling, tail: str, json: object = None, *, by: str = "coordinator") -> Call:
    return Call("POST", f"/handlings/{handling.id}/{tail}", by=by, json=json or {}, if_match=handling.version)


@operation("handlings_list_changes")
async def list_changes(cast: Cast) -> Call:
    return Call("GET", f"/handlings/{(await conditional(cast)).id}/changes", by="coordinator")


@operation("handlings_confirm_conditions")
async def confirm_conditions(cast: Cast) -> Call:
    return _act(await conditional(cast), "confirm_conditions", {"met": [0]})


@operation("handlings_answer_conditions_claim")
async def answer_claim(cast: Cast) -> Call:
    path = f"/handlings/{(await claimed(cast)).id}/conditions_claim/answers/{cast.neighbour_member.id}"
    return Call("PUT", path, by="representative", json={"agrees": True})


@operation("handlings_settle_conditions_claim")
async def settle_claim(cast: Cast) -> Call:
    session, chair = cast.world.session, await actor_of(cast, "chair")
    await mark_chosen(
        session,
        principal_id=chair.person_id(),
        role=Role.chair,
        scope_id=cast.network.id,
        chosen_by=ChosenBy.meeting,
    )
    handling = await claimed(cast)
    given = ClaimAnswerGiven(agrees=False, reason="Ei vielä.")
    representative = await actor_of(cast, "representative")
    await claims.answer(
        session, actor=representative, handling_id=handling.id, member_id=cast.neighbour_member.id, given=given
    )
    await session.flush()
    return _act(handling, "conditions_claim/settle", {"met": True}, by="chair")


@operation("handlings_drop_conditions_claim")
async def drop_claim(cast: Cast) -> Call:
    return _act(await claimed(cast), "conditions_claim/drop")
