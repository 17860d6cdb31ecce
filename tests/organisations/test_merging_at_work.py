"""An organisation in the middle of its work is merged: what was agreed and decided stays true, and all comes back."""

import pytest

from puumerkki.kernel.db import driver_connection
from puumerkki.wiring.invariants import broken
from tests.archiving import act
from tests.factories import World
from tests.organisations.test_merging import merge, rows
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import in_force
from tests.valid_requests.handlings import endorsed


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


async def test_agreements_and_endorsements_go_with_who_is_merged_and_come_back(cast: Cast) -> None:
    await in_force(cast)
    await endorsed(cast)
    world, twin = cast.world, cast.association
    into, operator = await world.organisation("Sama ry"), await world.operator()
    before = await rows(world)
    assert (await merge(operator, twin, into)).status_code == 200
    moved = await rows(world)
    assert [one for one in moved["endorsement"] if one not in before["endorsement"]] == [], "what is sealed is kept"
    assert {one["applicant_id"] for one in moved["application"]} == {str(into.id)}
    assert await broken(await driver_connection(world.session)) == []
    assert (await act(operator, twin.id, "merge/undo")).status_code == 200
    after = await rows(world)
    differ = {name for name in after if after[name] != before[name]}
    assert differ == {"network_member"}, "the one that remains was a member for a while"
    assert [one for one in before["network_member"] if one not in after["network_member"]] == []
    assert await broken(await driver_connection(world.session)) == []
