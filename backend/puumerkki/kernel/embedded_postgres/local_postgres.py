"""A PostgreSQL server of our own on this machine: found, initialised, started, shared and stopped.

It listens on a Unix socket only; all that changes its state happens under one file lock. Linux only.
"""

import errno
import os
import re
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import psycopg
from psycopg import pq, sql

from puumerkki.kernel.embedded_postgres.server_binaries import ServerBinaries, find_binaries, updated_since
from puumerkki.kernel.embedded_postgres.server_host import (
    PORT,
    LocalPostgresError,
    explained,
    locked,
    make_folders,
    output,
    refuse_unreachable,
    server_process,
    server_uid,
    signal_all,
    socket_dir_of,
    user_name,
)

OWNER, APP, DATABASE, LOCALE = "puumerkki_owner", "puumerkki_app", "puumerkki", "C.UTF-8"
SETTINGS: Mapping[str, str] = {"max_connections": "200", "shared_buffers": "256MB"}
_START_SECONDS = 300  # crash recovery of a large database takes its time
_LOG_BYTES = 10_000_000
# The shell runs as the server's user in the folder: root in a container may not read others' /proc/*/cwd, and
# parents that were closed meanwhile do not matter. Its own number comes first and must be among the finds.
_SCAN = """
echo $$
for p in /proc/[0-9]*; do
    [ "$p/cwd" -ef . ] && read -r name <"$p/comm" && echo "${p#/proc/} $name"
done
"""


@dataclass(frozen=True)
class LocalServer:
    """A running server; `data_dir` holds the cluster in its folder `postgres`."""

    data_dir: Path
    socket_dir: Path
    port: int

    def url(self, database: str = DATABASE, user: str = OWNER) -> str:
        """A libpq URL; for SQLAlchemy replace the scheme with `postgresql+psycopg`."""
        where = f"host={quote(str(self.socket_dir), safe='/')}&port={self.port}"
        return f"postgresql://{quote(user, safe='')}@/{quote(database, safe='')}?{where}"


def ensure_running(data_dir: Path, settings: Mapping[str, str] | None = None, *, renewed: bool = True) -> LocalServer:
    """The server of this data folder, initialised and started if need be; `settings` count for a start.

    `renewed`: one that is older than its binaries, whose package was updated meanwhile, is restarted.
    """
    data_dir = Path(os.path.realpath(data_dir))
    with explained(data_dir):
        make_folders(data_dir)
        owner = data_dir.stat().st_uid
        if owner not in (os.geteuid(), server_uid()):
            raise LocalPostgresError(
                f"The data folder {data_dir} belongs to {user_name(owner)}, not to us. "
                f"Run as that user, change its owner to {user_name(os.geteuid())}, or set PUUMERKKI_DATA_DIR."
            )
        with locked(data_dir):
            return _ensure_running(data_dir, {**SETTINGS, **(settings or {})}, renewed)


def ensure_database(server: LocalServer, database: str = DATABASE) -> None:
    """Create the database and the login role `puumerkki_app`, each if absent; the role may connect to it."""
    with explained(server.data_dir), locked(server.data_dir), _connected(server) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            create = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE {}")
            connection.execute(create.format(sql.Identifier(database), sql.Literal(LOCALE)))
        _refuse_other_than_utf8(connection, database)
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP]).fetchone():
            create = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS")
            connection.execute(create.format(sql.Identifier(APP)))
        grant = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
        connection.execute(grant.format(sql.Identifier(database), sql.Identifier(APP)))


def stop(data_dir: Path, mode: Literal["fast", "immediate"] = "fast") -> None:
    """Stop the server of this data folder and wait until it is gone; nothing happens if none runs."""
    data_dir = Path(os.path.realpath(data_dir))
    with explained(data_dir):
        if (data_dir / "postgres").is_dir():
            with locked(data_dir):
                _stop(data_dir, mode)


def _processes(folder: Path) -> dict[int, str]:
    """The server's processes in this folder. A pid file proves nothing: the number may be a stranger's."""
    own, *found = output(["sh", "-c", _SCAN], cwd=folder).splitlines() or [""]
    names = {int(pid): name for pid, name in (line.split(" ", 1) for line in found)}
    if not own or names.pop(int(own), None) is None:
        raise LocalPostgresError(
            f"/proc does not tell whether a server runs in {folder}. Mount it, or set DATABASE_URL."
        )
    return {pid: name for pid, name in names.items() if name in ("postgres", "initdb", "pg_ctl")}


