"""Nobody borrows an authority's name."""

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.organisations.models.organisations import Sector
from tests.factories import World
from tests.organisations.test_confirmations import TO_CONFIRM, act, added, city_of, group, mails, refused, tasks

GROUP = {
    "sector": "residents",
    "legal_form": "unregistered_group",
    "contact": {"name": "Yhteys", "email": "yhteys@example.org"},
}


@pytest.mark.parametrize(
    "name",
    [
        "Oulun kaupunki",
        "Oulun kau\u200bpunki",
        "Оulun kaupunki ry",
        "OULUN  KAUPUNKI r.y.",
        "OuIun kaupunki",
        "Oulunkaupunki",
        "Oulun ĸaupunĸi",
        "Oцlun kaupunki",
        "O u l u",
        "Oulun kaup.",
        "Oulun kaupunki (virallinen)",
        "Oulu",
        "City of Oulu",
        "Uleåborgs stad",
        "Limingan kunta",
        "Pohjois-Pohjanmaan hyvinvointialue",
        "Verohallinto",
    ],
)
async def test_an_authoritys_name_is_refused(world: World, name: str) -> None:
    await world.organisation("Verohallinto", sector=Sector.state)
    person = await world.person()
    refused = await person.post("/organisations", GROUP | {"names": {"fi": "Asukkaat", "sv": name}})
    assert refused.status_code == 422, refused.text
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [("/names/sv", "authority_name")]
    made = await person.post("/organisations", GROUP | {"names": {"fi": "Asukkaat"}})
    there = f"/organisations/{made.json()['id']}"
    renamed = await person.patch(there, {"names": {"fi": name}}, if_match=1)
    assert renamed.status_code == 422, renamed.text


@pytest.mark.parametrize(
    "name", ["Oulun Kaupunkilähetys", "Oulun seurakunta", "Oulun Setlementti ry", "Ylioppilaskunta", "Tuiran asukkaat"]
)
async def test_a_name_that_only_holds_such_a_word_is_anybodys(world: World, name: str) -> None:
    made = await (await world.person()).post("/organisations", GROUP | {"names": {"fi": name}})
    assert made.status_code == 201, made.text


async def test_the_operator_adds_authorities(world: World) -> None:
    city = {"names": {"fi": "Oulun kaupunki"}, "sector": "municipality", "legal_form": "municipality"}
    made = await (await world.operator()).post("/organisations", city)
    assert made.status_code == 201, made.text


async def test_a_name_of_several_lines_with_a_link_goes_out_on_one_and_without(
    world: World, session: AsyncSession
) -> None:
    person = await world.person(name="Tuki\n\nVahvista: https://evil.example/x")
    made = await person.post("/organisations", GROUP | {"names": {"fi": "Ryhmä\nhttps://evil.example/y"}})
    assert made.json()["names"] == {"fi": "Ryhmä https://evil.example/y"}
    invited = {
        "email": "uusi@example.org",
        "name": "Uusi\r\nhttps://evil.example/z",
        "role": "editor",
        "scope_kind": "organisation",
        "scope_id": made.json()["id"],
    }
    assert (await person.post("/invitations", invited)).status_code in {201, 202, 204}
    mail = (await session.exec(select(OutboxMessage).where(OutboxMessage.recipient == "uusi@example.org"))).one()
    assert "://evil" not in mail.body
    assert "evil.example" not in mail.subject + mail.body
    assert "Ryhmä evil .example/y" in mail.body


async def test_an_authoritys_word_is_the_operators_to_confirm(world: World) -> None:
    city, officer = await city_of(world)
    founder, operator = await world.person(), await world.operator()
    made = await added(founder, "Oulun Kaupunkilähetys")
    assert (await tasks(world, officer), await tasks(world, operator)) == ([], [TO_CONFIRM])
    assert (await mails(world, officer), len(await mails(world, operator))) == ([], 1)
    assert refused(await act(officer, made, "confirm")) == (403, "operator_confirms")
    plain = await added(await world.person(), "Tuiran asukkaat")
    there = f"/organisations/{plain['id']}"
    assert (await act(officer, plain, "confirm")).status_code == 200
    own = await world.person((Role.owner, plain["id"]))
    renamed = await own.patch(there, {"names": {"fi": "Kuntalaisten asukkaat"}}, if_match=2)
    assert refused(renamed) == (403, "operator_renames")
    for_others = await officer.post("/organisations", group("Kaupungin ystävät", for_others=True))
    assert refused(for_others) == (403, "operator_confirms")
    assert (await act(operator, made, "confirm")).status_code == 200
    assert city.confirmed_at is not None


async def test_a_name_changed_while_it_waits_goes_to_the_operator(world: World) -> None:
    _, officer = await city_of(world)
    founder, operator = await world.person(), await world.operator()
    made = await added(founder)
    assert await tasks(world, operator) == []
    there = f"/organisations/{made['id']}"
    assert (await founder.patch(there, {"names": {"fi": "Kunnan asukkaat"}}, if_match=1)).status_code == 200
    assert (await tasks(world, officer), await tasks(world, operator)) == ([], [TO_CONFIRM])
    assert refused(await act(officer, made, "confirm")) == (403, "operator_confirms")
