"""What happens in a ballot. Nothing here tells who voted what; that somebody voted is sealed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from puumerkki.handlings.models.annulments import BallotFault
from puumerkki.handlings.models.handlings import BallotPurpose
from puumerkki.kernel.eventlog.events import Event, Tier
from puumerkki.networks.tally import Outcome


@dataclass(frozen=True, kw_only=True)
class BallotOpened(Event):
    type = "ballot.opened"
    tier = Tier.network
    ballot_id: UUID
    version: int
    closes_at: datetime
    purpose: BallotPurpose


@dataclass(frozen=True, kw_only=True)
class VoteCast(Event):
    type = "vote.cast"
    tier = Tier.sealed
    ballot_id: UUID


@dataclass(frozen=True, kw_only=True)
class VoteRecorded(Event):
    type = "vote.recorded"
    tier = Tier.sealed
    ballot_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberRecused(Event):
    type = "ballot.member_recused"
    tier = Tier.network
    ballot_id: UUID
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecusalWithdrawn(Event):
    """A member that stood aside by its own word takes part again."""

    type = "ballot.recusal_withdrawn"
    tier = Tier.network
    ballot_id: UUID
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberGone(Event):
    """It left the network, or was archived, while the ballot was open."""

    type = "ballot.member_gone"
    tier = Tier.network
    ballot_id: UUID
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class VoteRemoved(Event):
    """Whoever gave a member's vote is tied to an applicant; or it was recorded, and who votes with it voted itself."""

    type = "ballot.vote_removed"
    tier = Tier.network
    ballot_id: UUID
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class BallotClosed(Event):
    type = "ballot.closed"
    tier = Tier.network
    ballot_id: UUID
    outcome: Outcome
    purpose: BallotPurpose


@dataclass(frozen=True, kw_only=True)
class BallotRecounted(Event):
    """The outcome is another one, since conditions were answered or a member said whether its vote stands."""

    type = "ballot.recounted"
    tier = Tier.network
    ballot_id: UUID
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class StandingStated(Event):
    """A member whose condition was not taken said whether its vote stands."""

    type = "vote.standing_stated"
    tier = Tier.network
    ballot_id: UUID
    member_id: UUID
    stands: bool


@dataclass(frozen=True, kw_only=True)
class RecordedVotesSettled(Event):
    """A second person said whether the recorded votes were given so; by the clock they are left out."""

    type = "ballot.recorded_votes_settled"
    tier = Tier.network
    ballot_id: UUID
    confirmed: bool


@dataclass(frozen=True, kw_only=True)
class AnnulmentProposed(Event):
    """Something was wrong in the ballot, says whoever leads; a second person confirms it."""

    type = "ballot.annulment_proposed"
    tier = Tier.network
    ballot_id: UUID
    fault: BallotFault


@dataclass(frozen=True, kw_only=True)
class AnnulmentDropped(Event):
    type = "ballot.annulment_dropped"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class BallotAnnulled(Event):
    type = "ballot.annulled"
    tier = Tier.network
    ballot_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConditionAnswered(Event):
    type = "ballot.condition_answered"
    tier = Tier.network
    ballot_id: UUID
    taken: bool