def _pid_file(data_dir: Path) -> tuple[int, LocalServer | None]:
    """The number in the pid file (0: none) and the server that it tells of, as far as it is written."""
    try:
        lines = (data_dir / "postgres" / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return 0, None
    pid = int(lines[0]) if lines and lines[0].isdigit() else 0
    if len(lines) < 5 or not lines[3].isdigit() or not lines[4]:
        return pid, None
    return pid, LocalServer(data_dir, Path(lines[4]), int(lines[3]))


def _ping(server: LocalServer | None) -> pq.Ping:
    if server is None:
        return pq.Ping.NO_RESPONSE
    return pq.Ping(pq.PGconn.ping(server.url("postgres").encode() + b"&connect_timeout=5"))


@contextmanager
def _connected(server: LocalServer) -> Iterator[psycopg.Connection]:
    with psycopg.connect(server.url("postgres"), autocommit=True, connect_timeout=30) as connection:
        yield connection


def _refuse_other_than_utf8(connection: psycopg.Connection, database: str) -> None:
    query = "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = %s"
    encoding, ctype = connection.execute(query, [database]).fetchone() or ("none", "none")
    if encoding != "UTF8" or not re.search(r"utf-?8", ctype, re.IGNORECASE):
        raise LocalPostgresError(
            f"The database {database} has encoding {encoding} and ctype {ctype}, which cannot lower Ä. "
            f"Dump it and load it into a cluster made with `initdb -E UTF8 --locale={LOCALE}`."
        )


def _ensure_running(data_dir: Path, settings: Mapping[str, str], renewed: bool) -> LocalServer:
    cluster = data_dir / "postgres"
    failure: LocalPostgresError | None = None
    began, starts = time.monotonic(), 0
    _prepare_cluster(data_dir, settings)
    while True:
        pid, server = _pid_file(data_dir)
        ping = _ping(server)
        if server and ping is pq.Ping.OK:
            with _connected(server) as connection:
                row = connection.execute("SHOW data_directory").fetchone()
                if row and os.path.realpath(row[0]) == str(cluster):
                    if renewed and not starts and updated_since(connection.info.server_version, data_dir):
                        _stop(data_dir, "fast")
                        continue
                    try:
                        _refuse_other_than_utf8(connection, "postgres")
                    except LocalPostgresError:
                        if starts:
                            _stop(data_dir, "fast")
                        raise
                    return server
        alive = _processes(cluster)
        waited = time.monotonic() - began
        if not alive:
            if starts == 3 or failure:
                raise failure or LocalPostgresError(
                    f"The server in {data_dir} ends right after its start. See {data_dir / 'postgres.log'}."
                )
            (cluster / "postmaster.pid").unlink(missing_ok=True)
            starts += 1
            # A failure counts only if no server is there afterwards: a killed program may have started it.
            failure = _start(data_dir, settings)
            continue
        if waited > (_START_SECONDS if ping is pq.Ping.REJECT or pid not in alive else 30):
            raise LocalPostgresError(
                f"The server in {data_dir} (process {pid}) runs but does not answer. "
                f"Stop it and start again, see {data_dir / 'postgres.log'}."
            )
        if waited > 2 and pid not in alive and "pg_ctl" not in alive.values():
            signal_all(alive, signal.SIGQUIT)  # backends whose postmaster was killed while they were busy
        time.sleep(0.05)


def _prepare_cluster(data_dir: Path, settings: Mapping[str, str]) -> None:
    cluster = data_dir / "postgres"
    if cluster.exists():
        _refuse_foreign(cluster)
        if (cluster / "PG_VERSION").exists():
            return
        if any(cluster.iterdir()):
            raise LocalPostgresError(f"{cluster} holds something else than a database. Move it aside.")
    refuse_unreachable(data_dir)
    binaries = find_binaries(copies=data_dir)
    new = data_dir / "postgres.new"  # renamed when whole, so half an initdb is never taken for a cluster
    if new.exists():
        while left := _processes(new):
            signal_all(left, signal.SIGKILL)
            time.sleep(0.02)
        shutil.rmtree(new)
    new.mkdir(0o700)
    os.chown(new, server_uid(), -1)
    command = ["initdb", "-D", str(new), "-E", "UTF8", f"--locale={LOCALE}", "-U", OWNER, "--auth=trust"]
    if settings.get("fsync") == "off":
        command.append("--no-sync")
    if failure := _run(binaries, command, new, data_dir):
        raise failure
    new.rename(cluster)
    folder = os.open(data_dir, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _refuse_foreign(cluster: Path) -> None:
    if not cluster.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "Not a directory", str(cluster))
    owner, uid = cluster.stat().st_uid, server_uid()
    if owner != uid:
        raise LocalPostgresError(
            f"The database folder {cluster} belongs to {user_name(owner)}, the server would run as {user_name(uid)}. "
            "Run as that user, change the folder's owner, or set PUUMERKKI_DATA_DIR."
        )


def _start(data_dir: Path, settings: Mapping[str, str]) -> LocalPostgresError | None:
    refuse_unreachable(data_dir)
    cluster = data_dir / "postgres"
    major = (cluster / "PG_VERSION").read_text().strip()
    binaries = find_binaries(int(major) if major.isdigit() else 0, copies=data_dir)
    socket_dir = socket_dir_of(data_dir)
    for left in socket_dir.glob(".s.PGSQL.*"):  # a killed server that nobody reaps counts as alive to the next one
        left.unlink()
    ours = {"listen_addresses": "", "port": str(PORT), "unix_socket_directories": str(socket_dir)}
    pairs = [f"{name}={value}" for name, value in {**settings, **ours}.items()]
    options = shlex.join(part for pair in pairs for part in ("-c", pair))
    # `-D .`: pg_ctl pastes the path into a shell's command line, where quotes and dollars would harm.
    command = ["pg_ctl", "start", "-w", "-t", str(_START_SECONDS), "-D", ".", "-o", options]
    return _run(binaries, command, cluster, data_dir)


def _run(found: ServerBinaries, command: list[str], cwd: Path, data_dir: Path) -> LocalPostgresError | None:
    """Runs in `cwd`, where `_processes` finds it. Output goes to a file: a pipe would last as the server."""
    log = data_dir / "postgres.log"
    with suppress(FileNotFoundError):
        if log.stat().st_size > _LOG_BYTES:
            log.replace(data_dir / "postgres.log.1")
    with open(os.open(log, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600), "a+b") as output:
        before = output.seek(0, os.SEEK_END)
        done = subprocess.run(
            [found.bin_dir / command[0], *command[1:]],
            stdout=output,
            stderr=output,
            start_new_session=True,
            check=False,
            **server_process(cwd),
        )
        if done.returncode == 0:
            return None
        output.seek(before)
        said = output.read().decode(errors="replace")
    if "No space left on device" in said:
        raise OSError(errno.ENOSPC, "No space left on device")
    telling = re.findall(r"(?:FATAL|PANIC|ERROR|error): +(.+)", said) or said.strip().splitlines()[-1:]
    reason = telling[0] if telling else f"{command[0]} returned {done.returncode}"
    return LocalPostgresError(f"PostgreSQL's {command[0]} failed in {data_dir}: {reason}. See {log}.")


def _stop(data_dir: Path, mode: Literal["fast", "immediate"]) -> None:
    cluster = data_dir / "postgres"
    _refuse_foreign(cluster)
    pid, server = _pid_file(data_dir)
    began, asked = time.monotonic(), False
    while alive := _processes(cluster):
        if not asked and pid in alive:  # never by the pid file alone, as pg_ctl would
            signal_all({pid: ""}, signal.SIGINT if mode == "fast" else signal.SIGQUIT)
        elif not asked:
            signal_all(alive, signal.SIGQUIT)
        asked = True
        if time.monotonic() - began > 60:
            raise LocalPostgresError(f"The server in {data_dir} does not stop. Look at process {pid}.")
        time.sleep(0.02)
    if server:
        with suppress(OSError):
            server.socket_dir.rmdir()
