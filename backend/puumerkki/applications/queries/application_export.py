"""Lists as spreadsheets: the pages of a listing, one after the other, as CSV."""

import json
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

from puumerkki.access.actor import Caller
from puumerkki.applications.queries.applications import APPLICATIONS
from puumerkki.kernel import reads
from puumerkki.kernel.csv_cells import csv_lines
from puumerkki.kernel.reads.pagination import MAX_LIMIT
from puumerkki.kernel.reads.read_pool import ReadPool

COLUMNS = ("id", "title", "state", "applicant", "call_id", "amount", "current_version", "created_at", "updated_at")


async def applications_csv(pool: ReadPool, caller: Caller, filters: Mapping[str, Any]) -> AsyncIterator[bytes]:
    """Every application that the caller may know of, in one pass; each page is read on a connection of its own.

    With a byte order mark and semicolons, as spreadsheet programs in Finland expect. Amounts in euro.
    """
    yield b"\xef\xbb\xbf" + _lines([COLUMNS])
    cursor: str | None = None
    while True:
        page, cursor = await reads.page(
            pool, APPLICATIONS, caller=caller, filters=filters, sort="-created_at", limit=MAX_LIMIT, cursor=cursor
        )
        yield _lines([_row(item) for item in json.loads(page)["items"]])
        if cursor is None:
            return


def _row(item: Mapping[str, Any]) -> list[Any]:
    names = item["applicant"]["names"]
    cents = item["amount_cents"]
    shown = {
        **item,
        "applicant": next(names[language] for language in ("fi", "sv", "en") if language in names),
        "amount": None if cents is None else f"{cents // 100},{cents % 100:02}",
    }
    return [shown[column] for column in COLUMNS]


def _lines(rows: Iterable[Iterable[Any]]) -> bytes:
    return "".join(csv_lines(rows, delimiter=";")).encode()
