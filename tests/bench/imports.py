"""W4: the import of organisations beside plain COPY of the same rows into a table with the same indexes."""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from puumerkki.kernel.embedded_postgres import local_postgres

HEAD = (
    "name_fi,sector,association_register_number,home_municipality,municipalities,website,external_scheme,external_id,"
    "public_email\n"
)
WORDS = ("Ikäihmisten", "Nuorten", "Perheiden", "Kylän", "Muisti", "Mielen", "Liikunta", "Ystävä", "Eläke", "Omais")
PLACES = ("Oulu", "Helsinki", "Espoo", "Tampere", "Turku", "Kuopio", "Lahti", "Kemi", "Vaasa", "Pori", "Kajaani")


@dataclass(frozen=True)
class Imported:
    """Seconds, and the importing process' greatest resident memory in MB; `idle_mb`: the same with an empty file."""

    copy_seconds: float
    first_seconds: float
    again_seconds: float
    peak_mb: float
    idle_mb: float
    events: int

    @property
    def ratio(self) -> float:
        """How many times plain COPY the first import takes."""
        return self.first_seconds / self.copy_seconds


def write_file(path: Path, rows: int) -> None:
    """Invented organisations."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for i in range(rows):
            place = PLACES[i % 11]
            file.write(
                f"{WORDS[i * 7 % 10]} tuki {i} ry,association,{100000 + i},{place},{place}|{PLACES[i * 5 % 11]},"
                f"www.y{i}.example,bench,{i},info@y{i}.example\n"
            )


def measure(server: local_postgres.LocalServer, template: str, folder: Path, rows: int) -> Imported:
    """Import into a copy of `template` twice, then COPY what came of it."""
    name = "bench_import"
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f'drop database if exists "{name}"')
        connection.execute(f'create database "{name}" template "{template}"')
    write_file(folder / "organisations.csv", rows)
    write_file(folder / "none.csv", 0)
    url = server.url(name)
    _, idle = _import(url, folder / "none.csv")
    first, peak = _import(url, folder / "organisations.csv")
    again, _ = _import(url, folder / "organisations.csv")
    with psycopg.connect(url, autocommit=True) as connection:
        told = connection.execute("select count(*) from event where subject_kind = 'organisation'").fetchone()
        copied = _copy(connection)
    assert told is not None
    return Imported(copied, first, again, peak, idle, told[0])


MEASURED = """
import resource, subprocess, sys
ran = subprocess.run(sys.argv[1:], stderr=subprocess.PIPE, text=True)
print(ran.stderr, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Between us and the command: a process begins with the greatest memory of the one it comes from, and ours is large."""


def _import(url: str, file: Path) -> tuple[float, float]:
    """Seconds that the command tells, and its greatest resident memory in MB."""
    command = [str(Path(sys.executable).with_name("puumerkki")), "import", "organisations", str(file)]
    ran = subprocess.run(
        [sys.executable, "-ISc", MEASURED, *command],
        env=os.environ | {"DATABASE_URL": url},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = re.search(r"in ([\d.]+)\s+s\.", ran.stdout)
    if found is None:
        raise SystemExit(f"the import failed: {ran.stdout[-2000:]}")
    return float(found.group(1)), int(ran.stdout.split()[-1]) / 1024


def _copy(connection: psycopg.Connection) -> float:
    connection.execute("create table copied (like organisation including indexes)")
    with connection.cursor().copy("copy organisation to stdout") as reading:
        content = b"".join(bytes(block) for block in reading)
    started = time.monotonic()
    with connection.cursor().copy("copy copied from stdin") as writing:
        writing.write(content)
    return time.monotonic() - started
