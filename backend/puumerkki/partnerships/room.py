"""What the room brings to the house."""

from puumerkki.access import kept_ties
from puumerkki.access.permissions import P
from puumerkki.applications import followers
from puumerkki.calls import changes as call_changes
from puumerkki.disqualification import tie_cases
from puumerkki.disqualification.events.ties import CaseTieQuestioned, CaseTieSettled
from puumerkki.endorsements import dependants
from puumerkki.identity.events import RoleGranted
from puumerkki.imports import kinds
from puumerkki.kernel.links import Kept, MergedThing, MergeObstacleCode, Obstacle, Since, stays, wrote
from puumerkki.kernel.room import Room
from puumerkki.networks import named
from puumerkki.organisations.events.organisations import (
    AffiliationDeclared,
    RelationAccepted,
    RelationAdded,
    RolesChanged,
)
from puumerkki.partnerships.events.gate import DecisionToLookAt
from puumerkki.partnerships.events.partner_requests import (
    PartnerRequestArrived,
    PartnerRequestBegun,
    PartnerRequestMoved,
)
from puumerkki.partnerships.exports import PROPOSALS_TEMPLATE
from puumerkki.partnerships.following import DEPENDANT, FOLLOWER
from puumerkki.partnerships.importing import PROPOSALS
from puumerkki.partnerships.invariants import INVARIANTS
from puumerkki.partnerships.models.gate import GatePolicy, GateRequirement, Waiver
from puumerkki.partnerships.models.handovers import CaseHandover
from puumerkki.partnerships.models.partner_requests import CaseCounter, FormerDecision, PartnerRequest
from puumerkki.partnerships.queries import gate_policies, partner_request_tasks, tie_tasks
from puumerkki.partnerships.queries import handovers as handed_over
from puumerkki.partnerships.queries.gate_policies import authorities_naming
from puumerkki.partnerships.queries.kept_ties import concerns_open_case
from puumerkki.partnerships.queries.partner_requests import SUBJECT
from puumerkki.partnerships.routes import ROUTERS
from puumerkki.partnerships.service import call_mails, handovers
from puumerkki.partnerships.tells import MAILED, SIDES, TELLS
from puumerkki.partnerships.ties import TIES
from puumerkki.partnerships.workflow.partner_requests import PARTNER_REQUEST


def _connect() -> None:
    followers.register(FOLLOWER)
    dependants.register(DEPENDANT)
    tie_cases.register("partner_request", TIES)
    call_changes.register(call_mails.tell)
    named.register(authorities_naming)
    kept_ties.register(concerns_open_case)
    kinds.register(PROPOSALS, P.partner_requests_propose, "organisation_id", template=PROPOSALS_TEMPLATE)


_CASES = "select id from partner_request where authority_id = :merged"
_REQUIREMENTS = "select id from gate_policy where authority_id = :merged"

ROOM = Room(
    name="partnerships",
    tells=TELLS,
    mailed=MAILED,
    sides=SIDES,
    tables=(
        GatePolicy,
        GateRequirement,
        Waiver,
        PartnerRequest,
        FormerDecision,
        CaseCounter,
        CaseHandover,
    ),
    routers=ROUTERS,
    subjects=(SUBJECT,),
    workflows=(PARTNER_REQUEST,),
    handlers={
        CaseTieQuestioned: (handovers.after_case,),
        CaseTieSettled: (handovers.after_case,),
        PartnerRequestArrived: (handovers.after_case,),
        PartnerRequestMoved: (handovers.after_case,),
        PartnerRequestBegun: (handovers.after_case,),
        DecisionToLookAt: (handovers.after_case,),
        RoleGranted: (handovers.after_tie,),
        RolesChanged: (handovers.after_tie,),
        AffiliationDeclared: (handovers.after_tie,),
        RelationAccepted: (handovers.after_host_accepted,),
        RelationAdded: (handovers.after_host_accepted,),
    },
    tasks=(*partner_request_tasks.TASKS, *tie_tasks.TASKS, *handed_over.TASKS, *gate_policies.TASKS),
    invariants=INVARIANTS,
    links=(
        *stays(
            "partner_request.authority_id",
            since=Since(MergedThing.cases, wrote("t.id"), kind="partner_request"),
        ),
        *stays("gate_policy.authority_id", since=Since(MergedThing.requirements, wrote("t.id"))),
        *stays("case_counter.authority_id", since=Kept.history),
    ),
    obstacles=(
        Obstacle(
            MergeObstacleCode.has_cases,
            "partner_request",
            _CASES,
        ),
        Obstacle(MergeObstacleCode.has_requirements, "gate_policy", _REQUIREMENTS),
    ),
    connect=_connect,
)
