"""`/metrics` for Prometheus, for who shows the token of the settings; without one set there is nothing there."""

import hmac

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from puumerkki.kernel.metrics import exposition
from puumerkki.web.problems import problem

PATH = "/metrics"
_MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Stands before the check of people's tokens: its own is none of them."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._wanted = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH:
            await self._app(scope, receive, send)
            return
        shown = Headers(scope=scope).get("authorization", "").encode()
        if scope["method"] != "GET":
            answer = problem(405, "method_not_allowed", "This address takes GET, HEAD.", headers={"Allow": "HEAD, GET"})
        elif not hmac.compare_digest(shown, self._wanted):
            headers = {"WWW-Authenticate": "Bearer"}
            answer = problem(401, "unauthenticated", "Show the token of PUUMERKKI_METRICS_TOKEN.", headers=headers)
        else:
            text = PlainTextResponse(exposition(), media_type=_MEDIA_TYPE, headers={"Cache-Control": "no-store"})
            await text(scope, receive, send)
            return
        await answer(scope, receive, send)
