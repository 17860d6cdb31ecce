"""Needs."""

import csv
import io
import json
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse

from puumerkki.access.actor import Actor, Viewer
from puumerkki.access.http import ActorDep, AnyActorDep, ViewerDep
from puumerkki.kernel import reads
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.kernel.reads.pagination import MAX_LIMIT
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.needs import queries, service
from puumerkki.needs.models import Need
from puumerkki.needs.schemas import (
    NeedCreate,
    NeedDetails,
    NeedDrop,
    NeedFilters,
    NeedPage,
    NeedQuery,
    NeedUpdate,
)
from puumerkki.needs.workflow import NEED

router = api_router("needs", tag="needs")

ROUTERS = (router,)

EXPORTED = (
    "id",
    "network_id",
    "raised_for_organisation_id",
    "municipality_code",
    "area_id",
    "target_groups",
    "title",
    "description",
    "evidence",
    "language",
    "state",
    "agreed_at",
    "closing_note",
    "created_at",
)


@router.get("", operation_id="needs_list_needs", summary="Needs, by time or title", response_model=NeedPage)
async def list_needs(
    request: Request, pool: ReadsDep, viewer: ViewerDep, query: Annotated[NeedQuery, Query()]
) -> Response:
    page = await reads.page(
        pool,
        queries.NEEDS,
        viewer=viewer,
        filters=queries.filters_of(query),
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@router.get(
    "/export.csv",
    operation_id="needs_export_needs",
    summary="The same needs as a table for spreadsheets: UTF-8 with a byte order mark, semicolons",
    response_class=StreamingResponse,
    responses={200: {"description": "The table", "content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def export_needs(pool: ReadsDep, viewer: ViewerDep, query: Annotated[NeedFilters, Query()]) -> StreamingResponse:
    return StreamingResponse(
        _lines(pool, viewer, query),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="needs.csv"'},
    )


@router.get("/{need_id}", operation_id="needs_get_need", summary="One need", response_model=NeedDetails)
async def get_need(session: SessionDep, actor: AnyActorDep, response: Response, need_id: UUID) -> NeedDetails:
    return await _details(session, actor, response, await queries.readable_need(session, actor, need_id))


@router.post(
    "",
    operation_id="needs_create_need",
    summary="Raise a need in a network",
    status_code=201,
    response_model=NeedDetails,
    dependencies=[Creating],
)
async def create_need(session: SessionDep, actor: ActorDep, response: Response, given: NeedCreate) -> NeedDetails:
    made = await service.raise_need(session, actor=actor, given=given)
    response.headers["Location"] = f"/api/v1/needs/{made.id}"
    return await _details(session, actor, response, made)


@router.patch("/{need_id}", operation_id="needs_update_need", summary="Change a need", response_model=NeedDetails)
async def update_need(
    session: SessionDep, actor: ActorDep, response: Response, need_id: UUID, if_match: IfMatch, given: NeedUpdate
) -> NeedDetails:
    found = await service.update_need(session, actor=actor, need_id=need_id, if_version=if_match, given=given)
    return await _details(session, actor, response, found)


@router.post(
    "/{need_id}/agree",
    operation_id="needs_agree_need",
    summary="The network agrees on a need",
    response_model=NeedDetails,
)
async def agree_need(
    session: SessionDep, actor: ActorDep, response: Response, need_id: UUID, if_match: IfMatch
) -> NeedDetails:
    return await _act(session, actor, response, need_id, if_match, "agree")


@router.post(
    "/{need_id}/begin",
    operation_id="needs_begin_need",
    summary="Somebody has begun to meet a need",
    response_model=NeedDetails,
)
async def begin_need(
    session: SessionDep, actor: ActorDep, response: Response, need_id: UUID, if_match: IfMatch
) -> NeedDetails:
    return await _act(session, actor, response, need_id, if_match, "begin")


@router.post(
    "/{need_id}/meet", operation_id="needs_meet_need", summary="A need has been met", response_model=NeedDetails
)
async def meet_need(
    session: SessionDep, actor: ActorDep, response: Response, need_id: UUID, if_match: IfMatch
) -> NeedDetails:
    return await _act(session, actor, response, need_id, if_match, "meet")


@router.post(
    "/{need_id}/drop", operation_id="needs_drop_need", summary="Let a need go, and say why", response_model=NeedDetails
)
async def drop_need(
    session: SessionDep, actor: ActorDep, response: Response, need_id: UUID, if_match: IfMatch, given: NeedDrop
) -> NeedDetails:
    return await _act(session, actor, response, need_id, if_match, "drop", given.closing_note)


@router.post(
    "/{need_id}/reopen",
    operation_id="needs_reopen_need",
    summary="Take up again what was met or dropped",
    response_model=NeedDetails,
)
async def reopen_need(
    session: SessionDep, actor: ActorDep, response: Response, need_id: UUID, if_match: IfMatch
) -> NeedDetails:
    return await _act(session, actor, response, need_id, if_match, "reopen")


async def _act(
    session: SessionDep,
    actor: Actor,
    response: Response,
    need_id: UUID,
    if_match: int | None,
    action: str,
    closing_note: str | None = None,
) -> NeedDetails:
    found = await service.act_on_need(
        session, actor=actor, need_id=need_id, action=action, if_version=if_match, closing_note=closing_note
    )
    return await _details(session, actor, response, found)


async def _details(session: SessionDep, actor: Actor, response: Response, need: Need) -> NeedDetails:
    await session.flush()
    set_etag(response, need)
    return NeedDetails.model_validate(
        need.model_dump(exclude={"raised_by", "sort_key"})
        | await queries.names_around(session, need)
        | {"available_actions": NEED.available(need, actor=actor), "editable": service.may_change(actor, need)}
    )


async def _lines(pool: ReadPool, viewer: Viewer, query: NeedFilters) -> AsyncIterator[bytes]:
    """The table page by page, so that memory does not grow with it."""
    yield b"\xef\xbb\xbf" + _csv([EXPORTED])
    cursor: str | None = None
    while True:
        body, cursor = await reads.page(
            pool,
            queries.NEEDS,
            viewer=viewer,
            filters=queries.filters_of(query),
            sort=query.sort,
            limit=MAX_LIMIT,
            cursor=cursor,
        )
        yield _csv([tuple(_cell(need[name]) for name in EXPORTED) for need in json.loads(body)["items"]])
        if cursor is None:
            return


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    lines = io.StringIO()
    csv.writer(lines, delimiter=";").writerows(rows)
    return lines.getvalue().encode()


def _cell(value: object) -> str:
    """A cell that a spreadsheet takes for text: what would begin a formula gets an apostrophe before it."""
    cell = " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
