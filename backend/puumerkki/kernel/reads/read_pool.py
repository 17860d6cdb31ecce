"""Where hot reads run: plain connections, to the replica for anonymous readers where there is one."""

import gc
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from psycopg import AsyncConnection, OperationalError
from sqlalchemy import Select

from puumerkki.kernel.reads.connections import Connections
from puumerkki.kernel.reads.statements import Statements


class ReadPool:
    """Runs statements that are compiled once for their shape, on the connections of one event loop."""

    def __init__(self, url: str, *, replica_url: str | None = None, size: int = 8) -> None:
        self._connections = Connections(url, size=size)
        self._replica = Connections(replica_url, size=size) if replica_url else None
        self._statements = Statements("reads")

    async def close(self) -> None:
        """Close all connections."""
        for connections in (self._connections, self._replica):
            if connections is not None:
                await connections.close()

    def connection(self, *, anonymous: bool = False) -> AbstractAsyncContextManager[AsyncConnection[tuple[Any, ...]]]:
        """A connection for as long as the block lasts."""
        connections = self._for(anonymous)

        @asynccontextmanager
        async def taken() -> AsyncIterator[AsyncConnection[tuple[Any, ...]]]:
            connection = await _that_holds(connections)
            try:
                yield connection
            finally:
                connections.release(connection)

        return taken()

    async def fetch(
        self, shape: Any, build: Callable[[], Select[Any]], params: Mapping[str, Any], *, anonymous: bool
    ) -> tuple[Any, ...] | None:
        """One row of the statement of this shape, built and compiled on its first use only."""
        compiled = self._statements.get(shape, build)
        connections = self._for(anonymous)
        while True:
            connection, fresh = await connections.acquire()
            try:
                return await compiled.fetch_one(connection, params)
            except OperationalError:
                # the server was restarted since the connection was used last: nothing has been read, so ask again
                if fresh or not connection.broken:
                    raise
            finally:
                connections.release(connection)

    def _for(self, anonymous: bool) -> Connections:
        return self._replica if anonymous and self._replica is not None else self._connections


class NotBuilt(Exception):
    """The statement of a shape cannot be built; its cause says why."""


class Rehearsal(ReadPool):
    """Builds and keeps the statements of a pool, but runs none: whoever asks finds a row with nothing in it.

    `built`: how many statements it was asked for and has. One that cannot be built raises `NotBuilt` with its name.
    """

    def __init__(self, pool: ReadPool) -> None:
        self._statements = pool._statements
        self.built = 0

    async def fetch(
        self, shape: Any, build: Callable[[], Select[Any]], params: Mapping[str, Any], *, anonymous: bool
    ) -> tuple[Any, ...] | None:
        """The empty row."""
        kept = len(self._statements)
        try:
            self._statements.get(shape, build)
        except Exception as error:
            raise NotBuilt(shape[0] if isinstance(shape, tuple) else shape) from error
        if len(self._statements) > kept:
            # what building leaves behind is many times what is kept, and in circles
            gc.collect()
        self.built += 1
        return "", None, 0, None


async def _that_holds(connections: Connections) -> AsyncConnection[Any]:
    """A connection that answers: the server may have been restarted since a kept one was used last."""
    while True:
        connection, fresh = await connections.acquire()
        if fresh:
            return connection
        try:
            await connection.execute("select")
        except OperationalError:
            connections.release(connection)
            if not connection.broken:
                raise
        except BaseException:
            connections.release(connection)
            raise
        else:
            return connection


class PinnedReads(ReadPool):
    """Reads on one given connection: for tests, whose rows are not committed. What is compiled once serves them all."""

    _statements = Statements("reads")

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        self._connection = connection

    def connection(self, *, anonymous: bool = False) -> AbstractAsyncContextManager[AsyncConnection[tuple[Any, ...]]]:
        """The given connection."""

        @asynccontextmanager
        async def pinned() -> AsyncIterator[AsyncConnection[tuple[Any, ...]]]:
            yield self._connection

        return pinned()

    async def fetch(
        self, shape: Any, build: Callable[[], Select[Any]], params: Mapping[str, Any], *, anonymous: bool
    ) -> tuple[Any, ...] | None:
        """One row."""
        return await self._statements.get(shape, build).fetch_one(self._connection, params)
