"""Each tie of the table, and each thing that a tied person does: one try of it through the API."""

from collections.abc import Awaitable, Callable
from typing import Any

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.service.handovers import tell_owners
from tests.disqualification.test_ties_table import applied_once, tie
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.handlings.test_interests import asked_member
from tests.partnerships import gate
from tests.partnerships.cases import act

Try = Callable[[World], Awaitable[str]]
DECISION: dict[str, Any] = {"outcome": "statement", "body": "Hyvinvointijohtaja", "decided_on": str(clock.today())}


def told(answer: Any) -> str:
    """`yes`, or the code of the refusal."""
    return "yes" if answer.is_success else str(answer.json()["code"])


async def recording(scene: Scene, *present: str) -> dict[str, Any]:
    names = present or tuple(name for name in scene.members if name not in ("own", "city"))
    return {
        "meeting_id": str((await scene.meeting()).id),
        "endorses": True,
        "wording": "Puolletaan.",
        "present_member_ids": [str(scene.members[name].id) for name in names],
    }


async def confirms(scene: Scene, by: Client | None = None) -> str:
    """The secretary records, and somebody confirms; where the secretary may not record, that is the answer."""
    recorded = await scene.act("record_decision", await recording(scene), by=scene.secretary)
    if not recorded.is_success:
        return told(recorded)
    [made] = (await scene.coordinator.get(scene.path)).json()["decisions"]
    return told(await scene.act(f"decisions/{made['id']}/confirm", by=by or scene.chair))


def tied(how: str, *, in_ballot: bool = False) -> dict[str, Try]:
    """Somebody tied to an applicant in one of the ways of `tie`, in each office."""

    async def bind(world: World, scene: Scene, who: Client) -> None:
        await tie(world, how, who, scene.application, scene.applicant)

    async def vote(world: World) -> str:
        scene = await make_scene(world)
        await scene.fresh("a")
        if in_ballot:
            await scene.to_ballot()
            assert (await scene.vote("a", "for")).status_code == 200
        await bind(world, scene, scene.representatives["a"])
        if not in_ballot:
            await scene.to_ballot()
        shown = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
        assert shown["turnout"] == 0, "a vote that was given is gone"
        answer = told(await scene.vote("a", "for"))
        if answer != "yes":
            assert (await scene.vote("a", "for", by=await scene.fresh("a"))).status_code == 200, "the deputy does"
        return answer

    async def lead(world: World) -> str:
        scene = await make_scene(world)
        await bind(world, scene, scene.coordinator)
        answer = told(await scene.act("begin_review"))
        if answer != "yes":
            assert told(await scene.act("begin_review", by=scene.chair)) == "yes", "the chair leads"
        return answer

    async def confirm(world: World) -> str:
        scene = await make_scene(world)
        await scene.must("begin_review")
        await bind(world, scene, scene.chair)
        return await confirms(scene)

    async def present(world: World) -> str:
        scene = await make_scene(world, members=2, one_is_enough=False)
        await scene.must("begin_review")
        await bind(world, scene, scene.representatives["a"])
        return told(await scene.act("record_decision", await recording(scene, "a", "b"), by=scene.secretary))

    async def begin(world: World) -> str:
        found = await gate.scene(world, gate=False)
        who = await world.person((Role.officer, found.city.id))
        await tie(world, how, who, found.application, found.association)
        answer = told(await act(who, found.request, "begin"))
        if answer != "yes":
            other = await handed_over(world, found)
            assert told(await act(other, found.request, "begin")) == "yes", "whom the owner names does"
        return answer

    async def decide(world: World) -> str:
        found = await gate.scene(world, gate=False)
        who = await world.person((Role.decider, found.city.id))
        await begun(world, found.request, found.city.id)
        await tie(world, how, who, found.application, found.association)
        answer = told(await act(who, found.request, "decide", DECISION))
        if answer != "yes":
            other = await handed_over(world, found)
            assert told(await act(other, found.request, "decide", DECISION)) == "yes", "whom the owner names does"
        return answer

    async def read(world: World) -> str:
        scene = await make_scene(world)
        await bind(world, scene, scene.coordinator)
        return await reads(scene, scene.coordinator)

    deeds = (vote, lead, confirm, present, begin, decide, read)
    return {deed.__name__: deed for deed in deeds}


async def handed_over(world: World, found: gate.Scene) -> Client:
    """To whom an owner of the city hands the case. Some ties here are made without the event that tells owners."""
    owner = await world.person((Role.owner, found.city.id))
    other = await world.person((Role.registry, found.city.id))
    await tell_owners(world.session, found.request)
    [waits] = (await owner.get("/case-handovers")).json()["items"]
    assert told(await owner.put(f"/case-handovers/{waits['id']}", {"principal_id": str(other.id)})) == "yes"
    return other


