"""Finds who votes on the version before a network, and how many votes that makes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.queries import versions
from puumerkki.applications.queries.applicants import tied_applicants
from puumerkki.disqualification.queries.tied import unrepresented
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.interests import authorities_asking, barred
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries import electorate
from puumerkki.networks.queries.blocs import blocs_of, votes_of


@dataclass(frozen=True)
class Question:
    """What a network votes on: a version of an application, by a rule. `received_at`: when it came, if it has."""

    network_id: UUID
    application_id: UUID
    version_number: int
    received_at: datetime | None
    rule: DecisionRule | None

    @classmethod
    def of(cls, handling: Handling, rule: DecisionRule | None) -> "Question":
        """What a handling is on."""
        number, received = handling.version_number, handling.received_at
        return cls(handling.network_id, handling.application_id, number, received, rule)


@dataclass(frozen=True)
class CouldVote:
    """Who could vote on something, by their blocs, and who of them stands aside: as applicant, tied, or by the rule."""

    blocs: Mapping[UUID, UUID]
    applying: frozenset[UUID]
    aside: frozenset[UUID]

    @property
    def electorate(self) -> int:
        """How many votes the electors have, those included that stand aside."""
        return len(set(self.blocs.values()))

    def votes(self, present: Iterable[UUID] | None = None, *, without: Iterable[UUID] = ()) -> set[UUID]:
        """The votes of those who do not stand aside: of all, or of those `present`; and `without` some more."""
        of = set(self.blocs) if present is None else set(self.blocs).intersection(present)
        return votes_of(self.blocs, of - self.aside - set(without), applying=self.applying)


async def could_vote(session: AsyncSession, on: Question) -> CouldVote:
    """Who could vote on a version, as a ballot, a meeting and an authority that waits for a network ask it alike."""
    found = await _entitled(session, on)
    applicants = await tied_applicants(session, on.application_id)
    ids = [one.id for one in found]
    applying = {one.id for one in found if one.organisation_id in applicants}
    aside = applying | await unrepresented(session, on.application_id, ids) | await _barred(session, on, found)
    return CouldVote(await blocs_of(session, on.rule, ids), frozenset(applying), frozenset(aside))


async def electors(session: AsyncSession, handling: Handling, rule: DecisionRule | None) -> list[NetworkMember]:
    """Who votes on the version: members since before it came; nobody where no rulebook says how."""
    return [] if rule is None else await _entitled(session, Question.of(handling, rule))


async def _entitled(session: AsyncSession, on: Question) -> list[NetworkMember]:
    """Members since before it came.

    An asked authority only where the rulebook lets it, and none whose own requirement asks for this puumerkki.
    """
    aside = await authorities_asking(session, on.application_id, on.network_id)
    if on.rule is None or not on.rule.authority_votes:
        version = await versions.version(session, on.application_id, on.version_number)
        aside |= {UUID(one["id"]) for one in version.content.get("authorities", ())}
    entitled = await electorate(session, on.network_id, on.received_at)
    return [member for member in entitled if member.organisation_id not in aside]


async def barred_members(
    session: AsyncSession, handling: Handling, rule: DecisionRule | None, members: Sequence[NetworkMember]
) -> frozenset[UUID]:
    """Those of some members whose votes the rulebook does not count, since they are near the application."""
    return await _barred(session, Question.of(handling, rule), members)


async def _barred(session: AsyncSession, on: Question, members: Sequence[NetworkMember]) -> frozenset[UUID]:
    if on.rule is None:
        return frozenset()
    return await barred(
        session,
        application_id=on.application_id,
        number=on.version_number,
        network_id=on.network_id,
        rule=on.rule,
        members=members,
    )


async def votes_there(session: AsyncSession, handling: Handling, rule: DecisionRule | None) -> dict[str, int]:
    """The votes that the electors have, and the base without those that stand aside: by application, tie or rule."""
    if rule is None:
        return {"electors": 0, "base": 0, "needed": 0}
    found = await could_vote(session, Question.of(handling, rule))
    return {"electors": found.electorate, "base": len(found.votes()), "needed": rule.fewest}
