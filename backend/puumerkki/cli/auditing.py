"""`audit`: is the event log still what was sealed?"""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from psycopg import AsyncConnection
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.cli.installation import console, fail, prepare, require_current, session_of
from puumerkki.kernel.auditing import Report, verify_database
from puumerkki.kernel.db import libpq_url
from puumerkki.kernel.jose import KeyLookup, load_public_key
from puumerkki.kernel.keys import KeyPurpose, keys_of
from puumerkki.kernel.settings import Settings

app = typer.Typer(help="Check the event log against its seals.", no_args_is_help=True)
out = Console()
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
) -> None:
    """Find every event that was changed, removed or added since it was sealed. Exit code 0: none; 1: some.

    Seals that were cut off at the end show only against a head that somebody kept: give it with --head.
    """
    settings = prepare()
    require_current(settings)
    report = asyncio.run(_verify(settings, [_head(one) for one in head or []]))
    show(report)
    if not head:
        out.print("Without --head, seals that were removed from the end cannot be noticed.", style="dim")
    if not report.whole:
        raise typer.Exit(1)


def _head(given: str) -> str:
    path = Path(given)
    try:
        return path.read_text().strip() if len(given) < 500 and path.is_file() else given.strip()
    except (OSError, UnicodeDecodeError) as error:
        raise fail(f"{given}: {error}") from None


async def _verify(settings: Settings, heads: list[str]) -> Report:
    assert settings.database_url is not None
    async with session_of(settings) as session:
        keys = await seal_keys(session)
    async with await AsyncConnection.connect(libpq_url(settings.database_url), autocommit=True) as connection:
        row = await (await connection.execute("select coalesce(max(last_position), 0) from event_seal")).fetchone()
        with Progress(*_COLUMNS, console=console) as progress:
            task = progress.add_task("sealed events", total=row[0] if row else None)
            return await verify_database(
                connection,
                keys,
                settings.public_url,
                kept_heads=heads,
                progress=lambda position: progress.update(task, completed=position),
            )


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
    table.add_row("events not sealed yet", str(report.open))
    out.print(table)
    out.print("[bold green]The event log is whole.[/]" if report.whole else "[bold red]The event log was changed.[/]")


def _where(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return ""
    if first is None or last is None or first == last:
        return f" Position {last if first is None else first}."
    return f" Positions {first}–{last}."
