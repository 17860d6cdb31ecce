"""Fewer than two members that vote are no decision, unless the rulebook says that one is enough."""

from datetime import timedelta
from typing import Any

import pytest

from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.kernel import clock
from tests.factories import World
from tests.handlings.scene import Scene, make_scene


async def _voted(world: World, votes: dict[str, str], **rule: Any) -> str:
    """The outcome of a ballot of three in which these vote."""
    scene = await make_scene(world, **({"one_is_enough": False, "quorum_percent": 0} | rule))
    await scene.to_ballot()
    for name, choice in votes.items():
        assert (await scene.vote(name, choice)).status_code == 200
    with clock.fixed(clock.now() + timedelta(days=20)):
        await close_due_ballots(world.session)
        shown = (await (await world.again(scene.coordinator)).get(f"{scene.path}/ballot")).json()
    return str(shown["result"]["outcome"])


@pytest.mark.parametrize(
    ("votes", "rule", "outcome"),
    [
        ({"a": "for"}, {}, "no_quorum"),
        ({"a": "against"}, {}, "no_quorum"),
        ({"a": "for"}, {"one_is_enough": True}, "passed"),
        ({"a": "for", "b": "for"}, {}, "passed"),
        ({"a": "for", "b": "blank"}, {}, "passed"),
        ({}, {"method": "no_objection"}, "passed"),
    ],
)
async def test_how_many_decide(world: World, votes: dict[str, str], rule: dict[str, Any], outcome: str) -> None:
    assert await _voted(world, votes, **rule) == outcome


async def _read(scene: Scene) -> None:
    await scene.must("begin_review")
    await scene.must("readings", {"read_on": clock.today().isoformat()})


async def test_no_ballot_opens_where_one_member_could_vote(world: World) -> None:
    scene = await make_scene(world, members=1, one_is_enough=False)
    await _read(scene)
    assert (await scene.act("open_ballot")).json()["code"] == "too_few_electors"
    tied = await make_scene(world, members=2, one_is_enough=False)
    await tied.representatives["a"].put(f"/affiliations/{tied.applicant.id}", {"kinds": ["board_member"]})
    await _read(tied)
    assert (await tied.act("open_ballot")).json()["code"] == "too_few_electors"


async def test_one_member_in_a_meeting_is_no_decision(world: World) -> None:
    scene = await make_scene(world, members=2, one_is_enough=False, quorum_percent=0)
    await _read(scene)
    given = {
        "meeting_id": str((await scene.meeting()).id),
        "endorses": True,
        "wording": "Puollettiin.",
        "present_member_ids": [str(scene.members["a"].id)],
    }
    assert (await scene.act("record_decision", given, by=scene.secretary)).json()["code"] == "no_quorum"


async def test_register_and_certificate_say_how_many(world: World) -> None:
    scene = await make_scene(world, members=2)
    await scene.to_ballot()
    recusal = f"{scene.path}/ballot/recusals/{scene.members['b'].id}"
    assert (await scene.representatives["b"].put(recusal, {})).status_code == 200
    await scene.vote("a", "for")
    await scene.on_ballot("close")
    number = (await scene.must("endorse"))["endorsement_number"]
    endorsement = (await world.nobody.get(f"/endorsements/{number}")).json()
    assert endorsement["turnout"] == {"electorate": 3, "stood_aside": 2, "voted": 1, "version": None}
    assert (await world.nobody.get(f"/endorsements/{number}/certificate.pdf")).status_code == 200
