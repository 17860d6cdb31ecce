"""What somebody decides of rows that are much like something that is there, and imports that heed it without a job."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from puumerkki.imports.errors import NotDecidable, NumberTaken
from puumerkki.imports.models import RowDecision
from puumerkki.imports.reading.tables import Record
from puumerkki.imports.recording import TO_DECIDE
from puumerkki.imports.results import Findings
from puumerkki.imports.schemas import ImportRowUpdate
from puumerkki.imports.sheets import Connection, Sheet, Staged
from puumerkki.kernel.errors import Conflict, Invalid, invalid

NO_OTHER = frozenset({"name_differs", "name_of_several", "name_resembles"})
"""What a row is near by where it is one of what is here, and no other that could be added."""


def require_decidable(
    given: ImportRowUpdate, *, candidates: Sequence[Mapping[str, Any]], codes: Collection[str]
) -> None:
    """Refuse a decision on a row with these candidates and findings where there is nothing to decide, or not so."""
    if given.decision in (RowDecision.same, RowDecision.another) and not candidates:
        raise NotDecidable()
    if given.decision is RowDecision.another and not NO_OTHER.isdisjoint(codes):
        raise NumberTaken()
    if given.same is not None and str(given.same) not in {one["id"] for one in candidates}:
        raise invalid("same", "not_a_candidate", "Choose one of the row's candidates.")


@dataclass(frozen=True)
class Near:
    """A row that is much like what is there. `code`: of the finding that keeps it out."""

    row: int
    name: str
    code: str
    candidates: Sequence[Mapping[str, Any]]


@dataclass
class _NearFindings(Findings):
    """Knows of every row by what finding it is near, not only of the first thousand."""

    alike: dict[int, tuple[str, str]] = field(default_factory=dict)

    def add(
        self, row: int, column: str, value: str, code: str, *, first: int | None = None, detail: str | None = None
    ) -> None:
        """Note one error."""
        super().add(row, column, value, code, first=first, detail=detail)
        if code in TO_DECIDE:
            self.alike[row] = (value, code)


@dataclass
class DecidedRows:
    """Heeds decisions by row in an import that keeps no rows, and tells which rows are near.

    `missing`: rows that were decided and are not in the file.
    """

    decisions: Mapping[int, ImportRowUpdate] = field(default_factory=dict)
    findings: _NearFindings = field(default_factory=_NearFindings)
    near: list[Near] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)

    async def begin(self, connection: Connection) -> None:
        """Lay the decisions beside the rows."""
        given = [(row, one.decision, one.same) for row, one in self.decisions.items() if not _skips(one)]
        await connection.cursor().executemany("insert into import_decision values (%s, %s, %s)", given)

    def by_hand(self, records: Iterable[Record]) -> list[Record]:
        """The rows without those that are left out."""
        kept = []
        for record in records:
            decided = self.decisions.get(record.row)
            if decided is not None:
                self._seen.add(record.row)
            if decided is None or not _skips(decided):
                kept.append(record)
        return kept

    async def take(self, connection: Connection, records: Sequence[Record]) -> None:
        """No row is kept."""

    async def weigh(self, sheet: Sheet, staged: Staged) -> None:
        """Which rows are near, with their candidates."""
        alike = self.findings.alike
        async for row, candidates in await staged.connection.execute(
            b"select row, candidates from import_near order by row"
        ):
            if row in alike:
                self.near.append(Near(row, *alike[row], candidates))

    async def applied(self, sheet: Sheet, connection: Connection) -> None:
        """What was written is in the events."""

    @property
    def missing(self) -> list[int]:
        """In their order."""
        return sorted(self.decisions.keys() - self._seen)


def _skips(given: ImportRowUpdate) -> bool:
    return given.decision is RowDecision.skip


def undecidable(decisions: Mapping[int, ImportRowUpdate], near: Iterable[Near]) -> dict[int, str]:
    """By row, in words, what is wrong with decisions on what a trial run without them has shown."""
    shown = {one.row: one for one in near}
    wrong = {}
    for row, given in decisions.items():
        one = shown.get(row)
        try:
            require_decidable(given, candidates=one.candidates if one else (), codes=(one.code,) if one else ())
        except Invalid as error:
            wrong[row] = error.problems[0].message
        except Conflict as error:
            wrong[row] = error.message
    return wrong
