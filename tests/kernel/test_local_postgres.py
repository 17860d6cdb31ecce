"""The local server, with real servers and real kills."""

import os
import pwd
import signal
import subprocess
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text

from puumerkki.kernel.embedded_postgres import local_postgres, server_host
from puumerkki.kernel.embedded_postgres.local_postgres import ensure_database, ensure_running, stop
from puumerkki.kernel.embedded_postgres.server_binaries import EXTENSIONS
from tests.kernel.local_servers import (
    FAST,
    ROOT,
    ask,
    needs_root,
    postmaster,
    program,
    until,
)


def test_cold_then_warm(home: Path) -> None:
    began = time.monotonic()
    server = ensure_running(home / "data", FAST)
    cold = time.monotonic() - began
    pid = postmaster(home / "data")
    began = time.monotonic()
    assert ensure_running(home / "data") == server
    print(f"cold {cold:.2f} s, warm {time.monotonic() - began:.3f} s")
    assert postmaster(home / "data") == pid

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
def test_a_live_server_is_seen_though_a_parent_was_closed(home: Path) -> None:
    server = ensure_running(home / "data", FAST)
    pid = postmaster(home / "data")
    (home / "data").chmod(0o700)
    assert ensure_running(home / "data") == server
    assert local_postgres._processes(home / "data" / "postgres").keys() >= {pid}
    stop(home / "data")
    assert not Path(f"/proc/{pid}/exe").exists()  # gone, or a zombie that waits for init


def test_a_long_path_with_odd_letters(home: Path) -> None:
    data_dir = home / ("pitkä 'kansio\" $x" * 8) / ("x" * 100)
    server = ensure_running(data_dir, FAST)
    assert len(os.fsencode(server.socket_dir / f".s.PGSQL.{server.port}")) <= 107
    assert ask(server, "select 1") == 1
    assert ask(ensure_running(data_dir), "select 1") == 1


@pytest.mark.usefixtures("cluster")
def test_programs_at_once_bring_a_killed_server_back_once(home: Path) -> None:
    """Whoever comes first starts it; what was committed is there, what was not is gone."""
    server = ensure_running(home / "data", {**FAST, "fsync": "on"})
    ask(server, "create table kept (n int)")
    ask(server, "insert into kept values (7)")
    half = psycopg.connect(server.url("postgres"))
    half.execute("insert into kept values (8)")
    os.kill(postmaster(home / "data"), signal.SIGKILL)
    body = "print(lp.ensure_running(Path(sys.argv[1]), FAST).port, flush=True)"
    programs = [program(body, home / "data") for _ in range(3)]
    told = [each.communicate(timeout=60) for each in programs]
    half.close()
    assert [each.returncode for each in programs] == [0, 0, 0], told
    assert ask(ensure_running(home / "data"), "select array_agg(n) from kept") == [7]


@pytest.mark.usefixtures("cluster")
def test_every_process_of_the_server_is_killed(home: Path) -> None:
    """As when the machine loses its power: the pid file and the sockets lie about."""
    server = ensure_running(home / "data", {**FAST, "fsync": "on"})
    ask(server, "create table kept as select 7 as n")
    while alive := local_postgres._processes(home / "data" / "postgres"):
        server_host.signal_all(alive, signal.SIGKILL)
    assert (home / "data" / "postgres" / "postmaster.pid").exists()
    assert ask(ensure_running(home / "data", FAST), "select n from kept") == 7


@needs_root
def test_root_and_then_the_servers_user_share_a_folder_that_is_theirs(home: Path) -> None:
    """A folder of the unprivileged user serves root too, and its server goes on for both."""
    home.chmod(0o777)
    body = "become_nobody(); print(lp.ensure_running(Path(sys.argv[1]), FAST).port)"
    with program(body, home / "data") as ordinary:
        _, err = ordinary.communicate(timeout=60)
    assert ordinary.returncode == 0, err
    pid = postmaster(home / "data")
    assert ask(ensure_running(home / "data"), "select 1") == 1
    assert postmaster(home / "data") == pid
