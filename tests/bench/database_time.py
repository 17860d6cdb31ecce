"""How long the database takes for a read: planning and execution apart, beside the best statements by hand.

A read may be several statements; their times are summed. `whole` is from sending to reading on one connection once the
statements are prepared, as people meet it; planning and execution are told by EXPLAIN ANALYZE, which plans anew.
"""

import asyncio
import gc
import json
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg
from rich.console import Console
from rich.table import Table
from sqlalchemy import Select

from puumerkki.access.actor import Caller
from puumerkki.applications.queries.applications import APPLICATIONS
from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.partnerships.queries.partner_requests import PARTNER_REQUESTS
from puumerkki.web.app import ROUTERS, create_app
from puumerkki.web.warming import build_reads
from tests.bench import by_hand
from tests.bench.workloads import Line, Workload, workloads

TIMES = 15
"""So often each is run; the first third is not counted: the server plans the first five anew."""
ONE_OBJECT = "one object"
Sent = tuple[bytes, Any]


@dataclass(frozen=True)
class Times:
    """Milliseconds, medians. `first`: the first request of a process on a new connection."""

    statements: int
    planning: float
    execution: float
    whole: float
    first: float


class Recording(ReadPool):
    """Keeps what it sends."""

    def __init__(self, url: str) -> None:
        super().__init__(url, size=1)
        self.sent: list[Sent] = []

    async def fetch(
        self, shape: Any, build: Callable[[], Select[Any]], params: Mapping[str, Any], *, anonymous: bool
    ) -> tuple[Any, ...] | None:
        compiled = self._statements.get(shape, build)
        self.sent.append((compiled.sql, compiled.values(params)))
        return await super().fetch(shape, build, params, anonymous=anonymous)


def measure(url: str, console: Console) -> dict[str, Any]:
    """Each kind of read, and beside it the best by hand where there is one; answers that differ end it."""
    found = asyncio.run(_reads(url))
    table = Table("ms, median", "statements", "planning", "execution", "whole", "by hand", "times", "first request")
    results = {}
    with _connect(url) as connection:
        for name, (sent, first, answer, hand) in found.items():
            times = _timed(url, sent, first)
            limit = None
            if hand is not None:
                given = connection.execute(*hand).fetchone()
                assert given is not None
                if json.loads(given[0]) != answer:
                    raise SystemExit(f"{name}: the answer by hand is another")
                limit = _timed(url, [hand], 0.0).whole
            ratio = f"{times.whole / limit:.1f}" if limit else ""
            table.add_row(
                name,
                str(times.statements),
                f"{times.planning:.1f}",
                f"{times.execution:.1f}",
                f"{times.whole:.1f}",
                f"{limit:.1f}" if limit else "",
                ratio,
                f"{times.first:.0f}",
            )
            results[name] = vars(times) | ({"by_hand": limit} if limit else {})
    console.print(table)
    return {name: {key: round(value, 2) for key, value in one.items()} for name, one in results.items()}


def one_object(url: str) -> float:
    """The median of one object's read in milliseconds."""
    sent, first, _, _ = asyncio.run(_reads(url, only=ONE_OBJECT))[ONE_OBJECT]
    return _timed(url, sent, first).whole


def shapes(lines: list[Line]) -> list[tuple[str, str]]:
    """Lists of every size: whatever is kept for a number that callers choose is seen."""
    return [
        (line.path.replace("limit=50", f"limit={limit}"), line.token) for limit in range(1, 201) for line in lines[:50]
    ]


def _connect(url: str) -> psycopg.Connection[Any]:
    """As the app connects."""
    made = psycopg.connect(libpq_url(url), autocommit=True, cursor_factory=psycopg.RawCursor)
    made.prepare_threshold = 0
    return made


def _app(url: str) -> tuple[Any, Recording]:
    engine = make_engine(url, pool_size=2)
    app = create_app()
    app.state.sessions = make_sessions(engine)
    app.state.reads = reads = Recording(url)
    app.state.token_reader = TokenReader(app.state.sessions)
    return app, reads


Read = tuple[list[Sent], float, Any, Sent | None]


