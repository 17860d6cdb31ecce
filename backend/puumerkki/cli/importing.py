"""`import`: bulk data from files, here or, with `--server`, at an installation elsewhere."""

import asyncio
import time
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki import wiring
from puumerkki.cli.import_request import ImportRequest, decisions_of, mapping_of
from puumerkki.cli.import_tables import progress_bar, show_result
from puumerkki.cli.installation import fail, prepare, require_current, session_of
from puumerkki.cli.remote import Server
from puumerkki.cli.remote_import import import_there
from puumerkki.imports.deciding import DecidedRows, undecidable
from puumerkki.imports.engine import import_sheet
from puumerkki.imports.models import ImportKind
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.results import ImportResult
from puumerkki.kernel.memory import settle_memory
from puumerkki.kernel.settings import Settings


def import_file(
    context: typer.Context,
    kind: Annotated[ImportKind, typer.Argument(help="What the file holds.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX or ODS with headings.")],
    sheet: Annotated[str | None, typer.Option(help="Which sheet of a workbook.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="What a heading means, as 'heading=field'; 'heading=' leaves it out.")
    ] = None,
    same: Annotated[
        list[str] | None, typer.Option(help="A row that is near is what is there, as 'ROW=ID'.", metavar="ROW=ID")
    ] = None,
    another: Annotated[list[int] | None, typer.Option(help="A row that is near is another one.", metavar="ROW")] = None,
    skip: Annotated[list[int] | None, typer.Option(help="Leave a row out.", metavar="ROW")] = None,
    skip_bad: Annotated[bool, typer.Option(help="Import the good rows, leave out the bad ones.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Only say what would happen.")] = False,
    network: Annotated[UUID | None, typer.Option(help="Whose rows they are, for kinds of a network: its id.")] = None,
    organisation: Annotated[UUID | None, typer.Option(help="The same for kinds of an organisation.")] = None,
    authorities: Annotated[
        bool, typer.Option(help="The list may add municipalities, counties and other authorities. Not with --server.")
    ] = False,
    source: Annotated[
        str | None,
        typer.Option(help="Where the list is from, for those in it. The file's name. Not with --server."),
    ] = None,
    result: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Where to write what became of each row. With --server.")
    ] = None,
) -> None:
    """Import a file: all rows or none, unless --skip-bad. What is there already is brought up to date.

    Exit code 0: all rows went in, or would; with --skip-bad, the good ones. 1: they did not. 2: an option is not right.
    """
    server: Server | None = context.obj
    if server is None:
        if result is not None:
            raise fail("--result goes with --server.")
        settings = prepare()
        require_current(settings)
    else:
        if authorities or source is not None:
            raise fail("--authorities and --source are the operator's, on the server itself.")
        wiring.connect()
    asked = ImportRequest(
        kind=kind,
        file=file,
        network_id=network,
        organisation_id=organisation,
        sheet=sheet,
        mapping=mapping_of(column or []),
        decisions=decisions_of(same or [], another or [], skip or []),
        skip_bad=skip_bad,
        dry_run=dry_run,
    )
    if server is not None:
        complete = import_there(server, asked, result)
    else:
        asked.check()
        complete = _import_here(settings, asked, source=source or file.name, makes_authorities=authorities)
    if not complete:
        raise typer.Exit(1)


def _import_here(settings: Settings, asked: ImportRequest, *, source: str, makes_authorities: bool) -> bool:
    """Whether all rows went in, or would."""
    options = ImportOptions(
        skip_bad=asked.skip_bad,
        dry_run=asked.dry_run,
        network_id=asked.network_id,
        organisation_id=asked.organisation_id,
        source=source,
        finds_near=True,
        makes_authorities=makes_authorities,
        sheet=asked.sheet,
        mapping=asked.mapping,
    )
    settle_memory()
    started = time.monotonic()
    result, rows = asyncio.run(_import(settings, asked, options))
    show_result(result, rows.near, time.monotonic() - started)
    return not result.errors or (asked.skip_bad and result.readable)


async def _import(settings: Settings, asked: ImportRequest, options: ImportOptions) -> tuple[ImportResult, DecidedRows]:
    """Bring the file in, or say of a decision that does not fit; then nothing is stored."""
    async with session_of(settings) as session:
        if asked.decisions:
            trial = DecidedRows()
            await _run(session, asked, replace(options, dry_run=True, skip_bad=True), trial)
            for row, wrong in undecidable(asked.decisions, trial.near).items():
                raise fail(f"Row {row}: {wrong}")
        rows = DecidedRows(asked.decisions)
        result = await _run(session, asked, options, rows)
        if rows.missing:
            raise fail(f"The file has no row {rows.missing[0]}.")
        return result, rows


async def _run(session: AsyncSession, asked: ImportRequest, options: ImportOptions, rows: DecidedRows) -> ImportResult:
    with asked.file.open("rb") as source, progress_bar() as progress:
        task = progress.add_task(asked.file.name, total=None)

        async def tell(rows: int, _rest: float) -> None:
            progress.update(task, completed=rows)

        return await import_sheet(
            asked.rule.sheet,
            session,
            source=source,
            actor_id=None,
            options=options,
            progress=tell,
            recorder=rows,
        )
