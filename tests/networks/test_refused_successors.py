"""By the way of a member that it has, a network takes in nobody whom it refused, and nobody's own."""

from typing import Any

import pytest

from puumerkki.access.roles import Role
from puumerkki.networks import queries
from tests.archiving import succeeded
from tests.factories import World
from tests.personas import Cast, make_cast


async def _of(cast: Cast, organisation_id: object) -> dict[str, Any]:
    members = f"/networks/{cast.network.id}/members"
    found = (await cast["coordinator"].get(members)).json()["items"]
    [id_] = [one["id"] for one in found if one["organisation_id"] == str(organisation_id)]
    return dict((await cast["coordinator"].get(f"{members}/{id_}")).json())


@pytest.mark.parametrize("how", ["refused", "requested", "own"])
async def test_a_successor_that_is_not_taken_in_by_itself_is_proposed(world: World, how: str) -> None:
    """Attack G9: the refused took a member's place, with its vote, by the member's archiving."""
    cast = await make_cast(world)
    lead, new = cast["coordinator"], await world.organisation("Torjuttu ry")
    owner = await world.person((Role.owner, new.id))
    members = f"/networks/{cast.network.id}/members"
    if how == "own":
        assert lead.id is not None
        await world.grant(lead.id, Role.viewer, new.id)
    else:
        asked = (await owner.post(members, {"organisation_id": str(new.id)})).json()
        if how == "refused":
            no = await lead.post(f"{members}/{asked['id']}/refuse", if_match=asked["version"])
            assert no.json()["state"] == "refused", no.text
    await succeeded(world, cast.association, new)
    member = await _of(cast, new.id)
    assert (member["state"], member["proposal"]["kind"]) == ("requested", "admit")
    electors = await queries.electorate(world.session, cast.network.id)
    assert new.id not in {one.organisation_id for one in electors}
    shown = (await cast["deputy"].get("/tasks?kind=member_proposal_to_confirm")).json()["items"]
    assert [one["subject"]["id"] for one in shown] == [member["id"]]
    done = await cast["deputy"].post(f"{members}/{member['id']}/proposal/confirm", if_match=member["version"])
    assert (done.status_code, done.json()["state"], done.json()["votes"]) == (200, "active", True), done.text


async def test_what_a_second_person_let_drop_is_refused_for_good(world: World) -> None:
    cast = await make_cast(world)
    new = await world.organisation("Torjuttu ry")
    owner = await world.person((Role.owner, new.id))
    members = f"/networks/{cast.network.id}/members"
    await owner.post(members, {"organisation_id": str(new.id)})
    await succeeded(world, cast.association, new)
    member = await _of(cast, new.id)
    dropped = await cast["deputy"].post(f"{members}/{member['id']}/proposal/drop", if_match=member["version"])
    assert (dropped.json()["state"], dropped.json()["proposal"]) == ("requested", None), dropped.text
    refused = await cast["coordinator"].post(f"{members}/{member['id']}/refuse", if_match=dropped.json()["version"])
    assert refused.json()["state"] == "refused", refused.text
