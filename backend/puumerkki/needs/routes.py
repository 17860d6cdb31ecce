"""Needs."""

import csv
import io
import json
from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from fastapi.responses import StreamingResponse

from puumerkki.access.actor import Actor, Caller
from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep, AnyActorDep, CallerDep
from puumerkki.kernel import reads
from puumerkki.kernel.http import IfMatch, ReadsDep, SessionDep, api_router, set_etag
from puumerkki.kernel.reads.pagination import MAX_LIMIT
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.needs import queries, service
from puumerkki.needs.models import Need
from puumerkki.needs.schemas import (
    NeedDetails,
    NeedDrop,
    NeedFilters,
    NeedPage,
    NeedQuery,
)
from puumerkki.needs.workflow import NEED

router = api_router("needs", tag="needs")

ROUTERS = (router,)


async def _details(session: SessionDep, actor: Actor, response: Response, need: Need) -> NeedDetails:
    await session.flush()
    set_etag(response, need)
    return NeedDetails.model_validate(
        need.model_dump(exclude={"raised_by", "sort_key"})
        | await queries.names_around(session, need)
        | {"available_actions": NEED.available(need, actor=actor), "editable": service.may_change(actor, need)}
    )


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

listing(
    router,
    "",
    "needs_list_needs",
    "Needs, by time or title",
    queries.NEEDS,
    NeedPage,
    NeedQuery,
    filters=queries.filters_of,
)


@router.get(
    "/export.csv",
    operation_id="needs_export_needs",
    summary="The same needs as a table for spreadsheets: UTF-8 with a byte order mark, semicolons",
    response_class=StreamingResponse,
    responses={200: {"description": "The table", "content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def export_needs(pool: ReadsDep, caller: CallerDep, query: Annotated[NeedFilters, Query()]) -> StreamingResponse:
    return StreamingResponse(
        _lines(pool, caller, query),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="needs.csv"'},
    )


@router.get("/{need_id}", operation_id="needs_get_need", summary="One need", response_model=NeedDetails)
async def get_need(session: SessionDep, actor: AnyActorDep, response: Response, need_id: UUID) -> NeedDetails:
    return await _details(session, actor, response, await queries.readable_need(session, actor, need_id))


action(router, "", "needs_create_need", "Raise a need in a network", service.raise_need, _details, location="/{id}")

action(router, "/{need_id}", "needs_update_need", "Change a need", service.update_need, _details, method="PATCH")

action(
    router,
    "/{need_id}/agree",
    "needs_agree_need",
    "The network agrees on a need",
    partial(service.act_on_need, action="agree"),
    _details,
)

action(
    router,
    "/{need_id}/begin",
    "needs_begin_need",
    "Somebody has begun to meet a need",
    partial(service.act_on_need, action="begin"),
    _details,
)

action(
    router,
    "/{need_id}/meet",
    "needs_meet_need",
    "A need has been met",
    partial(service.act_on_need, action="meet"),
    _details,
)


@router.post(
    "/{need_id}/drop", operation_id="needs_drop_need", summary="Let a need go, and say why", response_model=NeedDetails
)
async def drop_need(
    session: SessionDep, actor: ActorDep, response: Response, need_id: UUID, if_match: IfMatch, given: NeedDrop
) -> NeedDetails:
    found = await service.act_on_need(
        session, actor=actor, need_id=need_id, action="drop", if_version=if_match, closing_note=given.closing_note
    )
    return await _details(session, actor, response, found)


action(
    router,
    "/{need_id}/reopen",
    "needs_reopen_need",
    "Take up again what was met or dropped",
    partial(service.act_on_need, action="reopen"),
    _details,
)


async def _lines(pool: ReadPool, caller: Caller, query: NeedFilters) -> AsyncIterator[bytes]:
    """The table page by page, so that memory does not grow with it."""
    yield b"\xef\xbb\xbf" + _csv([EXPORTED])
    cursor: str | None = None
    while True:
        body, cursor = await reads.page(
            pool,
            queries.NEEDS,
            caller=caller,
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
