"""What is built before the process says that it serves: the statements of its reads in their default shapes.

Building a statement holds the event loop for tens of milliseconds, those of the tasks for a second or two. So each hot
read is gone through with nothing but its defaults, by nobody and by somebody, against a pool that only builds.
"""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import structlog
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from puumerkki.access.actor import ANONYMOUS, Caller
from puumerkki.access.models import PrincipalKind
from puumerkki.activity import deadlines, tasks
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.eventlog import timeline
from puumerkki.kernel.reads.read_pool import NotBuilt, ReadPool, Rehearsal
from puumerkki.web.fast_reads import HotRead, hot_read

log = structlog.get_logger()

SOMEBODY = Caller(id=UUID(int=0), kind=PrincipalKind.user)
_PARTS = (str(UUID(int=0)), "001", "csv", "ABC-2026-0001")
"""What a part of a path may look like: the first that is valid is taken."""


async def build_reads(routes: Iterable[BaseRoute], reads: ReadPool) -> None:
    """Build the statements of the hot reads among these routes into a pool.

    What cannot be built is logged with its name and does not keep the process from serving: whoever asks for it gets
    the error, and all else is there.
    """
    rehearsal = Rehearsal(reads)
    for route in routes:
        read = hot_read(route)
        if read is None or not isinstance(route, APIRoute):
            continue
        for caller in (ANONYMOUS, SOMEBODY):
            await _rehearse(route, read, caller, rehearsal)
    # of tasks and timelines that is asked which somebody can have, or which stands there: here, all
    for name, build in (("tasks", tasks.build), ("deadlines", deadlines.build), ("timelines", timeline.build)):
        try:
            await build(rehearsal, SOMEBODY)
        except NotBuilt as error:
            _tell(name, error)


async def _rehearse(route: APIRoute, read: HotRead, caller: Caller, rehearsal: Rehearsal) -> None:
    app = SimpleNamespace(state=SimpleNamespace(reads=rehearsal))
    scope = {"type": "http", "method": "GET", "path": route.path, "query_string": b"", "headers": []}
    before = rehearsal.built
    try:
        answer = await read.answer(scope | {"app": app, "caller": caller}, _parts(read))
    except NotBuilt as error:
        _tell(route.operation_id, error)
    except PuumerkkiError:
        return  # refused, as this caller is for good
    except Exception as error:
        # what it makes of a row may fail on an empty one; its statement is there by then
        if rehearsal.built == before:
            _tell(route.operation_id, error)
    else:
        if answer is None:
            log.error("read_not_built", read=route.operation_id, error="its defaults are not valid")


def _tell(read: str | None, error: Exception) -> None:
    name = str(error) if isinstance(error, NotBuilt) else None
    log.error("read_not_built", read=read, statement=name, exc_info=error)


def _parts(read: HotRead) -> dict[str, Any]:
    return {
        field.alias: next(part for part in _PARTS if not field.validate(part, {}, loc=("path",))[1])
        for field in read.dependant.path_params
    }
