"""`audit`: is the event log still what was sealed? And its old parts, exported and archived."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import psycopg
import typer
from psycopg import AsyncConnection
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.cli.installation import console, fail, owner_url, prepare, require_current, session_of
from puumerkki.kernel.crypto.keys import KeyPurpose, keys_of
from puumerkki.kernel.crypto.signed_tokens import KeyLookup, load_public_key
from puumerkki.kernel.db import libpq_url
from puumerkki.kernel.eventlog import archiving, exporting, partitions
from puumerkki.kernel.eventlog.auditing import Finding, Report, verify_database
from puumerkki.kernel.eventlog.export_verification import lookup, verify_export
from puumerkki.kernel.eventlog.sealing import EventArchive
from puumerkki.kernel.settings import Settings
from puumerkki.wiring import REMEMBERED

app = typer.Typer(help="Check the event log against its seals; export and archive it.", no_args_is_help=True)
out = Console()
Done = TypeVar("Done")
Connection = AsyncConnection[Any]
Progressing = Callable[[int], None]
_LAST = b"select coalesce(max(last_position), 0) from event_seal"
_COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    TextColumn("{task.completed}/{task.total}"),
    TimeElapsedColumn(),
)


@app.callback()
def _group() -> None:
    """Check the event log."""


@app.command("verify")
def verify(
    head: Annotated[
        list[str] | None, typer.Option(help="A head that was kept earlier: the JWS itself or a file that holds it.")
    ] = None,
    export: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="Check this export instead, without a database.")
    ] = None,
    keys: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="With --export: the issuer's public keys, kept earlier."),
    ] = None,
    archives: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="The archive's folder: check what lies in it too.")
    ] = None,
) -> None:
    """Find every event that was changed, removed or added since it was sealed. Exit code 0: none; 1: some.

    Seals that were cut off at the end show only against a head that somebody kept: give it with --head.
    """
    heads = [_head(one) for one in head or []]
    if export is not None:
        if archives is not None:
            raise fail("--export and --archives do not go together: an archive's folder is checked as an export.")
        report = asyncio.run(verify_export(export, keys=None if keys is None else _keys(keys), kept_heads=heads))
    else:
        if keys is not None:
            raise fail("--keys goes with --export: the database has its keys.")
        settings = prepare()
        require_current(settings)
        report = asyncio.run(_verify(settings, heads, archives))
    show(report)
    if not head:
        out.print("Without --head, seals that were removed from the end cannot be noticed.", style="dim")
    if export is not None and keys is None:
        out.print("Without --keys, the keys in the export are trusted.", style="dim")
    if report.archived and archives is None:
        out.print("Without --archives, of archived events only the seals are checked.", style="dim")
    if not report.whole:
        raise typer.Exit(1)


@app.command("export")
def export_events(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    from_seal: Annotated[
        int | None, typer.Option(min=1, help="The first seal; without it, the first that is not archived.")
    ] = None,
    to_seal: Annotated[int | None, typer.Option(min=1, help="The last seal; without it, the last there is.")] = None,
) -> None:
    """Write sealed events into a folder that anybody can check: `puumerkki audit verify --export FOLDER`."""
    settings = prepare()
    require_current(settings)
    assert settings.database_url is not None
    manifest = _run(_export(settings, folder, from_seal, to_seal))
    out.print(f"{folder} holds the seals {manifest['first_seal']} to {manifest['last_seal']}.", highlight=False)


@app.command("archive")
def archive_events(
    folder: Annotated[Path, typer.Argument(help="The archive's folder, on storage that is kept and backed up.")],
    before: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Years of events that ended before this day.")],
) -> None:
    """Take whole years of events out of the database, once a checked export of them lies in the folder.

    It needs the URL of the database's owner, PUUMERKKI_MIGRATION_DATABASE_URL. It can be stopped at any moment and
    begun again.
    """
    settings = prepare()
    require_current(settings)
    made = _run(archive(settings, folder, before.date()))
    if made is None:
        out.print("There is nothing to archive.")
        return
    where = folder / archiving.folder_name(made.first_seal, made.last_seal)
    out.print(
        f"{', '.join(made.partitions)}: archived in {where}, positions {made.first_position} to {made.last_position}.",
        highlight=False,
    )
    out.print("Keep the folder: `puumerkki audit verify --archives` checks it against the database.")


@app.command("partitions")
def make_partitions() -> None:
    """Make the event log's partitions of the coming year where they are missing, and list all."""
    settings = prepare()
    require_current(settings)
    made, existing = _run(_partitions(settings))
    table = Table("partition", "from", "until")
    for one in existing:
        table.add_row(one.name, *(f"{end:%Y-%m-%d}" if end else "–" for end in (one.begins, one.ends)))
    out.print(table)
    out.print(f"Made: {', '.join(made)}." if made else "None was missing.")


