"""One stray cell far away does not make a small workbook too large."""

import io

import pytest

from puumerkki.imports.options import ImportOptions
from puumerkki.imports.reading import stray_cells
from puumerkki.imports.reading.tables import Record, open_table
from puumerkki.imports.reading.unreadable import UnreadableFile
from puumerkki.organisations.importing.sheet import ORGANISATIONS
from tests.imports.helpers import with_part
from tests.imports.write_files import xlsx

ROWS = (("Nimi", "Sektori"), ("A ry", "yhdistys"), ("B ry", "yhdistys"), (" ", ""))
BLANK = '<c r="{}" t="inlineStr"><is><t> </t></is></c>'
SHARED = '<c r="{}" t="s"><v>5</v></c>'
"""The sixth text of the workbook, which is blank."""
FULL = '<c r="{}"><v>1</v></c>'


def book(*cells: tuple[int, str]) -> io.BytesIO:
    more = "".join(f'<row r="{row}">{cell}</row>' for row, cell in cells)
    end = b"</sheetData>"
    return with_part(xlsx({"A": ROWS}), "xl/worksheets/sheet1.xml", lambda old: old.replace(end, more.encode() + end))


def read(source: io.BytesIO) -> list[Record]:
    return list(open_table(source, ORGANISATIONS.vocabulary, ImportOptions()).records())


@pytest.mark.parametrize("cell", [BLANK, SHARED])
@pytest.mark.parametrize("far", [(190_000, "A190000"), (1_000_000, "A1000000"), (5, "XFD5")])
def test_blank_cells_far_down_and_far_right_count_nothing(cell: str, far: tuple[int, str]) -> None:
    found = read(book((5, cell.format("XFD5")), (190_000, cell.format("XFC190000")), (far[0], cell.format(far[1]))))
    assert [(one.row, one.cells["name_fi"], list(one.faults)) for one in found] == [(2, "A ry", []), (3, "B ry", [])]


def test_a_cell_that_says_something_is_a_fault_of_its_row_alone() -> None:
    found = read(book((190_000, FULL.format("XFD190000"))))
    assert [(one.row, [fault.code for fault in one.faults]) for one in found] == [
        (2, []),
        (3, []),
        (190_000, ["too_many_cells"]),
    ]


def test_what_lies_below_the_last_row_that_may_be_is_too_large() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(book((1_000_000, FULL.format("A1000000"))))
    assert refused.value.code == "workbook_too_large"


def test_so_is_what_has_many_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stray_cells, "MOST_STRAY", 2)
    with pytest.raises(UnreadableFile) as refused:
        read(book(*((190_000 + row, FULL.format(f"XFD{190_000 + row}")) for row in range(3))))
    assert refused.value.code == "workbook_too_large"


def test_texts_that_a_document_type_multiplies_are_refused() -> None:
    doctype = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><sst '
    far = book((190_000, BLANK.format("XFD190000"))).getvalue()
    spoilt = with_part(far, "xl/sharedStrings.xml", lambda old: old.replace(b"<sst ", doctype))
    with pytest.raises(UnreadableFile) as refused:
        read(spoilt)
    assert refused.value.code == "workbook_broken"
