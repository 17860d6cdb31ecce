"""Statements of advisory networks."""

from typing import Any

from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.schemas.handlings import StatementGiven
from puumerkki.handlings.service import statements
from puumerkki.kernel import clock
from tests.personas import Cast
from tests.valid_requests import Call, operation
from tests.valid_requests.handlings import actor_of, in_review


async def _advised(cast: Cast) -> tuple[Handling, dict[str, Any]]:
    handling = await in_review(cast)
    cast.network.decides = handling.decides = False
    await cast.world.session.flush()
    given = {
        "statement": "Puollamme hakemusta.",
        "agreed_how": "meeting",
        "agreed_on": clock.today().isoformat(),
        "agreed_member_ids": [str(cast.neighbour_member.id)],
    }
    return handling, given


@operation("handlings_give_statement")
async def give_statement(cast: Cast) -> Call:
    handling, given = await _advised(cast)
    path = f"/handlings/{handling.id}/give_statement"
    return Call("POST", path, by="coordinator", json=given, if_match=handling.version)


@operation("handlings_deny_agreement")
async def deny_agreement(cast: Cast) -> Call:
    handling, given = await _advised(cast)
    await statements.give_statement(
        cast.world.session,
        actor=await actor_of(cast, "coordinator"),
        handling_id=handling.id,
        if_version=handling.version,
        given=StatementGiven.model_validate(given),
    )
    await cast.world.session.flush()
    path = f"/handlings/{handling.id}/statement/agreed/{cast.neighbour_member.id}"
    return Call("DELETE", path, by="representative")
