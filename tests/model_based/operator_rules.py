"""Whom an operator named, and who broke the glass: what they take no part in (41). By hand from the rules."""

from dataclasses import dataclass, field
from uuid import UUID

from tests.model_based.council import Council, Decision
from tests.model_based.people import Grant, Somebody

HEARING = ("received", "in_review", "in_ballot")
"""The states in which a network still decides on a version."""


@dataclass
class Naming:
    """An operator names an owner where there is one: `heard` for seven days, and another operator confirms it."""

    member: UUID
    subject: Somebody
    by: Somebody
    heard: bool = False
    confirmed: bool = False


@dataclass
class Named(Council):
    """`acts_from`: of a grant that an operator's naming gave, or that its holder gave, the step of that naming."""

    acts_from: dict[tuple[str, Grant], int] = field(default_factory=dict)
    glass: set[str] = field(default_factory=set)
    naming: Naming | None = None

    @property
    def version_waits(self) -> bool:
        """Whether one came while conditions are open, on which the members may yet decide."""
        return False

    def kept_out(self, who: Somebody) -> set[str]:
        """The codes of what keeps somebody out of the version that is there, whom no tie binds."""
        found = {"glass_was_broken"} if who.name in self.glass else set()
        since = [self.acts_from.get((who.name, grant), 0) for grant in who.grants if grant[1] == self.network]
        return found | ({"named_since"} if any(one > self.arrived for one in since) else set())

    def suspects(self, member: UUID) -> list[Somebody]:
        """Those of a member's voices that an operator's owner gave, or that broke the glass."""
        given = {name for name, _ in self.acts_from} | self.glass
        return [who for who in self.representatives(member) if who.name in given]

    def tied(self, who: Somebody) -> bool:
        """By a tie, or kept out as if by one."""
        return super().tied(who) or bool(self.kept_out(who))

    def blocks_vote(self, who: Somebody, member: UUID, recorded: bool) -> set[str]:
        return super().blocks_vote(who, member, recorded) | self.kept_out(who)

    def blocks_decision(self, who: Somebody, member: UUID) -> set[str]:
        of = self.decision
        assert of is not None
        if member in of.blocs.keys() - self.archived and self.named_after(who, member, of):
            return {"named_since"}
        return super().blocks_decision(who, member)

    def named_after(self, who: Somebody, member: UUID, of: Decision) -> bool:
        """Whether somebody's voice for a member acts only in decisions that are proposed later."""
        representatives = [one for one in who.grants if one[1:] == (self.network, member)]
        return all(self.acts_from.get((who.name, one), 0) > of.opened for one in representatives)

    def open_before(self, owner: Somebody, member: UUID) -> bool:
        """Whether the network decides on something older than an owner's naming, the member with the others."""
        moment = self.acts_from.get((owner.name, ("owner", member, None)), 0)
        decides = (self.state in HEARING or self.version_waits) and self.arrived < moment and member != self.applicant
        return decides or (self.decision is not None and self.decision.opened < moment)

    def second_persons(
        self, first: Somebody, *, since: int | None = None, bound: UUID | None = None, begun: int = 0
    ) -> list[Somebody]:
        found = super().second_persons(first, since=since, bound=bound, begun=begun)
        return [who for who in found if bound is not None or not self.kept_out(who)]
