"""Lists as tables for spreadsheets: all rows of a listing, page by page, as CSV or a workbook, in steady memory."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO, cast

from puumerkki.kernel import clock
from puumerkki.kernel.csv_cells import csv_lines
from puumerkki.kernel.errors import Unauthenticated
from puumerkki.kernel.field_types import UiLanguage, display_name
from puumerkki.kernel.reads.fetch import page
from puumerkki.kernel.reads.listings import Listing, QueryCaller
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.spreadsheets import Cell, TableWriter

Words = Mapping[str, str]
"""The same in the languages of the app."""
Item = Mapping[str, Any]
Value = str | Callable[[Item], Any]
ROWS_AT_ONCE = 1000
"""Where a sort needs a table beside the rows' own, each page sorts them all: few large pages cost a fifth."""
SIGNED_OUT_ROWS = 400
"""The longest file for whoever is not signed in: what the database makes well within 30 ms, whatever the list."""
_CHUNK = 1 << 16
_YES_NO: Mapping[bool, Words] = {
    True: {"fi": "kyllä", "sv": "ja", "en": "yes"},
    False: {"fi": "ei", "sv": "nej", "en": "no"},
}


class SignInToExport(Unauthenticated):
    code = "sign_in_to_export"
    message = "So long a list is a file for those who are signed in. Sign in, or narrow the list down."


def in_three(**said: tuple[str, str, str]) -> Mapping[str, Words]:
    """Words by name, each in Finnish, Swedish and English."""
    return {name: dict(zip(("fi", "sv", "en"), words, strict=True)) for name, words in said.items()}


LANGUAGES = in_three(
    fi=("suomi", "finska", "Finnish"), sv=("ruotsi", "svenska", "Swedish"), en=("englanti", "engelska", "English")
)


@dataclass(frozen=True)
class Export:
    """A list as a table.

    `columns`: by the name of the import's field where there is one, a key of the listing's item, or what makes the cell
    from the item; a list becomes values with | between them. `headings`: those names for people; `words`: by column,
    what its codes are called. Both stand as the API has them where no language is asked for.
    """

    listing: Listing
    file: str
    sort: str
    columns: Mapping[str, Value]
    headings: Mapping[str, Words]
    words: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)

    def asked(self, _query: Any) -> "Export":
        """The table that a query asks for: where it is the same for all, this one."""
        return self

    def head(self, language: UiLanguage | None) -> list[str]:
        """The row of headings."""
        return [name if language is None else self.headings[name][language.value] for name in self.columns]

    def rows(self, page: bytes, language: UiLanguage | None) -> list[list[Cell]]:
        """The cells of a page's items."""
        return [self.row(item, language) for item in json.loads(page)["items"]]

    def row(self, item: Item, language: UiLanguage | None) -> list[Cell]:
        """The cells of an item."""
        return [self._cell(name, value, item, language) for name, value in self.columns.items()]

    def _cell(self, name: str, value: Value, item: Item, language: UiLanguage | None) -> Cell:
        found = item[value] if isinstance(value, str) else value(item)
        words = self.words.get(name, {})

        def said(one: Any) -> Any:
            return words[one][language.value] if language is not None and one in words else one

        if isinstance(found, bool):
            return _YES_NO[found]["en" if language is None else language.value]
        if isinstance(found, dict):
            raise TypeError(f"{self.file}: {name} is no cell")
        if isinstance(found, list):
            return "|".join(str(said(one)) for one in found)
        return cast(Cell, said(found) if isinstance(found, str) else found)


def money(key: str) -> Callable[[Item], Decimal | None]:
    """Euros, from an item's cents."""
    return lambda item: None if item[key] is None else Decimal(item[key]).scaleb(-2)


def day(key: str) -> Callable[[Item], date | None]:
    """A day, from an item's day or moment: that of Finland."""

    def found(item: Item) -> date | None:
        said = item[key]
        if said is None:
            return None
        return date.fromisoformat(said) if "T" not in said else clock.day_of(datetime.fromisoformat(said))

    return found


def moment(key: str) -> Callable[[Item], str | None]:
    """A moment in Finland, from an item's: to the minute, or to the second where it has some."""

    def found(item: Item) -> str | None:
        if item[key] is None:
            return None
        there = datetime.fromisoformat(item[key]).astimezone(clock.FINLAND).replace(tzinfo=None)
        return there.isoformat(" ", "minutes" if there == there.replace(second=0, microsecond=0) else "auto")

    return found


def name(key: str) -> Callable[[Item], str | None]:
    """A name, from an item's names by language; nothing where there are none."""
    return lambda item: display_name(item[key]) if item[key] else None


async def rows_of(
    pool: ReadPool,
    export: Export,
    *,
    caller: QueryCaller,
    filters: Mapping[str, Any],
    sort: str | None,
    language: UiLanguage | None,
) -> AsyncIterator[list[list[Cell]]]:
    """All rows that the caller may read, some at once; each page is read on a connection of its own.

    The first page is read before any is given: SignInToExport where there are more rows than a caller who is not
    signed in gets.
    """

    async def read(cursor: str | None) -> tuple[list[list[Cell]], str | None]:
        body, following = await page(
            pool,
            export.listing,
            caller=caller,
            filters=filters,
            sort=sort or export.sort,
            limit=SIGNED_OUT_ROWS if caller.anonymous else ROWS_AT_ONCE,
            cursor=cursor,
        )
        return await asyncio.to_thread(export.rows, body, language), following

    begun, cursor = await read(None)
    if caller.anonymous and cursor is not None:
        raise SignInToExport(rows=SIGNED_OUT_ROWS)
    return _pages(begun, cursor, read)


async def _pages(
    rows: list[list[Cell]],
    cursor: str | None,
    read: Callable[[str], Awaitable[tuple[list[list[Cell]], str | None]]],
) -> AsyncIterator[list[list[Cell]]]:
    yield rows
    while cursor is not None:
        rows, cursor = await read(cursor)
        yield rows


async def csv_file(head: Sequence[str], rows: AsyncIterator[list[list[Cell]]]) -> AsyncIterator[bytes]:
    """CSV as spreadsheet programs in Finland expect it: a byte order mark, semicolons, decimal commas."""
    yield b"\xef\xbb\xbf" + _lines([head])
    async for some in rows:
        yield _lines(some)


async def workbook(name: str, head: Sequence[str], rows: AsyncIterator[list[list[Cell]]]) -> AsyncIterator[bytes]:
    """A workbook, whole before its first byte is given: TooManyToExport where it would not hold the rows."""
    out = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 — closed with the last byte
    try:
        with tempfile.TemporaryDirectory() as folder:
            table = await asyncio.to_thread(TableWriter, out, folder=folder, name=name, headings=head)
            try:
                async for some in rows:
                    await asyncio.to_thread(table.write, some)
            finally:
                await asyncio.to_thread(table.close)
        out.seek(0)
    except BaseException:
        out.close()
        raise
    return _bytes(out)


async def _bytes(file: BinaryIO) -> AsyncIterator[bytes]:
    with file:
        while chunk := await asyncio.to_thread(file.read, _CHUNK):
            yield chunk


def _lines(rows: Sequence[Sequence[Cell]]) -> bytes:
    written = ([str(cell).replace(".", ",") if isinstance(cell, Decimal) else cell for cell in row] for row in rows)
    return "".join(csv_lines(written, delimiter=";")).encode()
