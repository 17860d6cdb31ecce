"""What a file was read as comes with its import, and what people must look at is told while nothing is kept out."""

import io

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.engine import import_sheet
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.results import ImportResult, ReadColumn
from puumerkki.organisations.importing.sheet import ORGANISATIONS
from puumerkki.organisations.models.organisations import Organisation, Sector
from tests.factories import World
from tests.imports.test_import_jobs import run
from tests.imports.write_files import FOLDER

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def _import(session: AsyncSession, name: str, **options: bool) -> ImportResult:
    source = io.BytesIO((FOLDER / name).read_bytes())
    given = ImportOptions(**options)
    return await import_sheet(ORGANISATIONS, session, source=source, actor_id=None, options=given)


async def test_names_of_a_small_windows_file_are_stored_as_they_were_written(session: AsyncSession) -> None:
    result = await _import(session, "windows-1252.csv")
    assert (result.created, result.errors, result.warnings) == (1, [], [])
    made = (await session.exec(select(Organisation))).one()
    assert made.names == {"fi": "Töölön väki ry"}
    assert result.reading is not None
    assert result.reading.columns[0] == ReadColumn("nimi", "name_fi")
    assert (result.reading.encoding, result.reading.first_names) == ("cp1252", ("Töölön väki ry",))


async def test_a_column_that_is_missing_is_one_finding_of_the_file(session: AsyncSession) -> None:
    result = await _import(session, "no-sector.csv")
    assert [(one.row, one.column, one.code) for one in result.errors] == [(1, "sector", "column_missing")]
    assert (result.applied, result.readable) == (False, False)
    assert result.reading is not None and result.reading.heading_row == 1
    assert (await session.exec(select(Organisation.id))).all() == []


async def test_an_association_without_a_number_comes_in_and_is_asked_for_it(session: AsyncSession) -> None:
    for created in (1, 0):
        result = await _import(session, "short.csv")
        assert (result.created, result.errors) == (created, [])
        assert [(one.row, one.code, one.severity) for one in result.warnings] == [(2, "identifier_needed", "warning")]
    made = (await session.exec(select(Organisation))).one()
    assert (made.business_id, made.association_register_number) == (None, None)


async def test_who_has_a_number_here_is_not_asked_for_it(world: World, session: AsyncSession) -> None:
    known = await world.organisation("Esimerkin Tuki ry", association_register_number="12", home_municipality_code=None)
    result = await _import(session, "short.csv")
    assert (result.unchanged, result.warnings) == (1, [])
    await session.refresh(known)
    assert known.association_register_number == "12"


async def test_a_former_municipality_becomes_todays_with_a_note(session: AsyncSession) -> None:
    result = await _import(session, "former-municipalities.csv", skip_bad=True)
    homes = {one.names["fi"]: one.home_municipality_code for one in (await session.exec(select(Organisation))).all()}
    assert homes == {"A ry": "297", "B ry": "507"}
    notes = [one.detail for one in result.warnings if one.code == "municipality_merged"]
    assert notes == ["Nilsiä → Kuopio 1.1.2013", "Pertunmaa → Mäntyharju 1.1.2025"]
    assert [(one.code, one.detail) for one in result.errors] == [("municipality_divided", "Jämsä / Orivesi")]


async def test_a_workbook_is_imported_by_the_api_and_its_reading_is_shown(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    content = (FOLDER / "advice-beside.xlsx").read_bytes()
    sent = await operator.request(
        "POST", "/imports?kind=organisations", content=content, headers={"Content-Type": XLSX}
    )
    job = await run(sent)
    assert (job.created, job.reading is not None) == (1, True), job.errors
    shown = (await operator.get(f"/imports/{job.id}")).json()
    assert (shown["reading"]["format"], shown["reading"]["sheet"]) == ("xlsx", "Tiedot")
    assert [(one["code"], one["severity"], one["detail"]) for one in shown["errors"]] == [
        ("sheets_left", "warning", "Ohje"),
        ("identifier_needed", "warning", None),
    ]
    found = (await session.exec(select(Organisation).where(Organisation.sector == Sector.association))).all()
    assert [one.names for one in found] == [{"fi": "Töölön väki ry"}]
