"""Who prepares a case: the officer that was named, while they can; and the days by which it is begun and decided."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, delete, select

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.notifications.models import Notice
from puumerkki.notifications.service.reconciling import reconcile
from puumerkki.partnerships.queries.partner_request_tasks import TASKS
from tests.factories import Client, World
from tests.notifications.people import follow_all, for_whom
from tests.partnerships.cases import act
from tests.partnerships.gate import endorse, handled, scene
from tests.tasks import tasks_of

NAMED = "partner_request.preparer_named"


async def kinds(world: World, who: Client) -> list[str]:
    return [one.kind for one in await tasks_of(world.session, who.person_id, TASKS)]


def named(who: Client | None, **more: Any) -> dict[str, Any]:
    return {"preparer_id": who and str(who.person_id)} | more


async def test_the_task_is_that_of_who_is_named_while_they_can(world: World) -> None:
    arrived = await scene(world, gate=False)
    one, other = [await world.person((Role.officer, arrived.city.id)) for _ in range(2)]
    assert (await kinds(world, one), await kinds(world, other)) == (["partner_request_to_begin"],) * 2
    shown = (await act(one, arrived.request, "name_preparer", named(other))).json()
    assert shown["preparer"]["principal_id"] == str(other.person_id)
    assert {each["principal_id"] for each in shown["can_prepare"]} == {str(one.person_id), str(other.person_id)}
    assert (await kinds(world, one), await kinds(world, other)) == ([], ["partner_request_to_begin"])
    await reconcile(world.session)
    asked = await for_whom(world.session)
    assert other.person_id in asked and one.person_id not in asked, "the others' ask closes"
    await act(other, arrived.request, "begin")
    assert (await kinds(world, one), await kinds(world, other)) == ([], ["partner_request_to_prepare"])

    tied = await other.put(f"/affiliations/{arrived.association.id}", {"kinds": ["employee"]})
    assert tied.status_code == 204, tied.text
    assert (await kinds(world, one), await kinds(world, other)) == (["partner_request_to_prepare"], [])
    assert (await one.get(f"/partner-requests/{arrived.request.id}")).json()["preparer"] is None
    refused = await act(one, arrived.request, "name_preparer", named(None))
    assert refused.status_code == 200, refused.text
    assert await kinds(world, one) == [], "nobody is named: it is the deciders' as before"


async def test_who_begins_prepares_it_unless_somebody_is_named_who_can(world: World) -> None:
    arrived = await scene(world, gate=False)
    one, other = [await world.person((Role.officer, arrived.city.id)) for _ in range(2)]
    begun = (await act(one, arrived.request, "begin")).json()
    assert begun["preparer"]["principal_id"] == str(one.person_id)
    assert (await kinds(world, one), await kinds(world, other)) == (["partner_request_to_prepare"], [])
    second = await scene(world, gate=False)
    officers = [await world.person((Role.officer, second.city.id)) for _ in range(2)]
    await act(officers[0], second.request, "name_preparer", named(officers[1]))
    begun = (await act(officers[0], second.request, "begin")).json()
    assert begun["preparer"]["principal_id"] == str(officers[1].person_id)


async def test_who_leaves_the_office_prepares_no_more(world: World) -> None:
    arrived = await scene(world, gate=False)
    one, other = [await world.person((Role.officer, arrived.city.id)) for _ in range(2)]
    await act(one, arrived.request, "name_preparer", named(other))
    await world.session.exec(delete(RoleGrant).where(col(RoleGrant.principal_id) == other.person_id))
    assert (await kinds(world, one), await kinds(world, other)) == (["partner_request_to_begin"], [])


async def test_only_an_untied_officer_of_the_authority_is_named(world: World) -> None:
    arrived = await scene(world, gate=False)
    one = await world.person((Role.officer, arrived.city.id))
    decider = await world.person((Role.decider, arrived.city.id))
    tied = await world.person((Role.officer, arrived.city.id), (Role.editor, arrived.association.id))
    stranger = await world.person((Role.officer, (await world.organisation("Toinen kunta")).id))
    for who in (decider, tied, stranger):
        answer = await act(one, arrived.request, "name_preparer", named(who))
        found = [(each["pointer"], each["code"]) for each in answer.json()["errors"]]
        assert found == [("/preparer_id", "person_unfit")]
    late = named(one, decide_by=str(clock.today() - timedelta(days=1)))
    answer = await act(one, arrived.request, "name_preparer", late)
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [("/decide_by", "in_the_past")]
    assert (await act(decider, arrived.request, "name_preparer", named(one))).status_code == 200
    editor = await world.person((Role.editor, arrived.association.id))
    assert (await act(editor, arrived.request, "name_preparer", named(None))).status_code == 403
    shown = (await editor.get(f"/partner-requests/{arrived.request.id}")).json()
    assert shown["preparer"]["principal_id"] == str(one.person_id)
    assert shown["can_prepare"] == [], "whom one could name is the authority's own"


async def test_applicants_see_who_prepares_and_by_when_and_are_told_once(world: World) -> None:
    arrived = await scene(world)
    one = await world.person((Role.officer, arrived.city.id))
    editor = await world.person((Role.editor, arrived.association.id))
    observer = await world.person((Role.observer, arrived.network.id))
    await handled(world.session, arrived.version, arrived.network, state=HandlingState.in_review)
    await follow_all(world.session)
    by = str(clock.today() + timedelta(days=5))
    await act(one, arrived.request, "name_preparer", named(one, decide_by=by))
    path, list_ = f"/partner-requests/{arrived.request.id}", "/partner-requests"

    async def seen(caller: Client) -> tuple[Any, ...]:
        case, [row] = (await caller.get(path)).json(), (await caller.get(list_)).json()["items"]
        step = (await caller.get(f"/next/partner_request/{arrived.request.id}")).json()["step"]
        return *(each["preparer"] and each["preparer"]["principal_id"] for each in (case, row)), step["person"]

    name = (await world.session.get_one(User, one.person_id)).name
    assert await seen(one) == (str(one.person_id), str(one.person_id), name)
    assert await seen(editor) == (str(one.person_id), None, name)
    assert await seen(observer) == (None, None, None)
    days = [(await caller.get(path)).json()["decide_by"] for caller in (one, editor, observer)]
    assert days == [by, by, None]
    assert [(await caller.get(list_)).json()["items"][0]["decide_by"] for caller in (one, editor)] == [by, None]
    await follow_all(world.session)
    kinds_told = select(Notice.kind).where(Notice.principal_id == editor.person_id)
    assert list(await world.session.exec(kinds_told)).count(NAMED) == 1
    # to take a name and a day back tells nobody outside
    await act(one, arrived.request, "name_preparer", named(None))
    tiers = await world.session.exec(select(EventRow.tier).where(EventRow.type == NAMED).order_by(col(EventRow.id)))
    assert tiers.all() == ["parties", "authority"]


async def test_a_case_is_begun_two_weeks_after_it_can_be_and_decided_by_its_day(world: World) -> None:
    arrived = await scene(world)
    one = await world.person((Role.officer, arrived.city.id), (Role.decider, arrived.city.id))
    with clock.fixed(clock.now() - timedelta(days=3)):
        await endorse(world.session, arrived.version, arrived.network)
    arrived.request.arrived_at = clock.now() - timedelta(days=40)
    await world.session.flush()
    today = clock.today()

    async def due() -> list[Any]:
        return [(each.kind, each.due_on) for each in await tasks_of(world.session, one.person_id, TASKS)]

    assert await due() == [("partner_request_to_begin", today + timedelta(days=11))], "not from when it came"
    await act(one, arrived.request, "begin")
    assert await due() == [("partner_request_to_decide", today + timedelta(days=30))]
    by = today + timedelta(days=5)
    await act(one, arrived.request, "name_preparer", named(one, decide_by=str(by)))
    assert await due() == [("partner_request_to_decide", by)], "who may decide it hands it to nobody"
    step = (await one.get(f"/next/partner_request/{arrived.request.id}")).json()["step"]
    assert step["due_on"] == str(by)
