"""Needs and applications by their id in another system, by the API and from files."""

from typing import Any

import pytest
from sqlmodel import col, func, select

from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import Application
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.needs.models import Need
from tests.factories import OULU, Client, World
from tests.imports.helpers import bring, counts
from tests.personas import Cast, make_cast


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


def a_need(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "network_id": str(cast.network.id),
        "raised_for_organisation_id": str(cast.association.id),
        "municipality_code": OULU,
        "title": "Kuljetuksia kerhoihin",
        "description": "Kerhoihin ei pääse.",
    } | more


def an_application(cast: Cast, **more: Any) -> dict[str, Any]:
    given = {"applicant_id": str(cast.association.id), "title": "Yhdessä kotona", "content": {"goals": "Kaksi kerhoa."}}
    given |= {"network_ids": [str(cast.network.id)], "authorities": [{"authority_id": str(cast.city.id)}]}
    return given | more


CASES = {
    "need": ("/needs/by-external-id/ptv/7", a_need, "?network={0.network.id}", {"description": "Linja ei kulje."}),
    "application": (
        "/applications/by-external-id/ptv/7",
        an_application,
        "?applicant={0.association.id}",
        {"content": {"goals": "Kolme kerhoa."}},
    ),
}


async def told(cast: Cast, kind: str) -> int:
    found = await cast.world.session.exec(select(func.count()).where(col(EventRow.subject_kind) == kind))
    return found.one()


@pytest.mark.parametrize("kind", CASES)
async def test_what_another_system_says_is_made_once_and_then_brought_up_to_date(kind: str, cast: Cast) -> None:
    path, given, where, change = CASES[kind]
    who: Client = cast["editor"]
    assert (await who.put(path, given(cast), if_match=1)).status_code == 412, "there is no version of it"
    assert (await who.get(path + where.format(cast))).status_code == 404
    made = await who.put(path, given(cast))
    assert made.status_code == 201, made.text
    assert made.headers["location"].endswith(made.json()["id"])
    before = await told(cast, kind)
    same = await who.put(path, given(cast))
    assert (same.status_code, same.json()["version"], await told(cast, kind)) == (200, made.json()["version"], before)
    shown = await who.get(path + where.format(cast))
    assert (shown.json()["id"], shown.headers["etag"]) == (made.json()["id"], f'"{made.json()["version"]}"')
    changed = await who.put(path, given(cast, **change), if_match=made.json()["version"])
    assert (changed.status_code, changed.json()["id"]) == (200, made.json()["id"])
    assert changed.json()["version"] == made.json()["version"] + 1
    assert await told(cast, kind) == before + 1
    assert (await who.put(path, given(cast), if_match=made.json()["version"])).status_code == 412
    same = await who.put(path, given(cast, **change), if_match=made.json()["version"])
    assert same.status_code == 412, "also where nothing would change"


@pytest.mark.parametrize("kind", CASES)
async def test_who_may_not_make_or_change_it_may_not_so_either(kind: str, cast: Cast) -> None:
    path, given, where, change = CASES[kind]
    assert (await cast["outsider"].put(path, given(cast))).status_code == 403
    assert (await cast.world.nobody.put(path, given(cast))).status_code == 401
    await cast["editor"].put(path, given(cast))
    for body in (given(cast), given(cast, **change)):
        assert (await cast["outsider"].put(path, body)).status_code == 403
    assert (await cast["outsider"].get(path + where.format(cast))).status_code == 404


async def test_the_same_id_elsewhere_is_another_thing(cast: Cast) -> None:
    await cast["editor"].put(CASES["application"][0], an_application(cast))
    theirs = {"applicant_id": str(cast.neighbour.id), "title": "Toinen"}
    made = await (await cast.world.person((Role.editor, cast.neighbour.id))).put(CASES["application"][0], theirs)
    assert made.status_code == 201


async def test_after_a_merger_an_id_of_two_is_not_guessed(cast: Cast) -> None:
    for title in ("A", "B"):
        await cast.world.application(cast.association, title=title, external_scheme="ptv", external_id="7")
    refused = await cast["editor"].put(CASES["application"][0], an_application(cast))
    assert (refused.status_code, refused.json()["code"]) == (409, "external_id_of_several")


NEEDS = "title,description,municipality,external_scheme,external_id\n{}"
DRAFTS = "title,external_scheme,external_id\n{}"


async def test_a_file_names_needs_by_their_id_in_another_system(cast: Cast) -> None:
    by = cast["coordinator"].id

    async def bring_in(*lines: str) -> Any:
        return await bring(cast, "needs", NEEDS.format("".join(f"{line}\n" for line in lines)), by=by)

    assert counts(await bring_in("Kuljetuksia,a,Oulu,ptv,7", "Kuljetuksia,b,Oulu,ptv,8")) == (2, 0, 0, 0)
    assert counts(await bring_in("Kuljetuksia,a,Oulu,ptv,7", "Kuljetuksia,b,Oulu,ptv,8")) == (0, 0, 2, 0)
    assert counts(await bring_in("Toinen nimi,a,Oulu,ptv,7")) == (0, 1, 0, 0)
    assert counts(await bring_in("Toinen nimi,a,Oulu,,")) == (0, 0, 1, 0), "a blank leaves the id"
    found = (await cast.world.session.exec(select(Need).where(col(Need.external_id) == "7"))).one()
    assert (found.title, found.external_scheme) == ("Toinen nimi", "ptv")
    twice = await bring_in("A,a,Oulu,ptv,9", "B,b,Oulu,ptv,9")
    assert [(one.row, one.code, one.first) for one in twice.errors] == [(3, "need_twice", 2)]
    assert [one.code for one in (await bring_in("A,a,Oulu,ptv,")).errors] == ["external_id_incomplete"]
    text = f"id,title,description,municipality,external_scheme,external_id\n{found.id},A,a,Oulu,ptv,8\n"
    assert [one.code for one in (await bring(cast, "needs", text, by=by)).errors] == ["external_id_of_another"]


async def test_what_has_no_id_yet_gets_it_by_its_title(cast: Cast) -> None:
    by = cast["editor"].id
    await bring(cast, "applications", "title\nYhdessä kotona\n", by=by)
    assert counts(await bring(cast, "applications", DRAFTS.format("YHDESSÄ KOTONA,ptv,7\n"), by=by)) == (0, 1, 0, 0)
    found = (await cast.world.session.exec(select(Application))).one()
    await cast.world.session.refresh(found)
    assert (found.title, found.external_id) == ("Yhdessä kotona", "7")
    assert counts(await bring(cast, "applications", DRAFTS.format("Yhdessä kotona,ptv,8\n"), by=by)) == (1, 0, 0, 0)


async def test_the_list_as_a_file_holds_the_id_and_comes_back_unchanged(cast: Cast) -> None:
    await cast["editor"].put("/needs/by-external-id/ptv/007", a_need(cast))
    content = (await cast["coordinator"].get(f"/needs/export.csv?network={cast.network.id}")).content
    assert b"007" in content
    as_excel = content.decode("utf-8-sig").replace("007", "7")
    assert counts(await bring(cast, "needs", as_excel, by=cast["coordinator"].id)) == (0, 0, 1, 0)
