"""Folders for local servers."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from puumerkki.kernel.embedded_postgres.local_postgres import ensure_running, stop
from tests.kernel.local_servers import FAST, own_folder


@pytest.fixture
def home() -> Iterator[Path]:
    with own_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    with own_folder() as folder:
        ensure_running(folder / "data", FAST)
        stop(folder / "data")
        yield folder / "data"


@pytest.fixture
def cluster(home: Path, made: Path) -> None:
    """`home / "data"` holds a stopped cluster: a copy takes a tenth of an initdb's time."""
    subprocess.run(["cp", "-a", str(made), str(home / "data")], check=True)
