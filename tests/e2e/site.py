"""The whole service as people meet it: the API with its worker and the built app in a process of their own."""

import multiprocessing
import os
import signal
import socket
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import httpx
import psycopg
from sqlmodel import col, select

from puumerkki.cli import app as command
from puumerkki.identity.models import User
from puumerkki.identity.service.sessions import StartedSession, start_session
from puumerkki.kernel.db import make_engine, make_sessions, transaction
from puumerkki.kernel.embedded_postgres import local_postgres
from tests.ports import free_port
from tests.waiting import until

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["tests.e2e.preloaded"])
"""Sites come from one process that has read all modules and built what every worker builds: half of a start's work."""
PUBLIC = "http://testserver"
"""What the world calls itself, wherever a copy of it is served: endorsements and tokens name their issuer."""
SECONDS = 180
AT_REST = """
select not exists (select from procrastinate_jobs where status in ('todo', 'doing')
  and coalesce(scheduled_at, now()) <= now())
and not exists (select from event where not exists (select from event_position where event_id = event.id))
and exists (select from task_position, event_sequence where swept_at is not null and position = last_position)
"""


@dataclass
class Site:
    """One running service on a database of its own."""

    server: local_postgres.LocalServer
    database: str
    folder: Path
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    _kept: socket.socket | None = None
    _process: BaseProcess | None = None

    @property
    def url(self) -> str:
        """Where browsers reach it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def _name(self) -> str:
        return str(psycopg.conninfo.conninfo_to_dict(self.database)["dbname"])

    @property
    def log(self) -> Path:
        """What the process said."""
        return self.folder / "log"

    def start(self) -> "Site":
        """Serve; back once it answers."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PUUMERKKI_", "DATABASE_"))}
        environment = {
            **kept,
            "DATABASE_URL": self.database,
            "PUUMERKKI_MIGRATION_DATABASE_URL": self.server.url(self._name),
            "PUUMERKKI_SECRET": os.environ["PUUMERKKI_SECRET"],
            "PUUMERKKI_PUBLIC_URL": PUBLIC,
            "PUUMERKKI_ALLOWED_ORIGINS": f'["{self.url}"]',
            "PUUMERKKI_DATA_DIR": str(self.folder),
            "PUUMERKKI_PORT": str(self.port),
            "PUUMERKKI_LOG_LEVEL": "error",
            **self.extra,
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        self._process = FORKED.Process(target=_serve, args=(environment, self.log, self._kept))
        self._process.start()
        ends = time.monotonic() + SECONDS
        while not self._answers():
            assert self._process.exitcode is None, self.log.read_text()
            assert time.monotonic() < ends, self.log.read_text()
            self._process.join(0.05)
        return self

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/v1/health").is_success
        except httpx.TransportError:
            return False

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End the process as an operator does, or as a crash does."""
        if self._process is not None:
            if self._process.pid is not None and self._process.is_alive():
                os.kill(self._process.pid, number)
            self._process.join(30)
            assert self._process.exitcode is not None, "it does not end"
            self._process = None

    def keep_socket(self) -> "Site":
        """From the next start on the listening socket is ours and outlives the process, as a service manager's does."""
        self._kept = socket.create_server(("127.0.0.1", self.port))
        return self

    def come_to_rest(self) -> None:
        """Back once there is no more to do than to wait for people and for the clock."""
        assert self._process is not None
        ends = time.monotonic() + SECONDS
        with psycopg.connect(self.server.url(self._name), autocommit=True) as connection:
            while connection.execute(AT_REST).fetchone() != (True,):
                assert self._process.exitcode is None, self.log.read_text()
                assert time.monotonic() < ends, "it does not come to rest"
                self._process.join(0.1)

    def close(self) -> None:
        """End for good."""
        self.stop()
        if self._kept is not None:
            self._kept.close()

    async def session_of(self, email: str) -> StartedSession:
        """A session of somebody, without the login's limits."""
        engine = make_engine(self.database, pool_size=1)
        try:
            async with transaction(make_sessions(engine)) as session:
                user = (await session.exec(select(User).where(col(User.email) == email))).one()
                return await start_session(session, user=user)
        finally:
            await engine.dispose()

    async def api(self, email: str) -> "Api":
        """The API in somebody's name."""
        return Api(self.url, (await self.session_of(email)).access_token)

    async def mailed_link(self, recipient: str, part: str) -> str:
        """The path, with what follows it, of a link that was mailed to somebody; `part` stands in it."""
        found: list[str] = []

        def arrived() -> bool:
            found[:] = [link for link in self._links(recipient) if part in link]
            return bool(found)

        await until(arrived)
        return found[-1].removeprefix(PUBLIC)

    def _links(self, recipient: str) -> list[str]:
        files = sorted((self.folder / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        messages = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        texts = [one.get_body(("plain",)) for one in messages if one["To"] == recipient]
        bodies = [text.get_content() for text in texts if text is not None]
        return [word for body in bodies for word in body.split() if word.startswith(PUBLIC)]


def _serve(environment: dict[str, str], log: Path, kept: socket.socket | None) -> None:
    """What `puumerkki serve` does, in a process of its own; `kept` is a socket that listens already."""
    with log.open("ab") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    os.environ.clear()
    os.environ.update(environment)
    command(["serve", *([] if kept is None else [f"--fd={kept.detach()}"])])


@dataclass(frozen=True)
class Api:
    """Requests with somebody's token; each carries what it needs."""

    url: str
    token: str

    def get(self, path: str, **params: Any) -> Any:
        """The answer to a read."""
        return self._send("GET", path, params=params).json()

    def content(self, path: str) -> bytes:
        """The very bytes of an answer."""
        return self._send("GET", path).content

    def send(self, method: str, path: str, body: Any = None, *, seen: str | None = None) -> Any:
        """A write; `seen` is the path whose version it goes by."""
        headers = {"Idempotency-Key": os.urandom(16).hex()}
        if seen is not None:
            headers["If-Match"] = self._send("GET", seen).headers["etag"]
        answer = self._send(method, path, json=body, headers=headers)
        return answer.json() if answer.content else None

    def upload(self, path: str, text: str, **params: Any) -> Any:
        """Send a CSV file."""
        headers = {"Idempotency-Key": os.urandom(16).hex(), "Content-Type": "text/csv"}
        return self._send("POST", path, headers=headers, params=params, content=text.encode()).json()

    def _send(self, method: str, path: str, headers: dict[str, str] | None = None, **rest: Any) -> httpx.Response:
        answer = httpx.request(
            method,
            f"{self.url}/api/v1/{path}",
            headers={"Authorization": f"Bearer {self.token}", **(headers or {})},
            timeout=30,
            **rest,
        )
        assert answer.is_success, answer.text
        return answer
