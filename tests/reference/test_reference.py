"""Municipalities, classifications and areas through the API."""

from uuid import UUID

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.errors import Invalid
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.reads.pagination import decode_cursor, encode_cursor, fingerprint_of
from puumerkki.reference.legal_names import as_legal_person
from puumerkki.reference.loading import load_reference, names_of, rows_of
from puumerkki.reference.models import Municipality
from tests.factories import OULU, World


async def test_all_municipalities_page_by_page(world: World) -> None:
    names: list[str] = []
    path = "/municipalities?limit=100"
    while path:
        answer = await world.nobody.get(path)
        assert answer.status_code == 200, answer.text
        names += [item["names"]["fi"] for item in answer.json()["items"]]
        cursor = answer.json()["next_cursor"]
        path = f"/municipalities?limit=100&cursor={cursor}" if cursor else ""
    assert len(names) == 308
    assert names[0] == "Akaa"
    assert names[-2:] == ["Ähtäri", "Äänekoski"]


async def test_a_merged_municipality_stays_readable(world: World) -> None:
    answer = await world.nobody.get("/municipalities/588")
    assert answer.json()["merged_into_code"] == "507"
    everything = await world.nobody.get("/municipalities?merged=true&limit=200&region=10")
    assert "588" in [item["code"] for item in everything.json()["items"]]


async def test_a_cursor_of_another_list_is_refused(world: World) -> None:
    cursor = (await world.nobody.get("/municipalities?limit=1")).json()["next_cursor"]
    answer = await world.nobody.get(f"/municipalities?limit=1&region=01&cursor={cursor}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "cursor"


async def test_a_cursor_is_of_its_list_and_its_sort() -> None:
    """Lists with as many keys, and sorts of one list, take no cursor of each other."""
    of = [
        fingerprint_of(*one)
        for one in (("a", "name", {}), ("b", "name", {}), ("a", "newest", {}), ("a", "name", {"q": "x"}))
    ]
    assert len(set(of)) == 4
    cursor = encode_cursor(of[0], ["key", "id"])
    assert decode_cursor(cursor, of[0], 2) == ["key", "id"]
    for other in of[1:]:
        with pytest.raises(Invalid):
            decode_cursor(cursor, other, 2)


async def test_loading_again_changes_nothing(session: AsyncSession) -> None:
    before = [row.model_dump() for row in (await session.exec(select(Municipality))).all()]
    await load_reference(session)
    session.expire_all()
    assert [row.model_dump() for row in (await session.exec(select(Municipality))).all()] == before


def test_a_municipality_as_a_legal_person_has_its_legal_name() -> None:
    place = {"fi": "Oulu", "sv": "Uleåborg", "en": "Oulu"}
    assert as_legal_person(OULU, place) == {"fi": "Oulun kaupunki", "sv": "Uleåborgs stad", "en": "City of Oulu"}
    assert as_legal_person(OULU, {"fi": " oulu "}) == {"fi": "Oulun kaupunki"}
    given = {"fi": "Oulun kaupunki, kirjaamo"}
    assert as_legal_person(OULU, given) == given, "what somebody wrote stands"
    elsewhere = {"fi": "Pudasjärvi", "sv": "Pudasjärvi"}
    assert as_legal_person("615", elsewhere) == elsewhere, "kaupunki or kunta is never guessed"


async def test_legal_names_are_of_municipalities_that_are_there(session: AsyncSession) -> None:
    for row in rows_of("municipality_legal_names.csv"):
        found = await session.get_one(Municipality, row["code"])
        assert found.valid_until is None
        legal = as_legal_person(row["code"], found.names)
        assert legal == names_of(row), "in all three languages"


async def test_classifications_are_whole(world: World) -> None:
    assert len((await world.nobody.get("/service-classes")).json()["items"]) == 229
    assert len((await world.nobody.get("/target-groups")).json()["items"]) == 17
    assert len((await world.nobody.get("/wellbeing-counties")).json()["items"]) == 23
    assert len((await world.nobody.get("/regions")).json()["items"]) == 19


async def test_an_area_is_added_changed_and_told(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    given = {"municipality_code": OULU, "kind": "district", "names": {"fi": "Tuira"}}
    made = await operator.post("/areas", given)
    assert made.status_code == 201, made.text
    area = made.json()
    changed = await operator.patch(f"/areas/{area['id']}", {"names": {"fi": "Tuira", "sv": "Tuira"}}, if_match=1)
    assert changed.status_code == 200, changed.text
    assert changed.headers["etag"] == '"2"'
    stale = await operator.patch(f"/areas/{area['id']}", {"kind": "village"}, if_match=1)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    missing = await operator.patch(f"/areas/{area['id']}", {"kind": "village"})
    assert missing.status_code == 428
    listed = await world.nobody.get(f"/areas?municipality={OULU}&q=tui")
    assert [item["id"] for item in listed.json()["items"]] == [area["id"]]
    told = (await session.exec(select(EventRow.type).where(EventRow.subject_id == UUID(area["id"])))).all()
    assert sorted(told) == ["area.changed", "area.created"]


async def test_a_search_takes_each_character_for_itself_and_looks_into_names_alone(world: World) -> None:
    operator = await world.operator()
    for names in ({"fi": "Alku 50 %", "sv": "Början"}, {"fi": "Ala_kylä"}, {"fi": "Etu\\taka", "en": 'The "end"'}):
        given = {"municipality_code": OULU, "kind": "district", "names": names}
        assert (await operator.post("/areas", given)).status_code == 201

    async def found(words: str) -> list[str]:
        answer = await world.nobody.get("/areas", params={"municipality": OULU, "q": words})
        return [item["names"]["fi"] for item in answer.json()["items"]]

    assert await found("%") == ["Alku 50 %"]
    assert await found("_") == ["Ala_kylä"]
    assert await found("u\\t") == await found("\\") == ["Etu\\taka"]
    assert await found("BÖRJ") == ["Alku 50 %"]
    assert await found('"end') == ["Etu\\taka"]
    assert await found("fi") == await found("sv") == await found(", ") == [], "no keys, nothing between names"


async def test_a_repeated_post_does_nothing_twice(world: World) -> None:
    operator = await world.operator()
    given = {"municipality_code": OULU, "kind": "village", "names": {"fi": "Jääli"}}
    key = {"Idempotency-Key": "same"}
    first = await operator.post("/areas", given, headers=key)
    again = await operator.post("/areas", given, headers=key)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    for header in ("content-type", "etag", "location"):
        assert again.headers.get(header) == first.headers.get(header), header
    assert {"etag", "location"} <= first.headers.keys()
    other = await operator.post("/areas", {**given, "kind": "district"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


async def test_bad_input_names_the_field(world: World) -> None:
    operator = await world.operator()
    answer = await operator.post("/areas", {"municipality_code": "999", "kind": "district", "names": {"fi": "X"}})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/municipality_code")
    person = await world.person()
    given = {"municipality_code": OULU, "kind": "district", "names": {"fi": "X"}}
    assert (await person.post("/areas", given)).status_code == 403
    assert (await world.nobody.post("/areas", given)).status_code == 401
    nul = await operator.post("/areas", {"municipality_code": OULU, "kind": "district", "names": {"fi": "a\0b"}})
    assert (nul.status_code, nul.json()["errors"][0]["pointer"]) == (422, "/names/fi")
