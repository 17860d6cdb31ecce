"""The whole examination, in an order in which what comes later builds on what came before."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import TupleRow
from pydantic import ValidationError

from puumerkki.doctor import database, machine, people, rights, settings, work
from puumerkki.doctor.findings import Finding, Installation, fault, ok, warning
from puumerkki.kernel.db import libpq_url
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.embedded_postgres.server_binaries import updated_since
from puumerkki.kernel.embedded_postgres.server_host import LocalPostgresError, default_data_dir
from puumerkki.kernel.settings import Settings

Connection = psycopg.AsyncConnection[TupleRow]
OF_SERVER: tuple[Callable[[Connection, Installation], Awaitable[Finding]], ...] = (
    database.version,
    database.encoding,
    database.ctype,
    database.extensions,
    database.options,
    database.listening,
    database.replica,
    database.clocks,
    rights.role,
)
OF_TABLES: tuple[Callable[[Connection, Installation], Awaitable[Finding]], ...] = (
    rights.tables,
    rights.triggers,
    database.partitions,
    work.sequencer,
    work.seals,
    work.workers,
    work.worker_loops,
    work.stalled_jobs,
    work.failed_jobs,
    work.outbox,
    work.keys,
    people.operators,
)


async def examine() -> AsyncIterator[Finding]:
    """All findings, each as soon as it is there. Nothing is changed; an embedded server that is there is started."""
    try:
        given = Settings()
    except ValidationError as error:
        for one in settings.invalid(error):
            yield one
        return
    for one in settings.all_of(given):
        yield one
    installation, said = await asyncio.to_thread(_opened, given)
    if said is not None:
        yield said
    folder = given.data_dir or default_data_dir()
    for check in (machine.mail, machine.files, machine.disk, machine.port):
        yield await check(given, folder)
    if installation is None:
        return
    try:
        connection = await psycopg.AsyncConnection.connect(
            libpq_url(installation.url), autocommit=True, connect_timeout=5
        )
    except psycopg.Error as error:
        yield fault(
            "database_reachable",
            f"The database does not let us in: {_first_line(error)}",
            "Start the server, or correct host, port, user and password in DATABASE_URL.",
        )
        return
    async with connection:
        async for one in _of_database(connection, installation):
            yield one


async def _of_database(connection: Connection, installation: Installation) -> AsyncIterator[Finding]:
    yield ok("database_reachable", f"The database answers as {connection.info.user}.")
    for check in OF_SERVER:
        yield await _asked(check, connection, installation)
    migrated = await asyncio.to_thread(database.migrations, installation)
    yield migrated
    if migrated.mend is not None:
        return
    for check in OF_TABLES:
        yield await _asked(check, connection, installation)


async def _asked(check: Callable[..., Awaitable[Finding]], connection: Any, installation: Installation) -> Finding:
    """One broken question does not hide the answers to the others."""
    try:
        return await check(connection, installation)
    except psycopg.Error as error:
        return fault(
            check.__name__,
            f"This could not be asked: {_first_line(error)}",
            "Fix what is said above, then run `puumerkki doctor` again.",
        )


def _opened(given: Settings) -> tuple[Installation | None, Finding | None]:
    secret = None if given.secret is None else given.secret.get_secret_value()
    folder = given.data_dir or default_data_dir()
    if given.database_url is not None:
        owner = given.migration_database_url or given.database_url
        made = Installation(settings=given, folder=folder, url=given.database_url, owner_url=owner, secret=secret)
        return made, None
    if not (folder / "postgres").exists():
        return None, warning(
            "embedded_server",
            f"There is no database: DATABASE_URL is not set, and {folder} holds none yet.",
            "Set DATABASE_URL, or run `puumerkki serve` (or `puumerkki demo`), which makes one.",
        )
    try:
        server = local_postgres.ensure_running(folder, renewed=False)
        with psycopg.connect(server.url("postgres"), connect_timeout=5) as connection:
            runs = connection.info.server_version
    except (LocalPostgresError, psycopg.Error) as error:
        return None, fault("embedded_server", str(error), "Do what the sentence says, then start again.")
    made = Installation(
        settings=given,
        folder=folder,
        url=server.url(user=local_postgres.APP),
        owner_url=server.url(),
        secret=secret or _kept(folder),
    )
    if (found := updated_since(runs, folder)) is not None:
        return made, fault(
            "embedded_server",
            f"The embedded server in {folder} runs PostgreSQL {runs // 10_000}.{runs % 10_000}, and its binaries were"
            f" updated to {found.major}.{found.minor} under it: what it loads newly may not fit, and jobs stop.",
            "Restart `puumerkki serve` (or `demo`, or `worker`): it restarts the database's server too.",
        )
    return made, ok("embedded_server", f"The embedded server runs in {folder}.")


def _kept(folder: Path) -> str | None:
    try:
        return (folder / "secret").read_text().strip()
    except OSError:
        return None


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
