"""Routing by the first path segment, and a true `Allow` on 405: written once for all routes.

The framework's own routing tries every route in turn, which costs milliseconds with hundreds of routes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from fastapi import APIRouter
from starlette.routing import BaseRoute, Match, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from puumerkki.web.fast_reads import HotRead, hot_read
from puumerkki.web.problems import problem

API = "/api/v1/"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class SegmentDispatch:
    """Hands a request to the routes of its first segment only; an unknown segment to `fallback`."""

    def __init__(self, routers: Iterable[APIRouter], fallback: ASGIApp) -> None:
        groups: dict[str, list[tuple[BaseRoute, HotRead | None]]] = defaultdict(list)
        for router in routers:
            for route in router.routes:
                groups[_segment(str(getattr(route, "path", "")))].append((route, hot_read(route)))
        self._segments: Mapping[str, Sequence[tuple[BaseRoute, HotRead | None]]] = dict(groups)
        self._fallback = fallback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        routes = self._segments.get(_segment(scope["path"])) if scope["type"] == "http" else None
        if routes is None:
            await self._fallback(scope, receive, send)
            return
        for route, hot in routes:
            match, child_scope = route.matches(scope)
            if match is Match.FULL:
                scope["route"] = route
                answer = None if hot is None else await hot.answer(scope, child_scope["path_params"])
                if answer is not None:
                    await answer(scope, receive, send)
                    return
                scope.update(child_scope)
                await route.handle(scope, receive, send)
                return
        allowed = [method for method in _METHODS if any(_takes(route, scope, method) for route, _ in routes)]
        if not allowed:
            await problem(404, "not_found", "There is nothing at this address.")(scope, receive, send)
            return
        allow = ", ".join(["HEAD", *allowed] if "GET" in allowed else allowed)
        refusal = problem(405, "method_not_allowed", f"This address takes {allow}.", headers={"Allow": allow})
        await refusal(scope, receive, send)


def _segment(path: str) -> str:
    """The first segment under `/api/v1`; elsewhere the first one at the root, with its slash."""
    return path[len(API) :].split("/", 1)[0] if path.startswith(API) else "/" + path[1:].split("/", 1)[0]


def _takes(route: BaseRoute, scope: Scope, method: str) -> bool:
    return route.matches({**scope, "method": method})[0] is Match.FULL


def install(router: Router, routers: Iterable[APIRouter]) -> None:
    """Put the dispatch in front of an app's router."""
    router.middleware_stack = SegmentDispatch(routers, router.middleware_stack)
