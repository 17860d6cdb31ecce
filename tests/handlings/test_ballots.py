"""Votes, recusals, deadlines and what follows from a count."""

from datetime import timedelta

import pytest

from puumerkki.access.roles import Role
from puumerkki.access.service import revoke_role
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.kernel import clock
from tests.factories import World
from tests.handlings.scene import Scene, make_scene, recorded


async def _ballot(scene: Scene) -> dict[str, object]:
    shown: dict[str, object] = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    return shown


async def test_the_electorate_is_frozen_and_the_applicants_stand_aside(world: World) -> None:
    scene = await make_scene(world)
    city_member = await world.member(scene.network, scene.city)
    silent = await world.member(scene.network, await world.organisation("Ei hyväksynyt ry"), accepts=False)
    await scene.to_ballot()
    late = await world.member(scene.network, await world.organisation("Myöhäinen ry"))
    shown = await _ballot(scene)
    assert shown["electorate"] == 4
    assert shown["recusals"] == [
        {
            "member_id": str(scene.members["own"].id),
            "own_application": True,
            "tied": False,
            "gone": False,
            "elsewhere": False,
            "asked": False,
            "umbrella": False,
            "same_call": False,
            "reason": None,
        }
    ]
    assert (await scene.vote("own", "for")).json()["code"] == "recused"
    for member in (city_member, silent, late):
        answer = await scene.coordinator.put(f"{scene.path}/ballot/votes/{member.id}", {"choice": "for"} | recorded())
        assert (answer.status_code, answer.json()["code"]) == (404, "not_elector")


async def test_the_asked_authority_votes_where_the_rulebook_lets_it(world: World) -> None:
    scene = await make_scene(world, authority_votes=True)
    await world.member(scene.network, scene.city)
    await scene.next_version(goals="Kolmesataa ikäihmistä.")
    await scene.to_ballot()
    assert (await _ballot(scene))["electorate"] == 5


@pytest.mark.parametrize(
    ("choices", "closing", "concluding", "blocked"),
    [
        (("for", "for", "against"), "passed", "endorse", ("decline", "passed")),
        (("for", "against", "against"), "failed", "decline", ("endorse", "not_passed")),
        (("for", "against", "blank"), "failed", "decline", ("endorse", "not_passed")),
    ],
)
async def test_the_count_decides(
    world: World, choices: tuple[str, ...], closing: str, concluding: str, blocked: tuple[str, str]
) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    assert (await scene.act("endorse")).json()["code"] == "ballot_not_closed"
    for name, choice in zip("abc", choices, strict=True):
        assert (await scene.on_ballot("close")).json()["code"] == "votes_missing"
        assert (await scene.vote(name, choice)).status_code == 200
    closed = await scene.on_ballot("close")
    assert closed.json()["result"]["outcome"] == closing
    assert [vote["choice"] for vote in closed.json()["votes"]] == list(choices)
    action, code = blocked
    assert (await scene.act(action, {"reason": "Syy."})).json()["code"] == code
    assert (await scene.act("reopen_review", {"reason": "Syy."})).json()["code"] == "ballot_settled"
    shown = await scene.must(concluding, {"reason": "Syy."})
    assert shown["state"] == {"endorse": "endorsed", "decline": "declined"}[concluding]
    assert shown["reason"] == {"endorse": None, "decline": "Syy."}[concluding]


