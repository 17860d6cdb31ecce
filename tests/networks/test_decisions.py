"""What members decide about their network: nobody does it alone, and a small network still can."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from puumerkki.access.models import ChosenBy, RoleGrant
from puumerkki.access.roles import Role
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.networks import queries
from puumerkki.networks.models.networks import MemberState
from puumerkki.networks.service.decision_votes import decide_due
from tests.factories import World
from tests.network_decisions import by_vote, new_rulebook
from tests.networks.decisions import DRAFT, association, draft, in_force, pass_days, path_of
from tests.personas import make_cast


async def test_whoever_leads_does_none_of_it_alone(world: World) -> None:
    cast = await make_cast(world)
    lead, path = cast["coordinator"], f"/networks/{cast.network.id}"
    await draft(cast)
    answers = [
        await lead.post(f"{path}/rulebooks/2/adopt", if_match=1),
        await lead.patch(path, {"decides": False}, if_match=1),
        await lead.post(f"{path}/close", if_match=1),
        await lead.post(f"{path}/rest", if_match=1),
    ]
    assert [one.status_code for one in answers] == [409, 409, 409, 404]
    assert {one.json()["code"] for one in answers[:2]} == {"members_decide"}
    assert await in_force(cast) == 1
    blocked = {one["action"]: one["blocked_by"] for one in (await lead.get(path)).json()["available_actions"]}
    assert blocked == {"close": "members_decide"}
    drafted = (await lead.get(f"{path}/rulebooks/2")).json()["available_actions"]
    assert drafted == [{"action": "adopt", "allowed": False, "blocked_by": "members_decide"}]


async def test_members_vote_and_the_former_acceptance_counts_for_fourteen_days(world: World) -> None:
    cast = await make_cast(world)
    book, lead, first = await draft(cast), cast["coordinator"], cast["representative"]
    other = await association(cast)
    short = await lead.post(path_of(cast), {"kind": "rulebook", "subject_id": book, "accept_days": 13})
    assert short.status_code == 422
    made = await lead.post(path_of(cast), {"kind": "rulebook", "subject_id": book, "reason": "Selkeämpi."})
    assert made.status_code == 201, made.text
    id_ = made.json()["id"]
    assert (await lead.post(path_of(cast), {"kind": "rulebook", "subject_id": book})).json()[
        "code"
    ] == "decision_waiting"
    for frozen in (
        await lead.patch(f"/networks/{cast.network.id}/rulebooks/2", {"rule": {"method": "consensus"}}, if_match=1),
        await lead.delete(f"/networks/{cast.network.id}/rulebooks/2", if_match=1),
    ):
        assert (frozen.status_code, frozen.json()["code"]) == (409, "rulebook_proposed")
    tasks = (await first.get("/tasks?kind=network_decision_to_vote")).json()["items"]
    assert [one["subject"]["id"] for one in tasks] == [id_]
    stranger = await first.put(path_of(cast, f"/{id_}/votes/{cast.association_member.id}"), {"choice": "for"})
    assert stranger.status_code == 403, "one speaks for one's own member"
    voted = await first.put(path_of(cast, f"/{id_}/votes/{cast.neighbour_member.id}"), {"choice": "against"})
    assert voted.status_code == 200, voted.text
    assert (await first.get("/tasks?kind=network_decision_to_vote")).json()["items"] == []
    seen = (await lead.get(path_of(cast, f"/{id_}"))).json()
    assert (seen["have_voted"], seen["may_vote"], seen["result"], seen["own"]) == (1, 2, None, [])
    assert [one["fi"] for one in seen["missing"]] == ["Vanhusten Ystävät ry"]
    assert (await other.get(path_of(cast, f"/{id_}"))).json()["missing"] is None
    assert (await cast["editor"].get(path_of(cast, f"/{id_}"))).status_code == 404
    again = await first.put(path_of(cast, f"/{id_}/votes/{cast.neighbour_member.id}"), {"choice": "for"})
    assert again.json()["own"][0]["choice"] == "for"
    done = await other.put(path_of(cast, f"/{id_}/votes/{cast.association_member.id}"), {"choice": "for"})
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
    late = await other.put(path_of(cast, f"/{id_}/votes/{cast.association_member.id}"), {"choice": "against"})
    assert late.json()["code"] == "wrong_state"


async def test_the_last_second_counts_and_the_next_does_not(world: World) -> None:
    """At `closes_at` the vote is over, for who votes and for the count alike."""
    cast = await make_cast(world)
    await association(cast)
    made = await cast["coordinator"].post(path_of(cast), {"kind": "rulebook", "subject_id": await draft(cast)})
    path, end = path_of(cast, f"/{made.json()['id']}"), datetime.fromisoformat(made.json()["closes_at"])
    own = f"{path}/votes/{cast.neighbour_member.id}"
    with clock.fixed(end - timedelta(seconds=1)):
        voter = await world.again(cast["representative"])
        assert (await voter.put(own, {"choice": "for"})).status_code == 200
        await decide_due(world.session)
        assert (await voter.get(path)).json()["state"] == "open"
    with clock.fixed(end):
        voter = await world.again(cast["representative"])
        assert (await voter.put(own, {"choice": "against"})).json()["code"] == "decision_closed"
        await decide_due(world.session)
        shown = (await voter.get(path)).json()
    assert (shown["state"], shown["result"]["turnout"], shown["result"]["votes_for"]) == ("rejected", 1, 1)


@pytest.mark.parametrize(
    ("choices", "outcome", "state"),
    [(["against", "against"], "failed", "rejected"), ([], "no_quorum", "rejected"), (["for"], "no_quorum", "rejected")],
)
async def test_what_too_few_want_does_not_happen(world: World, choices: list[str], outcome: str, state: str) -> None:
    cast = await make_cast(world)
    made = await cast["coordinator"].post(path_of(cast), {"kind": "rulebook", "subject_id": await draft(cast)})
    path = path_of(cast, f"/{made.json()['id']}")
    voters = (
        (await association(cast), cast.association_member.id),
        (cast["representative"], cast.neighbour_member.id),
    )
    for choice, (person, member_id) in zip(choices, voters, strict=False):
        assert (await person.put(f"{path}/votes/{member_id}", {"choice": choice})).status_code == 200
    await pass_days(cast, 13)
    await pass_days(cast, 15)
    seen = (await cast["coordinator"].get(path)).json()
    assert (seen["state"], seen["result"]["outcome"]) == (state, outcome)
    assert await in_force(cast) == 1
    again = await cast["coordinator"].post(path_of(cast), {"kind": "rulebook", "subject_id": seen["subject_id"]})
    assert again.status_code == 201, "it can be proposed again"


async def test_one_member_alone_waits_for_the_clock(world: World) -> None:
    cast = await make_cast(world)
    cast.association_member.state = MemberState.left
    await world.session.flush()
    made = await cast["representative"].post(path_of(cast), {"kind": "chair", "subject_id": str(cast["deputy"].id)})
    path = path_of(cast, f"/{made.json()['id']}")
    vote = await cast["representative"].put(f"{path}/votes/{cast.neighbour_member.id}", {"choice": "for"})
    assert vote.json()["state"] == "open"
    await pass_days(cast, 15)
    assert (await cast["coordinator"].get(path)).json()["state"] == "done"


async def test_a_member_that_leaves_takes_its_vote_along(world: World) -> None:
    cast = await make_cast(world)
    other = await association(cast)
    made = await cast["coordinator"].post(path_of(cast), {"kind": "chair", "subject_id": str(cast["observer"].id)})
    path = path_of(cast, f"/{made.json()['id']}")
    await cast["representative"].put(f"{path}/votes/{cast.neighbour_member.id}", {"choice": "against"})
    cast.neighbour_member.state = MemberState.left
    await world.session.flush()
    assert (await other.put(f"{path}/votes/{cast.association_member.id}", {"choice": "for"})).status_code == 200
    await pass_days(cast, 15)
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
    made = await cast["coordinator"].post(path_of(cast), {"kind": "chair", "subject_id": str(cast["observer"].id)})
    assert (made.status_code, made.json()["code"]) == (409, "meeting_decides")


async def test_who_acts_for_nobody_decides_nothing(world: World) -> None:
    cast = await make_cast(world)
    given = {"kind": "chair", "subject_id": str(cast["observer"].id)}
    for role in ("observer", "owner", "operator", "service", "outsider"):
        assert (await cast[role].post(path_of(cast), given)).status_code == 403, role
    made = await cast["representative"].post(path_of(cast), given)
    dropped = await cast["representative"].post(path_of(cast, f"/{made.json()['id']}/drop"), if_match=1)
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
    answer = await cast["coordinator"].post(path_of(cast), given)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_whoever_speaks_for_a_member_no_more_is_asked_nothing(world: World) -> None:
    """A role that has run out gets no mail; where nobody speaks for the member, who manages its membership does."""
    cast = await make_cast(world)
    former = [await world.session.get_one(User, cast[name].person_id) for name in ("representative", "deputy")]
    of_member = select(RoleGrant).where(col(RoleGrant.for_organisation_id) == cast.neighbour_member.organisation_id)
    for grant in (await world.session.exec(of_member)).all():
        grant.expires_at = clock.now() - timedelta(days=1)
    owner = await world.person((Role.owner, cast.neighbour_member.organisation_id))
    await world.session.flush()
    made = await cast["coordinator"].post(path_of(cast), {"kind": "rulebook", "subject_id": await draft(cast)})
    assert made.status_code == 201, made.text
    told = set((await world.session.exec(select(OutboxMessage.recipient))).all())
    assert not told & {one.email for one in former}
    assert (await world.session.get_one(User, owner.person_id)).email in told
