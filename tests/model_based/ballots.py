"""What a network does with an application and what stands in its way: the model of handlings and endorsements."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from tests.model_based.entities import Application, Ballot, Handling
from tests.model_based.model import Known
from tests.model_based.people import REPRESENTATIVES, Somebody

RUN = {"owner", "signatory"}
OPEN = {"received", "in_review", "in_ballot"}
FROM = {
    "begin_review": {"received"},
    "readings": {"received", "in_review"},
    "open_ballot": {"in_review"},
    "endorse": {"in_ballot"},
    "reopen_review": {"in_ballot"},
    "answer_condition": {"in_ballot"},
    "confirm_conditions": {"endorsed"},
}


@dataclass
class Ballots(Known):
    """`given`: how many endorsements were given."""

    given: int = 0

    def blocks_lead(self, who: Somebody, one: Handling, action: str) -> set[str]:
        """The codes of what keeps somebody who may from a step; empty: it is done."""
        ballot = one.ballot.state if one.ballot else None
        found: set[str] = set()
        if self.tied(who, one.application):
            found.add("disqualified")
        if action == "close":
            # an endorsement that was given is ended by another kind of ballot
            found |= {"in_ballot": set(), "endorsed": {"no_revocation"}}.get(one.state, {"wrong_state"})
            if ballot != "open":
                return found | {"ballot_closed"}
            return found | (set() if self.all_voted(one) else {"votes_missing"})
        if one.state not in FROM[action]:
            found.add("wrong_state")
        if self.applications[one.application].state != "active":
            found.add("application_not_active")
        if action == "open_ballot" and one.version not in one.read:
            found.add("no_reading")
        if action == "open_ballot" and not self._could_vote(one):
            found.add("too_few_electors")
        if action in ("endorse", "reopen_review") and ballot != "closed":
            found.add("ballot_not_closed")
        if action == "endorse" and self.version(one).left:
            found.add("applicant_left")
        if action == "endorse" and one.ballot and one.ballot.conditional():
            found.add("conditions_unanswered")
        if action == "answer_condition" and ballot != "closed":
            found.add("ballot_not_closed")
        if action == "confirm_conditions" and one.state == "endorsed":
            newest = self.applications[one.application].versions[-1]
            found |= set() if one.open else {"no_conditions"}
            if self.version(one).left or newest.left:
                found.add("applicant_left")
            if newest.content[1:] != self.version(one).content[1:]:
                # goals lie in what a condition concerns that names no part, and nothing else here does (17)
                found.add("changes_beyond")
            if newest.applicants != self.version(one).applicants:
                found.add("applicants_changed")
        if action == "reopen_review" and ballot == "closed":
            found.add("ballot_settled")
        return found

    def blocks_vote(self, who: Somebody, one: Handling, member: UUID) -> set[str]:
        assert one.ballot is not None
        found = {"disqualified"} if self.tied(who, one.application) else set()
        if one.ballot.state != "open":
            found.add("ballot_closed")
        together = {each for each, name in one.ballot.blocs.items() if name == one.ballot.blocs[member]}
        if member in one.ballot.aside or together & one.ballot.own:
            found.add("recused")
        if together & one.ballot.votes.keys() - {member}:
            found.add("votes_together")
        if any(voter is who and voted_for != member for voted_for, voter in one.ballot.votes.items()):
            found.add("speaks_for_another")
        return found

    def tied_in_open_case(self, who: Somebody, organisation: UUID) -> bool:
        """Whether an organisation decides with others on an application to whose applicant somebody is tied (11)."""
        return any(
            one.state in OPEN
            and organisation in self.members[one.network] - self.applications[one.application].binding
            and self.tied(who, one.application)
            for one in self.handlings.values()
        )

    def _could_vote(self, one: Handling) -> set[UUID]:
        """The votes there could be: of no applicant, nor of who shares with one. One is enough by these rulebooks."""
        members = self.members[one.network]
        blocs = self.joined({each: each for each in members})
        applicants = members & self.applications[one.application].binding
        free = members - applicants
        return {blocs[each] for each in free - self._silenced(one, free)} - {blocs[each] for each in applicants}

    def joined(self, blocs: dict[UUID, UUID], stays: Collection[UUID] = ()) -> dict[UUID, UUID]:
        """Rule 13: who shares an owner or a signatory votes together; of those that stay, none goes to another."""
        for who in self.people:
            names = {blocs[where] for role, where, _ in who.grants if role in RUN and where in blocs}
            kept = names & {blocs[one] for one in stays}
            names -= kept - {min(kept, default=None)}
            if len(names) > 1:
                blocs = {one: min(names) if name in names else name for one, name in blocs.items()}
        return blocs

    def lead(self, one: Handling, action: str, member: UUID | None = None) -> None:
        """A step was done."""
        match action:
            case "begin_review":
                one.state = "in_review"
            case "readings":
                one.read.add(one.version)
            case "open_ballot":
                one.state = "in_ballot"
                members = self.members[one.network]
                applicants = members & self.applications[one.application].binding
                aside = applicants | self._silenced(one, members - applicants)
                one.ballot = Ballot(aside, applicants, self.joined({each: each for each in members}))
            case "close":
                self._take_out(one)
                assert one.ballot is not None
                stays = one.ballot.votes.keys() | one.ballot.own
                one.ballot.state, one.ballot.blocs = "closed", self.joined(one.ballot.blocs, stays)
            case "answer_condition":
                assert one.ballot is not None and member is not None
                one.ballot.conditions[member] = True
            case "endorse":
                one.state = "endorsed"
                one.open = bool(one.ballot and one.ballot.conditions.keys() & one.ballot.votes.keys())
                self.give(one)
            case "confirm_conditions":
                one.open, one.version = False, len(self.applications[one.application].versions)
                self.give(one)

    def count_waits(self, one: Handling) -> bool:
        """Whether a ballot was counted that gives an endorsement: here all have voted for it."""
        if one.state != "in_ballot" or one.ballot is None or one.ballot.state != "closed":
            return False
        version = self.version(one)
        return not version.left and bool(self.members[one.network] & set(version.applicants))

    def give(self, one: Handling) -> None:
        self.given += 1
        one.endorsement = self.given

    def annul(self, one: Handling) -> None:
        if one.ballot is not None:
            one.ballot.state = "annulled"

    def after_tie(self, who: Somebody) -> None:
        """A declared tie takes votes out of the open ballots in which somebody speaks or voted."""
        for one in self.handlings.values():
            if one.ballot is None or one.ballot.state != "open" or not self.tied(who, one.application):
                continue
            speaks = any(role in REPRESENTATIVES and scope == one.network for role, scope, _ in who.grants)
            if speaks or who in one.ballot.votes.values():
                self._take_out(one)

    def all_voted(self, one: Handling) -> bool:
        """Whether everybody has voted who may, without the votes of the tied; one vote of those that vote together."""
        assert one.ballot is not None
        votes, aside = self._without_tied(one)
        blocs = self.joined(one.ballot.blocs, votes.keys() | one.ballot.own)
        aside = aside | self._elsewhere(one, votes, aside, blocs)
        base = {
            name
            for name in blocs.values()
            if not (members := {each for each, of in blocs.items() if of == name}) & one.ballot.own
            and not members <= aside
        }
        return bool(base) and base <= {blocs[each] for each in votes}

    def _elsewhere(
        self, one: Handling, votes: dict[UUID, Somebody], aside: set[UUID], blocs: dict[UUID, UUID]
    ) -> set[UUID]:
        """Those for whom only people speak who voted for another member, or are tied."""
        voted = {blocs[each] for each in votes}
        found = set()
        for member in self.members[one.network] - aside:
            representatives = [who for who in self.people if who.speaks(one.network, member)]
            other = [who for who in representatives if any(who is by and each != member for each, by in votes.items())]
            untied = [who for who in representatives if not self.tied(who, one.application)]
            if blocs[member] not in voted and other and all(who in other for who in untied):
                found.add(member)
        return found

    def _without_tied(self, one: Handling) -> tuple[dict[UUID, Somebody], set[UUID]]:
        assert one.ballot is not None
        votes = {key: who for key, who in one.ballot.votes.items() if not self.tied(who, one.application)}
        silent = self.members[one.network] - votes.keys() - one.ballot.aside
        return votes, one.ballot.aside | self._silenced(one, silent)

    def _take_out(self, one: Handling) -> None:
        assert one.ballot is not None
        one.ballot.votes, one.ballot.aside = self._without_tied(one)

    def _silenced(self, one: Handling, members: set[UUID]) -> set[UUID]:
        """Those members for whom only tied people speak."""
        representatives = {key: [who for who in self.people if who.speaks(one.network, key)] for key in members}
        return {
            key
            for key, some in representatives.items()
            if some and all(self.tied(who, one.application) for who in some)
        }

    def follow(self, application: Application, one: Handling) -> None:
        """A new version for a network. An endorsement goes along only where nothing changed that it was given on."""
        if one.network not in application.networks:
            self.end(one)
            return
        newest = application.versions[-1]
        if one.state == "endorsed":
            before = self.version(one)
            if (before.content, before.applicants) == (newest.content, newest.applicants):
                one.version = newest.number
                self.give(one)
                return
            if one.open:
                return
        one.endorsement = None
        one.state = "in_review" if one.state in ("in_review", "in_ballot") else "received"
        one.version = newest.number

    def end(self, one: Handling) -> None:
        if one.ballot is not None and one.ballot.state == "open":
            self.annul(one)
        one.endorsement, one.open = None, False
        one.state = "withdrawn"
