"""A host is asked, told once, and answers; until then a group's word binds nobody."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.organisations.models.organisations import Contact, LegalForm, Organisation, Sector
from puumerkki.organisations.queries import host_tasks
from tests.factories import Client, World
from tests.tasks import tasks_of

SUBJECT = "Pyyntö ryhmän taustaorganisaatioksi: Asukasporukka"


async def mails(world: World, recipient: str) -> list[str]:
    told = select(OutboxMessage).where(col(OutboxMessage.recipient) == recipient).order_by(col(OutboxMessage.id))
    found = await world.session.exec(told)
    return [one.subject for one in found.all()]


def address(caller: Client) -> str:
    assert caller.id is not None
    return f"{caller.id.hex}@example.org"


async def tasks(world: World, caller: Client) -> list[Any]:
    found = await tasks_of(world.session, caller.id, host_tasks.TASKS[:1])
    return [(row.kind, row.subject_id, row.organisation_id) for row in found]


async def group_of(world: World) -> tuple[Organisation, Client]:
    group = await world.organisation("Asukasporukka", sector=Sector.residents, legal_form=LegalForm.unregistered_group)
    return group, await world.person((Role.owner, group.id))


async def names(founder: Client, group: Organisation, host: Organisation, **more: str) -> dict[str, Any]:
    answer = await founder.post(
        f"/organisations/{group.id}/relations", {"other_id": str(host.id), "kind": "host", **more}
    )
    assert answer.status_code == 201, answer.text
    return answer.json()  # type: ignore[no-any-return]


async def types(world: World, organisation: Organisation) -> list[str]:
    found = (await world.nobody.get(f"/organisations/{organisation.id}/events")).json()["items"]
    return [one["type"].removeprefix("organisation.relation_") for one in found]


async def test_a_host_is_asked_and_accepts(world: World) -> None:
    host = await world.organisation("Isäntä ry")
    owner, viewer = await world.person((Role.owner, host.id)), await world.person((Role.viewer, host.id))
    group, founder = await group_of(world)
    asked = await names(founder, group, host)
    assert asked["accepted_at"] is None
    assert await mails(world, address(owner)) == [SUBJECT]
    assert await tasks(world, owner) == [("host_to_answer", group.id, host.id)]
    assert await tasks(world, viewer) == await tasks(world, founder) == []
    [shown] = (await owner.get("/tasks?kind=host_to_answer")).json()["items"]
    assert (shown["title"], shown["organisation_names"]) == (group.names, host.names)
    path = f"/organisations/{group.id}/relations/{asked['id']}"
    machine = await world.service(Role.owner, host)
    for caller in (founder, viewer, machine):
        assert (await caller.post(f"{path}/accept", if_match=1)).status_code == 403
    accepted = await owner.post(f"{path}/accept", if_match=1)
    assert accepted.json()["accepted_at"] is not None
    assert (await owner.post(f"{path}/accept", if_match=2)).headers["etag"] == '"2"', "once more changes nothing"
    assert await tasks(world, owner) == []
    assert await types(world, group) == await types(world, host) == ["accepted", "asked"]


async def test_a_host_says_no(world: World) -> None:
    host = await world.organisation("Isäntä ry")
    owner = await world.person((Role.owner, host.id))
    group, founder = await group_of(world)
    asked = await names(founder, group, host)
    for caller, where, seen in (
        (world.nobody, group, 1),
        (world.nobody, host, 0),
        (founder, host, 0),
        (owner, host, 1),
        (await world.operator(), host, 1),
    ):
        shown = (await caller.get(f"/organisations/{where.id}/relations")).json()["items"]
        assert len(shown) == seen, "nobody writes on another's page by a word of their own"
    assert (await owner.delete(f"/organisations/{host.id}/relations/{asked['id']}", if_match=1)).status_code == 204
    assert (await world.nobody.get(f"/organisations/{group.id}/relations")).json()["items"] == []
    assert await types(world, group) == await types(world, host) == ["refused", "asked"]


async def test_a_group_takes_back_what_nobody_accepted_and_writes_once(world: World) -> None:
    host = await world.organisation("Isäntä ry")
    world.session.add(Contact(organisation_id=host.id, name="Toimisto", email="toimisto@example.org"))
    await world.session.flush()
    group, founder = await group_of(world)
    for _ in range(3):
        asked = await names(founder, group, host)
        path = f"/organisations/{group.id}/relations/{asked['id']}"
        assert (await founder.patch(path, {"ends_on": "2199-12-31"}, if_match=1)).status_code == 200
        assert (await founder.delete(path, if_match=2)).status_code == 204
    assert await mails(world, "toimisto@example.org") == [SUBJECT]
    assert (await types(world, group))[:3] == ["removed", "changed", "asked"]
    with clock.fixed(clock.now() + timedelta(days=15)):
        await names(await world.again(founder), group, host)
    assert await mails(world, "toimisto@example.org") == [SUBJECT, SUBJECT]


async def test_who_speaks_for_both_accepts_at_once(world: World) -> None:
    host = await world.organisation("Isäntä ry")
    owner = await world.person((Role.owner, host.id))
    group, founder = await group_of(world)
    assert founder.id is not None
    await world.grant(founder.id, Role.owner, host.id)
    assert (await names(founder, group, host))["accepted_at"] is not None
    second, _ = await group_of(world)
    assert (await names(await world.operator(), second, host))["accepted_at"] is None, "operators bind nobody"
    third, _ = await group_of(world)
    machine = await world.service(Role.owner, host)
    assert machine.id is not None
    await world.grant(machine.id, Role.owner, third.id)
    assert (await names(machine, third, host))["accepted_at"] is None, "a machine says yes for nobody"
    assert await mails(world, address(owner)) == [SUBJECT, SUBJECT]


async def test_a_group_makes_its_host_answer_no_longer_than_it_accepted(world: World) -> None:
    host = await world.organisation("Isäntä ry")
    owner = await world.person((Role.owner, host.id))
    group, founder = await group_of(world)
    await founder.post(f"/organisations/{group.id}/contacts", {"name": "Aino", "phone": "+358401234567"})
    last = (clock.today() + timedelta(days=30)).isoformat()
    later = (clock.today() + timedelta(days=60)).isoformat()
    asked = await names(founder, group, host, ends_on=last)
    path = f"/organisations/{group.id}/relations/{asked['id']}"
    assert (await owner.post(f"{path}/accept", if_match=1)).status_code == 200
    for longer in (later, None):
        refused = await founder.patch(path, {"ends_on": longer}, if_match=2)
        assert (refused.status_code, refused.json()["code"]) == (409, "host_agreed_until")
    assert (await owner.patch(path, {"ends_on": later}, if_match=2)).status_code == 200
    assert (await founder.patch(path, {"ends_on": last}, if_match=3)).status_code == 200
    assert (await owner.delete(path, if_match=4)).status_code == 204
    assert (await founder.patch(path, {"ends_on": None}, if_match=5)).json()["code"] == "host_agreed_until"


async def test_what_has_ended_is_accepted_no_more(world: World) -> None:
    host = await world.organisation("Isäntä ry")
    owner = await world.person((Role.owner, host.id))
    group, founder = await group_of(world)
    asked = await names(founder, group, host, ends_on=clock.today().isoformat())
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert await tasks(world, owner) == []
        path = f"/organisations/{group.id}/relations/{asked['id']}/accept"
        refused = await (await world.again(owner)).post(path, if_match=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "relation_over")


async def test_the_last_contact_stays_while_the_host_is_only_asked(world: World) -> None:
    host = await world.organisation("Isäntä ry")
    group, founder = await group_of(world)
    contacts = f"/organisations/{group.id}/contacts"
    contact = (await founder.post(contacts, {"name": "Aino", "phone": "+358401234567"})).json()
    await names(founder, group, host)
    gone = await founder.delete(f"{contacts}/{contact['id']}", if_match=1)
    assert (gone.status_code, gone.json()["code"]) == (409, "host_or_contact_needed")


async def test_only_a_host_can_be_asked(world: World) -> None:
    union = await world.organisation("Liitto ry")
    local = await world.organisation("Paikallisyhdistys ry")
    owner = await world.person((Role.owner, local.id))
    made = await owner.post(f"/organisations/{local.id}/relations", {"other_id": str(union.id), "kind": "umbrella"})
    assert made.json()["accepted_at"] is not None
    accepting = await owner.post(f"/organisations/{local.id}/relations/{made.json()['id']}/accept", if_match=1)
    assert accepting.status_code == 403
    with pytest.raises(DBAPIError, match="ck_organisation_relation_accepted"):
        await (await world.session.connection()).execute(text("update organisation_relation set accepted_at = null"))