async def test_votes_by_name_are_for_the_network(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    shown = (await scene.editor.get(f"{scene.path}/ballot")).json()
    assert shown["votes"] is None
    assert shown["result"]["votes_for"] == 3
    public = await make_scene(world, votes_public=True)
    await public.to_endorsed()
    assert len((await public.editor.get(f"{public.path}/ballot")).json()["votes"]) == 3


async def test_no_vote_counts_after_the_deadline_even_before_the_clock_has_run(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    assert (await scene.vote("a", "for")).status_code == 200
    with clock.fixed(clock.now() + timedelta(days=20)):
        refused = await scene.vote("b", "against", by=await scene.fresh("b"))
        assert (refused.status_code, refused.json()["code"]) == (409, "ballot_closed")
        await close_due_ballots(world.session)
        await close_due_ballots(world.session)
        coordinator = await world.person((Role.coordinator, scene.network.id))
        shown = (await coordinator.get(f"{scene.path}/ballot")).json()
    assert (shown["state"], shown["turnout"], shown["result"]["outcome"]) == ("closed", 1, "no_quorum")


async def test_without_quorum_the_review_is_reopened(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    with clock.fixed(clock.now() + timedelta(days=20)):
        coordinator = await world.person((Role.coordinator, scene.network.id))
        assert (await scene.act("endorse", by=coordinator)).json()["code"] == "no_quorum"
        assert (await scene.must("reopen_review", {"reason": "Uusi äänestys."}, by=coordinator))["state"] == "in_review"
        assert (await scene.must("open_ballot", by=coordinator))["ballot"]["state"] == "open"


async def test_nobody_objects_and_the_clock_gives_the_endorsement(world: World) -> None:
    scene = await make_scene(world, method="no_objection")
    early = {"closes_at": (clock.now() + timedelta(days=1)).isoformat()}
    await scene.must("begin_review")
    await scene.must("readings", {"read_on": clock.today().isoformat()})
    assert (await scene.act("open_ballot", early)).json()["errors"][0]["code"] == "too_soon"
    await scene.must("open_ballot")
    with clock.fixed(clock.now() + timedelta(days=20)):
        await close_due_ballots(world.session)
    assert (await scene.row()).state == "endorsed"


async def test_an_objection_forces_a_meeting(world: World) -> None:
    scene = await make_scene(world, method="no_objection")
    await scene.to_ballot()
    for name, choice in (("a", "against"), ("b", "blank"), ("c", "for")):
        await scene.vote(name, choice)
    assert (await scene.on_ballot("close")).json()["result"]["outcome"] == "objection"
    assert (await scene.act("endorse")).json()["code"] == "objection"
    assert (await scene.must("reopen_review", {"reason": "Kokous."}))["state"] == "in_review"


async def test_a_recusal_removes_the_vote_and_leaves_the_base(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    await scene.vote("a", "against")
    path = f"{scene.path}/ballot/recusals/{scene.members['a'].id}"
    for _ in range(2):
        answer = await scene.representatives["a"].put(path, {"reason": "Sisarjärjestö."})
        assert answer.json() == {
            "member_id": str(scene.members["a"].id),
            "own_application": False,
            "tied": False,
            "gone": False,
            "elsewhere": False,
            "asked": False,
            "umbrella": False,
            "same_call": False,
            "reason": "Sisarjärjestö.",
        }
    assert (await scene.vote("a", "for")).json()["code"] == "recused"
    for name in "bc":
        await scene.vote(name, "for")
    result = (await scene.on_ballot("close")).json()["result"]
    assert (result["base"], result["turnout"], result["against"], result["outcome"]) == (2, 2, 0, "passed")


@pytest.mark.parametrize("votes_public", [False, True])
async def test_why_a_member_stands_aside_stays_inside_the_network(world: World, votes_public: bool) -> None:
    scene = await make_scene(world, votes_public=votes_public)
    await scene.to_ballot()
    path = f"{scene.path}/ballot/recusals/{scene.members['a'].id}"
    assert (await scene.representatives["a"].put(path, {"reason": "Sisarjärjestö."})).status_code == 200
    outside = [scene.editor, await world.person((Role.viewer, scene.applicant.id))]
    inside = [scene.coordinator, scene.representatives["b"], await world.person((Role.observer, scene.network.id))]
    for ended in (False, True):
        for name in "bc" if ended else "":
            assert (await scene.vote(name, "for")).status_code == 200
        assert not ended or (await scene.on_ballot("close")).status_code == 200
        for who in (*outside, *inside):
            ballot = await who.get(f"{scene.path}/ballot")
            assert ballot.status_code == 200
            told = {one["member_id"]: one["reason"] for one in ballot.json()["recusals"]}
            assert told[str(scene.members["a"].id)] == ("Sisarjärjestö." if who in inside else None)


async def test_only_the_voice_of_a_member_votes_for_it(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    assert (await scene.vote("a", "for", by=scene.representatives["b"])).json()["code"] == "no_voice"
    assert (await scene.vote("a", "for", by=scene.chair)).status_code == 403
    assert (await scene.vote("a", "for", by=scene.coordinator)).status_code == 403
    assert (await scene.vote("a", "for", by=await world.person())).status_code == 404
    assert (await scene.vote("a", "for")).status_code == 200
    await revoke_role(world.session, principal_id=scene.representatives["a"].id, scope_id=scene.network.id)  # type: ignore[arg-type]
    assert (await scene.vote("a", "against")).status_code in (403, 404)
    assert (await _ballot(scene))["turnout"] == 1


async def test_a_recorded_vote_never_replaces_the_members_own(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    by = scene.coordinator
    assert (await scene.vote("a", "against", by=by, recorded=True)).json()["recorded"] is True
    assert (await scene.vote("a", "blank", by=by, recorded=True)).status_code == 200
    assert (await scene.vote("a", "for")).json()["recorded"] is False
    assert (await scene.vote("a", "against", by=by, recorded=True)).json()["code"] == "cast_by_member"
    assert (await scene.vote("b", "for", by=scene.secretary, recorded=True)).status_code == 403


@pytest.mark.parametrize(
    "given",
    [
        {"choice": "against"},
        {"choice": "for_with_conditions"},
        {"choice": "for", "condition": "Jos."},
        {"choice": "maybe"},
        {"choice": "for", "weight": 2},
    ],
)
async def test_a_vote_is_whole(world: World, given: dict[str, object]) -> None:
    scene = await make_scene(world, members=1)
    await scene.to_ballot()
    answer = await scene.representatives["a"].put(f"{scene.path}/ballot/votes/{scene.members['a'].id}", given)
    assert answer.status_code == 422


async def test_every_condition_is_taken_or_answered_first(world: World) -> None:
    scene = await make_scene(world, members=2)
    await scene.to_ballot()
    await scene.vote("a", "for_with_conditions", condition="Kuljetukset sovitaan.")
    await scene.vote("b", "for_with_conditions", condition="Nimi muutetaan.")
    await scene.on_ballot("close")
    assert (await scene.act("endorse")).json()["code"] == "conditions_unanswered"
    a, b = (f"conditions/{scene.members[name].id}" for name in "ab")
    assert (await scene.on_ballot(a, {"taken": True, "when": "before"})).status_code == 200
    assert (await scene.on_ballot(b, {"taken": False})).status_code == 422
    answered = await scene.on_ballot(b, {"taken": False, "answer": "Nimi on hakijan."})
    assert [one["taken"] for one in answered.json()["conditions"]] == [True, False]
    assert (
        await scene.on_ballot(f"conditions/{scene.members['own'].id}", {"taken": True, "when": "later"})
    ).status_code == 404
    number = (await scene.must("endorse"))["endorsement_number"]
    endorsement = (await world.nobody.get(f"/endorsements/{number}")).json()
    assert endorsement["conditions"] == [{"text": "Kuljetukset sovitaan.", "met": False, "when": "before"}]


async def test_a_ballot_needs_a_reading_or_the_handling_days(world: World) -> None:
    scene = await make_scene(world)
    await scene.must("begin_review")
    assert (await scene.act("open_ballot")).json()["code"] == "no_reading"
    with clock.fixed(clock.now() + timedelta(days=16)):
        coordinator = await world.person((Role.coordinator, scene.network.id))
        assert (await scene.must("open_ballot", by=coordinator))["state"] == "in_ballot"


async def test_what_opens_no_ballot(world: World) -> None:
    scene = await make_scene(world, method="meeting_decides")
    await scene.must("begin_review")
    await scene.must("readings", {"read_on": clock.today().isoformat()})
    assert (await scene.act("open_ballot")).json()["code"] == "meeting_decides"
    for days, code in ((-1, "too_soon"), (91, "too_late")):
        other = await make_scene(world)
        await other.must("begin_review")
        await other.must("readings", {"read_on": clock.today().isoformat()})
        at = {"closes_at": (clock.now() + timedelta(days=days)).isoformat()}
        assert (await other.act("open_ballot", at)).json()["errors"][0]["code"] == code
