"""NDJSON: one JSON object a line, as another system sends it, and what becomes of each line."""

import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict
from uuid import UUID

from puumerkki.imports.models import RowVerdict
from puumerkki.imports.reading.cell_text import is_blank
from puumerkki.imports.reading.tables import Record
from puumerkki.imports.results import FileReading, Findings, RowError
from puumerkki.imports.sheets import Connection, Sheet, Staged
from puumerkki.kernel.errors import Invalid
from puumerkki.kernel.strict_json import parse_strict

LINES = 2000
"""So many lines are one transaction."""
LONGEST = 64 * 1024
"""Bytes of one line."""
NEEDS_SAYING = {
    "line_too_long": f"A line has at most {LONGEST} bytes.",
    "json_invalid": "A line is one JSON object.",
    "field_unknown": "There is no such field.",
    "value_unfit": "A field holds a text, a number, true or false, null, or a list of texts.",
    "not_stored": "Nothing of these lines was stored. Send them again.",
    "not_allowed": "You may not import this there any more.",
}


class LineFault(TypedDict):
    """What is wrong in a line: `column` is its field, or blank."""

    column: str
    value: str
    code: str
    message: str


@dataclass
class Line:
    """A line, its number from 1, and what it is found to be. `given`: the fields that it names, blank ones too."""

    number: int
    given: frozenset[str] = frozenset()
    cells: dict[str, str] = field(default_factory=dict)
    verdict: RowVerdict | None = None
    id: UUID | None = None
    errors: list[LineFault] = field(default_factory=list)

    def refuse(self, code: str, column: str = "", value: str = "") -> None:
        """It is not read any further."""
        self.verdict = RowVerdict.faulty
        self.errors.append({"column": column, "value": value[:200], "code": code, "message": NEEDS_SAYING[code]})

    def answer(self) -> bytes:
        """The line of the answer."""
        found = {
            "line": self.number,
            "verdict": self.verdict,
            "id": None if self.id is None else str(self.id),
            "errors": self.errors,
        }
        return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


async def split_lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes | None]:
    """The lines of a stream without blank ones, never more than one in memory; None where one is too long."""
    kept, too_long = b"", False
    async for chunk in chunks:
        *whole, kept_on = (kept + chunk).split(b"\n") if not too_long else chunk.split(b"\n")
        for one in whole:
            if too_long or len(one) > LONGEST:
                yield None
            else:
                yield one
            too_long = False
        kept = kept_on
        if len(kept) > LONGEST:
            kept, too_long = b"", True
    if too_long:
        yield None
    elif kept:
        yield kept


def read_line(number: int, raw: bytes | None, fields: Iterable[str]) -> Line:
    """A line with its cells as a sheet would hold them; with what is wrong in it where it is no line."""
    line = Line(number)
    if raw is None:
        line.refuse("line_too_long")
        return line
    try:
        value = parse_strict(raw)
    except Invalid:
        value = None
    if not isinstance(value, dict):
        line.refuse("json_invalid")
        return line
    known = set(fields)
    for name, cell in value.items():
        text = _text(cell)
        if name not in known:
            line.refuse("field_unknown", name)
        elif text is None:
            line.refuse("value_unfit", name, str(cell))
        elif not is_blank(text):
            line.cells[name] = text.strip()
    line.given = frozenset(value)
    return line


def _text(cell: Any) -> str | None:
    """A JSON value as a cell; None where no cell can hold it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, list) and all(isinstance(one, str) and "|" not in one for one in cell):
        return "|".join(cell)
    return str(cell) if isinstance(cell, str | int | float) else None


@dataclass(frozen=True)
class LinesTable:
    """Lines that name the same fields, as a file with these columns."""

    lines: Sequence[Line]

    @property
    def reading(self) -> FileReading:
        """Every column has its field's name."""
        return FileReading("ndjson")

    @property
    def headings(self) -> Mapping[str, str]:
        """Fields are called by their names."""
        return {name: name for name in self.lines[0].given}

    def records(self) -> Iterator[Record]:
        """All of them: a line without cells is wrong and not blank."""
        return (Record(line.number, line.cells) for line in self.lines)

    def release(self) -> None:
        """There is nothing to let go of."""


@dataclass
class LineFindings(Findings):
    """Notes what is wrong with each line."""

    lines: Mapping[int, Line] = field(default_factory=dict)

    def add(
        self, row: int, column: str, value: str, code: str, *, first: int | None = None, detail: str | None = None
    ) -> None:
        """Note one error."""
        self.bad_rows.add(row)
        found = RowError.of(row, column, value, code, first=first, detail=detail)
        self.errors.append(found)
        line = self.lines[row]
        line.verdict = RowVerdict.faulty
        line.errors.append({"column": column, "value": found.value, "code": code, "message": found.message})


@dataclass
class LineRecorder:
    """Hears from the engine what becomes of lines. No job keeps them: the answer tells."""

    lines: Mapping[int, Line]
    findings: LineFindings = field(init=False)

    def __post_init__(self) -> None:
        self.findings = LineFindings(lines=self.lines)

    async def begin(self, connection: Connection) -> None:
        """Nothing was decided by hand."""

    def by_hand(self, records: Iterable[Record]) -> list[Record]:
        """Nothing was corrected by hand."""
        return list(records)

    def kept(self, records: Sequence[Record]) -> bytes:
        """The lines are at hand."""
        return b""

    async def take(self, connection: Connection, kept: bytes) -> None:
        """Nothing is kept."""

    async def weigh(self, sheet: Sheet, staged: Staged) -> None:
        """What each good line is, and what it is about."""
        statement = (
            f"select row, coalesce({sheet.key}, made_id), case when {sheet.key} is null then 'new'"
            " when changed = '{}' then 'unchanged' else 'changed' end from import_row"
        )
        async for row, id_, verdict in await staged.connection.execute(statement.encode()):
            self.lines[row].id, self.lines[row].verdict = id_, RowVerdict(verdict)
        async for (row,) in await staged.connection.execute(b"select row from import_near"):
            if row in self.findings.bad_rows:
                self.lines[row].verdict = RowVerdict.near

    async def applied(self, sheet: Sheet, connection: Connection) -> None:
        """The verdicts stand."""
