"""A version that waits while conditions are open is decided on by who was a member when it was submitted."""

from datetime import timedelta

from puumerkki.access.roles import Role
from puumerkki.handlings.service.removals import end_removals
from puumerkki.kernel import clock
from tests.disqualification.test_named_by_operators import named, representative
from tests.endorsements.conditional import ANOTHER_PROJECT, conditional
from tests.factories import World


async def test_who_is_removed_while_it_waits_votes_on_it(world: World) -> None:
    """The coordinator lets it wait until the critic is gone."""
    scene = await conditional(world)
    await scene.next_version(**ANOTHER_PROJECT)
    path = f"/networks/{scene.network.id}/members/{scene.members['c'].id}"
    reason = {"reason": "Arvostelee hakemuksia."}
    assert (await scene.coordinator.post(f"{path}/remove", reason, if_match=1)).status_code == 200
    with clock.fixed(clock.now() + timedelta(days=8)):
        second = await world.again(scene.representatives["b"])
        done = await second.post(f"{path}/proposal/confirm", if_match=2)
        assert (done.status_code, done.json()["state"]) == (200, "leaving"), done.text
        await end_removals(world.session)
        scene.coordinator, scene.representatives["c"] = (
            await world.again(scene.coordinator),
            await world.again(scene.representatives["c"]),
        )
        await scene.must("take_new_version")
        await scene.to_ballot()
        assert (await scene.vote("c", "against")).status_code == 200


async def test_nobody_named_since_takes_a_voice_while_it_waits(world: World) -> None:
    scene = await conditional(world)
    await scene.next_version(**ANOTHER_PROJECT)
    member = scene.members["c"].organisation_id
    stranger, friend = await named(world, member), await world.person((Role.viewer, member))
    assert await representative(scene, stranger, "c", "representative", friend) == (409, "named_since_open")
    await scene.must("take_new_version")
    await scene.to_ballot()
    assert (await scene.vote("c", "against")).status_code == 200
