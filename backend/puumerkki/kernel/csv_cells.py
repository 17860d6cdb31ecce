"""Cells of CSV files that people open in a spreadsheet: what begins like a formula is written as text."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def escape_cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula; `plain_cell` gives the value back."""
    return f"'{value}" if _FORMULA.match(value) else value


def plain_cell(cell: str) -> str:
    """The value of a cell that `escape_cell` may have written."""
    return cell[1:] if cell[:1] == "'" and _ESCAPED.match(cell) else cell


def csv_lines(rows: Iterable[Iterable[object]], *, delimiter: str = ",") -> Iterator[str]:
    """A file's lines, of which the headings are the first; every cell safe for a spreadsheet, None is empty."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=delimiter)
    for cells in rows:
        writer.writerow([escape_cell("" if cell is None else str(cell)) for cell in cells])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
