"""Writes the files of `tests/imports/files`, as clerks have them: `python -m tests.imports.write_files`."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

FOLDER = Path(__file__).parent / "files"
NBSP, NARROW, DASH = "\u00a0", "\u202f", "\u2013"
Cell = str | int | float | bool | date | None
Table = Sequence[Sequence[Cell]]
HEAD = "nimi;sektori;yhdistysrekisterinumero;kotikunta"
VAKI = f"{HEAD}\r\nTöölön väki ry;yhdistys;111301;Oulu\r\n"
SUMS = "Otsikko;Haettava summa\r\nA;12.500\r\nB;1,000\r\nC;1.250,00 €\r\n"
TEXTS: Mapping[str, tuple[str, str]] = {
    "windows-1252.csv": (VAKI, "cp1252"),
    "utf-8.csv": (VAKI, "utf-8"),
    "utf-8-bom.csv": (VAKI, "utf-8-sig"),
    "utf-16.csv": (VAKI, "utf-16"),
    "utf-16-no-bom.csv": (VAKI, "utf-16-le"),
    "tabs.csv": (VAKI.replace(";", "\t"), "utf-8"),
    "commas.csv": (VAKI.replace(";", ","), "utf-8"),
    "old-mac-lines.csv": (VAKI.replace("\r\n", "\r"), "utf-8"),
    "sep-line.csv": (f"sep=;\r\n{VAKI}", "cp1252"),
    "title-rows.csv": (f"Oulun yhdistykset 2026;;;\r\n;;;\r\nPäivitetty 1.11.2026;;;\r\n{VAKI}", "cp1252"),
    "padded.csv": (
        ";nimi ; ;sektori;yhdistysrekisterinumero ;kotikunta;;\r\n"
        f"1; Töölön väki ry{NBSP};;yhdistys ;111301; Oulu;;\r\n;;;;;;;\r\n",
        "cp1252",
    ),
    "repeated-heading.csv": (
        "Nimi;Sektori;Kunta;Kuntakoodi;Puhelin;Puhelin\r\nA ry;yhdistys;Alajärvi;5;040 1234567;\r\n"
        "B ry;yhdistys;Oulu;91;;040 1234567\r\n",
        "utf-8",
    ),
    "short.csv": ("nimi;sektori\r\nEsimerkin Tuki ry;yhdistys\r\n", "utf-8"),
    "no-sector.csv": ("Nimi;Kotikunta\r\nA ry;Oulu\r\nB ry;Oulu\r\nC ry;Oulu\r\n", "utf-8"),
    "unknown-columns.csv": ("Nimi;Sektori;Jäsenmaksu;Huom\r\nA ry;yhdistys;20;uusi\r\n", "utf-8"),
    "many-columns.csv": (
        "Osoite;Postinumero;Nimi;Maksu;Huom;Puheenjohtaja;Rooli\r\nTie 1;90100;A ry;20;;;\r\n",
        "utf-8",
    ),
    "unknown-headings.csv": ("Nimike;Laatu\r\nA ry;yhdistys\r\n", "utf-8"),
    "quote-unclosed-at-end.csv": ('Nimi;Sektori\r\nA ry;yhdistys\r\nB ry;"yhdistys', "utf-8"),
    "nothing-understood.csv": ("Jäsenmaksu;Huom\r\n20;uusi\r\n", "utf-8"),
    "no-headings.csv": ("Töölön väki ry;yhdistys;111301;Oulu\r\n", "utf-8"),
    "swedish.csv": (
        "Föreningens namn;Sektor;FO-nummer;Föreningsregisternummer;Hemkommun;E-post\r\n"
        "Åbo vänner rf;förening;0177619-3;12;Åbo stad;info@vanner.example\r\n",
        "cp1252",
    ),
    "english.csv": ("Name,Sector,Business ID,Home municipality\nHelpers ry,Association,0177619-3,Turku/Åbo\n", "utf-8"),
    "other-words.csv": (
        "Organisaation nimi;Organisaatiotyyppi;Y-tunnus;Kaupunki\r\nApu ry;Aatteellinen yhdistys;0177619-3;Oulu\r\n"
        "Muu ry;Muu yhdistys;;Oulu\r\nPito;Osuuskunta;2077474-0;Oulu\r\n",
        "utf-8",
    ),
    "legal-forms.csv": (
        "Nimi;Sektori;Yhtiömuoto\r\nTuomiokirkon srk;seurakunta;Ev.lut.kirkko\r\n"
        "Hoiva Oy;yritys;Osakeyhtiö\r\nApu ry;yhdistys;Aatteellinen yhdistys\r\n",
        "utf-8",
    ),
    "two-languages-in-headings.csv": ("Nimi/Namn;Sektori / Sektor\r\nA ry;yhdistys\r\n", "utf-8"),
    "bracketed-headings.csv": ("Nimi (virallinen)*;1. Sektori:\r\nA ry;yhdistys\r\n", "utf-8"),
    "association-as-company.csv": ("nimi;sektori\r\nApu ry;Yritys\r\n", "utf-8"),
    "sums.csv": (SUMS, "utf-8"),
    "sums-read.csv": (
        f"Otsikko;Haettava summa (€)\r\nA;1 250,-\r\nB;12{NBSP}500 euroa\r\nC;12{NARROW}500,50 €\r\nD;1.250.000\r\n",
        "utf-8",
    ),
    "phones.csv": (
        "Nimi;Sektori;Puhelin\r\n"
        f"A ry;yhdistys;+358{NBSP}40{NBSP}123{NBSP}4567\r\nB ry;yhdistys;(014) 267 1266\r\n"
        f"C ry;yhdistys;040{DASH}123{DASH}4567\r\nD ry;yhdistys;358401234567\r\nE ry;yhdistys;401234567\r\n",
        "utf-8",
    ),
    "business-ids.csv": (
        f"Nimi;Sektori;Y-tunnus\r\nA Oy;yritys;0177619{DASH}3\r\nB Oy;yritys; 0177619 - 3\r\nC Oy;yritys;177619-3\r\n"
        "D Oy;yritys;1776193\r\nE Oy;yritys;FI01776193\r\nF Oy;yritys;177619-4\r\n",
        "utf-8",
    ),
    "municipalities.csv": (
        "Nimi;Sektori;Kotikunta\r\nA ry;yhdistys;5\r\nB ry;yhdistys;Turku/Åbo\r\nC ry;yhdistys;Alajärven kaupunki\r\n"
        "D ry;yhdistys;Nykarleby stad\r\nE ry;yhdistys;Mikkelä\r\n",
        "utf-8",
    ),
    "former-municipalities.csv": (
        "Nimi;Sektori;Kotikunta\r\nA ry;yhdistys;Nilsiä\r\nB ry;yhdistys;588\r\nC ry;yhdistys;Längelmäki\r\n",
        "utf-8",
    ),
    "dates.csv": (
        "Jäsen;Liittyi\r\nA ry;31.1.2026\r\nB ry;1. 2. 2026\r\nC ry;2026-01-31\r\nD ry;2026-01-31 00:00:00\r\n"
        "E ry;1.2.26\r\nF ry;31/1/2026\r\n",
        "utf-8",
    ),
    "without-number.csv": ("nimi;sektori;yhdistysrekisterinumero\r\nEsimerkin Tuki ry;yhdistys;\r\n", "utf-8"),
    "broken-cells.csv": ("Nimi;Sektori;Kotikunta\r\nA ry;yhdistys;#N/A\r\nB ry;yhdistys;#PUUTTUU!\r\n", "utf-8"),
    "dashes.csv": (
        "Nimi;Nimi ruotsiksi;Sektori;Y-tunnus;Puhelin;Kotikunta\r\n"
        f"A ry;-;yhdistys;{DASH};\u2014; - \r\n-;-;-;-;-;-\r\nB ry;'-;yhdistys;;;\r\nC ry;;-;;;\r\n",
        "utf-8",
    ),
    "columns-differ.csv": ("Nimi;Organisaatio;Sektori\r\nA ry;B ry;yhdistys\r\nC ry;C RY;yhdistys\r\n", "utf-8"),
    "quote-unclosed.csv": ('Nimi;Sektori\r\nA ry;yhdistys\r\n"B ry;yhdistys\r\nC ry;yhdistys\r\n', "utf-8"),
    "quotes-within.csv": ('Nimi;Sektori\r\nYhdistys "Apu" ry;yhdistys\r\n"Rivin;vaihto ry";yhdistys\r\n', "utf-8"),
    "cells-without-heading.csv": ("nimi,sektori\r\nA ry,yhdistys,Oulu\r\n", "utf-8"),
    "excel-formulas.csv": ("Nimi;Sektori\r\n'=Kaava ry;yhdistys\r\n", "utf-8"),
    "web-page.csv": ("<!DOCTYPE html>\n<table><tr><td>Nimi</td></tr></table>", "utf-8"),
}
_MERGED = re.compile(r"(.*) ([>v])(\d)")
ROWS: Table = (("Nimi", "Sektori"), ("Töölön väki ry", "yhdistys"))
OLD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
OTHERS: Mapping[str, bytes] = {
    "mixed-rows.csv": "\r\n".join(["nimi;sektori", "Töölön väki ry;yhdistys", "Åbo ry;yhdistys", ""]).encode()
    + "Yö ry;yhdistys\r\n".encode("cp1252"),
    "empty.csv": b"",
    "blank.csv": b"\r\n;;\r\n",
    "document.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "marked.pdf": b"\xef\xbb\xbf%PDF-1.7\n",
    "old.xls": OLD,
    "encrypted.xlsx": OLD + "EncryptedPackage".encode("utf-16-le"),
    "half.xlsx": b"PK\x03\x04" + bytes(100),
}


def xlsx(sheets: Mapping[str, Table], *, hidden: Sequence[str] = (), merged: Sequence[str] = ()) -> bytes:
    """A workbook as Excel writes it: numbers and days as such. `merged`: cells of each sheet, such as `A2:A4`."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "d.m.yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                for place, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, place, cell, day)
                    elif isinstance(cell, str) and cell.startswith("="):
                        sheet.write_formula(number, place, cell, None, "#N/A" if "NA()" in cell else "")
                    elif cell is not None:
                        sheet.write(number, place, cell)
            for area in merged:
                first = xl_cell_to_rowcol(area.split(":")[0])
                sheet.merge_range(area, rows[first[0]][first[1]])
            if name in hidden:
                sheet.hide()
    return out.getvalue()


