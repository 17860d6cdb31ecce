"""What is built before the process says that it serves: the statements of its reads in their default shapes.

Building a statement holds the event loop for tens of milliseconds, those of the tasks for a second or two. So each hot
read is gone through with nothing but its defaults, by nobody and by somebody, against a pool that only builds.
"""

from collections.abc import Iterable
from contextlib import suppress
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from puumerkki.access.actor import ANONYMOUS, Caller
from puumerkki.access.models import PrincipalKind
from puumerkki.activity import tasks
from puumerkki.kernel.reads.read_pool import ReadPool, Rehearsal
from puumerkki.web.fast_reads import HotRead, hot_read

SOMEBODY = Caller(id=UUID(int=0), kind=PrincipalKind.user)
_PARTS = (str(UUID(int=0)), "001", "ABC-2026-0001")
"""What a part of a path may look like: the first that is valid is taken."""


async def build_reads(routes: Iterable[BaseRoute], reads: ReadPool) -> None:
    """Build the statements of the hot reads among these routes into a pool."""
    app = SimpleNamespace(state=SimpleNamespace(reads=Rehearsal(reads)))
    for route in routes:
        read = hot_read(route)
        if read is None or not isinstance(route, APIRoute):
            continue
        for caller in (ANONYMOUS, SOMEBODY):
            scope = {"type": "http", "method": "GET", "path": route.path, "query_string": b"", "headers": []}
            # refused, or what it makes of a row fails on an empty one: its statements are built all the same
            with suppress(Exception):
                await read.answer(scope | {"app": app, "caller": caller}, _parts(read))
    # these are asked for only by whoever has a permission that they take
    await tasks.build(app.state.reads, SOMEBODY)


def _parts(read: HotRead) -> dict[str, Any]:
    return {
        field.alias: next(part for part in _PARTS if not field.validate(part, {}, loc=("path",))[1])
        for field in read.dependant.path_params
    }
