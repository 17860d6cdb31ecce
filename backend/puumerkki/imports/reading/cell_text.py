"""What a cell says as text, and which cells say nothing."""

from puumerkki.kernel.csv_cells import plain_cell

_NOTHING = frozenset(("", "-", "–", "—"))
"""A dash alone is how people leave a cell blank on purpose."""

NUL = "\0"
"""Exports of old databases have it. PostgreSQL refuses it in any text."""


class NumberCell(str):
    """What a workbook keeps as a number: a formula may have made it, and shown it with fewer decimals."""

    __slots__ = ()


class PercentageCell(NumberCell):
    """What a workbook keeps as a number and shows as a percentage: 0.5 for 50 %."""

    __slots__ = ()


class TruthCell(str):
    """What a workbook keeps as true or false: yes or no, and spreadsheets make it of words such as TOSI."""

    __slots__ = ()


class DayCell(str):
    """What a workbook keeps as a day or a time: spreadsheets make one of numbers such as 1.3 that people type."""

    __slots__ = ()


def is_blank(text: str) -> bool:
    """Whether a cell says nothing."""
    return text.strip() in _NOTHING


def cell_text(cell: str) -> str:
    """A cell without the blanks at its ends. A dash that our own lists have escaped is a text of somebody's."""
    written = cell.strip()
    if written in _NOTHING:
        return ""
    return plain_cell(cell).strip() if cell[0] == "'" else written


def without_nul(text: str) -> str:
    """A text as it can be shown and stored."""
    return text.replace(NUL, "").strip()
