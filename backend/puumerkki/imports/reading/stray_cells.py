"""Cells far away from a small table: the library takes memory for all that lies between, so they are taken out first.

Only where the table would be too large with them. This is XLSX, and `stray_ods` the same for ODS. What says nothing is
of no account; a row in which a cell said something is told to have too many cells.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from puumerkki.imports.reading.cell_text import is_blank
from puumerkki.imports.reading.follower import Follower
from puumerkki.imports.reading.sheet_notes import column_of
from puumerkki.imports.reading.unreadable import UnreadableFile

MOST_STRAY = 10_000
"""Where there are more, they are the table."""
_STRAY = b'<c r="%s%d" t="inlineStr"><is><t>...</t></is></c>'
"""Beside the table, for one that said something."""
_STRINGS = "xl/sharedStrings.xml"


@dataclass
class _Cells(Follower):
    """Follows a sheet, and tells of each of its cells with a value: row, column, whether it is blank, from, to."""

    found: Callable[[int, int, bool, int, int], None]
    blanks: frozenset[int]
    content: bytes
    row: int = 0
    column: int = 0
    begin: int = 0
    kind: str = ""
    valued: bool = False
    reading: bool = False
    text: str = ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif name == "c":
            self.column = column_of(attributes["r"]) if "r" in attributes else self.column + 1
            self.begin, self.kind = self.parser.CurrentByteIndex, attributes.get("t", "n")
            self.valued, self.text = False, ""
        elif name in ("v", "is"):
            self.valued = self.reading = True

    def _text(self, text: str) -> None:
        if self.reading and len(self.text) < 20:
            self.text += text

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in ("v", "is"):
            self.reading = False
        elif name == "c" and self.valued:
            index = self.text.strip()
            shared = self.kind == "s" and index.isdecimal() and int(index) in self.blanks
            end = self.content.index(b">", self.parser.CurrentByteIndex) + 1
            self.found(self.row, self.column, shared or is_blank(self.text), self.begin, end)


@dataclass
class _Strings:
    """Which of the texts that cells share are blank."""

    blanks: set[int] = field(default_factory=set)
    number: int = 0
    text: str = ""

    def end(self, name: str) -> None:
        """An element that is complete."""
        if name.rpartition(":")[2] == "si":
            if is_blank(self.text):
                self.blanks.add(self.number)
            self.number, self.text = self.number + 1, ""

    def hear(self, text: str) -> None:
        """A part of a text."""
        if len(self.text) < 20:
            self.text += text


def without_strays(archive: zipfile.ZipFile, parts: Iterable[str], *, most_rows: int, most_cells: int) -> bytes:
    """The workbook with these sheets within bounds. Raises UnreadableFile where they are not small without strays."""
    blanks = _blank_strings(archive)
    changed = {name: _trimmed(archive.read(name), blanks, most_rows=most_rows, most_cells=most_cells) for name in parts}
    return written_anew(archive, changed)


def written_anew(archive: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """The archive with some parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
        for one in archive.infolist():
            written.writestr(one.filename, changed.get(one.filename) or archive.read(one))
    return out.getvalue()


def _blank_strings(archive: zipfile.ZipFile) -> frozenset[int]:
    if _STRINGS not in archive.namelist():
        return frozenset()
    strings = _Strings()
    parser = expat.ParserCreate()
    parser.EndElementHandler = strings.end
    parser.CharacterDataHandler = strings.hear
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(archive.read(_STRINGS), True)
    return frozenset(strings.blanks)


def _refuse(*_: object) -> None:
    raise UnreadableFile("workbook_broken")


def _trimmed(content: bytes, blanks: frozenset[int], *, most_rows: int, most_cells: int) -> bytes:
    last, used = 1, set[int]()

    def reach(row: int, column: int, blank: bool, _begin: int, _end: int) -> None:
        nonlocal last
        if not blank:
            last = max(last, row)
            used.add(column)

    _Cells(reach, blanks, content).follow()
    if last > most_rows:
        raise UnreadableFile("workbook_too_large", row=most_rows)
    columns = most_cells // last - 1
    beside = max((one for one in used if one <= columns), default=0) + 1
    cuts: list[tuple[int, int, bytes]] = []

    def take_out(row: int, column: int, blank: bool, begin: int, end: int) -> None:
        if row <= last and column <= columns:
            return
        if len(cuts) >= MOST_STRAY:
            raise UnreadableFile("workbook_too_large", row=min(row, most_rows))
        cuts.append((begin, end, b"" if blank else _STRAY % (_letters(beside), row)))

    _Cells(take_out, blanks, content).follow()
    kept, after = [], 0
    for begin, end, instead in cuts:
        kept += [content[after:begin], instead]
        after = end
    return b"".join([*kept, content[after:]])


def _letters(column: int) -> bytes:
    letters = b""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = bytes((65 + rest,)) + letters
    return letters
