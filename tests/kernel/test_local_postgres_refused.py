"""What the local server refuses, each time with a sentence that says what to do."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from puumerkki.kernel.embedded_postgres import server_host
from puumerkki.kernel.embedded_postgres.local_postgres import ensure_database, ensure_running, stop
from puumerkki.kernel.embedded_postgres.server_host import LocalPostgresError
from tests.kernel.local_servers import (
    FAST,
    ask,
    initdb,
    needs_root,
    program,
)


@pytest.mark.usefixtures("cluster")
def test_a_database_of_the_c_locale_is_refused(home: Path) -> None:
    server = ensure_running(home / "data", FAST)
    ask(server, "create database puumerkki template template0 encoding 'UTF8' locale 'C'")
    with pytest.raises(LocalPostgresError, match="cannot lower Ä"):
        ensure_database(server)


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


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """A disk of that size on a new folder; the test is skipped where the machine does not let us mount one."""
    folder.mkdir()
    options = f"size={megabytes}m,mode=755"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let us mount a small disk")
    try:
        yield
    finally:
        for lock in folder.rglob("postgres.lock"):
            with suppress(LocalPostgresError):
                stop(lock.parent, "immediate")
        subprocess.run(["umount", "--lazy", folder], check=True)


@needs_root
def test_a_disk_too_small_to_begin_with(home: Path) -> None:
    with small_disk(home / "small", 8), pytest.raises(LocalPostgresError, match="is full"):
        ensure_running(home / "small" / "data", FAST)


@needs_root
def test_a_disk_that_is_full_at_a_later_start_and_then_has_room(home: Path, made: Path) -> None:
    with small_disk(home / "small", 120):
        data_dir = home / "small" / "data"
        subprocess.run(["cp", "-a", str(made), str(data_dir)], check=True)
        subprocess.run(["dd", "if=/dev/zero", f"of={home}/small/ballast"], capture_output=True, check=False)
        with pytest.raises(LocalPostgresError, match="is full"):
            ensure_running(data_dir, FAST)
        (home / "small" / "ballast").unlink()
        assert ask(ensure_running(data_dir, FAST), "select 1") == 1


@needs_root
@pytest.mark.parametrize("before", ["nothing", "a cluster"])
def test_a_disk_that_is_read_only(home: Path, made: Path, before: str) -> None:
    with small_disk(home / "small", 120):
        data_dir = home / "small" / "data"
        if before == "a cluster":
            subprocess.run(["cp", "-a", str(made), str(data_dir)], check=True)
        subprocess.run(["mount", "-o", "remount,ro", str(home / "small")], check=True)
        with pytest.raises(LocalPostgresError, match=r"may not write .*Correct its mode, or set PUUMERKKI_DATA_DIR"):
            ensure_running(data_dir, FAST)


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
