"""Wakes all live streams of this process when the feed has grown: one connection that listens, however many read."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import structlog

from puumerkki.kernel.db import libpq_url
from puumerkki.kernel.eventlog.sequencer import CHANNEL
from puumerkki.kernel.loops import reason

log = structlog.get_logger()
AGAIN_SECONDS = 1.0


class FeedListener:
    """Listens while anybody subscribes. LISTEN needs a connection of its own, straight to the server."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._woken: set[asyncio.Event] = set()
        self._task: asyncio.Task[None] | None = None
        self.closed = False

    @contextmanager
    def subscribed(self) -> Iterator[asyncio.Event]:
        """An event that is set whenever the feed may have grown; the subscriber clears it before reading."""
        woken = asyncio.Event()
        self._woken.add(woken)
        if self._task is None:
            self._task = asyncio.create_task(self._listen())
        try:
            yield woken
        finally:
            self._woken.discard(woken)
            if not self._woken and self._task is not None:
                self._task.cancel()
                self._task = None

    def end(self) -> None:
        """End all streams, as soon as it is known that the process is to end."""
        self.closed = True
        self._wake()

    async def close(self) -> None:
        """End all streams and the listening, for the process's end."""
        self.end()
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def _wake(self) -> None:
        for woken in self._woken:
            woken.set()

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    libpq_url(self._url), autocommit=True, connect_timeout=5
                ) as connection:
                    await connection.execute(f"listen {CHANNEL}")
                    self._wake()  # what came before listening began
                    async for _ in connection.notifies():
                        self._wake()
            except Exception as error:
                log.warning("feed_listener_interrupted", error=reason(error))
                await asyncio.sleep(AGAIN_SECONDS)
