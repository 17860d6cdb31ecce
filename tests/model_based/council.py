"""What one network's members may do together: who votes, who confirms, who is heard. By hand from the rules.

Steps of the walk stand for moments. It takes nothing from the product.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from tests.model_based.people import Grant, Somebody

RUN = {"owner", "signatory"}
OFFICES = {"chair", "secretary"}


@dataclass
class Cast:
    """A vote, by whom; `recorded`: whoever leads wrote it down. `parts`: of its condition; `taken`: answered."""

    choice: str
    by: Somebody
    recorded: bool
    parts: tuple[str, ...] | None = None
    taken: bool = False


@dataclass
class Poll:
    """A ballot. `aside`: members that stand aside, `own` among them as applicants; `votes` in the order of giving."""

    opened: int
    electors: set[UUID]
    aside: set[UUID]
    own: set[UUID]
    blocs: dict[UUID, UUID]
    votes: dict[UUID, Cast] = field(default_factory=dict)
    state: str = "open"
    outcome: str = ""
    settled: bool | None = None
    annulment: Somebody | None = None


@dataclass
class Proposal:
    """To remove a member or to take its vote (14)."""

    kind: str
    by: Somebody
    since: int
    heard: bool = False


@dataclass
class Decision:
    """The members choose a secretary (34b). `votes` in the order of giving."""

    subject: Somebody
    blocs: dict[UUID, UUID]
    opened: int = 0
    votes: dict[UUID, Cast] = field(default_factory=dict)


@dataclass
class Council:
    """One network and one application before it, of a member.

    `present`: who is a member, with a vote or not. `since`: when a grant was given; `chosen`: whom the members chose
    for an office, and when.
    """

    network: UUID
    applicant: UUID
    people: list[Somebody] = field(default_factory=list)
    present: dict[UUID, bool] = field(default_factory=dict)
    archived: set[UUID] = field(default_factory=set)
    leaving: set[UUID] = field(default_factory=set)
    proposals: dict[UUID, Proposal] = field(default_factory=dict)
    decision: Decision | None = None
    since: dict[tuple[str, Grant], int] = field(default_factory=dict)
    chosen: dict[str, int] = field(default_factory=dict)
    arrived: int = 0
    entitled: set[UUID] = field(default_factory=set)
    state: str = "received"
    read: bool = False
    fruitless: int = 0
    poll: Poll | None = None

    def arrive(self, now: int) -> None:
        """A version came: who has a vote now decides on it, whatever is done to the members afterwards (13)."""
        self.state = "in_review" if self.state == "in_review" else "received"
        self.arrived, self.read, self.fruitless, self.poll = now, False, 0, None
        self.entitled = {one for one, votes in self.present.items() if votes}

    def tied(self, who: Somebody) -> bool:
        return who.bound_to({self.applicant}, 0)

    def representatives(self, member: UUID) -> list[Somebody]:
        return [who for who in self.people if who.speaks(self.network, member)]

    def represents(self, who: Somebody, member: UUID) -> bool:
        return ("representative", self.network, member) in who.grants

    def unrepresented(self, members: Iterable[UUID]) -> set[UUID]:
        """For whom only tied people speak (11)."""
        return {one for one in members if (some := self.representatives(one)) and all(self.tied(who) for who in some)}

    def run_by(self, who: Somebody) -> set[UUID]:
        return {where for role, where, _ in who.grants if role in RUN}

    def joined(self, blocs: dict[UUID, UUID], stays: Collection[UUID] = ()) -> dict[UUID, UUID]:
        """Who shares an owner or a signatory votes together (13); of those that stay, none goes to another."""
        for who in self.people:
            names = {blocs[one] for one in self.run_by(who) & blocs.keys()}
            kept = names & {blocs[one] for one in stays}
            names -= kept - {min(kept, default=None)}
            if len(names) > 1:
                blocs = {one: min(names) if name in names else name for one, name in blocs.items()}
        return blocs

    def joins_in(self, of: Decision) -> None:
        """Who shares somebody since a decision was proposed; where both have voted, each keeps its vote."""
        for who in self.people:
            names = {of.blocs[one] for one in self.run_by(who) & of.blocs.keys()}
            voted = {of.blocs[one] for one in of.votes} & names
            names -= voted - {min(voted, default=None)}
            if len(names) > 1:
                of.blocs = {one: min(names) if name in names else name for one, name in of.blocs.items()}

    def blocks_decision(self, who: Somebody, member: UUID) -> set[str]:
        """One person for one member, the representative first, one vote for who shares somebody."""
        of = self.decision
        assert of is not None
        if member not in of.blocs.keys() - self.archived:
            return {"not_decision_elector"}
        self.joins_in(of)
        others = {one: vote for one, vote in of.votes.items() if one != member}
        found = {"votes_together"} if any(of.blocs[one] == of.blocs[member] for one in others) else set()
        found |= {"speaks_for_another"} if any(vote.by is who for vote in others.values()) else set()
        before = of.votes.get(member)
        if before and before.by is not who and self.represents(before.by, member) and not self.represents(who, member):
            found.add("representative_voted")
        return found

    def decided(self) -> tuple[int, list[str]]:
        """How many votes there could be on the decision, and those that count."""
        of = self.decision
        assert of is not None
        electors = of.blocs.keys() - self.archived
        votes = {one: vote for one, vote in of.votes.items() if one in electors}
        by = {id(vote.by): one for one, vote in votes.items()}

        def silent(member: UUID) -> bool:
            representatives = self.representatives(member)
            return bool(representatives) and all(by.get(id(who), member) != member for who in representatives)

        aside = {one for one in electors - votes.keys() if silent(one)}
        base, given = 0, []
        for bloc in {of.blocs[one] for one in electors}:
            members = {one for one in electors if of.blocs[one] == bloc}
            if members <= aside:
                continue
            base += 1
            first = next((vote for one, vote in votes.items() if one in members), None)
            given += [first.choice] if first else []
        return base, given

    def electorate(self) -> set[UUID]:
        return self.entitled - self.archived

    def could_vote(self) -> int:
        blocs = self.joined({one: one for one in self.electorate()})
        free = self.electorate() - {self.applicant} - self.unrepresented(self.electorate())
        return len({blocs[one] for one in free} - {blocs[one] for one in blocs if one == self.applicant})

    def open(self, now: int) -> None:
        electors = self.electorate()
        own = electors & {self.applicant}
        blocs = self.joined({one: one for one in electors})
        self.poll = Poll(now, electors, own | self.unrepresented(electors - own), own, blocs)
        self.state = "in_ballot"

    def blocks_vote(self, who: Somebody, member: UUID, recorded: bool) -> set[str]:
        poll = self.poll
        assert poll is not None
        bloc = {one for one, name in poll.blocs.items() if name == poll.blocs[member]}
        found = {"recused"} if member in poll.aside or bloc & poll.own else set()
        if self.tied(who):
            found.add("disqualified")
        if any(one in bloc and (recorded or not vote.recorded) for one, vote in poll.votes.items() if one != member):
            found.add("votes_together")
        before = poll.votes.get(member)
        if recorded:
            return found | ({"cast_by_member"} if before and not before.recorded else set())
        if any(vote.by is who and not vote.recorded for one, vote in poll.votes.items() if one != member):
            found.add("speaks_for_another")
        mine = self.represents(who, member)
        if before and not before.recorded and before.by is not who and not mine:
            found |= {"representative_voted"} if self.represents(before.by, member) else set()
        return found

    def take_out(self, *, gone: Iterable[UUID] = ()) -> None:
        """Votes of the tied, and of members that are gone; members whose people are all tied stand aside."""
        poll = self.poll
        assert poll is not None
        if poll.state == "open":
            for one in (set(gone) & poll.electors) - poll.aside:
                poll.votes.pop(one, None)
                poll.aside.add(one)
        poll.votes = {one: vote for one, vote in poll.votes.items() if vote.recorded or not self.tied(vote.by)}
        poll.aside |= self.unrepresented(poll.electors - poll.aside - poll.votes.keys())

    def look_again(self) -> None:
        """The count: ties, who is gone, who votes together by now, whose people have all voted for another member."""
        poll = self.poll
        assert poll is not None
        self.take_out(gone=self.archived)
        poll.blocs = self.joined(poll.blocs, poll.votes.keys() | poll.own)
        voted = {poll.blocs[one] for one in poll.votes}
        own = {id(vote.by): one for one, vote in poll.votes.items() if not vote.recorded}
        for one in poll.electors - poll.aside:
            untied = [who for who in self.representatives(one) if not self.tied(who)]
            elsewhere = [who for who in self.representatives(one) if own.get(id(who), one) != one]
            if poll.blocs[one] not in voted and elsewhere and all(who in elsewhere for who in untied):
                poll.aside.add(one)

    def figures(self, *, recorded: bool = True) -> tuple[int, list[str]]:
        """How many votes there could be, and those that count: the first of each bloc (13)."""
        poll = self.poll
        assert poll is not None
        base, given = 0, []
        for bloc in set(poll.blocs.values()):
            members = {one for one, name in poll.blocs.items() if name == bloc}
            if members & poll.own or members <= poll.aside:
                continue
            base += 1
            votes = (vote for one, vote in poll.votes.items() if one in members - poll.aside)
            first = next((vote for vote in votes if recorded or not vote.recorded), None)
            given += [first.choice] if first else []
        return base, given

    def count(self, *, recorded: bool = True) -> str:
        base, given = self.figures(recorded=recorded)
        if len(given) < 2 or len(given) * 2 < base:
            return "no_quorum"
        return "passed" if given.count("for") > given.count("against") else "failed"

    def close(self) -> None:
        assert self.poll is not None
        self.poll.state, self.poll.outcome = "closed", self.count()

    def reread(self) -> None:
        """At every step on a counted ballot, ties are read again (42)."""
        if self.state == "in_ballot" and self.poll is not None and self.poll.state == "closed":
            self.take_out()
            self.poll.outcome = self.count(recorded=self.poll.settled is not False)

    def recorded_decide(self) -> bool:
        """The result would be another one without what was written down, and nobody confirmed that yet (15)."""
        poll = self.poll
        if poll is None or poll.state != "closed" or poll.settled is not None:
            return False
        return self.count(recorded=False) != poll.outcome

    def second_persons(
        self, first: Somebody, *, since: int | None = None, bound: UUID | None = None, begun: int = 0
    ) -> list[Somebody]:
        """Somebody else, of another side, untied, in office since before: whom a member named, or the members chose."""
        moment = self.arrived if since is None else since
        sides = first.sides(begun)
        for who in self.people:
            sides = sides | (self.run_by(who) if self.run_by(who) & first.sides(begun) else set())
        return [
            who
            for who in self.people
            if who is not first
            and (self._named(who, moment) or self.chosen.get(who.name, moment + 1) <= moment)
            and not who.sides(begun) & sides
            and not who.bound_to({bound or self.applicant}, begun)
        ]

    def _named(self, who: Somebody, moment: int) -> bool:
        active = self.present.keys() - self.archived
        return any(
            role in ("representative", "deputy")
            and where == self.network
            and representative in active
            and self.since[who.name, (role, where, representative)] <= moment
            for role, where, representative in who.grants
        )

    def may_confirm(self, who: Somebody) -> bool:
        """Whose roles can make them a second person."""
        return any(
            where == self.network
            and (role in OFFICES or (representative is not None and representative not in self.archived))
            for role, where, representative in who.grants
        )
