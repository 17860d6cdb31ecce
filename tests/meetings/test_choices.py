"""Whom a meeting chose as chair or secretary: two members of different organisations say so."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, update

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.meetings.models import Meeting, MeetingKind, MeetingState
from tests.factories import Client, World
from tests.handlings.scene import earlier_today


async def test_two_members_confirm_whom_the_meeting_chose(world: World) -> None:
    network = await world.network()
    organisations = [await world.organisation(f"Jäsen {place} ry") for place in range(3)]
    for one in organisations:
        await world.member(network, one)
    representatives = [await world.person((Role.representative, network.id, one.id)) for one in organisations]
    lead = await world.person((Role.coordinator, network.id), (Role.editor, organisations[0].id))
    chair = await world.person((Role.chair, network.id), name="Pauli")
    planned = Meeting(
        network_id=network.id,
        kind=MeetingKind.meeting,
        state=MeetingState.planned,
        title="Vuosikokous",
        starts_at=clock.now(),
        place="Tuira",
    )
    world.session.add(planned)
    await world.session.flush()
    path = f"/meetings/{planned.id}/role-choices"
    given = {"role": "chair", "principal_id": str(chair.id)}
    assert (await lead.post(path, given)).json()["code"] == "meeting_not_held"
    planned.state = MeetingState.held
    await world.session.flush()
    assert (await representatives[1].post(path, given)).status_code == 403
    for _ in range(2):
        recorded = await lead.post(path, given)
        assert recorded.status_code == 201, recorded.text
    [choice] = recorded.json()["role_choices"]
    assert (choice["name"], choice["confirmed_at"], choice["may_confirm"]) == ("Pauli", None, False)
    officers = f"/networks/{network.id}/officers"

    async def chosen_by() -> str | None:
        items = (await lead.get(officers)).json()["items"]
        found: str | None = next(one["chosen_by"] for one in items if one["role"] == "chair")
        return found

    async def asked(place: int) -> int:
        return len((await representatives[place].get("/tasks?kind=role_choice_to_confirm")).json()["items"])

    confirm = f"{path}/{choice['id']}/confirm"
    assert [await asked(place) for place in range(3)] == [0, 1, 1]
    of_the_coordinators = await representatives[0].post(confirm)
    assert (of_the_coordinators.status_code, of_the_coordinators.json()["code"]) == (409, "not_confirmer")
    assert (await lead.post(confirm)).status_code == 403
    assert (await representatives[1].post(confirm)).status_code == 200
    assert (await representatives[1].post(confirm)).json()["code"] == "not_confirmer"
    assert await chosen_by() is None
    done = await representatives[2].post(confirm)
    assert done.json()["role_choices"][0]["confirmed_at"] is not None
    assert (await chosen_by(), await asked(1)) == ("meeting", 0)
    assert (await representatives[2].post(confirm)).json()["code"] == "choice_confirmed"


@pytest.mark.parametrize("how", ["left", "declared", "made", "voiced"])
async def test_who_was_of_the_coordinators_side_confirms_no_choice(world: World, how: str) -> None:
    network = await world.network()
    organisation = await world.organisation("Jäsen ry")
    await world.member(network, organisation)
    representative = await world.person((Role.representative, network.id, organisation.id))
    lead = await world.person((Role.coordinator, network.id))
    chair = await world.person((Role.chair, network.id))
    meeting = Meeting(
        network_id=network.id,
        kind=MeetingKind.meeting,
        state=MeetingState.held,
        title="Vuosikokous",
        starts_at=clock.now(),
        place="Tuira",
    )
    world.session.add(meeting)
    await world.session.flush()
    lead = await _of_one_side(world, how, lead, representative, organisation.id)
    path = f"/meetings/{meeting.id}/role-choices"
    recorded = await lead.post(path, {"role": "chair", "principal_id": str(chair.id)})
    [choice] = recorded.json()["role_choices"]
    answer = await representative.post(f"{path}/{choice['id']}/confirm")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_confirmer")


async def _of_one_side(world: World, how: str, lead: Client, representative: Client, organisation: UUID) -> Client:
    assert lead.id is not None
    if how == "left":
        await world.grant(lead.id, Role.viewer, organisation)
        lead = await world.again(lead)
        left = await lead.delete(f"/organisations/{organisation}/people/{lead.id}")
        assert left.status_code == 204, left.text
    elif how == "declared":
        assert (await lead.put(f"/affiliations/{organisation}", {"kinds": ["board_member"]})).status_code == 204
    elif how == "made":
        (await world.session.get_one(User, representative.id)).invited_by = lead.id
    else:
        grants = update(RoleGrant).where(col(RoleGrant.principal_id) == representative.id)
        await world.session.exec(grants.values(granted_by=lead.id))
    await world.session.flush()
    return await world.again(lead)


async def _held(world: World, network_id: UUID) -> Meeting:
    made = Meeting(
        network_id=network_id,
        kind=MeetingKind.meeting,
        state=MeetingState.held,
        title="Vuosikokous",
        starts_at=earlier_today(),
        place="Tuira",
    )
    world.session.add(made)
    await world.session.flush()
    return made


async def test_who_led_since_the_meeting_is_of_the_coordinators_side(world: World) -> None:
    network = await world.network()
    own = [await world.organisation(f"Oma {place} ry") for place in range(2)]
    for member in own:
        await world.member(network, member)
    lead = await world.person((Role.coordinator, network.id), *[(Role.owner, one.id) for one in own])
    heir, friend = await world.person(), await world.person()
    secretary = await world.person((Role.secretary, network.id))
    representatives = [await world.person((Role.representative, network.id, one.id)) for one in own]
    meeting = await _held(world, network.id)
    path, officers = f"/meetings/{meeting.id}/role-choices", f"/networks/{network.id}/officers/coordinator"
    recorded = await secretary.post(path, {"role": "chair", "principal_id": str(friend.id)})
    confirm = f"{path}/{recorded.json()['role_choices'][0]['id']}/confirm"
    for step in ("while leading", "after handing over"):
        for one in representatives:
            refused = await one.post(confirm)
            assert (refused.status_code, refused.json()["code"]) == (409, "not_confirmer"), step
        version = (await lead.get(f"/networks/{network.id}")).json()["version"]
        if step == "while leading":
            assert (await lead.put(f"{officers}/{heir.id}", if_match=version)).status_code == 204
            version = (await lead.get(f"/networks/{network.id}")).json()["version"]
            assert (await lead.delete(f"{officers}/{lead.id}", if_match=version)).status_code == 204


async def test_two_that_share_an_owner_are_one_member_there(world: World) -> None:
    network = await world.network()
    members = [await world.organisation(f"Jäsen {place} ry") for place in range(3)]
    for one in members:
        await world.member(network, one)
    await world.person((Role.owner, members[0].id), (Role.signatory, members[1].id))
    representatives = [await world.person((Role.representative, network.id, one.id)) for one in members]
    lead, friend = await world.person((Role.coordinator, network.id)), await world.person()
    meeting = await _held(world, network.id)
    path = f"/meetings/{meeting.id}/role-choices"
    recorded = await lead.post(path, {"role": "chair", "principal_id": str(friend.id)})
    confirm = f"{path}/{recorded.json()['role_choices'][0]['id']}/confirm"
    assert (await representatives[0].post(confirm)).status_code == 200
    assert (await representatives[1].post(confirm)).json()["code"] == "not_confirmer"
    done = await representatives[2].post(confirm)
    assert done.json()["role_choices"][0]["confirmed_at"] is not None


async def test_what_an_older_meeting_chose_does_not_undo_a_later_choice(world: World) -> None:
    network = await world.network()
    organisations = [await world.organisation(f"Jäsen {place} ry") for place in range(4)]
    for one in organisations:
        await world.member(network, one)
    representatives = [await world.person((Role.representative, network.id, one.id)) for one in organisations]
    lead = await world.person((Role.coordinator, network.id))
    first, second = [await world.person((Role.chair, network.id), name=name) for name in ("Pauli", "Anna")]
    choices = []
    for days, chosen in ((20, first), (2, second)):
        held = Meeting(
            network_id=network.id,
            kind=MeetingKind.meeting,
            state=MeetingState.held,
            title="Kokous",
            starts_at=clock.now() - timedelta(days=days),
            place="Tuira",
        )
        world.session.add(held)
        await world.session.flush()
        path = f"/meetings/{held.id}/role-choices"
        recorded = await lead.post(path, {"role": "chair", "principal_id": str(chosen.id)})
        assert recorded.status_code == 201, recorded.text
        choices.append(f"{path}/{recorded.json()['role_choices'][0]['id']}/confirm")
    for who in representatives[:2]:
        assert (await who.post(choices[1])).status_code == 200
    for who in representatives[2:]:
        refused = await who.post(choices[0])
        assert (refused.status_code, refused.json()["code"]) == (409, "choice_overrun"), refused.text
