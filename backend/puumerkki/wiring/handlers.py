"""All reactions at a glance: event → handlers, run in the transaction of the event."""

from puumerkki.agreements.service import succession as agreement_succession
from puumerkki.agreements.service.contacts import after_role_revoked, after_roles_changed
from puumerkki.agreements.service.reported import (
    after_evaluation_given,
    after_report_returned,
    after_report_submitted,
)
from puumerkki.funding.events.gate import DecisionToLookAt
from puumerkki.funding.events.handlings import HandlingReceived
from puumerkki.funding.events.partner_requests import (
    PartnerRequestArrived,
    PartnerRequestBegun,
    PartnerRequestMoved,
)
from puumerkki.funding.events.ties import CaseTieQuestioned, CaseTieSettled, HandlingTieSettled
from puumerkki.funding.service import filings, handovers, leads, left_ballots, network_ends, removals, tied_votes
from puumerkki.funding.service import succession as applicant_succession
from puumerkki.identity.events import GlassBroken, RoleGranted, RoleRevoked
from puumerkki.kernel.eventlog.events import Event, Handler
from puumerkki.networks.decision_events import DecisionAdopted, DecisionDayMoved
from puumerkki.networks.events import MemberLeft
from puumerkki.networks.proposal_events import MemberProposalCarried
from puumerkki.networks.service import left_voices
from puumerkki.networks.service import succession as member_succession
from puumerkki.organisations.events import (
    AffiliationDeclared,
    OrganisationArchived,
    RelationAccepted,
    RelationAdded,
    RolesChanged,
)
from puumerkki.organisations.service.looks import after_glass_broken
from puumerkki.organisations.succession_events import OrganisationSucceeded
from puumerkki.reports.events import EvaluationGiven, ReportReturned, ReportSubmitted

_HOST_ACCEPTED = (leads.after_host_accepted, tied_votes.after_host_accepted, handovers.after_host_accepted)
HANDLERS: dict[type[Event], tuple[Handler, ...]] = {
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
    GlassBroken: (after_glass_broken,),
    RoleRevoked: (after_role_revoked,),
    RoleGranted: (leads.after_tie, tied_votes.after_role_granted, handovers.after_tie),
    RolesChanged: (
        after_roles_changed,
        left_voices.after_roles_changed,
        leads.after_tie,
        tied_votes.after_roles_changed,
        handovers.after_tie,
    ),
    AffiliationDeclared: (leads.after_tie, tied_votes.after_affiliation_declared, handovers.after_tie),
    MemberLeft: (left_ballots.after_member_left,),
    MemberProposalCarried: (removals.after_proposal_carried,),
    OrganisationArchived: (left_ballots.after_organisation_archived,),
    OrganisationSucceeded: (
        member_succession.after_succeeded,
        applicant_succession.after_succeeded,
        tied_votes.after_organisation_succeeded,
        agreement_succession.after_succeeded,
    ),
    RelationAccepted: _HOST_ACCEPTED,
    RelationAdded: _HOST_ACCEPTED,
    ReportSubmitted: (filings.after_report_submitted, after_report_submitted),
    ReportReturned: (after_report_returned,),
    EvaluationGiven: (after_evaluation_given,),
}
