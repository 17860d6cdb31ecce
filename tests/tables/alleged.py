"""Somebody who is said to be tied, until that is settled: one try of each thing."""

from typing import Any

from puumerkki.access.roles import Role
from puumerkki.organisations.models.organisations import Organisation
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.partnerships import gate
from tests.partnerships.cases import act
from tests.tables.ties import DECISION, Try, begun, confirms, reads, recording, told


def alleged() -> dict[str, Try]:
    """Somebody whom another says to be tied, in each office; what they may do is shown to the others."""

    async def say(by: Client, path: str, who: Client, applicant: Organisation) -> None:
        about = {"principal_id": str(who.id), "organisation_id": str(applicant.id), "reason": "Puoliso."}
        answer = await by.post(f"{path}/ties", about)
        assert answer.status_code == 200, answer.text
        [shown] = (await by.get(f"{path}/ties")).json()["questions"]
        assert (shown["standing"], shown["person"]["principal_id"]) == ("open", str(who.id)), "it is shown"

    async def of(world: World, office: str, **rule: Any) -> Scene:
        scene = await make_scene(world, **rule)
        who = scene.representatives["a"] if office == "voice" else getattr(scene, office)
        await say(scene.editor, scene.path, who, scene.applicant)
        return scene

    async def vote(world: World) -> str:
        scene = await of(world, "voice")
        await scene.to_ballot()
        return told(await scene.vote("a", "for"))

    async def lead(world: World) -> str:
        return told(await (await of(world, "coordinator")).act("begin_review"))

    async def confirm(world: World) -> str:
        scene = await of(world, "chair")
        await scene.must("begin_review")
        return await confirms(scene)

    async def present(world: World) -> str:
        scene = await of(world, "voice", members=2, one_is_enough=False)
        await scene.must("begin_review")
        await scene.seat(secretary="b", chair="a")
        return told(await scene.act("record_decision", await recording(scene, "a", "b"), by=scene.secretary))

    async def at_a_city(world: World, role: Role) -> tuple[gate.Scene, Client, Client]:
        found = await gate.scene(world, gate=False)
        who, other = await world.person((role, found.city.id)), await world.person((Role.decider, found.city.id))
        if role is Role.decider:
            await begun(world, found.request, found.city.id)
        await say(other, f"/partner-requests/{found.request.id}", who, found.association)
        return found, who, other

    async def begin(world: World) -> str:
        found, who, _ = await at_a_city(world, Role.officer)
        return told(await act(who, found.request, "begin"))

    async def decide(world: World) -> str:
        found, who, other = await at_a_city(world, Role.decider)
        answer = told(await act(who, found.request, "decide", DECISION))
        third = await world.person((Role.decider, found.city.id))
        [question] = (await other.get(f"/partner-requests/{found.request.id}/ties")).json()["questions"]
        settled = {"holds": False, "reason": "Ei ole."}
        assert told(await third.put(f"/tie-questions/{question['id']}/settlement", settled)) == "yes"
        assert told(await act(who, found.request, "decide", DECISION)) == "yes", "once it is settled"
        return answer

    async def read(world: World) -> str:
        scene = await of(world, "coordinator")
        return await reads(scene, scene.coordinator)

    deeds = (vote, lead, confirm, present, begin, decide, read)
    return {deed.__name__: deed for deed in deeds}
