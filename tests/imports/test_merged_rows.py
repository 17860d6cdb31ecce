"""Lists do not change because we merge: rows of a merged organisation neither make it anew nor rename the other."""

from typing import Any

import pytest
from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.reading.workbooks import _text
from puumerkki.organisations.models.organisations import LegalForm, Organisation, OrganisationState, Sector
from tests.factories import World
from tests.imports.test_import_steps import one_row, sent, step

HEAD = "nimi;sektori;kotikunta\n"


async def _merged(world: World, **more: Any) -> tuple[Organisation, Organisation]:
    into = await world.organisation("Oulun Kotiystävät ry", website="https://oma.example")
    gone: Any = {"state": OrganisationState.archived, "merged_into_id": into.id, **more}
    return into, await world.organisation("Oulun Koti-Ystävien yhdistys ry", **gone)


async def test_the_same_list_after_a_merge_changes_nothing(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    into, _ = await _merged(world)
    path = await sent(operator, HEAD + "Oulun Koti-Ystävien yhdistys ry;yhdistys;Oulu\n")
    row = await one_row(operator, path, 2)
    assert (row["verdict"], row["target_id"]) == ("unchanged", str(into.id))
    [told] = [one for one in row["findings"] if one["code"] == "organisation_merged"]
    assert (told["severity"], told["detail"]) == ("warning", "Oulun Koti-Ystävien yhdistys ry → Oulun Kotiystävät ry")
    await step(operator, path, "apply")
    assert (await session.exec(select(func.count()).select_from(Organisation))).one() == 2


@pytest.mark.parametrize("known_by", ["id", "rekisterinumero"])
async def test_an_export_from_before_the_merge_has_nothing_to_do(
    world: World, session: AsyncSession, known_by: str
) -> None:
    operator = await world.operator()
    into, gone = await _merged(world, association_register_number="990009")
    said = str(gone.id) if known_by == "id" else "990009"
    rows = f"{said};Oulun Koti-Ystävien yhdistys ry;yhdistys;Kempele;https://vanha.example\n"
    kept = f"{into.id if known_by == 'id' else ''};Oulun Kotiystävät ry;yhdistys;Oulu;https://oma.example\n"
    path = await sent(operator, f"{known_by};nimi;sektori;kotikunta;kotisivu\n{rows}{kept}")
    row = await one_row(operator, path, 2)
    assert row["because"] == {"code": "organisation_twice", "row": 3}, row
    assert (await one_row(operator, path, 3))["verdict"] == "unchanged"
    path = await sent(operator, f"{known_by};nimi;sektori;kotikunta;kotisivu\n{rows}")
    assert (await one_row(operator, path, 2))["verdict"] == "unchanged"
    await step(operator, path, "apply")
    await session.refresh(into)
    assert (into.names, into.website) == ({"fi": "Oulun Kotiystävät ry"}, "https://oma.example")


async def test_another_of_the_merged_ones_name_can_be_added(world: World) -> None:
    operator = await world.operator()
    await _merged(world)
    path = await sent(operator, "nimi;sektori;kotikunta;toinen\nOulun Koti-Ystävien yhdistys;yhdistys;Oulu;kyllä\n")
    assert (await one_row(operator, path, 2))["verdict"] == "new"


@pytest.mark.parametrize("name", ["Mielen Valo Oulu r.y.", "MIELEN VALO OULU RY", "Mielen valo, Oulu"])
async def test_a_list_does_not_rename_by_spelling(world: World, name: str) -> None:
    operator = await world.operator()
    known = await world.organisation("Mielen Valo Oulu ry", association_register_number="990010")
    head = "id;nimi;sektori;kotikunta;rekisterinumero\n"
    for numbered in ("990010", ""):
        path = await sent(operator, head + f';"{name}";yhdistys;Oulu;{numbered}\n')
        assert (await one_row(operator, path, 2))["verdict"] == "unchanged"
    path = await sent(operator, head + f'{known.id};"{name}";yhdistys;Oulu;990010\n')
    assert (await one_row(operator, path, 2))["verdict"] == "changed", "an edited list from here may"


async def test_a_decision_does_not_make_an_association_with_a_number_a_company(world: World) -> None:
    operator = await world.operator()
    near = await world.organisation("Ruokaa ja Seuraa ry", association_register_number="990019")
    path = await sent(operator, HEAD + "Ruokaa ja Seuraa;yritys;Oulu\n")
    assert (await one_row(operator, path, 2))["verdict"] == "near"
    assert (await operator.patch(f"{path}/rows/2", {"decision": "same", "same": str(near.id)})).status_code == 200
    await step(operator, path, "try")
    row = await one_row(operator, path, 2)
    assert (row["verdict"], row["findings"][0]["code"]) == ("faulty", "not_an_association")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Apu Oy", LegalForm.limited_company),
        ("Osuuskunta Apu", LegalForm.cooperative),
        ("Ruokaa ja Seuraa", LegalForm.other),
    ],
)
async def test_a_company_has_the_form_that_its_name_tells(
    world: World, session: AsyncSession, name: str, form: LegalForm
) -> None:
    operator = await world.operator()
    await sent(operator, HEAD + f"{name};yritys;Oulu\n", "")
    [made] = (await session.exec(select(Organisation))).all()
    assert (made.sector, made.legal_form) == (Sector.company, form)


@pytest.mark.parametrize("spoilt", ["1,23457E+19", "1.23456789012346E+19"])
async def test_an_id_that_a_spreadsheet_shortened_is_refused(world: World, spoilt: str) -> None:
    operator = await world.operator()
    head = "nimi;sektori;kotikunta;lähdejärjestelmä;lähdetunnus\n"
    path = await sent(operator, head + f"Uusi ry;yhdistys;Oulu;crm;{spoilt}\n")
    row = await one_row(operator, path, 2)
    assert (row["verdict"], [one["code"] for one in row["findings"]]) == ("faulty", ["number_spoilt"])


@pytest.mark.parametrize("written", ['"Rivin\rvaihto ry"', '"Rivin\nvaihto  ry"', "Rivin\x0bvaihto ry"])
async def test_a_name_stands_on_one_line(world: World, session: AsyncSession, written: str) -> None:
    operator = await world.operator()
    path = await sent(operator, HEAD + f"{written};yhdistys;Oulu\n")
    assert (await one_row(operator, path, 2))["name"] == "Rivin vaihto ry"


def test_a_number_cell_of_more_than_fifteen_digits_is_not_what_was_written() -> None:
    assert _text(12345678901234567890.0) == "1.23456789012346E+19"
    assert _text(123456789012345.0) == "123456789012345"
