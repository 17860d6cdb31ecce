"""Whom a row of a list of members means: number and name must not contradict, and names are compared in plain form."""

from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.imports import jobs as import_jobs
from puumerkki.networks.models.networks import MemberState, NetworkMember
from puumerkki.organisations.models.organisations import LegalForm, OrganisationState, Sector
from tests.factories import Client, World
from tests.imports.helpers import bring, counts
from tests.imports.test_import_steps import CSV, one_row, step, verdicts
from tests.personas import Cast, make_cast


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


async def listed(cast: Cast, content: str) -> tuple[Client, str]:
    """A coordinator's list, tried."""
    caller = cast["coordinator"]
    path = f"/imports?kind=members&network_id={cast.network.id}&dry_run=true"
    answer = await caller.request("POST", path, content=content.encode(), headers=CSV)
    assert answer.status_code == 201, answer.text
    await import_jobs.run(job_id=answer.json()["id"])
    return caller, f"/imports/{answer.json()['id']}"


def codes(row: Any) -> list[str]:
    return [one["code"] for one in row["findings"]]


async def invited(cast: Cast) -> set[Any]:
    found = await cast.world.session.exec(
        select(NetworkMember.organisation_id).where(
            col(NetworkMember.network_id) == cast.network.id, col(NetworkMember.state) == MemberState.invited
        )
    )
    return set(found.all())


async def test_a_number_beside_another_name_invites_nobody_until_somebody_decides(cast: Cast) -> None:
    other = await cast.world.organisation("Haukiputaan Lähimmäisapu ry", association_register_number="990006")
    await cast.world.organisation("Digiapu Seniorille ry", association_register_number="990007")
    caller, path = await listed(cast, "Jäsenyhdistys;Rekisterinumero\nDigiapu Seniorille ry;990006\n")
    row = await one_row(caller, path, 2)
    assert (row["verdict"], codes(row)) == ("near", ["name_differs"])
    assert row["findings"][0]["detail"] == "Haukiputaan Lähimmäisapu ry"
    assert [one["id"] for one in row["candidates"]] == [str(other.id)]
    assert (await caller.patch(f"{path}/rows/2", {"decision": "another"})).json()["code"] == "number_of_candidate"
    assert (await caller.patch(f"{path}/rows/2", {"decision": "same", "same": str(other.id)})).status_code == 200
    await step(caller, path, "try")
    row = await one_row(caller, path, 2)
    assert (row["verdict"], row["name"]) == ("new", "Haukiputaan Lähimmäisapu ry"), "the row says whom it means"
    await step(caller, path, "apply")
    assert await invited(cast) == {other.id}


async def test_two_numbers_of_two_organisations_are_a_fault_with_both_names(cast: Cast) -> None:
    await cast.world.organisation("Eka ry", business_id="2077474-0")
    await cast.world.organisation("Toka ry", association_register_number="990006")
    caller, path = await listed(cast, "Y-tunnus;Rekisterinumero\n2077474-0;990006\n")
    row = await one_row(caller, path, 2)
    assert (row["verdict"], codes(row)) == ("faulty", ["register_number_of_another"])
    assert row["findings"][0]["detail"] == "Eka ry ≠ Toka ry"


@pytest.mark.parametrize("name", ["HIETASAAREN ILTATUULI r.y.", "Hietasaaren iltatuuli", "Hietasaaren  Iltatuuli, ry"])
async def test_a_name_is_compared_in_plain_form(cast: Cast, name: str) -> None:
    known = await cast.world.organisation("Hietasaaren Iltatuuli ry")
    caller, path = await listed(cast, f'Nimi\n"{name}"\n')
    assert (await verdicts(caller, path))[2] == "new"
    await step(caller, path, "apply")
    assert await invited(cast) == {known.id}


async def test_what_several_are_called_or_resembles_a_name_is_shown(cast: Cast) -> None:
    first = await cast.world.organisation("Kaima ry", home_municipality_code="091")
    await cast.world.organisation("Kaima RY")
    like = await cast.world.organisation("Oulun Saattajat ry")
    caller, path = await listed(cast, "Nimi\nKaima\nOulun saattaja\nIhan tuntematon\n")
    rows = [await one_row(caller, path, number) for number in (2, 3, 4)]
    assert [codes(row) for row in rows] == [["name_of_several"], ["name_resembles"], ["organisation_not_found"]]
    assert [row["verdict"] for row in rows] == ["near", "near", "faulty"]
    assert (len(rows[0]["candidates"]), [one["id"] for one in rows[1]["candidates"]]) == (2, [str(like.id)])
    chosen = {"decision": "same", "same": str(first.id)}
    assert (await caller.patch(f"{path}/rows/2", chosen)).status_code == 200
    await step(caller, path, "try")
    await step(caller, path, "apply", leave_out=True)
    assert await invited(cast) == {first.id}


async def test_the_name_or_number_of_a_merged_one_means_the_one_that_remains(cast: Cast) -> None:
    into = await cast.world.organisation("Oulun Kotiystävät ry")
    gone: Any = {"state": OrganisationState.archived, "merged_into_id": into.id}
    await cast.world.organisation("Toinen nimi ry", association_register_number="990008", **gone)
    caller, path = await listed(cast, "Nimi;Rekisterinumero\nToinen nimi;\n")
    row = await one_row(caller, path, 2)
    assert (row["verdict"], row["name"], codes(row)) == ("new", "Oulun Kotiystävät ry", ["organisation_merged"])
    assert row["findings"][0]["detail"] == "Toinen nimi ry → Oulun Kotiystävät ry"
    caller, path = await listed(cast, "Nimi;Rekisterinumero\nToinen nimi ry;990008\n")
    assert codes(await one_row(caller, path, 2)) == ["organisation_merged"]


async def test_a_municipality_is_found_by_any_of_its_names(cast: Cast) -> None:
    city: Any = {"sector": Sector.municipality, "legal_form": LegalForm.municipality}
    await cast.world.organisation("Kempele", home_municipality_code="244", **city)
    assert counts(await bring(cast, "members", "nimi\nKempeleen kunta\n", by=cast["coordinator"].id)) == (1, 0, 0, 0)


async def test_what_an_import_of_members_does_not_change_is_told(cast: Cast) -> None:
    caller, path = await listed(cast, "Nimi;Liittyi;Tila\nNaapuriapu ry;1.1.2001;\nOulun Apu ry;;eronnut\n")
    row = await one_row(caller, path, 2)
    assert (row["verdict"], codes(row)) == ("faulty", ["membership_otherwise"])


async def test_a_day_beside_an_invitation_is_told_not_to_count(cast: Cast) -> None:
    await cast.world.organisation("Uusi ry")
    caller, path = await listed(cast, "Nimi;Liittyi\nUusi ry;1.1.2001\n")
    row = await one_row(caller, path, 2)
    assert (row["verdict"], codes(row)) == ("new", ["joined_on_not_taken"])
