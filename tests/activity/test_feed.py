"""The change feed: who sees what, page by page, and the live stream."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role
from puumerkki.activity.listener import FeedListener
from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel import clock
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.eventlog.events import Event, Tier, publish
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.settings import get_settings
from puumerkki.kernel.subjects import Ref
from puumerkki.worker.sequencing import run_sequencer
from puumerkki.worker.supervising import Pulse
from tests.factories import Client, World
from tests.partnerships.gate import handled, scene_of
from tests.personas import make_cast
from tests.valid_requests.activity import PLACE

PATIENCE = 60
"""Seconds: a test that writes beside this one holds the horizon of all databases on the server until it ends."""


class Told(Event):
    type = "test.told"
    tier = Tier.public


async def tell(session: AsyncSession, tier: Tier = Tier.public, *, actor_id: UUID | None = None) -> UUID:
    subject = new_id()
    await publish(session, Told(subject=Ref("test", subject), seen_by=tier), actor_id=actor_id)
    return subject


async def place(world: World) -> None:
    await (await world.session.connection()).execute(text(PLACE))


async def types(caller: Client, query: str = "") -> list[str]:
    answer = await caller.get(f"/events{query}")
    assert answer.status_code == 200, answer.text
    return [item["type"] for item in answer.json()["items"]]


async def test_each_sees_what_is_for_them(world: World) -> None:
    cast = await make_cast(world)
    arrived = await scene_of(cast)
    await handled(world.session, arrived.version, arrived.network)
    await tell(world.session)
    await tell(world.session, Tier.sealed)
    await tell(world.session, Tier.own, actor_id=cast["viewer"].id)
    await place(world)
    case = ["partner_request.arrived", "partner_request.referred"]
    assert await types(world.nobody) == ["test.told"]
    assert await types(cast["outsider"]) == ["test.told"]
    assert await types(cast["officer"]) == [*case, "test.told"]
    assert await types(cast["observer"]) == [*case, "test.told"]
    assert await types(cast["viewer"]) == [*case, "test.told", "test.told"]
    assert await types(cast["officer"], "?type=test.told") == ["test.told"]
    assert await types(cast["officer"], "?subject_kind=partner_request") == case


async def test_only_what_has_a_position_is_in_the_feed(world: World) -> None:
    await tell(world.session)
    assert await types(world.nobody) == []
    await place(world)
    assert await types(world.nobody) == ["test.told"]


async def test_page_by_page_nothing_is_missed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a read looks at few positions and the viewer sees few of them."""
    monkeypatch.setattr("puumerkki.activity.feed.WINDOW", 4)
    told = [await tell(world.session, Tier.sealed if number % 3 else Tier.public) for number in range(20)]
    await place(world)
    found: list[str] = []
    after, empty_pages = 0, 0
    for _ in range(30):
        page = (await world.nobody.get(f"/events?limit=1&after={after}")).json()
        found += [item["subject"]["id"] for item in page["items"]]
        empty_pages += not page["items"]
        after = page["next_after"]
    assert found == [str(subject) for number, subject in enumerate(told) if number % 3 == 0]
    assert after == 20
    assert empty_pages


async def test_a_position_that_the_feed_has_not_come_to(world: World) -> None:
    answer = await world.nobody.get("/events?after=1000000")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "position_unknown")
    for bad in ("-1", "x", "99999999999999999999", "1.5"):
        assert (await world.nobody.get(f"/events?after={bad}")).status_code == 422


@dataclass
class Stream:
    """A live stream as its reader sees it."""

    chunks: asyncio.Queue[str]
    task: asyncio.Task[None]
    head: dict[str, Any]

    async def message(self) -> dict[str, str]:
        """The next message that says something, which a comment or a bare place in the feed does not."""
        while True:
            chunk = await asyncio.wait_for(self.chunks.get(), PATIENCE)
            lines = [line for line in chunk.strip().split("\n") if not line.startswith(":")]
            message = dict(line.split(": ", 1) for line in lines)
            if "data" in message:
                return message


@asynccontextmanager
async def stream(app: FastAPI, query: str = "", **headers: str) -> AsyncIterator[Stream]:
    """The application called as a server calls it; the reader goes away at the end of the block."""
    gone = asyncio.Event()
    asked = False
    head: dict[str, Any] = {}
    started = asyncio.Event()
    chunks: asyncio.Queue[str] = asyncio.Queue()

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            head.update(status=message["status"], headers=dict(message["headers"]))
            started.set()
        elif message["body"]:
            chunks.put_nowait(message["body"].decode())

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/api/v1/events/stream",
        "raw_path": b"/api/v1/events/stream",
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 1),
    }
    task = asyncio.create_task(app(scope, receive, send))
    await asyncio.wait_for(started.wait(), 10)
    try:
        yield Stream(chunks, task, head)
    finally:
        gone.set()
        await asyncio.wait_for(task, 10)


