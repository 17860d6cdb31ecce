"""Operators' looks into cases, on record."""

from puumerkki.access.declare import listing
from puumerkki.access.http import ActorDep
from puumerkki.identity import queries
from puumerkki.identity.schemas.people import BreakGlassCreate, BreakGlassPage, BreakGlassPublic, BreakGlassQuery
from puumerkki.identity.service import break_glass
from puumerkki.kernel.http import Creating, SessionDep, api_router

router = api_router("break-glass")


listing(
    router,
    "",
    "break_glass_list",
    "When operators looked into organisations and networks, the latest first",
    queries.BROKEN_GLASS,
    BreakGlassPage,
    BreakGlassQuery,
)


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
