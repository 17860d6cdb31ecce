"""What is done with a ballot on the council's walk: opened, voted, written down, closed, annulled, concluded."""

from puumerkki.funding.service.effects import take_effect_due
from puumerkki.funding.service.polls import close_due_ballots
from puumerkki.kernel import clock, workdays
from tests.walk.council import Cast
from tests.walk.council_ground import DAYS, CouncilGround


class CouncilBallots(CouncilGround):
    """Turns of whoever leads, of voices, of second persons, and of the clock."""

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

    async def vote(self) -> None:
        """For a member, by itself or written down by whoever leads."""
        model, poll = self.model, self.model.poll
        if poll is None or poll.state != "open" or model.state != "in_ballot":
            await self.go_on()
            return
        missing = sorted(poll.electors - poll.votes.keys() - poll.aside)
        member = self.rng.choice(missing if missing and self.rng.random() < 0.8 else sorted(poll.electors))
        recorded = self.rng.random() < 0.35
        voices = model.voices(member)
        who = self.lead if recorded else self.rng.choice(voices)
        choice = self.rng.choice(("for", "for", "against"))
        blocks = model.blocks_vote(who, member, recorded)
        may = recorded or member not in model.archived
        answer = await self.scene.vote(self.names[member], choice, by=self._caller(who), recorded=recorded)
        if self.hold(who, f"vote for {self.names[member]}, {recorded}", answer, blocks, may=may):
            for other in [one for one in poll.votes if one != member and poll.blocs[one] == poll.blocs[member]]:
                del poll.votes[other]  # what was written down yields to what a member with the same vote does itself
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
