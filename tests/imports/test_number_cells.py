"""What a workbook keeps as a number or a day is more than its text: a computed sum is rounded, a day is no number."""

import io
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from puumerkki.agreements.importing.sheet import AGREEMENTS
from puumerkki.applications.importing import APPLICATIONS
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.reading.tables import open_table
from puumerkki.imports.results import Findings
from puumerkki.imports.row_validation import Checker
from puumerkki.imports.sheets import Sheet
from puumerkki.organisations.importing.sheet import ORGANISATIONS
from tests.imports.helpers import with_part
from tests.imports.write_files import Cell, Table, ods, xlsx

DAY = date(2026, 3, 1)


def checked(sheet: Sheet, rows: Table | bytes, *, as_ods: bool = False) -> tuple[list[Mapping[str, Any]], Findings]:
    """The good rows of a table, or of a workbook as it is, and what is wrong with the others."""
    findings = Findings()
    book = rows if isinstance(rows, bytes) else ods({"A": rows}) if as_ods else xlsx({"A": rows})
    file = open_table(io.BytesIO(book), sheet.vocabulary, ImportOptions())
    checker = Checker(sheet, known={}, headings=file.headings, findings=findings)
    return [row.model_dump() for _, row in checker.good(list(file.records()))], findings


@pytest.mark.parametrize("as_ods", [False, True])
@pytest.mark.parametrize(
    ("cell", "cents", "said"),
    [
        (12.345, 1235, "12,345 → 12,35"),
        (0.005, 1, "0,005 → 0,01"),
        (1234.56789, 123457, "1234,56789 → 1234,57"),
        (12.999, 1300, "12,999 → 13,00"),
        (12.35, 1235, None),
        (12.3, 1230, None),
        (12, 1200, None),
        (0.1 + 0.2, 30, None),
    ],
)
def test_a_computed_sum_is_rounded_to_cents_which_is_said(
    cell: float, cents: int, said: str | None, as_ods: bool
) -> None:
    rows, findings = checked(APPLICATIONS, (("Otsikko", "Haettava summa"), ("A", cell)), as_ods=as_ods)
    assert ([one["amount"] for one in rows], findings.errors) == ([cents], [])
    warned = [(one.row, one.column, one.code, one.detail) for one in findings.warnings]
    assert warned == ([] if said is None else [(2, "Haettava summa", "amount_rounded", said)])


@pytest.mark.parametrize("cell", ["12,345", "12,3456"])
def test_a_typed_text_of_so_many_decimals_stays_a_fault(cell: str) -> None:
    rows, findings = checked(APPLICATIONS, (("Otsikko", "Haettava summa"), ("A", cell)))
    assert rows == [] and len(findings.errors) == 1 and not findings.warnings


@pytest.mark.parametrize(
    ("sheet", "heading"),
    [
        (ORGANISATIONS, "Y-tunnus"),
        (ORGANISATIONS, "Rekisterinumero"),
        (ORGANISATIONS, "Puhelin"),
        (ORGANISATIONS, "Lähdetunnus"),
        (ORGANISATIONS, "Kotikunta"),
        (AGREEMENTS, "Viite"),
        (AGREEMENTS, "Osapuolet"),
        (AGREEMENTS, "Eurot vuodessa"),
    ],
    ids=lambda one: one if isinstance(one, str) else one.kind.value,
)
@pytest.mark.parametrize("as_ods", [False, True])
def test_a_day_where_an_id_or_a_number_belongs_is_a_fault(sheet: Sheet, heading: str, as_ods: bool) -> None:
    given: dict[str, Cell] = {"Nimi": "A ry", "Sektori": "yhdistys"}
    if sheet is AGREEMENTS:
        given = {"Viite": "1", "Laji": "yhteistyösopimus", "Nimi": "A", "Osapuolet": "B ry", "Tarkoitus": "x"}
        given |= {"Alkaa": date(2026, 1, 1), "Päättyy": date(2027, 1, 1), "Allekirjoitettu": date(2026, 1, 1)}
    given[heading] = DAY
    rows, findings = checked(sheet, (tuple(given), tuple(given.values())), as_ods=as_ods)
    assert rows == []
    assert [(one.column, one.value, one.code) for one in findings.errors] == [(heading, "2026-03-01", "day_instead")]


@pytest.mark.parametrize("as_ods", [False, True])
def test_a_truth_value_is_no_name(as_ods: bool) -> None:
    rows, findings = checked(
        ORGANISATIONS,
        (("nimi", "sektori", "toinen"), ("A ry", "yhdistys", True), (True, "yhdistys", None)),
        as_ods=as_ods,
    )
    assert [one["another"] for one in rows] == [True]
    assert [(one.row, one.column, one.code) for one in findings.errors] == [(3, "nimi", "truth_as_name")]


@pytest.mark.parametrize("cell", [401234567.1, "401234567,1"])
def test_a_phone_number_has_no_decimals(cell: Cell) -> None:
    head = ("nimi", "sektori", "puhelin")
    _, findings = checked(ORGANISATIONS, (head, ("A ry", "yhdistys", cell), ("B ry", "yhdistys", 401234567)))
    assert [(one.row, one.code) for one in findings.errors] == [(2, "phone_expected")]


def _shown_as(book: bytes, number_format: str) -> bytes:
    """The workbook with its numbers shown in another way: the money that it knows is shown so."""
    return with_part(
        book, "xl/styles.xml", lambda old: re.sub(rb'formatCode="[^"]*"', f'formatCode="{number_format}"'.encode(), old)
    ).getvalue()


@pytest.mark.parametrize(
    ("number_format", "refused"),
    [("0%", True), ("0.0 %", True), ("0.00 [$€-40B]", False), ("0.00&quot; %&quot;", False)],
)
def test_a_percentage_is_no_sum(number_format: str, refused: bool) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        shown = book.add_format({"num_format": '0.00"x"'})
        sheet = book.add_worksheet("A")
        sheet.write_row(0, 0, ("Otsikko", "Haettava summa"))
        for row, (title, amount) in enumerate((("A", 0.5), ("B", 0.25), ("C", "12,50")), start=1):
            sheet.write(row, 0, title)
            sheet.write(row, 1, amount, shown)
        sheet.write_row(4, 0, ("D", 20))
    rows, findings = checked(APPLICATIONS, _shown_as(out.getvalue(), number_format))
    wrong = [(one.row, one.code) for one in findings.errors]
    assert wrong == ([(2, "percentage_as_euros"), (3, "percentage_as_euros")] if refused else [])
    assert [one["amount"] for one in rows][-2:] == [1250, 2000]


def test_neither_is_it_in_an_ods_file() -> None:
    book = ods({"A": (("Otsikko", "Haettava summa"), ("A", 0.5), ("B", 20))})
    spoilt = with_part(
        book,
        "content.xml",
        lambda old: old.replace(b'"float" office:value="0.5"', b'"percentage" office:value="0.5"'),
    ).getvalue()
    rows, findings = checked(APPLICATIONS, spoilt)
    assert [(one.row, one.code) for one in findings.errors] == [(2, "percentage_as_euros")]
    assert [one["amount"] for one in rows] == [2000]
