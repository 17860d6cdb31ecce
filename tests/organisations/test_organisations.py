"""Organisations through the API: who may make and change what, identifiers, history, timeline, external ids."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.organisations.models.organisations import LegalForm, Sector
from puumerkki.organisations.rules import FORMS
from tests.archiving import WHY
from tests.factories import OULU, World

ASSOCIATION = {
    "names": {"fi": "Ikäihmisten Tuki ry", "sv": "Stöd för äldre rf"},
    "sector": "association",
    "legal_form": "registered_association",
    "business_id": "20774740",
    "association_register_number": "123.456",
    "home_municipality_code": OULU,
}
GROUP = {"names": {"fi": "Tuiran asukkaat"}, "sector": "residents", "legal_form": "unregistered_group"}
CONTACT = {"name": "Asukastupa", "email": "TUPA@example.org"}


async def test_a_person_creates_an_association_and_owns_it(world: World) -> None:
    person = await world.person(name="Perustaja")
    made = await person.post("/organisations", ASSOCIATION)
    assert made.status_code == 201, made.text
    body = made.json()
    assert made.headers["location"] == f"/api/v1/organisations/{body['id']}"
    assert (body["business_id"], body["association_register_number"]) == ("2077474-0", "123456")
    assert body["municipality_codes"] == [OULU]
    read = await person.get(f"/organisations/{body['id']}")
    assert read.json() | {"created_at": "", "updated_at": ""} == body | {"created_at": "", "updated_at": ""}
    assert read.headers["etag"] == made.headers["etag"] == '"1"'
    people = await person.get(f"/organisations/{body['id']}/people")
    assert [(one["name"], one["roles"]) for one in people.json()["items"]] == [("Perustaja", ["owner"])]
    changed = await person.patch(
        f"/organisations/{body['id']}",
        {"website": "https://tuki.example", "municipality_codes": ["091"]},
        if_match=1,
    )
    assert changed.status_code == 200, changed.text
    assert changed.json()["municipality_codes"] == ["091", OULU]
    assert changed.headers["etag"] == '"2"'
    stale = await person.patch(f"/organisations/{body['id']}", {"website": None}, if_match=1)
    assert stale.status_code == 412


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"business_id": "2077474-1"}, "/business_id", "business_id_invalid"),
        ({"business_id": "0000000-0"}, "/business_id", "business_id_invalid"),
        ({"business_id": "２０７７４７４-０"}, "/business_id", "string_pattern_mismatch"),
        (
            {"association_register_number": "000000"},
            "/association_register_number",
            "association_register_number_invalid",
        ),
        (
            {"business_id": None, "association_register_number": None},
            "/association_register_number",
            "identifier_needed",
        ),
        ({"legal_form": "limited_company"}, "/legal_form", "legal_form_unfit"),
        ({"legal_form": "unregistered_group"}, "/business_id", "group_not_registered"),
        ({"home_municipality_code": "999"}, "/home_municipality_code", "municipality_unknown"),
        ({"municipality_codes": ["564", "998"]}, "/municipality_codes", "municipality_unknown"),
        ({"wellbeing_county_code": "99"}, "/wellbeing_county_code", "wellbeing_county_unknown"),
    ],
)
async def test_what_does_not_hold_is_refused(world: World, changes: dict[str, Any], pointer: str, code: str) -> None:
    answer = await (await world.person()).post("/organisations", ASSOCIATION | changes)
    assert answer.status_code == 422, answer.text
    assert (answer.json()["errors"][0]["pointer"], answer.json()["errors"][0]["code"]) == (pointer, code)


async def test_authorities_are_the_operators_to_make(world: World) -> None:
    city = {"names": {"fi": "Oulun kaupunki"}, "sector": "municipality", "legal_form": "municipality"}
    person, operator = await world.person(), await world.operator()
    assert (await world.nobody.post("/organisations", city)).status_code == 401
    assert (await person.post("/organisations", city)).status_code == 403
    made = await operator.post("/organisations", city)
    assert made.status_code == 201
    people = await operator.get(f"/organisations/{made.json()['id']}/people")
    assert people.json()["items"] == []


async def test_numbers_are_taken_once(world: World) -> None:
    person = await world.person()
    await person.post("/organisations", ASSOCIATION)
    second = ASSOCIATION | {"association_register_number": None}
    assert (await person.post("/organisations", second)).json()["code"] == "business_id_taken"
    third = ASSOCIATION | {"business_id": None}
    assert (await person.post("/organisations", third)).json()["code"] == "association_register_number_taken"


async def test_a_group_needs_somebody(world: World) -> None:
    person = await world.person()
    alone = await person.post("/organisations", GROUP)
    assert alone.json()["errors"][0]["code"] == "host_or_contact_needed"
    host = await world.organisation("Isäntä ry")
    hosted = await person.post("/organisations", GROUP | {"host_id": str(host.id)})
    assert hosted.status_code == 201, hosted.text
    relations = (await person.get(f"/organisations/{hosted.json()['id']}/relations")).json()["items"]
    assert [(one["kind"], one["other"]["id"]) for one in relations] == [("host", str(host.id))]
    itself = {"host_id": hosted.json()["id"], "other_than": [hosted.json()["id"]]}
    unknown = await person.post("/organisations", GROUP | itself)
    assert unknown.json()["errors"][0]["code"] == "relation_unfit"
    another = {"contact": CONTACT, "other_than": [hosted.json()["id"]]}
    reachable = await person.post("/organisations", GROUP | another)
    group = f"/organisations/{reachable.json()['id']}"
    contact = (await person.get(f"{group}/contacts")).json()["items"][0]
    assert contact["email"] == "tupa@example.org"
    gone = await person.delete(f"{group}/contacts/{contact['id']}", if_match=1)
    assert (gone.status_code, gone.json()["code"]) == (409, "host_or_contact_needed")
    await person.post(f"{group}/contacts", {"name": "Toinen", "phone": "040 123 4567"})
    assert (await person.delete(f"{group}/contacts/{contact['id']}", if_match=1)).status_code == 204
    relation = f"/organisations/{hosted.json()['id']}/relations/{relations[0]['id']}"
    owner = await world.person((Role.owner, host.id))
    assert (await owner.post(f"{relation}/accept", if_match=1)).status_code == 200
    assert (await person.delete(relation, if_match=2)).json()["code"] == "host_or_contact_needed"


async def test_sector_and_form_are_the_operators_to_change(world: World) -> None:
    owner = await world.person()
    made = (await owner.post("/organisations", GROUP | {"contact": CONTACT})).json()
    path = f"/organisations/{made['id']}"
    change = {
        "sector": "association",
        "legal_form": "registered_association",
        "association_register_number": "1234",
    }
    assert (await owner.patch(path, change, if_match=1)).status_code == 403
    operator = await world.operator()
    assert (await operator.patch(path, {"sector": "state"}, if_match=1)).status_code == 422
    changed = await operator.patch(path, change, if_match=1)
    assert changed.json()["legal_form"] == "registered_association"
    assert (await owner.patch(path, {"names": None}, if_match=2)).status_code == 422


async def test_archived_and_restored_by_the_operator(world: World) -> None:
    association = await world.organisation()
    operator = await world.operator()
    path = f"/organisations/{association.id}"
    assert (await (await world.person()).post(f"{path}/archive", WHY, if_match=1)).status_code == 403
    assert (await operator.post(f"{path}/archive", WHY)).status_code == 428
    assert (await operator.post(f"{path}/archive", WHY, if_match=1)).json()["state"] == "archived"
    assert (await operator.post(f"{path}/archive", WHY, if_match=2)).json()["code"] == "organisation_archived"
    owner = await world.person((Role.owner, association.id))
    assert (await owner.patch(path, {"website": None}, if_match=2)).json()["code"] == "organisation_archived"
    assert (await owner.post(f"{path}/restore", if_match=2)).status_code == 403
    assert (await operator.post(f"{path}/restore", if_match=2)).json()["state"] == "active"
    assert (await operator.post(f"{path}/restore", if_match=3)).json()["code"] == "organisation_active"


async def test_every_change_is_kept_and_told(world: World, session: AsyncSession) -> None:
    owner = await world.person()
    made = (await owner.post("/organisations", ASSOCIATION)).json()
    path = f"/organisations/{made['id']}"
    await owner.patch(path, {"names": {"fi": "Uusi nimi ry"}}, if_match=1)
    same = await owner.patch(path, {"names": {"fi": "Uusi nimi ry"}}, if_match=2)
    assert same.headers["etag"] == '"2"'
    put = await owner.put(f"{path}/external-ids/ptv", {"value": "abc"}, if_match=2)
    assert put.json()["external_ids"] == {"ptv": "abc"}
    other = await world.organisation()
    await world.grant(owner.id or UUID(int=0), Role.owner, other.id)
    taken = await owner.put(f"/organisations/{other.id}/external-ids/ptv", {"value": "abc"}, if_match=1)
    assert taken.json()["code"] == "external_id_taken"
    assert (await owner.delete(f"{path}/external-ids/ptv", if_match=3)).status_code == 204
    assert (await owner.delete(f"{path}/external-ids/ptv", if_match=4)).status_code == 404
    kept = (await owner.get(f"{path}/versions")).json()["items"]
    assert [one["number"] for one in kept] == [4, 3, 2, 1]
    assert kept[1]["content"]["external_ids"] == {"ptv": "abc"}
    assert kept[-1]["content"]["names"]["fi"] == "Ikäihmisten Tuki ry"
    assert (await (await world.person()).get(f"{path}/versions")).status_code == 404, "it is not confirmed"
    assert (await owner.get(f"/organisations/{other.id}/versions")).status_code == 200
    assert (await (await world.person()).get(f"/organisations/{other.id}/versions")).status_code == 403
    told = (await session.exec(select(EventRow.changed).where(EventRow.subject_id == UUID(made["id"])))).all()
    assert sorted(told) == [[], [], ["external_ids"], ["external_ids"], ["names"]]


async def test_the_timeline_shows_each_what_they_may_see(world: World) -> None:
    made = (await (await world.operator()).post("/organisations", ASSOCIATION)).json()
    owner = await world.person((Role.owner, UUID(made["id"])), name="Pääkäyttäjä")
    union = await world.organisation("Liitto ry")
    path = f"/organisations/{made['id']}"
    await owner.post(f"{path}/contacts", CONTACT)
    await owner.post(f"{path}/relations", {"other_id": str(union.id), "kind": "umbrella"})
    outsider = await world.person()
    await outsider.put(f"/affiliations/{made['id']}", {"kinds": ["employee"]})

    async def types(caller: Any, where: str = path) -> list[str]:
        answer = await caller.get(f"{where}/events")
        assert answer.status_code == 200, answer.text
        return [one["type"] for one in answer.json()["items"]]

    public = ["organisation.relation_added", "organisation.created"]
    assert await types(world.nobody) == public
    assert await types(owner) == ["organisation.relation_added", "organisation.contact_added", "organisation.created"]
    assert await types(outsider) == ["organisation.affiliation_declared", *public]
    assert await types(await world.person()) == public
    assert await types(world.nobody, f"/organisations/{union.id}") == ["organisation.relation_added"]
    first = (await world.nobody.get(f"{path}/events?limit=1")).json()
    rest = (await world.nobody.get(f"{path}/events?limit=1&cursor={first['next_cursor']}")).json()
    assert [one["type"] for one in first["items"] + rest["items"]] == public
    assert rest["next_cursor"] is None
    assert (await world.nobody.get(f"/organisations/{UUID(int=1)}/events")).status_code == 404


def test_every_sector_and_form_has_its_place() -> None:
    assert set(FORMS) == set(Sector)
    assert {form for forms in FORMS.values() for form in forms} == set(LegalForm)
