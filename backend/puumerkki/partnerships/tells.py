"""Whom this room's events are told. A notice is no service of a decision: it says that there is one, and where."""

from collections.abc import Mapping

from sqlalchemy import and_
from sqlmodel import col

from puumerkki.access.audiences import applicants, coordinators, deciders, leaders, officers, registry, representatives
from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import VersionApplicant
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.handlings.models.handlings import Handling
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import (
    ASKED,
    BY_LETTER,
    RELATED,
    SCOPE,
    SEEN_THERE,
    Mailed,
    NoticeRow,
    Pace,
    Sides,
    Silent,
    Tell,
    side,
)
from puumerkki.partnerships.events import gate, gate_policies, handovers, partner_requests, proposals
from puumerkki.partnerships.models.partner_requests import PartnerRequest

_URGENT = NoticeRow.urgent
_REQUIREMENT = (applicants(by_room=True), leaders(by_room=True), officers(pace=Pace.digest))
_POLICY = (
    Tell(side=RELATED, roles=(Role.coordinator, Role.chair), row=NoticeRow.networks),
    representatives(side=RELATED, pace=Pace.digest),
)
_OWN = Silent("what is proposed is the authority's own until it has decided; its proposer gets a letter")

TELLS: Tells = {
    gate.EndorsementAskedFor: (coordinators(side=SCOPE, by_room=True),),
    gate.EndorsementNotNeeded: (coordinators(side=SCOPE, by_room=True),),
    gate.GroupsConfirmed: SEEN_THERE,
    gate.DecisionKept: (applicants(), officers(pace=Pace.digest)),
    gate.NetworkViewGiven: (officers(), deciders()),
    gate.RequirementAdded: _REQUIREMENT,
    gate.RequirementAsksAgain: (applicants(), leaders(), officers(pace=Pace.digest)),
    gate.RequirementReleased: _REQUIREMENT,
    gate.RequirementUndone: _REQUIREMENT,
    gate.RequirementWaived: _REQUIREMENT,
    gate.DecisionToLookAt: (deciders(by_room=True), applicants(row=_URGENT), officers()),
    gate_policies.GatePolicyCreated: _POLICY,
    gate_policies.GatePolicyChanged: _POLICY,
    gate_policies.GatePolicyRemoved: Silent("it was removed before it started"),
    handovers.CaseHandedOver: BY_LETTER,
    handovers.CaseWithoutPerson: BY_LETTER,
    partner_requests.PartnerRequestArrived: (
        # the receipt: also to who submitted it (act 13/2003, section 12)
        applicants(row=_URGENT, receipt=True),
        registry(pace=Pace.digest),
        officers(pace=Pace.digest),
    ),
    partner_requests.PartnerRequestMoved: (officers(pace=Pace.digest),),
    partner_requests.PartnerRequestReferred: (applicants(),),
    partner_requests.PartnerRequestBegun: (applicants(pace=Pace.digest),),
    # whom it asks is asked by a task; that it was begun is told with the begin
    partner_requests.PreparerNamed: (applicants(pace=Pace.digest),),
    partner_requests.SupplementAsked: ASKED,
    partner_requests.SupplementAnswered: (officers(),),
    partner_requests.SupplementClosed: (applicants(),),
    partner_requests.PartnerRequestDecided: (
        applicants(row=_URGENT),
        officers(pace=Pace.digest),
        coordinators(pace=Pace.digest),
        registry(pace=Pace.bell),
    ),
    partner_requests.PartnerRequestRecalled: (officers(), deciders(pace=Pace.digest)),
    partner_requests.PartnerRequestSentBack: (applicants(row=_URGENT), officers()),
    partner_requests.PartnerRequestReopened: (applicants(row=_URGENT), officers()),
    partner_requests.PartnerRequestWithdrawn: (officers(), deciders(pace=Pace.digest)),
    proposals.DecisionProposed: ASKED,
    proposals.ProposalHandedBack: ASKED,
    proposals.ProposalFell: _OWN,
}

_APPLIED = and_(
    col(VersionApplicant.application_id) == col(PartnerRequest.application_id),
    col(VersionApplicant.version_number) == col(PartnerRequest.version_number),
    col(VersionApplicant.left_at).is_(None),
)
_HANDLED = col(Handling.application_id) == col(PartnerRequest.application_id)
_ENDORSED = col(PartnerRequest.application_id) == col(Endorsement.application_id)
_ARRIVED = col(PartnerRequest.application_id) == col(Handling.application_id)
SIDES: Sides = {
    # what arrived at an authority is of the frozen version, whichever it names by now
    "application": {"authority": side(col(PartnerRequest.application_id), col(PartnerRequest.authority_id))},
    "handling": {
        "authority": side(col(Handling.id), col(PartnerRequest.authority_id), (PartnerRequest, _ARRIVED)),
    },
    "endorsement": {
        "authority": side(col(Endorsement.id), col(PartnerRequest.authority_id), (PartnerRequest, _ENDORSED)),
    },
    "partner_request": {
        "applicants": side(col(PartnerRequest.id), col(VersionApplicant.organisation_id), (VersionApplicant, _APPLIED)),
        "network": side(col(PartnerRequest.id), col(Handling.network_id), (Handling, _HANDLED)),
        "authority": side(col(PartnerRequest.id), col(PartnerRequest.authority_id)),
    },
}
MAILED: Mapping[str, Mailed] = {
    "case_to_hand_over": Mailed.opening,
    "gate_policy_coming": Mailed.opening,
    "partner_request_to_look_at": Mailed.opening,
    "proposal_handed_back": Mailed.opening,
    "proposal_to_confirm": Mailed.opening,
    "supplement_to_answer": Mailed.always,
}
