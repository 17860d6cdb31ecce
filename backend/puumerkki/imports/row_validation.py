"""Checks rows of any kind in batches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from pydantic import TypeAdapter, ValidationError

from puumerkki.imports.cell_types import plain_word, rounded_sums
from puumerkki.imports.reading.cell_text import DayCell, PercentageCell, TruthCell
from puumerkki.imports.reading.tables import Record
from puumerkki.imports.results import Findings
from puumerkki.imports.sheets import Known, Note, Sheet

NO_DAYS = frozenset(
    (
        "business_id_expected",
        "register_number_expected",
        "external_id_expected",
        "id_expected",
        "organisation_id_expected",
        "reference_expected",
        "case_number_expected",
        "phone_expected",
        "municipality_expected",
        "parties_expected",
        "payer_expected",
        "worker_expected",
        "euros_expected",
        "hours_expected",
        "notice_expected",
        "reported_expected",
        "year_expected",
        "figures_expected",
    )
)
"""What is expected where an id or a number belongs. A day has digits, too, and would be read as another one."""


TEXTS = frozenset(
    (
        "name_expected",
        "title_expected",
        "person_expected",
        "text_expected",
        "reference_expected",
        "external_id_expected",
    )
)
"""What is expected where words belong: a cell that holds true or false says none."""
_TEXT = {str}
_STRANGE = (
    (NO_DAYS, DayCell, "day_instead"),
    (TEXTS, TruthCell, "truth_as_name"),
    (frozenset(("euros_expected",)), PercentageCell, "percentage_as_euros"),
)


class Checker:
    """Checks the rows of one file."""

    def __init__(self, sheet: Sheet, *, known: Known, headings: Mapping[str, str], findings: Findings) -> None:
        self._rows: TypeAdapter[list[Any]] = TypeAdapter(list[sheet.row])  # type: ignore[name-defined]
        self._words = [*sheet.words.items()]
        self._expected, self._known, self._headings, self._findings = sheet.expected, known, headings, findings
        self._notes = sheet.notes
        self._strange: Sequence[tuple[Set[str], type[str], str]] = tuple(
            ({name for name, expected in sheet.expected.items() if expected in codes}, sort, code)
            for codes, sort, code in _STRANGE
        )
        self._sums = [name for name, code in sheet.expected.items() if code == "euros_expected"]

    def good(self, records: list[Record]) -> list[tuple[int, Any]]:
        """The good rows of a batch with their numbers; what is wrong with the others goes to the findings."""
        readable = []
        for record in records:
            if record.faults:
                for code, name, detail in record.faults:
                    column = "" if name is None else self._headings[name]
                    self._findings.add(record.row, column, record.cells.get(name or "", ""), code, detail=detail)
            elif {*map(type, record.cells.values())} != _TEXT and (strange := [*self._of_another_sort(record.cells)]):
                for name, code in strange:
                    self._findings.add(record.row, self._headings[name], record.cells[name], code)
            else:
                readable.append(record)
        try:
            checked = self._check(readable)
        except ValidationError as error:
            bad = self._note(error, readable)
            readable = [record for number, record in enumerate(readable) if number not in bad]
            checked = self._check(readable)
        for record, row in zip(readable, checked, strict=True):
            if self._notes is not None:
                self._warn(record, self._notes(row, record.cells))
            if self._sums:
                self._warn(record, rounded_sums(record.cells, self._sums))
        return [(record.row, row) for record, row in zip(readable, checked, strict=True)]

    def _of_another_sort(self, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Fields in which a workbook keeps a day instead of a number, a truth value instead of words, and the like."""
        for fields, sort, code in self._strange:
            yield from ((name, code) for name in sorted(fields & cells.keys()) if isinstance(cells[name], sort))

    def _warn(self, record: Record, notes: Iterable[Note]) -> None:
        for name, code, detail in notes:
            column = self._headings.get(name, name)
            self._findings.warn(record.row, column, record.cells.get(name, ""), code, detail=detail)

    def _check(self, records: list[Record]) -> list[Any]:
        return self._rows.validate_python([self._coded(record.cells) for record in records], context=self._known)

    def _coded(self, cells: Mapping[str, str]) -> Mapping[str, str]:
        """The cells with codes where they have our own words for them."""
        coded = {
            name: words[plain]
            for name, words in self._words
            if name in cells and (plain := plain_word(cells[name])) in words
        }
        return {**cells, **coded} if coded else cells

    def _note(self, error: ValidationError, records: list[Record]) -> set[int]:
        bad: set[int] = set()
        told: set[tuple[int, str, str]] = set()
        for one in error.errors(include_url=False):
            number = int(one["loc"][0])
            bad.add(number)
            said = one.get("ctx", {})
            name = str(said.get("column") or one["loc"][1])
            code = said.get("code") or self._expected[name]
            if (number, name, code) in told:
                continue
            told.add((number, name, code))
            value, column = records[number].cells.get(name, ""), self._headings.get(name, name)
            self._findings.add(records[number].row, column, value, code, detail=said.get("detail"))
        return bad
