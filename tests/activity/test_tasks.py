"""Tasks: what waits for whom."""

from datetime import timedelta
from typing import Any

import pytest

from puumerkki.access.roles import Role
from puumerkki.activity import tasks
from puumerkki.applications.models.applications import ApplicationApplicant
from puumerkki.applications.models.recipients import HandlingState, PartnerRequestState
from puumerkki.kernel import clock
from tests.factories import Client, World
from tests.partnerships.gate import arrive, endorse, handled, scene


async def kinds(caller: Client, query: str = "") -> list[str]:
    answer = await caller.get(f"/tasks{query}")
    assert answer.status_code == 200, answer.text
    return [item["kind"] for item in answer.json()["items"]]


async def test_a_request_waits_for_the_officer_once_the_gate_is_open(world: World) -> None:
    arrived = await scene(world)
    officer = await world.person((Role.officer, arrived.city.id))
    assert await kinds(officer) == []
    await endorse(world.session, arrived.version, arrived.network)
    items: list[Any] = (await officer.get("/tasks")).json()["items"]
    assert items == [
        {
            "kind": "partner_request_to_begin",
            "subject": {"kind": "partner_request", "id": str(arrived.request.id)},
            "network_id": None,
            "network_names": None,
            "organisation_id": str(arrived.city.id),
            "organisation_names": arrived.city.names,
            "due_on": str(clock.today() + timedelta(days=14)),
            "created_at": items[0]["created_at"],
            "title": {"fi": arrived.version.title},
        }
    ]
    assert await kinds(await world.person((Role.decider, arrived.city.id))) == []
    assert await kinds(await world.person()) == []


async def test_the_day_is_asked_anew_though_the_statement_is_kept(world: World) -> None:
    arrived = await scene(world)
    await endorse(world.session, arrived.version, arrived.network, valid_until=clock.today())
    assert await kinds(await world.person((Role.officer, arrived.city.id))) == ["partner_request_to_begin"]
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert await kinds(await world.person((Role.officer, arrived.city.id))) == []


async def test_each_state_waits_for_its_own_people(world: World) -> None:
    arrived = await scene(world, gate=False)
    officer = await world.person((Role.officer, arrived.city.id))
    decider = await world.person((Role.decider, arrived.city.id))
    editor = await world.person((Role.editor, arrived.association.id))
    callers = (officer, decider, editor)

    async def after(state: PartnerRequestState) -> list[list[str]]:
        arrived.request.state = state
        await world.session.flush()
        return [await kinds(caller) for caller in callers]

    assert await after(PartnerRequestState.in_preparation) == [[], ["partner_request_to_decide"], []]
    assert await after(PartnerRequestState.supplement_asked) == [[], [], ["supplement_to_answer"]]
    assert await after(PartnerRequestState.withdrawn) == [[], [], []]


async def test_tasks_of_several_rooms_by_due_day_and_kind(world: World) -> None:
    arrived = await scene(world, gate=False)
    network = await world.network("Toinen")
    book = await world.rulebook(network)
    book.accept_by = clock.today() + timedelta(days=7)
    other = await world.organisation("Toinen yhdistys ry")
    await world.member(network, other, accepts=False)
    one = await world.person((Role.officer, arrived.city.id), (Role.owner, other.id))
    assert await kinds(one) == ["rulebook_acceptance", "partner_request_to_begin"]
    assert await kinds(one, "?kind=partner_request_to_begin") == ["partner_request_to_begin"]
    assert set(await kinds(one, "?sort=-created_at")) == {"rulebook_acceptance", "partner_request_to_begin"}
    titles = [item["title"] for item in (await one.get("/tasks")).json()["items"]]
    assert titles == [network.names, {"fi": arrived.version.title}]


async def test_nobody_has_no_tasks(world: World) -> None:
    assert (await world.nobody.get("/tasks")).status_code == 401


async def test_another_applications_puumerkki_opens_no_gate(world: World) -> None:
    waits = await scene(world)
    ready = await arrive(world, await world.organisation("Toinen ry"), waits.city, waits.network, gate=False)
    await endorse(world.session, ready.version, waits.network)
    officer = await world.person((Role.officer, waits.city.id))
    items: list[Any] = (await officer.get("/tasks")).json()["items"]
    assert [item["subject"]["id"] for item in items] == [str(ready.request.id)]


async def test_what_is_not_for_somebody_takes_nobodys_place(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    tied = await scene(world, gate=False)
    other = await arrive(world, await world.organisation("Toinen ry"), tied.city, tied.network, gate=False)
    for number, one in enumerate((tied, other)):
        day = clock.today() + timedelta(days=number + 1)
        await handled(world.session, one.version, tied.network, state=HandlingState.received, handle_by=day)
    leads = await world.person((Role.coordinator, tied.network.id), (Role.editor, tied.association.id))
    for first in (400, 1, 2):
        monkeypatch.setattr(tasks, "_FIRST", first)
        items: list[Any] = (await leads.get("/tasks?kind=handling_to_review")).json()["items"]
        assert [item["title"] for item in items] == [{"fi": other.version.title}]


async def test_what_waits_for_two_reasons_is_shown_once(world: World) -> None:
    network = await world.network("Verkosto")
    first = await world.organisation("Yksi ry")
    both = await world.person((Role.owner, first.id), (Role.signatory, first.id))
    application = await world.application(await world.organisation("Hakija ry"), networks=[network])
    world.session.add(
        ApplicationApplicant(application_id=application.id, organisation_id=first.id, asked_at=clock.now())
    )
    await world.session.flush()
    assert await kinds(both) == ["co_applicant_to_answer"]


async def test_nothing_waits_of_a_kind_that_nobody_declared(world: World) -> None:
    assert await kinds(await world.person(), "?kind=no_such_kind") == []
