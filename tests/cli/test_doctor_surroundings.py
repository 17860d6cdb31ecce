"""The doctor and what stands around an installation: a pooler, a clock that is wrong, a disk that is full."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from puumerkki.cli import app
from puumerkki.doctor import Level, examine
from puumerkki.kernel import clock
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.settings import get_settings
from tests.ports import free_port

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
Pooler = Callable[[str], None]


@pytest.fixture
def pooled(
    server: local_postgres.LocalServer, committed_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Pooler]:
    """Puts PgBouncer in the given mode between us and the database."""
    if PGBOUNCER is None:
        pytest.skip("pgbouncer is not installed (apt-get install pgbouncer)")
    name = str(psycopg.conninfo.conninfo_to_dict(committed_database)["dbname"])
    begun: list[subprocess.Popen[bytes]] = []

    def begin(mode: str) -> None:
        port = free_port()
        folder = Path(f"/tmp/puumerkki-pooler-{port}")
        folder.mkdir()
        (folder / "users").write_text('"puumerkki_app" ""\n')
        (folder / "ini").write_text(
            f"[databases]\n* = host={server.socket_dir} port={server.port}\n[pgbouncer]\npool_mode = {mode}\n"
            f"listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = trust\n"
            f"auth_file = {folder}/users\nignore_startup_parameters = options, extra_float_digits\n"
        )
        as_user = ["-u", "nobody"] if os.geteuid() == 0 else []
        process = subprocess.Popen([PGBOUNCER, "-q", *as_user, f"{folder}/ini"], stderr=subprocess.DEVNULL)
        begun.append(process)
        url = f"postgresql://puumerkki_app@127.0.0.1:{port}/{name}"
        while process.poll() is None and psycopg.pq.PGconn.ping(url.encode()) != psycopg.pq.Ping.OK:
            pass
        shutil.rmtree(folder)
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("PUUMERKKI_MIGRATION_DATABASE_URL", server.url(name))
        monkeypatch.setenv("PUUMERKKI_DATA_DIR", str(tmp_path))
        get_settings.cache_clear()

    yield begin
    for process in begun:
        process.terminate()
        process.wait(20)


@pytest.mark.parametrize(("mode", "heard"), [("transaction", Level.fault), ("session", Level.ok)])
async def test_a_pooler_between(pooled: Pooler, mode: str, heard: Level) -> None:
    """In transaction mode it swallows what LISTEN should hear."""
    pooled(mode)
    found = {one.code: one async for one in examine()}
    assert found["listen"].level is heard
    assert "pooler" in found["listen"].what
    assert found["connection_options"].level is Level.warning


@pytest.mark.parametrize(
    ("seconds", "level"), [(0, Level.ok), (-10, Level.warning), (10, Level.warning), (60, Level.fault)]
)
async def test_clocks_that_differ(
    committed_database: str, monkeypatch: pytest.MonkeyPatch, seconds: int, level: Level
) -> None:
    monkeypatch.setenv("DATABASE_URL", committed_database)
    with clock.fixed(clock.now() + timedelta(seconds=seconds)):
        found = {one.code: one async for one in examine()}
    assert found["clock"].level is level


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of ten megabytes."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=10m", "tmpfs", str(tmp_path)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let us mount a small disk")
    yield tmp_path
    subprocess.run(["umount", str(tmp_path)], check=True)


async def test_a_disk_that_is_nearly_full(monkeypatch: pytest.MonkeyPatch, small_disk: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PUUMERKKI_DATA_DIR", str(small_disk / "data"))
    found = {one.code: one async for one in examine()}
    assert found["disk"].level is Level.fault


def test_without_any_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PUUMERKKI_DATA_DIR", str(tmp_path / "new"))
    done = CliRunner().invoke(app, ["doctor"])
    assert "! embedded_server" in done.output
    assert not (tmp_path / "new").exists()
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "postgres").write_text("mine")
    monkeypatch.setenv("PUUMERKKI_DATA_DIR", str(tmp_path / "taken"))
    done = CliRunner().invoke(app, ["doctor"])
    assert (done.exit_code, "✗ embedded_server" in done.output, "in the way" in done.output) == (1, True, True)
