"""A long list: tried, applied and undone by workers that are killed in the midst of each, with time and memory.

What was killed has left nothing, and the next worker does it once.
"""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

os.environ.setdefault("PUUMERKKI_SECRET", "only-for-the-faults-" + "0" * 40)
os.environ.setdefault("PUUMERKKI_PUBLIC_URL", "http://faults")

import psycopg
from rich.console import Console

from puumerkki.imports.models import ImportJob, ImportKind, ImportState, ImportStep
from puumerkki.kernel import files, migrate
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.ids import new_id
from puumerkki.reference.loading import load_reference
from tests.factories import World
from tests.waiting import until

ROWS = 100_000
SETTINGS = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
HEAD = "name_fi,sector,association_register_number,home_municipality,public_email\n"
WORKER = """
import asyncio, resource, sys
from puumerkki import wiring
from puumerkki.imports import jobs as import_jobs
from puumerkki.kernel import jobs
from puumerkki.kernel.db import make_engine, make_sessions
wiring.connect()
jobs.use_sessions(make_sessions(make_engine(sys.argv[1], pool_size=3)))
import_jobs.TELL_SECONDS = 0.05
asyncio.run(import_jobs.run(job_id=sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
"""A worker that runs one step of an import, and says how many megabytes it came to hold."""
ENDS = {
    ImportStep.trial: (ImportState.tried, 0),
    ImportStep.apply: (ImportState.succeeded, 1),
    ImportStep.undo: (ImportState.undone, 0),
}
"""What a step leaves: the state of the import, and how many organisations for each row."""
Moment = Callable[[int, int | None], bool]
KILLS: dict[ImportStep, tuple[Moment, ...]] = {
    ImportStep.trial: (lambda rows, _: rows > 0, lambda _, percent: (percent or 0) > 40),
    ImportStep.apply: (lambda rows, _: rows > 0, lambda _, percent: (percent or 0) > 64),
    ImportStep.undo: (lambda _, percent: (percent or 0) > 45,),
}
"""When a worker is killed, by how many rows it has read and the percentage that it tells."""


@dataclass
class Report:
    """Seconds and megabytes of each step that ran to its end, how many were killed, and what was found broken."""

    steps: dict[str, tuple[float, int]] = field(default_factory=dict)
    kills: int = 0
    broken: list[str] = field(default_factory=list)


async def run(
    url: str, rows: int, *, kills: dict[ImportStep, tuple[Moment, ...]] = KILLS, tell: Callable[[str], None]
) -> Report:
    """The way of one list, in a database with the reference data alone."""
    report, before = Report(), 0
    job_id = await _queue(url, rows)
    async with await psycopg.AsyncConnection.connect(libpq_url(url), autocommit=True) as connection:
        for step, (state, for_each) in ENDS.items():
            await connection.execute(
                "update import_job set step = %s, state = 'queued', skip_bad = true, attempts = 0, rows_read = 0,"
                " percent = null, undone_by = asked_by where id = %s",
                [step.value, job_id],
            )
            for moment in kills.get(step, ()):
                if not await _kill(url, connection, job_id, moment):
                    break
                report.kills += 1
                tell(f"{step}: killed")
                _expect(report, f"{step}, killed", await _there(connection), before)
            began = time.monotonic()
            megabytes = await _finish(url, job_id)
            report.steps[step.value] = (time.monotonic() - began, megabytes)
            tell(f"{step} of {rows:,} rows: {time.monotonic() - began:.1f} s, {megabytes} MB")
            found = await (await connection.execute("select state from import_job where id = %s", [job_id])).fetchone()
            _expect(report, f"{step}", found, (state.value,))
            before = rows * for_each
            _expect(report, f"{step}", await _there(connection), before)
    return report


def _expect(report: Report, what: str, found: object, expected: object) -> None:
    if found != expected:
        report.broken.append(f"{what}: {found}, not {expected}")


async def _there(connection: psycopg.AsyncConnection[Any]) -> int:
    found = await (await connection.execute("select count(*) from organisation where source = 'imported'")).fetchone()
    assert found is not None
    return found[0]


async def _queue(url: str, rows: int) -> UUID:
    job_id = new_id()

    async def chunks() -> AsyncIterator[bytes]:
        yield HEAD.encode()
        for start in range(0, rows, 1000):
            numbers = range(100_000 + start, 100_000 + min(rows, start + 1000))
            lines = (f"Pitkän listan tuki {n} ry,association,{n},Oulu,a{n}@example.org\n" for n in numbers)
            yield "".join(lines).encode()

    size, digest = await files.put_stream(job_id, chunks(), limit=1 << 30, too_large=ValueError())
    engine = make_engine(url, pool_size=1)
    async with make_sessions(engine)() as session:
        operator = await World(session).operator()
        job = ImportJob(
            id=job_id,
            kind=ImportKind.organisations,
            asked_by=operator.id,
            file_name="long.csv",
            file_bytes=size,
            file_digest=digest,
            dry_run=True,
        )
        session.add(job)
        await session.commit()
    await engine.dispose()
    return job_id


async def _start(url: str, job_id: UUID) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", WORKER, url, str(job_id), stdout=asyncio.subprocess.PIPE
    )


async def _kill(url: str, connection: psycopg.AsyncConnection[Any], job_id: UUID, moment: Moment) -> bool:
    """Whether the worker was there to be killed at that moment; a short list is done before."""
    worker = await _start(url, job_id)

    async def reached() -> bool:
        found = await connection.execute("select rows_read, percent from import_job where id = %s", [job_id])
        row = await found.fetchone()
        return (row is not None and moment(*row)) or worker.returncode is not None

    await until(reached, seconds=300)
    if worker.returncode is not None:
        return False
    worker.kill()
    await worker.wait()

    async def gone() -> bool:
        others = await connection.execute(
            "select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            " and state in ('active', 'idle in transaction')"
        )
        return await others.fetchone() is None

    await until(gone, seconds=300)
    await connection.execute("update import_job set rows_read = 0, percent = null where id = %s", [job_id])
    return True


async def _finish(url: str, job_id: UUID) -> int:
    worker = await _start(url, job_id)
    said, _ = await worker.communicate()
    return int(said.split()[-1])


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    given, console = parser.parse_args(), Console(width=120)
    folder = Path(tempfile.mkdtemp(prefix="puumerkki-faults-", dir="/tmp"))
    folder.chmod(0o755)
    os.environ["PUUMERKKI_DATA_DIR"] = str(folder / "data")
    try:
        server = local_postgres.ensure_running(folder / "database", SETTINGS)
        local_postgres.ensure_database(server)
        migrate.upgrade(server.url())
        asyncio.run(_with_reference(server.url()))
        report = asyncio.run(run(server.url(), given.rows, tell=console.print))
    finally:
        local_postgres.stop(folder / "database", "immediate")
        shutil.rmtree(folder, ignore_errors=True)
    console.print(f"{report.kills} workers killed; broken: {report.broken or 'nothing'}")
    too_few = report.kills < sum(map(len, KILLS.values()))
    if too_few:
        console.print("Too few kills: so short a list is done too soon to show anything.")
    sys.exit(1 if report.broken or too_few else 0)


async def _with_reference(url: str) -> None:
    engine = make_engine(url, pool_size=1)
    async with make_sessions(engine)() as session:
        await load_reference(session)
        await session.commit()
    await engine.dispose()


if __name__ == "__main__":
    main()
