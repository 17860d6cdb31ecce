"""The whole service as people meet it: the API with its worker and the built app in a process of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import httpx
import psycopg
from sqlmodel import col, select

from puumerkki.identity.models import User
from puumerkki.identity.service.sessions import StartedSession, start_session
from puumerkki.kernel.db import make_engine, make_sessions, transaction
from puumerkki.kernel.embedded_postgres import local_postgres
from tests.ports import free_port
from tests.waiting import until

COMMAND = str(Path(sys.executable).with_name("puumerkki"))
PUBLIC = "http://testserver"
"""What the world calls itself, wherever a copy of it is served: endorsements and tokens name their issuer."""
SECONDS = 180


@dataclass
class Site:
    """One running service on a database of its own."""

    server: local_postgres.LocalServer
    database: str
    folder: Path
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    _kept: socket.socket | None = None
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where browsers reach it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What the process said."""
        return self.folder / "log"

    def start(self) -> "Site":
        """Serve; back once it answers."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PUUMERKKI_", "DATABASE_"))}
        name = str(psycopg.conninfo.conninfo_to_dict(self.database)["dbname"])
        environment = {
            **kept,
            "DATABASE_URL": self.database,
            "PUUMERKKI_MIGRATION_DATABASE_URL": self.server.url(name),
            "PUUMERKKI_SECRET": os.environ["PUUMERKKI_SECRET"],
            "PUUMERKKI_PUBLIC_URL": PUBLIC,
            "PUUMERKKI_ALLOWED_ORIGINS": f'["{self.url}"]',
            "PUUMERKKI_DATA_DIR": str(self.folder),
            "PUUMERKKI_PORT": str(self.port),
            "PUUMERKKI_LOG_LEVEL": "error",
            **self.extra,
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        fds = () if self._kept is None else (self._kept.fileno(),)
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [COMMAND, "serve", *(f"--fd={fd}" for fd in fds)],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=fds,
            )
        ends = time.monotonic() + SECONDS
        while not self._answers():
            assert self._process.poll() is None, self.log.read_text()
            assert time.monotonic() < ends, self.log.read_text()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.05)
        return self

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/v1/health").is_success
        except httpx.TransportError:
            return False

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End the process as an operator does, or as a crash does."""
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(30)
            self._process = None

    def keep_socket(self) -> "Site":
        """From the next start on the listening socket is ours and outlives the process, as a service manager's does."""
        self._kept = socket.create_server(("127.0.0.1", self.port))
        return self

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
