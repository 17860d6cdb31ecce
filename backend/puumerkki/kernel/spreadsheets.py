"""Tables as spreadsheet files. Whatever a text begins with, it is text, never a formula or a link."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from puumerkki.kernel.errors import Conflict

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | Decimal | date | None
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""For every workbook: what looks like something else stays the text that it is."""
MOST_CHARACTERS = 32_767
"""What one cell of a spreadsheet can hold."""
MOST_ROWS = 1_048_575
"""What one sheet can hold below its headings."""
_WIDEST = 60


class TooManyToExport(Conflict):
    code = "too_many_to_export"
    message = "A workbook cannot hold so many rows: narrow the list down, or take it as CSV."


class TableWriter:
    """A workbook of one table, written row after row: memory holds one row at a time.

    Days and sums of money (`Decimal`) are written as such. What lies in `folder` meanwhile is no part of the result.
    """

    def __init__(self, out: BinaryIO, *, folder: str, name: str, headings: Sequence[str]) -> None:
        # twenty megabytes that most processes never need
        import xlsxwriter

        self._book = xlsxwriter.Workbook(out, {**AS_TEXT, "constant_memory": True, "tmpdir": folder})
        self._sheet = self._book.add_worksheet(name)
        head, self._day, self._money = (
            self._book.add_format(one)
            for one in ({"bold": True}, {"num_format": "yyyy-mm-dd"}, {"num_format": "#,##0.00"})
        )
        for place, heading in enumerate(headings):
            self._sheet.set_column(place, place, min(_WIDEST, max(12, len(heading) + 2)))
        self._sheet.write_row(0, 0, headings, head)
        self._sheet.freeze_panes(1, 0)
        self._rows = 0

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Add rows; TooManyToExport where the sheet is full."""
        for cells in rows:
            self._rows += 1
            if self._rows > MOST_ROWS:
                raise TooManyToExport()
            for place, cell in enumerate(cells):
                self._write(place, cell)

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    def _write(self, place: int, cell: Cell) -> None:
        if isinstance(cell, str):
            self._sheet.write_string(self._rows, place, cell[:MOST_CHARACTERS])
        elif isinstance(cell, date):
            self._sheet.write_datetime(self._rows, place, cell, self._day)
        elif cell is not None:
            self._sheet.write_number(self._rows, place, cell, self._money if isinstance(cell, Decimal) else None)
