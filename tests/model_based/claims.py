"""When conditions count as met, and to which version an endorsement moves (17). By hand from the rules."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.model_based.operator_rules import Named
from tests.model_based.people import Somebody

HOW = {"goals", "methods", "duration", "partners", "complements", "cooperation", "needs", "measures"}
"""What a condition concerns that names no part."""
MINOR = {"title"}
"""What the rulebook calls minor and may; it names the purpose too, which is never minor."""
NEVER_MINOR = {"purpose", "target_groups", "amount_cents"}
FOR_ONCE = {"target_groups", "amount_cents"}
"""What a version has from the application's own rows, which the walk leaves: the next version has it as it was."""


@dataclass
class Condition:
    """`met_in`: the newest version when it came to count as met."""

    parts: set[str]
    met: bool = False
    met_in: int | None = None


@dataclass
class Endorsed:
    """`number`: the version that it is on; `content`: of that. `conditions`: by whose they are."""

    number: int
    content: dict[str, Any]
    conditions: dict[UUID, Condition]

    @property
    def open(self) -> list[UUID]:
        return sorted(one for one, each in self.conditions.items() if not each.met)

    def concerned(self) -> dict[UUID, set[str]]:
        """What may change: by conditions that are open, or were when the endorsement was put on its version."""
        some = {one: each for one, each in self.conditions.items() if not each.met or (each.met_in or 0) > self.number}
        return {one: each.parts for one, each in some.items()}


@dataclass
class Claim:
    """Whoever leads says that the conditions of these members are met. `said`: who agrees, and by whom it was said."""

    of: set[UUID]
    asked: set[UUID] = field(default_factory=set)
    said: dict[UUID, tuple[bool, Somebody]] = field(default_factory=dict)

    @property
    def objectors(self) -> set[UUID]:
        return {one for one, (agrees, _) in self.said.items() if not agrees}


