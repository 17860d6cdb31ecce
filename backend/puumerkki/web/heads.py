"""HEAD, written once: each GET without its body, errors included."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Head:
    """Asks as GET and keeps the body back.

    What is inside sees another scope than the server, which must go on knowing that the request was a HEAD: it would
    wait for the body that the headers tell of, and the next answer on the connection would fall out of step.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        inner = {**scope, "method": "GET", "without_body": True}

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app(inner, receive, without_body)
        if "route" in inner:
            scope["route"] = inner["route"]
