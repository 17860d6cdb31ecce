"""Pure ASGI middleware: who asks, what the answer says to browsers, what is logged."""

import secrets
import time
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

import structlog
from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel.errors import FieldProblem, Invalid, PuumerkkiError, TooLarge
from puumerkki.kernel.strict_json import bad_text
from puumerkki.web.problems import MEDIA_TYPE, answer_to, from_error, problem

log = structlog.get_logger()

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


API_HEADERS = SECURITY_HEADERS | {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class SecurityHeaders:
    """Puts the headers that browsers heed on every answer; API answers are never kept by shared caches."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._everywhere, self._api = _raw(SECURITY_HEADERS), _raw(API_HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wanted = self._api if scope["path"].startswith("/api/") else self._everywhere

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message["headers"]
                known = {name for name, _ in given}
                message["headers"] = [*given, *(one for one in wanted if one[0] not in known)]
            await send(message)

        await self._app(scope, receive, with_headers)


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """As ASGI carries them."""
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


class BodyLimit:
    """Refuses bodies that are longer than any route takes; a route may have a limit of its own. Reads have no body."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._limited = RequestBodyLimitMiddleware(app, max_body_size=max_bytes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        refused = False

        async def as_problem(message: Message) -> None:
            """The framework refuses in plain text."""
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] == 413:
                refused = Headers(raw=message["headers"]).get("content-type", "") != MEDIA_TYPE
                if refused:
                    await problem(413, TooLarge.code, TooLarge.message)(scope, receive, send)
            if not refused:
                await send(message)

        await self._limited(scope, receive, as_problem)


class Authentication:
    """Verifies the bearer token and puts the caller into the scope; refuses addresses that hold bad text."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            self._check_address(scope)
            reader: TokenReader = scope["app"].state.token_reader
            scope["caller"] = await reader.caller(_bearer(scope))
        except PuumerkkiError as error:
            await from_error(error)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    @staticmethod
    def _check_address(scope: Scope) -> None:
        query = unquote_to_bytes(scope["query_string"].replace(b"+", b" "))
        for part, raw in (("path", scope["path"].encode("utf-8", "surrogateescape")), ("query", query)):
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError:
                text = "\0"
            if bad_text(text):
                raise Invalid(problems=[FieldProblem(part, "text_invalid", "The address holds NUL or is no UTF-8.")])


def _bearer(scope: Scope) -> str | None:
    header = Headers(scope=scope).get("authorization")
    if header is None:
        return None
    kind, _, token = header.partition(" ")
    if kind.lower() != "bearer":
        return None
    return token.strip()


class Faults:
    """Answers what nobody expected. The framework would do so too, but then let the server cut the connection."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            await (await answer_to(Request(scope), error))(scope, receive, send)


class RequestLog:
    """One line a request: method, route, status, milliseconds; no addresses of people, no bodies, no queries."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        started = time.perf_counter()
        status = 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self._app(scope, receive, noting)
            route = scope.get("route")
            log.info(
                "request",
                method=scope["method"],
                route=getattr(route, "path", None),
                status=status,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
