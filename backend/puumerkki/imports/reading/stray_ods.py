"""Cells far away from a small table of an ODS file, where rows and cells can stand for many: taken out as from XLSX.

OpenDocument 1.3 part 3, 9.1. What a row holds beside the table goes; where it said something, one cell says so instead.
"""

import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from puumerkki.imports.reading.cell_text import is_blank
from puumerkki.imports.reading.follower import Follower
from puumerkki.imports.reading.stray_cells import MOST_STRAY, written_anew
from puumerkki.imports.reading.unreadable import UnreadableFile

ODS_CONTENT = "content.xml"
_GAP = b'<table:table-cell table:number-columns-repeated="%d"/>'
_STRAY = b'<table:table-cell office:value-type="string"><text:p>...</text:p></table:table-cell>'
_CELLS = frozenset(("table-cell", "covered-table-cell"))


class _Cell(NamedTuple):
    """Columns and rows, from and to. `says`: nothing at all is None, a blank text False."""

    columns: tuple[int, int]
    rows: tuple[int, int]
    begin: int
    says: bool | None


@dataclass
class _Content(Follower):
    """Follows the named tables, and tells of their cells, and of where their rows end."""

    content: bytes
    tables: Collection[str]
    found: Callable[[str, _Cell], None]
    ended: Callable[[int], None] = lambda _: None
    table: str = ""
    row: int = 0
    rows: int = 0
    column: int = 0
    columns: int = 0
    begin: int = 0
    kind: str | None = None
    text: str = ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "table":
            self.table, self.row, self.rows = plain.get("name", ""), 0, 0
        elif name == "table-row":
            self.row, self.rows = self.row + self.rows, int(plain.get("number-rows-repeated", 1))
            self.column = self.columns = 0
        elif name in _CELLS:
            self.column, self.columns = self.column + self.columns, int(plain.get("number-columns-repeated", 1))
            self.begin, self.kind, self.text = self.parser.CurrentByteIndex, plain.get("value-type"), ""
            self._text(plain.get("string-value", ""))

    def _text(self, text: str) -> None:
        if len(self.text) < 20:
            self.text += text

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if self.table not in self.tables:
            return
        if name in _CELLS:
            says = None if self.kind is None else self.kind != "string" or not is_blank(self.text)
            columns = (self.column + 1, self.column + self.columns)
            self.found(self.table, _Cell(columns, (self.row + 1, self.row + self.rows), self.begin, says))
        elif name == "table-row":
            self.ended(self.parser.CurrentByteIndex)


@dataclass
class _Reach:
    """How far what says something reaches in a table. `used`: from each first column of a cell to its last."""

    last: int = 1
    used: dict[int, int] = field(default_factory=dict)

    def columns(self, most_cells: int) -> int:
        """So many may lie in the table."""
        return most_cells // self.last - 1

    def width(self, most_cells: int) -> int:
        """So many do; the others are far away."""
        return max((last for first, last in self.used.items() if first <= self.columns(most_cells)), default=0)


def ods_without_strays(archive: zipfile.ZipFile, tables: Collection[str], *, most_rows: int, most_cells: int) -> bytes:
    """The file with these tables within bounds. Raises UnreadableFile where they are not small without strays."""
    content = archive.read(ODS_CONTENT)
    reaches: dict[str, _Reach] = {}

    def reach(table: str, cell: _Cell) -> None:
        one = reaches.setdefault(table, _Reach())
        if cell.says:
            one.last = max(one.last, cell.rows[1])
            one.used[cell.columns[0]] = max(one.used.get(cell.columns[0], 0), cell.columns[1])

    _Content(content, tables, reach).follow()
    for one in reaches.values():
        if one.last > most_rows or one.width(most_cells) > one.columns(most_cells):
            raise UnreadableFile("workbook_too_large", row=min(one.last, most_rows))
    bounds = {table: (one.last, one.columns(most_cells), one.width(most_cells)) for table, one in reaches.items()}
    return written_anew(archive, {ODS_CONTENT: _trimmed(content, bounds, most_rows)})


def _trimmed(content: bytes, bounds: dict[str, tuple[int, int, int]], most_rows: int) -> bytes:
    cuts: list[tuple[int, int, bytes]] = []
    beside: _Cell | None = None
    far = said = False
    kept = 0

    def look(table: str, cell: _Cell) -> None:
        nonlocal beside, far, said, kept
        last, columns, width = bounds[table]
        below = cell.rows[0] > last
        kept = 0 if below else width
        if beside is None and cell.columns[1] > kept:
            beside = cell
        if cell.says is not None and (below or cell.columns[1] > columns):
            far, said = True, said or cell.says

    def cut(end: int) -> None:
        nonlocal beside, far, said
        if far and beside is not None:
            if len(cuts) >= MOST_STRAY:
                raise UnreadableFile("workbook_too_large", row=min(beside.rows[0], most_rows))
            before = kept - beside.columns[0] + 1
            gap = _GAP % before if before else b""
            cuts.append((beside.begin, end, gap + _STRAY if said else gap))
        beside, far, said = None, False, False

    _Content(content, bounds, look, cut).follow()
    parts, after = [], 0
    for begin, end, instead in cuts:
        parts += [content[after:begin], instead]
        after = end
    return b"".join([*parts, content[after:]])
