"""Nobody borrows an authority's name."""

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.mail import OutboxMessage
from puumerkki.organisations.models import Sector
from tests.world import World

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
