"""A workbook of a few kilobytes takes no memory that we have not agreed to, and what is broken is said so."""

import io

import pytest

from puumerkki.imports.reading import workbook_bounds
from puumerkki.imports.reading.recognised import format_of
from puumerkki.imports.reading.unreadable import UnreadableFile
from puumerkki.imports.reading.workbook_bounds import check_bounds
from tests.imports.helpers import Change, with_part
from tests.imports.write_files import BOOKS, ods

FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
DOCTYPE = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]>'


def _told(source: io.BytesIO) -> str:
    with pytest.raises(UnreadableFile) as refused:
        check_bounds(source, format_of(source) or "xlsx")
    return refused.value.code


def test_a_cell_at_the_end_of_the_sheet_is_refused() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    far = with_part(BOOKS["plain.xlsx"], sheet, lambda old: old.replace(b"</sheetData>", FAR.encode()))
    assert len(far.getvalue()) < 10_000
    assert _told(far) == "workbook_too_large"


@pytest.mark.parametrize("times", ['number-rows-repeated="900000"', 'number-columns-repeated="9000000"'])
def test_so_are_cells_that_stand_for_many(times: str) -> None:
    where, after = ("<table:table-row", ">") if "rows" in times else ("<table:table-cell", " office")
    many = with_part(
        ods({"A": (("Nimi", "Sektori"), ("A ry", "yhdistys"))}),
        "content.xml",
        lambda old: old.replace(f"{where}{after}".encode(), f"{where} table:{times}{after}".encode()),
    )
    assert _told(many) == "workbook_too_large"


def test_what_unpacks_to_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_bounds, "MOST_UNPACKED", 1 << 20)
    blown = with_part(BOOKS["plain.xlsx"], "xl/styles.xml", lambda old: old + b" " * (1 << 21))
    assert len(blown.getvalue()) < 20_000
    assert _told(blown) == "workbook_too_large"


@pytest.mark.parametrize(
    "change",
    [
        lambda old: old.replace(b"<worksheet", DOCTYPE.encode() + b"<worksheet", 1),
        lambda old: old[: len(old) // 2],
        lambda old: old.replace(b'r="2"', b'r="zwei"'),
    ],
    ids=["document type", "cut off", "no number"],
)
def test_what_is_broken_is_refused(change: Change) -> None:
    assert _told(with_part(BOOKS["plain.xlsx"], "xl/worksheets/sheet1.xml", change)) == "workbook_broken"


def test_an_archive_cut_off_is_refused() -> None:
    source = io.BytesIO(BOOKS["plain.xlsx"][:-100])
    with pytest.raises(UnreadableFile) as refused:
        format_of(source)
    assert refused.value.code == "workbook_broken"


@pytest.mark.parametrize("name", [name for name in BOOKS if name != "uncomputed.xlsx"])
def test_what_is_within_bounds_is_taken(name: str) -> None:
    source = io.BytesIO(BOOKS[name])
    kind = format_of(source)
    assert kind is not None
    check_bounds(source, kind)
