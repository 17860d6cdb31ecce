"""Conditions that are called met, and what changed since the puumerkki was given."""

from uuid import UUID

from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep
from puumerkki.endorsements.schemas.conditions import EndorsementChanges
from puumerkki.handlings.routes.responses import answer
from puumerkki.handlings.service import claims
from puumerkki.handlings.service.views import show_changes
from puumerkki.kernel.http import SessionDep, api_router

router = api_router("handlings")

ROUTERS = (router,)


@router.get(
    "/{handling_id}/changes",
    operation_id="handlings_list_changes",
    summary="The parts that changed since the puumerkki was given, and which of them may",
)
async def list_changes(session: SessionDep, actor: ActorDep, handling_id: UUID) -> EndorsementChanges:
    return EndorsementChanges.model_validate(await show_changes(session, actor=actor, handling_id=handling_id))


action(
    router,
    "/{handling_id}/confirm_conditions",
    "handlings_confirm_conditions",
    "Say which conditions of the puumerkki are met; the members whose conditions they are can object",
    claims.claim,
    answer,
)

action(
    router,
    "/{handling_id}/conditions_claim/answers/{member_id}",
    "handlings_answer_conditions_claim",
    "Say for a member whether its condition is met",
    claims.answer,
    answer,
    method="PUT",
)

action(
    router,
    "/{handling_id}/conditions_claim/settle",
    "handlings_settle_conditions_claim",
    "Say, as a second person, whether conditions are met to which a member objects",
    claims.settle,
    answer,
)

action(
    router,
    "/{handling_id}/conditions_claim/drop",
    "handlings_drop_conditions_claim",
    "Withdraw that conditions are met",
    claims.drop,
    answer,
)
