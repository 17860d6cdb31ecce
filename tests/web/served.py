"""A served application on a database of its own, with everybody in it."""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import uvicorn
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.db import make_engine
from puumerkki.kernel.settings import get_settings
from tests.cast import CALLERS, make_cast
from tests.operations import Call, load
from tests.world import World


@dataclass(frozen=True)
class Served:
    """`url` of the server, the declared request of each operation, a token of each caller (None for nobody)."""

    url: str
    calls: dict[str, Call]
    tokens: dict[str, str | None]


@contextmanager
def served(database: str) -> Iterator[Served]:
    """Serve over real HTTP for as long as the block lasts."""
    calls, tokens = asyncio.run(_populate(database))
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = database
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
        yield Served(f"http://127.0.0.1:{port}", calls, tokens)
    finally:
        server.should_exit = True
        thread.join(20)
        os.environ.pop("DATABASE_URL")
        if before is not None:
            os.environ["DATABASE_URL"] = before
        get_settings.cache_clear()


async def _populate(database: str) -> tuple[dict[str, Call], dict[str, str | None]]:
    engine = make_engine(database, pool_size=1)
    async with AsyncSession(engine, expire_on_commit=False) as session, httpx.AsyncClient() as unused:
        cast = await make_cast(World(session, unused))
        await session.commit()
        calls = {}
        for name, build in sorted(load().items()):
            calls[name] = await build(cast)
            await session.commit()
        tokens = {caller: cast[caller].token for caller in CALLERS}
    await engine.dispose()
    return calls, tokens
