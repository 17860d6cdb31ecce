"""The limit: the least that can answer the same requests. The same SQL, the same token check, nothing else.

At its start it lets the app answer each request once and keeps the statements that the app sent. Then it answers
reads by running the one statement and handing its bytes out, and writes by running the same statements in one
transaction, with fresh ids in the place of those that were made.
"""

import asyncio
import json
import os
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from psycopg import AsyncConnection, AsyncCursor, AsyncRawCursor
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.web.app import create_app
from tests.bench.workloads import Line

CONNECTIONS = 8


Sent = tuple[type[AsyncCursor[Any]], bytes, Any]
"""A statement as the driver got it: with numbered parameters by a raw cursor, else with named ones."""


@contextmanager
def recording(engine: AsyncEngine, sent: list[Sent]) -> Iterator[None]:
    """Keep all statements that reach the driver meanwhile on connections of an engine."""
    ours: set[AsyncConnection[Any]] = set()
    execute = AsyncCursor.execute

    @event.listens_for(engine.sync_engine, "checkout")
    def _given_out(connection: Any, _record: Any, _proxy: Any) -> None:
        ours.add(connection.driver_connection)

    async def keeping(self: AsyncCursor[Any], query: Any, params: Any = None, **options: Any) -> AsyncCursor[Any]:
        if self.connection in ours:
            raw = isinstance(self, AsyncRawCursor)
            sent.append((AsyncRawCursor if raw else AsyncCursor, query if raw else query.encode(), params))
        return await execute(self, query, params, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AsyncCursor, "execute", keeping)
        yield


class RecordingReads(ReadPool):
    """The app's reads, with the statements kept."""

    def __init__(self, url: str, *, size: int) -> None:
        super().__init__(url, size=size)
        self.sent: list[tuple[bytes, list[Any]]] = []

    async def fetch(
        self, shape: Any, build: Any, params: Mapping[str, Any], *, anonymous: bool
    ) -> tuple[Any, ...] | None:
        found = await super().fetch(shape, build, params, anonymous=anonymous)
        compiled = self._statements.get(shape, build)
        self.sent.append((compiled.sql, compiled.values(params)))
        return found


@dataclass
class Recorded:
    """What the app did for a request: its reads, or the statements of a write with the ids it made."""

    reads: list[tuple[bytes, list[Any]]] = field(default_factory=list)
    writes: list[Sent] = field(default_factory=list)
    made: set[UUID] = field(default_factory=set)
    key: str = ""
    about: list[str] = field(default_factory=list)
    """The ids in its address: the same statements do for other ones."""


