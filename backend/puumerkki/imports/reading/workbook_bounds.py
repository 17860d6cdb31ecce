"""How large a workbook is once unpacked, found out before anything takes the memory for it.

A few kilobytes of ZIP can hold gigabytes, and one cell in the last row and column of a sheet makes a huge table.
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from puumerkki.imports.reading.broken_cells import is_broken
from puumerkki.imports.reading.recognised import WorkbookFormat
from puumerkki.imports.reading.sheet_notes import Area, SheetNotes, column_of
from puumerkki.imports.reading.stray_cells import without_strays
from puumerkki.imports.reading.stray_ods import ods_without_strays
from puumerkki.imports.reading.unreadable import UnreadableFile
from puumerkki.kernel.zip_files import BROKEN_ZIP

MOST_UNPACKED = 256 << 20
"""Bytes of all parts together."""
MOST_ROWS = 200_000
MOST_CELLS = 8_000_000
"""Cells of one sheet: its last row that says anything times its last column, but for a few cells far away."""
LONGEST_ERROR = 20
"""Signs; what is longer is no error."""
ODS_ERROR = "error"
"""The value type that LibreOffice gives, beside the one for older programs, where a formula failed."""
TRUE = frozenset(("1", "true"))
UNSEEN = frozenset(("collapse", "filter"))
"""By hand, and by a filter (OpenDocument 1.3 part 3, 19.749)."""
ODS_PERCENTAGE = "percentage"
NO_NUMBERS = frozenset(("s", "str", "inlineStr", "b", "e"))
"""Types of cells that hold no number (ECMA-376 part 1, 18.18.11)."""
_STYLES = "xl/styles.xml"
_QUOTED = re.compile(r'"[^"]*"|\\.')
"""What a format shows as it is."""
_CHUNK = 1 << 16
_PARSED = ("xl/worksheets/", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", _STYLES, "content.xml")


@dataclass
class Percentages:
    """The styles of cells whose numbers are shown as percentages (ECMA-376 part 1, 18.8.10 and 18.8.30)."""

    formats: set[str] = field(default_factory=lambda: {"9", "10"})
    cells: set[str] = field(default_factory=set)
    number: int = -1
    """Of the style that comes next; below 0 beside those of cells."""

    def follow(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the styles."""
        if name == "numFmt" and "%" in _QUOTED.sub("", attributes.get("formatCode", "")):
            self.formats.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":
            self.number = 0
        elif name == "cellStyles":
            self.number = -1
        elif name == "xf" and self.number >= 0:
            if attributes.get("numFmtId") in self.formats:
                self.cells.add(str(self.number))
            self.number += 1


