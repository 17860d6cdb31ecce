"""Whom this room's events are told.

Until a ballot closes nobody learns from a notice who has voted, or how: what a member's vote came to is written to the
member by the room itself.
"""

from collections.abc import Mapping

from sqlalchemy import and_
from sqlmodel import col

from puumerkki.access.audiences import applicants, coordinators, leaders, officers, representatives, writers
from puumerkki.applications.models.applications import VersionApplicant
from puumerkki.handlings.events import ballots, decisions, handlings
from puumerkki.handlings.models.handlings import Handling
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import ASKED, Mailed, NoticeRow, Pace, Sides, Silent, side

_URGENT, _DIGEST = NoticeRow.urgent, Pace.digest
_SEALED = Silent("nobody learns before the end who has voted; the member itself gets a letter where that matters")
_MEMBERS = representatives(pace=_DIGEST)
_OFFICERS = officers(pace=_DIGEST)

TELLS: Tells = {
    ballots.BallotOpened: (applicants(addressed=True), officers(addressed=True, pace=_DIGEST)),
    ballots.VoteCast: _SEALED,
    ballots.VoteRecorded: _SEALED,
    ballots.VoteRemoved: _SEALED,
    ballots.MemberRecused: Silent("the member said so itself, and the ballot's page shows it"),
    ballots.RecusalWithdrawn: Silent("the member said so itself, and the ballot's page shows it"),
    ballots.MemberGone: (coordinators(pace=_DIGEST),),
    ballots.BallotClosed: (leaders(pace=_DIGEST), _MEMBERS),
    ballots.BallotRecounted: (leaders(), _MEMBERS),
    ballots.StandingStated: (leaders(pace=Pace.bell),),
    ballots.RecordedVotesSettled: (leaders(),),
    ballots.AnnulmentProposed: ASKED,
    ballots.AnnulmentDropped: (leaders(),),
    ballots.BallotAnnulled: (applicants(addressed=True), leaders(), representatives()),
    ballots.ConditionAnswered: Silent("its member gets a letter where the condition was left out"),
    decisions.DecisionSupported: (leaders(pace=Pace.bell),),
    decisions.DecisionDenied: ASKED,
    decisions.DecisionFell: (leaders(by_room=True), representatives(by_room=True)),
    handlings.HandlingReceived: (representatives(pace=_DIGEST), leaders(pace=_DIGEST)),
    handlings.HandlingMoved: (leaders(pace=_DIGEST),),
    handlings.HandlingAskedAgain: (leaders(),),
    handlings.VersionWaits: ASKED,
    handlings.VersionLeftOut: (applicants(), leaders(pace=_DIGEST)),
    handlings.BallotAsked: (leaders(by_room=True), applicants(pace=Pace.bell)),
    handlings.ReviewBegun: (applicants(pace=_DIGEST),),
    handlings.HandlingReturned: (_OFFICERS, representatives(pace=Pace.bell)),
    handlings.ReadingRecorded: (leaders(pace=Pace.bell),),
    handlings.DecisionRecorded: ASKED,
    handlings.DecisionConfirmed: (representatives(by_room=True), leaders(pace=Pace.bell)),
    handlings.HandlingEndorsed: (applicants(row=_URGENT), leaders(pace=Pace.bell), officers(), _MEMBERS),
    handlings.HandlingDeclined: (applicants(row=_URGENT), officers(), leaders(pace=_DIGEST), _MEMBERS),
    handlings.ReviewReopened: (applicants(), leaders(pace=_DIGEST)),
    handlings.ConditionsConfirmed: (applicants(), officers()),
    handlings.StatementGiven: (applicants(row=_URGENT), officers(), leaders(pace=_DIGEST), _MEMBERS),
    handlings.AgreementDenied: (leaders(),),
    handlings.HandlingLapsed: (writers(by_room=True), officers(), leaders(pace=_DIGEST)),
    handlings.HandlingWithdrawn: (leaders(), officers(pace=_DIGEST)),
}

_APPLIED = and_(
    col(VersionApplicant.application_id) == col(Handling.application_id),
    col(VersionApplicant.version_number) == col(Handling.version_number),
    col(VersionApplicant.left_at).is_(None),
)
SIDES: Sides = {
    "application": {"network": side(col(Handling.application_id), col(Handling.network_id))},
    "handling": {
        "applicants": side(col(Handling.id), col(VersionApplicant.organisation_id), (VersionApplicant, _APPLIED)),
        "network": side(col(Handling.id), col(Handling.network_id)),
    },
}
MAILED: Mapping[str, Mailed] = {
    "annulment_to_confirm": Mailed.opening,
    "ballot_to_open": Mailed.opening,
    "claim_to_answer": Mailed.opening,
    "decision_to_answer": Mailed.opening,
    "endorsement_ending": Mailed.opening,
    "handling_to_mend": Mailed.always,
    "lead_to_choose": Mailed.opening,
    "prolongation_to_confirm": Mailed.opening,
    "recorded_votes_to_confirm": Mailed.opening,
    "revocation_to_confirm": Mailed.opening,
    "standing_to_state": Mailed.opening,
    "tie_to_answer": Mailed.opening,
    "tie_to_settle": Mailed.opening,
    "view_to_state": Mailed.opening,
    "vote_to_cast": Mailed.always,
}
