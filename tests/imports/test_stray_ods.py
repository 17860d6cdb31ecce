"""The same of ODS, where a blank stretch of any length is one element."""

import io

import pytest

from puumerkki.imports.reading import stray_ods, workbook_bounds
from puumerkki.imports.reading.unreadable import UnreadableFile
from tests.imports.helpers import with_part
from tests.imports.test_stray_cells import ROWS, read
from tests.imports.write_files import ods

BLANK = '<table:table-cell office:value-type="string"><text:p> </text:p></table:table-cell>'
FULL = '<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
PERCENT = '<table:table-cell office:value-type="percentage" office:value="1" table:number-columns-repeated="{}"/>'
RIGHT = 16_384
"""The last column of a spreadsheet."""
GOOD = [(2, "A ry", []), (3, "B ry", [])]


def far_down(cell: str, row: int, *, column: int = 1) -> str:
    """Rows that follow the first five. The table ends with a row that stands for many."""
    gap = f'<table:table-cell table:number-columns-repeated="{column - 1}"/>' if column > 1 else ""
    return (
        f'<table:table-row table:number-rows-repeated="{row - 6}"><table:table-cell/></table:table-row>'
        f"<table:table-row>{gap}{cell}</table:table-row>"
    )


def book(more: str = "", *, beside: str = "") -> io.BytesIO:
    """`more`: rows below the fifth; `beside`: cells at the end of the second row, beyond its blank ones."""

    def change(old: bytes) -> bytes:
        rows = old.split(b"</table:table-row>")
        rows[1] += beside.encode()
        return b"</table:table-row>".join([*rows[:5], more.encode() + rows[5], *rows[6:]])

    return with_part(ods({"A": (*ROWS, ("C ry",))}), "content.xml", change)


def found(source: io.BytesIO) -> list[tuple[int, str, list[str]]]:
    return [(one.row, one.cells.get("name_fi", ""), [fault.code for fault in one.faults]) for one in read(source)]


C = (5, "C ry", [])


@pytest.mark.parametrize("row", [190_000, 1_000_000])
@pytest.mark.parametrize("column", [1, RIGHT])
def test_blank_texts_far_down_and_far_right_count_nothing(row: int, column: int) -> None:
    assert found(book(far_down(BLANK, row, column=column), beside=BLANK)) == [*GOOD, C]
    many = BLANK.replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="16384" ')
    assert found(book(far_down(many, row))) == [*GOOD, C]


def test_a_cell_that_says_something_is_a_fault_of_its_row_alone() -> None:
    assert found(book(far_down(FULL, 190_000, column=RIGHT))) == [*GOOD, C, (190_000, "", ["too_many_cells"])]
    down = far_down(FULL.replace("1", "7"), 190_000)
    assert found(book(down, beside=FULL)) == [(2, "A ry", ["too_many_cells"]), GOOD[1], C, (190_000, "7", [])]


def test_what_lies_below_the_last_row_that_may_be_is_too_large() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(book(far_down(FULL, 1_000_000)))
    assert refused.value.code == "workbook_too_large"


def test_so_is_what_has_many_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stray_ods, "MOST_STRAY", 2)
    with pytest.raises(UnreadableFile) as refused:
        read(book(far_down(FULL, 190_000, column=RIGHT) + far_down(FULL, 190, column=RIGHT) * 2))
    assert refused.value.code == "workbook_too_large"


def test_cells_that_stand_for_many_are_counted_all_before_they_are_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_bounds, "MOST_CELLS", 10_000)
    widest = "".join(f"<table:table-row>{PERCENT.format(10_000 // row)}</table:table-row>" for row in range(6, 31))
    with pytest.raises(UnreadableFile) as refused:
        workbook_bounds.check_bounds(book(widest), "ods")
    assert (refused.value.code, refused.value.row) == ("workbook_too_large", 16)
