"""A package update under a running server: the next start restarts it, and the doctor names it before."""

from pathlib import Path

import pytest

from puumerkki.doctor import Level, examine
from puumerkki.kernel.embedded_postgres.local_postgres import ensure_running, stop
from puumerkki.kernel.embedded_postgres.server_binaries import find_binaries, updated_since
from puumerkki.kernel.settings import get_settings
from tests.kernel.local_servers import FAST, ask, postmaster


def _updated(home: Path) -> Path:
    """The same binaries under another name, that say to be a minor version newer."""
    real = find_binaries(copies=home)
    folder = home / "updated" / "bin"
    folder.mkdir(parents=True)
    if (real.bin_dir.parent / "share").exists():
        (folder.parent / "share").symlink_to(real.bin_dir.parent / "share")
    for program in ("initdb", "pg_ctl", "pg_config", "postgres"):
        version = f"postgres (PostgreSQL) {real.major}.{real.minor + 1}"
        first = f"[ \"$1\" = --version ] && echo '{version}' && exit\n" if program == "postgres" else ""
        (folder / program).write_text(f'#!/bin/sh\n{first}exec "{real.bin_dir / program}" "$@"\n')
        (folder / program).chmod(0o755)
    return folder


@pytest.mark.usefixtures("cluster")
async def test_a_server_older_than_its_binaries(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = ensure_running(home / "data", FAST)
    before = postmaster(home / "data")
    ensure_running(home / "data", FAST)
    assert postmaster(home / "data") == before, "nothing was updated"

    monkeypatch.setenv("PUUMERKKI_POSTGRES_BIN", str(_updated(home)))
    monkeypatch.setenv("PUUMERKKI_DATA_DIR", str(home / "data"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    get_settings.cache_clear()
    [said] = [one async for one in examine() if one.code == "embedded_server"]
    assert said.level is Level.fault and "were updated to" in said.what and said.mend is not None
    assert postmaster(home / "data") == before, "the doctor changes nothing"

    again = ensure_running(home / "data", FAST)
    assert postmaster(home / "data") != before
    assert ask(again, "select 1") == 1
    assert again.url() == server.url()
    stop(home / "data")


def test_what_counts_as_an_update(home: Path) -> None:
    found = find_binaries(copies=home)
    number = found.major * 10_000 + found.minor
    assert updated_since(number, home) is None
    assert updated_since(number + 1, home) is None, "an older package is no update"
    if found.minor:
        assert updated_since(number - 1, home) == found
    assert updated_since(990_000, home) is None, "there are no binaries of this version"
