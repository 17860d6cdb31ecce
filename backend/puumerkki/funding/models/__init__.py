"""Tables of the room: calls, applications, handlings with their ballots, marks, partner requests, filings."""

from puumerkki.funding.models.annulments import BallotAnnulment, BallotFault
from puumerkki.funding.models.applications import (
    ApplicantAnswer,
    Application,
    ApplicationApplicant,
    ApplicationAuthority,
    ApplicationNeed,
    ApplicationNetwork,
    ApplicationState,
    ApplicationVersion,
    TakenOutApplicant,
    VersionApplicant,
)
from puumerkki.funding.models.calls import CallState, FundingCall
from puumerkki.funding.models.conditions import ClaimAnswer, ClaimState, ConditionPart, ConditionsClaim, MetWhen
from puumerkki.funding.models.decisions import DecisionWord, RecordedDecision
from puumerkki.funding.models.endorsements import Endorsement, EndorsementCounter, EndorsementState
from puumerkki.funding.models.filings import Filing, FilingState
from puumerkki.funding.models.gate import (
    GateCause,
    GatePolicy,
    GateRequirement,
    ReleaseGround,
    Waiver,
    WaiverGround,
)
from puumerkki.funding.models.handlings import (
    AgreedHow,
    Ballot,
    BallotPurpose,
    BallotState,
    GivenHow,
    Handling,
    HandlingReading,
    LapseReason,
    Refusal,
)
from puumerkki.funding.models.handovers import CaseHandover, CaseOffice
from puumerkki.funding.models.leads import LeadChoice
from puumerkki.funding.models.partner_requests import (
    CaseCounter,
    FormerDecision,
    LookAt,
    PartnerOutcome,
    PartnerRequest,
)
from puumerkki.funding.models.recipients import HandlingState, PartnerRequestState
from puumerkki.funding.models.revocations import (
    Prolongation,
    Revocation,
    RevocationCause,
    RevocationState,
    RevocationWay,
)
from puumerkki.funding.models.ties import TieQuestion, TieQuestionKind
from puumerkki.funding.models.votes import BallotElector, Recusal, Vote

__all__ = [
    "AgreedHow",
    "ApplicantAnswer",
    "Application",
    "ApplicationApplicant",
    "ApplicationAuthority",
    "ApplicationNeed",
    "ApplicationNetwork",
    "ApplicationState",
    "ApplicationVersion",
    "Ballot",
    "BallotAnnulment",
    "BallotElector",
    "BallotFault",
    "BallotPurpose",
    "BallotState",
    "CallState",
    "CaseCounter",
    "CaseHandover",
    "CaseOffice",
    "ClaimAnswer",
    "ClaimState",
    "ConditionPart",
    "ConditionsClaim",
    "DecisionWord",
    "Endorsement",
    "EndorsementCounter",
    "EndorsementState",
    "Filing",
    "FilingState",
    "FormerDecision",
    "FundingCall",
    "GateCause",
    "GatePolicy",
    "GateRequirement",
    "GivenHow",
    "Handling",
    "HandlingReading",
    "HandlingState",
    "LapseReason",
    "LeadChoice",
    "LookAt",
    "MetWhen",
    "PartnerOutcome",
    "PartnerRequest",
    "PartnerRequestState",
    "Prolongation",
    "RecordedDecision",
    "Recusal",
    "Refusal",
    "ReleaseGround",
    "Revocation",
    "RevocationCause",
    "RevocationState",
    "RevocationWay",
    "TakenOutApplicant",
    "TieQuestion",
    "TieQuestionKind",
    "VersionApplicant",
    "Vote",
    "Waiver",
    "WaiverGround",
]
