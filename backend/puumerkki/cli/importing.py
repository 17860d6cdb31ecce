"""`import`: bulk data from files."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from puumerkki.cli.installation import console, prepare, require_current, session_of
from puumerkki.imports.organisations import ImportResult, import_organisations
from puumerkki.kernel.settings import Settings

app = typer.Typer(
    help="Import from files. What is there already is brought up to date, nothing is doubled.", no_args_is_help=True
)
SHOWN_ERRORS = 50


@app.callback()
def _group() -> None:
    """Import from files."""


@app.command("organisations")
def organisations(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV with a heading row.")],
    skip_bad: Annotated[bool, typer.Option(help="Import the good rows, leave out the bad ones.")] = False,
) -> None:
    """Import organisations from a CSV file: all rows or none, unless --skip-bad."""
    settings = prepare()
    require_current(settings)
    result = asyncio.run(_organisations(settings, file, skip_bad))
    _show(result)
    if result.errors and not skip_bad:
        raise typer.Exit(1)


async def _organisations(settings: Settings, file: Path, skip_bad: bool) -> ImportResult:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} rows"), TimeElapsedColumn())
    with file.open("rb") as source, Progress(*columns, console=console) as progress:
        task = progress.add_task(file.name, total=None)
        async with session_of(settings) as session:
            return await import_organisations(
                session,
                source=source,
                actor_id=None,
                skip_bad=skip_bad,
                progress=lambda rows: progress.update(task, completed=rows),
            )


def _show(result: ImportResult) -> None:
    if result.errors:
        table = Table("row", "column", "value", "what is expected")
        for error in result.errors[:SHOWN_ERRORS]:
            table.add_row(str(error.row), error.column, error.value, error.message)
        console.print(table)
        if len(result.errors) > SHOWN_ERRORS:
            console.print(f"… and {len(result.errors) - SHOWN_ERRORS} more.")
    console.print(
        f"{result.created} new, {result.changed} changed, {result.unchanged} unchanged, {result.skipped} left out."
    )
