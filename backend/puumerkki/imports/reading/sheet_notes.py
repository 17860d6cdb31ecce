"""What cells alone do not tell of a workbook's sheet: failed formulas, merged cells, hidden rows and columns."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from puumerkki.imports.reading.cell_text import NumberCell, PercentageCell
from puumerkki.imports.reading.unreadable import UnreadableFile

MOST_MERGED = 200_000
ERROR = "#N/A"
"""What stands for any error: the library gives a blank, or the number that was there before."""
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


class Area(NamedTuple):
    """A rectangle of cells, counted from 1, both ends in it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class _Covered(str):
    """A blank cell that one beside it covers."""

    __slots__ = ()


COVERED = _Covered()
"""A cell that a merged one reaches over from its left: what it holds nobody sees, and what it means nobody knows."""


@dataclass
class SheetNotes:
    """`failed`: of each row the columns, from and to, in which an error stands instead of a value.

    `hidden_rows`, `hidden_columns`: from and to, in their order. `far`: with cells far away the sheet is too large.
    """

    failed: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    far: bool = False
    percentages: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """Of each column the rows, from and to, whose numbers are shown as percentages."""

    def percentage(self, columns: range, first_row: int, last_row: int) -> None:
        """Note cells that are shown as percentages, row after row."""
        for column in columns:
            spans = self.percentages.setdefault(column, [])
            if spans and spans[-1][1] + 1 >= first_row:
                spans[-1] = (spans[-1][0], last_row)
            else:
                spans.append((first_row, last_row))

    def merge(self, area: Area) -> None:
        """Note a merged cell. Raises UnreadableFile where there are too many."""
        if len(self.merged) >= MOST_MERGED:
            raise UnreadableFile("workbook_too_large", row=area.first_row)
        self.merged.append(area)

    def merge_reference(self, reference: str) -> None:
        """Note a merged cell as XLSX names it, such as `A2:A4` (ECMA-376 part 1, 18.3.1.55)."""
        found = _AREA.fullmatch(reference)
        if found is not None:
            first, first_row, last, last_row = found.groups()
            self.merge(Area(int(first_row), column_of(first), int(last_row), column_of(last)))


def within(spans: Sequence[tuple[int, int]], number: int) -> bool:
    """Whether a row or column is in one of the spans."""
    place = bisect_right(spans, (number, number)) if spans else 0
    return any(first <= number <= last for first, last in spans[max(place - 1, 0) : place + 1])


def column_of(reference: str) -> int:
    """The column of a cell such as `AB12`, from 1."""
    number = 0
    for sign in reference:
        if not "A" <= sign <= "Z":
            break
        number = number * 26 + ord(sign) - 64
    return number


class SeenRows:
    """Rows as somebody sees them, one after the other: errors as such, and a merged cell in all of its rows."""

    def __init__(self, notes: SheetNotes) -> None:
        self._failed = notes.failed
        self._percentages = notes.percentages
        self._coming = sorted(notes.merged, reverse=True)
        self._open: list[tuple[Area, str]] = []

    def seen(self, row: int, cells: list[str]) -> list[str]:
        """A row; its number is larger than that of the last one. It is changed in place.

        What is merged over rows holds for each of them that has something of its own; over columns, it holds for the
        first, and the others are `COVERED`. Raises UnreadableFile where merged cells overlap.
        """
        for first, last in self._failed.get(row, ()):
            for place in range(first - 1, min(last, len(cells))):
                cells[place] = ERROR
        for column, spans in self._percentages.items():
            if column <= len(cells) and isinstance(cells[column - 1], NumberCell) and within(spans, row):
                cells[column - 1] = PercentageCell(cells[column - 1])
        if self._open or self._coming:
            self._merge(row, cells)
        return cells

    def _merge(self, row: int, cells: list[str]) -> None:
        self._open = [one for one in self._open if one[0].last_row >= row]
        while self._coming and self._coming[-1].first_row <= row:
            area = self._coming.pop()
            if area.last_row >= row:
                held = cells[area.first_column - 1] if area.first_column <= len(cells) else ""
                self._open.append((area, held if area.first_row == row else ""))
        self._open = [one for one in self._open if one[0].first_column <= len(cells)]
        areas = [area for area, _ in self._open]
        if sum(min(one.last_column, len(cells)) - one.first_column + 1 for one in areas) > len(cells):
            raise UnreadableFile("workbook_broken", row=row)  # they overlap, which no spreadsheet program writes
        own = _holds_more(cells, areas)
        for area, held in self._open:
            places = range(area.first_column - 1, min(area.last_column, len(cells)))
            for place in places:
                if place >= area.first_column:
                    cells[place] = COVERED if held else ""
                elif area.first_row != row:
                    cells[place] = held if own else ""


def _holds_more(cells: Sequence[str], areas: Sequence[Area]) -> bool:
    """Whether a row holds anything outside of the merged cells."""
    inside = {place for area in areas for place in range(area.first_column - 1, min(area.last_column, len(cells)))}
    return any(cell for place, cell in enumerate(cells) if place not in inside)
