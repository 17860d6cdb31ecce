"""What a meeting decided about the network, and what its coordinator proposes: a second person, or the clock."""

from datetime import timedelta
from typing import Any

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import NetworkState
from puumerkki.networks.service.decision_votes import decide_due
from tests.factories import World
from tests.networks.decisions import association, draft, in_force, pass_days, path_of
from tests.personas import Cast, make_cast


async def _held(cast: Cast, **more: Any) -> dict[str, Any]:
    given = {
        "kind": "rulebook",
        "way": "meeting",
        "subject_id": await draft(cast),
        "met_on": clock.today().isoformat(),
        "present_member_ids": [str(cast.association_member.id), str(cast.neighbour_member.id)],
    }
    made = await cast["secretary"].post(path_of(cast), given | more)
    assert made.status_code == 201, made.text
    return dict(made.json())


async def test_what_a_meeting_decided_needs_a_second_person_and_a_third_or_seven_days(world: World) -> None:
    cast = await make_cast(world)
    other = await association(cast)
    made = await _held(cast)
    path = path_of(cast, f"/{made['id']}")
    task = (await cast["representative"].get("/tasks?kind=network_decision_to_confirm")).json()["items"]
    assert [one["subject"]["id"] for one in task] == [made["id"]]
    vote = await other.put(f"{path}/votes/{cast.association_member.id}", {"choice": "for"})
    assert vote.json()["code"] == "no_vote_here"
    first = await cast["representative"].post(f"{path}/confirm", if_match=made["version"])
    assert (first.status_code, first.json()["state"]) == (200, "open"), first.text
    friend = await cast["deputy"].post(f"{path}/confirm", if_match=first.json()["version"])
    assert friend.json()["code"] == "not_second_person", "of the same member"
    second = await other.post(f"{path}/confirm", if_match=first.json()["version"])
    assert second.json()["state"] == "done", second.text
    assert await in_force(cast) == 2


async def test_the_clock_carries_what_a_meeting_decided_if_nobody_says_it_was_not_so(world: World) -> None:
    cast = await make_cast(world)
    other = await association(cast)
    made = await _held(cast)
    path = path_of(cast, f"/{made['id']}")
    await cast["representative"].post(f"{path}/confirm", if_match=made["version"])
    version = (await other.get(path)).json()["version"]
    no = await other.post(f"{path}/object", {"reason": "Kokous siirsi asian."}, if_match=version)
    assert (no.json()["state"], no.json()["objection"]) == ("rejected", "Kokous siirsi asian.")
    again = await cast["secretary"].post(
        path_of(cast),
        {
            "kind": "rulebook",
            "way": "meeting",
            "subject_id": made["subject_id"],
            "met_on": clock.today().isoformat(),
            "present_member_ids": made["present_member_ids"],
        },
    )
    path = path_of(cast, f"/{again.json()['id']}")
    await cast["representative"].post(f"{path}/confirm", if_match=again.json()["version"])
    await pass_days(cast, 6)
    assert await in_force(cast) == 1
    await pass_days(cast, 8)
    assert await in_force(cast) == 2


async def test_an_unconfirmed_or_empty_meeting_decides_nothing(world: World) -> None:
    cast = await make_cast(world)
    await association(cast)
    book = await draft(cast)
    given = {"kind": "rulebook", "way": "meeting", "subject_id": book, "met_on": clock.today().isoformat()}
    alone = given | {"present_member_ids": [str(cast.neighbour_member.id)]}
    assert (await cast["secretary"].post(path_of(cast), alone)).json()["code"] == "meeting_without_quorum"
    assert (await cast["secretary"].post(path_of(cast), given)).status_code == 422
    both = [str(cast.association_member.id), str(cast.neighbour_member.id)]
    made = await cast["secretary"].post(path_of(cast), given | {"present_member_ids": both})
    await pass_days(cast, 15)
    seen = (await cast["secretary"].get(path_of(cast, f"/{made.json()['id']}"))).json()
    assert (seen["state"], seen["result"]["outcome"]) == ("rejected", "unconfirmed")


async def test_a_network_rests_with_a_second_person_and_works_again(world: World) -> None:
    cast = await make_cast(world)
    given = {"kind": "rest", "way": "second_person", "reason": "Koordinaattori vaihtuu."}
    lead = cast["coordinator"]
    assert (await lead.post(path_of(cast), given)).json()["errors"][0]["pointer"] == "/on_day"
    made = await lead.post(path_of(cast), given | {"on_day": clock.today().isoformat()})
    assert made.status_code == 201, made.text
    path = path_of(cast, f"/{made.json()['id']}")
    assert (await lead.post(f"{path}/confirm", if_match=1)).status_code == 403
    done = await cast["representative"].post(f"{path}/confirm", if_match=1)
    assert (done.status_code, done.json()["state"]) == (200, "done"), done.text
    seen = (await lead.get(f"/networks/{cast.network.id}")).json()
    assert seen["state"] == "dormant"
    assert (await lead.post(f"/networks/{cast.network.id}/activate", if_match=seen["version"])).status_code == 200


async def test_silence_of_all_who_were_told_lets_a_network_end_and_one_no_keeps_it(world: World) -> None:
    cast = await make_cast(world)
    lead = cast["coordinator"]
    day = (clock.today() + timedelta(days=30)).isoformat()
    given = {"kind": "close", "way": "second_person", "reason": "Rahoitus loppui.", "on_day": day}
    first = await lead.post(path_of(cast), given)
    no = await cast["deputy"].post(path_of(cast, f"/{first.json()['id']}/object"), {"reason": "Jatkamme."}, if_match=1)
    assert no.json()["state"] == "rejected"
    second = await lead.post(path_of(cast), given)
    path = path_of(cast, f"/{second.json()['id']}")
    await pass_days(cast, 15)
    seen = (await lead.get(path)).json()
    assert (seen["state"], seen["result"]["outcome"]) == ("adopted", "silence")
    assert cast.network.state == NetworkState.active
    await pass_days(cast, 30)
    assert cast.network.state == NetworkState.closed


async def test_where_nobody_could_be_the_second_person_the_clock_is_the_way_on(world: World) -> None:
    network = await world.network("Pieni")
    organisation = await world.organisation("Ainoa ry")
    await world.member(network, organisation)
    lead = await world.person(
        (Role.coordinator, network.id),
        (Role.representative, network.id, organisation.id),
        (Role.owner, organisation.id),
    )
    given = {"kind": "close", "way": "second_person", "reason": "Työ on tehty.", "on_day": clock.today().isoformat()}
    made = await lead.post(f"/networks/{network.id}/decisions", given)
    assert made.status_code == 201, made.text
    refused = await lead.post(f"/networks/{network.id}/decisions/{made.json()['id']}/confirm", if_match=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "no_second_person")
    with clock.fixed(clock.now() + timedelta(days=15)):
        await decide_due(world.session)
    assert network.state == NetworkState.closed
