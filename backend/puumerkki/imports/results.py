"""What an import did, and what it could not take."""

from dataclasses import dataclass, field

SHOWN_ERRORS = 1000
SHOWN_VALUE = 200


@dataclass(frozen=True)
class RowError:
    """What is wrong in one row. Rows are counted as a spreadsheet does: the headings are row 1."""

    row: int
    column: str
    value: str
    message: str


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

    def add(self, row: int, column: str, value: str, message: str) -> None:
        """Note one error."""
        self.bad_rows.add(row)
        if len(self.errors) < SHOWN_ERRORS:
            self.errors.append(RowError(row, column, value[:SHOWN_VALUE], message))
