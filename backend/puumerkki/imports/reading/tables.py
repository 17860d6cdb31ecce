"""A file of rows, whatever its format: what it was read as, and its rows by field."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import BinaryIO, NamedTuple

from puumerkki.imports.options import ImportOptions
from puumerkki.imports.reading.broken_cells import BROKEN_STARTS, is_broken
from puumerkki.imports.reading.cell_text import NUL, without_nul
from puumerkki.imports.reading.delimited import Delimited, Row, open_delimited
from puumerkki.imports.reading.headings import LOOKED_AT, Headings, Vocabulary, find_headings
from puumerkki.imports.reading.recognised import format_of
from puumerkki.imports.reading.sheet_notes import COVERED, SheetNotes, within
from puumerkki.imports.reading.totals import total_in
from puumerkki.imports.reading.unreadable import UnreadableFile
from puumerkki.imports.reading.workbooks import open_workbook
from puumerkki.imports.results import FileReading, ReadColumn
from puumerkki.kernel.collation import unaccented

SHOWN_NAMES = 5
SHOWN_NAME = 100
PEEKED = 60
LEAST_UNDERSTOOD = 3
"""Where a column is missing and fewer than one heading in so many is understood, the row holds no headings."""


class Unread(NamedTuple):
    """What of a row cannot be read: a code, in which field where it is one, and what more is known of it."""

    code: str
    field: str | None = None
    detail: str | None = None


class Record(NamedTuple):
    """One row: its number in the file, and its cells by field; blank cells are left out.

    `faults`: why it cannot be read at all. `total`: what it says where it is no row of the list but a total of it.
    `hidden`: nobody sees it in the spreadsheet.
    """

    row: int
    cells: dict[str, str]
    faults: Sequence[Unread] = ()
    total: str | None = None
    hidden: bool = False


@dataclass(frozen=True)
class TableFile:
    """An open file. `headings`: from each known field to its heading as the file writes it."""

    reading: FileReading
    rows: Iterator[Row]
    alike: Mapping[str, Callable[[str], object]]
    release: Callable[[], object]
    """Let go of the file, which stays open for who opened it."""
    named_by: Sequence[str] = ()
    """The fields that hold names."""
    notes: SheetNotes = field(default_factory=SheetNotes)

    @property
    def columns(self) -> tuple[ReadColumn, ...]:
        """The columns, without the blank ones at the end."""
        return self.reading.columns

    @property
    def headings(self) -> Mapping[str, str]:
        """From each known field to the first heading that means it."""
        return {one.field: one.heading for one in reversed(self.columns) if one.field is not None}

    def records(self) -> Iterator[Record]:
        """The rows below the headings that hold anything."""
        fields = [one.field for one in self.columns]
        names = [place for place, name in enumerate(fields) if name in self.named_by]
        hidden = self.notes.hidden_rows
        for row, cells in self.rows:
            if any(cells):
                found, faults = _read(cells, fields, self.alike)
                yield Record(row, found, faults, total_in(cells, names), bool(hidden) and within(hidden, row))

    @property
    def hidden_headings(self) -> list[str]:
        """The headings of columns that are read and that nobody sees."""
        spans = self.notes.hidden_columns
        shown = enumerate(self.columns, start=1)
        return [one.heading for number, one in shown if one.field is not None and within(spans, number)]


def _read(
    cells: Sequence[str], fields: Sequence[str | None], alike: Mapping[str, Callable[[str], object]]
) -> tuple[dict[str, str], Sequence[Unread]]:
    found: dict[str, str] = {}
    faults: list[Unread] = []
    if len(cells) > len(fields) and any(cells[len(fields) :]):
        faults.append(Unread("too_many_cells"))
    for name, cell in zip(fields, cells, strict=False):
        if name is None or not cell:
            if cell is COVERED and name is not None:
                faults.append(Unread("cells_merged", name))
            continue
        if NUL in cell:
            faults.append(Unread("nul_character", name))
            cell = without_nul(cell)
            if not cell:
                continue
        if cell[0] in BROKEN_STARTS and is_broken(cell):
            faults.append(Unread("cell_broken", name))
        if found.setdefault(name, cell) != cell and not _same(found[name], cell, alike.get(name, unaccented)):
            faults.append(Unread("columns_differ", name, f"{found[name]} ≠ {cell}"[:SHOWN_NAME]))
    return found, tuple(dict.fromkeys(faults)) if faults else ()


def _same(one: str, other: str, as_what: Callable[[str], object]) -> bool:
    meant = as_what(one)
    return meant is not None and meant == as_what(other)


def open_table(
    source: BinaryIO, words: Vocabulary, options: ImportOptions, *, named_by: Sequence[str] = ()
) -> TableFile:
    """The file with its headings understood. `named_by`: fields that hold names, the first names are shown of.

    Raises UnreadableFile where it is no table, where its sheet must be chosen, where no heading is understood, and
    where a column is missing that no row can do without.
    """
    kind = format_of(source)
    if kind is not None:
        book = open_workbook(source, kind, words, options)
        found = find_headings(book.head, words, at=options.heading_row)
        file = _understood(book.reading, found, book.rows, _nothing, words, named_by)
        return replace(file, notes=book.notes)
    text = open_delimited(source)
    try:
        if not any(sign.isalnum() for line in text.head for sign in line):
            raise UnreadableFile("file_empty")
        delimiter, found = _between(text, words, options)
        reading = FileReading("csv", encoding=text.encoding, delimiter=delimiter)
        return _understood(reading, found, text.rows(delimiter), text.release, words, named_by)
    except UnreadableFile:
        text.release()
        raise


def _nothing() -> None:
    """A workbook was read whole."""


def _between(text: Delimited, words: Vocabulary, options: ImportOptions) -> tuple[str, Headings]:
    """The delimiter with which most headings are understood; with none, that which makes most columns."""
    at = options.heading_row
    choices = [
        (one, find_headings(text.first(one, max(at or 0, LOOKED_AT * 2)), words, at=at)) for one in text.delimiters
    ]
    return max(choices, key=lambda choice: (choice[1].understood, len(choice[1].columns)))


def _understood(
    reading: FileReading,
    found: Headings,
    rows: Iterator[Row],
    release: Callable[[], object],
    words: Vocabulary,
    named_by: Sequence[str],
) -> TableFile:
    spoilt = next((one.heading for one in found.columns if NUL in one.heading), None)
    if spoilt is not None:
        raise UnreadableFile("nul_character", row=found.row, detail=without_nul(spoilt) or None)
    reading = replace(reading, heading_row=found.row, columns=found.columns)
    if not found.columns and found.row == 1:
        raise UnreadableFile("file_empty", reading=reading)
    missing = words.missing(found.columns)
    by_chance = found.understood * LEAST_UNDERSTOOD < sum(bool(one.heading) for one in found.columns)
    if not found.understood or (missing and by_chance):
        named = ", ".join(one.heading for one in found.columns if one.heading)
        raise UnreadableFile("headings_needed", row=found.row, detail=named or None, reading=reading)
    if missing:
        named = ", ".join(missing)
        raise UnreadableFile("column_missing", row=found.row, column=missing[0], detail=named, reading=reading)
    for _ in islice(rows, found.row):
        pass
    peeked = list(islice(rows, PEEKED))
    names = _names(peeked, found.columns, named_by)
    return TableFile(replace(reading, first_names=names), chain(peeked, rows), words.alike, release, named_by)


def _names(rows: Sequence[Row], columns: Sequence[ReadColumn], named_by: Sequence[str]) -> tuple[str, ...]:
    """The first names, of the first field of `named_by` that the file has; else what stands in the first known one."""
    fields = [one.field for one in columns]
    name = next((one for one in named_by if one in fields), next(one for one in fields if one is not None))
    place = fields.index(name)
    found = (without_nul(cells[place])[:SHOWN_NAME] for _, cells in rows if len(cells) > place and cells[place])
    return tuple(islice(found, SHOWN_NAMES))