async def _reads(url: str, *, only: str | None = None) -> dict[str, Read]:
    app, reads = _app(url)
    asked = {name: one for name, one in (await _lines(url)).items() if only in (None, name)}
    found: dict[str, Read] = {}
    await build_reads((route for router in ROUTERS for route in router.routes), reads)
    # as the service does once it has begun
    gc.collect()
    gc.freeze()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench") as client:
        # a server builds what stands around the routes before it listens
        await client.get("/api/v1/nothing")
        for name, (line, hand) in asked.items():
            reads.sent.clear()
            started = time.perf_counter()
            answer = await client.get(f"/api/v1{line.path}", headers={"Authorization": f"Bearer {line.token}"})
            first = (time.perf_counter() - started) * 1000
            answer.raise_for_status()
            items = answer.json()
            page = items["items"] if "next_cursor" in items else items
            found[name] = (list(reads.sent), first, page, hand)
    await reads.close()
    return found


async def _lines(url: str) -> dict[str, tuple[Line, Sent | None]]:
    """One request of each kind; its best statement by hand."""
    all_of: dict[str, Workload] = {one.name: one for one in await workloads(url)}
    listed, inbox = all_of["W1"].lines[0], all_of["W5a"].lines[0]
    officer, coordinator = all_of["W5b"].lines
    with psycopg.connect(libpq_url(url)) as connection:
        people = dict(
            connection.execute(
                "select 'coordinator', id from app_user where email = 'coordinator.elamankaari@demo.example' union all"
                " (select 'officer', g.principal_id from role_grant g where g.role = 'officer'"
                " and g.principal_id in (select id from app_user) order by g.id limit 1)"
            ).fetchall()
        )

    def of(line: Line, scope: str, state: str) -> dict[str, Any]:
        query = dict(httpx.URL(line.path).params)
        return {"scope": query[scope], "state": query[state]}

    list_by = by_hand.of_listing(APPLICATIONS, by_hand.LIST_KEYS, "-created_at")
    inbox_by = by_hand.of_listing(PARTNER_REQUESTS, by_hand.INBOX_KEYS, "-arrived_at")
    leads, prepares = ({"viewer": id_} | Caller(id=id_).params() for id_ in (people["coordinator"], people["officer"]))
    return {
        "a list of 50": (listed, by_hand.sent(list_by, leads | of(listed, "network", "handling_state"))),
        "an authority's inbox": (inbox, by_hand.sent(inbox_by, prepares | of(inbox, "authority", "state"))),
        "tasks of an officer": (officer, by_hand.sent(by_hand.TASKS_OFFICER, prepares)),
        "tasks of a coordinator": (coordinator, by_hand.sent(by_hand.TASKS_COORDINATOR, leads)),
        "deadlines of a coordinator": (Line("GET", "/deadlines", coordinator.token), None),
        "the bell": (Line("GET", "/notices/unseen", coordinator.token), None),
        "notices": (Line("GET", "/notices", coordinator.token), None),
        ONE_OBJECT: (all_of["W2"].lines[0], None),
        "search by name": (all_of["W3"].lines[0], None),
    }


def _timed(url: str, sent: list[Sent], first: float) -> Times:
    with _connect(url) as connection:
        explained = [_explained(connection, sent) for _ in range(TIMES)]
        wholes = []
        for _ in range(TIMES):
            started = time.perf_counter()
            for statement, values in sent:
                connection.execute(statement, values).fetchall()
            wholes.append((time.perf_counter() - started) * 1000)
    counted = TIMES // 3
    return Times(
        len(sent),
        statistics.median(planning for planning, _ in explained),
        statistics.median(execution for _, execution in explained),
        statistics.median(wholes[counted:]),
        first,
    )


def _explained(connection: psycopg.Connection[Any], sent: list[Sent]) -> tuple[float, float]:
    planning = execution = 0.0
    for statement, values in sent:
        row = connection.execute(b"explain (analyze, timing off, format json) " + statement, values).fetchone()
        assert row is not None
        planning += row[0][0]["Planning Time"]
        execution += row[0][0]["Execution Time"]
    return planning, execution
