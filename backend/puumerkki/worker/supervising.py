"""Keeps the worker's loops going: what ends one is logged, and it is begun anew; what they get done is noted."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from puumerkki.kernel import clock, loops
from puumerkki.kernel.db import transaction
from puumerkki.kernel.jobs import Sessions

log = structlog.get_logger()
AGAIN_SECONDS = 1.0
NOTED_SECONDS = 10.0
Loop = Callable[["Pulse", asyncio.Event], Awaitable[None]]


class Pulse:
    """What this worker's loops got done and failed of since it was last noted in the database."""

    def __init__(self) -> None:
        self._beats: dict[str, datetime] = {}
        self._failures: dict[str, tuple[datetime, str]] = {}

    def beat(self, name: str) -> None:
        """The loop has done a round, even if there was nothing to do."""
        self._beats[name] = clock.now()
        self._failures.pop(name, None)

    def failed(self, name: str, failure: str) -> None:
        """It was ended by this."""
        if name in loops.PATIENCE:
            self._failures[name] = (clock.now(), failure)

    async def note(self, sessions: Sessions) -> None:
        """Write it down."""
        beats, failures = dict(self._beats), dict(self._failures)
        async with transaction(sessions) as session:
            for name, at in sorted(beats.items()):
                await loops.beat(session, name, at=at)
            for name, (at, failure) in sorted(failures.items()):
                await loops.fail(session, name, failure, at=at)
        for name, noted in failures.items():
            if self._failures.get(name) == noted:
                del self._failures[name]

    async def run(self, sessions: Sessions, stop: asyncio.Event) -> None:
        """Note it again and again until `stop` is set."""
        while not stop.is_set():
            await self.note(sessions)
            await wait(stop, NOTED_SECONDS)


async def supervised(name: str, loop: Loop, pulse: Pulse, stop: asyncio.Event) -> None:
    """Run a loop until `stop` is set, whatever it fails of: an error, a cancelled statement, or an end too soon."""
    while not stop.is_set():
        try:
            await loop(pulse, stop)
            failure = "it ended by itself"
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            failure = "cancelled"
        except Exception as error:
            failure = loops.reason(error)
            if not stop.is_set():
                log.error("loop_interrupted", loop=name, error=failure, exc_info=error)
        if stop.is_set():
            return
        pulse.failed(name, failure)
        await wait(stop, AGAIN_SECONDS)


async def wait(stop: asyncio.Event, seconds: float) -> None:
    """Until `stop` is set, at most so long."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
