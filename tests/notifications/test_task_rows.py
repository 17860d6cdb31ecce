"""The rows of `task` equal what the rooms' selects find, and are for those for whom it waits."""

from typing import Any
from uuid import UUID

import pytest

from puumerkki.access.roles import Role
from puumerkki.kernel.subjects import subjects
from puumerkki.notifications.service.following import rebuild, sweep
from puumerkki.notifications.service.reconciling import reconcile
from puumerkki.wiring import ROOMS
from tests.factories import OULU, World
from tests.notifications.people import follow_all, for_whom, open_tasks, told
from tests.partnerships.gate import endorse, scene
from tests.personas import Cast, make_cast
from tests.tasks import tasks_of

ALL = [task for room in ROOMS for task in room.tasks]
BEGIN = ("partner_request_to_begin", "partner_request", "partner_requests:prepare")


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


async def raise_need(cast: Cast, caller: str = "representative", **more: Any) -> UUID:
    body = {
        "network_id": str(cast.network.id),
        "municipality_code": OULU,
        "title": "Seuraa yksin asuville",
        "description": "Moni ikäihminen ei tapaa ketään viikkoon.",
    } | more
    answer = await (await cast.world.again(cast[caller])).post("/needs", body)
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


async def test_what_a_change_elsewhere_opens(world: World) -> None:
    arrived = await scene(world)
    officer = await world.person((Role.officer, arrived.city.id))
    await reconcile(world.session)
    assert not [one for one in await open_tasks(world.session) if one.kind == BEGIN[0]]
    await endorse(world.session, arrived.version, arrived.network)
    opened = await reconcile(world.session, touched=[arrived.version.application_id])
    assert list(opened[BEGIN].values()) == [arrived.request.id]
    [row] = [one for one in await open_tasks(world.session) if one.kind == BEGIN[0]]
    assert (row.subject_id, row.scope_id, row.silent) == (arrived.request.id, arrived.city.id, False)
    mine = await tasks_of(world.session, officer.person_id, ALL)
    assert (await for_whom(world.session))[officer.person_id] == {
        (one.kind, one.subject_kind, one.subject_id, one.network_id, one.organisation_id) for one in mine
    }
    assert await reconcile(world.session, touched=[arrived.version.application_id]) == {}


async def test_what_is_tied_is_for_nobody_who_is(world: World) -> None:
    arrived = await scene(world)
    await endorse(world.session, arrived.version, arrived.network)
    tied = await world.person((Role.officer, arrived.city.id), (Role.editor, arrived.association.id))
    await reconcile(world.session)
    assert tied.person_id not in await for_whom(world.session)


async def test_a_task_closes_with_what_it_asked_for_and_opens_anew(cast: Cast) -> None:
    session = cast.world.session
    assert await sweep(session)
    need = await raise_need(cast)
    await follow_all(session)
    [first] = [one for one in await open_tasks(session) if one.subject_id == need]
    agreed = await cast["coordinator"].post(f"/needs/{need}/agree", if_match=1)
    assert agreed.status_code == 200, agreed.text
    await follow_all(session)
    assert not [one for one in await open_tasks(session) if one.subject_id == need]
    await session.refresh(first)
    assert first.closed_at is not None
    assert await told(session, cast["coordinator"].person_id) == [("need_agreement", "opened")]


async def test_whoever_does_something_is_not_told_that_it_waits(cast: Cast) -> None:
    session = cast.world.session
    other = await cast.world.person((Role.coordinator, cast.network.id))
    assert await sweep(session)
    await raise_need(cast, "coordinator")
    await follow_all(session)
    await follow_all(session)
    assert await told(session, cast["coordinator"].person_id) == []
    assert await told(session, other.person_id) == [("need_agreement", "opened")]


async def test_what_was_there_before_anybody_looked_is_told_to_nobody(cast: Cast) -> None:
    session = cast.world.session
    await raise_need(cast)
    assert await sweep(session)
    await follow_all(session)
    assert [one.silent for one in await open_tasks(session) if one.kind == "need_agreement"] == [True]
    assert await told(session, cast["coordinator"].person_id) == []


async def test_after_a_restore_everything_is_there_and_nobody_is_told_again(cast: Cast) -> None:
    session = cast.world.session
    assert await sweep(session)
    need = await raise_need(cast)
    assert await rebuild(session) == 1
    await follow_all(session)
    assert [one.subject_id for one in await open_tasks(session) if one.kind == "need_agreement"] == [need]
    assert await told(session, cast["coordinator"].person_id) == []


def test_every_kind_that_hangs_on_something_says_so_in_one_column() -> None:
    found = {kind: one.hangs_on for kind, one in subjects().items() if one.hangs_on is not None}
    assert set(found) == {"filing", "handling", "network_member", "partner_request", "rulebook"}
