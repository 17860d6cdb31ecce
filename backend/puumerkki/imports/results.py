"""What an import did, and what it could not take."""

from dataclasses import dataclass, field

from puumerkki.imports.faults import in_words

SHOWN_ERRORS = 1000
SHOWN_VALUE = 200


@dataclass(frozen=True)
class RowError:
    """What is wrong in one row. Rows are counted as a spreadsheet does: the headings are row 1."""

    row: int
    column: str
    value: str
    code: str
    message: str
    first: int | None = None
    """The row where the same stands already."""

    @classmethod
    def of(
        cls, row: int, column: str, value: str, code: str, *, first: int | None = None, detail: str | None = None
    ) -> "RowError":
        """One error, its code in words too."""
        return cls(row, column, value[:SHOWN_VALUE], code, in_words(code, first=first, detail=detail), first)


@dataclass
class ImportResult:
    """`errors` holds the first thousand. `applied` is false where nothing was written: bad rows, or a dry run.

    `readable` is false where the file as a whole is no table that we understand.
    """

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    errors: list[RowError] = field(default_factory=list)
    applied: bool = False
    readable: bool = True


@dataclass
class Findings:
    """Collects what is wrong while rows go by."""

    bad_rows: set[int] = field(default_factory=set)
    errors: list[RowError] = field(default_factory=list)

    def add(self, row: int, column: str, value: str, code: str, *, first: int | None = None) -> None:
        """Note one error."""
        self.bad_rows.add(row)
        if len(self.errors) < SHOWN_ERRORS:
            self.errors.append(RowError.of(row, column, value, code, first=first))
