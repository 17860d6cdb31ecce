"""The connections of reads: the one used last is given out first, so that few stay warm and the rest fall idle."""

import asyncio
import time
from collections import deque
from typing import Any

from psycopg import AsyncConnection, OperationalError
from psycopg.pq import TransactionStatus

from puumerkki.kernel.db import libpq_url

_PATIENCE_SECONDS = 10.0
_LIFETIME_SECONDS = 3600.0


class Connections:
    """At most `size` connections in autocommit mode; who finds none free in time gets an `OperationalError`."""

    def __init__(self, url: str, *, size: int) -> None:
        self._url = libpq_url(url)
        self._size = size
        self._made = 0
        self._free: list[AsyncConnection[Any]] = []
        self._waiting: deque[asyncio.Future[AsyncConnection[Any] | None]] = deque()
        self._born: dict[AsyncConnection[Any], float] = {}

    async def acquire(self) -> tuple[AsyncConnection[Any], bool]:
        """Acquire a connection, and say whether it is new: the server may have cut one that was kept.

        Raises OperationalError where none is free in time.
        """
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            while self._free:
                connection = self._free.pop()
                if not connection.closed:
                    return connection, False
                self._drop(connection)
            if self._made < self._size:
                return await self._connect(), True
            handed = await self._wait(deadline - time.monotonic())
            if handed is not None:
                return handed, False

    def release(self, connection: AsyncConnection[Any]) -> None:
        """Release a connection to whoever waits longest, or keep it; one that is spent is closed."""
        idle = not connection.closed and connection.info.transaction_status == TransactionStatus.IDLE
        if not idle or time.monotonic() - self._born[connection] > _LIFETIME_SECONDS:
            self._drop(connection)
            self._hand(None)
        elif not self._hand(connection):
            self._free.append(connection)

    async def close(self) -> None:
        """Close what is free; what is out is closed when it comes back."""
        self._size = 0
        while self._free:
            self._drop(self._free.pop())

    async def _connect(self) -> AsyncConnection[Any]:
        self._made += 1
        try:
            connection = await AsyncConnection.connect(self._url, autocommit=True, prepare_threshold=0)
        except BaseException:
            self._made -= 1
            self._hand(None)
            raise
        self._born[connection] = time.monotonic()
        return connection

    async def _wait(self, seconds: float) -> AsyncConnection[Any] | None:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[AsyncConnection[Any] | None] = loop.create_future()
        self._waiting.append(future)
        timer = loop.call_later(max(0.0, seconds), _give_up, future)
        try:
            return await future
        except asyncio.CancelledError:
            if not future.cancelled():
                self._pass_on(future.result())
            raise
        finally:
            timer.cancel()

    def _pass_on(self, connection: AsyncConnection[Any] | None) -> None:
        if connection is None:
            self._hand(None)
        else:
            self.release(connection)

    def _hand(self, connection: AsyncConnection[Any] | None) -> bool:
        """Give it to the first who still waits; None: there is room for a new one."""
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(connection)
                return True
        return False

    def _drop(self, connection: AsyncConnection[Any]) -> None:
        self._made -= 1
        self._born.pop(connection, None)
        connection.pgconn.finish()


def _give_up(future: asyncio.Future[Any]) -> None:
    if not future.done():
        future.set_exception(OperationalError("no connection became free in time"))
