r"""Rows as COPY takes them: lines of text, cells between tabs, null as `\N` (PostgreSQL's manual, COPY, Text Format).

A batch goes as one block. Row by row, each would wait for the thread that makes the next batch meanwhile, and the
waiting took longer than all the rest.
"""

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias
from uuid import UUID

Cell: TypeAlias = str | int | bool | date | UUID | list[str] | None
_ESCAPED = str.maketrans({"\\": r"\\", "\b": r"\b", "\t": r"\t", "\n": r"\n", "\v": r"\v", "\f": r"\f", "\r": r"\r"})
_QUOTED = str.maketrans({"\\": r"\\", '"': r"\""})


def copy_block(rows: Iterable[Iterable[Cell]]) -> bytes:
    """Rows as one block. No text may hold NUL, which PostgreSQL refuses."""
    # what is told here takes no call, of which there would be millions
    return "".join(
        [
            "\t".join(
                [
                    r"\N"
                    if cell is None
                    else cell
                    if isinstance(cell, str) and cell.isprintable() and "\\" not in cell
                    else _text(cell)
                    for cell in cells
                ]
            )
            + "\n"
            for cells in rows
        ]
    ).encode()


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell.translate(_ESCAPED)
    if isinstance(cell, bool):
        return "t" if cell else "f"
    if isinstance(cell, list):
        return f"{{{','.join([_quoted(one) for one in cell])}}}"
    return str(cell)


def _quoted(one: str) -> str:
    """An element of an array's literal, which COPY unescapes once more."""
    return f'"{one.translate(_QUOTED)}"'.translate(_ESCAPED)
