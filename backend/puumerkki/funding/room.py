"""What the room brings to the house."""

from puumerkki.access import kept_ties
from puumerkki.access import open_cases as tied_owners
from puumerkki.access.permissions import P
from puumerkki.funding import call_changes, dependants, followers, handling_ties, request_ties, tie_cases
from puumerkki.funding.events.endorsements import EndorsementIssued
from puumerkki.funding.events.gate import DecisionToLookAt
from puumerkki.funding.events.handlings import HandlingReceived
from puumerkki.funding.events.network_powers import EndorsementProlonged
from puumerkki.funding.events.partner_requests import (
    PartnerRequestArrived,
    PartnerRequestBegun,
    PartnerRequestMoved,
)
from puumerkki.funding.events.ties import CaseTieQuestioned, CaseTieSettled, HandlingTieSettled
from puumerkki.funding.following import endorsements as followed_endorsements
from puumerkki.funding.following import filings as followed_filings
from puumerkki.funding.following import handlings as followed_handlings
from puumerkki.funding.following import partner_requests as followed_requests
from puumerkki.funding.importing.applications import APPLICATIONS
from puumerkki.funding.importing.proposals import PROPOSALS
from puumerkki.funding.invariants import INVARIANTS
from puumerkki.funding.models.annulments import BallotAnnulment
from puumerkki.funding.models.applications import (
    Application,
    ApplicationApplicant,
    ApplicationAuthority,
    ApplicationNeed,
    ApplicationNetwork,
    ApplicationVersion,
    TakenOutApplicant,
    VersionApplicant,
)
from puumerkki.funding.models.calls import FundingCall
from puumerkki.funding.models.conditions import ClaimAnswer, ConditionsClaim
from puumerkki.funding.models.decisions import DecisionWord, RecordedDecision
from puumerkki.funding.models.endorsements import Endorsement, EndorsementCounter
from puumerkki.funding.models.filings import Filing
from puumerkki.funding.models.gate import GatePolicy, GateRequirement, Waiver
from puumerkki.funding.models.handlings import Ballot, Handling, HandlingReading, Refusal
from puumerkki.funding.models.handovers import CaseHandover
from puumerkki.funding.models.leads import LeadChoice
from puumerkki.funding.models.partner_requests import CaseCounter, FormerDecision, PartnerRequest
from puumerkki.funding.models.revocations import Prolongation, Revocation
from puumerkki.funding.models.ties import TieQuestion
from puumerkki.funding.models.votes import BallotElector, Recusal, Vote
from puumerkki.funding.queries import (
    applications,
    calls,
    endorsements,
    filings,
    handlings,
    open_cases,
    partner_requests,
)
from puumerkki.funding.queries.gate_policies import authorities_naming
from puumerkki.funding.queries.kept_ties import concerns_open_case
from puumerkki.funding.queries.open_work import open_work as open_handlings
from puumerkki.funding.routes import application_versions as application_routes
from puumerkki.funding.routes import calls as call_routes
from puumerkki.funding.routes import case_steps as case_step_routes
from puumerkki.funding.routes import endorsements as endorsement_routes
from puumerkki.funding.routes import filings as filing_routes
from puumerkki.funding.routes import gate_policies as gate_policy_routes
from puumerkki.funding.routes import gate_requirements as gate_requirement_routes
from puumerkki.funding.routes import handling_ties as handling_tie_routes
from puumerkki.funding.routes import handlings as handling_routes
from puumerkki.funding.routes import handovers as handover_routes
from puumerkki.funding.routes import partner_requests as partner_request_routes
from puumerkki.funding.routes import request_ties as request_tie_routes
from puumerkki.funding.routes import ties as tie_routes
from puumerkki.funding.service import (
    call_letters,
    handovers,
    leads,
    left_ballots,
    network_ends,
    removals,
    succession,
    tied_votes,
)
from puumerkki.funding.service import (
    filings as filing_reactions,
)
from puumerkki.funding.service.applicants import remind_asked
from puumerkki.funding.service.applicants import tell_late as ask_applicants_late
from puumerkki.funding.service.askings import forget_taken_out
from puumerkki.funding.service.claims import carry_due
from puumerkki.funding.service.decision_words import settle_decisions
from puumerkki.funding.service.effects import open_asked, take_effect_due
from puumerkki.funding.service.endorsements import tell_expired
from puumerkki.funding.service.lapsing import lapse_due
from puumerkki.funding.service.polls import close_due_ballots
from puumerkki.funding.service.prolongations import tell_expiring
from puumerkki.funding.service.revocations import settle_due, tell_late
from puumerkki.funding.service.tie_effects import lapse_unsettled
from puumerkki.funding.workflow.applications import APPLICATION
from puumerkki.funding.workflow.ballots import BALLOT
from puumerkki.funding.workflow.calls import CALL
from puumerkki.funding.workflow.conditions import CLAIM
from puumerkki.funding.workflow.endorsements import ENDORSEMENT
from puumerkki.funding.workflow.filings import FILING
from puumerkki.funding.workflow.handlings import HANDLING
from puumerkki.funding.workflow.partner_requests import PARTNER_REQUEST
from puumerkki.funding.workflow.revocations import REVOCATION
from puumerkki.identity.events import RoleGranted
from puumerkki.imports import kinds
from puumerkki.kernel.room import Periodic, Room
from puumerkki.networks import named, open_work
from puumerkki.networks import open_cases as networks_open_cases
from puumerkki.networks.decision_events import DecisionAdopted, DecisionDayMoved
from puumerkki.networks.events import MemberLeft
from puumerkki.networks.proposal_events import MemberProposalCarried
from puumerkki.organisations.events import (
    AffiliationDeclared,
    OrganisationArchived,
    RelationAccepted,
    RelationAdded,
    RolesChanged,
)
from puumerkki.organisations.succession_events import OrganisationSucceeded
from puumerkki.reports import reported
from puumerkki.reports.events import ReportSubmitted


