"""A case on its way to an answer: who walks, what they may do, and how a network fails them, for `test_no_dead_end`."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from puumerkki.access.roles import Role
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.kernel import clock, workdays
from puumerkki.networks.models.networks import Network
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.workflow.gate import CARRIES
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.partnerships.authority import NO, WAIVER
from tests.partnerships.gate import policy, receive, request_of
from tests.partnerships.test_partner_requests import DECISION

VALID_DAYS = 30
PATIENCE = timedelta(days=14 + 14 + 14 + 1)
"""A day more than handling, ballot and the authority's patience."""


@dataclass
class Walk:
    """The city's case of `scene`, whose network the city's policy names. Steps go by what the case says is possible."""

    world: World
    scene: Scene
    request: PartnerRequest
    officer: Client
    decider: Client
    clocks: ExitStack

    @property
    def path(self) -> str:
        return f"/partner-requests/{self.request.id}"

    async def seen(self, caller: Client | None = None) -> dict[str, Any]:
        return dict((await (caller or self.decider).get(self.path)).json())

    async def state(self) -> str:
        return str((await self.seen())["state"])

    async def _post(self, caller: Client, action: str, given: Any, shown: dict[str, Any]) -> Any:
        row = f"requirements/{shown['requirements'][0]['id']}/" if action == "waive" else ""
        return await caller.post(f"{self.path}/{row}{action}", given, if_match=shown["version"])

    async def policy(self, **said: Any) -> None:
        """One more requirement of the city, by its network."""
        await policy(self.world, self.scene.city, self.scene.network, **said)

    async def step(self, caller: Client, action: str, given: Any = None) -> dict[str, Any]:
        """A step that the case offers to the caller; the case after it."""
        shown = await self.seen(caller)
        assert {"action": action, "allowed": True, "blocked_by": None} in shown["available_actions"], shown
        answer = await self._post(caller, action, given, shown)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def refused(self, caller: Client, action: str, code: str, given: Any = None) -> dict[str, Any]:
        """A step that is refused by the very code that the case says blocks it; the refusal, which says whom to ask."""
        shown = await self.seen(caller)
        assert {"action": action, "allowed": False, "blocked_by": code} in shown["available_actions"], shown
        answer = await self._post(caller, action, given, shown)
        assert (answer.status_code, answer.json()["code"]) == (409, code), answer.text
        return dict(answer.json())

    async def by_the_gate(self, caller: Client, action: str, code: str, given: Any = None) -> dict[str, Any]:
        """Refused by the gate: the answer names the network that is asked, and the requirement that it would meet."""
        body = await self.refused(caller, action, code, given)
        network = self.scene.network
        assert body["networks"] == [{"id": str(network.id), "names": network.names}]
        assert body["requirements"] == [one["id"] for one in (await self.seen())["requirements"]]
        return body

    async def not_in_state(self, caller: Client, action: str, state: str, given: Any = None) -> None:
        """Not offered at all, and the refusal says in which state the case is."""
        shown = await self.seen(caller)
        assert action not in [one["action"] for one in shown["available_actions"]]
        body = (await self._post(caller, action, given, shown)).json()
        assert (body["code"], body["action"], body["state"]) == ("wrong_state", action, state)

    async def later(self, span: timedelta) -> None:
        """Time passes, and everybody signs in anew."""
        self.clocks.enter_context(clock.fixed(clock.now() + span))
        scene, again = self.scene, self.world.again
        self.officer, self.decider = await again(self.officer), await again(self.decider)
        scene.coordinator, scene.editor = await again(scene.coordinator), await again(scene.editor)
        scene.chair, scene.secretary = await again(scene.chair), await again(scene.secretary)
        scene.representatives = {
            name: await again(representative) for name, representative in scene.representatives.items()
        }

    async def endorsement_runs_out(self) -> None:
        """Past the last day of the endorsement, and past the days for which it carries a decision."""
        await self.later(timedelta(days=VALID_DAYS + 1) + CARRIES)

    async def new_version(self) -> None:
        """The applicant submits a version on which the network has said nothing."""
        path = f"/applications/{self.scene.application.id}"
        goals = f"Tavoite {(await self.seen())['newest_version'] + 1}"
        for method, at, given in (
            ("PATCH", path, {"content": {"goals": goals}}),
            ("POST", f"{path}/submit", {}),
        ):
            version = (await self.scene.editor.get(path)).json()["version"]
            answer = await self.scene.editor.request(method, at, json=given, if_match=version)
            assert answer.is_success, answer.text

    async def ballot(self, choice: str, *voters: str) -> None:
        """The network reads and votes; the ballot closes by the clock, or at once if all have voted."""
        handling = await self.scene.row()
        await self.world.session.refresh(handling)
        if handling.state == "received":
            await self.scene.must("begin_review")
        await self.scene.must("readings", {"read_on": str(clock.today())})
        await self.scene.must("open_ballot")
        for name in voters:
            assert (await self.scene.vote(name, choice)).status_code == 200
        if len(voters) < 3:
            await self.later(workdays.deadline(14) - clock.now())
            await close_due_ballots(self.world.session)
        else:
            assert (await self.scene.on_ballot("close")).status_code == 200

    async def endorsed(self) -> None:
        await self.ballot("for", "a", "b", "c")
        await self.scene.must("endorse")

    async def decided(self) -> None:
        """Prepared and decided, with the gate open."""
        if await self.state() != "in_preparation":
            await self.step(self.officer, "begin")
        await self.step(self.decider, "decide", DECISION)

    async def waived(self, ground: str) -> None:
        """The decider goes on without the network, and the decision keeps that it did."""
        await self.step(self.decider, "waive", WAIVER | {"ground": ground})
        if await self.state() == "supplement_asked":
            await self.step(self.scene.editor, "answer_supplement", {"body": "Omarahoitus on 20 %."})
        await self.decided()
        [stood_on] = (await self.seen())["decision"]["grounds"]
        assert stood_on["waiver_id"] is not None and stood_on["endorsement_number"] is None

    async def refused_waiver(self, ground: str) -> dict[str, Any]:
        """A waiver whose ground does not hold is refused, though the step itself is offered."""
        shown = await self.seen()
        answer = await self._post(self.decider, "waive", WAIVER | {"ground": ground}, shown)
        assert answer.status_code == 409, answer.text
        return dict(answer.json())

    async def answered_no(self, action: str = "answer_none") -> None:
        body = await self.step(self.decider, action, NO)
        assert (body["decision"]["reason"], body["decision"]["grounds"]) == (NO["reason"], [])