async def begun(world: World, request: PartnerRequest, city: Any) -> None:
    preparer = await world.person((Role.officer, city))
    assert (await act(preparer, request, "begin")).status_code == 200


async def reads(scene: Scene, who: Client) -> str:
    assert (await who.get(scene.path)).status_code == 200
    about = {"subject_kind": "handling", "subject_id": str(scene.handling_id), "audience": "network"}
    return told(await who.post("/comments", about | {"body": "Huomio."}))


async def own_vote(world: World) -> str:
    scene = await make_scene(world)
    await scene.to_ballot()
    return told(await scene.vote("own", "for"))


async def own_present(world: World) -> str:
    scene = await make_scene(world, members=1, one_is_enough=False)
    await scene.must("begin_review")
    return told(await scene.act("record_decision", await recording(scene, "own", "a"), by=scene.secretary))


async def asked_vote(world: World) -> str:
    scene = await make_scene(world)
    await asked_member(scene)
    (await scene.row()).received_at = clock.now()
    await scene.to_ballot()
    allowed = await make_scene(world, authority_votes=True)
    await asked_member(allowed)
    (await allowed.row()).received_at = clock.now()
    await allowed.to_ballot()
    assert told(await allowed.vote("city", "for")) == "yes", "the rulebook lets it"
    return told(await scene.vote("city", "for"))


async def employed(world: World, office: str, role: Role = Role.registry) -> Scene:
    scene = await make_scene(world)
    await world.grant(getattr(scene, office).id, role, scene.city.id)
    return scene


async def asked_present(world: World) -> str:
    scene = await employed(world, "coordinator")
    await scene.must("begin_review")
    await world.grant(scene.representatives["a"].person_id, Role.registry, scene.city.id)
    return told(await scene.act("record_decision", await recording(scene), by=scene.secretary))


async def at_the_city(scene: Scene) -> PartnerRequest:
    await gate.receive(scene.world.session, scene.application, scene.version)
    return await gate.request_of(scene.world.session, scene.application.id)


async def asked_begin(world: World) -> str:
    scene = await employed(world, "coordinator", Role.officer)
    request = await at_the_city(scene)
    await scene.must("begin_review")
    return told(await act(scene.coordinator, request, "begin"))


async def asked_decide(world: World) -> str:
    scene = await employed(world, "coordinator", Role.decider)
    request = await at_the_city(scene)
    await scene.must("begin_review")
    await begun(world, request, scene.city.id)
    return told(await act(scene.coordinator, request, "decide", DECISION))


async def asked_read(world: World) -> str:
    scene = await employed(world, "coordinator")
    return await reads(scene, scene.coordinator)


async def applying_city_vote(world: World) -> str:
    scene = await make_scene(world)
    await asked_member(scene)
    (await scene.row()).received_at = clock.now()
    await applied_once(world, scene.application, scene.city)
    await world.session.flush()
    await scene.to_ballot()
    return told(await scene.vote("city", "for"))


def applying_city(office: str) -> Try:
    async def tried(world: World) -> str:
        scene = await employed(world, {"lead": "coordinator", "confirm": "chair", "present": "coordinator"}[office])
        await applied_once(world, scene.application, scene.city)
        await world.session.flush()
        if office == "lead":
            return told(await scene.act("begin_review"))
        lead = await world.person((Role.coordinator, scene.network.id))
        await scene.must("begin_review", by=lead)
        scene.coordinator = lead
        return await confirms(scene)

    return tried


async def applying_city_present(world: World) -> str:
    scene = await make_scene(world, members=2, one_is_enough=False)
    await applied_once(world, scene.application, scene.city)
    await scene.must("begin_review")
    await world.grant(scene.representatives["a"].person_id, Role.registry, scene.city.id)
    return told(await scene.act("record_decision", await recording(scene, "a", "b"), by=scene.secretary))


def applying_city_case(deed: str) -> Try:
    async def tried(world: World) -> str:
        found = await gate.scene(world, gate=False)
        await applied_once(world, found.application, found.city)
        await world.session.flush()
        who = await world.person((Role.officer, found.city.id), (Role.decider, found.city.id))
        shown = (await who.get(f"/partner-requests/{found.request.id}")).json()
        assert str(found.city.id) in [one["id"] for one in shown["applicants"]], "it is shown"
        answer = await act(who, found.request, "begin")
        return told(answer if deed == "begin" else await act(who, found.request, "decide", DECISION))

    return tried


async def applying_city_read(world: World) -> str:
    scene = await employed(world, "coordinator")
    await applied_once(world, scene.application, scene.city)
    await world.session.flush()
    return await reads(scene, scene.coordinator)
