"""A network that begins to decide has three members of different owners; who shares one is shown."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from puumerkki.access.roles import Role
from puumerkki.networks.models.networks import MemberState, Network, NetworkState
from puumerkki.organisations.models.organisations import Organisation, OrganisationState
from tests.factories import Client, World
from tests.networks.owners import three_owners


async def _network(world: World, state: NetworkState = NetworkState.forming, **more: Any) -> tuple[Network, Client]:
    network = await world.network(state=state, **more)
    await world.rulebook(network)
    return network, await world.person((Role.coordinator, network.id))


async def _run(world: World, network: Network, *owners: Client, role: Role = Role.owner) -> Organisation:
    """A member that these people run."""
    organisation = await world.organisation(f"Jäsen {len(owners)} ry")
    for one in owners:
        assert one.id is not None
        await world.grant(one.id, role, organisation.id)
    await world.member(network, organisation)
    return organisation


async def _activate(network: Network, lead: Client) -> httpx.Response:
    return await lead.post(f"/networks/{network.id}/activate", if_match=network.version)


async def test_two_owners_do_not_begin_to_give_the_puumerkki(world: World) -> None:
    network, lead = await _network(world)
    first, second, third = [await world.person() for _ in range(3)]
    for owners in ((first,), (first, second), (second,)):
        await _run(world, network, *owners)
    alone = await _run(world, network)
    answer = await _activate(network, lead)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "three_owners_needed"), "one shares with both others"
    assert (problem["counted"], problem["needed"], len(problem["together"])) == (1, 3, 2)
    members = (await lead.get(f"/networks/{network.id}/members")).json()["items"]
    [unowned] = [one["id"] for one in members if one["organisation_id"] == str(alone.id)]
    assert problem["without_owner"] == [unowned]
    await _run(world, network, third)
    assert (await _activate(network, lead)).json()["counted"] == 2
    await _run(world, network, await world.person())
    assert (await _activate(network, lead)).json()["state"] == "active"


async def test_a_signatory_in_common_counts_too_whatever_the_rulebook_says_of_votes(world: World) -> None:
    network, lead = await _network(world)
    await world.rulebook(network, shared_owners_apart=True)
    signs = await world.person()
    for _ in range(3):
        organisation = await _run(world, network, await world.person())
        assert signs.id is not None
        await world.grant(signs.id, Role.signatory, organisation.id)
    assert (await _activate(network, lead)).json()["counted"] == 1


@pytest.mark.parametrize("gone", ["left", "archived", "invited"])
async def test_who_is_no_member_does_not_count(world: World, gone: str) -> None:
    network, lead = await _network(world)
    members = await three_owners(world, network)
    if gone == "archived":
        organisation = await world.session.get_one(Organisation, members[0].organisation_id)
        organisation.state = OrganisationState.archived
    else:
        members[0].state = MemberState(gone)
    await world.session.flush()
    assert (await _activate(network, lead)).json()["counted"] == 2


async def test_a_network_that_advises_is_not_concerned_until_it_would_decide(world: World) -> None:
    network, lead = await _network(world, decides=False)
    await _run(world, network, await world.person())
    assert (await _activate(network, lead)).json()["state"] == "active"
    path, decides = f"/networks/{network.id}", {"decides": True}
    for state in (NetworkState.active, NetworkState.dormant):
        network.state = state
        await world.session.flush()
        answer = await lead.patch(path, decides, if_match=network.version)
        assert (answer.status_code, answer.json()["code"]) == (409, "three_owners_needed"), state
    await three_owners(world, network)
    assert (await lead.patch(path, decides, if_match=network.version)).json()["decides"] is True


async def test_two_members_that_decided_before_go_on(world: World) -> None:
    network, lead = await _network(world, NetworkState.dormant)
    await _run(world, network, await world.person())
    assert (await _activate(network, lead)).json()["state"] == "active"
    await world.session.refresh(network)
    changed = await lead.patch(f"/networks/{network.id}", {"decides": True}, if_match=network.version)
    assert changed.status_code == 200, changed.text


async def test_who_shares_an_owner_is_shown_and_not_through_whom(world: World) -> None:
    network, lead = await _network(world, NetworkState.active)
    both = await world.person(name="Kahden Pääkäyttäjä")
    one, other = await _run(world, network, both), await _run(world, network, both, role=Role.signatory)
    third = await _run(world, network, await world.person())
    asking = await world.organisation("Pyrkivä ry")
    assert both.id is not None
    await world.grant(both.id, Role.owner, asking.id)
    await world.member(network, asking, state=MemberState.requested)
    answer = await lead.get(f"/networks/{network.id}/members")
    shown = {UUID(each["organisation_id"]): each for each in answer.json()["items"]}

    def with_whom(of: Organisation) -> set[str]:
        return {each["organisation_id"] for each in shown[of.id]["shares_with"]}

    assert (with_whom(one), with_whom(other), with_whom(third)) == ({str(other.id)}, {str(one.id)}, set())
    assert with_whom(asking) == {str(one.id), str(other.id)}, "seen before it is admitted"
    assert (both.id.hex not in answer.text.replace("-", "")) and "Kahden" not in answer.text
    single = await lead.get(f"/networks/{network.id}/members/{shown[one.id]['id']}")
    assert single.json()["shares_with"] == shown[one.id]["shares_with"]
