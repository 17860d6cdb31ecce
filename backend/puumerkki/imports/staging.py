"""The steps of an import on its temporary table: fill, match, check, resolve, write. PostgreSQL does the work."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from puumerkki.imports.results import Findings
from puumerkki.imports.rows import OrganisationRow
from puumerkki.imports.statements import (
    CHECKS_BEFORE_NAMES,
    COMPARE,
    COPY,
    COUNT,
    CREATE,
    HISTORY,
    KEEP_NEWS,
    LOCK,
    MATCH_BY_NAME,
    MATCHES,
    RESOLVE,
    SERVED,
    TELL,
    UPSERT,
    UPSERT_CONTACT,
    UPSERT_EXTERNAL,
    Check,
)
from puumerkki.kernel.ids import new_ids
from puumerkki.kernel.text import display_name, search_text, sort_key

Connection = AsyncConnection[Any]


async def create(connection: Connection) -> None:
    """An empty table, for one import at a time."""
    await connection.execute("select pg_advisory_xact_lock(hashtext('import_organisations'))")
    await connection.execute("drop table if exists import_row")
    await connection.execute(CREATE)


async def copy(connection: Connection, rows: Iterable[tuple[int, OrganisationRow]]) -> None:
    """Put checked rows into the table."""
    async with connection.cursor().copy(COPY) as stream:
        for number, row in rows:
            await stream.write_row(_cells(number, row))


def _cells(number: int, row: OrganisationRow) -> tuple[Any, ...]:
    names = row.names
    name = display_name(names)
    return (
        number,
        *(made.hex for made in new_ids(4)),
        json.dumps(names, ensure_ascii=False),
        name,
        sort_key(name),
        search_text(names),
        row.sector.value,
        row.form.value,
        row.legal_form is not None,
        row.business_id,
        row.association_register_number,
        row.home_municipality,
        row.municipalities,
        row.website,
        row.external_scheme,
        row.external_id,
        row.public_email,
        row.public_phone,
    )


async def check(
    connection: Connection, checks: Iterable[Check], *, headings: dict[str, str], findings: Findings
) -> None:
    """Note what the checks find, and take those rows out."""
    wrong: set[int] = set()
    for field, expected, statement in checks:
        column = headings.get(field, field)
        cursor = await connection.execute(statement)
        async for row, value, first in cursor:
            wrong.add(row)
            where = f"; it stands in row {first}" if first is not None else ""
            findings.add(row, column, value or "", f"{expected}{where}.")
    if wrong:
        await connection.execute("delete from import_row where row = any(%s)", [sorted(wrong)])


async def match(connection: Connection, *, headings: dict[str, str], findings: Findings) -> None:
    """Find what is there already: by the id in another system, by number, else by name and home."""
    await connection.execute("analyze import_row")
    for statement in MATCHES:
        await connection.execute(statement)
    await check(connection, CHECKS_BEFORE_NAMES, headings=headings, findings=findings)
    await connection.execute(MATCH_BY_NAME)


async def resolve(connection: Connection, *, given: frozenset[str]) -> None:
    """What each organisation will be: what the file says, and what it does not speak of as it is."""
    await connection.execute(LOCK)
    values = {
        "languages": [language for language in ("fi", "sv", "en") if f"name_{language}" in given],
        "website": "website" in given,
        "home": "home_municipality" in given,
        "municipalities": "municipalities" in given,
    }
    await connection.execute(RESOLVE, values)
    await connection.execute(SERVED)
    async with connection.cursor(name="renamed") as renamed:
        await renamed.execute("select row, names from import_row where renamed")
        while some := await renamed.fetchmany(1000):
            await connection.cursor().executemany(
                "update import_row set name = %s, sort_key = %s, search_text = %s where row = %s",
                [(name := display_name(names), sort_key(name), search_text(names), row) for row, names in some],
            )


async def compare(connection: Connection) -> tuple[int, int, int]:
    """How many will be created, changed and left."""
    await connection.execute(COMPARE)
    counted = await (await connection.execute(COUNT)).fetchone()
    assert counted is not None
    return counted[0], counted[1], counted[2]


async def write(connection: Connection, *, now: datetime, actor_id: UUID | None) -> None:
    """Write what is new or other, keep its history and tell it. Handlers of single events are not called."""
    values = {"now": now, "actor": actor_id}
    for statement in KEEP_NEWS:
        await connection.execute(statement)
    for statement in (UPSERT, UPSERT_EXTERNAL, UPSERT_CONTACT, HISTORY, TELL):
        await connection.execute(statement, values)
