"""Points to mend."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep, AnyActorDep, CallerDep
from puumerkki.discussions import queries
from puumerkki.discussions.models import PointToMend
from puumerkki.discussions.schemas import AuthorPublic, PointAnswer, PointDetails, PointPage, SubjectQuery
from puumerkki.discussions.service import points as service
from puumerkki.discussions.workflow import POINT, AudienceMember
from puumerkki.kernel import reads
from puumerkki.kernel.http import IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.kernel.subjects import Ref

router = api_router("points", tag="discussions")


async def _details(session: SessionDep, actor: Actor, response: Response, point: PointToMend) -> PointDetails:
    set_etag(response, point)
    who = AudienceMember(await queries.audiences_of_point(session, actor, point))
    people = [one for one in (point.raised_by, point.answered_by) if one is not None]
    names = await queries.names_of(session, people)
    authors = {one: AuthorPublic(id=one, name=names.get(one)) for one in people}
    return PointDetails.model_validate(
        point.model_dump()
        | {
            "raised_by": authors[point.raised_by],
            "answered_by": authors.get(point.answered_by) if point.answered_by else None,
            "available_actions": POINT.available(point, actor=who),
        }
    )


@router.get(
    "",
    operation_id="discussions_list_points",
    summary="The additions requested in something, oldest first, for the parties of the case",
    response_model=PointPage,
)
async def list_points(
    request: Request,
    session: SessionDep,
    pool: ReadsDep,
    caller: CallerDep,
    query: Annotated[SubjectQuery, Query()],
) -> Response:
    await queries.require_readable(session, caller, Ref(query.subject_kind, query.subject_id))
    page = await reads.page(
        pool,
        queries.points_on(query.subject_kind),
        caller=caller,
        filters={"subject_id": query.subject_id},
        sort="created_at",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@router.get(
    "/{point_id}",
    operation_id="discussions_get_point",
    summary="One requested addition, with what one may do with it",
    response_model=PointDetails,
)
async def get_point(session: SessionDep, actor: AnyActorDep, response: Response, point_id: UUID) -> PointDetails:
    found = await queries.point(session, actor, point_id)
    return await _details(session, actor, response, found)


@router.post(
    "/{point_id}/answer",
    operation_id="discussions_answer_point",
    summary="Answer a requested addition, or answer it again",
    response_model=PointDetails,
)
async def answer_point(
    session: SessionDep, actor: ActorDep, response: Response, point_id: UUID, if_match: IfMatch, given: PointAnswer
) -> PointDetails:
    found = await service.answer_point(
        session, actor=actor, point_id=point_id, if_version=if_match, answer=given.answer
    )
    return await _details(session, actor, response, found)


action(
    router,
    "/{point_id}/settle",
    "discussions_settle_point",
    "Say that a requested addition has been made",
    service.settle_point,
    _details,
)
