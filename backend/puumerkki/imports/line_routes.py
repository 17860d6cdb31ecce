"""Lines of JSON by the API: each is answered once it is stored, while the next ones arrive."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from puumerkki.access.http import ActorDep
from puumerkki.imports import service
from puumerkki.imports.bulk import bring
from puumerkki.imports.holding import held
from puumerkki.imports.routes import UNBOUNDED
from puumerkki.imports.schemas import BulkCreate, ImportCreate
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.http import SessionDep, api_router

router = api_router("imports")

NDJSON = "application/x-ndjson"


class AnsweringWhileReading(StreamingResponse):
    """The framework's own looks for the end of the connection while it sends, and would eat the body meanwhile."""

    def __init__(self, answers: AsyncGenerator[bytes, None]) -> None:
        super().__init__(answers, media_type=NDJSON)
        self._answers = answers

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        async with aclosing(self._answers):
            await self.stream_response(send)


async def _until_gone(request: Request) -> AsyncIterator[bytes]:
    """The body, until its end or until who sends it has gone."""
    try:
        async for chunk in request.stream():
            yield chunk
    except ClientDisconnect:
        return


@router.post(
    "/bulk",
    operation_id="imports_bring_lines",
    summary="Send lines of JSON and hear of each what became of it, while they are stored a batch at a time",
    response_class=Response,
    responses={200: {"content": {NDJSON: {"schema": {"type": "string"}}}, "description": "A line for each line"}},
    max_body_size=UNBOUNDED,
    openapi_extra={
        "x-not-replayable": True,
        "requestBody": {
            "required": False,
            "description": 'Lines such as {"name_fi":"Tuki ry","sector":"association"}, with the fields of a sheet.',
            "content": {NDJSON: {"schema": {"type": "string"}}},
        },
    },
)
async def bring_lines(
    request: Request, session: SessionDep, actor: ActorDep, given: Annotated[BulkCreate, Query()]
) -> Response:
    asked = ImportCreate(**given.model_dump(), file_name="bulk.ndjson", skip_bad=True)
    service.require_import(actor, asked)
    kind = request.headers.get("content-type", NDJSON).split(";")[0].strip().lower()
    if kind != NDJSON:
        raise invalid("Content-Type", "ndjson_expected", f"Send the lines as {NDJSON}.")
    lines = bring(request.app.state.sessions, actor, asked, _until_gone(request))
    return AnsweringWhileReading(held(lines))
