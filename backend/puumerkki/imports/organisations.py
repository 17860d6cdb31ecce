"""Organisations from a CSV file: validated, matched with what is there, written only where something is other."""

import asyncio
from collections.abc import Callable, Iterator
from itertools import islice
from typing import BinaryIO
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports import staging, statements
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.reading import CsvFile, Record, UnreadableFile, open_csv
from puumerkki.imports.results import Findings, ImportResult, RowError
from puumerkki.imports.rows import SYNONYMS, OrganisationRow, check_rows
from puumerkki.kernel import clock
from puumerkki.kernel.db import driver_connection
from puumerkki.kernel.text import unaccented
from puumerkki.reference.models import Municipality

__all__ = ["ImportResult", "RowError", "import_organisations"]

BATCH = 1000


async def import_organisations(
    session: AsyncSession,
    *,
    source: BinaryIO,
    actor_id: UUID | None,
    options: ImportOptions,
    progress: Callable[[int], None] | None = None,
) -> ImportResult:
    """Bring the organisations of a file in, in the caller's transaction: all rows or none, unless `options.skip_bad`.

    A column that the file does not have leaves what is there; a blank cell clears it, except numbers, legal form
    and contacts. `progress` is told how many rows were read. `actor_id` is None for the operator's command.
    """
    findings = Findings()
    connection = await driver_connection(session)
    await session.flush()
    await staging.create(connection)
    try:
        file = await asyncio.to_thread(open_csv, source, SYNONYMS)
        try:
            count = await _stage(session, connection, file, findings, progress)
        finally:
            file.release()
    except UnreadableFile as error:
        return ImportResult(errors=[RowError(1, "", "", str(error))], readable=False)
    headings = dict(file.headings)
    headings.setdefault("name", next((headings[name] for name in _NAMES if name in headings), "name_fi"))
    await staging.check(connection, statements.CHECKS_WITHIN, headings=headings, findings=findings)
    await staging.match(connection, headings=headings, findings=findings)
    await staging.check(connection, statements.CHECKS_MATCHED, headings=headings, findings=findings)
    await staging.resolve(connection, given=frozenset(file.headings))
    await staging.check(connection, statements.CHECKS_RESOLVED, headings=headings, findings=findings)
    errors = sorted(findings.errors, key=lambda error: error.row)
    if errors and not options.skip_bad:
        return ImportResult(skipped=count, errors=errors)
    created, changed, unchanged = await staging.compare(connection)
    if not options.dry_run:
        await staging.write(connection, now=clock.now(), actor_id=actor_id)
    return ImportResult(created, changed, unchanged, len(findings.bad_rows), errors, applied=not options.dry_run)


_NAMES = ("name_fi", "name_sv", "name_en")


async def _stage(
    session: AsyncSession,
    connection: staging.Connection,
    file: CsvFile,
    findings: Findings,
    progress: Callable[[int], None] | None,
) -> int:
    """Check all rows, batch by batch in a thread, and put the good ones into the table; how many there were."""
    municipalities = await _municipalities(session)
    records = file.records()

    def next_batch() -> tuple[int, list[tuple[int, OrganisationRow]]]:
        batch = _take(records)
        return len(batch), check_rows(batch, municipalities=municipalities, headings=file.headings, findings=findings)

    count = 0
    while True:
        read, good = await asyncio.to_thread(next_batch)
        if read == 0:
            return count
        await staging.copy(connection, good)
        count += read
        if progress is not None:
            progress(count)


def _take(records: Iterator[Record]) -> list[Record]:
    return list(islice(records, BATCH))


async def _municipalities(session: AsyncSession) -> dict[str, str]:
    """From codes and names, unaccented, to codes; a merged municipality's name stands back behind a present one's."""
    found = (await session.exec(select(Municipality))).all()
    known: dict[str, str] = {}
    for one in sorted(found, key=lambda row: row.valid_until is not None):
        for text in (one.code, *one.names.values()):
            known.setdefault(unaccented(text), one.code)
    return known
