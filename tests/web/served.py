"""A served application on a database of its own, with everybody in it."""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
import uvicorn
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel import jobs
from puumerkki.kernel.db import driver_connection, make_engine
from puumerkki.kernel.reads.read_pool import PinnedReads
from puumerkki.kernel.settings import get_settings
from puumerkki.web.app import create_app
from tests.factories import World
from tests.personas import EVERYBODY, make_cast
from tests.valid_requests import Call, load


@dataclass(frozen=True)
class Scene:
    """The declared request of one operation in a scene of its own, and a token of each caller (None for nobody)."""

    call: Call
    tokens: dict[str, str | None]


@dataclass
class Served:
    """A running server at `url`."""

    url: str
    database: str
    runner: asyncio.Runner
    engine: AsyncEngine
    app: FastAPI
    _scenes: dict[str, Scene] = field(default_factory=dict)

    def scene(self, operation: str) -> Scene:
        """What a test of this operation needs, made on first use."""
        if operation not in self._scenes:
            self._scenes[operation] = self.runner.run(_populate(self, operation))
        return self._scenes[operation]


@contextmanager
def served(database: str) -> Iterator[Served]:
    """Serve over real HTTP for as long as the block lasts. A read is built when it is asked: few tests ask them all."""
    settings = {"DATABASE_URL": database, "PUUMERKKI_BUILD_READS": "false"}
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    get_settings.cache_clear()
    config = uvicorn.Config(
        "puumerkki.web.app:create_app", factory=True, port=0, log_level="error", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            thread.join(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        # scenes are made beside the server, by one connection and application: their statements are built once
        engine = make_engine(database, pool_size=1)
        with asyncio.Runner() as runner:
            yield Served(f"http://127.0.0.1:{port}", database, runner, engine, create_app())
            runner.run(engine.dispose())
    finally:
        server.should_exit = True
        thread.join(20)
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
        get_settings.cache_clear()


async def _populate(at: Served, operation: str) -> Scene:
    """Everybody and what the request needs, made as in other tests, then kept."""
    async with at.engine.connect() as connection:
        outer = await connection.begin()
        scene = await _build(operation, connection, at.app)
        await outer.commit()
    return scene


async def _build(operation: str, connection: AsyncConnection, app: FastAPI) -> Scene:
    sessions = async_sessionmaker(
        bind=connection, class_=AsyncSession, expire_on_commit=False, join_transaction_mode="create_savepoint"
    )
    jobs.use_sessions(sessions)
    async with sessions() as session:
        app.state.sessions = sessions
        app.state.reads = PinnedReads(await driver_connection(session))
        app.state.token_reader = TokenReader(sessions)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as client:
            cast = await make_cast(World(session, client))
            call = await load()[operation](cast)
        await session.commit()
    return Scene(call, {caller: cast[caller].token for caller in EVERYBODY})