@contextmanager
def clocks() -> Iterator[ExitStack]:
    """Clocks that stand one upon the other, all let go at the end."""
    with ExitStack() as stack:
        yield stack


async def at_the_city(world: World, stack: ExitStack, *, members: int = 3, **rule: Any) -> Walk:
    """A case that has arrived: the city asks for the network's endorsement, and the network has the application.

    `members`: those beside the applicant.
    """
    scene = await make_scene(world, members=members, **({"validity_days": VALID_DAYS} | rule))
    await policy(world, scene.city, scene.network)
    await receive(world.session, scene.application, scene.version)
    return Walk(
        world,
        scene,
        await request_of(world.session, scene.application.id),
        await world.person((Role.officer, scene.city.id)),
        await world.person((Role.decider, scene.city.id)),
        stack,
    )


async def silent(walk: Walk) -> None:
    """Handling days, ballot days and the authority's patience are over, and nobody in the network has moved."""
    await walk.later(PATIENCE)


async def closed(walk: Walk) -> None:
    await _changed(walk, state="closed")


async def advisory(walk: Walk) -> None:
    """The network has stopped deciding."""
    await _changed(walk, decides=False)


async def _changed(walk: Walk, **changes: Any) -> None:
    network = await walk.world.session.get_one(Network, walk.scene.network.id)
    for name, value in changes.items():
        setattr(network, name, value)
    await walk.world.session.flush()


async def all_tied(walk: Walk) -> None:
    """Everybody who votes for a member sits on the applicant's board."""
    path = f"/affiliations/{walk.scene.applicant.id}"
    for representative in walk.scene.representatives.values():
        assert (await representative.put(path, {"kinds": ["board_member"]})).status_code == 204


async def refused(walk: Walk) -> None:
    await walk.ballot("against", "a", "b", "c")
    assert (await walk.scene.act("endorse")).json()["code"] == "not_passed"
    await walk.scene.must("decline", {"reason": "Toiminta on jo järjestetty."})


async def no_quorum(walk: Walk) -> None:
    await walk.ballot("for", "a")
    assert (await walk.scene.act("endorse")).json()["code"] == "no_quorum"
    await walk.scene.must("reopen_review", {"reason": "Äänestys ei ollut päätösvaltainen."})
