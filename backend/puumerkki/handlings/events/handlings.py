"""What happens to a network's handling of an application."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from puumerkki.handlings.models.handlings import LapseReason
from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class HandlingReceived(Event):
    type = "handling.received"
    tier = Tier.parties
    version: int


@dataclass(frozen=True, kw_only=True)
class HandlingMoved(Event):
    """It concerns a newer version now."""

    type = "handling.moved"
    tier = Tier.parties
    version: int


@dataclass(frozen=True, kw_only=True)
class HandlingAskedAgain(Event):
    """It had lapsed, and a call that it is for is open again."""

    type = "handling.asked_again"
    tier = Tier.parties
    version: int


@dataclass(frozen=True, kw_only=True)
class VersionWaits(Event):
    """A newer version came while the endorsement's conditions are open: the coordinator says whether they are met."""

    type = "handling.version_waits"
    tier = Tier.parties
    version: int


@dataclass(frozen=True, kw_only=True)
class VersionLeftOut(Event):
    """A newer version changes only minor parts, so it does not bring a declined application back."""

    type = "handling.version_left_out"
    tier = Tier.parties
    version: int


@dataclass(frozen=True, kw_only=True)
class BallotAsked(Event):
    """The applicant asked for a ballot; it opens by itself then."""

    type = "handling.ballot_asked"
    tier = Tier.parties
    opens_at: datetime


@dataclass(frozen=True, kw_only=True)
class ReviewBegun(Event):
    type = "handling.review_begun"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class HandlingReturned(Event):
    type = "handling.returned"
    tier = Tier.parties
    points: int


@dataclass(frozen=True, kw_only=True)
class ReadingRecorded(Event):
    type = "handling.reading_recorded"
    tier = Tier.network
    version: int
    meeting_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionRecorded(Event):
    """What the meeting decided is told once it is confirmed."""

    type = "handling.decision_recorded"
    tier = Tier.network
    decision_id: UUID
    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class DecisionConfirmed(Event):
    """The applicants hear of it once it takes effect."""

    type = "handling.decision_confirmed"
    tier = Tier.network
    decision_id: UUID
    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class HandlingEndorsed(Event):
    type = "handling.endorsed"
    tier = Tier.public
    endorsement_id: UUID
    number: str


@dataclass(frozen=True, kw_only=True)
class HandlingDeclined(Event):
    type = "handling.declined"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class ReviewReopened(Event):
    type = "handling.review_reopened"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class ConditionsConfirmed(Event):
    """`met`: how many of the conditions are met now; `all_met`: the endorsement holds without conditions."""

    type = "handling.conditions_confirmed"
    tier = Tier.parties
    met: int
    all_met: bool


@dataclass(frozen=True, kw_only=True)
class StatementGiven(Event):
    type = "handling.statement_given"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementDenied(Event):
    """A member did not agree on the statement that said so."""

    type = "handling.agreement_denied"
    tier = Tier.network
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class HandlingLapsed(Event):
    """It ended without an answer; `cause`: why."""

    type = "handling.lapsed"
    tier = Tier.parties

    cause: LapseReason


@dataclass(frozen=True, kw_only=True)
class HandlingWithdrawn(Event):
    type = "handling.withdrawn"
    tier = Tier.parties
