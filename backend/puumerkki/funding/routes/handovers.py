"""Cases that an authority's owner hands over to another person."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.http import ActorDep
from puumerkki.funding.schemas.handovers import CaseHandoverList, HandoverGiven
from puumerkki.funding.service import handovers as service
from puumerkki.kernel.http import SessionDep, api_router

router = api_router("case-handovers")
ROUTERS = (router,)


@router.get(
    "",
    operation_id="funding_list_case_handovers",
    summary="Cases of your authority in which everybody in office is tied",
)
async def list_case_handovers(session: SessionDep, actor: ActorDep) -> CaseHandoverList:
    return CaseHandoverList(items=await service.shown(session, actor=actor))


@router.put(
    "/{handover_id}",
    operation_id="funding_hand_case_over",
    summary="Hand a case over to somebody of the authority who is not tied",
    status_code=204,
)
async def hand_case_over(session: SessionDep, actor: ActorDep, handover_id: UUID, given: HandoverGiven) -> Response:
    await service.hand_over(session, actor=actor, handover_id=handover_id, given=given)
    return Response(status_code=204)
