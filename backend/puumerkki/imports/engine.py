"""Brings a file of any kind in: read as a stream, checked in batches, staged by COPY, written by few statements."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, BinaryIO, TypeAlias
from uuid import UUID

from psycopg.sql import SQL, Literal
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.copying import copy_block
from puumerkki.imports.deciding import DecidedRows
from puumerkki.imports.lines import LineRecorder, LinesTable
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.own_files import passed_over
from puumerkki.imports.read_rows import rows_read
from puumerkki.imports.reading.tables import TableFile, open_table
from puumerkki.imports.reading.unreadable import UnreadableFile
from puumerkki.imports.recording import Recorder
from puumerkki.imports.results import Findings, ImportResult, RowError, name_what_is_left
from puumerkki.imports.row_validation import Checker
from puumerkki.imports.sheets import Connection, NotImportable, Sheet, Staged
from puumerkki.kernel import clock
from puumerkki.kernel.db import driver_connection
from puumerkki.kernel.ids import batched_ids

BATCH = 2000
Progress: TypeAlias = Callable[[int, float], Awaitable[None]]
"""Told between two steps how many rows were read, and, once all are, what share of the rest is done: 0 to 1."""
_SETTLED, _WEIGHED = 0.2, 0.4
"""Shares of the rest that are done once rows are matched and compared, and once their verdicts are kept."""


@dataclass(frozen=True)
class Batch:
    """Rows as COPY takes them: the good ones, and what is kept of all that were read."""

    count: int
    good: bytes
    kept: bytes


async def import_sheet(
    sheet: Sheet,
    session: AsyncSession,
    *,
    source: BinaryIO | LinesTable,
    actor_id: UUID | None,
    options: ImportOptions,
    progress: Progress | None = None,
    recorder: Recorder | LineRecorder | DecidedRows | None = None,
) -> ImportResult:
    """Bring a file in, in the caller's transaction: all rows or none, unless `options.skip_bad`.

    A column that the file does not have leaves what is there. `progress` may end it by raising. `actor_id` is
    None for the operator's command. Handlers of single events are not called. `recorder` keeps what becomes
    of each row.
    """
    findings = Findings() if recorder is None else recorder.findings
    progress = progress or _untold
    connection = await driver_connection(session)
    await session.flush()
    await _create(connection, sheet)
    if recorder is not None:
        await recorder.begin(connection)
    try:
        file = source if isinstance(source, LinesTable) else await _opened(sheet, source, options)
        name_what_is_left(
            file.reading,
            findings,
            sheet_chosen=options.sheet is not None,
            own=passed_over(sheet.own_columns, [one.heading for one in file.reading.columns]),
        )
        values = _values(file, actor_id, options)
        staged = Staged(connection, session, options, frozenset(file.headings), file.headings, findings, values)
        try:
            await sheet.begin(staged)
            count = await _stage(sheet, session, staged, file, progress, recorder)
        finally:
            file.release()
    except UnreadableFile as error:
        wrong = RowError.of(error.row, error.column, "", error.code, detail=error.detail)
        return ImportResult(errors=[wrong], readable=False, warnings=findings.warnings, reading=error.reading)
    except NotImportable as error:
        return ImportResult(errors=[RowError.of(1, "", "", error.code)], readable=False)
    await connection.execute("analyze import_row")
    await sheet.settle(staged)
    await progress(count, _SETTLED)
    errors = sorted(findings.errors, key=lambda error: error.row)
    if recorder is not None:
        await recorder.weigh(sheet, staged)
    await progress(count, _WEIGHED)
    result = ImportResult(errors=errors, warnings=findings.warnings, reading=file.reading)
    result.near = await _near(connection)
    if errors and not options.skip_bad:
        result.skipped = count
        return result
    result.created, result.changed, result.unchanged = await _count(connection, sheet.key)
    result.skipped = count - result.created - result.changed - result.unchanged
    if not options.dry_run:
        await staged.run(*_keep_news(sheet.key))
        for number, statement in enumerate(sheet.statements, 1):
            await staged.run(statement)
            await progress(count, _WEIGHED + (1 - _WEIGHED) * number / (len(sheet.statements) + 1))
        await sheet.tell(session, staged)
        if recorder is not None:
            await recorder.applied(sheet, connection)
        result.applied = True
    return result


async def _untold(_rows: int, _rest: float) -> None:
    """Nobody watches."""


async def _opened(sheet: Sheet, source: BinaryIO, options: ImportOptions) -> TableFile:
    words = replace(sheet.vocabulary, mapping=options.mapping)
    return await asyncio.to_thread(open_table, source, words, options, named_by=sheet.named_by)


def _values(file: TableFile | LinesTable, actor_id: UUID | None, options: ImportOptions) -> dict[str, Any]:
    return {
        "now": clock.now(),
        "today": clock.today(),
        "actor": actor_id,
        "network": options.network_id,
        "organisation": options.organisation_id,
        "source": options.source,
        "given": list(file.headings),
    }


async def _create(connection: Connection, sheet: Sheet) -> None:
    """An empty table, for one import of a kind at a time."""
    name = f"import_{sheet.kind.value}"
    await connection.execute(SQL("select pg_advisory_xact_lock(hashtext({}))").format(Literal(name)))
    # a million rows take one statement longer than any other statement may
    await connection.execute("set local statement_timeout = 0")
    await connection.execute("set local work_mem = '64MB'")
    # enough to know how large a list is and what is rare in it
    await connection.execute("set local default_statistics_target = 10")
    await connection.execute("drop table if exists import_row, import_near, import_decision")
    await connection.execute(sheet.create().encode())
    # what is much like a row, by which it is near; and what somebody decided of rows
    await connection.execute("create temporary table import_near (row int4, candidates jsonb) on commit drop")
    await connection.execute(
        "create temporary table import_decision (row int4, decision text, same_id uuid) on commit drop"
    )


async def _stage(
    sheet: Sheet,
    session: AsyncSession,
    staged: Staged,
    file: TableFile | LinesTable,
    progress: Progress,
    recorder: Recorder | LineRecorder | DecidedRows | None,
) -> int:
    """Check all rows, batch by batch in a thread, and put the good ones into the table; how many there were."""
    checker = Checker(sheet, known=await sheet.known(session), headings=file.headings, findings=staged.findings)
    records = rows_read(file, staged.findings)

    def next_batch() -> Batch:
        read = list(islice(records, BATCH))
        good = checker.good(read if recorder is None else recorder.by_hand(read))
        ids = batched_ids(sheet.ids, len(good))
        beginnings = (f"{number}\t{made}\t" for (number, _), made in zip(good, ids, strict=True))
        block = copy_block((sheet.cells(row) for _, row in good), beginnings)
        return Batch(len(read), block, b"" if recorder is None else recorder.kept(read))

    count = 0
    async with aclosing(_ahead(next_batch)) as batches:
        async for batch in batches:
            async with staged.connection.cursor().copy(sheet.copy().encode()) as stream:
                await stream.write(batch.good)
            if recorder is not None:
                await recorder.take(staged.connection, batch.kept)
            count += batch.count
            await progress(count, 0)
    return count


async def _ahead(next_batch: Callable[[], Batch]) -> AsyncGenerator[Batch, None]:
    """Batches until an empty one, each made while the one before is used."""
    following = asyncio.create_task(asyncio.to_thread(next_batch))
    try:
        while True:
            batch = await following
            if not batch.count:
                return
            following = asyncio.create_task(asyncio.to_thread(next_batch))
            yield batch
    finally:
        await asyncio.wait([following])


async def _near(connection: Connection) -> int:
    """How many rows are much like something that is there."""
    counted = await (await connection.execute(b"select count(*) from import_near")).fetchone()
    return 0 if counted is None else int(counted[0])


async def _count(connection: Connection, key: str) -> tuple[int, int, int]:
    """How many will be created, changed and left."""
    statement = (
        f"select count(*) filter (where {key} is null),"
        f" count(*) filter (where {key} is not null and changed <> '{{}}'),"
        f" count(*) filter (where {key} is not null and changed = '{{}}') from import_row"
    )
    counted = await (await connection.execute(statement.encode())).fetchone()
    assert counted is not None
    return counted[0], counted[1], counted[2]


def _keep_news(key: str) -> tuple[str, str]:
    return (
        f"delete from import_row where {key} is not null and changed = '{{}}'",
        f"update import_row set {key} = made_id, changed = '{{}}' where {key} is null",
    )
