"""What the database itself keeps of two persons: in the application's role, past the service."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from puumerkki.access.roles import Role
from puumerkki.access.service import revoke_role
from puumerkki.meetings.models import ChosenRole, Meeting, MeetingKind, MeetingState, RoleChoice
from tests.factories import World
from tests.handlings.scene import earlier_today, make_scene, recorded
from tests.personas import make_cast


async def _run(world: World, statement: str, **values: Any) -> None:
    connection = await world.session.connection()
    async with connection.begin_nested():
        await connection.execute(text(statement), values)


async def test_who_wrote_votes_down_does_not_confirm_them(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    path = f"{scene.path}/ballot/votes/{scene.members['a'].id}"
    assert (await scene.coordinator.put(path, {"choice": "for"} | recorded())).status_code == 200
    statement = "update ballot set recorded_confirmed_by = :person where handling_id = :handling"
    with pytest.raises(DBAPIError, match="does not confirm"):
        await _run(world, statement, person=scene.coordinator.id, handling=scene.handling_id)


async def test_who_recorded_a_choice_or_was_chosen_does_not_confirm_it(world: World) -> None:
    cast = await make_cast(world)
    meeting = Meeting(
        network_id=cast.network.id,
        kind=MeetingKind.meeting,
        state=MeetingState.held,
        title="Kokous",
        starts_at=earlier_today(),
        place="Tuira",
    )
    world.session.add(meeting)
    await world.session.flush()
    assert cast["secretary"].id is not None and cast["chair"].id is not None
    choice = RoleChoice(
        meeting_id=meeting.id,
        role=ChosenRole.chair,
        principal_id=cast["chair"].id,
        recorded_by=cast["secretary"].id,
    )
    world.session.add(choice)
    await world.session.flush()
    statement = (
        "insert into role_choice_confirmation (id, created_at, choice_id, member_id, confirmed_by)"
        " values (gen_random_uuid(), now(), :choice, :member, :person)"
    )
    for who in ("secretary", "chair"):
        with pytest.raises(DBAPIError, match="does not confirm"):
            await _run(world, statement, choice=choice.id, member=cast.neighbour_member.id, person=cast[who].id)


async def test_terms_of_office_are_kept(world: World) -> None:
    cast = await make_cast(world)
    lead = cast["coordinator"].id
    assert lead is not None
    await revoke_role(world.session, principal_id=lead, scope_id=cast.network.id, role=Role.coordinator)
    connection = await world.session.connection()
    terms = "select until_at is not null from office_term where network_id = :network and principal_id = :person"
    found = (await connection.execute(text(terms), {"network": cast.network.id, "person": lead})).scalars().all()
    assert found == [True]
    for statement in ("delete from office_term", "update office_term set from_at = from_at - interval '1 year'"):
        with pytest.raises(DBAPIError):
            await _run(world, statement)
