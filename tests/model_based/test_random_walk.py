"""A random walk over the API by many people and services finds no answer that a hand-written model does not give.

`make walk` goes further: PUUMERKKI_WALK_STEPS in all, from PUUMERKKI_WALK_SEED on.
"""

import os
import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from puumerkki.access.actor import Actor
from puumerkki.access.roles import Role
from puumerkki.notifications.service.following import sweep
from tests.factories import World
from tests.guidance.agreeing import disagreements, on_no_desk
from tests.mail_rules import GROUNDS, ill_mails
from tests.model_based.doable import not_doable
from tests.model_based.founding_faults import HOLES as FOUNDING
from tests.model_based.planted_faults import HOLES
from tests.model_based.setup import CHANGING, HATS, STAYS
from tests.model_based.told_rows import wrongly_told
from tests.model_based.waiting_rows import differences
from tests.model_based.walk import TILTS, Walk
from tests.notifications.people import follow_all
from tests.statement_cache import build_anew

STEPS = int(os.environ.get("PUUMERKKI_WALK_STEPS", "600"))
SEED = int(os.environ.get("PUUMERKKI_WALK_SEED", "1"))
A_WALK = 300
"""So many steps begin with a fresh world."""
A_LOOK = 10
"""So often what waits is brought up to date with the events of the steps before, and with nothing else."""
SOON = {
    "applicants_of_the_working_copy": 2,
    "decisions_are_not_looked_at": 3,
    "no_only_with_endorsements": 3,
    "one_policy_is_enough": 2,
    "unconfirmed_ones_apply": 2,
}
"""The seeds with which a walk comes upon these soon; with others it does later."""
PLANTED = [(plant, "everything") for plant in HOLES] + [(plant, "newcomers") for plant in FOUNDING]
MOST_STEPS_TO_A_HOLE = 1500


async def walked(
    world: World,
    seed: int,
    steps: int,
    *,
    tilt: str = "everything",
    until_difference: bool = False,
    follows: bool = False,
) -> Walk:
    walk = Walk(world, random.Random(seed), tilt)
    await walk.lay()
    await sweep(world.session)
    told: set[UUID] = set()
    while walk.steps < steps and not (until_difference and walk.differences):
        await walk.step()
        if follows and walk.steps % A_LOOK == 0:
            await follow_all(world.session)
            walk.differences += await wrongly_told(world, told)
    return walk


@pytest.mark.parametrize("seed", range(SEED, SEED + max(1, STEPS // A_WALK)))
async def test_the_api_and_the_model_agree(seed: int, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    walk = await walked(world, seed, min(STEPS, A_WALK), tilt=sorted(TILTS)[seed % len(TILTS)], follows=True)
    with capsys.disabled():
        if "PUUMERKKI_WALK_STEPS" in os.environ:
            print(f"seed {seed}: {walk.steps} steps, {len(walk.differences)} differences; {dict(walk.seen)}")
    people = [caller for _, caller in walk.people]
    walk.differences += await differences(world, people) + await disagreements(world, people)
    walk.differences += await on_no_desk(world, people) + await not_doable(world, people)
    walk.differences += await ill_mails(world.session, GROUNDS)
    assert not walk.differences, "\n".join(walk.differences)
    refused = sum(walk.seen[f"answers {status}"] for status in (403, 404, 409))
    done = walk.seen["answers 200"] + walk.seen["answers 201"]
    assert min(refused, done) > walk.steps / 20, "the walk saw only one side of the rules"


async def test_a_hole_in_what_may_be_done_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def require_nothing(*_: Any, **__: Any) -> None:
        return None

    monkeypatch.setattr(Actor, "require", require_nothing)
    walk = await walked(world, SEED, MOST_STEPS_TO_A_HOLE, until_difference=True)
    assert walk.differences, "nobody noticed that everything is permitted"


async def test_a_hole_in_what_may_be_seen_is_found(world: World) -> None:
    """Somebody holds a role that they should not hold."""
    walk = Walk(world, random.Random(SEED))
    await walk.lay()
    free = [
        (caller, network)
        # the roles of these do not change, so nothing closes the hole by chance
        for who, caller in walk.people[STAYS + HATS + CHANGING :]
        for network in walk.networks
        if not any(scope == network for _, scope, _ in who.grants)
    ]
    caller, network = next((caller, network) for caller, network in free if caller.id is not None)
    assert caller.id is not None
    await world.grant(caller.id, Role.observer, network)
    while not walk.differences and walk.steps < MOST_STEPS_TO_A_HOLE:
        await walk.step()
    assert walk.differences, "nobody noticed that a stranger reads"


@pytest.mark.parametrize(("plant", "tilt"), PLANTED, ids=lambda one: one if isinstance(one, str) else one.__name__)
async def test_a_hole_in_the_rules_is_found(
    plant: Callable[[pytest.MonkeyPatch], None], tilt: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_anew(monkeypatch)
    plant(monkeypatch)
    seed = SOON.get(plant.__name__, SEED)
    walk = await walked(world, seed, MOST_STEPS_TO_A_HOLE, tilt=tilt, until_difference=True)
    print(f"{plant.__name__}: {walk.steps} steps")
    assert walk.differences, f"nobody noticed: {plant.__doc__}"
