"""Tables as spreadsheet files. Whatever a text begins with, it is text, never a formula or a link."""

import asyncio
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import xlsxwriter  # type: ignore[import-untyped]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | Decimal | date | None
_AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MOST_CHARACTERS = 32_767
"""What one cell of a spreadsheet can hold."""


async def xlsx(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet. Days and sums of money (`Decimal`) are written as such."""
    return await asyncio.to_thread(_written, name, columns, rows)


def _written(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _AS_TEXT) as book:
        sheet = book.add_worksheet(name)
        head, day, money = (
            book.add_format(one) for one in ({"bold": True}, {"num_format": "yyyy-mm-dd"}, {"num_format": "#,##0.00"})
        )
        sheet.write_row(0, 0, columns, head)
        sheet.freeze_panes(1, 0)
        for number, cells in enumerate(rows, start=1):
            for place, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell[:MOST_CHARACTERS])
                elif isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                elif cell is not None:
                    sheet.write_number(number, place, cell, money if isinstance(cell, Decimal) else None)
        sheet.autofit()
    return out.getvalue()
