"""Attachments."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep, CallerDep
from puumerkki.discussions import queries
from puumerkki.discussions.models import Attachment
from puumerkki.discussions.schemas import AttachmentCreate, AttachmentPage, AttachmentPublic, AuthorPublic, SubjectQuery
from puumerkki.discussions.service import attachments as service
from puumerkki.discussions.service.media import ALLOWED, download_name
from puumerkki.kernel import reads
from puumerkki.kernel.http import (
    Creating,
    ReadsDep,
    SessionDep,
    api_router,
    page_response,
    set_etag,
)
from puumerkki.kernel.subjects import Ref

router = api_router("attachments", tag="discussions")

_FILE = {"schema": {"type": "string", "format": "binary"}}


@router.get(
    "",
    operation_id="discussions_list_attachments",
    summary="The files on something, oldest first, as far as one is of their audience",
    response_model=AttachmentPage,
)
async def list_attachments(
    request: Request,
    session: SessionDep,
    pool: ReadsDep,
    caller: CallerDep,
    query: Annotated[SubjectQuery, Query()],
) -> Response:
    await queries.require_readable(session, caller, Ref(query.subject_kind, query.subject_id))
    page = await reads.page(
        pool,
        queries.attachments_on(query.subject_kind),
        caller=caller,
        filters={"subject_id": query.subject_id},
        sort="created_at",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@router.get(
    "/{attachment_id}",
    operation_id="discussions_get_attachment",
    summary="What is known of one file",
    response_model=AttachmentPublic,
)
async def get_attachment(
    session: SessionDep, caller: CallerDep, response: Response, attachment_id: UUID
) -> AttachmentPublic:
    found = await queries.attachment(session, caller, attachment_id)
    set_etag(response, found)
    return await _public(session, found)


@router.get(
    "/{attachment_id}/content",
    operation_id="discussions_get_attachment_content",
    summary="The file itself",
    response_class=Response,
    responses={200: {"description": "The file", "content": dict.fromkeys(ALLOWED, _FILE)}},
)
async def get_attachment_content(session: SessionDep, caller: CallerDep, attachment_id: UUID) -> Response:
    found, content = await service.read_content(session, caller=caller, attachment_id=attachment_id)
    headers = {
        "Content-Type": found.media_type,
        "Content-Disposition": _disposition(download_name(found.name, found.media_type)),
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, headers=headers)


@router.post(
    "",
    operation_id="discussions_create_attachment",
    summary="Put a file on something: the body is the file, its kind is found from its content",
    status_code=201,
    response_model=AttachmentPublic,
    dependencies=[Creating],
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": _FILE}}},
)
async def create_attachment(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    query: Annotated[AttachmentCreate, Query()],
) -> AttachmentPublic:
    made = await service.add_attachment(session, actor=actor, given=query, content=await request.body())
    set_etag(response, made)
    response.headers["Location"] = f"/api/v1/attachments/{made.id}"
    return await _public(session, made)


action(
    router,
    "/{attachment_id}",
    "discussions_delete_attachment",
    "Take one's own file away",
    service.remove_attachment,
    None,
    method="DELETE",
)


async def _public(session: SessionDep, attachment: Attachment) -> AttachmentPublic:
    names = await queries.names_of(session, [attachment.uploaded_by])
    author = AuthorPublic(id=attachment.uploaded_by, name=names.get(attachment.uploaded_by))
    return AttachmentPublic.model_validate(attachment.model_dump(exclude={"updated_at"}) | {"uploaded_by": author})


def _disposition(name: str) -> str:
    """RFC 6266: a plain name for old readers, the true one by RFC 8187."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in " ._-()") else "_" for char in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
