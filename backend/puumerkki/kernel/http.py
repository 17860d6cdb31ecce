"""What routes share: the transaction of a request, idempotent POSTs, If-Match, and answers from bytes."""

from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.routing import APIRoute
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import idempotency
from puumerkki.kernel.db import Aggregate
from puumerkki.kernel.errors import PreconditionRequired
from puumerkki.kernel.idempotency import StoredAnswer
from puumerkki.kernel.preconditions import etag, parse_if_match
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.spreadsheets import XLSX
from puumerkki.kernel.strict_json import read_strict_json

SECRET: dict[str, Any] = {"x-not-replayable": True}
"""For `openapi_extra` of operations whose answer holds a secret: it is never kept for a repeat."""
FileFormat = Literal["csv", "xlsx"]
FILE_TYPES: Mapping[str, str] = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
FILES: dict[str, Any] = {
    "text/csv": {"schema": {"type": "string"}},
    XLSX: {"schema": {"type": "string", "format": "binary"}},
}
"""For `responses` of routes whose answer is a file for spreadsheets, in either format."""
KEPT_HEADERS = ("content-type", "etag", "location")


class TransactionRoute(APIRoute):
    """A route whose request is one transaction.

    It commits after the answer has been made and before it is sent, so that a failing commit is an error answer and
    an `Idempotency-Key`'s answer is stored in the same transaction.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        replayable = not (self.openapi_extra or {}).get("x-not-replayable", False)

        async def in_transaction(request: Request) -> Response:
            if request.method not in ("GET", "HEAD"):
                await read_strict_json(request)
            async with request.app.state.sessions() as session:
                request.state.session = session
                key = request.headers.get("idempotency-key") if request.method == "POST" and replayable else None
                principal_id: UUID | None = request.scope["caller"].id
                if key is None or principal_id is None:
                    response = await handle(request)
                else:
                    response = await _once(session, request, principal_id, idempotency.check_key(key), handle)
                await session.commit()
                return response

        return in_transaction


async def _once(
    session: AsyncSession,
    request: Request,
    principal_id: UUID,
    key: str,
    handle: Callable[[Request], Coroutine[Any, Any, Response]],
) -> Response:
    target = f"{request.url.path}?{request.url.query}"
    fingerprint = idempotency.request_hash(request.method, target, await request.body())
    stored = await idempotency.claim(session, principal_id=principal_id, key=key, fingerprint=fingerprint)
    if stored is not None:
        return Response(stored.body, stored.status, {**stored.headers, "Idempotency-Replayed": "true"})
    response = await handle(request)
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    answer = StoredAnswer(response.status_code, headers, bytes(response.body))
    await idempotency.remember(session, principal_id=principal_id, key=key, answer=answer)
    return response


def api_router(segment: str, *, tag: str | None = None) -> APIRouter:
    """The router of one first path segment under `/api/v1`."""
    return APIRouter(prefix=f"/api/v1/{segment}", tags=[tag or segment], route_class=TransactionRoute)


async def get_session(request: Request) -> AsyncSession:
    """The session of the request's transaction. Only `TransactionRoute` commits."""
    session: AsyncSession = request.state.session
    return session


async def get_reads(request: Request) -> ReadPool:
    """Where hot reads run."""
    reads: ReadPool = request.app.state.reads
    return reads


ASKED_FOR = "x-asked-for"
"""In a header's schema: the operation refuses a request without it, after the permission. `web.openapi` requires it."""
_VERSION_READ = "The ETag of the version you read."


async def _if_match(
    if_match: Annotated[
        str | None, Header(description=_VERSION_READ, max_length=100, json_schema_extra={ASKED_FOR: True})
    ] = None,
) -> int | None:
    return parse_if_match(if_match)


async def _if_match_or_newest(
    if_match: Annotated[
        str | None, Header(description=f"{_VERSION_READ} Without it the newest is meant.", max_length=100)
    ] = None,
) -> int | None:
    return parse_if_match(if_match)


async def _creating(
    idempotency_key: Annotated[
        str | None,
        Header(
            description="Any text of your own, so that a repeat does nothing twice.",
            max_length=200,
            json_schema_extra={ASKED_FOR: True},
        ),
    ] = None,
) -> None:
    if idempotency_key is None:
        raise PreconditionRequired("The Idempotency-Key header is missing.", code="idempotency_key_required")


SessionDep = Annotated[AsyncSession, Depends(get_session)]
ReadsDep = Annotated[ReadPool, Depends(get_reads)]
IfMatch = Annotated[int | None, Depends(_if_match)]
"""The version that the caller has read; a service hands it to `require_version`, which refuses to go without."""
IfMatchOrNewest = Annotated[int | None, Depends(_if_match_or_newest)]
"""The same where a caller may leave it out, and the newest version is meant."""
Creating = Depends(_creating)
"""For `dependencies=[Creating]` of a POST that creates: asks for an Idempotency-Key."""


def set_etag(response: Response, aggregate: Aggregate) -> None:
    """Put the aggregate's version on the answer."""
    response.headers["ETag"] = etag(aggregate.version)


def page_response(request: Request, page: tuple[bytes, str | None]) -> Response:
    """A page from bytes, with a `Link` header to the next one (RFC 8288)."""
    body, following = page
    response = Response(body, media_type="application/json")
    if following is not None:
        target = request.url.include_query_params(cursor=following)
        response.headers["Link"] = f'<{target.path}?{target.query}>; rel="next"'
    return response


def item_response(item: tuple[bytes, int | None]) -> Response:
    """An object from bytes, with its ETag."""
    body, version = item
    headers = {} if version is None else {"ETag": etag(version)}
    return Response(body, media_type="application/json", headers=headers)


def file_response(content: bytes | AsyncIterator[bytes], name: str, file_format: str) -> Response:
    """A file for spreadsheets, to be saved under a name; as a stream where it is made while it is sent."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{file_format}"'}
    if isinstance(content, bytes):
        return Response(content, media_type=FILE_TYPES[file_format], headers=headers)
    return StreamingResponse(content, media_type=FILE_TYPES[file_format], headers=headers)