def _failed(shown: str, kind: str) -> str:
    return f'<table:table-cell table:formula="of:=A1" {kind}><text:p>{shown}</text:p></table:table-cell>'


def ods(sheets: Mapping[str, Table]) -> bytes:
    """A workbook as LibreOffice writes it, with its thousand blank columns after the last.

    A text such as `=#N/A` is a formula that failed, one that begins with `==` as older programs write it. A text ending
    in ` >2` or ` v3` is merged over so many columns or rows; what it covers is blank.
    """

    def cell(value: Cell) -> str:
        if value is None:
            return "<table:table-cell/>"
        if value == "":
            return "<table:covered-table-cell/>"
        if isinstance(value, str) and value.startswith("=="):
            return _failed(value[2:], 'office:value-type="float" office:value="0"')
        if isinstance(value, str) and value.startswith("="):
            kind = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
            return _failed(value[1:], kind)
        if isinstance(value, str) and (found := _MERGED.fullmatch(value)):
            way = "columns" if found[2] == ">" else "rows"
            spanned = f'table:number-{way}-spanned="{found[3]}" office:value-type="string"'
            return f"<table:table-cell {spanned}><text:p>{escape(found[1])}</text:p></table:table-cell>"
        of = 'office:value-type="string"'
        if isinstance(value, date):
            of = f'office:value-type="date" office:date-value="{value}"'
        elif isinstance(value, bool):
            of = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
        elif isinstance(value, int | float):
            of = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {of}><text:p>{escape(str(value))}</text:p></table:table-cell>"

    blank = '<table:table-cell table:number-columns-repeated="1000"/>'
    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}{blank}</table:table-row>" for row in rows)
        + f'<table:table-row table:number-rows-repeated="1048500">{blank}</table:table-row></table:table>'
        for name, rows in sheets.items()
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3"'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
        f' xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0" manifest:version="1.3"><manifest:file-entry'
        ' manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return out.getvalue()


