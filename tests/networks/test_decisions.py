"""What members decide about their network: nobody does it alone, and a small network still can."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from puumerkki.access.models import ChosenBy, RoleGrant
from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.networks import queries
from puumerkki.networks.models import MemberState, NetworkState
from puumerkki.networks.service.decision_votes import decide_due
from tests.cast import Cast, make_cast
from tests.deciding import by_vote, new_rulebook, voice
from tests.world import Caller, World

RULE = {"method": "two_thirds", "quorum_percent": 60}
DRAFT: dict[str, Any] = {"texts": {"fi": "Uudet säännöt."}, "rule": RULE}


async def _draft(cast: Cast) -> str:
    made = await cast["coordinator"].post(f"/networks/{cast.network.id}/rulebooks", DRAFT)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def _path(cast: Cast, tail: str = "") -> str:
    return f"/networks/{cast.network.id}/decisions{tail}"


async def _association(cast: Cast) -> Caller:
    return await voice(cast.world, cast.network, cast.association.id)


async def _pass_days(cast: Cast, days: int) -> None:
    with clock.fixed(clock.now() + timedelta(days=days)):
        await decide_due(cast.world.session)


async def _in_force(cast: Cast) -> int:
    book = await queries.rulebook_in_force(cast.world.session, cast.network.id)
    assert book is not None
    return book.number


async def test_whoever_leads_does_none_of_it_alone(world: World) -> None:
    cast = await make_cast(world)
    lead, path = cast["coordinator"], f"/networks/{cast.network.id}"
    await _draft(cast)
    answers = [
        await lead.post(f"{path}/rulebooks/2/adopt", if_match=1),
        await lead.patch(path, {"decides": False}, if_match=1),
        await lead.post(f"{path}/close", if_match=1),
        await lead.post(f"{path}/rest", if_match=1),
    ]
    assert [one.status_code for one in answers] == [409, 409, 409, 404]
    assert {one.json()["code"] for one in answers[:2]} == {"members_decide"}
    assert await _in_force(cast) == 1
    blocked = {one["action"]: one["blocked_by"] for one in (await lead.get(path)).json()["available_actions"]}
    assert blocked == {"close": "members_decide"}
    drafted = (await lead.get(f"{path}/rulebooks/2")).json()["available_actions"]
    assert drafted == [{"action": "adopt", "allowed": False, "blocked_by": "members_decide"}]


async def test_members_vote_and_the_former_acceptance_counts_for_fourteen_days(world: World) -> None:
    cast = await make_cast(world)
    book, lead, first = await _draft(cast), cast["coordinator"], cast["representative"]
    other = await _association(cast)
    short = await lead.post(_path(cast), {"kind": "rulebook", "subject_id": book, "accept_days": 13})
    assert short.status_code == 422
    made = await lead.post(_path(cast), {"kind": "rulebook", "subject_id": book, "reason": "Selkeämpi."})
    assert made.status_code == 201, made.text
    id_ = made.json()["id"]
    assert (await lead.post(_path(cast), {"kind": "rulebook", "subject_id": book})).json()["code"] == "decision_waiting"
    for frozen in (
        await lead.patch(f"/networks/{cast.network.id}/rulebooks/2", {"rule": {"method": "consensus"}}, if_match=1),
        await lead.delete(f"/networks/{cast.network.id}/rulebooks/2", if_match=1),
    ):
        assert (frozen.status_code, frozen.json()["code"]) == (409, "rulebook_proposed")
    tasks = (await first.get("/tasks?kind=network_decision_to_vote")).json()["items"]
    assert [one["subject"]["id"] for one in tasks] == [id_]
    stranger = await first.put(_path(cast, f"/{id_}/votes/{cast.association_member.id}"), {"choice": "for"})
    assert stranger.status_code == 403, "one speaks for one's own member"
    voted = await first.put(_path(cast, f"/{id_}/votes/{cast.neighbour_member.id}"), {"choice": "against"})
    assert voted.status_code == 200, voted.text
    assert (await first.get("/tasks?kind=network_decision_to_vote")).json()["items"] == []
    seen = (await lead.get(_path(cast, f"/{id_}"))).json()
    assert (seen["have_voted"], seen["may_vote"], seen["result"], seen["own"]) == (1, 2, None, [])
    assert [one["fi"] for one in seen["missing"]] == ["Vanhusten Ystävät ry"]
    assert (await other.get(_path(cast, f"/{id_}"))).json()["missing"] is None
    assert (await cast["editor"].get(_path(cast, f"/{id_}"))).status_code == 404
    again = await first.put(_path(cast, f"/{id_}/votes/{cast.neighbour_member.id}"), {"choice": "for"})
    assert again.json()["own"][0]["choice"] == "for"
    done = await other.put(_path(cast, f"/{id_}/votes/{cast.association_member.id}"), {"choice": "for"})
    assert (done.json()["state"], done.json()["result"]["outcome"], done.json()["result"]["votes_for"]) == (
        "done",
        "passed",
        2,
    )
    now = (await lead.get(f"/networks/{cast.network.id}/rulebooks/2")).json()
    assert (now["state"], now["accept_by"]) == ("in_force", (clock.today() + timedelta(days=14)).isoformat())
    for days, voters in ((14, 2), (15, 0)):
        with clock.fixed(clock.now() + timedelta(days=days)):
            assert len(await queries.electorate(world.session, cast.network.id)) == voters
    templates = (await world.session.exec(select(OutboxMessage.subject))).all()
    assert len([one for one in templates if "Uudet pelisäännöt" in one]) >= 4, "asked, and told what came of it"
    late = await other.put(_path(cast, f"/{id_}/votes/{cast.association_member.id}"), {"choice": "against"})
    assert late.json()["code"] == "wrong_state"


@pytest.mark.parametrize(
    ("choices", "outcome", "state"),
    [(["against", "against"], "failed", "rejected"), ([], "no_quorum", "rejected"), (["for"], "no_quorum", "rejected")],
)
async def test_what_too_few_want_does_not_happen(world: World, choices: list[str], outcome: str, state: str) -> None:
    cast = await make_cast(world)
    made = await cast["coordinator"].post(_path(cast), {"kind": "rulebook", "subject_id": await _draft(cast)})
    path = _path(cast, f"/{made.json()['id']}")
    voters = (
        (await _association(cast), cast.association_member.id),
        (cast["representative"], cast.neighbour_member.id),
    )
    for choice, (person, member_id) in zip(choices, voters, strict=False):
        assert (await person.put(f"{path}/votes/{member_id}", {"choice": choice})).status_code == 200
    await _pass_days(cast, 13)
    await _pass_days(cast, 15)
    seen = (await cast["coordinator"].get(path)).json()
    assert (seen["state"], seen["result"]["outcome"]) == (state, outcome)
    assert await _in_force(cast) == 1
    again = await cast["coordinator"].post(_path(cast), {"kind": "rulebook", "subject_id": seen["subject_id"]})
    assert again.status_code == 201, "it can be proposed again"


async def test_one_member_alone_waits_for_the_clock(world: World) -> None:
    cast = await make_cast(world)
    cast.association_member.state = MemberState.left
    await world.session.flush()
    made = await cast["representative"].post(_path(cast), {"kind": "chair", "subject_id": str(cast["deputy"].id)})
    path = _path(cast, f"/{made.json()['id']}")
    vote = await cast["representative"].put(f"{path}/votes/{cast.neighbour_member.id}", {"choice": "for"})
    assert vote.json()["state"] == "open"
    await _pass_days(cast, 15)
    assert (await cast["coordinator"].get(path)).json()["state"] == "done"


async def test_a_member_that_leaves_takes_its_vote_along(world: World) -> None:
    cast = await make_cast(world)
    other = await _association(cast)
    made = await cast["coordinator"].post(_path(cast), {"kind": "chair", "subject_id": str(cast["observer"].id)})
    path = _path(cast, f"/{made.json()['id']}")
    await cast["representative"].put(f"{path}/votes/{cast.neighbour_member.id}", {"choice": "against"})
    cast.neighbour_member.state = MemberState.left
    await world.session.flush()
    assert (await other.put(f"{path}/votes/{cast.association_member.id}", {"choice": "for"})).status_code == 200
    await _pass_days(cast, 15)
    seen = (await cast["coordinator"].get(path)).json()
    assert (seen["state"], seen["result"]["electorate"], seen["result"]["against"]) == ("done", 1, 0)


async def test_whom_the_members_choose_is_chosen(world: World) -> None:
    cast = await make_cast(world)
    chosen = cast["observer"].id
    done = await by_vote(world, cast.network, cast["coordinator"], kind="secretary", subject_id=str(chosen))
    assert done.json()["state"] == "done"
    grant = (
        await world.session.exec(
            select(RoleGrant).where(col(RoleGrant.principal_id) == chosen, col(RoleGrant.role) == Role.secretary)
        )
    ).one()
    assert (grant.chosen_by, grant.granted_by) == (ChosenBy.network_decision, None)


async def test_where_the_rulebook_leaves_it_to_meetings_nobody_votes(world: World) -> None:
    cast = await make_cast(world)
    await new_rulebook(world, cast.network, cast["coordinator"], DRAFT | {"rule": {"method": "meeting_decides"}})
    made = await cast["coordinator"].post(_path(cast), {"kind": "chair", "subject_id": str(cast["observer"].id)})
    assert (made.status_code, made.json()["code"]) == (409, "meeting_decides")


async def _held(cast: Cast, **more: Any) -> dict[str, Any]:
    given = {
        "kind": "rulebook",
        "way": "meeting",
        "subject_id": await _draft(cast),
        "met_on": clock.today().isoformat(),
        "present_member_ids": [str(cast.association_member.id), str(cast.neighbour_member.id)],
    }
    made = await cast["secretary"].post(_path(cast), given | more)
    assert made.status_code == 201, made.text
    return dict(made.json())


async def test_what_a_meeting_decided_needs_a_second_person_and_a_third_or_seven_days(world: World) -> None:
    cast = await make_cast(world)
    other = await _association(cast)
    made = await _held(cast)
    path = _path(cast, f"/{made['id']}")
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
    assert await _in_force(cast) == 2


async def test_the_clock_carries_what_a_meeting_decided_if_nobody_says_it_was_not_so(world: World) -> None:
    cast = await make_cast(world)
    other = await _association(cast)
    made = await _held(cast)
    path = _path(cast, f"/{made['id']}")
    await cast["representative"].post(f"{path}/confirm", if_match=made["version"])
    version = (await other.get(path)).json()["version"]
    no = await other.post(f"{path}/object", {"reason": "Kokous siirsi asian."}, if_match=version)
    assert (no.json()["state"], no.json()["objection"]) == ("rejected", "Kokous siirsi asian.")
    again = await cast["secretary"].post(
        _path(cast),
        {
            "kind": "rulebook",
            "way": "meeting",
            "subject_id": made["subject_id"],
            "met_on": clock.today().isoformat(),
            "present_member_ids": made["present_member_ids"],
        },
    )
    path = _path(cast, f"/{again.json()['id']}")
    await cast["representative"].post(f"{path}/confirm", if_match=again.json()["version"])
    await _pass_days(cast, 6)
    assert await _in_force(cast) == 1
    await _pass_days(cast, 8)
    assert await _in_force(cast) == 2


async def test_an_unconfirmed_or_empty_meeting_decides_nothing(world: World) -> None:
    cast = await make_cast(world)
    await _association(cast)
    book = await _draft(cast)
    given = {"kind": "rulebook", "way": "meeting", "subject_id": book, "met_on": clock.today().isoformat()}
    alone = given | {"present_member_ids": [str(cast.neighbour_member.id)]}
    assert (await cast["secretary"].post(_path(cast), alone)).json()["code"] == "meeting_without_quorum"
    assert (await cast["secretary"].post(_path(cast), given)).status_code == 422
    both = [str(cast.association_member.id), str(cast.neighbour_member.id)]
    made = await cast["secretary"].post(_path(cast), given | {"present_member_ids": both})
    await _pass_days(cast, 15)
    seen = (await cast["secretary"].get(_path(cast, f"/{made.json()['id']}"))).json()
    assert (seen["state"], seen["result"]["outcome"]) == ("rejected", "unconfirmed")


async def test_a_network_rests_with_a_second_person_and_works_again(world: World) -> None:
    cast = await make_cast(world)
    given = {"kind": "rest", "way": "second_person", "reason": "Koordinaattori vaihtuu."}
    lead = cast["coordinator"]
    assert (await lead.post(_path(cast), given)).json()["errors"][0]["pointer"] == "/on_day"
    made = await lead.post(_path(cast), given | {"on_day": clock.today().isoformat()})
    assert made.status_code == 201, made.text
    path = _path(cast, f"/{made.json()['id']}")
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
    first = await lead.post(_path(cast), given)
    no = await cast["deputy"].post(_path(cast, f"/{first.json()['id']}/object"), {"reason": "Jatkamme."}, if_match=1)
    assert no.json()["state"] == "rejected"
    second = await lead.post(_path(cast), given)
    path = _path(cast, f"/{second.json()['id']}")
    await _pass_days(cast, 15)
    seen = (await lead.get(path)).json()
    assert (seen["state"], seen["result"]["outcome"]) == ("adopted", "silence")
    assert cast.network.state == NetworkState.active
    await _pass_days(cast, 30)
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


async def test_who_acts_for_nobody_decides_nothing(world: World) -> None:
    cast = await make_cast(world)
    given = {"kind": "chair", "subject_id": str(cast["observer"].id)}
    for role in ("observer", "owner", "operator", "service", "outsider"):
        assert (await cast[role].post(_path(cast), given)).status_code == 403, role
    made = await cast["representative"].post(_path(cast), given)
    dropped = await cast["coordinator"].post(_path(cast, f"/{made.json()['id']}/drop"), if_match=1)
    assert dropped.json()["state"] == "dropped"


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"kind": "chair"}, "/subject_id"),
        ({"kind": "chair", "subject_id": str(UUID(int=5))}, "/subject_id"),
        ({"kind": "chair", "way": "meeting"}, "/way"),
        ({"kind": "rulebook", "way": "second_person"}, "/way"),
        ({"kind": "stop_deciding"}, "/reason"),
        ({"kind": "close", "reason": "x", "on_day": "2020-01-01"}, "/on_day"),
        ({"kind": "stop_deciding", "reason": "x", "on_day": "2099-01-01"}, "/on_day"),
        ({"kind": "chair", "subject_id": str(UUID(int=5)), "accept_days": 20}, "/accept_days"),
    ],
)
async def test_what_makes_no_proposal(world: World, given: dict[str, Any], pointer: str) -> None:
    cast = await make_cast(world)
    answer = await cast["coordinator"].post(_path(cast), given)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
