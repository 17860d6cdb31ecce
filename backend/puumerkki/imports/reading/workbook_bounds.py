"""How large a workbook is once unpacked, found out before anything takes the memory for it.

A few kilobytes of ZIP can hold gigabytes, and one cell in the last row and column of a sheet makes a huge table.
"""

import zipfile
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from puumerkki.imports.reading.recognised import WorkbookFormat
from puumerkki.imports.reading.unreadable import UnreadableFile

MOST_UNPACKED = 256 << 20
"""Bytes of all parts together."""
MOST_ROWS = 200_000
MOST_CELLS = 8_000_000
"""Cells of one sheet: its last row that holds anything times its last column."""
_CHUNK = 1 << 16
_PARSED = ("xl/worksheets/", "content.xml")


@dataclass
class _Extent:
    """How far what holds anything reaches. `table` numbers sheets of ODS; in XLSX each part has one."""

    rows: int = 0
    columns: int = 0
    row: int = 0
    column: int = 0
    row_repeated: int = 1
    repeated: int = 1
    formula: bool = False
    valued: bool = True
    uncomputed: list[int] = field(default_factory=list)

    def filled(self) -> None:
        """Note that the cell holds something."""
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        if self.rows > MOST_ROWS or self.rows * self.columns > MOST_CELLS:
            raise UnreadableFile("workbook_too_large", row=min(self.row, MOST_ROWS))

    def xlsx(self, name: str, attributes: dict[str, str]) -> None:
        """An element of a sheet (ECMA-376 part 1, 18.3)."""
        if name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif name == "c":
            self.column = _column(attributes["r"]) if "r" in attributes else self.column + 1
            self.formula, self.valued = False, False
        elif name == "f":
            self.formula = True
        elif name in ("v", "is"):
            self.valued = True
            self.filled()

    def xlsx_end(self, name: str) -> None:
        """A formula whose value nobody computed would be read as blank."""
        if name == "c" and self.formula and not self.valued:
            raise UnreadableFile("formula_uncomputed", row=self.row)

    def ods(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the content (OpenDocument 1.3 part 3, 9.1): rows and cells can stand for many."""
        if name == "table":
            self.row = self.rows = self.columns = 0
            self.row_repeated = 1
        elif name == "table-row":
            self.row += self.row_repeated if self.row else 1
            self.row_repeated = int(attributes.get("number-rows-repeated", 1))
            self.column, self.repeated = 0, 1
        elif name in ("table-cell", "covered-table-cell"):
            repeated = int(attributes.get("number-columns-repeated", 1))
            self.column += repeated
            if "value-type" in attributes:
                last, self.row = self.row, self.row + self.row_repeated - 1
                self.filled()
                self.row = last


def _column(reference: str) -> int:
    number = 0
    for sign in reference:
        if not "A" <= sign <= "Z":
            break
        number = number * 26 + ord(sign) - 64
    return number


def check_bounds(source: BinaryIO, kind: WorkbookFormat) -> None:
    """Raise UnreadableFile where the workbook is too large, or broken."""
    try:
        with zipfile.ZipFile(source) as archive:
            left = MOST_UNPACKED
            for part in archive.infolist():
                left = _unpacked(archive, part, kind, left)
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, NotImplementedError, ValueError, expat.ExpatError):
        raise UnreadableFile("workbook_broken") from None
    finally:
        source.seek(0)


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, kind: WorkbookFormat, left: int) -> int:
    """Read a part as far as may be; how many bytes may still come."""
    parser = _parser(kind) if part.filename.endswith(".xml") and part.filename.startswith(_PARSED) else None
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise UnreadableFile("workbook_too_large")
            if parser is not None:
                parser.Parse(chunk, False)
    if parser is not None:
        parser.Parse(b"", True)
    return left


def _parser(kind: WorkbookFormat) -> expat.XMLParserType:
    """Follows the cells of a sheet; a document type, by which texts can be multiplied, is refused."""
    parser = expat.ParserCreate()
    extent = _Extent()
    follow = extent.xlsx if kind == "xlsx" else extent.ods

    def start(name: str, attributes: dict[str, str]) -> None:
        follow(name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def refuse(*_: object) -> None:
        raise UnreadableFile("workbook_broken")

    parser.StartElementHandler = start
    if kind == "xlsx":
        parser.EndElementHandler = lambda name: extent.xlsx_end(name.rpartition(":")[2])
    parser.StartDoctypeDeclHandler = refuse
    return parser
