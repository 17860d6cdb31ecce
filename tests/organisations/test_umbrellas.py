"""Whoever is called an umbrella hears of it by mail and task, and can end the relation before it bars anybody."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import (
    TIME_TO_END,
    LegalForm,
    Organisation,
    OrganisationRelation,
    Sector,
)
from puumerkki.organisations.queries import host_tasks
from puumerkki.organisations.service import umbrellas
from tests.factories import Client, World
from tests.handlings.scene import make_scene
from tests.organisations.test_hosts import address, mails
from tests.tasks import tasks_of

SUBJECT = "Organisaationne on ilmoitettu kattojärjestöksi: Pieni ry"


async def _called(world: World, kind: str = "umbrella") -> tuple[Organisation, Organisation, Client, dict[str, Any]]:
    forms: list[dict[str, Any]] = [{}, {}]
    if kind == "parish_union":
        forms = [{"sector": Sector.parish, "legal_form": one} for one in (LegalForm.parish, LegalForm.parish_union)]
    small = await world.organisation("Pieni ry", **forms[0])
    union = await world.organisation("Liitto ry", **forms[1])
    owner = await world.person((Role.owner, union.id))
    answer = await _says(world, small, union, kind)
    return small, union, owner, answer


async def _says(world: World, small: Organisation, union: Organisation, kind: str = "umbrella") -> dict[str, Any]:
    founder = await world.person((Role.owner, small.id))
    answer = await founder.post(
        f"/organisations/{small.id}/relations", {"other_id": str(union.id), "kind": kind, "starts_on": "2020-01-01"}
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def _tasks(world: World, who: Client) -> list[Any]:
    found = await tasks_of(world.session, who.id, host_tasks.TASKS[1:])
    return [(row.kind, row.subject_id, row.organisation_id) for row in found]


@pytest.mark.parametrize("kind", ["umbrella", "parish_union"])
async def test_it_is_told_by_mail_and_task_and_can_end_it(world: World, kind: str) -> None:
    """Attack G10: 201, no mail, no task; a fortnight later its people were barred."""
    small, union, owner, relation = await _called(world, kind)
    assert len(await mails(world, address(owner))) == 1
    assert await _tasks(world, owner) == [("umbrella_to_check", small.id, union.id)]
    [task] = (await owner.get("/tasks?kind=umbrella_to_check")).json()["items"]
    assert (task["title"], task["organisation_names"]) == (small.names, union.names)
    assert task["due_on"] == clock.day_of(clock.now() + TIME_TO_END).isoformat()
    with clock.fixed(clock.now() + TIME_TO_END + timedelta(seconds=1)):
        assert (await (await world.again(owner)).get("/tasks?kind=umbrella_to_check")).json()["items"] == []
    path = f"/organisations/{union.id}/relations/{relation['id']}"
    assert (await owner.delete(path, if_match=relation["version"])).status_code == 204
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert await _tasks(world, owner) == []


async def test_who_answers_for_both_is_told_nothing(world: World) -> None:
    small, union = await world.organisation("Pieni ry"), await world.organisation("Liitto ry")
    both = await world.person((Role.owner, small.id), (Role.owner, union.id))
    made = await both.post(f"/organisations/{small.id}/relations", {"other_id": str(union.id), "kind": "umbrella"})
    assert made.status_code == 201
    assert await mails(world, address(both)) == []
    assert await _tasks(world, both) == []


async def test_it_is_written_to_as_soon_as_there_is_somebody(world: World) -> None:
    small, union = await world.organisation("Pieni ry"), await world.organisation("Liitto ry")
    await _says(world, small, union)
    relation = (await world.session.exec(select(OrganisationRelation))).one()
    assert (relation.told_at, relation.tell_at is None) == (None, False)
    owner = await world.person((Role.owner, union.id))
    noon = clock.now().astimezone(clock.FINLAND).replace(hour=12) + timedelta(days=1)
    with clock.fixed(noon):
        await umbrellas.tell_late(world.session)
    assert await mails(world, address(owner)) == [SUBJECT]
    assert (relation.told_at, relation.tell_at) == (noon, None)
    with clock.fixed(noon + timedelta(days=1)):
        await umbrellas.tell_late(world.session)
    assert await mails(world, address(owner)) == [SUBJECT]


async def test_said_and_taken_back_again_and_again_it_is_written_to_once_a_day(world: World) -> None:
    small, union = await world.organisation("Pieni ry"), await world.organisation("Liitto ry")
    owner, founder = await world.person((Role.owner, union.id)), await world.person((Role.owner, small.id))
    given = {"other_id": str(union.id), "kind": "umbrella", "starts_on": "2199-01-01"}
    for _ in range(4):
        made = await founder.post(f"/organisations/{small.id}/relations", given)
        assert made.status_code == 201, made.text
        relation = made.json()
        path = f"/organisations/{small.id}/relations/{relation['id']}"
        gone = await founder.delete(path, if_match=relation["version"])
        assert gone.status_code == 204, gone.text
    assert len(await mails(world, address(owner))) == 2, "one, and one that waits for its day"


@pytest.mark.parametrize("told", [True, False])
async def test_the_fourteen_days_run_from_the_letter(world: World, told: bool) -> None:
    scene = await make_scene(world, umbrellas_stand_aside=True)
    above = scene.members["a"]
    world.session.add(
        OrganisationRelation(
            organisation_id=scene.applicant.id,
            other_id=above.organisation_id,
            kind="umbrella",
            starts_on=clock.today() - timedelta(days=90),
            accepted_at=clock.now(),
            created_at=scene.application.created_at - timedelta(days=90),
            told_at=scene.application.created_at - (TIME_TO_END if told else timedelta(days=13)),
        )
    )
    await world.session.flush()
    await scene.to_ballot()
    assert (await scene.vote("a", "against")).status_code == (409 if told else 200)


async def test_what_was_ended_and_is_prolonged_is_said_anew(world: World) -> None:
    """Ended by who was called so, prolonged by the other after the fortnight, it bound at once and unheard."""
    small, union, owner, relation = await _called(world)
    path = f"/organisations/{union.id}/relations/{relation['id']}"
    assert (await owner.delete(path, if_match=relation["version"])).status_code == 204
    with clock.fixed(clock.now() + TIME_TO_END + timedelta(days=1)):
        founder = await world.person((Role.owner, small.id))
        there = f"/organisations/{small.id}/relations"
        version = (await founder.get(there)).json()["items"][0]["version"]
        again = await founder.patch(f"{there}/{relation['id']}", {"ends_on": None}, if_match=version)
        assert again.status_code == 200, again.text
        rows = (
            await world.session.exec(select(OrganisationRelation).order_by(col(OrganisationRelation.starts_on)))
        ).all()
        former, new = (one for one in rows if one.organisation_id == small.id)
        assert (str(former.id), former.ends_on is None) == (relation["id"], False), "what it was it stays in open cases"
        assert (new.told_at, new.said_by, new.ends_on) == (clock.now(), founder.id, None)
        assert await _tasks(world, await world.again(owner)) == [("umbrella_to_check", small.id, union.id)]
    assert len(await mails(world, address(owner))) == 2