class Limit:
    """What answers, and what it has recorded."""

    def __init__(self) -> None:
        self._url = os.environ["DATABASE_URL"]
        self._lines = [Line(**one) for one in json.loads(Path(os.environ["BENCH_LINES"]).read_text())]
        self._recorded: dict[tuple[str, str, str], Recorded] = {}
        self._free: asyncio.LifoQueue[AsyncConnection[Any]] = asyncio.LifoQueue()
        self._tokens: TokenReader | None = None

    async def answer(self, request: Request) -> Response:
        """Check the token, run the statements, hand the bytes out."""
        assert self._tokens is not None
        await self._tokens.caller(request.headers["authorization"].partition(" ")[2])
        query = f"?{request.url.query}" if request.url.query else ""
        body = (await request.body()).decode()
        path = request.url.path.removeprefix("/api/v1") + query
        recorded = self._recorded.get((request.method, path, body)) or self._recorded[request.method, _like(path), body]
        connection = await self._free.get()
        try:
            if recorded.reads:
                said = await self._read(connection, recorded)
            else:
                said = await self._write(connection, recorded, dict(zip(recorded.about, _named(path), strict=True)))
            return Response(said, media_type="application/json")
        finally:
            self._free.put_nowait(connection)

    @staticmethod
    async def _read(connection: AsyncConnection[Any], recorded: Recorded) -> bytes:
        row = None
        async with AsyncRawCursor(connection) as cursor:
            for statement, values in recorded.reads:
                await cursor.execute(statement, values)
                row = await cursor.fetchone()
        assert row is not None
        return row[0].encode()

    @staticmethod
    async def _write(connection: AsyncConnection[Any], recorded: Recorded, about: dict[str, str]) -> bytes:
        fresh = about | {str(one): str(new_id()) for one in recorded.made}
        fresh[recorded.key] = str(new_id())
        async with connection.transaction():
            for cursor_type, statement, params in recorded.writes:
                async with cursor_type(connection) as cursor:
                    await cursor.execute(statement, _renewed(params, fresh))
        return b"{}"

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Record, then open the connections."""
        engine = make_engine(self._url, pool_size=2)
        self._tokens = TokenReader(make_sessions(engine))
        await self._record(self._lines)
        for _ in range(CONNECTIONS):
            connection = await AsyncConnection.connect(libpq_url(self._url), autocommit=True)
            connection.prepare_threshold = 0
            self._free.put_nowait(connection)
        yield
        while not self._free.empty():
            await self._free.get_nowait().close()
        await engine.dispose()

    async def _record(self, lines: list[Line]) -> None:
        engine = make_engine(self._url, pool_size=2)
        sent: list[Sent] = []
        app = create_app()
        app.state.sessions = make_sessions(engine)
        app.state.reads = reads = RecordingReads(self._url, size=2)
        app.state.token_reader = self._tokens
        with recording(engine, sent):
            await self._ask(app, reads, sent, lines)
        await reads.close()
        await engine.dispose()

    async def _ask(self, app: FastAPI, reads: RecordingReads, sent: list[Sent], lines: list[Line]) -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench") as client:
            for line in lines:
                reads.sent.clear()
                sent.clear()
                key, began = str(new_id()), time.time_ns() // 1_000_000
                headers = {"Authorization": f"Bearer {line.token}", "Content-Type": "application/json"}
                if line.method == "POST":
                    headers["Idempotency-Key"] = key
                if line.if_match:
                    headers["If-Match"] = f'"{line.if_match}"'
                answer = await client.request(line.method, f"/api/v1{line.path}", content=line.body, headers=headers)
                assert answer.is_success, (line.method, line.path, answer.text)
                known = (line.method, line.path, line.body)
                if line.method == "GET":
                    self._recorded[known] = Recorded(reads=list(reads.sent))
                else:
                    made = {one for _, _, params in sent for one in _ids(params) if one.int >> 80 >= began}
                    recorded = Recorded(writes=list(sent), made=made, key=key, about=_named(line.path))
                    self._recorded[known] = self._recorded[line.method, _like(line.path), line.body] = recorded


ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _named(path: str) -> list[str]:
    """The ids in an address."""
    return ID.findall(path)


def _like(path: str) -> str:
    """The address without them."""
    return ID.sub("*", path)


def _ids(value: Any) -> set[UUID]:
    if isinstance(value, UUID):
        return {value} if value.version == 7 else set()
    if isinstance(value, dict):
        return set().union(*(_ids(one) for one in value.values()))
    if isinstance(value, list | tuple):
        return set().union(*(_ids(one) for one in value))
    return set()


def _renewed(value: Any, fresh: dict[str, str]) -> Any:
    if isinstance(value, UUID):
        new = fresh.get(str(value))
        return UUID(new) if new else value
    if isinstance(value, str):
        return fresh.get(value, value)
    if isinstance(value, dict):
        return {name: _renewed(one, fresh) for name, one in value.items()}
    if isinstance(value, list):
        return [_renewed(one, fresh) for one in value]
    return value


def create_limit() -> Starlette:
    """For uvicorn's `--factory`."""
    limit = Limit()
    route = Route("/{path:path}", limit.answer, methods=["GET", "POST", "PUT"])
    return Starlette(routes=[route], lifespan=limit.lifespan)
