"""Networks through the API: founding, changing, finding, their life."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.networks.models.networks import MemberState, Network, NetworkState
from puumerkki.organisations.models.organisations import Sector
from tests.factories import OULU, World
from tests.networks.owners import three_owners

GIVEN: dict[str, Any] = {
    "names": {"fi": "Ikäihmisten verkosto", "sv": "Nätverket för äldre"},
    "kind": "thematic_network",
    "decides": True,
    "prefix": "IKA",
    "theme": {"fi": "Hyvä vanhuus"},
    "goals": {"fi": "Yhdessä enemmän."},
    "municipality_codes": [OULU],
    "wellbeing_county_codes": ["19"],
    "target_groups": ["KR1.1"],
}


async def test_a_network_from_its_founding_to_its_work(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    coordinator = await world.person()
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    founder = await world.organisation("Vanhusten Ystävät ry")
    owner = await world.person((Role.owner, founder.id))
    given = {
        **GIVEN,
        "authority_ids": [str(city.id)],
        "coordinator_id": str(coordinator.id),
        "founding_organisation_id": str(founder.id),
    }
    made = await operator.post("/networks", given)
    assert made.status_code == 201, made.text
    network = made.json()
    path = made.headers["location"]
    assert (network["state"], network["active_members"], network["rulebook_number"]) == ("forming", 0, None)
    assert network["authorities"] == [{"organisation_id": str(city.id), "names": {"fi": "Oulun kaupunki"}}]
    seen = (await coordinator.get(path)).json()
    assert seen["available_actions"] == [
        {"action": "activate", "allowed": False, "blocked_by": "no_rulebook_in_force"},
        {"action": "close", "allowed": True, "blocked_by": None},
    ]
    early = await coordinator.post(f"{path}/activate", if_match=seen["version"])
    assert (early.status_code, early.json()["code"]) == (409, "no_rulebook_in_force")
    draft = await coordinator.post(f"{path}/rulebooks", {"texts": {"fi": "Säännöt"}, "rule": {"method": "consensus"}})
    assert draft.status_code == 201, draft.text
    assert (await coordinator.post(f"{path}/rulebooks/1/adopt", if_match=1)).status_code == 200
    [invited] = (await owner.get(f"{path}/members")).json()["items"]
    assert invited["state"] == "invited", "nobody founds a network in another's name"
    assert (await owner.post(f"{path}/members/{invited['id']}/accept", if_match=1)).json()["state"] == "active"
    alone = await coordinator.post(f"{path}/activate", if_match=seen["version"])
    assert (alone.status_code, alone.json()["code"]) == (409, "three_owners_needed")
    founded = await session.get_one(Network, UUID(network["id"]))
    await three_owners(world, founded)
    active = await coordinator.post(f"{path}/activate", if_match=seen["version"])
    assert (active.status_code, active.json()["state"]) == (200, "active")
    assert active.json()["rulebook_number"] == 1
    told_of = select(EventRow.type).where(EventRow.subject_id == UUID(network["id"])).order_by(col(EventRow.id))
    told = (await session.exec(told_of)).all()
    assert [one for one in told if one.startswith("network.")] == ["network.created", "network.activated"]
    timeline = (await world.nobody.get(f"{path}/events")).json()["items"]
    assert {"network.created", "network.activated", "member.joined", "rulebook.adopted"} <= {
        one["type"] for one in timeline
    }
    assert "rulebook.drafted" not in {one["type"] for one in timeline}
    assert "rulebook.drafted" in {one["type"] for one in (await coordinator.get(f"{path}/events")).json()["items"]}


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"prefix": None}, "/prefix", "prefix_needed"),
        ({"municipality_codes": ["999"]}, "/municipality_codes", "municipality_unknown"),
        ({"wellbeing_county_codes": ["77"]}, "/wellbeing_county_codes", "wellbeing_county_unknown"),
        ({"target_groups": ["X1"]}, "/target_groups", "target_group_unknown"),
        ({"ends_on": "2030-01-01"}, "/ends_on", "not_a_working_group"),
        ({"authority_ids": [str(uuid4())]}, "/authority_ids", "not_an_authority"),
        ({"coordinator_id": str(uuid4())}, "/coordinator_id", "person_unknown"),
        ({"founding_organisation_id": str(uuid4())}, "/founding_organisation_id", "organisation_unknown"),
    ],
)
async def test_what_a_network_cannot_be(world: World, change: dict[str, Any], pointer: str, code: str) -> None:
    operator = await world.operator()
    answer = await operator.post("/networks", {**GIVEN, **change})
    assert answer.status_code == 422, answer.text
    assert (answer.json()["errors"][0]["pointer"], answer.json()["errors"][0]["code"]) == (pointer, code)


async def test_an_association_is_no_responsible_authority(world: World) -> None:
    operator = await world.operator()
    association = await world.organisation()
    answer = await operator.post("/networks", {**GIVEN, "authority_ids": [str(association.id)]})
    assert answer.json()["errors"][0]["code"] == "not_an_authority"


async def test_the_prefix_is_given_once_and_to_one(world: World) -> None:
    operator = await world.operator()
    network = await world.network(decides=False, prefix=None)
    other = await world.network("Toinen", decides=False, prefix=None)
    for one in (network, other):
        await three_owners(world, one)
    leader = await world.person((Role.coordinator, network.id), (Role.coordinator, other.id))
    path = f"/networks/{network.id}"
    first = await leader.patch(path, {"prefix": "LUMI", "decides": True}, if_match=1)
    assert (first.status_code, first.json()["prefix"]) == (200, "LUMI")
    again = await leader.patch(path, {"prefix": "JAA"}, if_match=2)
    assert (again.status_code, again.json()["code"]) == (409, "prefix_fixed")
    taken = await leader.patch(f"/networks/{other.id}", {"prefix": "LUMI"}, if_match=1)
    assert (taken.status_code, taken.json()["code"]) == (409, "prefix_taken")
    needed = await leader.patch(f"/networks/{other.id}", {"decides": True}, if_match=1)
    assert (needed.status_code, needed.json()["errors"][0]["code"]) == (422, "prefix_needed")
    assert (await operator.post("/networks", {**GIVEN, "prefix": "LUMI"})).json()["code"] == "prefix_taken"


async def test_a_change_is_seen_found_and_told(world: World) -> None:
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    county = await world.organisation("Pohde", sector=Sector.wellbeing_county)
    network = await world.network(authorities=[city])
    leader = await world.person((Role.coordinator, network.id))
    path = f"/networks/{network.id}"
    given = {"names": {"fi": "Perheiden talot"}, "theme": {"fi": "Lapsiperheet"}, "authority_ids": [str(county.id)]}
    changed = await leader.patch(path, given, if_match=1)
    assert changed.status_code == 200, changed.text
    assert [one["organisation_id"] for one in changed.json()["authorities"]] == [str(county.id)]
    assert changed.headers["etag"] == '"2"'
    assert (await leader.patch(path, {"theme": None}, if_match=1)).status_code == 412
    assert (await leader.patch(path, {"names": None}, if_match=2)).status_code == 422
    for words in ("perhe", "talo", "LAPSIPERHE"):
        found = (await world.nobody.get("/networks", params={"q": words})).json()["items"]
        assert [one["id"] for one in found] == [str(network.id)], words
    event = (await leader.get(f"{path}/events")).json()["items"][0]
    assert (event["type"], event["changed"]) == ("network.changed", ["authority_ids", "names", "theme"])


async def test_networks_are_found_by_what_they_are(world: World) -> None:
    organisation = await world.organisation()
    left = await world.organisation("Lähtenyt ry")
    oulu = await world.network("Oulun verkosto", target_groups=["KR1.1"])
    region = await world.network(
        "Maakunnan verkosto", municipality_codes=[], wellbeing_county_codes=["19"], state=NetworkState.dormant
    )
    await world.member(oulu, organisation)
    await world.member(oulu, left, state=MemberState.left)

    async def found(**filters: str) -> list[str]:
        answer = await world.nobody.get("/networks", params=filters)
        assert answer.status_code == 200, answer.text
        return [one["id"] for one in answer.json()["items"]]

    assert await found(municipality=OULU) == [str(region.id), str(oulu.id)]
    assert await found(municipality=OULU, sort="-created_at") == [str(region.id), str(oulu.id)]
    assert await found(municipality="091") == []
    assert await found(state="dormant") == [str(region.id)]
    assert await found(kind="working_group") == []
    assert await found(target_group="KR1.1") == [str(oulu.id)]
    assert await found(member=str(organisation.id)) == [str(oulu.id)]
    assert await found(member=str(left.id)) == []
    assert (await world.nobody.get("/networks?colour=red")).status_code == 422
    assert (await world.nobody.get(f"/networks/{uuid4()}")).status_code == 404


async def test_only_an_operator_founds_and_only_its_leaders_change(world: World) -> None:
    network = await world.network()
    chair = await world.person((Role.chair, network.id))
    assert (await chair.post("/networks", GIVEN)).status_code == 403
    assert (await world.nobody.post("/networks", GIVEN)).status_code == 401
    assert (await chair.patch(f"/networks/{network.id}", {"theme": None}, if_match=1)).status_code == 403


async def test_a_closed_network_does_not_change_until_an_operator_reopens_it(world: World) -> None:
    network = await world.network(state=NetworkState.forming)
    organisation = await world.organisation()
    leader = await world.person((Role.coordinator, network.id))
    operator = await world.operator()
    path = f"/networks/{network.id}"
    assert (await leader.post(f"{path}/close", if_match=1)).json()["state"] == "closed"
    for answer in (
        await leader.patch(path, {"theme": None}, if_match=2),
        await leader.post(f"{path}/members", {"organisation_id": str(organisation.id)}),
        await leader.post(f"{path}/rulebooks", {"texts": {"fi": "x"}, "rule": {"method": "consensus"}}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "network_closed")
    assert (await leader.post(f"{path}/reopen", if_match=2)).status_code == 403
    assert (await operator.post(f"{path}/reopen", if_match=2)).json()["state"] == "forming"


async def test_a_cursor_leads_on_in_its_own_list_and_sort_only(world: World) -> None:
    operator = await world.operator()
    for name in ("Yksi", "Kaksi"):
        await world.network(name)
    cursor = (await operator.get("/networks?limit=1&sort=name")).json()["next_cursor"]
    assert (await operator.get(f"/networks?limit=1&sort=name&cursor={cursor}")).status_code == 200
    for other in ("/networks?limit=1&sort=-created_at", "/networks?limit=1&sort=name&q=y", "/organisations?limit=1"):
        refused = await operator.get(f"{other}&cursor={cursor}")
        assert refused.status_code == 422, other
        [problem] = refused.json()["errors"]
        assert (problem["pointer"], problem["code"]) == ("cursor", "cursor_invalid"), other
