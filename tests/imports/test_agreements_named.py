"""Parties of a clerk's list of agreements: called by name or number, as clerks call them."""

from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.agreements.models import Agreement, AgreementParty
from puumerkki.organisations.models.organisations import OrganisationState
from tests.factories import World
from tests.imports.helpers import bring, counts, rows
from tests.personas import Cast, make_cast

HEAD = "Viite;Laji;Nimi;Alkaa;Päättyy;Tarkoitus;Allekirjoitettu;Osapuolet;Maksaja;Osapuolten nimet\n"
SAID = "A-1;yhteistyösopimus;Kerho;1.1.2024;31.12.2027;Kerho kylällä.;15.12.2023;"


@pytest.fixture
async def cast(world: World) -> Cast:
    cast = await make_cast(world)
    cast.neighbour.association_register_number = "990006"
    await world.session.flush()
    return cast


async def brought(cast: Cast, parties: str) -> Any:
    return await bring(cast, "agreements", f"{HEAD}{SAID}{parties}\n", by=cast["owner"].id)


@pytest.mark.parametrize(
    "parties",
    [
        "Oulun kaupunki|NAAPURIAPU r.y.;Oulun kaupunki;",
        '"Oulun kaupunki, Naapuriapu";Oulu;',
        '"Oulun kaupunki\nNaapuriapu ry";;',
        "Oulun kaupunki|990006;990006;",
        '"Oulun kaupunki; Naapuriapu ry";;"Vanhusten Ystävät ry; Oulun kaupunki; Naapuriapu ry"',
        ';;"Vanhusten Ystävät ry; Oulun kaupunki; Naapuriapu ry"',
        "Oulun kaupunki|Entinen apu ry;;",
    ],
)
async def test_parties_are_found_by_what_they_are_called(cast: Cast, parties: str) -> None:
    merged: Any = {"state": OrganisationState.archived, "merged_into_id": cast.neighbour.id}
    await cast.world.organisation("Entinen apu ry", **merged)
    assert counts(await brought(cast, parties)) == (1, 0, 0, 0)
    [made] = await rows(cast, Agreement, reference="A-1")
    statement = select(AgreementParty.organisation_id).where(col(AgreementParty.agreement_id) == made.id)
    assert set((await cast.world.session.exec(statement)).all()) == {
        cast.association.id,
        cast.city.id,
        cast.neighbour.id,
    }
    assert counts(await brought(cast, parties)) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("parties", "code"),
    [
        ("990006;;Digiapu Seniorille ry", "parties_differ"),
        ("Kaima ry;;", "name_of_several"),
        ("Ihan tuntematon ry;;", "organisation_not_found"),
        ("Oulun kaupunki;Naapuriapu ry;", "payer_not_a_party"),
        ("2077474-1;;", "parties_expected"),
        (";;", "parties_expected"),
    ],
)
async def test_parties_that_are_refused(cast: Cast, parties: str, code: str) -> None:
    for home in ("564", "091"):
        await cast.world.organisation("Kaima ry", home_municipality_code=home)
    result = await brought(cast, parties)
    assert [(one.row, one.code) for one in result.errors] == [(2, code)]
    assert code != "parties_differ" or "Naapuriapu ry" in (result.errors[0].detail or "")
