"""The ground of the council's walk: a network with members, their people, and what is held against the model."""

import random
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import select

from puumerkki.access.roles import Role
from puumerkki.access.service import revoke_role
from puumerkki.handlings.service.claims import carry_due
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import Rulebook
from puumerkki.networks.service.decision_votes import decide_due
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.model_based.claims import MINOR, Claims
from tests.model_based.council import Cast, Decision
from tests.model_based.people import Grant, Somebody

MEMBERS, CHANGING = 6, 5
MOST_HELD, MOST_BOUND = 4, 4
"""In so many places has one whose roles change a role, and so many declare ties: then all vote together, or few."""
DAYS = 14


@dataclass
class CouncilGround:
    """`tilt`: what the walk is mostly about. `daring`: how often somebody tries what the rules forbid, 1 as usual.

    `differences`: where the API and the model did not agree.
    """

    world: World
    rng: random.Random
    clocks: ExitStack
    tilt: str = "members"
    steps: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)
    claim_until: datetime = field(default_factory=clock.now)
    settle_until: datetime | None = None
    daring: float = 1

    async def lay(self) -> None:
        """Seven members, the applicant among them, each with an owner and a voice; some people whose roles change.

        Whoever leads works for one of them.
        """
        rule = {"one_is_enough": False, "ballot_days": DAYS, "validity_days": 1500}
        self.scene: Scene = await make_scene(self.world, members=MEMBERS, **rule)
        scene = self.scene
        [book] = (await self.world.session.exec(select(Rulebook))).all()
        # older than the rule: it calls something minor that never is
        book.rule = book.rule | {"minor_fields": sorted(MINOR | {"purpose"})}
        await self.world.session.flush()
        self.members = {one.organisation_id: one for one in scene.members.values()}
        self.names = {one.organisation_id: name for name, one in scene.members.items()}
        self.model = Claims(scene.network.id, scene.applicant.id, present=dict.fromkeys(self.members, True))
        self.callers: dict[str, Client] = {}
        self.lead, self.operator = Somebody("lead"), Somebody("operator", operator=True)
        self.callers |= {"lead": scene.coordinator, "operator": await self.world.operator()}
        await self._give(self.lead, ("editor", scene.members["f"].organisation_id, None))
        for organisation_id, name in self.names.items():
            who = Somebody(f"voice {name}")
            self.callers[who.name] = scene.representatives[name]
            self.model.people.append(who)
            self._gets(who, ("representative", scene.network.id, organisation_id))
            await self._comes(f"owner {name}", ("owner", organisation_id, None))
        for office, caller in (("chair", scene.chair), ("secretary", scene.secretary)):
            who = Somebody(office)
            self.callers[office] = caller
            self.model.people.append(who)
            self._gets(who, (office, scene.network.id, None))
        self.changing = [await self._comes(f"person {number}") for number in range(CHANGING)]
        self.model.arrive(0)

    async def submit(self, part: str) -> None:
        """The applicant sends a version in which a part is another one."""
        value: Any = {"target_groups": ["KR1", "KR1.1"][: 1 + self.steps % 2], "amount_cents": self.steps}
        changes = {part: value.get(part, f"Toisin {self.steps}.")}
        await self.scene.next_version(**changes)
        self.model.submit(self.steps, changes)
        self.seen[f"submit {part}"] += 1

    async def _comes(self, name: str, *grants: Grant) -> Somebody:
        who, self.callers[name] = Somebody(name), await self.world.person(name=name)
        self.model.people.append(who)
        for grant in grants:
            await self._give(who, grant)
        return who

    async def _give(self, who: Somebody, grant: Grant) -> None:
        role, scope, representative = grant
        id_ = self.callers[who.name].id
        assert id_ is not None
        await self.world.grant(id_, Role(role), scope, representative)
        self._gets(who, grant)

    def _gets(self, who: Somebody, grant: Grant) -> None:
        who.get(grant)
        self.model.since[who.name, grant] = self.steps

    def hold(self, who: Somebody, what: str, answer: Any, blocks: set[str], *, may: bool = True) -> bool:
        """Whether it was done; permission comes before what blocks."""
        status, code = answer.status_code, "" if answer.is_success else answer.json().get("code")
        fits = status == 403 if not may else answer.is_success if not blocks else code in blocks
        self.seen[f"{what.split()[0]} {code or 'done'}"] += 1
        if not fits:
            expected = sorted(blocks) or "done" if may else 403
            state = f"{self.model.state}, {self.model.poll}"
            self.differ(f"{who}: {what}: {status} {code}, not {expected}; {state}")
        return bool(answer.is_success)

    def differ(self, what: str) -> None:
        for organisation_id, name in self.names.items():
            what = what.replace(repr(organisation_id), name)
        self.differences.append(f"step {self.steps}, {what}")

    def _caller(self, who: Somebody) -> Client:
        return self.callers[who.name]

    def _confirmer(self, first: Somebody, **said: Any) -> Somebody:
        """Mostly one who is a second person, else anybody of the network."""
        fit = self.model.second_persons(first, **said)
        some = [who for who in self.model.people if any(where == self.model.network for _, where, _ in who.grants)]
        return self.rng.choice(some if not fit or self._against(0.4) else fit)

    def _against(self, chance: float) -> bool:
        """Whether somebody does what does not fit, with a chance in the usual case."""
        return self.rng.random() < chance * self.daring

    async def change_role(self) -> None:
        """One whose roles change gets a role or a voice, or loses all in one place."""
        who = self.rng.choice(self.changing)
        held = sorted({(where, representative) for _, where, representative in who.grants}, key=str)
        if self.rng.random() < len(held) / MOST_HELD:
            await self._loses(who, self.rng.choice(held)[0])
            return
        member = self.rng.choice(sorted(self.members))
        role = self.rng.choice(("owner", "signatory", "editor", "deputy", "deputy"))
        grant = (role, self.model.network, member) if role == "deputy" else (role, member, None)
        if grant not in who.grants:
            await self._give(who, grant)

    async def _loses(self, who: Somebody, where: UUID) -> None:
        id_ = self._caller(who).id
        assert id_ is not None
        await revoke_role(self.world.session, principal_id=id_, scope_id=where)
        who.lose(where, self.steps)
        self.model.chosen.pop(who.name, None) if where == self.model.network else None

    async def make_way(self) -> None:
        """Too few could vote: what binds people ends, or nothing would be decided any more.

        A tie binds for good, so members for whom only the tied speak get somebody new.
        """
        for who in self._who_declare():
            if who.declares(self.model.applicant):
                await self._declare(who)
        for who in self.changing:
            for where in sorted({where for _, where, _ in who.grants}):
                await self._loses(who, where)
        model = self.model
        for member in sorted(model.unrepresented(model.electorate()) - {model.applicant}):
            await self._comes(f"voice {len(model.people)}", ("deputy", model.network, member))

    def _who_declare(self) -> list[Somebody]:
        return self.changing + [one for one in self.model.people if one.name.startswith("voice")]

    async def declare(self) -> None:
        """Somebody sits on the applicant's board, or no longer."""
        some = self._who_declare()
        bound = [who for who in some if who.declares(self.model.applicant)]
        await self._declare(self.rng.choice(bound if self.rng.random() < len(bound) / MOST_BOUND else some))

    async def _declare(self, who: Somebody) -> None:
        back = who.declares(self.model.applicant)
        path = f"/affiliations/{self.model.applicant}"
        caller = self._caller(who)
        answer = await caller.delete(path) if back else await caller.put(path, {"kinds": ["board_member"]})
        self.hold(who, "declare", answer, set())
        who.declare(self.model.applicant, self.steps, holds=not back)
        poll = self.model.poll
        if not back and poll is not None and poll.state == "open":
            speaks = any(where == self.model.network and representative for _, where, representative in who.grants)
            if speaks or any(vote.by is who for vote in poll.votes.values()):
                self.model.take_out()

    async def decide(self) -> None:
        """The members choose a secretary; once all have voted it is counted (34b)."""
        model = self.model
        path = f"/networks/{model.network}/decisions"
        if model.decision is None:
            subject = self.rng.choice(self.changing)
            given = {"kind": "secretary", "subject_id": str(self._caller(subject).id)}
            answer = await self._caller(self.lead).post(path, given)
            if self.hold(self.lead, "propose_decision", answer, set()):
                now = {one for one, votes in model.present.items() if votes} - model.archived
                blocs = model.joined({one: one for one in now})
                model.decision, self.decision_id = Decision(subject, blocs, self.steps), answer.json()["id"]
                self.decided_by = clock.end_of_day(clock.today() + timedelta(days=DAYS))
            return
        of = model.decision
        missing = sorted(of.blocs.keys() - of.votes.keys() - model.archived)
        member = self.rng.choice(sorted(self.members) if not missing or self._against(0.1) else missing)
        who, choice = self.rng.choice(model.representatives(member)), self.rng.choice(("for", "for", "against"))
        there = f"{path}/{self.decision_id}"
        blocks = model.blocks_decision(who, member)
        may = any(
            where == model.network and representative not in (None, *model.archived)
            for _, where, representative in who.grants
        )
        answer = await self._caller(who).put(f"{there}/votes/{self.members[member].id}", {"choice": choice})
        if self.hold(who, "vote_on_decision", answer, blocks, may=may):
            of.votes[member] = Cast(choice, who, recorded=False)
            base, given = model.decided()
            await self._decided(over=len(given) == base >= 2)

    async def _decided(self, *, over: bool) -> None:
        """Once it is over it is counted: at least two votes, of half of the members."""
        model, of = self.model, self.model.decision
        assert of is not None
        base, given = model.decided()
        enough = len(given) >= min(2, base) and len(given) * 2 >= base > 0
        passed = enough and given.count("for") > given.count("against")
        state = ("done" if passed else "rejected") if over else "open"
        path = f"/networks/{model.network}/decisions/{self.decision_id}"
        shown = (await self._caller(self.lead).get(path)).json()["state"]
        if shown != state:
            self.differ(f"the decision is {shown}, not {state}; {of}")
        if over:
            model.decision = None
        if state == "done":
            grant = ("secretary", model.network, None)
            for who in [one for one in model.people if one.name in model.chosen and one is not of.subject]:
                # whom they had chosen before holds the office no more
                del model.chosen[who.name]
                who.lose_one(grant, self.steps)
            if grant not in of.subject.grants:
                self._gets(of.subject, grant)
            model.chosen.setdefault(of.subject.name, self.steps)

    async def later(self, span: timedelta) -> None:
        """Time passes; everybody signs in anew."""
        self.clocks.enter_context(clock.fixed(clock.now() + span))
        for caller in self.callers.values():
            caller.token = (await self.world.again(caller)).token
        for one in self.model.proposals.values():
            one.heard = one.heard or span >= timedelta(days=8)
        await self.claim_days()
        if self.model.decision is not None and clock.now() >= self.decided_by:
            await decide_due(self.world.session)
            self.model.joins_in(self.model.decision)
            await self._decided(over=True)

    async def claim_days(self) -> None:
        """What nobody objected to in time takes effect; what nobody settled leaves the conditions open (17)."""
        if self.model.claim is not None and clock.now() >= max(self.claim_until, self.settle_until or self.claim_until):
            await carry_due(self.world.session)
            self.model.days_pass()
