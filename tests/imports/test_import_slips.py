"""Slips in a list of organisations: a mistyped number, a name beside another's number, an authority elsewhere."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.faults import fault_words
from puumerkki.organisations.importing.other_names import may_be_same
from puumerkki.organisations.models.organisations import LegalForm, Sector
from puumerkki.reference.loading import rows_of
from puumerkki.reference.spellings import spellings_of
from tests.factories import Client, World
from tests.imports.test_import_steps import one_row, sent, step, verdicts

HEAD = "nimi;sektori;yhdistysrekisterinumero;kotikunta\n"
CITY: Any = {"sector": Sector.municipality, "legal_form": LegalForm.municipality}


def _codes(row: Any) -> list[str]:
    return [one["code"] for one in row["findings"]]


async def _decided(operator: Client, path: str, row: int, decision: str | None, **more: str) -> dict[int, str]:
    answer = await operator.patch(f"{path}/rows/{row}", {"decision": decision, **more})
    assert answer.status_code == 200, answer.text
    await step(operator, path, "try")
    return await verdicts(operator, path)


async def test_the_same_name_and_home_with_another_number_is_near(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    known = await world.organisation("Oulun Saattajat ry", association_register_number="990016")
    rows = "Oulun saattajat ry;yhdistys;990061;Oulu\nOulun saattajat ry;yhdistys;990062;Kempele\n"
    path = await sent(operator, HEAD + rows)
    row = await one_row(operator, path, 2)
    assert (row["verdict"], _codes(row)) == ("near", ["number_differs"])
    assert [one["association_register_number"] for one in row["candidates"]] == ["990016"]
    assert (await one_row(operator, path, 3))["verdict"] == "new"
    assert (await _decided(operator, path, 2, "another"))[2] == "new"
    assert (await _decided(operator, path, 2, None))[2] == "near"
    assert (await _decided(operator, path, 2, "same", same=str(known.id)))[2] == "changed"
    await step(operator, path, "apply")
    await session.refresh(known)
    assert known.association_register_number == "990061"


@pytest.mark.parametrize("key", ["register number", "business ID", "id"])
async def test_what_a_number_or_id_finds_under_another_name_is_decided(
    world: World, session: AsyncSession, key: str
) -> None:
    operator = await world.operator()
    numbers = {"association_register_number": "990002", "business_id": "0177619-3"}
    known = await world.organisation("Tuiran Vanhusten Tuki ry", **numbers)
    cell = {"register number": ("rekisterinumero", "990002"), "business ID": ("y-tunnus", "0177619-3")}
    heading, value = cell.get(key, ("id", str(known.id)))
    name = "Tuiran Urheilijat ry" if key != "id" else "Oulun Urheilijat ry"
    path = await sent(operator, f"nimi;tyyppi;kunta;{heading}\n{name};Aatteellinen yhdistys;Oulu;{value}\n")
    row = await one_row(operator, path, 2)
    assert (row["verdict"], _codes(row)) == ("near", ["name_differs"])
    assert row["findings"][0]["detail"] == "Tuiran Vanhusten Tuki ry"
    assert [one["id"] for one in row["candidates"]] == [str(known.id)]

    refused = await operator.patch(f"{path}/rows/2", {"decision": "another"})
    assert (refused.status_code, refused.json()["code"]) == (409, "number_of_candidate")
    assert (await _decided(operator, path, 2, "skip"))[2] == "left_out"
    assert (await _decided(operator, path, 2, None))[2] == "near"
    assert (await _decided(operator, path, 2, "same", same=str(known.id)))[2] == "changed"
    await step(operator, path, "apply")
    await session.refresh(known)
    assert known.names == {"fi": name}


async def test_the_right_row_of_a_number_does_not_lose_to_the_wrong_one(world: World) -> None:
    operator = await world.operator()
    await world.organisation("Tuiran Vanhusten Tuki ry", association_register_number="990002")
    rows = "Tuiran Urheilijat ry;yhdistys;990002;Oulu\nTuiran Vanhusten Tuki ry;yhdistys;990002;Oulu\n"
    path = await sent(operator, HEAD + rows)
    assert await verdicts(operator, path) == {2: "near", 3: "unchanged"}


async def test_an_id_and_a_number_of_two_organisations_are_a_fault_that_names_both(world: World) -> None:
    operator = await world.operator()
    one = await world.organisation("Tuiran Väki ry", association_register_number="990001")
    await world.organisation("Kosken Väki ry", association_register_number="990002", business_id="0177619-3")
    head = "id;nimi;sektori;yhdistysrekisterinumero;y-tunnus;kotikunta\n"
    rows = f"{one.id};Tuiran Väki ry;yhdistys;990002;;Oulu\n;Tuiran Väki ry;yhdistys;990001;0177619-3;Oulu\n"
    path = await sent(operator, head + rows)
    by_id, by_number = await one_row(operator, path, 2), await one_row(operator, path, 3)
    assert (by_id["verdict"], _codes(by_id)) == ("faulty", ["register_number_of_another"])
    assert by_id["findings"][0]["detail"] == "Tuiran Väki ry ≠ Kosken Väki ry"
    assert (by_number["verdict"], by_number["findings"][0]["detail"]) == ("faulty", "Kosken Väki ry ≠ Tuiran Väki ry")


async def test_last_years_list_renames_by_its_id(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    known = await world.organisation("Tuiran väki", sector=Sector.residents, legal_form=LegalForm.unregistered_group)
    file = (await operator.get("/organisations/export.csv?language=fi")).content.decode("utf-8-sig")
    assert "Tuiran väki" in file
    path = await sent(operator, file.replace("Tuiran väki", "Tuiran asukkaat"))
    row = await one_row(operator, path, 2)
    assert (row["verdict"], row["target_id"]) == ("changed", str(known.id))
    assert [one["field"] for one in row["changes"]] == ["names"]
    far = await sent(operator, file.replace("Tuiran väki", "Kosken kulkijat"))
    assert await verdicts(operator, far) == {2: "near"}
    without = await sent(operator, file.replace("Tuiran väki", "Kosken kulkijat").replace(str(known.id), ""))
    assert (await verdicts(operator, without))[2] in ("new", "faulty")
    assert (await step(operator, path, "apply"))["changed"] == 1
    await session.refresh(known)
    assert known.names == {"fi": "Tuiran asukkaat"}


async def test_a_row_called_like_an_authority_is_not_silenced_and_never_becomes_it(
    world: World, session: AsyncSession
) -> None:
    operator = await world.operator()
    city = await world.organisation("Oulun kaupunki", business_id="0187690-1", **CITY)
    head = "nimi;sektori;kotikunta;yhdistysrekisterinumero;y-tunnus\n"
    rows = "Oulun kaupunki;yhdistys;Oulu;;\nOulun kaupunki ry;yhdistys;Oulu;111777;\n"
    rows += "Tampereen Tuki ry;yhdistys;;;0187690-1\n"
    path = await sent(operator, head + rows)
    assert await verdicts(operator, path) == {2: "near", 3: "near", 4: "near"}
    for row in (2, 3, 4):
        assert [one["id"] for one in (await one_row(operator, path, row))["candidates"]] == [str(city.id)]
    assert (await _decided(operator, path, 2, "same", same=str(city.id)))[2] == "unchanged"
    assert "authority_as_it_is" in _codes(await one_row(operator, path, 2))
    await step(operator, path, "apply", leave_out=True)
    await session.refresh(city)
    assert (city.names, city.sector, city.legal_form) == ({"fi": "Oulun kaupunki"}, "municipality", "municipality")


async def test_a_name_and_a_municipality_that_contradict_each_other_are_a_fault(world: World) -> None:
    operator = await world.operator()
    await world.organisation("Oulun kaupunki", **CITY)
    rows = (
        "Tampereen kaupunki;kunta;;Oulu\nPirkanmaan hyvinvointialue;hyvinvointialue;;Oulu\n"
        "Haukiputaan kunta;kunta;;Oulu\nOulu;kunta;;Oulu\n"
    )
    path = await sent(operator, HEAD + rows)
    for row, detail in ((2, "Tampereen kaupunki ≠ Oulu"), (3, "Pirkanmaan hyvinvointialue ≠ Oulu")):
        [finding] = (await one_row(operator, path, row))["findings"]
        assert (finding["code"], finding["column"], finding["value"]) == ("authority_elsewhere", "kotikunta", "Oulu")
        assert finding["detail"] == detail
    assert (await one_row(operator, path, 4))["verdict"] == "unchanged"


async def test_warnings_stand_beside_their_row(world: World) -> None:
    operator = await world.operator()
    rows = (
        "Tuiran Väki ry;yritys;;Oulu\nKosken Väki ry;yhdistys;;Oulu\nLännen Väki ry;yhdistys;111301;Haukipudas\n"
        "Virhe ry;yritys;;Eiole\n"
    )
    path = await sent(operator, HEAD + rows)
    assert await verdicts(operator, path) == {2: "new", 3: "new", 4: "new", 5: "faulty"}
    found = [(await one_row(operator, path, row))["findings"] for row in (2, 3, 4)]
    assert [[(one["code"], one["severity"], one["value"]) for one in each] for each in found] == [
        [("association_as_company", "warning", "yritys")],
        [("identifier_needed", "warning", "")],
        [("municipality_merged", "warning", "Haukipudas")],
    ]
    assert [one["severity"] for one in (await one_row(operator, path, 5))["findings"]] == ["error"]
    result = (await operator.get(f"{path}/result.csv?language=fi")).content.decode("utf-8-sig").splitlines()
    for [one], line in zip(found, result[1:4], strict=True):
        assert fault_words()[one["code"]]["fi"] in line


@given(st.sampled_from(sorted(row["code"] for row in rows_of("municipalities.csv"))), st.data())
def test_what_a_municipality_is_called_tells_no_names_alike(code: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(sorted(spellings_of(code))))
    for by_number in (True, False):
        assert not may_be_same(f"{place} Urheilijat ry", f"{place} Vanhusten Tuki ry", code, by_number=by_number)
        assert may_be_same(f"{place} Urheilijat ry", f"{place} Urheilijat rf", code, by_number=by_number)


@pytest.mark.parametrize(
    ("before", "after", "by_number", "by_id"),
    [
        ("Tuiran Vanhusten Tuki ry", "Tuiran Urheilijat ry", False, True),
        ("Tuiran Vanhusten Tuki ry", "Tuiran Vanhusten Ystävät ry", True, True),
        ("Oulun Saattajat ry", "Oulun Ystävät ry", False, False),
        ("Oulun Saattajat ry", "Saattajat r.y.", True, True),
        ("Urheilijat ry", "Urhelijat ry", True, True),
        ("Oulu ry", "Oulun Saattajat ry", False, False),
    ],
)
def test_when_a_change_of_name_is_believed(before: str, after: str, by_number: bool, by_id: bool) -> None:
    assert may_be_same(before, after, "564", by_number=True) is by_number
    assert may_be_same(before, after, "564", by_number=False) is by_id
