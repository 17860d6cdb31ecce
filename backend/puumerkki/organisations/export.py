"""The directory as a CSV file, page by page, so that memory does not grow with it."""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from puumerkki.kernel import reads
from puumerkki.kernel.csv_cells import csv_lines
from puumerkki.kernel.reads.listings import QueryCaller
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.organisations import queries

COLUMNS = (
    "id",
    "name_fi",
    "name_sv",
    "name_en",
    "sector",
    "legal_form",
    "business_id",
    "association_register_number",
    "home_municipality",
    "municipalities",
    "website",
)
ROWS_AT_ONCE = 1000
BYTE_ORDER_MARK = "\ufeff"


async def csv_parts(pool: ReadPool, *, caller: QueryCaller, filters: Mapping[str, Any]) -> AsyncIterator[bytes]:
    """The file in parts. Each part reads on a connection of its own, after the request's transaction."""
    yield "".join([BYTE_ORDER_MARK, *csv_lines([COLUMNS])]).encode()
    cursor: str | None = None
    while True:
        body, cursor = await reads.page(
            pool,
            queries.ORGANISATIONS,
            caller=caller,
            filters=filters,
            sort="name",
            limit=ROWS_AT_ONCE,
            cursor=cursor,
        )
        yield "".join(csv_lines(_cells(item) for item in json.loads(body)["items"])).encode()
        if cursor is None:
            return


def _cells(item: dict[str, Any]) -> list[Any]:
    values = {
        **item,
        **{f"name_{language}": name for language, name in item["names"].items()},
        "home_municipality": item["home_municipality_code"],
        "municipalities": "|".join(item["municipality_codes"]),
    }
    return [values.get(column) for column in COLUMNS]
