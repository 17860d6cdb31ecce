"""Cells of CSV files that people open in a spreadsheet: what begins like a formula is written as text."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def escape_cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula; `plain_cell` gives the value back."""
    return f"'{value}" if _FORMULA.match(value) else value


def plain_cell(cell: str) -> str:
    """The value of a cell that `escape_cell` may have written."""
    return cell[1:] if _ESCAPED.match(cell) else cell
