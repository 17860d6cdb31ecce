"""How large a workbook is once unpacked, found out before anything takes the memory for it.

A few kilobytes of ZIP can hold gigabytes, and one cell in the last row and column of a sheet makes a huge table.
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO, TypeAlias
from xml.parsers import expat

from puumerkki.imports.reading.recognised import WorkbookFormat
from puumerkki.imports.reading.unreadable import UnreadableFile
from puumerkki.kernel.zip_files import BROKEN_ZIP

MOST_UNPACKED = 256 << 20
"""Bytes of all parts together."""
MOST_ROWS = 200_000
MOST_CELLS = 8_000_000
"""Cells of one sheet: its last row that holds anything times its last column."""
_CHUNK = 1 << 16
_PARSED = ("xl/worksheets/", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "content.xml")
Place: TypeAlias = tuple[int, int]
"""A row and a column, from 1."""


@dataclass
class Names:
    """Which part of an XLSX archive holds which sheet, and where formulas failed in each part."""

    ids: dict[str, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    failed: dict[str, set[Place]] = field(default_factory=dict)

    def follow(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the workbook or of its relations."""
        if name == "sheet" and "id" in attributes:
            self.ids[attributes["name"]] = attributes["id"]
        elif name == "Relationship":
            self.targets[attributes["Id"]] = attributes["Target"].removeprefix("/xl/")

    def failed_in(self, sheet: str) -> set[Place]:
        """Where in a sheet an error stands instead of a value."""
        return self.failed.get(f"xl/{self.targets.get(self.ids.get(sheet, ''), '')}", set())


@dataclass
class _Extent:
    """How far what holds anything reaches in a sheet."""

    rows: int = 0
    columns: int = 0
    row: int = 0
    column: int = 0
    row_repeated: int = 1
    repeated: int = 1
    formula: bool = False
    valued: bool = True
    in_value: bool = False
    text: bool = False
    failed: set[Place] = field(default_factory=set)

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
            self.formula = self.valued = self.in_value = False
            self.text = attributes.get("t") == "str"
            if attributes.get("t") == "e":
                self.failed.add((self.row, self.column))
        elif name == "f":
            self.formula = True
        elif name in ("v", "is"):
            self.in_value = True
            self.filled()

    def xlsx_text(self, _: str) -> None:
        """The text of an element; that of a value comes after that of its formula."""
        self.valued = self.valued or self.in_value

    def xlsx_end(self, name: str) -> None:
        """A formula whose value nobody computed would be read as blank; one whose value is no text is written so."""
        if name == "c" and self.formula and not (self.valued or self.text):
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


def check_bounds(source: BinaryIO, kind: WorkbookFormat) -> Names:
    """Raise UnreadableFile where the workbook is too large, or broken; else tell of its sheets."""
    names = Names()
    try:
        with zipfile.ZipFile(source) as archive:
            left = MOST_UNPACKED
            for part in archive.infolist():
                left = _unpacked(archive, part, kind, names, left)
    except (*BROKEN_ZIP, expat.ExpatError):
        raise UnreadableFile("workbook_broken") from None
    finally:
        source.seek(0)
    return names


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, kind: WorkbookFormat, names: Names, left: int) -> int:
    """Read a part as far as may be; how many bytes may still come."""
    parser = _parser(part.filename, kind, names) if part.filename.startswith(_PARSED) else None
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


def _parser(part: str, kind: WorkbookFormat, names: Names) -> expat.XMLParserType:
    """Follows a part; a document type, by which texts can be multiplied, is refused."""
    parser = expat.ParserCreate()
    extent = _Extent()
    sheet = part.startswith("xl/worksheets/") and not part.endswith(".rels")
    follow: Callable[[str, dict[str, str]], None] = extent.ods if kind == "ods" else names.follow
    if sheet:
        names.failed[part] = extent.failed
        follow = extent.xlsx
        parser.EndElementHandler = lambda name: extent.xlsx_end(name.rpartition(":")[2])
        parser.CharacterDataHandler = extent.xlsx_text

    def start(name: str, attributes: dict[str, str]) -> None:
        follow(name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def refuse(*_: object) -> None:
        raise UnreadableFile("workbook_broken")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    return parser
