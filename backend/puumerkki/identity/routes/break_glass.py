"""Operators' looks into cases, on record."""

from typing import Annotated

from fastapi import Query, Request, Response

from puumerkki.access.http import ActorDep, ViewerDep
from puumerkki.identity import queries
from puumerkki.identity.schemas import BreakGlassCreate, BreakGlassPage, BreakGlassPublic, BreakGlassQuery
from puumerkki.identity.service import break_glass
from puumerkki.kernel import reads
from puumerkki.kernel.http import Creating, ReadsDep, SessionDep, api_router, page_response

router = api_router("break-glass")


@router.get(
    "",
    operation_id="break_glass_list",
    summary="When operators looked into organisations and networks, the latest first",
    response_model=BreakGlassPage,
)
async def list_broken_glass(
    request: Request, pool: ReadsDep, viewer: ViewerDep, query: Annotated[BreakGlassQuery, Query()]
) -> Response:
    page = await reads.page(
        pool,
        queries.BROKEN_GLASS,
        viewer=viewer,
        filters={"operator": query.operator, "scope": query.scope},
        sort="-created",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@router.post(
    "",
    operation_id="break_glass_create",
    summary="Look into an organisation or network for an hour",
    description="Its people are told at once who looks and why. Whoever looked takes no part in its open cases.",
    status_code=201,
    dependencies=[Creating],
)
async def create_break_glass(session: SessionDep, actor: ActorDep, given: BreakGlassCreate) -> BreakGlassPublic:
    made = await break_glass.break_glass(session, actor=actor, given=given)
    operator = await queries.signed_in_user(session, actor)
    return BreakGlassPublic(**made.model_dump(), operator_name=operator.name)
