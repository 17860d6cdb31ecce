"""HEAD over raw sockets: each GET route's errors have a GET's headers and no body, and the connection stays in step.

A client library would hide it: it throws away what comes after the headers.
"""

import logging
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import psycopg
import pytest
from fastapi.routing import APIRoute

from puumerkki.kernel.embedded_postgres.local_postgres import LocalServer
from puumerkki.web.app import ROUTERS
from tests.conftest import drop_database, make_database, owner_url
from tests.web.served import Served, served

OWN = {"date", "x-request-id", "transfer-encoding"}
"""Headers that two answers need not share; HEAD may leave out how a body would be carried."""
ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
GETS = sorted({route.path for route in ROUTES if "GET" in route.methods})
WRITES = sorted({route.path for route in ROUTES} - set(GETS))
ELSEWHERE = ("/", "/fi", "/nothing", "/config.json", "/docs", "/openapi.json", "/metrics", "/api/v1/nothing/at/all")
ENDLESS = "/api/v1/events/stream"


@pytest.fixture(scope="module")
def server_url(server: LocalServer, template: str) -> Iterator[Served]:
    database = make_database(server, template)
    with served(database) as running:
        yield running
    drop_database(server, database)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Connection:
    """One connection that is kept; whatever is left over of an answer spoils the next one."""

    def __init__(self, url: str) -> None:
        host, port = url.removeprefix("http://").split(":")
        self._socket = socket.create_connection((host, int(port)), timeout=20)
        self._read = self._socket.makefile("rb")

    def ask(self, method: str, path: str, *headers: str) -> Answer:
        lines = [f"{method} {path} HTTP/1.1", "Host: testserver", *headers]
        self._socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        version, status = self._read.readline().split(b" ")[:2]
        assert version == b"HTTP/1.1", "the connection is out of step"
        found: dict[str, str] = {}
        while line := self._read.readline().strip():
            name, _, value = line.decode().partition(":")
            found[name.lower()] = value.strip()
        assert found.get("connection") != "close"
        return Answer(int(status), found, b"" if method == "HEAD" else self._body(found))

    def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return self._read.read(int(headers.get("content-length", 0)))
        body = b""
        while size := int(self._read.readline(), 16):
            body += self._read.read(size)
            self._read.readline()
        self._read.readline()
        return body

    def close(self) -> None:
        self._read.close()
        self._socket.close()


@pytest.fixture
def connection(server_url: Served, caplog: pytest.LogCaptureFixture) -> Iterator[Connection]:
    made = Connection(server_url.url)
    yield made
    made.close()
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


def _same(connection: Connection, path: str, *headers: str) -> int:
    """HEAD, then GET on the same connection: what they say is the same; the status."""
    head = connection.ask("HEAD", path, *headers)
    get = connection.ask("GET", path, *headers)
    said = [{name: value for name, value in one.headers.items() if name not in OWN} for one in (head, get)]
    if get.headers["content-type"].startswith("text/html"):  # each page has a nonce of its own
        for one in said:
            one["content-security-policy"] = re.sub(r"nonce-[\w-]+", "", one.get("content-security-policy", ""))
    assert (head.status, said[0]) == (get.status, said[1]), path
    if get.status >= 400 and path.startswith("/api/"):
        assert get.headers["content-type"] == "application/problem+json"
        assert int(head.headers["content-length"]) == len(get.body) > 0
    return get.status


def _filled(path: str) -> str:
    """The path with names that nothing has."""
    return re.sub(r"\{[^}]*\}", str(uuid4()), path)


@pytest.mark.parametrize("path", GETS)
def test_each_read_and_its_errors(connection: Connection, path: str) -> None:
    known = _filled(path)
    if path == ENDLESS:
        assert connection.ask("HEAD", known).headers["content-type"].startswith("text/event-stream")
    else:
        _same(connection, known)
    bad = re.sub(r"\{[^}]*\}", "no-id%20", path)
    statuses = {
        _same(connection, known, "Authorization: Bearer nothing"),
        _same(connection, f"{known}?limit=0&nothing=%00"),
        _same(connection, f"{known}/nothing/there"),
    }
    if bad != path:
        statuses.add(_same(connection, bad))
    assert min(statuses) >= 400
    assert _same(connection, "/api/v1/health/serving") == 200


def test_what_only_takes_writes(connection: Connection) -> None:
    statuses = [_same(connection, _filled(path)) for path in WRITES]
    assert min(statuses) >= 400 and statuses.count(405) > len(statuses) / 2


def test_addresses_outside_the_api(connection: Connection) -> None:
    for path in ELSEWHERE:
        _same(connection, path)
        _same(connection, path, "Accept: text/html")


def test_a_fault_of_the_service(connection: Connection, server_url: Served, server: LocalServer) -> None:
    owner = owner_url(server, server_url.database)
    with psycopg.connect(owner, autocommit=True) as database:
        database.execute("insert into worker_loop (name, beat_at) values ('sealer', '2020-01-01')")
        assert _same(connection, "/api/v1/health") == 503
        database.execute("alter table network rename to away")
        assert _same(connection, "/api/v1/networks") == 500
        assert _same(connection, "/api/v1/health/serving") == 200
        database.execute("alter table away rename to network")
        database.execute("delete from worker_loop")


def test_too_much_is_said_as_a_problem(connection: Connection) -> None:
    size = 1_000_000_000
    answer = connection.ask("POST", "/api/v1/auth/login", "Content-Type: application/json", f"Content-Length: {size}")
    assert (answer.status, answer.headers["content-type"]) == (413, "application/problem+json")
    assert b'"code":"too_large"' in answer.body
    assert answer.headers["x-content-type-options"] == "nosniff" and "x-request-id" in answer.headers
