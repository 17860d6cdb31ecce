"""Who has two voices, who shares an owner, who is a machine, who runs the platform: one try of each thing."""

from typing import Any

from puumerkki.access.roles import Role
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.partnerships import gate
from tests.partnerships.cases import act
from tests.tables.ties import DECISION, Try, at_the_city, begun, confirms, reads, recording, told


async def _both(scene: Scene, who: Client, *roles: tuple[Role, str]) -> None:
    assert who.id is not None
    for role, name in roles:
        organisation = scene.members[name].organisation_id
        representative = role in (Role.representative, Role.deputy)
        await scene.world.grant(
            who.id, role, scene.network.id if representative else organisation, organisation if representative else None
        )


REPRESENTATIVES = (Role.representative, "a"), (Role.deputy, "b")
RUNS = (Role.owner, "a"), (Role.signatory, "b")


async def two_voices_vote(world: World) -> str:
    scene = await make_scene(world)
    await _both(scene, scene.secretary, *REPRESENTATIVES)
    await scene.to_ballot()
    answer = told(await scene.vote("a", "for", by=scene.secretary))
    assert told(await scene.vote("b", "for", by=scene.secretary)) == "speaks_for_another"
    return answer


async def one_owner_votes(world: World) -> str:
    scene = await make_scene(world)
    await _both(scene, await world.person(), *RUNS)
    await scene.to_ballot()
    answer = told(await scene.vote("a", "for"))
    assert told(await scene.vote("b", "for")) == "votes_together"
    return answer


def leads(roles: tuple[tuple[Role, str], ...]) -> Try:
    async def tried(world: World) -> str:
        scene = await make_scene(world)
        await _both(scene, scene.coordinator, *roles)
        return told(await scene.act("begin_review"))

    return tried


def confirms_own(roles: tuple[tuple[Role, str], ...]) -> Try:
    """The secretary records and the chair confirms, both of one member."""

    async def tried(world: World) -> str:
        scene = await make_scene(world)
        await scene.must("begin_review")
        await _both(scene, scene.secretary, *roles)
        await _both(scene, scene.chair, roles[0])
        return await confirms(scene)

    return tried


def is_present(roles: tuple[tuple[Role, str], ...]) -> Try:
    async def tried(world: World) -> str:
        scene = await make_scene(world)
        await scene.must("begin_review")
        await _both(scene, scene.representatives["a"], *roles[1:])
        return told(await scene.act("record_decision", await recording(scene), by=scene.secretary))

    return tried


def reading(roles: tuple[tuple[Role, str], ...]) -> Try:
    async def tried(world: World) -> str:
        scene = await make_scene(world)
        await _both(scene, scene.coordinator, *roles)
        return await reads(scene, scene.coordinator)

    return tried


async def _machine(
    world: World, scene: Scene | gate.Scene, role: Role, scope: Any, representative: Any = None
) -> Client:
    """A service account with a role that it should not have, and all scopes."""
    organisation = scene.city
    made = await world.service(Role.officer, organisation)
    assert made.id is not None
    await world.grant(made.id, role, scope, representative)
    return made


def someone(kind: str, deed: str) -> Try:
    """A service account, or an operator, whatever roles they hold."""

    async def who(
        world: World, scene: Scene | gate.Scene, role: Role, scope: Any, representative: Any = None
    ) -> Client:
        if kind == "service":
            return await _machine(world, scene, role, scope, representative)
        grants = (role, scope) if representative is None else (role, scope, representative)
        return await world.person((Role.operator, None), grants)

    async def tried(world: World) -> str:
        if deed in ("begin", "decide"):
            found = await gate.scene(world, gate=False)
            role = Role.officer if deed == "begin" else Role.decider
            caller = await who(world, found, role, found.city.id)
            if deed == "decide":
                await begun(world, found.request, found.city.id)
            return told(await act(caller, found.request, deed, DECISION if deed == "decide" else None))
        scene = await make_scene(world)
        network = scene.network.id
        if deed == "vote":
            caller = await who(world, scene, Role.deputy, network, scene.members["a"].organisation_id)
            await scene.to_ballot()
            return told(await scene.vote("a", "for", by=caller))
        if deed == "lead":
            return told(await scene.act("begin_review", by=await who(world, scene, Role.coordinator, network)))
        if deed == "confirm":
            await scene.must("begin_review")
            return await confirms(scene, by=await who(world, scene, Role.chair, network))
        if kind == "service":
            request = await at_the_city(scene)
            return told(await (await world.service(Role.officer, scene.city)).get(f"/partner-requests/{request.id}"))
        return told(await (await who(world, scene, Role.observer, network)).get(scene.path))

    return tried
