"""A successor is named, asked, and stands in an archived organisation's place by its own yes."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import Organisation, OrganisationState
from puumerkki.organisations.queries import archivings
from tests.archiving import WHY, act, archived, says, succeeded
from tests.factories import Client, World
from tests.organisations.test_archiving import DAYS, by_the_clock, listed, types
from tests.organisations.test_hosts import address, mails
from tests.tasks import tasks_of

ASKED = "Pyyntö jatkaa toisen organisaation paikalla: Vanha ry"


async def tasks(world: World, who: Client) -> list[Any]:
    found = await tasks_of(
        world.session, who.id, [one for one in archivings.TASKS if one.kind == "successor_to_answer"]
    )
    return [(one.kind, one.subject_id, one.organisation_id) for one in found]


async def two(world: World) -> tuple[Organisation, Organisation]:
    return await world.organisation("Vanha ry"), await world.organisation("Uusi ry")


async def test_it_is_asked_and_nobody_else_hears_before_its_yes(world: World) -> None:
    old, new = await two(world)
    owner, operator = await world.person((Role.owner, old.id)), await world.operator()
    theirs, viewer = await world.person((Role.owner, new.id)), await world.person((Role.viewer, new.id))
    asked = await act(operator, old.id, "archive", **WHY, successor_id=str(new.id))
    assert asked.status_code == 200, asked.text
    assert await mails(world, address(theirs)) == [ASKED]
    assert await tasks(world, theirs) == [("successor_to_answer", old.id, new.id)]
    assert await tasks(world, viewer) == await tasks(world, owner) == []
    [task] = (await theirs.get("/tasks?kind=successor_to_answer")).json()["items"]
    assert (task["title"], task["organisation_names"]) == (old.names, new.names)
    for one in (owner, theirs, viewer, operator):
        [shown] = await listed(one, old)
        assert (shown["successor"]["id"], shown["successor_answer"]) == (str(new.id), None)
    assert [one["organisation"]["id"] for one in await listed(theirs, new)] == [str(old.id)]
    assert (await act(owner, old.id, "archiving/agree")).json()["state"] == "archived"
    [public] = await listed(world.nobody, old)
    assert (public["successor"], public["successor_answer"], public["succeeded_at"]) == (None, None, None)
    assert await listed(world.nobody, new) == []
    machine = await world.service(Role.owner, new)
    for stranger in (viewer, owner, operator, machine):
        assert (await says(stranger, old, "accepted")).status_code == 403
    assert (await says(world.nobody, old, "accepted")).status_code == 401
    assert (await says(theirs, old, "accepted")).status_code == 204
    assert (await says(theirs, old, "accepted")).status_code == 204, "once more changes nothing"
    assert (await says(theirs, old, "declined")).json()["code"] == "successor_answered"
    [public] = await listed(world.nobody, old)
    assert public["successor"]["names"] == new.names
    assert public["succeeded_at"] is not None
    assert await listed(world.nobody, new) == [public]
    assert await tasks(world, theirs) == []
    assert (await mails(world, address(owner)))[-1] == "Seuraaja on hyväksynyt: Uusi ry"
    assert (await types(world.nobody, old))[0] == "succeeded"


async def test_a_yes_before_the_archiving_takes_effect_with_it(world: World) -> None:
    old, new = await two(world)
    owner, operator = await world.person((Role.owner, old.id)), await world.operator()
    theirs = await world.person((Role.owner, new.id))
    await act(operator, old.id, "archive", **WHY, successor_id=str(new.id))
    assert (await says(theirs, old, "accepted")).status_code == 204
    [shown] = await listed(owner, old)
    assert (shown["successor_answer"], shown["succeeded_at"]) == ("accepted", None)
    assert await listed(world.nobody, new) == []
    await by_the_clock(world, clock.end_of_day(clock.today() + DAYS))
    [shown] = await listed(world.nobody, new)
    assert shown["succeeded_at"] is not None


async def test_after_a_no_its_administrator_names_another(world: World) -> None:
    old, new = await two(world)
    third = await world.organisation("Kolmas ry")
    owner, operator = await world.person((Role.owner, old.id)), await world.operator()
    theirs = await world.person((Role.owner, new.id))
    await act(owner, old.id, "archive", **WHY, successor_id=str(new.id))
    assert (await says(theirs, old, "declined")).status_code == 204
    assert (await mails(world, address(owner)))[-1] == "Seuraaja on kieltäytynyt: Uusi ry"
    another = {"successor_id": str(third.id)}
    over = await act(operator, old.id, "archiving/successor", **another)
    assert (over.status_code, over.json()["code"]) == (409, "successor_by_its_people"), over.text
    assert (await act(theirs, old.id, "archiving/successor", **another)).status_code == 403
    assert (await act(owner, old.id, "archiving/successor", **another)).status_code == 200
    [shown] = await listed(owner, old)
    assert (shown["successor"]["id"], shown["successor_answer"]) == (str(third.id), None)
    assert (await says(theirs, old, "accepted")).status_code == 403
    assert (await says(await world.person((Role.owner, third.id)), old, "accepted")).status_code == 204
    late = await act(owner, old.id, "archiving/successor", successor_id=str(new.id))
    assert (late.status_code, late.json()["code"]) == (409, "successor_stands")


async def test_the_operator_names_it_where_nobody_is_there(world: World) -> None:
    old, new = await two(world)
    operator = await world.operator()
    assert (await act(operator, old.id, "archive", **WHY)).json()["state"] == "archived"
    assert (await act(operator, old.id, "archiving/successor", successor_id=str(new.id))).status_code == 200
    assert (await says(await world.person((Role.owner, new.id)), old, "accepted")).status_code == 204


async def test_who_cannot_take_over(world: World) -> None:
    old, new = await two(world)
    owner = await world.person((Role.owner, old.id))
    gone = await world.organisation("Entinen ry", state=OrganisationState.archived)
    unknown = await world.organisation("Outo ry", confirmed_at=None, source=None)
    for one in (old, gone, unknown):
        refused = await act(owner, old.id, "archive", **WHY, successor_id=str(one.id))
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "cannot_succeed"), refused.text
    await act(owner, old.id, "archive", **WHY, successor_id=str(new.id))
    theirs = await world.person((Role.owner, new.id))
    await archived(world, new.id)
    late = await says(theirs, old, "accepted")
    assert (late.status_code, late.json()["code"]) == (409, "successor_archived"), late.text


async def test_whose_successor_is_archived_meanwhile_names_another(world: World) -> None:
    """Attack G17: nobody stood in its place, and its administrator could name nobody (`successor_stands`)."""
    old, new = await two(world)
    third = await world.organisation("Kolmas ry")
    owner, theirs = await world.person((Role.owner, old.id)), await world.person((Role.owner, new.id))
    await act(await world.operator(), old.id, "archive", **WHY, successor_id=str(new.id))
    assert (await says(theirs, old, "accepted")).status_code == 204
    await succeeded(world, new, third)
    assert "Seuraaja on arkistoitu: Uusi ry" in await mails(world, address(owner))
    assert (await types(owner, old))[0] == "successor_gone"
    [shown] = await listed(owner, old)
    assert (shown["successor_answer"], shown["succeeded_at"]) == (None, None)
    await by_the_clock(world, clock.end_of_day(clock.today() + DAYS))
    [shown] = await listed(owner, old)
    assert (shown["state"], shown["succeeded_at"]) == ("effected", None)
    another = await act(owner, old.id, "archiving/successor", successor_id=str(third.id))
    assert another.status_code == 200, another.text
    assert (await says(await world.person((Role.owner, third.id)), old, "accepted")).status_code == 204
    [shown] = [one for one in await listed(owner, old) if one["organisation"]["id"] == str(old.id)]
    assert shown["succeeded_at"] is not None


async def test_who_is_brought_back_before_the_day_may_say_yes_again(world: World) -> None:
    old, new = await two(world)
    theirs, operator = await world.person((Role.owner, new.id)), await world.operator()
    await world.person((Role.owner, old.id))
    await act(operator, old.id, "archive", **WHY, successor_id=str(new.id))
    assert (await says(theirs, old, "accepted")).status_code == 204
    await archived(world, new.id)
    assert (await act(operator, new.id, "restore")).status_code == 200
    await by_the_clock(world, clock.end_of_day(clock.today() + DAYS))
    assert (await says(theirs, old, "accepted")).status_code == 204
    assert old.id in {row[1] for row in await _stands(world)}


async def _stands(world: World) -> list[Any]:
    connection = await world.session.connection()
    return list(
        (await connection.execute(text("select successor_id, predecessor_id from organisation_succession"))).all()
    )


async def test_a_restored_organisation_acts_for_itself_again(world: World) -> None:
    old, new = await two(world)
    await succeeded(world, old, new)
    assert (await act(await world.operator(), old.id, "restore")).json()["state"] == "active"
    assert await listed(world.nobody, new) == []
    connection = await world.session.connection()
    [[ended]] = (await connection.execute(text("select until_at is not null from organisation_succession"))).all()
    assert ended


async def test_of_a_chain_each_stands_for_all_before(world: World) -> None:
    old, new = await two(world)
    third = await world.organisation("Kolmas ry")
    await succeeded(world, old, new)
    await succeeded(world, new, third)
    connection = await world.session.connection()
    rows = text("select predecessor_id, successor_id from organisation_succession")
    assert set((await connection.execute(rows)).all()) == {
        (old.id, new.id),
        (new.id, third.id),
        (old.id, third.id),
    }


async def test_the_database_forgets_no_succession(world: World) -> None:
    old, new = await two(world)
    await succeeded(world, old, new)
    connection = await world.session.connection()
    with pytest.raises(DBAPIError):
        await connection.execute(text("delete from organisation_succession"))
