"""Tables of the room: calls, applications, handlings with their ballots, marks, partner requests, filings."""

from puumerkki.funding.models.applications import (
    Application,
    ApplicationApplicant,
    ApplicationAuthority,
    ApplicationNeed,
    ApplicationNetwork,
    ApplicationState,
    ApplicationVersion,
)
from puumerkki.funding.models.calls import CallState, FundingCall
from puumerkki.funding.models.endorsements import Endorsement, EndorsementCounter, EndorsementState
from puumerkki.funding.models.filings import Filing, FilingState
from puumerkki.funding.models.handlings import (
    Ballot,
    BallotElector,
    BallotState,
    Handling,
    HandlingReading,
    HandlingState,
    RecordedDecision,
    Recusal,
    Vote,
)
from puumerkki.funding.models.partner_requests import (
    CaseCounter,
    FormerDecision,
    GatePolicy,
    PartnerOutcome,
    PartnerRequest,
    PartnerRequestState,
)

__all__ = [
    "Application",
    "ApplicationApplicant",
    "ApplicationAuthority",
    "ApplicationNeed",
    "ApplicationNetwork",
    "ApplicationState",
    "ApplicationVersion",
    "Ballot",
    "BallotElector",
    "BallotState",
    "CallState",
    "CaseCounter",
    "Endorsement",
    "EndorsementCounter",
    "EndorsementState",
    "Filing",
    "FilingState",
    "FormerDecision",
    "FundingCall",
    "GatePolicy",
    "Handling",
    "HandlingReading",
    "HandlingState",
    "PartnerOutcome",
    "PartnerRequest",
    "PartnerRequestState",
    "RecordedDecision",
    "Recusal",
    "Vote",
]
