"""`--server`: how it is asked, and each way in which that fails is one sentence."""

import socket
import subprocess
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import httpx
import pytest
from typer.testing import CliRunner

from puumerkki.cli import app, remote
from puumerkki.cli.remote_options import CLIENT_ID, SECRET
from tests.cli.elsewhere import LIST, Elsewhere, Said, elsewhere, list_of, run, said
from tests.cli.relay import Relay
from tests.ports import free_port

__all__ = ["elsewhere", "run"]
COMMAND = str(Path(sys.executable).with_name("puumerkki"))


def test_a_lost_answer_is_asked_for_again_and_nothing_is_done_twice(
    elsewhere: Elsewhere, run: Callable[..., Said], tmp_path: Path
) -> None:
    lost: list[bytes] = []

    def loses(request: bytes) -> bool:
        what = request.split(b"?")[0].split(b"/")[-1][:7]
        if request.startswith(b"POST") and b"/api/v1/imports" in request[:60] and what not in lost:
            lost.append(what)
            return True
        return False

    before = len(elsewhere.get("/imports")["items"])
    file = list_of(tmp_path, "Hakemus\nKatkos\n")
    with Relay(elsewhere.site.port, loses) as relay:
        stored = run("import", "applications", file, f"--organisation={elsewhere.organisation}", url=relay.url)
    assert stored.code == 0, stored.text
    assert len(lost) == 2
    assert "1 new" in stored.text
    assert len(elsewhere.get("/imports")["items"]) == before + 1


def test_a_token_that_ends_is_renewed_meanwhile(
    elsewhere: Elsewhere, run: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens: list[bytes] = []

    def hears(request: bytes) -> bool:
        tokens.extend([request] if request.startswith(b"POST /api/v1/oauth/token") else [])
        return False

    monkeypatch.setattr(remote, "SOON_OVER", 10**6)
    there = f"--organisation={elsewhere.organisation}"
    with Relay(elsewhere.site.port, hears) as relay:
        tried = run("import", "applications", list_of(tmp_path, LIST), there, "--dry-run", url=relay.url)
    assert tried.code == 0, tried.text
    assert len(tokens) >= 2


def test_a_connection_that_stays_lost_is_said(
    elsewhere: Elsewhere, run: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "WAITS", (0,))
    with Relay(elsewhere.site.port, lambda request: b"/api/v1/imports?" in request[:60]) as relay:
        there = f"--organisation={elsewhere.organisation}"
        lost = run("import", "applications", list_of(tmp_path, LIST), there, url=relay.url)
    assert lost.code == 1
    assert lost.text == f"The connection to {relay.url} was lost. {remote.AGAIN}"


def test_who_may_not_and_who_is_not_known_are_told(
    elsewhere: Elsewhere, run: Callable[..., Said], tmp_path: Path
) -> None:
    file = list_of(tmp_path, LIST)
    wrong = run("import", "applications", file, f"--organisation={elsewhere.organisation}", secret="wrong")
    assert (wrong.code, "or the secret is wrong" in wrong.text) == (1, True)
    assert "wrong." in wrong.text and "Traceback" not in wrong.text
    refused = run("import", "organisations", file)
    assert (refused.code, "refuses:" in refused.text) == (1, True)


def test_too_many_tries_say_how_long_to_wait(elsewhere: Elsewhere, run: Callable[..., Said], tmp_path: Path) -> None:
    stranger = str(uuid4())
    with httpx.Client(base_url=f"{elsewhere.site.url}/api/v1") as client:
        given = {"grant_type": "client_credentials"}
        while client.post("/oauth/token", data=given, auth=(stranger, "x")).status_code != 429:
            pass
    runner = CliRunner()
    command = ["--server", elsewhere.site.url, "--client-id", stranger, "undo-import", str(uuid4())]
    waiting = said(runner.invoke(app, command, env={SECRET: "x"}))
    assert waiting.code == 1
    assert "asks to wait" in waiting.text


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("http://puumerkki.example", "is not encrypted"),
        ("ftp://puumerkki.example", "takes the address that people open"),
        ("https://name:secret@puumerkki.example", "takes the address alone"),
        ("http://[", "takes the address that people open"),
    ],
)
def test_an_address_that_is_not_asked(run: Callable[..., Said], url: str, what: str) -> None:
    refused = run("undo-import", str(uuid4()), url=url)
    assert (refused.code, what in refused.text) == (1, True), refused.text


def test_a_server_that_is_down_is_said(run: Callable[..., Said]) -> None:
    down = run("undo-import", str(uuid4()), url=f"http://127.0.0.1:{free_port()}")
    assert (down.code, "cannot be reached" in down.text) == (1, True)


def test_a_server_that_does_not_answer_is_said(run: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "TIMEOUT", httpx.Timeout(0.2))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        slow = run("undo-import", str(uuid4()), url=f"http://127.0.0.1:{silent.getsockname()[1]}")
    assert (slow.code, "has not answered" in slow.text) == (1, True)


class _Other(BaseHTTPRequestHandler):
    """What is no Puumerkki: leads on, or answers with a page."""

    def do_POST(self) -> None:
        self.send_response(301 if self.path.startswith("/old") else 200)
        self.send_header("Location", "https://new.example/")
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Silence."""


@pytest.mark.parametrize(("path", "what"), [("/old", "leads on to https://new.example/"), ("", "as Puumerkki does")])
def test_what_is_no_puumerkki_is_said(run: Callable[..., Said], path: str, what: str) -> None:
    with HTTPServer(("127.0.0.1", 0), _Other) as other:
        thread = Thread(target=other.serve_forever, daemon=True)
        thread.start()
        answer = run("undo-import", str(uuid4()), url=f"http://127.0.0.1:{other.server_port}{path}")
        other.shutdown()
        thread.join(10)
    assert (answer.code, what in answer.text) == (1, True), answer.text


def test_the_secret_is_read_from_a_file_or_asked_for(elsewhere: Elsewhere, tmp_path: Path) -> None:
    file = list_of(tmp_path, elsewhere.secret + "\n", "secret")
    chosen = ["--server", elsewhere.site.url]
    undo = ["undo-import", str(uuid4())]
    known = CliRunner().invoke(app, [*chosen, f"--secret-file={file}", *undo], env={CLIENT_ID: elsewhere.client_id})
    assert "refuses:" in said(known).text
    nobody = said(CliRunner().invoke(app, [*chosen, "--client-id", elsewhere.client_id, *undo]))
    assert "No secret" in nobody.text
    assert "Say who asks" in said(CliRunner().invoke(app, [*chosen, *undo])).text
    assert "goes with import" in said(CliRunner().invoke(app, [*chosen, "doctor"])).text


def test_a_secret_that_is_asked_for_is_not_shown(elsewhere: Elsewhere) -> None:
    command = [COMMAND, "--server", elsewhere.site.url, "--client-id", elsewhere.client_id, "undo-import", str(uuid4())]
    terminal = [sys.executable, "-c", "import pty, sys; pty.spawn(sys.argv[1:])", *command]
    process = subprocess.Popen(terminal, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    assert process.stdin is not None and process.stdout is not None
    shown = b""
    while b"Secret of" not in shown:
        shown += process.stdout.read(1000)
        assert process.poll() is None, shown
    # what was typed before it was asked for is thrown away
    process.stdin.write(f"{elsewhere.secret}\n".encode())
    shown += process.communicate(timeout=60)[0]
    assert b"refuses:" in shown
    assert elsewhere.secret.encode() not in shown
