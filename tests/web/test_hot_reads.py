"""The short way of reads gives what the framework's own way gives, for good and for bad requests."""

import random
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.web import dispatch
from puumerkki.web.app import ROUTERS, create_app
from puumerkki.web.fast_reads import HotRead, hot_read
from tests.factories import Client, World
from tests.personas import make_cast
from tests.valid_requests import load
from tests.web.calls import make

OPERATIONS = load()
HOT = sorted(
    route.operation_id or ""
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and hot_read(route) is not None
)
VALUES = ("", "1", "0", "-1", "abc", "200", "201", "true", "a&b", "å", "%00", "null", "2026-01-01", "kemi", "open")


def test_the_lists_go_the_short_way() -> None:
    assert {"organisations_list_organisations", "organisations_get_organisation", "tasks_list"} <= set(HOT)
    assert len(HOT) > 40


def _queries(draw: random.Random, name: str) -> list[str]:
    """Queries of names that the route knows and does not, some several times."""
    route = next(
        one
        for router in ROUTERS
        for one in router.routes
        if isinstance(one, APIRoute) and one.operation_id == name
    )  # fmt: skip
    fields = [field for query in route.dependant.query_params for field in query.field_info.annotation.model_fields]
    names = [*fields, "unknown"]
    return [
        "&".join(f"{draw.choice(names)}={draw.choice(VALUES)}" for _ in range(draw.randint(1, 3))) for _ in range(12)
    ]


@pytest.mark.parametrize("name", [name for name in HOT if name in OPERATIONS])
async def test_both_ways_say_the_same(name: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = await make_cast(world)
    call = await OPERATIONS[name](cast)
    caller = cast[call.by]
    path = call.path.split("?")[0]
    paths = [call.path, path, *(f"{path}?{query}" for query in _queries(random.Random(name), name))]
    for asked in paths:
        hot = await _answer(caller, asked)
        with monkeypatch.context() as patched:
            patched.setattr(HotRead, "answer", _not_plain)
            assert await _answer(caller, asked) == hot, asked
    assert (await make(cast, call)).is_success


async def _not_plain(*_: Any) -> None:
    return None


async def _answer(caller: Client, path: str) -> tuple[int, bytes, str | None, str | None]:
    answer = await caller.request("GET", path)
    return answer.status_code, answer.content, answer.headers.get("link"), answer.headers.get("etag")


async def test_what_the_short_way_may_not_take(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for a session, an actor or a header goes the framework's way."""
    app = create_app()
    assert isinstance(app.router.middleware_stack, dispatch.SegmentDispatch)
    writes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    for route in writes:
        if any(one.call is not None and one.call.__name__ in ("get_session", "get_actor") for one in
               route.dependant.dependencies):  # fmt: skip
            assert hot_read(route) is None


async def test_a_read_says_so_when_the_database_is_away(app: FastAPI) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/nowhere"
    app.state.reads = ReadPool(nowhere, size=1)
    app.state.token_reader = TokenReader(make_sessions(make_engine(nowhere, pool_size=1)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as client:
        answer = await client.get("/api/v1/networks")
    told = (answer.status_code, answer.json()["code"], answer.headers["retry-after"])
    assert told == (503, "database_unavailable", "5")


async def test_a_replica_that_is_away_concerns_the_anonymous_only(app: FastAPI, committed_database: str) -> None:
    """They are told to come again; whoever is signed in reads from the primary."""
    away = "postgresql://nobody@127.0.0.1:1/nowhere?connect_timeout=1"
    app.state.reads = ReadPool(committed_database, replica_url=away, size=1)
    engine = make_engine(committed_database, pool_size=1)
    sessions = make_sessions(engine)
    app.state.token_reader = TokenReader(sessions)
    async with (
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as client,
        sessions() as session,
    ):
        somebody = await World(session, client).person()
        await session.commit()
        assert (await somebody.get("/networks")).status_code == 200
        answer = await Client(client, None, None).get("/networks")
    assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
    await app.state.reads.close()
    await engine.dispose()
