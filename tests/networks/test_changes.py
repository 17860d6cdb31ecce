"""A network that an authority's policy names tells it before it stops deciding, rests or closes."""

from datetime import timedelta
from typing import Any

import pytest

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import Network
from puumerkki.networks.queries import electorate
from puumerkki.networks.service.decision_votes import decide_due
from puumerkki.organisations.models.organisations import Organisation, Sector
from puumerkki.partnerships.models.gate import GatePolicy
from tests.factories import Client, World
from tests.network_decisions import representative

NOTICE = {"reason": "Rahoitus loppuu."}


async def _scene(world: World, *, policies: int = 1) -> tuple[Network, Client, list[tuple[Organisation, Client]]]:
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


async def _decide(world: World, lead: Client, network: Network, change: str, *, days: int = 30) -> Any:
    """Whoever leads proposes it, a second person confirms it; the decision, or the refusal of the proposal."""
    path = f"/networks/{network.id}/decisions"
    [member] = await electorate(world.session, network.id)
    second = await representative(world, network, member.organisation_id)
    given: dict[str, Any] = {"kind": change, "way": "second_person", "reason": NOTICE["reason"]}
    if change != "stop_deciding":
        given["on_day"] = (clock.today() + timedelta(days=days)).isoformat()
    made = await lead.post(path, given)
    if made.status_code != 201:
        return made.json()
    confirmed = await second.post(f"{path}/{made.json()['id']}/confirm", if_match=made.json()["version"])
    assert confirmed.status_code == 200, confirmed.text
    return confirmed.json()


async def _state(lead: Client, network: Network, decision: Any) -> tuple[str, str | None]:
    seen = (await lead.get(f"/networks/{network.id}/decisions/{decision['id']}")).json()
    return seen["state"], seen["possible_on"]


async def _announce(lead: Client, network: Network, change: str) -> Any:
    path = f"/networks/{network.id}"
    version = (await lead.get(path)).json()["version"]
    return await lead.post(f"{path}/changes", NOTICE | {"change": change}, if_match=version)


@pytest.mark.parametrize("change", ["stop_deciding", "rest", "close"])
async def test_it_is_told_answered_and_then_done(world: World, change: str) -> None:
    network, lead, [(city, decider), (other, also)] = await _scene(world, policies=2)
    day = (clock.today() + timedelta(days=30)).isoformat()
    if change != "stop_deciding":
        early = await _decide(world, lead, network, change, days=29)
        assert early["errors"][0]["code"] == "too_soon", "nobody was told yet"
    decided = await _decide(world, lead, network, change)
    assert (decided["state"], decided["possible_on"]) == ("adopted", day)
    [shown] = (await lead.get(f"/networks/{network.id}")).json()["changes"]
    assert (shown["change"], shown["reason"], shown["possible_on"]) == (change, NOTICE["reason"], day)
    for one in (decider, also):
        task = (await one.get("/tasks?kind=network_change_to_answer")).json()["items"]
        assert [(each["subject"]["id"], each["due_on"]) for each in task] == [(str(network.id), day)]
    answers = f"/networks/{network.id}/changes/{change}/answers"
    assert (await lead.put(f"{answers}/{city.id}", {})).status_code == 403
    assert (await decider.put(f"{answers}/{other.id}", {})).status_code == 403
    assert (await decider.put(f"{answers}/{city.id}", {"answer": "Selvä."})).status_code == 200
    assert (await decider.get("/tasks?kind=network_change_to_answer")).json()["items"] == []
    await decide_due(world.session)
    assert await _state(lead, network, decided) == ("adopted", day)
    assert (await also.put(f"{answers}/{other.id}", {})).status_code == 200
    await decide_due(world.session)
    waits = "done" if change == "stop_deciding" else "adopted"
    assert await _state(lead, network, decided) == (waits, None), "resting and closing wait for their day"
    with clock.fixed(clock.now() + timedelta(days=30)):
        await decide_due(world.session)
    assert await _state(lead, network, decided) == ("done", None)
    assert (await lead.get(f"/networks/{network.id}")).json()["changes"] == []


async def test_what_was_announced_and_answered_before_needs_no_further_days(world: World) -> None:
    network, lead, [(city, decider)] = await _scene(world)
    assert (await _announce(lead, network, "rest")).status_code == 201
    assert (await _announce(lead, network, "rest")).json()["code"] == "change_announced"
    await decider.put(f"/networks/{network.id}/changes/rest/answers/{city.id}", {})
    assert (await _decide(world, lead, network, "rest", days=0))["state"] == "done"


async def test_after_thirty_days_it_is_done_unanswered(world: World) -> None:
    network, lead, _ = await _scene(world)
    decided = await _decide(world, lead, network, "rest")
    for days, state in ((29, "active"), (30, "dormant")):
        with clock.fixed(clock.now() + timedelta(days=days)):
            await decide_due(world.session)
        assert (await lead.get(f"/networks/{network.id}")).json()["state"] == state
    assert (await _state(lead, network, decided))[0] == "done"


async def test_who_names_it_since_is_told_too_and_has_its_days(world: World) -> None:
    network, lead, [(city, decider)] = await _scene(world)
    decided = await _decide(world, lead, network, "close")
    await decider.put(f"/networks/{network.id}/changes/close/answers/{city.id}", {})
    county = await world.organisation("Hyvinvointialue", sector=Sector.wellbeing_county)
    with clock.fixed(clock.now() + timedelta(days=20)):
        world.session.add(
            GatePolicy(
                authority_id=county.id, network_ids=[network.id], starts_on=clock.today(), published_at=clock.now()
            )
        )
        await world.session.flush()
        await decide_due(world.session)
    with clock.fixed(clock.now() + timedelta(days=30)):
        await decide_due(world.session)
    assert (await _state(lead, network, decided))[0] == "adopted"
    with clock.fixed(clock.now() + timedelta(days=50)):
        await decide_due(world.session)
    assert (await _state(lead, network, decided))[0] == "done"


async def test_what_was_announced_can_be_given_up(world: World) -> None:
    network, lead, _ = await _scene(world)
    await _announce(lead, network, "rest")
    dropped = await lead.post(f"/networks/{network.id}/changes/rest/drop")
    assert dropped.json()["changes"] == []
    assert (await lead.post(f"/networks/{network.id}/changes/rest/drop")).status_code == 404


async def test_nobody_relies_on_it(world: World) -> None:
    network, lead, _ = await _scene(world, policies=0)
    assert (await _announce(lead, network, "rest")).json()["code"] == "nothing_to_announce"
    assert (await _decide(world, lead, network, "rest", days=0))["state"] == "done"


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
