r"""Rows as COPY takes them: lines of text, cells between tabs, null as `\N` (PostgreSQL's manual, COPY, Text Format).

A batch goes as one block. Row by row, each would wait for the thread that makes the next batch meanwhile, and the
waiting took longer than all the rest.
"""

from collections.abc import Iterable
from datetime import date
from itertools import repeat
from typing import TypeAlias
from uuid import UUID

Cell: TypeAlias = str | int | bool | date | UUID | list[str] | None
_ESCAPED = str.maketrans({"\\": r"\\", "\b": r"\b", "\t": r"\t", "\n": r"\n", "\v": r"\v", "\f": r"\f", "\r": r"\r"})
_QUOTED = str.maketrans({"\\": r"\\", '"': r"\""})


def copy_block(rows: Iterable[Iterable[Cell]], beginnings: Iterable[str] = repeat("")) -> bytes:
    """Rows as one block. No text may hold NUL, which PostgreSQL refuses.

    `beginnings`: a text before each row, which COPY takes as it is: numbers and ids, each with a tab behind it.
    """
    # what is told here takes no call, of which there would be millions
    return "".join(
        [
            begin
            + "\t".join(
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
            for begin, cells in zip(beginnings, rows, strict=False)
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
    if one.isprintable() and "\\" not in one and '"' not in one:
        return f'"{one}"'
    return f'"{one.translate(_QUOTED)}"'.translate(_ESCAPED)
