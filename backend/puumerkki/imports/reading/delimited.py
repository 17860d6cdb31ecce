"""Text with semicolons, commas or tabs between its cells."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO, TypeAlias

from puumerkki.imports.reading.cell_text import cell_text
from puumerkki.imports.reading.decoding import CHUNK, encoding_of
from puumerkki.imports.reading.unreadable import UnreadableFile

DELIMITERS = (";", ",", "\t")
HEAD_LINES = 60
_SEP = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
Row: TypeAlias = tuple[int, list[str]]
"""A row's number, as a spreadsheet counts, and its cells."""


@dataclass
class Delimited:
    """An open text. `delimiters`: between which it is still to be chosen."""

    text: io.TextIOWrapper
    encoding: str
    head: list[str]
    delimiters: tuple[str, ...]

    def first(self, delimiter: str, count: int) -> list[Row]:
        """The first rows, as they would be with a delimiter."""
        lines = csv.reader(self.head, delimiter=delimiter)
        found: list[Row] = []
        try:
            found.extend((row, _plain(line)) for row, line in islice(enumerate(lines, start=1), count))
        except csv.Error:
            return found
        return found

    def rows(self, delimiter: str) -> Iterator[Row]:
        """All rows, blank ones too."""
        lines = _Lines(chain(self.head, self.text))
        reader = csv.reader(lines, delimiter=delimiter)
        row = read = 0
        while True:
            row, read = row + 1, reader.line_num
            try:
                line = next(reader)
            except StopIteration:
                return
            except (csv.Error, UnicodeDecodeError) as error:
                raise UnreadableFile("row_unreadable", row=row, detail=str(error)) from None
            if lines.ended or (reader.line_num > read + 1 and _swallowed(line, delimiter)):
                raise UnreadableFile("quote_unclosed", row=row)
            yield row, _plain(line)

    def release(self) -> None:
        """Let go of the file, which stays open for who opened it."""
        self.text.detach()


class _Lines:
    """Lines, and whether somebody asked for more than there are: within quotation marks that nobody closed."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines, self.ended = iter(lines), False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        try:
            return next(self._lines)
        except StopIteration:
            self.ended = True
            raise


def _swallowed(line: list[str], delimiter: str) -> bool:
    """Whether a cell holds what looks like whole rows: a quotation mark was closed rows later only."""
    return any("\n" in cell and cell.count(delimiter) >= max(2, len(line)) for cell in line)


def _plain(line: list[str]) -> list[str]:
    return [cell_text(cell) for cell in line]


def open_delimited(source: BinaryIO) -> Delimited:
    """The text, decoded; what `sep=` says in its first line is taken, and that line is no row, as in Excel."""
    encoding = encoding_of(source)
    text = io.TextIOWrapper(source, encoding=encoding, newline="")
    head = list(islice(iter(lambda: text.readline(CHUNK), ""), HEAD_LINES))
    said = _SEP.fullmatch(head[0]) if head else None
    if said is not None:
        return Delimited(text, encoding, head[1:], (said[1],))
    return Delimited(text, encoding, head, DELIMITERS)
