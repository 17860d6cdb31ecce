"""Hidden rows and columns are read, and the file is told how many there are: people hand over what they see."""

import io
from collections.abc import Callable

import pytest

from puumerkki.imports.options import ImportOptions
from puumerkki.imports.read_rows import rows_read
from puumerkki.imports.reading.tables import Record, open_table
from puumerkki.imports.results import Findings
from puumerkki.organisations.importing.sheet import ORGANISATIONS
from tests.imports.helpers import with_part
from tests.imports.write_files import Table, ods, xlsx

SHEET = "xl/worksheets/sheet1.xml"
ROWS: Table = (
    ("Nimi", "Sektori", "Kotikunta"),
    *((f"{name} ry", "yhdistys", "Oulu") for name in "ABC"),
    (None, None, None),
    *((f"{name} ry", "yhdistys", "Kempele") for name in "DEFG"),
)
Hide = Callable[[bytes], bytes]


def hide_rows(*rows: int) -> Hide:
    def change(old: bytes) -> bytes:
        for row in rows:
            old = old.replace(f'<row r="{row}"'.encode(), f'<row r="{row}" hidden="1"'.encode())
        return old

    return change


def read(book: io.BytesIO) -> tuple[list[Record], list[tuple[int, str, str | None]]]:
    findings = Findings()
    file = open_table(book, ORGANISATIONS.vocabulary, ImportOptions())
    records = list(rows_read(file, findings))
    return records, [(one.row, one.code, one.detail) for one in findings.warnings]


@pytest.mark.parametrize(
    ("hidden", "told"),
    [
        ((3,), (3, "1: 3")),
        ((3, 4, 5, 7), (3, "3: 3, 4, 7")),
        ((1, 2, 3, 4, 6, 7, 8, 9), (2, "7: 2, 3, 4, 6, 7 …")),
    ],
)
def test_hidden_rows_are_read_and_told(hidden: tuple[int, ...], told: tuple[int, str]) -> None:
    records, warnings = read(with_part(xlsx({"A": ROWS}), SHEET, hide_rows(*hidden)))
    assert len(records) == 7
    assert warnings == [(told[0], "rows_hidden", told[1])]


@pytest.mark.parametrize("way", ["filter", "collapse"])
def test_so_they_are_in_ods(way: str) -> None:
    mark = f'<table:table-row table:visibility="{way}">'.encode()
    book = with_part(ods({"A": ROWS}), "content.xml", lambda old: old.replace(b"<table:table-row>", mark, 3))
    assert read(book)[1] == [(2, "rows_hidden", "2: 2, 3")]


def test_what_can_be_seen_is_not_told_of() -> None:
    visible = b'<table:table-row table:visibility="visible">'
    for book in (
        with_part(ods({"A": ROWS}), "content.xml", lambda old: old.replace(b"<table:table-row>", visible)),
        with_part(xlsx({"A": ROWS}), SHEET, lambda old: old.replace(b"<row ", b'<row hidden="0" ')),
    ):
        assert read(book)[1] == []


def test_hidden_columns_are_told_where_they_are_read() -> None:
    columns = b'<cols><col min="2" max="3" hidden="1"/><col min="9" max="12" hidden="true"/></cols><sheetData>'
    book = with_part(xlsx({"A": ROWS}), SHEET, lambda old: old.replace(b"<sheetData>", columns))
    assert read(book)[1] == [(1, "columns_hidden", "2: Sektori, Kotikunta")]
    hidden = b'<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    mark = b'<table:table table:name="A">'
    book = with_part(ods({"A": ROWS}), "content.xml", lambda old: old.replace(mark, mark + hidden))
    assert read(book)[1] == [(1, "columns_hidden", "2: Sektori, Kotikunta")]