@dataclass
class Claims(Named):
    """`newest`: the number and content of the newest version. `waits`: when it came, and who has a vote on it.

    `called`: of which versions conditions were called met. To call them met again has its own rules, and its own tests.
    """

    newest: int = 1
    content: dict[str, Any] = field(default_factory=dict)
    endorsement: Endorsed | None = None
    claim: Claim | None = None
    waits: tuple[int, set[UUID]] | None = None
    called: set[tuple[int, UUID]] = field(default_factory=set)

    @property
    def version_waits(self) -> bool:
        return self.waits is not None

    def submit(self, now: int, changes: dict[str, Any]) -> None:
        """A version came: an endorsement goes along with minor changes; one with open conditions waits for the lead."""
        kept = {part: text for part, text in self.content.items() if part not in FOR_ONCE}
        self.newest, self.content, self.claim = self.newest + 1, kept | changes, None
        if self.state == "endorsed" and self.endorsement is not None:
            if self.changed() <= MINOR:
                self.endorsement.number, self.endorsement.content = self.newest, self.content
                return
            if self.endorsement.open:
                self.waits = now, {one for one, votes in self.present.items() if votes}
                return
        self.endorsement = self.waits = None
        self.arrive(now)

    def take(self) -> None:
        """The members decide on the version that waited; it came when it was submitted."""
        assert self.waits is not None
        when, entitled = self.waits
        self.endorsement = self.claim = self.waits = None
        self.arrive(when)
        self.entitled = entitled

    def endorse(self, conditions: dict[UUID, set[str]]) -> None:
        """`conditions`: the parts that those name whose votes count."""
        found = {one: Condition(parts or HOW) for one, parts in conditions.items()}
        self.state, self.endorsement = "endorsed", Endorsed(self.newest, self.content, found)

    def changed(self) -> set[str]:
        """The parts in which the newest version is another one than the endorsement's."""
        assert self.endorsement is not None
        before = self.endorsement.content
        return {part for part in self.content.keys() | before.keys() if self.content.get(part) != before.get(part)}

    def counted(self) -> dict[UUID, set[str]]:
        """The conditions of the votes that count: the first of each bloc."""
        poll = self.poll
        assert poll is not None
        found = {}
        for bloc in set(poll.blocs.values()):
            members = {one for one, name in poll.blocs.items() if name == bloc}
            if members & poll.own or members <= poll.aside:
                continue
            first = next((one for one in poll.votes if one in members - poll.aside), None)
            if first is not None and poll.votes[first].parts is not None:
                found[first] = set(poll.votes[first].parts or ())
        return found

    def unanswered(self) -> list[UUID]:
        """Whose condition waits for an answer."""
        assert self.poll is not None
        return sorted(one for one in self.counted() if not self.poll.votes[one].taken)

    def blocks_claim(self) -> set[str]:
        """What keeps whoever leads from saying that conditions are met."""
        endorsement = self.endorsement
        if self.state != "endorsed" or endorsement is None:
            return {"wrong_state"}
        found = set() if endorsement.open else {"no_conditions"}
        if self.changed() - MINOR - set().union(*endorsement.concerned().values()):
            found.add("changes_beyond")
        return found | ({"claim_waits"} if self.claim else set())

    def asked(self, of: set[UUID]) -> set[UUID]:
        """Whose conditions these are; where more changed, or one of these is gone, all who could decide."""
        endorsement = self.endorsement
        assert endorsement is not None
        owners = of | {one for one in endorsement.concerned() if endorsement.conditions[one].met}
        wanted = self._able(owners)
        if self.changed() & NEVER_MINOR or wanted != owners:
            wanted |= self._able(self.electorate())
        return wanted

    def _able(self, members: set[UUID]) -> set[UUID]:
        """Who is a member, no applicant, and has somebody who is not tied."""
        free = members & self.present.keys() - {self.applicant}
        return free - self.unrepresented(free)

    def blocks_answer(self, who: Somebody, member: UUID) -> set[str]:
        if self.claim is None:
            return {"no_claim"}
        found = set() if member in self.claim.asked else {"not_asked"}
        if self.tied(who):
            found |= {"disqualified"} | self.kept_out(who)
        before = self.claim.said.get(member)
        if before and before[1] is not who and self.represents(before[1], member) and not self.represents(who, member):
            found.add("representative_voted")
        return found

    def settlers(self, lead: Somebody) -> list[Somebody]:
        """The second persons: nobody of a member that objects."""
        assert self.claim is not None
        theirs = self.claim.objectors
        return [who for who in self.second_persons(lead) if not any(who.belongs(one) for one in theirs)]

    def answer(self, who: Somebody, member: UUID, lead: Somebody, *, agrees: bool) -> None:
        """All agree: it takes effect. One objects, and nobody could settle it: it falls."""
        claim = self.claim
        assert claim is not None
        claim.said[member] = agrees, who
        if not agrees:
            self.claim = claim if self.settlers(lead) else None
        elif len(claim.said) == len(claim.asked) and not claim.objectors:
            self.carry()

    def blocks_settling(self, who: Somebody, lead: Somebody) -> set[str]:
        if self.claim is None:
            return {"no_claim"}
        found = set() if self.claim.objectors else {"nothing_to_settle"}
        if who not in self.settlers(lead):
            found |= {"not_settler", "disqualified"} | self.kept_out(who)
        return found

    def carry(self) -> None:
        """They count as met; once all do, the endorsement stands on the newest version."""
        claim, endorsement = self.claim, self.endorsement
        assert claim is not None and endorsement is not None
        for one in claim.of:
            endorsement.conditions[one].met, endorsement.conditions[one].met_in = True, self.newest
        self.claim = None
        if not endorsement.open:
            endorsement.number, endorsement.content, self.waits = self.newest, self.content, None

    def days_pass(self) -> None:
        """Seven days without an objection are a yes; an objection that nobody settled leaves the conditions open."""
        if self.claim is None:
            return
        if self.claim.objectors:
            self.claim = None
        else:
            self.carry()