def _connect() -> None:
    for followed in (followed_endorsements, followed_handlings, followed_requests, followed_filings):
        followers.register(followed.FOLLOWER)
    for followed in (followed_handlings, followed_requests):
        dependants.register(followed.DEPENDANT)
    tie_cases.register("handling", handling_ties.TIES)
    tie_cases.register("partner_request", request_ties.TIES)
    call_changes.register(call_letters.tell)
    named.register(authorities_naming)
    networks_open_cases.register(open_cases.tied_in_open_case, open_cases.decides_since_before)
    tied_owners.register(open_cases.tied_anywhere)
    kept_ties.register(concerns_open_case)
    open_work.register(open_handlings)
    reported.register(filings.REPORTED)
    kinds.register(APPLICATIONS, P.applications_write, "organisation_id")
    kinds.register(PROPOSALS, P.partner_requests_propose, "organisation_id")


_HOST_ACCEPTED = (leads.after_host_accepted, tied_votes.after_host_accepted, handovers.after_host_accepted)

ROOM = Room(
    name="funding",
    tables=(
        FundingCall,
        Application,
        ApplicationApplicant,
        ApplicationNetwork,
        ApplicationAuthority,
        ApplicationNeed,
        ApplicationVersion,
        VersionApplicant,
        TakenOutApplicant,
        Handling,
        HandlingReading,
        Refusal,
        RecordedDecision,
        DecisionWord,
        Ballot,
        BallotElector,
        BallotAnnulment,
        Recusal,
        Vote,
        TieQuestion,
        LeadChoice,
        ConditionsClaim,
        ClaimAnswer,
        Endorsement,
        EndorsementCounter,
        Revocation,
        Prolongation,
        GatePolicy,
        GateRequirement,
        Waiver,
        PartnerRequest,
        FormerDecision,
        CaseCounter,
        CaseHandover,
        Filing,
    ),
    routers=(
        *application_routes.ROUTERS,
        *call_routes.ROUTERS,
        *filing_routes.ROUTERS,
        *gate_policy_routes.ROUTERS,
        *handling_routes.ROUTERS,
        *endorsement_routes.ROUTERS,
        *partner_request_routes.ROUTERS,
        *case_step_routes.ROUTERS,
        *gate_requirement_routes.ROUTERS,
        *handling_tie_routes.ROUTERS,
        *request_tie_routes.ROUTERS,
        *tie_routes.ROUTERS,
        *handover_routes.ROUTERS,
    ),
    subjects=(
        applications.SUBJECT,
        filings.SUBJECT,
        calls.SUBJECT,
        handlings.SUBJECT,
        endorsements.SUBJECT,
        partner_requests.SUBJECT,
    ),
    workflows=(CALL, APPLICATION, HANDLING, BALLOT, ENDORSEMENT, REVOCATION, CLAIM, PARTNER_REQUEST, FILING),
    handlers={
        DecisionAdopted: (network_ends.after_decision_adopted,),
        HandlingReceived: (leads.after_received,),
        HandlingTieSettled: (leads.after_settled,),
        CaseTieQuestioned: (handovers.after_case,),
        CaseTieSettled: (handovers.after_case,),
        PartnerRequestArrived: (handovers.after_case,),
        PartnerRequestMoved: (handovers.after_case,),
        PartnerRequestBegun: (handovers.after_case,),
        DecisionToLookAt: (handovers.after_case,),
        DecisionDayMoved: (network_ends.after_day_moved,),
        RoleGranted: (leads.after_tie, tied_votes.after_role_granted, handovers.after_tie),
        RolesChanged: (leads.after_tie, tied_votes.after_roles_changed, handovers.after_tie),
        AffiliationDeclared: (leads.after_tie, tied_votes.after_affiliation_declared, handovers.after_tie),
        MemberLeft: (left_ballots.after_member_left,),
        MemberProposalCarried: (removals.after_proposal_carried,),
        OrganisationArchived: (left_ballots.after_organisation_archived,),
        OrganisationSucceeded: (succession.after_succeeded, tied_votes.after_organisation_succeeded),
        RelationAccepted: _HOST_ACCEPTED,
        RelationAdded: _HOST_ACCEPTED,
        ReportSubmitted: (filing_reactions.after_report_submitted,),
    },
    periodic=(
        Periodic(
            (
                network_ends.lapse_ended,
                close_due_ballots,
                lapse_unsettled,
                take_effect_due,
                settle_decisions,
                open_asked,
                settle_due,
                carry_due,
                tell_late,
                lapse_due,
                removals.end_removals,
                ask_applicants_late,
                remind_asked,
                forget_taken_out,
                tell_expiring,
                tell_expired,
            )
        ),
    ),
    invariants=INVARIANTS,
    remembered=(EndorsementIssued, EndorsementProlonged),
    connect=_connect,
)
