"""What comes next in a thing."""

from uuid import UUID

from puumerkki.access.http import ActorDep
from puumerkki.guidance.schemas import NextPublic
from puumerkki.guidance.service.next_steps import Guided, next_in
from puumerkki.kernel.http import ReadsDep, SessionDep, api_router

router = api_router("next")
ROUTERS = (router,)


@router.get(
    "/{kind}/{key}",
    operation_id="next_get",
    summary="What comes next in an application, a handling, a case, a filing or an agreement, and who does it",
)
async def get_next(session: SessionDep, pool: ReadsDep, actor: ActorDep, kind: Guided, key: UUID) -> NextPublic:
    return await next_in(session, pool, actor=actor, kind=kind, key=key)
