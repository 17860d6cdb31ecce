"""A random walk of one network's members: ballots, conditions, annulments, proposals about members, decisions."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from puumerkki.kernel import clock, workdays
from tests.archiving import WHY, act
from tests.model_based.council import Proposal
from tests.model_based.council_merges import CouncilMerges
from tests.model_based.people import Somebody

FEWEST = 4
"""So many members have a vote and are in use, or there would be nothing to decide."""
TURNS = {
    "change_role": 10, "declare": 3, "go_on": 24, "vote": 30, "annul": 7, "propose": 5, "hear": 5, "archive": 3,
    "merge": 6, "decide": 9, "pass_days": 5, "name_owner": 4, "use_name": 3, "look": 1,
}  # fmt: skip
"""How often each turn comes."""
TILTS: dict[str, dict[str, float]] = {
    "members": {},
    "conditions": {
        "go_on": 3, "annul": 0, "propose": 0.2, "hear": 0.2, "decide": 0.1, "name_owner": 0.2, "use_name": 0.2,
        "change_role": 0.4, "archive": 0.3, "merge": 0.5, "pass_days": 1.5, "daring": 1.5,
    },
    "operators": {"name_owner": 5, "use_name": 5, "look": 3, "annul": 0.3, "propose": 0.2, "decide": 0.6},
}  # fmt: skip
"""What a walk is mostly about."""
REST = {"archive": 0.2, "merge": 0.2, "name_owner": 0.2, "use_name": 0.2, "look": 0, "decide": 0.2}
TOWARDS: dict[str, dict[str, float]] = {
    "archived": REST | {"archive": 5, "decide": 3, "annul": 0.2, "propose": 0.2, "hear": 0.2, "daring": 3},
    "ballots": REST | {"go_on": 1.5, "vote": 1.5, "annul": 0.2, "propose": 0.2, "hear": 0.2, "pass_days": 2},
    "electorate": REST | {"propose": 4, "hear": 6, "annul": 0.3, "vote": 0.5, "daring": 0.3},
    "merged": REST | {"merge": 4, "annul": 0.3, "propose": 0.2, "hear": 0.2},
    "proposals": REST | {"propose": 4, "hear": 8, "annul": 0.3, "vote": 0.3, "go_on": 0.5, "daring": 2},
    "second persons": REST | {"annul": 3, "declare": 1, "propose": 0.3, "hear": 0.3, "vote": 0.5, "daring": 2},
    "together": REST | {"change_role": 3, "declare": 0.3, "annul": 0.3, "propose": 0.2, "hear": 0.2, "decide": 1},
}
"""The steps that lead to one kind of hole, for the walks that look for it; the same rules are held on them."""


class CouncilWalk(CouncilMerges):
    """Who is a member, and on what terms; a turn of somebody at each step."""

    async def lay(self) -> None:
        await super().lay()
        self.more = (TILTS | TOWARDS)[self.tilt]
        self.daring = self.more.get("daring", 1)

    async def step(self) -> None:
        """One turn of somebody, a second after the one before."""
        self.steps += 1
        self.clocks.enter_context(clock.fixed(clock.now() + timedelta(seconds=1)))
        weights = {name: weight * self.more.get(name, 1) for name, weight in TURNS.items()}
        [name] = self.rng.choices(list(weights), list(weights.values()))
        turn = getattr(self, name)
        self.seen[turn.__name__] += 1
        await turn()

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
        blocks: set[str] = set()
        if who not in model.second_persons(proposal.by, **said):
            blocks = {"not_second_person", "nobody_confirms", "not_yours_to_drop"}
        if step == "confirm" and not proposal.heard:
            blocks |= {"member_not_heard"}
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
        answer = await act(owner, member, "archive", **WHY)
        if answer.status_code == 200 and answer.json()["state"] == "active":
            # one of several owners proposes it; here the operator drops it again
            await act(self._caller(self.operator), member, "archiving/drop")
        elif self.hold(Somebody(f"owner {self.names[member]}"), "archive", answer, set()):
            model.archived.add(member)
            if model.poll is not None and model.poll.state == "open" and model.state == "in_ballot":
                model.take_out(gone={member})
