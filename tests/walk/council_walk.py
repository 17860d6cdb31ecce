"""A random walk of one network's members: ballots, recorded votes, annulments, proposals about members, decisions."""

import random
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from puumerkki.access.roles import Role
from puumerkki.access.service import revoke_role
from puumerkki.funding.service.effects import take_effect_due
from puumerkki.funding.service.polls import close_due_ballots
from puumerkki.kernel import clock, workdays
from puumerkki.networks.service.decision_votes import decide_due
from tests.archiving import WHY, act
from tests.funding.scene import Scene, make_scene
from tests.walk.council import Cast, Council, Decision, Proposal
from tests.walk.people import Grant, Somebody
from tests.world import Caller, World

MEMBERS, CHANGING = 6, 5
DAYS = 14
FEWEST = 4
"""So many members have a vote and are in use, or there would be nothing to decide."""


@dataclass
class CouncilWalk:
    """`differences`: where the API and the model did not agree."""

    world: World
    rng: random.Random
    clocks: ExitStack
    steps: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    async def lay(self) -> None:
        """Seven members, the applicant among them, each with an owner and a voice; some people whose roles change."""
        rule = {"one_is_enough": False, "ballot_days": DAYS, "validity_days": 1500}
        self.scene: Scene = await make_scene(self.world, members=MEMBERS, **rule)
        scene = self.scene
        self.members = {one.organisation_id: one for one in scene.members.values()}
        self.names = {one.organisation_id: name for name, one in scene.members.items()}
        self.model = Council(scene.network.id, scene.applicant.id, present=dict.fromkeys(self.members, True))
        self.callers: dict[str, Caller] = {}
        self.lead, self.operator = Somebody("lead"), Somebody("operator", operator=True)
        self.callers |= {"lead": scene.coordinator, "operator": await self.world.operator()}
        for organisation_id, name in self.names.items():
            who = Somebody(f"voice {name}")
            self.callers[who.name] = scene.voices[name]
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

    async def _comes(self, name: str, *grants: Grant) -> Somebody:
        who, self.callers[name] = Somebody(name), await self.world.person(name=name)
        self.model.people.append(who)
        for grant in grants:
            await self._give(who, grant)
        return who

    async def _give(self, who: Somebody, grant: Grant) -> None:
        role, scope, voice = grant
        id_ = self.callers[who.name].id
        assert id_ is not None
        await self.world.grant(id_, Role(role), scope, voice)
        self._gets(who, grant)

    def _gets(self, who: Somebody, grant: Grant) -> None:
        who.get(grant)
        self.model.since[who.name, grant] = self.steps

    async def step(self) -> None:
        """One turn of somebody, a second after the one before."""
        self.steps += 1
        self.clocks.enter_context(clock.fixed(clock.now() + timedelta(seconds=1)))
        turns = (
            (self.change_role, 10), (self.declare, 3), (self.go_on, 24), (self.vote, 30), (self.annul, 7),
            (self.propose, 5), (self.hear, 5), (self.archive, 3), (self.decide, 9), (self.pass_days, 2),
        )  # fmt: skip
        [turn] = self.rng.choices([turn for turn, _ in turns], [weight for _, weight in turns])
        self.seen[turn.__name__] += 1
        await turn()

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

    def _caller(self, who: Somebody) -> Caller:
        return self.callers[who.name]

    async def change_role(self) -> None:
        """One whose roles change gets a role or a voice, or loses all in one place."""
        who = self.rng.choice(self.changing)
        held = sorted({(where, voice) for _, where, voice in who.grants}, key=str)
        if held and self.rng.random() < 0.5:
            where, voice = self.rng.choice(held)
            id_ = self._caller(who).id
            assert id_ is not None
            await revoke_role(self.world.session, principal_id=id_, scope_id=where)
            who.lose(where, self.steps)
            self.model.chosen.pop(who.name, None) if where == self.model.network else None
            return
        member = self.rng.choice(sorted(self.members))
        role = self.rng.choice(("owner", "signatory", "editor", "deputy", "deputy"))
        grant = (role, self.model.network, member) if role == "deputy" else (role, member, None)
        if grant not in who.grants:
            await self._give(who, grant)

    async def declare(self) -> None:
        """Somebody sits on the applicant's board, or no longer."""
        who = self.rng.choice(self.changing + [one for one in self.model.people if one.name.startswith("voice")])
        back = who.declares(self.model.applicant)
        path = f"/affiliations/{self.model.applicant}"
        caller = self._caller(who)
        answer = await caller.delete(path) if back else await caller.put(path, {"kinds": ["board_member"]})
        self.hold(who, "declare", answer, set())
        who.declare(self.model.applicant, self.steps, holds=not back)
        poll = self.model.poll
        if not back and poll is not None and poll.state == "open":
            speaks = any(where == self.model.network and voice for _, where, voice in who.grants)
            if speaks or any(vote.by is who for vote in poll.votes.values()):
                self.model.take_out()

    async def go_on(self) -> None:
        """Whoever leads takes the next step; a version that is settled makes way for the next."""
        model, poll = self.model, self.model.poll
        if model.state in ("endorsed", "declined") or (model.state == "in_review" and model.fruitless >= 2):
            await self.scene.next_version(goals=f"Tavoite {self.steps}")
            model.arrive(self.steps)
        elif model.state == "received":
            if self.hold(self.lead, "begin_review", await self.scene.act("begin_review"), set()):
                model.state = "in_review"
        elif not model.read:
            given = {"read_on": clock.today().isoformat()}
            if self.hold(self.lead, "read", await self.scene.act("readings", given), set()):
                model.read = True
        elif model.state == "in_review":
            blocks = {"two_ballots_held"} if model.fruitless >= 2 else set()
            blocks |= {"too_few_electors"} if model.could_vote() < 2 else set()
            if self.hold(self.lead, "open_ballot", await self.scene.act("open_ballot"), blocks):
                model.open(self.steps)
            elif blocks and model.state == "in_review":
                await self.scene.next_version(goals=f"Tavoite {self.steps}")
                model.arrive(self.steps)
        elif poll is not None and poll.state == "open":
            await self._close()
        else:
            await self._conclude()

    async def _close(self) -> None:
        model, poll = self.model, self.model.poll
        assert poll is not None
        answer = await self.scene.on_ballot("close")
        before = (dict(poll.votes), set(poll.aside), dict(poll.blocs))
        model.look_again()
        base, _ = model.figures()
        own = len(model.figures(recorded=False)[1])
        if self.hold(self.lead, "close", answer, set() if base and own >= base else {"votes_missing"}):
            model.close()
        else:
            poll.votes, poll.aside, poll.blocs = before

    async def _conclude(self) -> None:
        """The step that fits, mostly; sometimes another one."""
        model = self.model
        model.reread()
        assert model.poll is not None
        outcome = model.poll.outcome
        if model.recorded_decide() and self.rng.random() < 0.7:
            await self._settle()
            return
        fits = {"passed": "endorse", "failed": "decline", "no_quorum": "reopen_review"}[outcome]
        action = fits if self.rng.random() < 0.8 else self.rng.choice(("endorse", "decline", "reopen_review"))
        blocks = {
            "endorse": {"passed": set(), "failed": {"not_passed"}, "no_quorum": {"no_quorum"}},
            "decline": {"passed": {"passed"}, "failed": set(), "no_quorum": {"no_quorum"}},
            "reopen_review": {"passed": {"ballot_settled"}, "failed": {"ballot_settled"}, "no_quorum": set()},
        }[action][outcome] | ({"recorded_unconfirmed"} if model.recorded_decide() else set())
        given = {} if action == "endorse" else {"reason": "Toimintaa on jo."}
        if self.hold(self.lead, action, await self.scene.act(action, given), blocks):
            model.state = {"endorse": "endorsed", "decline": "declined", "reopen_review": "in_review"}[action]
            model.fruitless += outcome == "no_quorum"

    async def _settle(self) -> None:
        """A second person says whether what was written down was given so (15)."""
        model, poll = self.model, self.model.poll
        assert poll is not None
        who, confirmed = self._confirmer(self.lead), self.rng.random() < 0.5
        path = f"{self.scene.path}/ballot"
        version = (await self._caller(self.lead).get(path)).headers["etag"].strip('"')
        given = {"confirmed": confirmed}
        answer = await self._caller(who).post(f"{path}/settle_recorded", given, if_match=version)
        blocks = set() if who in model.second_persons(self.lead) else {"not_second_person", "disqualified"}
        if self.hold(who, "settle_recorded", answer, blocks, may=model.may_confirm(who)):
            poll.settled = confirmed
            model.reread()

    def _confirmer(self, first: Somebody, **said: Any) -> Somebody:
        """Mostly one who is a second person, else anybody of the network."""
        fit = self.model.second_persons(first, **said)
        some = [who for who in self.model.people if any(where == self.model.network for _, where, _ in who.grants)]
        return self.rng.choice(fit if fit and self.rng.random() < 0.6 else some)

    async def vote(self) -> None:
        """For a member, by itself or written down by whoever leads."""
        model, poll = self.model, self.model.poll
        if poll is None or poll.state != "open" or model.state != "in_ballot":
            await self.go_on()
            return
        missing = sorted(poll.electors - poll.votes.keys() - poll.aside)
        member = self.rng.choice(missing if missing and self.rng.random() < 0.8 else sorted(poll.electors))
        recorded = self.rng.random() < 0.2
        voices = model.voices(member)
        who = self.lead if recorded else self.rng.choice(voices)
        choice = self.rng.choice(("for", "for", "against"))
        blocks = model.blocks_vote(who, member, recorded)
        may = recorded or member not in model.archived
        answer = await self.scene.vote(self.names[member], choice, by=self._caller(who), recorded=recorded)
        if self.hold(who, f"vote for {self.names[member]}, {recorded}", answer, blocks, may=may):
            poll.votes[member] = Cast(choice, who, recorded)

    async def annul(self) -> None:
        """By two persons only (16)."""
        model, poll = self.model, self.model.poll
        if poll is None or model.state != "in_ballot":
            return
        model.reread()
        if poll.annulment is None:
            given = {"fault": "electorate", "reason": "Yhden jäsenen ääni puuttui."}
            blocks = set() if model.second_persons(self.lead) else {"no_second_person"}
            if self.hold(self.lead, "annul_ballot", await self.scene.act("annul_ballot", given), blocks):
                poll.annulment = self.lead
            return
        who = self._confirmer(poll.annulment)
        second = who in model.second_persons(poll.annulment)
        step = "drop" if self.rng.random() < 0.3 else "confirm"
        blocks = set() if second else {"not_second_person", "no_second_person", "not_yours_to_drop", "disqualified"}
        answer = await self.scene.act(f"annulment/{step}", by=self._caller(who))
        if self.hold(who, f"{step}_annulment", answer, blocks, may=model.may_confirm(who)):
            poll.annulment = None
            if step == "confirm":
                poll.state, model.state = "annulled", "in_review"
                model.fruitless += 1

    def _at(self, member: UUID, tail: str = "") -> str:
        return f"/networks/{self.model.network}/members/{self.members[member].id}{tail}"

    async def _on_member(self, who: Somebody, member: UUID, tail: str, given: Any = None) -> Any:
        row = self.members[member]
        await self.world.session.refresh(row)
        return await self._caller(who).post(self._at(member, tail), given, if_match=row.version)

    async def propose(self) -> None:
        """Whoever leads proposes to remove a member, or to take its vote; or gives a vote back."""
        model = self.model
        member = self.rng.choice(sorted(model.present.keys() - {model.applicant}))
        if not model.present[member]:
            row = self.members[member]
            await self.world.session.refresh(row)
            answer = await self._caller(self.lead).patch(self._at(member), {"votes": True}, if_match=row.version)
            if self.hold(self.lead, "give_vote", answer, set()):
                model.present[member] = True
            return
        kind = self.rng.choice(("take_vote", "take_vote", "remove"))
        if sum(model.present.values()) - len(model.archived) <= FEWEST:
            return
        blocks = {"member_proposal_open"} if member in model.proposals else set()
        if not model.second_persons(self.lead, since=self.steps, bound=member, begun=self.steps):
            blocks.add("nobody_confirms")
        answer = await self._on_member(self.lead, member, f"/{kind}", {"reason": "Ei noudata pelisääntöjä."})
        if self.hold(self.lead, kind, answer, blocks):
            model.proposals[member] = Proposal(kind, self.lead, self.steps)

    async def hear(self) -> None:
        """The member is heard, and then a second person confirms what was proposed, or lets it drop (14)."""
        model = self.model
        if not model.proposals:
            return
        member = self.rng.choice(sorted(model.proposals))
        proposal = model.proposals[member]
        if not proposal.heard and model.state != "in_ballot" and self.rng.random() < 0.5:
            await self.later(workdays.deadline(8) - clock.now())
            for one in model.proposals.values():
                one.heard = True
            return
        said = {"since": proposal.since, "bound": member, "begun": proposal.since}
        who = self._confirmer(proposal.by, **said)
        step = "drop" if self.rng.random() < 0.2 else "confirm"
        blocks = set()
        if who not in model.second_persons(proposal.by, **said):
            blocks = {"not_second_person", "nobody_confirms", "not_yours_to_drop"}
        elif step == "confirm" and not proposal.heard:
            blocks = {"member_not_heard"}
        answer = await self._on_member(who, member, f"/proposal/{step}", {})
        if self.hold(who, f"{step}_proposal", answer, blocks, may=model.may_confirm(who)):
            del model.proposals[member]
            if step == "confirm" and proposal.kind == "remove":
                del model.present[member]
                model.leaving.add(member)
            elif step == "confirm":
                model.present[member] = False

    async def archive(self) -> None:
        """A member's owner lets it be archived, or the operator takes it into use again (3)."""
        model = self.model
        if model.archived and self.rng.random() < 0.6:
            member = self.rng.choice(sorted(model.archived))
            answer = await act(self._caller(self.operator), member, "restore")
            if self.hold(self.operator, "restore", answer, set()):
                model.archived.discard(member)
            return
        member = self.rng.choice(sorted(model.present.keys() - {model.applicant} - model.archived))
        if sum(model.present.values()) - len(model.archived) <= FEWEST:
            return
        owner = self.callers[f"owner {self.names[member]}"]
        if self.hold(
            Somebody(f"owner {self.names[member]}"), "archive", await act(owner, member, "archive", **WHY), set()
        ):
            model.archived.add(member)
            if model.poll is not None and model.poll.state == "open" and model.state == "in_ballot":
                model.take_out(gone={member})

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
                model.decision, self.decision_id = Decision(subject, now), answer.json()["id"]
                self.decided_by = clock.end_of_day(clock.today() + timedelta(days=DAYS))
            return
        of = model.decision
        missing = sorted(of.electors - of.votes.keys() - model.archived)
        member = self.rng.choice(missing if missing and self.rng.random() < 0.9 else sorted(self.members))
        who, choice = self.rng.choice(model.voices(member)), self.rng.choice(("for", "for", "against"))
        there = f"{path}/{self.decision_id}"
        answer = await self._caller(who).put(f"{there}/votes/{self.members[member].id}", {"choice": choice})
        blocks = {"not_decision_elector"} if member not in of.electors - model.archived else set()
        may = member not in model.archived
        if not self.hold(who, "vote_on_decision", answer, blocks, may=may):
            return
        of.votes[member] = choice
        base = of.electors - model.archived
        await self._decided(over=len(base & of.votes.keys()) == len(base) >= 2)

    async def _decided(self, *, over: bool) -> None:
        """Once it is over it is counted: at least two votes, of half of the members."""
        model, of = self.model, self.model.decision
        assert of is not None
        base = of.electors - model.archived
        given = [of.votes[one] for one in base if one in of.votes]
        enough = len(given) >= min(2, len(base)) and len(given) * 2 >= len(base) > 0
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
            if grant not in of.subject.grants:
                self._gets(of.subject, grant)
            model.chosen.setdefault(of.subject.name, self.steps)

    async def pass_days(self) -> None:
        """A ballot ends by the clock; or what was counted takes effect, without what nobody confirmed (15, 30)."""
        model, poll = self.model, self.model.poll
        if poll is None or model.state != "in_ballot":
            return
        if poll.state == "open":
            await self.later(workdays.deadline(DAYS + 1) - clock.now())
            await close_due_ballots(self.world.session)
            model.look_again()
            model.close()
            return
        await self.later(workdays.deadline(9) - clock.now())
        await take_effect_due(self.world.session)
        model.reread()
        if model.recorded_decide():
            poll.settled = False
            model.reread()
        model.state = {"passed": "endorsed", "failed": "declined", "no_quorum": "in_review"}[poll.outcome]
        model.fruitless += poll.outcome == "no_quorum"
        if (await self.scene.row()).state != model.state:
            state = (await self.scene.row()).state
            self.differ(f"by the clock it is {state}, not {model.state}; {poll}")

    async def later(self, span: timedelta) -> None:
        """Time passes; everybody signs in anew."""
        self.clocks.enter_context(clock.fixed(clock.now() + span))
        for name, caller in self.callers.items():
            caller.token = (await self.world.again(caller)).token
        for one in self.model.proposals.values():
            one.heard = one.heard or span >= timedelta(days=8)
        if self.model.decision is not None and clock.now() >= self.decided_by:
            await decide_due(self.world.session)
            await self._decided(over=True)