@dataclass
class Names:
    """Which part of an XLSX archive holds which sheet. `notes`: of each such part, or of each table of an ODS file."""

    ids: dict[str, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    notes: dict[str, SheetNotes] = field(default_factory=dict)
    styles: Percentages = field(default_factory=Percentages)
    trimmed: bytes | None = None
    """The workbook without cells far away, where it is too large with them."""

    def follow(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the workbook or of its relations."""
        if name == "sheet" and "id" in attributes:
            self.ids[attributes["name"]] = attributes["id"]
        elif name == "Relationship":
            self.targets[attributes["Id"]] = attributes["Target"].removeprefix("/xl/")

    def of(self, sheet: str) -> SheetNotes:
        """What is noted of a sheet by its name."""
        part = f"xl/{self.targets.get(self.ids.get(sheet, ''), '')}"
        return self.notes.get(sheet) or self.notes.get(part) or SheetNotes()


@dataclass
class _Extent:
    """How far what holds anything reaches in a sheet. What makes it too large may be cells far away alone."""

    count: int = 0
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
    shown: str | None = None
    """What a cell of an ODS file with a formula shows, as far as it is read."""
    notes: SheetNotes = field(default_factory=SheetNotes)
    styles: Percentages = field(default_factory=Percentages)

    def filled(self) -> None:
        """Note that the cell holds something."""
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        self.count += 1
        too_large = self.rows > MOST_ROWS or self.rows * self.columns > MOST_CELLS
        if self.count > MOST_CELLS:
            raise UnreadableFile("workbook_too_large", row=min(self.row, MOST_ROWS))
        self.notes.far = self.notes.far or too_large

    def xlsx(self, name: str, attributes: dict[str, str]) -> None:
        """An element of a sheet (ECMA-376 part 1, 18.3)."""
        if name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            self.hide_row(hidden=attributes.get("hidden") in TRUE)
        elif name == "c":
            self.column = column_of(attributes["r"]) if "r" in attributes else self.column + 1
            self.formula = self.valued = self.in_value = False
            self.text = attributes.get("t") == "str"
            if attributes.get("t") == "e":
                self.failed(1)
            elif attributes.get("s") in self.styles.cells and attributes.get("t") not in NO_NUMBERS:
                self.notes.percentage(range(self.column, self.column + 1), self.row, self.row)
        elif name == "f":
            self.formula = True
        elif name == "col" and attributes.get("hidden") in TRUE:
            self.notes.hidden_columns.append((int(attributes.get("min", 0)), int(attributes.get("max", 0))))
        elif name == "mergeCell":
            self.notes.merge_reference(attributes.get("ref", ""))
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
            self.row = self.rows = self.columns = self.column = 0
            self.row_repeated = 1
        elif name == "table-row":
            self.row += self.row_repeated if self.row else 1
            self.row_repeated = int(attributes.get("number-rows-repeated", 1))
            self.hide_row(hidden=attributes.get("visibility") in UNSEEN)
            self.column, self.repeated = 0, 1
        elif name == "table-column":
            first, self.column = self.column + 1, self.column + int(attributes.get("number-columns-repeated", 1))
            if attributes.get("visibility") in UNSEEN:
                self.notes.hidden_columns.append((first, self.column))
        elif name in ("table-cell", "covered-table-cell"):
            self.repeated = int(attributes.get("number-columns-repeated", 1))
            self.column += self.repeated
            if "value-type" in attributes:
                last, self.row = self.row, self.row + self.row_repeated - 1
                self.filled()
                near = self.row <= MOST_ROWS and self.row * self.column <= MOST_CELLS
                self.row = last
                if near:
                    self.count += self.repeated * self.row_repeated - 1
                    self.ods_noted(attributes)

    def ods_noted(self, attributes: dict[str, str]) -> None:
        """Note what a cell within bounds is."""
        self.shown = "" if "formula" in attributes else None
        if attributes["value-type"] == ODS_ERROR:
            self.failed(self.repeated)
        if attributes["value-type"] == ODS_PERCENTAGE:
            columns = range(self.column - self.repeated + 1, self.column + 1)
            self.notes.percentage(columns, self.row, self.row + self.row_repeated - 1)
        self.ods_merged(attributes)

    def ods_merged(self, attributes: dict[str, str]) -> None:
        """A cell that others are covered by (OpenDocument 1.3 part 3, 19.675 and 19.677)."""
        rows = int(attributes.get("number-rows-spanned", 1))
        columns = int(attributes.get("number-columns-spanned", 1))
        if rows > 1 or columns > 1:
            last_row = self.row + max(rows, self.row_repeated) - 1
            self.notes.merge(Area(self.row, self.column, last_row, self.column + columns - 1))

    def ods_text(self, text: str) -> None:
        """What a cell shows: older programs write the number from before the formula failed as its value."""
        if self.shown is not None:
            self.shown = f"{self.shown}{text}"[:LONGEST_ERROR]

    def ods_end(self, name: str) -> None:
        """A formula that failed shows it."""
        if name == "table-cell":
            if self.shown and is_broken(self.shown):
                self.failed(self.repeated)
            self.shown = None

    def hide_row(self, *, hidden: bool) -> None:
        """Note that a row is hidden, where it may be read at all."""
        if hidden and self.row <= MOST_ROWS:
            self.notes.hidden_rows.append((self.row, self.row + self.row_repeated - 1))

    def failed(self, columns: int) -> None:
        """Note that the last cells hold errors."""
        span = (self.column - columns + 1, self.column)
        for row in range(self.row, self.row + self.row_repeated):
            self.notes.failed.setdefault(row, []).append(span)


def check_bounds(source: BinaryIO, kind: WorkbookFormat) -> Names:
    """Raise UnreadableFile where the workbook is too large, or broken; else tell of its sheets."""
    names = Names()
    try:
        with zipfile.ZipFile(source) as archive:
            left = MOST_UNPACKED
            # which cells are percentages is known before any is seen
            for part in sorted(archive.infolist(), key=lambda one: one.filename != _STYLES):
                left = _unpacked(archive, part, kind, names, left)
            far = [part for part, notes in names.notes.items() if notes.far]
            if far:
                trim = without_strays if kind == "xlsx" else ods_without_strays
                names.trimmed = trim(archive, far, most_rows=MOST_ROWS, most_cells=MOST_CELLS)
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
    extent = _Extent(styles=names.styles)
    sheet = part.startswith("xl/worksheets/") and not part.endswith(".rels")
    follow: Callable[[str, dict[str, str]], None] = names.styles.follow if part == _STYLES else names.follow
    if kind == "ods":
        follow = extent.ods
        parser.EndElementHandler = lambda name: extent.ods_end(name.rpartition(":")[2])
        parser.CharacterDataHandler = extent.ods_text
    elif sheet:
        names.notes[part] = extent.notes
        follow = extent.xlsx
        parser.EndElementHandler = lambda name: extent.xlsx_end(name.rpartition(":")[2])
        parser.CharacterDataHandler = extent.xlsx_text

    def start(name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if attributes.get("calcext:value-type") == ODS_ERROR:
            plain["value-type"] = ODS_ERROR
        name = name.rpartition(":")[2]
        if name == "table" and kind == "ods":
            extent.notes = names.notes[plain.get("name", "")] = SheetNotes()
        follow(name, plain)

    def refuse(*_: object) -> None:
        raise UnreadableFile("workbook_broken")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    return parser
