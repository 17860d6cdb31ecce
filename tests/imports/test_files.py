"""Files as clerks have them: what each is read as, or the one message that says what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from puumerkki.applications.importing import APPLICATIONS
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.reading.tables import open_table
from puumerkki.imports.reading.unreadable import UnreadableFile
from puumerkki.imports.results import FileReading, Findings, name_what_is_left
from puumerkki.imports.row_validation import Checker
from puumerkki.imports.sheets import Sheet
from puumerkki.networks.importing.members import MEMBERS
from puumerkki.organisations.importing.sheet import ORGANISATIONS
from tests.imports import write_files
from tests.imports.write_files import FOLDER

VAKI = ("name_fi=Töölön väki ry", "sector=association", "association_register_number=111301", "home_municipality=564")
TOOLO = ("name_fi=Töölön väki ry", "sector=association")


def named(*names: str) -> list[tuple[str, ...]]:
    return [(f"name_fi={name}", "sector=association") for name in names]


@dataclass(frozen=True)
class Told:
    """`rows`: of each good row what it holds, such as `name_fi=A ry`; `faults`: of each bad one its row and code.

    `notes`: warnings, by their column. `file`: the one message of a file that is not taken. `read`: how it was read.
    """

    rows: Iterable[tuple[str, ...]] = ()
    faults: Iterable[tuple[int, str]] = ()
    notes: Iterable[tuple[str, str]] = ()
    file: tuple[str, int] | None = None
    read: Mapping[str, Any] = field(default_factory=dict)
    sheet: Sheet = ORGANISATIONS
    options: ImportOptions = field(default_factory=ImportOptions)


MERGED = Told(
    [
        ("name_fi=A ry", "home_municipality=564", "public_phone=040 1234567", "public_email=a@a.example"),
        ("name_fi=B ry", "home_municipality=564", "public_phone=040 1234568", "public_email=b@b.example"),
    ],
    faults=[(7, "cells_merged")],
    read={"heading_row": 3},
)
FILES: dict[str, Told] = {
    "windows-1252.csv": Told([VAKI], read={"encoding": "cp1252", "delimiter": ";", "first_names": ("Töölön väki ry",)}),
    "utf-8.csv": Told([VAKI], read={"encoding": "utf-8"}),
    "utf-8-bom.csv": Told([VAKI], read={"encoding": "utf-8-sig"}),
    "utf-16.csv": Told([VAKI], read={"encoding": "utf-16"}),
    "utf-16-no-bom.csv": Told([VAKI], read={"encoding": "utf-16-le"}),
    "tabs.csv": Told([VAKI], read={"delimiter": "\t"}),
    "commas.csv": Told([VAKI], read={"delimiter": ","}),
    "old-mac-lines.csv": Told([VAKI]),
    "sep-line.csv": Told([VAKI], read={"delimiter": ";", "heading_row": 1}),
    "title-rows.csv": Told([VAKI], read={"heading_row": 4}),
    "padded.csv": Told([VAKI], notes=[("A", "column_not_understood"), ("C", "column_not_understood")]),
    "repeated-heading.csv": Told(
        [("home_municipality=005", "public_phone=040 1234567")], faults=[(3, "columns_differ")]
    ),
    "short.csv": Told(named("Esimerkin Tuki ry")),
    "no-sector.csv": Told(file=("column_missing", 1)),
    "unknown-columns.csv": Told(
        named("A ry"), notes=[("Jäsenmaksu", "column_not_understood"), ("Huom", "column_not_understood")]
    ),
    "many-columns.csv": Told(
        [("name=A ry",)],
        notes=[
            (name, "column_not_understood")
            for name in ("Osoite", "Postinumero", "Maksu", "Huom", "Puheenjohtaja", "Rooli")
        ],
        sheet=MEMBERS,
    ),
    "unknown-headings.csv": Told(file=("headings_needed", 1)),
    "quote-unclosed-at-end.csv": Told(file=("quote_unclosed", 3)),
    "nothing-understood.csv": Told(file=("headings_needed", 1)),
    "no-headings.csv": Told(file=("headings_needed", 1)),
    "swedish.csv": Told(
        [("name_sv=Åbo vänner rf", "sector=association", "business_id=0177619-3", "home_municipality=853")]
    ),
    "english.csv": Told([("name_fi=Helpers ry", "sector=association", "home_municipality=853")]),
    "other-words.csv": Told(
        [
            ("name_fi=Apu ry", "sector=association", "legal_form=registered_association", "home_municipality=564"),
            ("name_fi=Muu ry", "sector=association", "legal_form=registered_association"),
            ("name_fi=Pito", "sector=company", "legal_form=cooperative"),
        ]
    ),
    "legal-forms.csv": Told(
        [
            ("sector=parish", "legal_form=parish"),
            ("sector=company", "legal_form=limited_company"),
            ("sector=association", "legal_form=registered_association"),
        ]
    ),
    "two-languages-in-headings.csv": Told(named("A ry")),
    "bracketed-headings.csv": Told(named("A ry")),
    "association-as-company.csv": Told(
        [("name_fi=Apu ry", "sector=company")], notes=[("sektori", "association_as_company")]
    ),
    "sums.csv": Told(
        [("title=C", "amount=125000")], faults=[(2, "amount_ambiguous"), (3, "amount_ambiguous")], sheet=APPLICATIONS
    ),
    "sums-read.csv": Told(
        [("amount=125000",), ("amount=1250000",), ("amount=1250050",), ("amount=125000000",)], sheet=APPLICATIONS
    ),
    "phones.csv": Told(
        [
            ("public_phone=+358 40 123 4567",),
            ("public_phone=(014) 267 1266",),
            ("public_phone=040-123-4567",),
            ("public_phone=+358401234567",),
            ("public_phone=0401234567",),
        ]
    ),
    "business-ids.csv": Told([("business_id=0177619-3",)] * 5, faults=[(7, "business_id_expected")]),
    "municipalities.csv": Told(
        [(f"home_municipality={code}",) for code in ("005", "853", "005", "893")], faults=[(6, "municipality_expected")]
    ),
    "former-municipalities.csv": Told(
        [("home_municipality=297",), ("home_municipality=507",)],
        faults=[(4, "municipality_divided")],
        notes=[("Kotikunta", "municipality_merged")] * 2,
    ),
    "dates.csv": Told(
        [(f"joined_on={day}",) for day in ("2026-01-31", "2026-02-01", "2026-01-31", "2026-01-31")],
        faults=[(6, "past_day_expected"), (7, "past_day_expected")],
        sheet=MEMBERS,
    ),
    "without-number.csv": Told(named("Esimerkin Tuki ry")),
    "broken-cells.csv": Told(faults=[(2, "cell_broken"), (3, "cell_broken")]),
    "dashes.csv": Told(
        [
            ("name_fi=A ry", "name_sv=None", "business_id=None", "public_phone=None", "home_municipality=None"),
            ("name_fi=B ry", "name_sv=-"),
        ],
        faults=[(5, "sector_expected")],
    ),
    "dashes.xlsx": Told([("name_fi=A ry", "home_municipality=None", "public_phone=None")]),
    "columns-differ.csv": Told(named("C ry"), faults=[(2, "columns_differ")]),
    "quote-unclosed.csv": Told(file=("quote_unclosed", 3)),
    "quotes-within.csv": Told(named('Yhdistys "Apu" ry', "Rivin;vaihto ry")),
    "cells-without-heading.csv": Told(faults=[(2, "too_many_cells")]),
    "excel-formulas.csv": Told(named("=Kaava ry")),
    "web-page.csv": Told(file=("not_a_table", 1)),
    "mixed-rows.csv": Told(file=("encodings_mixed", 4)),
    "empty.csv": Told(file=("file_empty", 1)),
    "blank.csv": Told(file=("file_empty", 1)),
    "document.pdf": Told(file=("not_a_table", 1)),
    "marked.pdf": Told(file=("not_a_table", 1)),
    "old.xls": Told(file=("workbook_old", 1)),
    "encrypted.xlsx": Told(file=("file_encrypted", 1)),
    "half.xlsx": Told(file=("workbook_broken", 1)),
    "plain.xlsx": Told([TOOLO], read={"format": "xlsx", "sheet": "Taul1", "heading_row": 1}),
    "typed.xlsx": Told(
        [
            (
                "business_id=0177619-3",
                "association_register_number=111301",
                "home_municipality=005",
                "public_phone=0401234567",
            ),
            ("association_register_number=12", "home_municipality=091", "public_phone=040 123 4567"),
        ]
    ),
    "titled.xlsx": Told(
        [("name=A ry", "joined_on=2026-01-31")],
        notes=[("A", "column_not_understood")],
        read={"heading_row": 3},
        sheet=MEMBERS,
    ),
    "sums.xlsx": Told(
        [("amount=1250000",), ("amount=125050",), ("amount=113",)],
        faults=[(4, "amount_ambiguous")],
        notes=[("Haettava summa", "amount_rounded")],
        sheet=APPLICATIONS,
    ),
    "several-sheets.xlsx": Told(file=("sheet_needed", 1), read={"sheets": ("2025", "2026")}),
    "advice-beside.xlsx": Told([TOOLO], notes=[("", "sheets_left")], read={"sheet": "Tiedot"}),
    "hidden-sheet.xlsx": Told([TOOLO], read={"sheets": ("Tiedot",)}),
    "uncomputed.xlsx": Told(file=("formula_uncomputed", 3)),
    "broken-formula.xlsx": Told(faults=[(2, "cell_broken")]),
    "broken-formula.ods": Told(
        [("name_fi=C ry", "home_municipality=564")],
        faults=[(2, "cell_broken"), (3, "cell_broken"), (3, "cell_broken")],
    ),
    "merged.xlsx": MERGED,
    "merged.ods": MERGED,
    "plain.ods": Told([TOOLO], read={"format": "ods", "sheet": "Taul1"}),
    "titled.ods": Told(
        [("name=A ry", "joined_on=2026-01-31")],
        notes=[("A", "column_not_understood")],
        read={"heading_row": 3},
        sheet=MEMBERS,
    ),
    "several-sheets.ods": Told(file=("sheet_needed", 1), read={"sheets": ("2025", "2026")}),
}
CHOSEN = {
    "several-sheets.xlsx": Told([TOOLO], options=ImportOptions(sheet="2026"), read={"sheet": "2026"}),
    "several-sheets.ods": Told([TOOLO], options=ImportOptions(sheet="2025"), read={"sheet": "2025"}),
    "hidden-sheet.xlsx": Told([TOOLO], options=ImportOptions(sheet="Luettelot"), read={"sheet": "Luettelot"}),
    "plain.xlsx": Told(file=("sheet_unknown", 1), options=ImportOptions(sheet="Muu")),
    "no-headings.csv": Told(file=("headings_needed", 9), options=ImportOptions(heading_row=9)),
    "unknown-columns.csv": Told(
        [("name_fi=A ry", "website=https://uusi")],
        options=ImportOptions(mapping={"Huom": "website", "Jäsenmaksu": ""}),
    ),
    "nothing-understood.csv": Told(
        [("name=uusi",)], options=ImportOptions(mapping={"Huom": "name", "Jäsenmaksu": ""}), sheet=MEMBERS
    ),
}
"""What somebody chose: a sheet, a row of headings, what headings mean."""


def _cells(value: Any) -> set[str]:
    return {f"{name}={cell}" for name, cell in value.model_dump(mode="json").items()}


def _check(name: str, told: Told) -> None:
    findings = Findings()
    words = replace(told.sheet.vocabulary, mapping=told.options.mapping)
    reading: FileReading | None
    with (FOLDER / name).open("rb") as source:
        try:
            file = open_table(source, words, told.options, named_by=told.sheet.named_by)
            name_what_is_left(file.reading, findings, sheet_chosen=told.options.sheet is not None)
            checker = Checker(told.sheet, known={}, headings=file.headings, findings=findings)
            rows = [row for _, row in checker.good(list(file.records()))]
            file.release()
            reading, message = file.reading, None
        except UnreadableFile as error:
            rows, reading, message = [], error.reading, (error.code, error.row)
    assert message == told.file
    assert [(one.row, one.code) for one in findings.errors] == list(told.faults)
    assert [(one.column, one.code) for one in findings.warnings] == list(told.notes)
    assert len(rows) == len(list(told.rows))
    for row, expected in zip(rows, told.rows, strict=True):
        assert set(expected) <= _cells(row)
    for what, value in told.read.items():
        assert getattr(reading, what) == value


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_rightly_or_refused_with_one_message(name: str) -> None:
    _check(name, FILES[name])


@pytest.mark.parametrize("name", CHOSEN)
def test_what_somebody_chose_is_taken(name: str) -> None:
    _check(name, CHOSEN[name])


def test_every_file_has_its_row_and_is_as_the_script_writes_it() -> None:
    assert {one.name for one in FOLDER.iterdir()} == set(FILES)
    assert len(FILES) >= 40
    for name, (text, encoding) in write_files.TEXTS.items():
        assert (FOLDER / name).read_bytes() == text.encode(encoding), name
    for name, content in write_files.OTHERS.items():
        assert (FOLDER / name).read_bytes() == content, name
