"""`import`: bulk data from files."""

import asyncio
import time
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from puumerkki.cli.installation import console, fail, prepare, require_current, session_of
from puumerkki.imports.engine import import_sheet
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ImportKind
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.results import FileReading, ImportResult
from puumerkki.imports.sheets import Sheet
from puumerkki.kernel.settings import Settings

SHOWN_ERRORS = 50


def import_file(
    kind: Annotated[ImportKind, typer.Argument(help="What the file holds.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX or ODS with headings.")],
    sheet: Annotated[str | None, typer.Option(help="Which sheet of a workbook.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="What a heading means, as 'heading=field'; 'heading=' leaves it out.")
    ] = None,
    skip_bad: Annotated[bool, typer.Option(help="Import the good rows, leave out the bad ones.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Only say what would happen.")] = False,
    network: Annotated[UUID | None, typer.Option(help="Whose rows they are, for kinds of a network: its id.")] = None,
    organisation: Annotated[UUID | None, typer.Option(help="The same for kinds of an organisation.")] = None,
    authorities: Annotated[
        bool, typer.Option(help="The list may add municipalities, counties and other authorities.")
    ] = False,
    source: Annotated[
        str | None, typer.Option(help="Where the list is from, for those in it. The file's name.")
    ] = None,
) -> None:
    """Import a CSV file: all rows or none, unless --skip-bad. What is there already is brought up to date."""
    settings = prepare()
    require_current(settings)
    rule = RULES[kind]
    options = ImportOptions(
        skip_bad=skip_bad,
        dry_run=dry_run,
        network_id=network,
        organisation_id=organisation,
        source=source or file.name,
        makes_authorities=authorities,
        sheet=sheet,
        mapping=_mapping(RULES[kind].sheet, column or []),
    )
    if rule.scope is not None and getattr(options, rule.scope) is None:
        raise fail(f"An import of {kind} needs --{rule.scope.removesuffix('_id')}.")
    started = time.monotonic()
    result = asyncio.run(_import(settings, rule.sheet, file, options))
    _show(result, time.monotonic() - started)
    if result.errors and not (skip_bad and result.readable):
        raise typer.Exit(1)


def _mapping(sheet: Sheet, columns: list[str]) -> dict[str, str]:
    """What somebody said of headings; a field that there is not ends the command."""
    said = {heading.strip(): name.strip() for heading, _, name in (one.rpartition("=") for one in columns)}
    for heading, name in said.items():
        if name and name not in sheet.expected:
            raise fail(f"{heading}: there is no field {name}. Fields: {', '.join(sheet.expected)}.")
    return said


async def _import(settings: Settings, sheet: Sheet, file: Path, options: ImportOptions) -> ImportResult:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} rows"), TimeElapsedColumn())
    with file.open("rb") as source, Progress(*columns, console=console) as progress:
        task = progress.add_task(file.name, total=None)
        async with session_of(settings) as session:
            return await import_sheet(
                sheet,
                session,
                source=source,
                actor_id=None,
                options=options,
                progress=lambda rows: progress.update(task, completed=rows),
            )


def _show(result: ImportResult, seconds: float) -> None:
    found = [*result.errors, *result.warnings]
    if result.reading is not None:
        _show_reading(result.reading)
    if found:
        table = Table("row", "column", "value", "what to do")
        for one in found[:SHOWN_ERRORS]:
            table.add_row(str(one.row), one.column, one.value, one.message)
        console.print(table)
        if len(found) > SHOWN_ERRORS:
            console.print(f"… and {len(found) - SHOWN_ERRORS} more.")
    console.print(
        f"{result.created} new, {result.changed} changed, {result.unchanged} unchanged, {result.skipped} left out,"
        f" in {seconds:.1f} s."
    )


def _show_reading(reading: FileReading) -> None:
    how = (reading.encoding, reading.sheet and f"sheet {reading.sheet}", f"headings in row {reading.heading_row}")
    console.print(f"Read as {', '.join([reading.format, *filter(None, how)])}: {', '.join(reading.first_names)}")
