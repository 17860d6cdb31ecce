"""What befalls the house: each trouble happens, lasts a while and is over; then all must be as it must be."""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from puumerkki.kernel.embedded_postgres import local_postgres
from tests.faults.processes import House

FULL_SECONDS = (1.0, 4.0)
HOG = "puumerkki-hog"


@dataclass
class Trouble:
    """Deals troubles in a seeded order, each kind once before any comes again."""

    house: House
    rng: random.Random
    disk: Path | None
    """The small file system that the database lies on; None: the disk cannot be filled here."""
    happened: Counter[str] = field(default_factory=Counter)
    _deck: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        return sum(count for name, count in self.happened.items() if name.startswith("kill"))

    def kinds(self) -> dict[str, Callable[[], Awaitable[None]]]:
        kinds = {
            "kill -9 server": self.kill_server,
            "kill -9 worker": self.kill_worker,
            "kill -9 API process": self.kill_api_process,
            "kill -9 server and worker": self.kill_both,
            "kill -9 PostgreSQL": self.kill_postgres,
            "PostgreSQL restarted": self.restart_postgres,
            "PostgreSQL stopped at once": self.crash_postgres,
            "out of connections": self.take_connections,
            "mail server away": self.stop_mail,
        }
        if self.disk is not None:
            kinds["disk full"] = self.fill_disk
        return kinds

    async def strike(self) -> str:
        """The next trouble, and back to where the API answers."""
        kinds = self.kinds()
        if not self._deck:
            usual = [name for name in kinds if name.startswith("kill -9") and name != "kill -9 PostgreSQL"]
            self._deck = [*kinds, *usual, "kill -9 worker"]
            self.rng.shuffle(self._deck)
        name = self._deck.pop()
        await kinds[name]()
        await asyncio.to_thread(self.house.start_postgres)
        await self.house.answers()
        return name

    async def kill_server(self) -> None:
        self.house.kill("server")
        self.happened["kill -9 server"] += 1
        self.house.start("server")

    async def kill_worker(self) -> None:
        self.house.kill("worker")
        self.happened["kill -9 worker"] += 1
        self.house.start("worker")

    async def kill_api_process(self) -> None:
        if self.house.kill_one_api_process(self.rng):
            self.happened["kill -9 API process"] += 1
        else:
            await self.kill_server()

    async def kill_both(self) -> None:
        await self.kill_server()
        await self.kill_worker()

    async def kill_postgres(self) -> None:
        pid = int((self.house.postgres / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        self.happened["kill -9 PostgreSQL"] += 1

    async def restart_postgres(self) -> None:
        await asyncio.to_thread(local_postgres.stop, self.house.postgres, "fast")
        self.happened["PostgreSQL restarted"] += 1

    async def crash_postgres(self) -> None:
        await asyncio.to_thread(local_postgres.stop, self.house.postgres, "immediate")
        self.happened["PostgreSQL stopped at once"] += 1

    async def take_connections(self) -> None:
        """Whoever needs a new connection gets none; the application's processes are cut off first."""
        taken: list[psycopg.AsyncConnection[Any]] = []
        try:
            async with await self.house.connect() as owner:
                for _ in range(3):
                    with suppress(psycopg.OperationalError):
                        while True:
                            taken.append(
                                await psycopg.AsyncConnection.connect(
                                    self.house.database, connect_timeout=5, application_name=HOG
                                )
                            )
                    await owner.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                        " where application_name <> %s and usename = %s and random() < 0.5",
                        (HOG, local_postgres.APP),
                    )
            self.happened["out of connections"] += 1
            await asyncio.sleep(self.rng.uniform(*FULL_SECONDS))
        finally:
            for connection in taken:
                with suppress(psycopg.Error):
                    await connection.close()

    async def stop_mail(self) -> None:
        await asyncio.to_thread(self.house.letters.stop)
        self.happened["mail server away"] += 1
        await asyncio.sleep(self.rng.uniform(*FULL_SECONDS))
        await asyncio.to_thread(self.house.letters.start)

    async def fill_disk(self) -> None:
        """Not a byte is left where the database lies, for some seconds."""
        assert self.disk is not None
        ballast = self.disk / "ballast"
        try:
            with ballast.open("wb", buffering=0) as file, suppress(OSError):
                while True:
                    file.write(bytes(1 << 20))
            with ballast.open("ab", buffering=0) as file, suppress(OSError):
                while True:
                    file.write(bytes(1 << 10))
            self.happened["disk full"] += 1
            await asyncio.sleep(self.rng.uniform(*FULL_SECONDS) * 2)
        finally:
            ballast.unlink()
