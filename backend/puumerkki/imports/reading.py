"""Reads CSV files as people have them: UTF-8, with a mark or without, or Windows; semicolons, commas or tabs."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from charset_normalizer import from_bytes

from puumerkki.kernel.collation import unaccented
from puumerkki.kernel.csv_cells import plain_cell

CHUNK = 1 << 16
DELIMITERS = (";", ",", "\t")


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the code says why, `row` where, `detail` what more is known."""

    def __init__(self, code: str, *, row: int = 1, detail: str | None = None) -> None:
        super().__init__(code)
        self.code, self.row, self.detail = code, row, detail


@dataclass(frozen=True)
class Record:
    """One row: its number in the file, and its cells by field; blank cells are left out."""

    row: int
    cells: dict[str, str]
    surplus: bool = False


@dataclass(frozen=True)
class CsvFile:
    """An open file. `headings`: from each known field to its heading as the file writes it."""

    text: io.TextIOWrapper
    lines: Iterator[list[str]]
    fields: tuple[str | None, ...]
    headings: Mapping[str, str]

    def records(self) -> Iterator[Record]:
        """The rows that hold anything."""
        row = 1
        while True:
            row += 1
            try:
                line = next(self.lines)
            except StopIteration:
                return
            except (csv.Error, UnicodeDecodeError) as error:
                raise UnreadableFile("row_unreadable", row=row, detail=str(error)) from None
            if any(cell.strip() for cell in line):
                yield self._record(row, line)

    def release(self) -> None:
        """Let go of the file, which stays open for who opened it."""
        self.text.detach()

    def _record(self, row: int, line: list[str]) -> Record:
        pairs = zip(self.fields, line, strict=False)
        cells = {name: plain_cell(cell).strip() for name, cell in pairs if name is not None and cell.strip()}
        return Record(row, cells, surplus=any(cell.strip() for cell in line[len(self.fields) :]))


def detect_encoding(source: BinaryIO) -> str:
    """The encoding of a file that can be read twice; it is left at its beginning."""
    source.seek(0)
    start = source.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        source.seek(0)
        return "utf-16"
    source.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    before = b""
    found = "utf-8-sig"
    while True:
        chunk = source.read(CHUNK)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError:
            best = from_bytes(before + chunk, cp_isolation=["cp1252", "mac_roman"]).best()
            found = best.encoding if best else "cp1252"
            break
        if not chunk:
            break
        before = chunk
    source.seek(0)
    return found


def _plain_heading(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unaccented(heading))


def open_csv(source: BinaryIO, synonyms: Mapping[str, str]) -> CsvFile:
    """The file with its headings understood. `synonyms`: from plain headings to fields."""
    text = io.TextIOWrapper(source, encoding=detect_encoding(source), newline="")
    try:
        return _understood(text, synonyms)
    except UnreadableFile:
        text.detach()
        raise


def _understood(text: io.TextIOWrapper, synonyms: Mapping[str, str]) -> CsvFile:
    try:
        first = text.readline(CHUNK)
    except UnicodeDecodeError:
        raise UnreadableFile("encoding_unknown") from None

    def fields_by(delimiter: str) -> tuple[list[str], list[str | None]]:
        try:
            headings = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            return [], []
        return headings, [synonyms.get(_plain_heading(heading)) for heading in headings]

    choices = [(delimiter, *fields_by(delimiter)) for delimiter in DELIMITERS]
    delimiter, headings, fields = max(choices, key=lambda choice: sum(name is not None for name in choice[2]))
    known = [name for name in fields if name is not None]
    if not known:
        raise UnreadableFile("headings_needed")
    if len(known) != len(set(known)):
        twice = next(name for name in known if known.count(name) > 1)
        raise UnreadableFile("heading_twice", detail=twice)
    by_field = {name: heading.strip() for name, heading in zip(fields, headings, strict=True) if name is not None}
    return CsvFile(text, csv.reader(text, delimiter=delimiter), tuple(fields), by_field)
