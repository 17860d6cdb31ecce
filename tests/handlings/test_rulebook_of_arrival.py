"""The rulebook in force when a version arrived governs it, whatever the members adopt meanwhile."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from puumerkki.handlings.models.handlings import Ballot
from puumerkki.kernel import clock
from puumerkki.networks import queries
from tests.factories import World
from tests.handlings.scene import make_scene
from tests.network_decisions import new_rulebook

NEW: dict[str, Any] = {
    "texts": {"fi": "Uudet säännöt."},
    "rule": {"method": "consensus", "quorum_percent": 0, "ballot_days": 1, "validity_days": 1},
}


async def test_a_new_rulebook_changes_nothing_for_what_came_before_it(world: World) -> None:
    scene = await make_scene(world)
    former = await queries.rulebook_in_force(world.session, scene.network.id)
    assert former is not None
    await new_rulebook(world, scene.network, scene.coordinator, NEW)
    await scene.to_ballot()
    shown = (await scene.coordinator.get(scene.path)).json()
    assert shown["rule"]["validity_days"] == former.rule["validity_days"]
    ballot = (await world.session.exec(select(Ballot).where(col(Ballot.handling_id) == scene.handling_id))).one()
    assert ballot.rulebook_id == former.id
    for name in "abc":
        await scene.vote(name, "for")
    await scene.on_ballot("close")
    number = (await scene.must("endorse"))["endorsement_number"]
    endorsement = (await world.nobody.get(f"/endorsements/{number}")).json()
    assert endorsement["valid_until"] > (clock.today() + timedelta(days=300)).isoformat()


async def test_what_comes_after_it_goes_by_the_new_one(world: World) -> None:
    scene = await make_scene(world)
    await new_rulebook(world, scene.network, scene.coordinator, NEW)
    await scene.next_version(goals="Toiset tavoitteet.")
    shown = (await scene.coordinator.get(scene.path)).json()
    assert shown["rule"]["validity_days"] == 1
