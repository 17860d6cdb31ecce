"""Comments with an audience."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep, CallerDep
from puumerkki.discussions import queries
from puumerkki.discussions.models import Comment
from puumerkki.discussions.schemas import (
    AuthorPublic,
    CommentCreate,
    CommentPage,
    CommentPublic,
    CommentQuery,
    CommentUpdate,
    MentionableList,
    MentionableQuery,
)
from puumerkki.discussions.service import comments as service
from puumerkki.discussions.service import mentions
from puumerkki.kernel import reads
from puumerkki.kernel.http import (
    Creating,
    IfMatch,
    ReadsDep,
    SessionDep,
    api_router,
    page_response,
    set_etag,
)
from puumerkki.kernel.subjects import Ref

router = api_router("comments", tag="discussions")


@router.get(
    "",
    operation_id="discussions_list_comments",
    summary="The comments on something, oldest first, as far as one is of their audience",
    response_model=CommentPage,
)
async def list_comments(
    request: Request,
    session: SessionDep,
    pool: ReadsDep,
    caller: CallerDep,
    query: Annotated[CommentQuery, Query()],
) -> Response:
    await queries.require_readable(session, caller, Ref(query.subject_kind, query.subject_id))
    page = await reads.page(
        pool,
        queries.comments_on(query.subject_kind),
        caller=caller,
        filters={"subject_id": query.subject_id, "part": query.part},
        sort="created_at",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@router.get(
    "/mentionable",
    operation_id="discussions_list_mentionable",
    summary="Whom one may name in a comment: who reads it, of those whose names one sees anyway",
    response_model=MentionableList,
)
async def list_mentionable(
    session: SessionDep, actor: ActorDep, query: Annotated[MentionableQuery, Query()]
) -> MentionableList:
    return await mentions.mentionable(session, actor, query)


@router.get(
    "/{comment_id}", operation_id="discussions_get_comment", summary="One comment", response_model=CommentPublic
)
async def get_comment(session: SessionDep, caller: CallerDep, response: Response, comment_id: UUID) -> CommentPublic:
    found = await queries.comment(session, caller, comment_id)
    set_etag(response, found)
    return await _public(session, found)


@router.post(
    "",
    operation_id="discussions_create_comment",
    summary="Comment on something, to an audience of which one is",
    status_code=201,
    response_model=CommentPublic,
    dependencies=[Creating],
)
async def create_comment(
    session: SessionDep, actor: ActorDep, response: Response, given: CommentCreate
) -> CommentPublic:
    made = await service.add_comment(session, actor=actor, given=given)
    set_etag(response, made)
    response.headers["Location"] = f"/api/v1/comments/{made.id}"
    return await _public(session, made)


@router.patch(
    "/{comment_id}",
    operation_id="discussions_update_comment",
    summary="Change one's own comment",
    response_model=CommentPublic,
)
async def update_comment(
    session: SessionDep, actor: ActorDep, response: Response, comment_id: UUID, if_match: IfMatch, given: CommentUpdate
) -> CommentPublic:
    found = await service.change_comment(session, actor=actor, comment_id=comment_id, if_version=if_match, given=given)
    set_etag(response, found)
    return await _public(session, found)


action(
    router,
    "/{comment_id}",
    "discussions_delete_comment",
    "Remove one's own comment; its place stays",
    service.remove_comment,
    None,
    method="DELETE",
)


async def _public(session: SessionDep, comment: Comment) -> CommentPublic:
    names = await queries.names_of(session, [comment.author_id, *comment.mentioned_ids])
    author = AuthorPublic(id=comment.author_id, name=names.get(comment.author_id))
    named = [AuthorPublic(id=one, name=names.get(one)) for one in comment.mentioned_ids]
    shown = comment.model_dump(exclude={"author_id", "mentioned_ids"})
    return CommentPublic.model_validate(shown | {"author": author, "mentions": named})