TYPED: Table = (
    ("Nimi", "Sektori", "Y-tunnus", "Yhdistysrekisterinumero", "Kuntakoodi", "Puhelin"),
    ("A ry", "yhdistys", 1776193, 111301, 5, 401234567),
    ("B ry", "yhdistys", None, 12.0, 91.0, "040 123 4567"),
)
TITLED: Table = (("Jäsenluettelo 2026",), (), (None, "Jäsen", "Liittyi"), (1, "A ry", date(2026, 1, 31)))
MERGED: Table = (
    ("Oulun yhdistykset 2026", None, None, None, None),
    ("Yhdistys", "Sektori", "Kotikunta", "Yhteystiedot", None),
    (None, None, None, "Puhelin", "Sähköposti"),
    ("A ry", "yhdistys", "Oulu", "040 1234567", "a@a.example"),
    ("B ry", "yhdistys", None, "040 1234568", "b@b.example"),
    (None, None, None, None, None),
    ("C ry", "yhdistys", "Inari", "ei tietoa", None),
)
"""Titles over columns, headings over two rows, a municipality for three rows, and two cells of contacts as one."""
MERGED_AREAS = ("A1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "C4:C6", "D7:E7")
MERGED_ODS: Table = (
    ("Oulun yhdistykset 2026 >5", "", "", "", ""),
    ("Yhdistys v2", "Sektori v2", "Kotikunta v2", "Yhteystiedot >2", ""),
    ("", "", "", "Puhelin", "Sähköposti"),
    ("A ry", "yhdistys", "Oulu v3", "040 1234567", "a@a.example"),
    ("B ry", "yhdistys", "", "040 1234568", "b@b.example"),
    (None, None, "", None, None),
    ("C ry", "yhdistys", "Inari", "ei tietoa >2", ""),
)
BROKEN_ODS: Table = (
    ("Nimi", "Sektori", "Kotikunta", "Verkkosivu"),
    ("A ry", "yhdistys", "=#N/A", "a.example"),
    ("B ry", "yhdistys", "==#REF!", "=Err:502"),
    ("C ry", "yhdistys", "Oulu", "c.example"),
)
SHEETS: Mapping[str, Table] = {"2025": ROWS, "2026": ROWS}
BOOKS: Mapping[str, bytes] = {
    "plain.xlsx": xlsx({"Taul1": ROWS}),
    "typed.xlsx": xlsx({"Taul1": TYPED}),
    "titled.xlsx": xlsx({"Jäsenet": TITLED}),
    "sums.xlsx": xlsx(
        {"Haut": (("Otsikko", "Haettava summa"), ("A", 12500), ("B", 1250.5), ("C", "12.500"), ("D", 1.125))}
    ),
    "several-sheets.xlsx": xlsx(SHEETS),
    "dashes.xlsx": xlsx({"Taul1": (("Nimi", "Sektori", "Kotikunta", "Puhelin"), ("A ry", "yhdistys", "-", DASH))}),
    "advice-beside.xlsx": xlsx({"Ohje": (("Täytä toinen taulukko.",),), "Tiedot": ROWS, "Tyhjä": ()}),
    "hidden-sheet.xlsx": xlsx({"Tiedot": ROWS, "Luettelot": SHEETS["2025"]}, hidden=["Luettelot"]),
    "uncomputed.xlsx": xlsx({"Taul1": (*ROWS, ("=A2", "yhdistys"))}),
    "broken-formula.xlsx": xlsx({"Taul1": (("Nimi", "Sektori", "Kotikunta"), ("A ry", "yhdistys", "=NA()"))}),
    "merged.xlsx": xlsx({"Taul1": MERGED}, merged=MERGED_AREAS),
    "merged.ods": ods({"Taul1": MERGED_ODS}),
    "broken-formula.ods": ods({"Taul1": BROKEN_ODS}),
    "plain.ods": ods({"Taul1": ROWS}),
    "titled.ods": ods({"Jäsenet": TITLED}),
    "several-sheets.ods": ods(SHEETS),
}


def main() -> None:
    """Write all files anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, (text, encoding) in TEXTS.items():
        (FOLDER / name).write_bytes(text.encode(encoding))
    for name, content in (*OTHERS.items(), *BOOKS.items()):
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
