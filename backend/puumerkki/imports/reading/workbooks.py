"""XLSX and ODS: the sheet that somebody chose, or the only one that is understood, its cells as text."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from puumerkki.imports.options import ImportOptions
from puumerkki.imports.reading.cell_text import DayCell, NumberCell, TruthCell, cell_text
from puumerkki.imports.reading.delimited import Row
from puumerkki.imports.reading.headings import LOOKED_AT, Vocabulary, find_headings
from puumerkki.imports.reading.recognised import WorkbookFormat
from puumerkki.imports.reading.sheet_notes import SeenRows, SheetNotes
from puumerkki.imports.reading.unreadable import UnreadableFile
from puumerkki.imports.reading.workbook_bounds import Names, check_bounds
from puumerkki.imports.results import FileReading

HEAD = 60
EXACT_BELOW = 1e15
"""A number of more digits is not what was written: it is shown as spreadsheets do, with an exponent."""


@dataclass(frozen=True)
class Workbook:
    """The sheet that is read. `head`: its first rows; `rows`: all of them. `notes`: what its cells do not tell."""

    reading: FileReading
    head: list[Row]
    rows: Iterator[Row]
    notes: SheetNotes


def open_workbook(source: BinaryIO, kind: WorkbookFormat, words: Vocabulary, options: ImportOptions) -> Workbook:
    """The workbook, within bounds. Raises UnreadableFile where a sheet must be chosen, or there is no such one."""
    bounds = check_bounds(source, kind)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(bounds.trimmed or source.read()))
        sheets = _filled(book, named=options.sheet)
    except (CalamineError, ValueError):
        raise UnreadableFile("workbook_broken") from None
    names = tuple(sheets)
    reading = FileReading(kind, sheets=names)
    if options.sheet is not None and options.sheet not in sheets:
        raise UnreadableFile("sheet_unknown", detail=", ".join(names), reading=reading)
    if not sheets:
        raise UnreadableFile("file_empty", reading=reading)
    chosen = options.sheet or _only(sheets, words, bounds)
    if chosen is None:
        raise UnreadableFile("sheet_needed", detail=", ".join(names), reading=reading)
    notes = bounds.of(chosen)
    rows = _rows(sheets[chosen], notes)
    head = list(islice(rows, HEAD))
    return Workbook(FileReading(kind, sheet=chosen, sheets=names), head, chain(head, rows), notes)


def _filled(book: CalamineWorkbook, *, named: str | None) -> dict[str, CalamineSheet]:
    """The sheets that hold anything. A hidden one is taken only where somebody names it."""
    found: dict[str, CalamineSheet] = {}
    for one in book.sheets_metadata:
        shown = one.visible == SheetVisibleEnum.Visible or one.name == named
        if shown and one.typ == SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(one.name)
            if sheet.height:
                found[one.name] = sheet
    return found


def _only(sheets: dict[str, CalamineSheet], words: Vocabulary, bounds: Names) -> str | None:
    """The only sheet, or the only one with headings that are understood: a page of advice may stand beside it."""
    if len(sheets) == 1:
        return next(iter(sheets))
    known = [
        name
        for name, sheet in sheets.items()
        if (found := find_headings(list(islice(_rows(sheet, bounds.of(name)), LOOKED_AT * 2)), words)).understood
        and not words.missing(found.columns)
    ]
    return known[0] if len(known) == 1 else None


def _rows(sheet: CalamineSheet, notes: SheetNotes) -> Iterator[Row]:
    """The rows, blank ones too, with the numbers that the spreadsheet gives them."""
    start = sheet.start or (0, 0)
    blank = [""] * start[1]
    rows = SeenRows(notes)
    yield from ((row, []) for row in range(1, start[0] + 1))
    for row, cells in enumerate(sheet.iter_rows(), start=start[0] + 1):
        yield row, rows.seen(row, [*blank, *(_text(cell) for cell in cells)])


def _text(cell: int | float | str | bool | date | datetime | time | timedelta) -> str:
    """A cell as somebody would write it: 5 and not 5.0, days as ISO 8601 has them.

    Spreadsheets keep fifteen digits of a number; what comes after is the noise of binary fractions.
    """
    if isinstance(cell, str):
        return cell_text(cell)
    if isinstance(cell, bool):
        return TruthCell("yes" if cell else "no")
    if isinstance(cell, float):
        if abs(cell) >= EXACT_BELOW:
            return f"{cell:.14E}"
        return NumberCell(f"{cell:.0f}" if cell.is_integer() else _fraction(cell))
    if isinstance(cell, datetime):
        return DayCell((cell.date() if cell.time() == time() else cell).isoformat())
    if isinstance(cell, date | time):
        return DayCell(cell.isoformat())
    return str(cell)


def _fraction(number: float) -> str:
    """Without exponent, and never with three decimals alone, which could be read as thousands."""
    written = f"{number:.15g}"
    if "e" in written:
        written = f"{number:.15f}".rstrip("0")
    return f"{written}0" if len(written.partition(".")[2]) == 3 else written
