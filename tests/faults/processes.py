"""The service as it runs in earnest, all in processes of their own: PostgreSQL, the API, the worker, a mail server."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
from aiosmtpd.controller import Controller

from puumerkki.kernel.embedded_postgres import local_postgres
from tests.ports import free_port
from tests.waiting import until

COMMAND = str(Path(sys.executable).with_name("puumerkki"))
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "min_wal_size": "32MB",
    "max_wal_size": "64MB",
}
OURS = ("PUUMERKKI_", "DATABASE_", "PYTHONDONTWRITEBYTECODE")
"""What processes are not to inherit: those that are killed all the time must not compile everything at each start."""
PATIENCE = 120.0
RECONNECT = 60.0


@dataclass
class Letters:
    """The mail server: what it took, by Message-ID; now and then it puts a sender off, or is not there."""

    rng: random.Random
    taken: dict[str, list[str]] = field(default_factory=dict)
    refused: int = 0
    port: int = field(default_factory=free_port)
    _controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.rng.random() < 0.1:
            self.refused += 1
            return "451 Try again later"
        lines = envelope.content.decode(errors="replace").splitlines()
        [message_id] = [line.split("<")[1].split("@")[0] for line in lines if line.lower().startswith("message-id:")]
        self.taken.setdefault(message_id, []).append(envelope.rcpt_tos[0])
        return "250 OK"


@dataclass
class House:
    """Everything that may be killed, and how it comes back."""

    folder: Path
    letters: Letters
    api_processes: int = 2
    port: int = field(default_factory=free_port)
    server: local_postgres.LocalServer = field(init=False)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    ended_by_themselves: dict[str, int] = field(default_factory=dict)

    @property
    def postgres(self) -> Path:
        return self.folder / "database"

    @property
    def database(self) -> str:
        """The application's own way to the database."""
        return self.server.url(user=local_postgres.APP)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start_postgres(self) -> None:
        self.server = local_postgres.ensure_running(self.postgres, SETTINGS)

    def environment(self) -> dict[str, str]:
        """What the processes are told."""
        return {
            "DATABASE_URL": self.database,
            "PUUMERKKI_MIGRATION_DATABASE_URL": self.server.url(),
            "PUUMERKKI_SECRET": os.environ["PUUMERKKI_SECRET"],
            "PUUMERKKI_PUBLIC_URL": os.environ["PUUMERKKI_PUBLIC_URL"],
            "PUUMERKKI_DATA_DIR": str(self.folder / "data"),
            "PUUMERKKI_PORT": str(self.port),
            "PUUMERKKI_LOG_LEVEL": "warning",
            "PUUMERKKI_MAIL_URL": f"smtp://127.0.0.1:{self.letters.port}",
            "PUUMERKKI_WORKER_IN_SERVER": "false",
            "PUUMERKKI_READ_POOL_SIZE": "4",
            "PUUMERKKI_WRITE_POOL_SIZE": "8",
        }

    def start(self, name: str) -> None:
        """Start the server or the worker; it becomes ready by itself."""
        arguments = {"server": ["serve", "--workers", str(self.api_processes)], "worker": ["worker"]}[name]
        kept = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
        with (self.folder / f"{name}.log").open("ab") as output:
            self.processes[name] = subprocess.Popen(
                [COMMAND, *arguments],
                env={**kept, **self.environment(), "PYTHONPYCACHEPREFIX": str(self.folder / "compiled")},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """End a process with all its children, as the machine's end would."""
        process = self.processes[name]
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            return
        process.wait()

    def kill_one_api_process(self, rng: random.Random) -> bool:
        """End one of several API processes; the others go on and a new one takes its place."""
        children = _children(self.processes["server"].pid)
        if len(children) < 2:
            return False
        os.kill(rng.choice(children), signal.SIGKILL)
        return True

    def look_after(self) -> None:
        """What a supervisor does: start again what has ended by itself."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                self.ended_by_themselves[name] = self.ended_by_themselves.get(name, 0) + 1
                self.start(name)

    async def answers(self) -> None:
        """Come back once the API answers, its database included."""

        async with httpx.AsyncClient() as client:

            async def well() -> bool:
                self.look_after()
                try:
                    return (await client.get(f"{self.url}/api/v1/health/serving", timeout=5)).is_success
                except httpx.TransportError:
                    return False

            await until(well, seconds=PATIENCE)

    async def connect(self) -> psycopg.AsyncConnection[Any]:
        """A connection of our own, past the connections that the application may use."""
        ends = time.monotonic() + RECONNECT
        while True:
            try:
                return await psycopg.AsyncConnection.connect(self.server.url(), autocommit=True, connect_timeout=5)
            except psycopg.OperationalError:
                if time.monotonic() > ends:
                    raise
            await asyncio.sleep(0.1)

    def close(self) -> None:
        for name in self.processes:
            self.kill(name)
        self.letters.stop()
        local_postgres.stop(self.postgres, "immediate")


def _children(pid: int) -> list[int]:
    """Processes under this one that serve requests; the helper that multiprocessing starts is none."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
