"""One run: the house is built, people work in it, troubles strike, and what must hold is looked at each time."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import procrastinate
import psycopg
from psycopg import AsyncConnection

from puumerkki.kernel import jobs
from puumerkki.kernel.db import libpq_url
from puumerkki.worker import periodic
from tests.faults import checks
from tests.faults.actions import Deed, Deeds
from tests.faults.actors import Ledger, Voice
from tests.faults.fault_injection import Trouble
from tests.faults.processes import House, Letters
from tests.faults.setup import Setting, lay

LEAST_KILLS_A_MINUTE = 4
SETTLE_SECONDS = 240.0
STALLED_SECONDS = 25.0
"""In the end we do not wait as long as the service does for workers that may be alive: all of ours are."""
OPEN_WORK = """
select (select count(*) from mail_outbox where sent_at is null)
     + (select count(*) from import_job where state in ('queued', 'running'))
     + (select count(*) from event) - (select count(*) from event_position)
     + (select last_position from event_sequence) - (select coalesce(max(last_position), 0) from event_seal)
"""
OPEN_JOBS = """
select task_name || ' ' || status || ' after ' || attempts || ' attempts' from procrastinate_jobs
where queue_name <> 'clock' limit 10
"""


@dataclass
class Report:
    """What happened, what was looked at, and what was found broken."""

    seconds: float
    ledger: Ledger
    trouble: Trouble
    letters: Letters
    ended_by_themselves: dict[str, int]
    checks: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


Tell = Callable[[str], None]


async def run(
    folder: Path, *, seed: int, seconds: float, disk: Path | None, tell: Tell, strikes: int | None = None,
    api_processes: int = 2,
) -> Report:  # fmt: skip
    """Work and trouble for so long, or until so many strikes; then peace, and the last look."""
    rng = random.Random(seed)
    house = House(folder, Letters(random.Random(seed)), api_processes)
    report = Report(0, Ledger(), Trouble(house, rng, disk), house.letters, house.ended_by_themselves)
    began = time.monotonic()
    house.start_postgres()
    try:
        tell("laying the ground …")
        setting = await lay(house)
        house.letters.start()
        for name in ("server", "worker"):
            house.start(name)
        await house.answers()
        await _live(house, setting, report, rng, seconds, strikes, tell)
    finally:
        report.seconds = time.monotonic() - began
        house.close()
    return report


async def _live(
    house: House, setting: Setting, report: Report, rng: random.Random, seconds: float, strikes: int | None, tell: Tell
) -> None:
    peace, quiet = asyncio.Event(), asyncio.Event()
    tokens = {"anybody": None, "an editor": setting.token(setting.scene.network.members[0].editor)}
    async with httpx.AsyncClient(base_url=house.url, timeout=30, limits=httpx.Limits(max_connections=100)) as client:

        def voice(token: str | None) -> Voice:
            return Voice(client, report.ledger, token, random.Random(rng.random()))

        people = [asyncio.create_task(_work(voice(token), deed, peace)) for token, deed in _cast(setting)]
        watchers = [asyncio.create_task(_follow(voice(token), name, quiet)) for name, token in tokens.items()]
        places = asyncio.create_task(_follow_places(house, quiet))
        supervisor = asyncio.create_task(_supervise(house, quiet))
        tell(f"{len(people) + len(watchers)} people are at work")
        await _strike(house, report, rng, seconds, strikes, tell)
        peace.set()
        tell("peace: what was begun is brought to its end …")
        report.broken += _given_up(await asyncio.gather(*people, return_exceptions=True))
        await _settle(house, report)
        quiet.set()
        report.broken += _given_up(await asyncio.gather(*watchers, supervisor, return_exceptions=True))
        async with await house.connect() as connection:
            report.broken += await checks.always(connection, report.checks)
            report.broken += await checks.in_the_end(
                connection, report.ledger, house.letters.taken, await places, report.checks
            )
        report.broken += await checks.followers(client, report.ledger, tokens, report.checks)


def _cast(setting: Setting) -> list[tuple[str | None, Deed]]:
    """Eighteen people; with those who follow the feed they are twenty."""
    deeds, scene = Deeds(setting), setting.scene
    # a network so small that all its members vote, and ballots come to an end within the run
    network = scene.small
    members = network.members
    return [
        *((setting.token(one.editor), deeds.preparing(one)) for one in members * 2),
        *((setting.token(one.representative), deeds.voting(one)) for one in (members * 2)[:5]),
        (setting.token(network.coordinator), deeds.leading(network)),
        (setting.token(network.coordinator), deeds.leading(network)),
        (setting.token(scene.officer), deeds.preparing_cases),
        (setting.token(scene.decider), deeds.deciding),
        (setting.token(scene.operator), deeds.importing),
        (setting.token(scene.owner), deeds.inviting(members[0].id)),
        (None, deeds.reading),
    ]


async def _work(voice: Voice, deed: Deed, peace: asyncio.Event) -> None:
    while not peace.is_set():
        await deed(voice)
        await asyncio.sleep(voice.rng.uniform(0.05, 0.6))


async def _follow(voice: Voice, name: str, quiet: asyncio.Event) -> None:
    """A system that follows the feed, page by page, to its end."""
    seen, after = voice.ledger.followed.setdefault(name, []), 0
    while True:
        ends = quiet.is_set()
        page = await voice.get("/events", after=after, limit=100)
        seen.extend(one["position"] for one in page["items"])
        if ends and page["next_after"] == after:
            return
        after = page["next_after"]
        await asyncio.sleep(0 if page["items"] else 0.3)


async def _follow_places(house: House, quiet: asyncio.Event) -> list[int]:
    """All places as they come about, whoever may see the events."""
    seen: list[int] = []
    while True:
        ends = quiet.is_set()
        with suppress(psycopg.OperationalError):
            async with await house.connect() as connection:
                while True:
                    cursor = await connection.execute(
                        "select position from event_position where position > %s order by position limit 200",
                        (seen[-1] if seen else 0,),
                    )
                    fresh = [row[0] for row in await cursor.fetchall()]
                    seen.extend(fresh)
                    if not fresh and ends:
                        return seen
                    ends = quiet.is_set()
                    await asyncio.sleep(0.2)


async def _supervise(house: House, quiet: asyncio.Event) -> None:
    while not quiet.is_set():
        house.look_after()
        await asyncio.sleep(0.3)


async def _strike(
    house: House, report: Report, rng: random.Random, seconds: float, strikes: int | None, tell: Tell
) -> None:
    """Trouble after trouble; after each, what must always hold. A slow machine gets up to three times the time."""
    began, count = time.monotonic(), 0

    def going_on() -> bool:
        if strikes is not None:
            return count < strikes
        gone, enough = time.monotonic() - began, report.trouble.kills >= LEAST_KILLS_A_MINUTE * seconds / 60
        return gone < seconds or (not enough and gone < 3 * seconds)

    while going_on():
        await asyncio.sleep(rng.uniform(1, 4))
        name = await report.trouble.strike()
        count += 1
        async with await house.connect() as connection:
            found = await checks.always(connection, report.checks)
        report.broken += [f"after {name}: {one}" for one in found]
        tell(f"{name}: {found or 'well'}")


async def _settle(house: House, report: Report) -> None:
    """Until nothing waits any more: mails, imports, places, seals."""
    ends = time.monotonic() + SETTLE_SECONDS
    connector = procrastinate.PsycopgConnector(conninfo=libpq_url(house.database), min_size=1, max_size=2)
    stalled, periodic.STALLED_SECONDS = periodic.STALLED_SECONDS, STALLED_SECONDS
    try:
        with jobs.app.replace_connector(connector):
            async with jobs.app.open_async(), await house.connect() as connection:
                while True:
                    [(left,)] = await _rows(connection, OPEN_WORK)
                    if not left:
                        return
                    if time.monotonic() > ends:
                        jobs_left = [row[0] for row in await _rows(connection, OPEN_JOBS)]
                        report.broken.append(f"{left} things are left to do; jobs: {jobs_left}")
                        return
                    await periodic.rescue(timestamp=0)
                    await asyncio.sleep(1)
    finally:
        periodic.STALLED_SECONDS = stalled


async def _rows(connection: AsyncConnection[Any], select: str) -> list[Any]:
    return await (await connection.execute(select.encode())).fetchall()


def _given_up(ends: list[BaseException | None]) -> list[str]:
    return [f"somebody gave up: {one!r}" for one in ends if one is not None]