@dataclass
class Live:
    """The application on a committed database, with its sequencer at work."""

    app: FastAPI
    session: AsyncSession
    world: World

    async def tell(self, tier: Tier = Tier.public) -> UUID:
        subject = await tell(self.session, tier)
        await self.session.commit()
        return subject


@pytest.fixture
async def live(committed_database: str, app: FastAPI) -> AsyncIterator[Live]:
    engine = make_engine(committed_database, pool_size=4)
    sessions = make_sessions(engine)
    pool = ReadPool(committed_database, size=2)
    before = dict(app.state._state)
    app.state.sessions, app.state.reads, app.state.token_reader = sessions, pool, TokenReader(sessions)
    app.state.feed = FeedListener(committed_database)
    stop = asyncio.Event()
    sequencer = asyncio.create_task(run_sequencer(committed_database, Pulse(), stop))
    async with sessions() as session:
        yield Live(app, session, World(session))
    stop.set()
    await sequencer
    await app.state.feed.close()
    await pool.close()
    await engine.dispose()
    app.state._state.clear()
    app.state._state.update(before)


async def test_the_stream_tells_what_happens_and_goes_on_where_it_stopped(live: Live) -> None:
    async with stream(live.app) as first:
        assert first.head["status"] == 200
        assert first.head["headers"][b"content-type"].startswith(b"text/event-stream")
        told = [await live.tell() for _ in range(3)]
        messages = [await first.message() for _ in range(3)]
        assert [json.loads(message["data"])["subject"]["id"] for message in messages] == [str(one) for one in told]
        assert [message["id"] for message in messages] == ["1", "2", "3"]
    async with stream(live.app, last_event_id="1") as again:
        assert [(await again.message())["id"] for _ in range(2)] == ["2", "3"]
    async with stream(live.app, "after=2") as asked:
        assert (await asked.message())["id"] == "3"


@pytest.mark.parametrize("unknown", ["99", "no-number", "-1"])
async def test_an_unknown_id_resets(live: Live, unknown: str) -> None:
    async with stream(live.app, last_event_id=unknown) as one:
        assert (await one.message())["event"] == "reset"
        subject = await live.tell()
        assert json.loads((await one.message())["data"])["subject"]["id"] == str(subject)


async def test_two_streams_each_see_their_own(live: Live) -> None:
    person = await live.world.person()
    await live.session.commit()
    async with (
        stream(live.app) as nobody,
        stream(live.app, authorization=f"Bearer {person.token}") as somebody,
    ):
        await publish(live.session, Told(subject=Ref("test", new_id()), seen_by=Tier.own), actor_id=person.id)
        public = await live.tell()
        own = json.loads((await somebody.message())["data"])
        assert (own["tier"], own["actor_id"]) == ("own", str(person.id))
        for reader in (nobody, somebody):
            assert json.loads((await reader.message())["data"])["subject"]["id"] == str(public)


async def test_the_stream_ends_with_the_token(live: Live) -> None:
    person = await live.world.person((Role.operator, None))
    await live.session.commit()
    with clock.fixed(clock.now()):
        async with stream(live.app, authorization=f"Bearer {person.token}") as one:
            await live.tell()
            await one.message()
            with clock.fixed(clock.now() + timedelta(minutes=get_settings().access_token_minutes + 1)):
                await live.tell()
                await asyncio.wait_for(asyncio.shield(one.task), PATIENCE)


async def test_the_stream_tells_its_place_first_and_at_the_end_when_to_come_back(live: Live) -> None:
    async with stream(live.app) as one:
        told = await live.tell()
        assert json.loads((await one.message())["data"])["subject"]["id"] == str(told)
    async with stream(live.app) as quiet:
        assert await asyncio.wait_for(quiet.chunks.get(), PATIENCE) == ": here\nid: 1\n\n"
        live.app.state.feed.end()
        assert await asyncio.wait_for(quiet.chunks.get(), PATIENCE) == "retry: 5000\n\n"


async def test_a_quiet_stream_beats(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("puumerkki.activity.feed.HEARTBEAT_SECONDS", 0.01)
    async with stream(live.app) as one:
        chunks = [await asyncio.wait_for(one.chunks.get(), 10) for _ in range(3)]
        assert all(chunk.startswith(":") for chunk in chunks)


async def test_closing_ends_every_stream(live: Live) -> None:
    async with stream(live.app) as one:
        await asyncio.wait_for(one.chunks.get(), 10)
        await live.app.state.feed.close()
        await asyncio.wait_for(asyncio.shield(one.task), PATIENCE)


async def test_a_refused_token_streams_nothing(live: Live) -> None:
    async with stream(live.app, authorization="Bearer nonsense") as one:
        assert one.head["status"] == 401
