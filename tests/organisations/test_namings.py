"""Operators name owners: at once where there is none, else those there are told and may object for seven days."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import Contact
from puumerkki.organisations.service.namings import settle_due
from tests.factories import Client, World
from tests.identity.accounts import mails_to

WHY = "Yhdistyksen hallitus pyysi sitä kirjeellä."


def address(caller: Client) -> str:
    assert caller.id is not None
    return f"{caller.id.hex}@example.org"


async def name(
    operator: Client, whom: Client, scope: UUID, *, kind: str = "organisation", status: int = 201
) -> dict[str, Any]:
    given = {"scope_kind": kind, "scope_id": str(scope), "email": address(whom), "name": "Vieras", "reason": WHY}
    answer = await operator.post("/namings", given)
    assert answer.status_code == status, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def offers(caller: Client) -> list[str]:
    return [one["role"] for one in (await caller.get("/me")).json()["role_offers"]]


async def accept(caller: Client) -> None:
    ids = [one["id"] for one in (await caller.get("/me")).json()["role_offers"]]
    assert (await caller.post("/me/role-offers/accept", {"offer_ids": ids})).status_code == 200


async def tasks(caller: Client) -> list[str]:
    return [one["kind"] for one in (await caller.get("/tasks")).json()["items"]]


async def after_days(world: World) -> None:
    """The clock, eight days on."""
    with clock.fixed(clock.now() + timedelta(days=8)):
        await settle_due(world.session)
        await world.session.flush()


async def test_where_there_is_no_owner_the_role_is_offered_at_once_and_the_contacts_are_told(world: World) -> None:
    group = await world.organisation()
    world.session.add(Contact(organisation_id=group.id, name="Toimisto", email="toimisto@example.org"))
    operator, person = await world.operator(), await world.person()
    made = await name(operator, person, group.id)
    assert (made["state"], made["needs_second"], made["available_actions"]) == ("done", False, [])
    assert await offers(person) == ["owner"]
    [told] = await mails_to(world.session, "toimisto@example.org")
    assert "Vieras" in told.body
    assert WHY not in told.body, "grounds stand in the service only"
    offered = f"/organisations/{group.id}/role-offers"
    [mine] = (await operator.get(offered)).json()["items"]
    assert (await operator.delete(f"{offered}/{mine['id']}")).status_code == 204, "the wrong address, perhaps"
    await name(operator, person, group.id)
    await accept(person)
    assert (await name(operator, person, group.id, status=409))["code"] == "naming_not_needed"


async def test_an_owner_is_told_and_objects(world: World) -> None:
    group = await world.organisation()
    owner, viewer = await world.person((Role.owner, group.id)), await world.person((Role.viewer, group.id))
    operator, stranger = await world.operator(), await world.person()
    made = await name(operator, stranger, group.id)
    assert (made["state"], await offers(stranger)) == ("waiting", [])
    assert [one.subject for one in await mails_to(world.session, address(owner))] == [
        "Organisaatiolle nimetään pääkäyttäjä: Testiyhdistys ry"
    ]
    assert await tasks(owner) == ["naming_to_answer"]
    assert await tasks(viewer) == await tasks(operator) == []
    assert (await name(operator, await world.person(), group.id, status=409))["code"] == "naming_open"
    path = f"/namings/{made['id']}"
    assert (await viewer.post(f"{path}/object", {"reason": WHY})).status_code == 403
    assert (await stranger.post(f"{path}/object", {"reason": WHY})).status_code == 404
    objected = await owner.post(f"{path}/object", {"reason": "Emme tunne häntä."})
    assert (objected.json()["state"], objected.json()["email"]) == ("objected", None)
    told = (await mails_to(world.session, address(operator)))[-1]
    assert told.subject.startswith("Nimeämistä vastustettiin") and "Emme tunne" not in told.body
    await after_days(world)
    assert await offers(stranger) == []
    shown = (await owner.get(f"/namings?scope={group.id}")).json()["items"]
    assert [(one["state"], one["objection"]) for one in shown] == [("objected", "Emme tunne häntä.")]
    types = [one["type"] for one in (await owner.get(f"/organisations/{group.id}/events")).json()["items"]]
    assert {"naming.proposed", "naming.objected"} <= set(types)


async def test_without_an_objection_it_takes_effect_after_seven_days(world: World) -> None:
    group = await world.organisation()
    await world.person((Role.owner, group.id))
    operator, person = await world.operator(), await world.person()
    await name(operator, person, group.id)
    await settle_due(world.session)
    assert await offers(person) == []
    await after_days(world)
    assert await offers(person) == ["owner"]


async def test_a_second_operator_confirms_where_there_is_one(world: World) -> None:
    group = await world.organisation()
    await world.person((Role.owner, group.id))
    operator, other, person = await world.operator(), await world.operator(), await world.person()
    made = await name(operator, person, group.id)
    assert made["needs_second"]
    assert await tasks(other) == ["naming_to_confirm"]
    assert await tasks(operator) == []
    await after_days(world)
    assert await offers(person) == [], "nobody confirmed it"
    path = f"/namings/{made['id']}/confirm"
    assert (await operator.post(path)).json()["code"] == "not_second_operator"
    assert (await person.post(path)).status_code == 404
    assert (await other.post(path)).json()["needs_second"] is False
    assert await tasks(other) == []
    await after_days(world)
    assert await offers(person) == ["owner"]


async def test_what_no_second_operator_confirms_lapses(world: World) -> None:
    group = await world.organisation()
    await world.person((Role.owner, group.id))
    operator, person = await world.operator(), await world.person()
    await world.operator()
    await name(operator, person, group.id)
    with clock.fixed(clock.now() + timedelta(days=40)):
        await settle_due(world.session)
    operator = await world.again(operator)
    [shown] = (await operator.get(f"/namings?scope={group.id}")).json()["items"]
    assert (shown["state"], await offers(person)) == ("lapsed", [])


async def test_closing_the_owners_account_first_makes_nobody_owner_at_once(world: World) -> None:
    group = await world.organisation()
    owner, person = await world.person((Role.owner, group.id)), await world.person()
    operator = await world.operator()
    account = (await operator.get(f"/users/{owner.id}")).json()
    closed = await operator.post(f"/users/{owner.id}/disable", if_match=account["version"])
    assert closed.status_code == 200, closed.text
    made = await name(operator, person, group.id)
    assert (made["state"], await offers(person)) == ("waiting", [])


async def test_operators_give_and_take_no_other_roles(world: World) -> None:
    group = await world.organisation()
    owner, person = await world.person((Role.owner, group.id)), await world.person((Role.viewer, group.id))
    operator, empty = await world.operator(), await world.organisation("Tyhjä ry")
    for scope, who in ((group.id, person), (empty.id, person)):
        put = await operator.put(f"/organisations/{scope}/people/{who.id}", {"roles": ["owner"]})
        assert (put.status_code, put.json()["code"]) == (403, "operators_name_owners")
    taken = await operator.delete(f"/organisations/{group.id}/people/{owner.id}")
    assert (taken.status_code, taken.json()["code"]) == (403, "operators_name_owners")
    assert (await name(operator, await world.operator(), group.id, status=409))["code"] == "operator_named"
    assert (await name(person, person, group.id, status=403))["code"] == "forbidden"


async def test_a_network_with_members_is_told_of_the_coordinator_whom_an_operator_names(world: World) -> None:
    network = await world.network()
    group = await world.organisation()
    await world.member(network, group)
    representative = await world.person((Role.representative, network.id, group.id))
    operator, person = await world.operator(), await world.person()
    version = (await operator.get(f"/networks/{network.id}")).json()["version"]
    at_once = await operator.put(f"/networks/{network.id}/officers/coordinator/{person.id}", if_match=version)
    assert (at_once.status_code, at_once.json()["code"]) == (403, "members_are_told"), at_once.text
    await name(operator, person, network.id, kind="network")
    assert await tasks(representative) == ["naming_to_answer"]
    await after_days(world)
    assert await offers(person) == ["coordinator"]
    await accept(person)
    assert (await name(operator, representative, network.id, kind="network", status=409))["code"] == "naming_not_needed"


@pytest.mark.parametrize("kind", ["organisation", "network"])
async def test_nothing_is_named_that_is_not_there(world: World, kind: str) -> None:
    operator, person = await world.operator(), await world.person()
    await name(operator, person, UUID(int=7), kind=kind, status=404)
