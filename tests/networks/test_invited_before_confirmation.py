"""An organisation that nobody has confirmed answers no network yet: the task opens once it can be done."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.networks.models.networks import MemberState
from puumerkki.networks.queries.tasks import TASKS
from puumerkki.notifications.service.following import sweep
from tests.factories import CONFIRMED, OULU, UNCONFIRMED, Client, World
from tests.notifications.people import follow_all, open_tasks
from tests.personas import Cast, make_cast
from tests.tasks import tasks_of


async def _invited(cast: Cast) -> tuple[dict[str, Any], Client]:
    """By name, as one that is not here yet; the member, and its administrator."""
    given = {
        "names": {"fi": "Rajakylän Porinapiiri ry"},
        "sector": "association",
        "legal_form": "registered_association",
        "home_municipality_code": OULU,
        "administrator": {"name": "Paula Perustaja", "email": "paula@example.org"},
    }
    made = await cast["coordinator"].post(f"/networks/{cast.network.id}/newcomers", given)
    assert made.status_code == 201, made.text
    member: dict[str, Any] = made.json()
    return member, await cast.world.person((Role.owner, member["organisation_id"]))


async def _kinds(world: World, caller: Client) -> list[tuple[str, Any]]:
    return [(one.kind, one.due_on) for one in await tasks_of(world.session, caller.id, TASKS)]


async def _invitations(caller: Client, member: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await caller.get(f"/organisations/{member['organisation_id']}/network-invitations")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_an_invitation_is_answered_once_the_organisation_is_confirmed(world: World) -> None:
    cast = await make_cast(world)
    assert await sweep(world.session)
    member, owner = await _invited(cast)
    await follow_all(world.session)
    assert await _kinds(world, owner) == []
    [shown] = await _invitations(owner, member)
    assert (shown["network_id"], shown["network_names"], shown["answer_by"]) == (
        str(cast.network.id),
        cast.network.names,
        None,
    )
    path = f"/networks/{cast.network.id}/members/{member['id']}/accept"
    refused = await owner.post(path, {}, if_match=member["version"])
    assert refused.json()["code"] == "organisation_unconfirmed"
    stands = (await owner.get(f"/organisations/{member['organisation_id']}/confirmation")).json()
    assert stands["confirm_by"] == str(clock.today() + timedelta(days=7))

    organisation = f"/organisations/{member['organisation_id']}"
    officer = await world.again(cast["officer"])
    tag = (await officer.get(organisation)).headers["etag"].strip('"')
    assert (await officer.post(f"{organisation}/confirm", if_match=tag)).status_code == 200
    month = clock.today() + timedelta(days=30)
    assert await _kinds(world, owner) == [("membership_invitation", month)]
    assert [one["answer_by"] for one in await _invitations(owner, member)] == [str(month)]
    await follow_all(world.session)
    opened = [one for one in await open_tasks(world.session) if one.kind == "membership_invitation"]
    assert [(str(one.subject_id), one.silent) for one in opened] == [(member["id"], False)]
    mailed = select(OutboxMessage).where(col(OutboxMessage.subject).startswith("Organisaatio on vahvistettu"))
    assert owner.id is not None
    letters = {one.recipient: one.body for one in (await world.session.exec(mailed)).all()}
    assert f"Kutsuun verkostoon voi nyt vastata: {cast.network.names['fi']}" in letters[f"{owner.id.hex}@example.org"]


async def test_an_invitation_is_known_to_the_network_and_to_the_invited_only(world: World) -> None:
    cast = await make_cast(world)
    member, owner = await _invited(cast)
    for caller in (owner, cast["coordinator"], cast["observer"]):
        assert len(await _invitations(caller, member)) == 1
    assert await _invitations(cast["outsider"], member) == []
    path = f"/organisations/{member['organisation_id']}/network-invitations"
    assert (await world.nobody.get(path)).status_code == 401


async def test_a_request_is_decided_on_once_the_organisation_is_confirmed(world: World) -> None:
    cast = await make_cast(world)
    new = await world.organisation("Uusi ry", **UNCONFIRMED)
    await world.member(cast.network, new, accepts=False, state=MemberState.requested)
    assert await _kinds(world, cast["coordinator"]) == []
    for name, value in CONFIRMED.items():
        setattr(new, name, value)
    await world.session.flush()
    fortnight = clock.today() + timedelta(days=14)
    assert await _kinds(world, cast["coordinator"]) == [("membership_request", fortnight)]
