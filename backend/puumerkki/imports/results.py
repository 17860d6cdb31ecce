"""What an import did, what it could not take, and what the file was read as."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from puumerkki.imports.faults import in_words

SHOWN_ERRORS = 1000
SHOWN_VALUE = 200
Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class RowError:
    """What is wrong in one row. Rows are counted as a spreadsheet does: the headings are row 1.

    A warning tells of what was taken and should be looked at; it keeps nothing out.
    """

    row: int
    column: str
    value: str
    code: str
    message: str
    first: int | None = None
    """The row where the same stands already."""
    detail: str | None = None
    """What more is known, in no language: both readings of a sum, names of sheets."""
    severity: Severity = "error"

    @classmethod
    def of(
        cls,
        row: int,
        column: str,
        value: str,
        code: str,
        *,
        first: int | None = None,
        detail: str | None = None,
        severity: Severity = "error",
    ) -> "RowError":
        """One error, its code in words too."""
        words = in_words(code, first=first, detail=detail)
        return cls(row, column, value[:SHOWN_VALUE], code, words, first, detail, severity)


@dataclass(frozen=True)
class ReadColumn:
    """A column: its heading as the file writes it, and the field that it was read as, or none.

    `by_hand`: somebody chose it.
    """

    heading: str
    field: str | None
    by_hand: bool = False


@dataclass(frozen=True)
class FileReading:
    """What a file was read as, for people to look at before anything is stored.

    `format`: csv, xlsx, ods or ndjson. A CSV has an encoding and a delimiter; a workbook has sheets,
    of which `sheet` was read.
    `heading_row` is counted as a spreadsheet does. `first_names`: the first names as they were read.
    """

    format: Literal["csv", "xlsx", "ods", "ndjson"]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    heading_row: int | None = None
    columns: tuple[ReadColumn, ...] = ()
    first_names: tuple[str, ...] = ()


@dataclass
class ImportResult:
    """`errors` holds the first thousand. `applied` is false where nothing was written: bad rows, or a dry run.

    `readable` is false where the file as a whole is no table that we understand. `reading` is null where it is no
    table at all.
    """

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    errors: list[RowError] = field(default_factory=list)
    applied: bool = False
    readable: bool = True
    warnings: list[RowError] = field(default_factory=list)
    reading: FileReading | None = None
    near: int = 0
    """Rows that are much like something that is there; they are among the skipped."""


@dataclass
class Findings:
    """Collects what is wrong while rows go by."""

    bad_rows: set[int] = field(default_factory=set)
    errors: list[RowError] = field(default_factory=list)
    warnings: list[RowError] = field(default_factory=list)

    def add(
        self, row: int, column: str, value: str, code: str, *, first: int | None = None, detail: str | None = None
    ) -> None:
        """Note one error."""
        self.bad_rows.add(row)
        if len(self.errors) < SHOWN_ERRORS:
            self.errors.append(RowError.of(row, column, value, code, first=first, detail=detail))

    def warn(self, row: int, column: str, value: str, code: str, *, detail: str | None = None) -> None:
        """Note what should be looked at and keeps nothing out."""
        if len(self.warnings) < SHOWN_ERRORS:
            self.warnings.append(RowError.of(row, column, value, code, detail=detail, severity="warning"))


def name_what_is_left(
    reading: FileReading, findings: Findings, *, sheet_chosen: bool, own: Collection[str] = ()
) -> None:
    """Name the columns that nobody understood, and the sheets that nobody left aside: they are not read.

    `own`: headings of our own files, of which nothing is said.
    """
    for place, one in enumerate(reading.columns):
        if one.field is None and not one.by_hand and one.heading not in own:
            letter = _letters(place)
            findings.warn(reading.heading_row or 1, one.heading or letter, "", "column_not_understood", detail=letter)
    others = [name for name in reading.sheets if name != reading.sheet]
    if others and not sheet_chosen:
        findings.warn(1, "", "", "sheets_left", detail=", ".join(others))


def _letters(place: int) -> str:
    """A column as a spreadsheet calls it, from 0: A, B, … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
