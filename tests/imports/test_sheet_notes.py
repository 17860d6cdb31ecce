"""What a workbook's cells do not tell alone: merged cells and failed formulas are read as somebody sees them."""

import pytest

from puumerkki.imports.reading import sheet_notes
from puumerkki.imports.reading.broken_cells import is_broken
from puumerkki.imports.reading.sheet_notes import COVERED, ERROR, SeenRows, SheetNotes
from puumerkki.imports.reading.unreadable import UnreadableFile


def seen(
    rows: list[list[str]], *merged: str, failed: dict[int, list[tuple[int, int]]] | None = None
) -> list[list[str]]:
    notes = SheetNotes(failed=failed or {})
    for one in merged:
        notes.merge_reference(one)
    as_seen = SeenRows(notes)
    return [as_seen.seen(number, list(cells)) for number, cells in enumerate(rows, start=1)]


def test_what_is_merged_over_rows_holds_for_each_that_has_something_of_its_own() -> None:
    rows = [["A", "Oulu"], ["B", ""], ["", ""], ["C", "hidden"], ["D", ""]]
    assert seen(rows, "B1:B4") == [["A", "Oulu"], ["B", "Oulu"], ["", ""], ["C", "Oulu"], ["D", ""]]


def test_what_is_merged_over_columns_holds_for_the_first_alone() -> None:
    (row,) = seen([["A", "x", "hidden"]], "B1:C1")
    assert row == ["A", "x", ""]
    assert [cell is COVERED for cell in row] == [False, False, True]


def test_merged_blanks_are_blanks() -> None:
    rows = seen([["A", "", ""], ["B", "", ""]], "B1:C2")
    assert not any(cell is COVERED for cells in rows for cell in cells)


def test_what_is_merged_above_the_first_row_that_is_there_or_beyond_the_last_column_says_nothing() -> None:
    notes = SheetNotes()
    notes.merge_reference("A1:A3")
    notes.merge_reference("Z2:Z3")
    assert SeenRows(notes).seen(2, ["", "x"]) == ["", "x"]


def test_errors_stand_where_they_are() -> None:
    assert seen([["a", "b", "c"], ["d", "0", ""]], failed={2: [(2, 9)]}) == [["a", "b", "c"], ["d", ERROR, ERROR]]


def test_merged_cells_that_overlap_are_refused_before_they_take_the_time() -> None:
    with pytest.raises(UnreadableFile) as refused:
        seen([["a", "b"]], *["A1:B9"] * 3)
    assert refused.value.code == "workbook_broken"


def test_there_are_not_too_many_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_notes, "MOST_MERGED", 2)
    with pytest.raises(UnreadableFile) as refused:
        seen([["a"]], "A1:A2", "A3:A4", "A5:A6")
    assert (refused.value.code, refused.value.row) == ("workbook_too_large", 5)


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#PUUTTUU!", "####", "Err:502", "Virhe:508", "Fel:504"])
def test_errors_in_three_languages_are_known(cell: str) -> None:
    assert is_broken(cell)


@pytest.mark.parametrize("cell", ["#1", "# N/A", "Erkki ry", "Virhe: 508", "Felix", "No #N/A"])
def test_other_words_are_none(cell: str) -> None:
    assert not is_broken(cell)
