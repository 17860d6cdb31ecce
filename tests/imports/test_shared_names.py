"""A name that is shared is not yet the same organisation: many share a translation, or say "none" there."""

from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.organisations.importing.other_names import contradict
from puumerkki.organisations.naming import derived
from tests.factories import World
from tests.imports.test_import_slips import _codes, _decided
from tests.imports.test_import_steps import one_row, sent, step, verdicts

HEAD = "nimi;nimi ruotsiksi;sektori;kotikunta\n"


async def test_a_translation_that_is_shared_renames_nobody(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    names = {"fi": "Viivallinen Kokeilu ry", "sv": "ei ole"}
    known = await world.organisation(
        "Viivallinen Kokeilu ry", names=names, **derived(names), association_register_number="990001"
    )
    path = await sent(
        operator, HEAD + "Aivan Eri Seura ry;ei ole;yhdistys;Oulu\nKolmas Kerho ry;Ei ole;yhdistys;Oulu\n"
    )
    for number in (2, 3):
        row = await one_row(operator, path, number)
        assert (row["verdict"], _codes(row)) == ("near", ["one_name_shared", "identifier_needed"])
        assert [one["id"] for one in row["candidates"]] == [str(known.id)]
    assert (await _decided(operator, path, 2, "another"))[2] == "new"
    await step(operator, path, "apply", leave_out=True)
    await session.refresh(known)
    assert known.names == names


async def test_a_number_beside_a_shared_translation_does_not_rename(world: World) -> None:
    operator = await world.operator()
    names = {"fi": "Harmaapartojen Kirjapiiri ry", "sv": "Oulu Pensioners"}
    await world.organisation(
        "Harmaapartojen Kirjapiiri ry", names=names, **derived(names), association_register_number="990002"
    )
    head = "nimi;nimi ruotsiksi;sektori;kotikunta;rekisterinumero\n"
    path = await sent(operator, head + "Kansalliset Seniorit ry;Oulu Pensioners;yhdistys;Oulu;990002\n")
    row = await one_row(operator, path, 2)
    assert (row["verdict"], _codes(row)) == ("near", ["name_differs"])


async def test_a_translation_that_is_new_or_nearly_alike_contradicts_nothing(world: World) -> None:
    operator = await world.operator()
    names = {"fi": "Tuiran väki ry", "sv": "Tuira folk rf"}
    known = await world.organisation(
        "Tuiran väki ry", names=names, **derived(names), association_register_number="990003"
    )
    path = await sent(operator, HEAD + "Tuiran väki ry;Tuira folket rf;yhdistys;Oulu\n")
    assert (await one_row(operator, path, 2))["target_id"] == str(known.id)


@pytest.mark.parametrize(
    ("listed", "known", "contradicted"),
    [
        ({"fi": "Aivan Eri Seura ry", "sv": "samma"}, {"fi": "Viivallinen Kokeilu ry", "sv": "samma"}, True),
        ({"fi": "Viivallisen Kokeilu ry"}, {"fi": "Viivallinen Kokeilu ry", "sv": "samma"}, False),
        ({"sv": "samma"}, {"fi": "Viivallinen Kokeilu ry", "sv": "samma"}, False),
    ],
)
def test_what_contradicts(listed: Any, known: Any, contradicted: bool) -> None:
    assert contradict(listed, known) is contradicted


async def test_each_shared_name_is_shown_beside_the_row(world: World) -> None:
    operator = await world.operator()
    for name in ("Eka", "Toka"):
        names = {"fi": f"{name}n Kerho ry", "sv": "samma"}
        await world.organisation(f"{name}n Kerho ry", names=names, **derived(names))
    path = await sent(operator, HEAD + "Uusi Seura ry;samma;yhdistys;Oulu\n")
    assert (await verdicts(operator, path))[2] == "near"
    assert len((await one_row(operator, path, 2))["candidates"]) == 2
