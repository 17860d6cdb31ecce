"""Organisations from CSV files: what is taken, what is refused and why, and that a repeat changes nothing."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.engine import import_sheet
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.results import ImportResult
from puumerkki.kernel.csv_cells import escape_cell, plain_cell
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.organisations.importing.sheet import ORGANISATIONS
from puumerkki.organisations.models.organisations import (
    Contact,
    ExternalId,
    LegalForm,
    Organisation,
    OrganisationVersion,
    Sector,
)
from puumerkki.organisations.service.history import KEPT
from tests.factories import OULU, World

SAMPLES = Path(__file__).parents[2].parent / "shared" / "data" / "samples" / "applications"
HEAD = "name_fi,name_sv,sector,legal_form,business_id,association_register_number,home_municipality,municipalities"
GOOD = (
    f"{HEAD},website,external_scheme,external_id,public_email,public_phone\n"
    "Ikäihmisten Tuki ry,Stöd för äldre rf,association,,2077474-0,123.456,Oulu,Kempele|091,"
    "www.tuki.example,ptv,a-1,info@tuki.example,+358 40 123\n"
    "Tuiran asukkaat,,residents,unregistered_group,,,564,,,,,,040 123 4567\n"
    "Kempeleen kunta,,kunta,,,,Kempele,,,,,,\n"
)


async def _import(session: AsyncSession, text: str | bytes, **options: Any) -> ImportResult:
    content = text if isinstance(text, bytes) else text.encode()
    given = ImportOptions(**({"makes_authorities": True} | options))
    return await import_sheet(ORGANISATIONS, session, source=io.BytesIO(content), actor_id=None, options=given)


async def _events(session: AsyncSession) -> list[tuple[str, list[str]]]:
    found = await session.exec(
        select(EventRow.type, EventRow.changed)
        .where(col(EventRow.subject_kind) == "organisation")
        .order_by(col(EventRow.occurred_at), col(EventRow.id))
    )
    return [(type_, changed) for type_, changed in found.all()]


def _counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.created, result.changed, result.unchanged, result.skipped


async def test_the_same_file_twice_changes_nothing(session: AsyncSession) -> None:
    first = await _import(session, GOOD)
    assert (_counts(first), first.errors) == ((3, 0, 0, 0), [])
    told = await _events(session)
    assert told == [("organisation.created", [])] * 3
    again = await _import(session, GOOD)
    assert _counts(again) == (0, 0, 3, 0)
    assert await _events(session) == told
    made = (await session.exec(select(Organisation).where(col(Organisation.business_id) == "2077474-0"))).one()
    assert (made.association_register_number, made.home_municipality_code) == ("123456", OULU)
    assert (made.municipality_codes, made.website) == (["091", "244", OULU], "https://www.tuki.example")
    assert made.legal_form == LegalForm.registered_association
    assert (await session.exec(select(ExternalId.value))).all() == ["a-1"]
    assert sorted((await session.exec(select(Contact.phone))).all(), key=str) == ["+358 40 123", "040 123 4567"]
    kept = (await session.exec(select(OrganisationVersion).where(OrganisationVersion.organisation_id == made.id))).one()
    assert kept.content == {name: getattr(made, name) for name in KEPT} | {"external_ids": {"ptv": "a-1"}}
    assert kept.number == 1
    found = (await session.exec(select(func.count()).select_from(Organisation))).one()
    assert found == 3


async def test_only_what_is_other_is_changed_and_told(session: AsyncSession) -> None:
    await _import(session, GOOD)
    changed = GOOD.replace("www.tuki.example", "www.uusi.example").replace("info@tuki", "uusi@tuki")
    result = await _import(session, changed)
    assert _counts(result) == (0, 1, 2, 0)
    assert (await _events(session))[3:] == [("organisation.changed", ["contacts", "website"])]
    versions = (await session.exec(select(OrganisationVersion.number).order_by(OrganisationVersion.number))).all()
    assert versions == [1, 1, 1, 2]
    assert sorted((await session.exec(select(Contact.email))).all(), key=str) == [None, "uusi@tuki.example"]


async def test_columns_left_out_leave_what_is_there(world: World, session: AsyncSession) -> None:
    known = await world.organisation(
        "Vanha nimi ry",
        names={"fi": "Vanha nimi ry", "sv": "Gamla namnet rf"},
        business_id="2077474-0",
        website="https://a.example",
        sector=Sector.company,
        legal_form=LegalForm.cooperative,
    )
    result = await _import(session, "y-tunnus;nimi;sektori\n2077474-0;Vanha uusi nimi;yritys\n")
    assert _counts(result) == (0, 1, 0, 0), result.errors
    await session.refresh(known)
    assert known.names == {"fi": "Vanha uusi nimi", "sv": "Gamla namnet rf"}
    assert (known.website, known.legal_form, known.version) == ("https://a.example", LegalForm.cooperative, 2)
    assert (known.sort_key, known.search_text) == ("vanha uusi nimi", "vanha uusi nimi gamla namnet rf")


async def test_a_municipality_listed_by_its_place_has_its_legal_name(session: AsyncSession) -> None:
    text = "nimi,name_sv,sector,home_municipality\nOulu,Uleåborg,kunta,Oulu\nPudasjärvi,,kunta,Pudasjärvi\n"
    text += "Oulu,,yritys,Oulu\n"
    assert _counts(await _import(session, text)) == (3, 0, 0, 0)
    made = {
        (one.sector, one.home_municipality_code): one.names for one in (await session.exec(select(Organisation))).all()
    }
    assert made == {
        (Sector.municipality, OULU): {"fi": "Oulun kaupunki", "sv": "Uleåborgs stad"},
        (Sector.municipality, "615"): {"fi": "Pudasjärvi"},
        (Sector.company, OULU): {"fi": "Oulu"},
    }
    assert _counts(await _import(session, text)) == (0, 0, 3, 0)


async def test_what_was_imported_before_its_legal_name_was_known_is_renamed(
    world: World, session: AsyncSession
) -> None:
    known = await world.organisation("Oulu", sector=Sector.municipality, legal_form=LegalForm.municipality)
    result = await _import(session, "nimi,sector,home_municipality\nOulu,kunta,564\n")
    assert _counts(result) == (0, 1, 0, 0), result.errors
    await session.refresh(known)
    assert (known.names, known.sort_key) == ({"fi": "Oulun kaupunki"}, "oulun kaupunki")


async def test_matching_goes_by_id_number_then_name_and_home(world: World, session: AsyncSession) -> None:
    by_id = await world.organisation("A ry", association_register_number="11")
    session.add(ExternalId(organisation_id=by_id.id, scheme="ptv", value="x"))
    by_register = await world.organisation("B ry", association_register_number="22")
    by_name = await world.organisation("C ry")
    await world.organisation("D ry")
    await world.organisation("D ry")
    head = "name,sector,register_number,external_scheme,external_id,home_municipality\n"
    rows = "A2 ry,association,,ptv,x,564\nB 2 ry,association,22,,,564\nC ry,association,1033,,,564\n"
    result = await _import(session, head + rows + "D ry,association,1044,,,564\n", skip_bad=True)
    assert _counts(result) == (0, 3, 0, 1), result.errors
    assert (result.errors[0].row, result.errors[0].column, result.errors[0].value) == (5, "name", "D ry")
    for one in (by_id, by_register, by_name):
        await session.refresh(one)
    assert [one.names["fi"] for one in (by_id, by_register, by_name)] == ["A2 ry", "B 2 ry", "C ry"]
    assert by_name.association_register_number == "1033"


async def test_errors_say_row_column_value_and_what_is_expected(session: AsyncSession) -> None:
    bad = (
        "Nimi;Y-tunnus;Sektori;Kotikunta;sähköposti\n"
        "Hyvä ry;2077474-0;järjestö;Oulu;\n"
        "\n"
        "Väärä ry;2077474-1;järjestö;Oulu;\n"
        ";0201256-6;yritys;Mikkelä;ei\n"
        "Numeroton ry;;järjestö;Oulu;\n"
        "Toinen ry;20774740;järjestö;Oulu;\n"
        "Liikaa ry;1;2;3;4;5\n"
        "Ryhmä;;residents;Oulu;\n"
        "Outo;;kerho;Oulu;\n"
    )
    result = await _import(session, bad)
    assert (_counts(result), result.applied) == ((0, 0, 0, 8), False)
    assert [(one.row, one.column, one.value) for one in result.errors] == [
        (4, "Y-tunnus", "2077474-1"),
        (5, "Kotikunta", "Mikkelä"),
        (5, "sähköposti", "ei"),
        (7, "Y-tunnus", "2077474-0"),
        (8, "", ""),
        (9, "sähköposti", ""),
        (10, "Sektori", "kerho"),
    ]
    assert "check digit" in result.errors[0].message
    assert "row 2" in result.errors[3].message
    assert (result.errors[0].code, result.errors[0].first) == ("business_id_expected", None)
    assert (result.errors[3].code, result.errors[3].first) == ("organisation_twice", 2)
    assert (await session.exec(select(Organisation.id))).all() == []
    good = await _import(session, bad, skip_bad=True)
    assert _counts(good) == (2, 0, 0, 6)
    assert [(one.row, one.code) for one in good.warnings] == [(6, "identifier_needed")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
async def test_files_as_people_have_them(session: AsyncSession, encoding: str, delimiter: str) -> None:
    lines = ["nimi,nimi ruotsiksi,sektori,rekisterinumero", "Äitien Yö ry,Mödrars Ö rf,järjestö,12"]
    text = "\r\n".join(line.replace(",", delimiter) for line in lines)
    result = await _import(session, text.encode(encoding))
    assert _counts(result) == (1, 0, 0, 0), result.errors
    names = (await session.exec(select(Organisation.names))).one()
    assert names == {"fi": "Äitien Yö ry", "sv": "Mödrars Ö rf"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"a;b\n1;2\n",
        b"nimi;name\n1;2\n",
        b"nimi;sektori\n\x00;kunta\n",
        b'nimi\n"' + b"x" * 200_000,
    ],
)
async def test_no_table_at_all(session: AsyncSession, content: bytes) -> None:
    result = await _import(session, content)
    assert result.errors
    assert not result.applied


async def test_what_was_exported_comes_back(world: World, session: AsyncSession) -> None:
    rows = GOOD + "=Kaava ry,,association,,,77,Oulu,,,,,,\nHuono ry,,association,,1,,Oulu,,,,,,\n"
    assert _counts(await _import(session, rows, skip_bad=True)) == (4, 0, 0, 1)
    exported = await world.nobody.get("/organisations/export.csv")
    assert exported.headers["content-type"] == "text/csv; charset=utf-8"
    assert exported.content.startswith("\ufeffid;name_fi".encode())
    assert "'=Kaava ry" in exported.text
    assert len(list(csv.reader(io.StringIO(exported.text)))) == 5
    assert _counts(await _import(session, exported.content)) == (0, 0, 4, 0)
    some = await world.nobody.get("/organisations/export.csv?sector=residents&q=tuira")
    assert len(list(csv.reader(io.StringIO(some.text)))) == 2


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40))
def test_cells_come_back_as_they_were(value: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerow([escape_cell(value)])
    (cell,) = next(csv.reader(io.StringIO(text.getvalue(), newline="")))
    assert plain_cell(cell) == value
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def _applicant(file: Path) -> dict[str, str]:
    content = json.loads(file.read_text(encoding="utf-8"))["compensation"]
    return {one["ID"]: one["value"] for one in content["applicantInfoArray"]}


def _as_csv(applicants: Sequence[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["nimi", "y-tunnus", "kotikunta", "kotisivu", "sektori"])
    keys = ("communityOfficialName", "companyNumber", "home", "homePage")
    writer.writerows([[one[key] for key in keys] + ["association"] for one in applicants])
    return text.getvalue()


@pytest.mark.conformance
async def test_applicants_of_real_applications(session: AsyncSession) -> None:
    if not SAMPLES.is_dir():
        pytest.skip(f"the samples are not beside the project: {SAMPLES}")
    applicants = [_applicant(file) for file in sorted(SAMPLES.glob("*.json"))]
    assert len(applicants) == 6
    result = await _import(session, _as_csv(applicants), skip_bad=True)
    assert _counts(result) == (1, 0, 0, 5)
    made = (await session.exec(select(Organisation))).one()
    assert made.names == {"fi": "TietoTesti Kh yleis 001 10062021"}
    assert (made.business_id, made.home_municipality_code) == ("5647641-1", "091")
    assert made.website == "https://www.ttry.fi"
    reasons = {(one.column, one.value): one.message for one in result.errors}
    assert "check digit" in reasons["y-tunnus", "5647641-43"]
    assert reasons["y-tunnus", "5647641-1"].startswith("Give each organisation once; the same is in row ")


async def test_what_the_operator_brings_in_is_confirmed(session: AsyncSession) -> None:
    assert (await _import(session, GOOD)).created == 3
    found = (await session.exec(select(Organisation).where(col(Organisation.source) == "imported"))).all()
    assert len(found) == 3
    assert all(one.confirmed_at is not None and one.name_keys for one in found)


async def test_a_namesake_is_said_row_by_row(world: World, session: AsyncSession) -> None:
    await world.organisation("Tuiran asukkaat", home_municipality_code="091")
    head, tail = f"{HEAD},public_email,another\n", ",,residents,unregistered_group,,,Oulu,,info@tuira.example,"
    asked = await _import(session, f"{head}TUIRAN ASUKKAAT{tail}\n")
    assert [(one.row, one.code) for one in asked.errors] == [(2, "namesake")]
    told = await _import(session, f"{head}TUIRAN ASUKKAAT{tail}kyllä\n")
    assert (told.created, told.errors) == (1, [])
    await world.organisation("Naapuriapu ry", association_register_number="111.111")
    other = f"{HEAD},another\nNaapuriapu ry,,association,,,222.222,Oulu,,"
    assert [one.code for one in (await _import(session, f"{other}\n")).errors] == ["number_differs"]
    assert (await _import(session, f"{other}kyllä\n")).created == 1


async def test_a_namesake_of_another_municipality_is_another_organisation(world: World, session: AsyncSession) -> None:
    known = await world.organisation("Tuiran asukkaat", home_municipality_code="091")
    row = f"{HEAD},website,public_email,another\nTuiran asukkaat,,residents,unregistered_group,,,"
    for home in ("Oulu", ""):
        assert [one.code for one in (await _import(session, f"{row}{home},,,i@b.example,\n")).errors] == ["namesake"]
        assert (await _import(session, f"{row}{home},,b.example,info@b.example,kyllä\n")).created == 1
    assert (await session.exec(select(Organisation.website).where(col(Organisation.id) == known.id))).one() is None
