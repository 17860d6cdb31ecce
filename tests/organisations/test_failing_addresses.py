"""Whose address fails is known to those who can ask its holder to correct it, and to nobody else."""

from datetime import timedelta
from typing import Any

from puumerkki.access.roles import Role
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.mail import confirm_address
from puumerkki.kernel.mail.models import MailAddress
from tests.factories import Client, World


async def kinds(caller: Client) -> list[dict[str, Any]]:
    items: list[Any] = (await caller.get("/tasks")).json()["items"]
    return [one for one in items if one["kind"] == "address_to_correct"]


async def failed(caller: Client, organisation: Any) -> list[str | None]:
    answer = await caller.get(f"/organisations/{organisation.id}/people")
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["items"] if one["mail_failed_at"] is not None]


async def test_who_manages_people_sees_it_and_is_asked_until_it_is_corrected(world: World) -> None:
    association, other = await world.organisation("Kylä ry"), await world.organisation("Muu ry")
    owner = await world.person((Role.owner, association.id))
    viewer = await world.person((Role.viewer, association.id))
    outsider = await world.person((Role.owner, other.id))
    editor = await world.person((Role.editor, association.id), name="Sirkka Sitkeä")
    second = await world.person((Role.editor, association.id), name="Toini Toinen")
    assert await kinds(owner) == [] and await failed(owner, association) == []
    emails = [(await world.session.get_one(User, one.person_id)).email for one in (editor, second)]
    world.session.add_all(MailAddress(address=one, failed_at=clock.now()) for one in emails)
    await world.session.flush()

    assert sorted(str(one) for one in await failed(owner, association)) == ["Sirkka Sitkeä", "Toini Toinen"]
    assert await failed(viewer, association) == []
    [task] = await kinds(owner)
    assert task["subject"] == {"kind": "organisation", "id": str(association.id)}
    assert task["due_on"] == (clock.today() + timedelta(days=14)).isoformat()
    assert "Sirkka" not in str(task)
    for one in (viewer, outsider, editor):
        assert await kinds(one) == []

    await confirm_address(world.session, emails[0])
    await world.session.flush()
    assert len(await kinds(owner)) == 1
    await confirm_address(world.session, emails[1])
    await world.session.flush()
    assert await kinds(owner) == [] and await failed(owner, association) == []
