"""`serve` on a socket that is open already."""

import socket
from pathlib import Path

import pytest
import typer

from puumerkki.cli.serving import inherited


def test_a_listening_socket_is_taken_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as kept:
        taken = inherited(kept.fileno())
        assert (taken.getsockname(), taken.family) == (kept.getsockname(), socket.AF_INET)
        taken.detach()


def test_what_does_not_listen_is_refused(tmp_path: Path) -> None:
    with socket.socket() as idle, (tmp_path / "file").open("w") as file:
        for fd in (idle.fileno(), file.fileno()):
            with pytest.raises(typer.Exit):
                inherited(fd)
        idle.getsockname()