def _run(doing: Coroutine[Any, Any, Done]) -> Done:
    try:
        return asyncio.run(doing)
    except (exporting.NothingToExport, archiving.NotArchivable) as error:
        raise fail(str(error)) from None
    except psycopg.errors.InsufficientPrivilege as error:
        raise fail(f"{error}. Set PUUMERKKI_MIGRATION_DATABASE_URL to the owner's URL.".replace("\n", " ")) from None
    except psycopg.errors.LockNotAvailable:
        raise fail("The event log is in use for long by somebody else. Nothing was taken out: try again.") from None
    except OSError as error:
        raise fail(f"{error.filename or 'The folder'}: {error.strerror or error}. Nothing was taken out.") from None


def _head(given: str) -> str:
    path = Path(given)
    try:
        return path.read_text().strip() if len(given) < 500 and path.is_file() else given.strip()
    except (OSError, UnicodeDecodeError) as error:
        raise fail(f"{given}: {error}") from None


def _keys(path: Path) -> KeyLookup:
    try:
        return lookup(json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError):
        raise fail(f"{path} is no set of public keys (JWKS).") from None


async def _verify(settings: Settings, heads: list[str], folder: Path | None) -> Report:
    assert settings.database_url is not None
    async with session_of(settings) as session:
        keys = await seal_keys(session)
    async with await AsyncConnection.connect(libpq_url(settings.database_url), autocommit=True) as connection:
        findings: list[Finding] = []
        archived = None
        if folder is not None:
            findings, archived = await archiving.check_archives(connection, folder, keys, settings.public_url)
        with Progress(*_COLUMNS, console=console) as progress:
            report = await verify_database(
                connection,
                keys,
                settings.public_url,
                archived=archived,
                kept_heads=heads,
                progress=await _bar(progress, connection),
            )
    report.findings[:0] = findings
    return report


async def _export(settings: Settings, folder: Path, from_seal: int | None, to_seal: int | None) -> dict[str, Any]:
    assert settings.database_url is not None
    async with await AsyncConnection.connect(libpq_url(settings.database_url), autocommit=True) as connection:
        known = await archiving.archives(connection)
        first = from_seal or (known[-1].last_seal + 1 if known else 1)
        with Progress(*_COLUMNS, console=console) as progress:
            return await exporting.export(
                connection,
                folder,
                issuer=settings.public_url,
                jwks=await _jwks(settings),
                first_seal=first,
                last_seal=to_seal,
                progress=await _bar(progress, connection),
            )


async def archive(settings: Settings, folder: Path, before: date) -> EventArchive | None:
    """As the owner: export, check, drop."""
    async with session_of(settings) as session:
        keys = await seal_keys(session)
    jwks = await _jwks(settings)
    async with await AsyncConnection.connect(libpq_url(owner_url(settings)), autocommit=True) as owner:
        with Progress(*_COLUMNS, console=console) as progress:
            return await archiving.archive(
                owner,
                folder,
                before=before,
                issuer=settings.public_url,
                jwks=jwks,
                keys=keys,
                remember=REMEMBERED,
                progress=await _bar(progress, owner),
            )


async def _partitions(settings: Settings) -> tuple[list[str], list[partitions.Partition]]:
    async with session_of(settings) as session:
        return await partitions.make_ahead(session), await partitions.existing(session)


async def _bar(progress: Progress, connection: Connection) -> Progressing:
    """A bar over all sealed positions, and what moves it."""
    row = await (await connection.execute(_LAST)).fetchone()
    task = progress.add_task("sealed events", total=row[0] if row else None)
    return lambda position: progress.update(task, completed=position)


async def _jwks(settings: Settings) -> list[dict[str, str]]:
    async with session_of(settings) as session:
        return [one.public_jwk for one in await keys_of(session, KeyPurpose.seals)]


async def seal_keys(session: AsyncSession) -> KeyLookup:
    """The public keys of all seals, also of keys that sign no more."""
    known = {one.kid: load_public_key(one.public_jwk) for one in await keys_of(session, KeyPurpose.seals)}
    return known.get


def show(report: Report) -> None:
    """Print what was found."""
    for finding in report.findings:
        out.print(f"[red]✗[/] {finding.message}{_where(finding.first, finding.last)} [dim]({finding.code})[/]")
    table = Table(show_header=False, box=None)
    table.add_row("seals", str(report.seals))
    table.add_row("events under seals", str(report.sealed))
    if report.archived:
        table.add_row("events in archives, not looked at", str(report.archived))
    table.add_row("events not sealed yet", str(report.open))
    out.print(table)
    out.print("[bold green]The event log is whole.[/]" if report.whole else "[bold red]The event log was changed.[/]")


def _where(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return ""
    if first is None or last is None or first == last:
        return f" Position {last if first is None else first}."
    return f" Positions {first}–{last}."
