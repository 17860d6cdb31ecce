"""A network that an authority's policy names tells it before it stops deciding, rests or closes."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from puumerkki.access.roles import Role
from puumerkki.funding.models import GatePolicy
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.networks.models import Network
from puumerkki.organisations.models import Organisation, Sector
from tests.world import Caller, World

NOTICE = {"reason": "Rahoitus loppuu."}


async def _scene(world: World, *, policies: int = 1) -> tuple[Network, Caller, list[tuple[Organisation, Caller]]]:
    network = await world.network()
    await world.member(network, await world.organisation())
    lead = await world.person((Role.coordinator, network.id))
    authorities = []
    for place in range(policies):
        city = await world.organisation(f"Kaupunki {place}", sector=Sector.municipality)
        authorities.append((city, await world.person((Role.decider, city.id))))
        world.session.add(
            GatePolicy(
                authority_id=city.id, network_ids=[network.id], starts_on=clock.today(), published_at=clock.now()
            )
        )
    await world.session.flush()
    return network, lead, authorities


async def _change(lead: Caller, network: Network, change: str) -> Any:
    path = f"/networks/{network.id}"
    version = (await lead.get(path)).json()["version"]
    if change == "stop_deciding":
        return await lead.patch(path, {"decides": False}, if_match=version)
    return await lead.post(f"{path}/{change}", if_match=version)


async def _announce(lead: Caller, network: Network, change: str) -> Any:
    path = f"/networks/{network.id}"
    version = (await lead.get(path)).json()["version"]
    return await lead.post(f"{path}/changes", NOTICE | {"change": change}, if_match=version)


@pytest.mark.parametrize("change", ["stop_deciding", "rest", "close"])
async def test_it_is_told_answered_and_then_possible(world: World, change: str) -> None:
    network, lead, [(city, decider), (other, also)] = await _scene(world, policies=2)
    assert (await _change(lead, network, change)).json()["code"] == "authorities_not_told"
    announced = await _announce(lead, network, change)
    assert announced.status_code == 201, announced.text
    [shown] = announced.json()["changes"]
    day = (clock.today() + timedelta(days=30)).isoformat()
    assert (shown["change"], shown["reason"], shown["possible_on"]) == (change, NOTICE["reason"], day)
    assert (await _announce(lead, network, change)).json()["code"] == "change_announced"
    for one in (decider, also):
        task = (await one.get("/tasks?kind=network_change_to_answer")).json()["items"]
        assert [(each["subject"]["id"], each["due_on"]) for each in task] == [(str(network.id), day)]
    assert len((await world.session.exec(select(OutboxMessage.id))).all()) == 2
    waits = await _change(lead, network, change)
    assert (waits.json()["code"], waits.json()["possible_on"]) == ("authorities_not_answered", day)

    answers = f"/networks/{network.id}/changes/{change}/answers"
    assert (await lead.put(f"{answers}/{city.id}", {})).status_code == 403
    assert (await decider.put(f"{answers}/{other.id}", {})).status_code == 403
    assert (await decider.put(f"{answers}/{city.id}", {"answer": "Selvä."})).status_code == 200
    assert (await decider.get("/tasks?kind=network_change_to_answer")).json()["items"] == []
    assert (await _change(lead, network, change)).json()["code"] == "authorities_not_answered"
    assert (await also.put(f"{answers}/{other.id}", {})).status_code == 200
    done = await _change(lead, network, change)
    assert done.status_code == 200, done.text
    assert done.json()["changes"] == []


async def test_after_thirty_days_it_is_possible_unanswered(world: World) -> None:
    network, lead, _ = await _scene(world)
    await _announce(lead, network, "rest")
    with clock.fixed(clock.now() + timedelta(days=29)):
        assert (await _change(await world.again(lead), network, "rest")).status_code == 409
    with clock.fixed(clock.now() + timedelta(days=30)):
        assert (await _change(await world.again(lead), network, "close")).json()["code"] == "authorities_not_told"
        assert (await _change(await world.again(lead), network, "rest")).status_code == 200


async def test_who_names_it_since_is_told_too(world: World) -> None:
    network, lead, [(city, decider)] = await _scene(world)
    await _announce(lead, network, "close")
    await decider.put(f"/networks/{network.id}/changes/close/answers/{city.id}", {})
    county = await world.organisation("Hyvinvointialue", sector=Sector.wellbeing_county)
    world.session.add(
        GatePolicy(
            authority_id=county.id,
            network_ids=[network.id],
            starts_on=clock.today() + timedelta(days=20),
            published_at=clock.now(),
        )
    )
    await world.session.flush()
    assert (await _change(lead, network, "close")).json()["code"] == "authorities_not_told"
    assert (await _announce(lead, network, "close")).status_code == 201
    assert (await _change(lead, network, "close")).json()["code"] == "authorities_not_answered"


async def test_what_was_announced_can_be_given_up(world: World) -> None:
    network, lead, _ = await _scene(world)
    await _announce(lead, network, "rest")
    dropped = await lead.post(f"/networks/{network.id}/changes/rest/drop")
    assert dropped.json()["changes"] == []
    assert (await lead.post(f"/networks/{network.id}/changes/rest/drop")).status_code == 404
    assert (await _change(lead, network, "rest")).json()["code"] == "authorities_not_told"


async def test_nobody_relies_on_it(world: World) -> None:
    network, lead, _ = await _scene(world, policies=0)
    assert (await _announce(lead, network, "rest")).json()["code"] == "nothing_to_announce"
    assert (await _change(lead, network, "rest")).status_code == 200


async def test_a_policy_that_nobody_can_meet_says_so(world: World) -> None:
    network, lead, [(city, _)] = await _scene(world)
    path = f"/gate-policies?authority={city.id}"
    for state, decides, cannot in (
        ("active", True, None),
        ("dormant", True, "not_active"),
        ("active", False, "advises"),
    ):
        network.state, network.decides = state, decides  # type: ignore[assignment]
        await world.session.flush()
        [policy] = (await lead.get(path)).json()["items"]
        assert (policy["meetable"], policy["networks"][0]["cannot"]) == (cannot is None, cannot)
