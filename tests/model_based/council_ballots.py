"""What is done with a ballot on the council's walk: opened, voted, written down, closed, annulled, concluded."""

from uuid import UUID

from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.handlings.service.effects import take_effect_due
from puumerkki.kernel import clock, workdays
from tests.model_based.council import Cast
from tests.model_based.council_claims import CouncilClaims
from tests.model_based.council_setup import DAYS


class CouncilBallots(CouncilClaims):
    """Turns of whoever leads, of voices, of second persons, and of the clock."""

    async def go_on(self) -> None:
        """Whoever leads takes the next step; a version that is settled makes way for the next."""
        model, poll = self.model, self.model.poll
        if model.state == "endorsed" and model.endorsement and model.endorsement.open and self.rng.random() < 0.95:
            await self.on_conditions()
        elif model.state == "endorsed":
            await self.submit(self.rng.choice(("title", "purpose", "goals")))
        elif model.state == "declined" or (model.state == "in_review" and model.fruitless >= 2):
            await self.submit("goals")
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
                await self._same_together()
            elif blocks and model.state == "in_review":
                await self.make_way()
                await self.submit("goals")
        elif poll is not None and poll.state == "open":
            missing = poll.electors - poll.votes.keys() - poll.aside
            await (self.vote() if missing and not self._against(0.3) else self._close())
        else:
            await self._conclude()

    async def _same_together(self) -> None:
        """It is shown which members have one vote together (13)."""
        assert self.model.poll is not None
        shown = (await self._caller(self.lead).get(f"{self.scene.path}/ballot")).json()["together"]
        blocs: dict[UUID, set[str]] = {}
        for one, name in self.model.poll.blocs.items():
            blocs.setdefault(name, set()).add(str(self.members[one].id))
        expected = {frozenset(some) for some in blocs.values() if len(some) > 1}
        if {frozenset(some) for some in shown} != expected:
            self.differ(f"these vote together: {shown}, not {expected}")

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
        if model.recorded_decide() and not self._against(0.3):
            await self._settle()
            return
        if outcome == "passed" and model.unanswered() and self.rng.random() < 0.8:
            await self._take_condition()
            return
        fits = {"passed": "endorse", "failed": "decline", "no_quorum": "reopen_review"}[outcome]
        action = self.rng.choice(("endorse", "decline", "reopen_review")) if self._against(0.2) else fits
        blocks = {
            "endorse": {"passed": set(), "failed": {"not_passed"}, "no_quorum": {"no_quorum"}},
            "decline": {"passed": {"passed"}, "failed": set(), "no_quorum": {"no_quorum"}},
            "reopen_review": {"passed": {"ballot_settled"}, "failed": {"ballot_settled"}, "no_quorum": set()},
        }[action][outcome] | ({"recorded_unconfirmed"} if model.recorded_decide() else set())
        blocks |= {"conditions_unanswered"} if action == "endorse" and model.unanswered() else set()
        given = {} if action == "endorse" else {"reason": "Toimintaa on jo."}
        if self.hold(self.lead, action, await self.scene.act(action, given), blocks):
            model.state = {"endorse": "endorsed", "decline": "declined", "reopen_review": "in_review"}[action]
            if action == "endorse":
                model.endorse(model.counted())
            model.fruitless += outcome == "no_quorum"

    async def _take_condition(self) -> None:
        member = self.rng.choice(self.model.unanswered())
        path = f"conditions/{self.members[member].id}"
        answer = await self.scene.on_ballot(path, {"taken": True, "when": "before"})
        if self.hold(self.lead, "answer_condition", answer, set()):
            assert self.model.poll is not None
            self.model.poll.votes[member].taken = True

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
        blocks |= model.kept_out(who)
        if self.hold(who, "settle_recorded", answer, blocks, may=model.may_confirm(who)):
            poll.settled = confirmed
            model.reread()

    async def vote(self) -> None:
        """For a member, by itself or written down by whoever leads."""
        model, poll = self.model, self.model.poll
        if poll is None or poll.state != "open" or model.state != "in_ballot":
            await self.go_on()
            return
        missing = sorted(poll.electors - poll.votes.keys() - poll.aside)
        member = self.rng.choice(sorted(poll.electors) if not missing or self._against(0.2) else missing)
        watched = [one for one in sorted(poll.electors) if model.suspects(one)] if self.tilt == "operators" else []
        member = self.rng.choice(watched if watched and self.rng.random() < 0.6 else [member])
        recorded = self.rng.random() < (0.1 if self.tilt == "conditions" else 0.35)
        representatives = model.representatives(member) + model.suspects(member)
        who = self.lead if recorded else self.rng.choice(representatives)
        choice = "for" if self.rng.random() < (0.9 if self.tilt == "conditions" else 0.7) else "against"
        blocks = model.blocks_vote(who, member, recorded)
        may = recorded or member not in model.archived
        parts = self._parts() if choice == "for" and not recorded and self.rng.random() < 0.5 else None
        more = {} if parts is None else {"condition": f"Ehto {self.names[member]}", "condition_parts": list(parts)}
        said = choice if parts is None else "for_with_conditions"
        answer = await self.scene.vote(self.names[member], said, by=self._caller(who), recorded=recorded, **more)
        if self.hold(who, f"vote for {self.names[member]}, {recorded}", answer, blocks, may=may):
            for other in [one for one in poll.votes if one != member and poll.blocs[one] == poll.blocs[member]]:
                del poll.votes[other]  # what was written down yields to what a member with the same vote does itself
            poll.votes[member] = Cast(choice, who, recorded, parts)

    def _parts(self) -> tuple[str, ...]:
        """What a condition names; nothing means how the work is done."""
        return self.rng.choice(((), ("methods",), ("methods", "goals")))

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
        blocks |= model.kept_out(who)
        answer = await self.scene.act(f"annulment/{step}", by=self._caller(who))
        if self.hold(who, f"{step}_annulment", answer, blocks, may=model.may_confirm(who)):
            poll.annulment = None
            if step == "confirm":
                poll.state, model.state = "annulled", "in_review"
                model.fruitless += 1

    async def pass_days(self) -> None:
        """A claim or a ballot ends by the clock; what was counted takes effect, without what nobody confirmed (15)."""
        model, poll = self.model, self.model.poll
        if model.claim is not None:
            await self.later(workdays.deadline(8) - clock.now())
            await self.same_endorsement()
            return
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
        if model.state == "endorsed":
            model.endorse(model.counted())
        if (await self.scene.row()).state != model.state:
            state = (await self.scene.row()).state
            self.differ(f"by the clock it is {state}, not {model.state}; {poll}")
