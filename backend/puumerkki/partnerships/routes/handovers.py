"""Cases that an authority's owner hands over to another person."""

from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import SessionDep, api_router
from puumerkki.partnerships.schemas.handovers import CaseHandoverList
from puumerkki.partnerships.service import handovers as service

router = api_router("case-handovers")
ROUTERS = (router,)


@router.get(
    "",
    operation_id="case_handovers_list",
    summary="Cases of your authority in which everybody in office is tied",
)
async def list_case_handovers(session: SessionDep, actor: ActorDep) -> CaseHandoverList:
    return CaseHandoverList(items=await service.handover_list(session, actor=actor))


action(
    router,
    "/{handover_id}",
    "case_handovers_hand_over",
    "Hand a case over to somebody of the authority who is not tied",
    service.hand_over,
    None,
    method="PUT",
)
