"""What the embedded server needs of the machine: its user, folders, a lock, and errors that operators can read."""

import errno
import fcntl
import hashlib
import os
import pwd
import signal
import stat
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

PORT = 5432
"""Only names the socket file: every data folder has a socket folder of its own."""


class LocalPostgresError(Exception):
    """What is wrong with the local server, and how an operator fixes it."""


def default_data_dir() -> Path:
    """PUUMERKKI_DATA_DIR; else /var/lib/puumerkki for root, the user's own data folder for others."""
    if chosen := os.environ.get("PUUMERKKI_DATA_DIR"):
        return Path(chosen)
    if os.geteuid() == 0:
        return Path("/var/lib/puumerkki")
    xdg = os.environ.get("XDG_DATA_HOME", "")
    return (Path(xdg) if os.path.isabs(xdg) else Path.home() / ".local" / "share") / "puumerkki"


def server_user() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root, for PostgreSQL refuses root; None: as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("nobody", "postgres"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise LocalPostgresError("PostgreSQL refuses root, and there is no user `nobody`. Run as another user.")


def server_uid() -> int:
    user = server_user()
    return user.pw_uid if user else os.geteuid()


def user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def server_process(cwd: Path) -> dict[str, Any]:
    """Arguments for subprocess: the server's user, an environment without our secrets and PG* variables."""
    user = server_user()
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TZ") if name in os.environ}
    identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    return {"cwd": cwd, "stdin": subprocess.DEVNULL, "env": {**kept, "LC_ALL": "C"}, **identity}


def output(command: list[Path | str], cwd: Path = Path("/")) -> str:
    rest = server_process(cwd)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, **rest)
    return str(done.stdout, errors="replace")


def signal_all(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def enters(folder: Path) -> bool:
    return output(["sh", "-c", 'cd -- "$1" && echo yes', "sh", str(folder)]) == "yes\n"


def refuse_unreachable(data_dir: Path) -> None:
    if not enters(data_dir):
        closed = next(path for path in (*reversed(data_dir.parents), data_dir) if not enters(path))
        raise LocalPostgresError(
            f"The server's user {user_name(server_uid())} may not enter {closed}. "
            f"Open it (chmod o+x), or set PUUMERKKI_DATA_DIR to a folder like /var/lib/puumerkki."
        )


def make_folders(folder: Path) -> None:
    for missing in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        with suppress(FileExistsError):
            missing.mkdir()
            # As root the server's user must pass through, whatever the umask.
            missing.chmod(0o711 if os.geteuid() == 0 else 0o700)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "Not a directory", str(folder))


@contextmanager
def locked(data_dir: Path) -> Iterator[None]:
    lock = os.open(data_dir / "postgres.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)  # not only closed: a fork of ours may hold a copy
        os.close(lock)


@contextmanager
def explained(data_dir: Path) -> Iterator[None]:
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
                said = f"We may not write or enter {place}. Correct its mode, or set PUUMERKKI_DATA_DIR."
            case errno.ENOTDIR | errno.EEXIST:
                said = f"{place} is in the way, it is no folder. Move it aside, or set PUUMERKKI_DATA_DIR."
            case _:
                said = f"The system failed us: {error}. Look at {data_dir}, or set DATABASE_URL."
        raise LocalPostgresError(said) from error


def socket_dir_of(data_dir: Path) -> Path:
    uid = server_uid()
    name = "puumerkki-" + hashlib.sha256(f"{uid}:{data_dir}".encode()).hexdigest()[:16]
    bases = [Path(os.path.realpath(base)) for base in (tempfile.gettempdir(), "/tmp")]
    short = [base for base in bases if len(os.fsencode(base / name / f".s.PGSQL.{PORT}")) <= 107]
    folder = next((base for base in short if enters(base)), bases[-1]) / name
    with suppress(FileExistsError):
        folder.mkdir(0o700)
    held = folder.lstat()
    if not stat.S_ISDIR(held.st_mode) or held.st_uid not in (uid, os.geteuid()) or held.st_mode & 0o077:
        raise LocalPostgresError(f"The socket folder {folder} is not ours or not private. Remove it.")
    os.chown(folder, uid, -1, follow_symlinks=False)
    return folder
