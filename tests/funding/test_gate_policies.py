"""Gate policies: who makes them, what they may say, and which arriving application they meet."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.funding.models import ApplicationNeed, FundingCall
from puumerkki.funding.queries.gate_policies import networks_asked
from puumerkki.funding.queries.partner_requests import mark_in_force
from puumerkki.kernel import clock
from puumerkki.kernel.text import sort_key
from puumerkki.needs.models import Need
from puumerkki.organisations.models import Organisation, Sector
from puumerkki.reference.models import Area, AreaKind, Classification, Scheme
from tests.funding.gate import mark, policy, scene
from tests.world import OULU, World


@pytest.fixture
def today() -> date:
    """Asked for by each test: a run may go over midnight."""
    return clock.today()


async def city_and_decider(world: World) -> tuple[Organisation, Any]:
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    return city, await world.person((Role.decider, city.id))


async def test_a_policy_from_making_to_its_end(world: World, today: date) -> None:
    city, decider = await city_and_decider(world)
    network = await world.network()
    given = {
        "authority_id": str(city.id),
        "network_ids": [str(network.id)],
        "target_groups": ["KR1.1"],
        "reason": {"fi": "Suunnitelmallista ja avointa."},
        "starts_on": str(today),
    }
    made = await decider.post("/gate-policies", given)
    assert made.status_code == 201, made.text
    path = made.headers["location"].removeprefix("/api/v1")
    named = made.json() | {
        "authority": {"id": str(city.id), "names": city.names},
        "networks": [{"id": str(network.id), "names": network.names}],
        "areas": [],
        "calls": [],
    }
    assert (await world.nobody.get(path)).json() == named
    listed = await world.nobody.get(f"/gate-policies?authority={city.id}&in_force_on={today}")
    assert listed.json()["items"] == [named]
    tried = await decider.patch(path, {"target_groups": []}, if_match=1)
    assert (tried.status_code, tried.json()["code"]) == (409, "policy_started")
    assert (await decider.delete(path, if_match=1)).json()["code"] == "policy_started"
    ended = await decider.patch(path, {"ends_on": str(today)}, if_match=1)
    assert (ended.status_code, ended.json()["ends_on"], ended.headers["etag"]) == (200, str(today), '"2"')
    tomorrow = today + timedelta(days=1)
    assert (await world.nobody.get(f"/gate-policies?in_force_on={tomorrow}")).json()["items"] == []


async def test_a_policy_that_has_not_started_can_change_and_go(world: World, today: date) -> None:
    city, decider = await city_and_decider(world)
    made = await policy(world, city, await world.network(), starts_on=today + timedelta(days=2))
    path = f"/gate-policies/{made.id}"
    sooner = await decider.patch(path, {"starts_on": str(today + timedelta(days=1))}, if_match=1)
    assert sooner.status_code == 200, sooner.text
    past = await decider.patch(path, {"starts_on": str(today - timedelta(days=1))}, if_match=2)
    assert past.json()["errors"][0]["code"] == "in_the_past"
    assert (await decider.delete(path, if_match=2)).status_code == 204
    assert (await world.nobody.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"network_ids": ["00000000-0000-0000-0000-000000000000"]}, "/network_ids/0", "network_unknown"),
        ({"target_groups": ["NO"]}, "/target_groups", "target_group_unknown"),
        ({"area_ids": ["00000000-0000-0000-0000-000000000000"]}, "/area_ids/0", "area_unknown"),
        ({"call_ids": ["00000000-0000-0000-0000-000000000000"]}, "/call_ids/0", "call_unknown"),
        ({"starts_on": "2020-01-01"}, "/starts_on", "in_the_past"),
        ({"ends_on": "2020-01-01"}, "/ends_on", "before_beginning"),
    ],
)
async def test_what_a_policy_names_must_be_there(
    world: World, today: date, change: Any, pointer: str, code: str
) -> None:
    city, decider = await city_and_decider(world)
    network = await world.network()
    given = {"authority_id": str(city.id), "network_ids": [str(network.id)], "starts_on": str(today)}
    answer = await decider.post("/gate-policies", given | change)
    assert answer.status_code == 422, answer.text
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, code)]


async def test_only_deciding_networks_and_only_authorities(world: World, today: date) -> None:
    city, decider = await city_and_decider(world)
    advisory = await world.network("Neuvottelukunta", decides=False, prefix=None)
    given = {"authority_id": str(city.id), "network_ids": [str(advisory.id)], "starts_on": str(today)}
    assert (await decider.post("/gate-policies", given)).json()["errors"][0]["code"] == "network_advises"
    association = await world.organisation()
    one = await world.person((Role.decider, association.id))
    given |= {"authority_id": str(association.id), "network_ids": [str((await world.network()).id)]}
    assert (await one.post("/gate-policies", given)).json()["errors"][0]["code"] == "not_an_authority"
    officer = await world.person((Role.officer, city.id))
    given["authority_id"] = str(city.id)
    assert (await officer.post("/gate-policies", given)).status_code == 403


async def _area(world: World, name: str, parent: Area | None = None) -> Area:
    made = Area(
        municipality_code=OULU,
        kind=AreaKind.district,
        names={"fi": name},
        sort_key=sort_key(name),
        parent_id=parent.id if parent else None,
    )
    world.session.add(made)
    await world.session.flush()
    return made


async def test_which_policies_an_application_meets(world: World, today: date) -> None:
    """Groups, areas and calls must all match; an empty list means all; several policies ask for any of their marks."""
    session = world.session
    association = await world.organisation()
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    network, other = await world.network(), await world.network("Toinen")
    tuira = await _area(world, "Tuira")
    part, elsewhere = await _area(world, "Välivainio", tuira), await _area(world, "Kaakkuri")
    call = FundingCall(
        funder_id=city.id,
        names={"fi": "Haku"},
        opens_at=clock.now(),
        closes_at=clock.now() + timedelta(days=30),
    )
    session.add(call)
    await session.flush()
    application = await world.application(association, authorities=[city], call_id=call.id)
    principal = await world.person()
    need = Need(
        network_id=network.id,
        municipality_code=OULU,
        area_id=part.id,
        title="Yksinäisyys",
        description="Moni on yksin.",
        raised_by=principal.id,
    )
    session.add(need)
    await session.flush()
    session.add(ApplicationNeed(application_id=application.id, need_id=need.id))
    wider = select(Classification.parent_code).where(
        col(Classification.scheme) == Scheme.target_group, col(Classification.code) == "KR1.1"
    )
    parent_group = (await session.exec(wider)).one()
    version = await world.version(application)

    async def asked(**said: Any) -> list[Any]:
        made = await policy(world, city, network, **said)
        found = await networks_asked(session, authority_id=city.id, application=application, version=version, day=today)
        await session.delete(made)
        await session.flush()
        return found

    for meets in (
        {},
        {"target_groups": ["KR1.1"]},
        {"target_groups": [parent_group]},
        {"area_ids": [part.id]},
        {"area_ids": [elsewhere.id, tuira.id]},
        {"call_ids": [call.id]},
        {"target_groups": ["KR1.1"], "area_ids": [part.id], "call_ids": [call.id]},
        {"ends_on": today},
    ):
        assert await asked(**meets) == [network.id], meets
    for misses in (
        {"target_groups": ["KR2"]},
        {"area_ids": [elsewhere.id]},
        {"call_ids": [other.id]},
        {"target_groups": ["KR1.1"], "area_ids": [elsewhere.id]},
        {"starts_on": today + timedelta(days=1)},
        {"starts_on": today - timedelta(days=2), "ends_on": today - timedelta(days=1)},
    ):
        assert await asked(**misses) == [], misses
    await policy(world, city, other)
    assert await asked() == sorted([network.id, other.id])


async def test_the_mark_of_any_named_network_opens_the_gate(world: World, today: date) -> None:
    arrived = await scene(world)
    other = await world.network("Toinen")
    wanted = [arrived.network.id, other.id]

    async def found(day: Any = today, networks: Any = wanted, number: int = 1) -> Any:
        return await mark_in_force(world.session, arrived.application.id, number, networks, day)

    assert await found() is None
    made = await mark(world.session, arrived.version, other, valid_until=today + timedelta(days=1))
    assert await found() == made
    assert await found(networks=[arrived.network.id]) is None
    assert await found(number=2) is None
    assert await found(today + timedelta(days=1)) == made
    assert await found(today + timedelta(days=2)) is None
    assert await found(today - timedelta(days=1)) is None
