"""Twins: a list finds the organisations that are there, shows what is near, and never takes another's namesake."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.organisations.models.organisations import LegalForm, Organisation, Sector
from puumerkki.organisations.naming import ENDINGS, name_key, name_keys, words_of
from tests.archiving import act
from tests.factories import World
from tests.imports.test_import_steps import one_row, sent, step, verdicts

HEAD = "nimi;sektori;kotikunta;sähköposti\n"
GROUP: Any = {"sector": Sector.residents, "legal_form": LegalForm.unregistered_group}


async def _count(session: AsyncSession) -> int:
    return (await session.exec(select(func.count()).select_from(Organisation))).one()


@pytest.mark.parametrize(
    "name", ["TUIRAN VÄKI", "Tuiran väki r.y.", "Tuiran\u00a0Väki rf", unicodedata.normalize("NFD", "Tuiran väki")]
)
async def test_the_same_plain_name_in_the_municipality_is_the_same(
    world: World, session: AsyncSession, name: str
) -> None:
    operator = await world.operator()
    known = await world.organisation("Tuiran väki", **GROUP)
    path = await sent(operator, HEAD + f"{name};asukasryhmä;Oulu;a@ry.example\n")
    row = await one_row(operator, path, 2)
    assert (row["verdict"], row["target_id"]) == ("changed", str(known.id))


async def test_what_is_near_waits_for_a_decision(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    near = await world.organisation("Tuiran seudun asukkaat", **GROUP)
    away = await world.organisation("Kosken väki", home_municipality_code="091", **GROUP)
    await world.organisation("Kauhavan urheilijat", **GROUP)
    path = await sent(
        operator,
        HEAD + "Tuiran seudun asukas;asukasryhmä;Oulu;a@a.example\nKosken väki;asukasryhmä;Oulu;b@a.example\n"
        "Kolmas;asukasryhmä;Oulu;c@a.example\n",
    )
    assert await verdicts(operator, path) == {2: "near", 3: "near", 4: "new"}
    assert (await operator.get(path)).json()["near"] == 2
    [shown] = (await one_row(operator, path, 2))["candidates"]
    assert (shown["id"], shown["names"], shown["home_municipality_code"]) == (str(near.id), near.names, "564")
    assert 0.6 <= shown["likeness"] < 1
    assert (shown["sector"], shown["differs"]) == ("residents", ["names"])
    [shown] = (await one_row(operator, path, 3))["candidates"]
    assert (shown["id"], shown["differs"]) == (str(away.id), ["home_municipality_code"])

    stranger = {"decision": "same", "same": str(away.id)}
    assert (await operator.patch(f"{path}/rows/2", stranger)).json()["errors"][0]["code"] == "not_a_candidate"
    assert (await operator.patch(f"{path}/rows/2", {"decision": "same"})).status_code == 422
    assert (await operator.patch(f"{path}/rows/2", {"decision": "same", "same": str(near.id)})).status_code == 200
    assert (await operator.patch(f"{path}/rows/3", {"decision": "another"})).status_code == 200
    assert (await step(operator, path, "try"))["near"] == 0
    assert await verdicts(operator, path) == {2: "changed", 3: "new", 4: "new"}
    job = await step(operator, path, "apply")
    assert (job["created"], job["changed"], await _count(session)) == (2, 1, 5)
    await session.refresh(near)
    await session.refresh(away)
    assert (near.names, away.names) == ({"fi": "Tuiran seudun asukas"}, {"fi": "Kosken väki"})


async def test_a_near_row_that_nobody_decided_is_not_taken(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    await world.organisation("Tuiran seudun asukkaat", **GROUP)
    path = await sent(operator, HEAD + "Tuiran seudun asukas;asukasryhmä;Oulu;a@a.example\n")
    refused = await operator.post(f"{path}/apply", {}, if_match=(await operator.get(path)).json()["version"])
    assert refused.json()["code"] == "rows_to_decide"
    job = await step(operator, path, "apply", leave_out=True)
    assert (job["created"], job["skipped"], await _count(session)) == (0, 1, 1)


async def test_the_same_name_of_another_sector_is_near(world: World) -> None:
    operator = await world.operator()
    await world.organisation("Koski Oy", sector=Sector.company, legal_form=LegalForm.limited_company)
    path = await sent(operator, HEAD + "Koski;asukasryhmä;Oulu;a@a.example\n")
    assert await verdicts(operator, path) == {2: "near"}


async def test_numbers_tell_the_alike_apart(world: World) -> None:
    operator = await world.operator()
    await world.organisation("Tuiran seudun asukkaat ry", association_register_number="111301")
    head = "nimi;sektori;kotikunta;yhdistysrekisterinumero\n"
    path = await sent(operator, head + "Tuiran seudun asukas ry;yhdistys;Oulu;111302\n")
    assert await verdicts(operator, path) == {2: "new"}


async def test_the_plain_twin_in_the_file_is_left_out_because_of_the_first(world: World) -> None:
    operator = await world.operator()
    rows = "Tuiran väki;asukasryhmä;Oulu;a@a.example\nTUIRAN VÄKI;asukasryhmä;Oulu;b@a.example\n"
    path = await sent(operator, HEAD + rows)
    assert (await one_row(operator, path, 3))["because"] == {"code": "name_twice", "row": 2}


async def test_an_authority_is_found_by_any_of_its_names_and_never_made(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    city: Any = {"sector": Sector.municipality, "legal_form": LegalForm.municipality}
    known = await world.organisation("Akaa", names={"fi": "Akaa", "sv": "Ackas"}, home_municipality_code="020", **city)
    county = await world.organisation(
        "Pirkanmaan hyvinvointialue",
        sector=Sector.wellbeing_county,
        legal_form=LegalForm.wellbeing_county,
        home_municipality_code=None,
    )
    rows = (
        "Akaan kaupunki;kunta;020;\nPIRKANMAAN HYVINVOINTIALUE;hyvinvointialue;Tampere;\n"
        "Kempeleen kunta;kunta;Kempele;\n"
    )
    path = await sent(operator, HEAD + rows)
    assert (await one_row(operator, path, 2))["target_id"] == str(known.id)
    assert (await one_row(operator, path, 3))["target_id"] == str(county.id)
    assert [one["code"] for one in (await one_row(operator, path, 4))["findings"]] == ["authority_not_made"]
    await step(operator, path, "apply", leave_out=True)
    await session.refresh(known)
    assert (known.names, await _count(session)) == ({"fi": "Akaa", "sv": "Ackas"}, 2)
    assert known.name_keys == name_keys(known.names)
    by_name = await sent(operator, "nimi;sektori\nAkaan kaupunki;kunta\nAckas;kunta\n")
    assert (await one_row(operator, by_name, 2))["target_id"] == str(known.id)
    assert (await one_row(operator, by_name, 3))["because"]["code"] == "organisation_twice"


NAMES = st.text("abcåäö ÅÄÖ'’-–.\u00a0", min_size=1, max_size=30).filter(
    lambda name: any(word not in ENDINGS for word in words_of(name))
)


@given(NAMES, st.sampled_from(["", " ry", " r.y.", " RY", " rf", "\u00a0ry", ", ry"]), st.sampled_from(["NFC", "NFD"]))
def test_the_plain_form_knows_no_case_form_or_ending(name: str, ending: str, form: Any) -> None:
    assert name_key(unicodedata.normalize(form, name.upper() + ending)) == name_key(name)


async def test_what_an_import_writes_bears_the_plain_form(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    path = await sent(operator, HEAD + "Tuiran Väki’n  r.y.;asukasryhmä;Oulu;a@a.example\n", "")
    assert (await operator.get(path)).json()["created"] == 1
    made = (await session.exec(select(Organisation).order_by(col(Organisation.id)))).one()
    assert made.name_keys == name_keys(made.names)


async def test_the_former_name_of_a_merged_one_finds_the_one_that_remains(world: World) -> None:
    operator = await world.operator()
    twin, into = await world.organisation("Kosken väki", **GROUP), await world.organisation("Tuiran asukkaat", **GROUP)
    last = await world.organisation("Tuiran asukasyhdistys", **GROUP)
    for one, other in ((twin, into), (into, last)):
        merged = await act(operator, one.id, "merge", into=str(other.id), reason="Sama.")
        assert merged.status_code == 200, merged.text
    path = await sent(operator, HEAD + "Kosken väki;asukasryhmä;Oulu;a@a.example\n")
    assert await verdicts(operator, path) == {2: "unchanged"}
    shown = await one_row(operator, path, 2)
    assert (shown["target_id"], shown["candidates"]) == (str(last.id), [])
    assert [(one["code"], one["severity"]) for one in shown["findings"]] == [("organisation_merged", "warning")]


async def test_what_was_decided_before_a_merge_leads_on(world: World) -> None:
    operator = await world.operator()
    near = await world.organisation("Tuiran seudun asukkaat", **GROUP)
    into = await world.organisation("Tuiran asukkaiden kerho", **GROUP)
    path = await sent(operator, HEAD + "Tuiran seudun asukas;asukasryhmä;Oulu;a@a.example\n")
    assert (await operator.patch(f"{path}/rows/2", {"decision": "same", "same": str(near.id)})).status_code == 200
    merged = await act(operator, near.id, "merge", into=str(into.id), reason="Sama.")
    assert merged.status_code == 200, merged.text
    await step(operator, path, "try")
    assert (await one_row(operator, path, 2))["target_id"] == str(into.id)
