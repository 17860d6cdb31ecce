"""A random walk of a network's members finds no answer that a hand-written model does not give."""

import os
import random
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from tests.factories import World
from tests.mail_rules import GROUNDS, ill_mails
from tests.model_based.council_faults import HOLES
from tests.model_based.council_walk import TILTS, CouncilWalk
from tests.model_based.later_faults import LATER
from tests.statement_cache import build_anew

STEPS = int(os.environ.get("PUUMERKKI_WALK_STEPS", "600"))
SEED = int(os.environ.get("PUUMERKKI_WALK_SEED", "1"))
A_WALK = 200
MOST_STEPS_TO_A_HOLE = 1500
SOON = {"a_tied_person_confirms": 3}
"""The seeds with which a walk comes upon these soon; with others it does later."""
PLANTED = [*HOLES.items(), *LATER.items()]


async def walked(world: World, seed: int, steps: int, tilt: str, *, until_difference: bool = False) -> CouncilWalk:
    with ExitStack() as clocks:
        walk = CouncilWalk(world, random.Random(seed), clocks, tilt=tilt)
        await walk.lay()
        while walk.steps < steps and not (until_difference and walk.differences):
            await walk.step()
        return walk


@pytest.mark.parametrize("seed", range(SEED, SEED + max(1, STEPS // A_WALK)))
async def test_the_api_and_the_model_agree(seed: int, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Each walk is mostly about something else."""
    walk = await walked(world, seed, min(STEPS, A_WALK), sorted(TILTS)[seed % len(TILTS)])
    with capsys.disabled():
        if "PUUMERKKI_WALK_STEPS" in os.environ:
            print(f"seed {seed}: {walk.steps} steps, {len(walk.differences)} differences; {dict(walk.seen)}")
    walk.differences += await ill_mails(world.session, GROUNDS)
    assert not walk.differences, "\n".join(walk.differences)


@pytest.mark.parametrize(("plant", "tilt"), PLANTED, ids=lambda one: one if isinstance(one, str) else one.__name__)
async def test_a_hole_in_the_rules_is_found(
    plant: Callable[[pytest.MonkeyPatch], None], tilt: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_anew(monkeypatch)
    plant(monkeypatch)
    seed = SOON.get(plant.__name__, SEED)
    walk = await walked(world, seed, MOST_STEPS_TO_A_HOLE, tilt, until_difference=True)
    print(f"{plant.__name__}: {walk.steps} steps")
    assert walk.differences, f"nobody noticed: {plant.__doc__}"
