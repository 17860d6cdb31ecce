"""What the room brings to the house."""

from puumerkki.access import open_cases as tied_owners
from puumerkki.applications import followers
from puumerkki.disqualification import tie_cases
from puumerkki.disqualification.events.ties import HandlingTieSettled
from puumerkki.endorsements import dependants
from puumerkki.handlings import routes
from puumerkki.handlings.events.handlings import HandlingReceived
from puumerkki.handlings.following import DEPENDANT, FOLLOWER
from puumerkki.handlings.invariants import INVARIANTS
from puumerkki.handlings.models.annulments import BallotAnnulment
from puumerkki.handlings.models.decisions import DecisionWord, RecordedDecision
from puumerkki.handlings.models.handlings import Ballot, Handling, HandlingReading, Refusal
from puumerkki.handlings.models.leads import LeadChoice
from puumerkki.handlings.models.votes import BallotElector, Recusal, Vote
from puumerkki.handlings.queries import handling_tasks, open_cases, returned_tasks, revocation_tasks, tie_tasks
from puumerkki.handlings.queries.deadlines import DEADLINES
from puumerkki.handlings.queries.handlings import SUBJECT
from puumerkki.handlings.service import leads, left_ballots, network_ends, removals, tied_votes
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.handlings.service.claims import carry_due
from puumerkki.handlings.service.decision_words import settle_decisions
from puumerkki.handlings.service.effects import open_asked, take_effect_due
from puumerkki.handlings.service.lapsing import lapse_due
from puumerkki.handlings.service.prolongations import tell_expiring
from puumerkki.handlings.service.revocations import settle_due, tell_late
from puumerkki.handlings.tells import MAILED, SIDES, TELLS
from puumerkki.handlings.ties import TIES
from puumerkki.handlings.workflow.ballots import BALLOT
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.identity.events import RoleGranted, RoleRevoked
from puumerkki.kernel.links import MergeObstacleCode, Obstacle
from puumerkki.kernel.room import Periodic, Room
from puumerkki.networks import open_cases as networks_open_cases
from puumerkki.networks.events.decisions import DecisionAdopted, DecisionDayMoved
from puumerkki.networks.events.networks import MemberLeft
from puumerkki.networks.events.proposals import MemberProposalCarried
from puumerkki.organisations.events.organisations import (
    AffiliationDeclared,
    OrganisationArchived,
    RelationAccepted,
    RelationAdded,
    RolesChanged,
)
from puumerkki.organisations.events.successions import OrganisationSucceeded


def _connect() -> None:
    followers.register(FOLLOWER)
    dependants.register(DEPENDANT)
    tie_cases.register("handling", TIES)
    networks_open_cases.register(open_cases.tied_in_open_case, open_cases.decides_since_before)
    tied_owners.register(open_cases.tied_anywhere)


_HOST_ACCEPTED = (leads.after_host_accepted, tied_votes.after_host_accepted)

# a vote that was given stays: neither does its member leave, nor does anybody come to be tied by it
_IN_BALLOT = """
select h.id from handling h join ballot v on v.handling_id = h.id
where (v.state = 'open' or (v.state = 'closed' and h.state = 'in_ballot' and not exists (
    select from ballot n where n.handling_id = h.id and (n.opened_at, n.id) > (v.opened_at, v.id)))) and (
    exists (select from ballot_elector e join network_member m on m.id = e.member_id
        where e.ballot_id = v.id and m.organisation_id = :merged)
    or exists (select from version_applicant a where a.application_id = h.application_id
        and (a.organisation_id in (:merged, :into) or array[:merged, :into]::uuid[] && a.host_ids)))"""
_VOTES_FOR_BOTH = """
select v.handling_id from ballot v
join ballot_elector e on e.ballot_id = v.id join network_member m on m.id = e.member_id
join network_member f on f.network_id = m.network_id
where v.state = 'open' and m.organisation_id = :into and f.organisation_id = :merged"""

ROOM = Room(
    name="handlings",
    tells=TELLS,
    mailed=MAILED,
    sides=SIDES,
    tables=(
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
        LeadChoice,
    ),
    routers=routes.ROUTERS,
    subjects=(SUBJECT,),
    workflows=(HANDLING, BALLOT),
    handlers={
        DecisionAdopted: (network_ends.after_decision_adopted,),
        DecisionDayMoved: (network_ends.after_day_moved,),
        HandlingReceived: (leads.after_received,),
        HandlingTieSettled: (leads.after_settled,),
        RoleGranted: (leads.after_tie, tied_votes.after_role_granted),
        RoleRevoked: (leads.after_role_revoked,),
        RolesChanged: (leads.after_tie, tied_votes.after_roles_changed),
        AffiliationDeclared: (leads.after_tie, tied_votes.after_affiliation_declared),
        MemberLeft: (left_ballots.after_member_left,),
        MemberProposalCarried: (removals.after_proposal_carried,),
        OrganisationArchived: (left_ballots.after_organisation_archived,),
        OrganisationSucceeded: (tied_votes.after_organisation_succeeded,),
        RelationAccepted: _HOST_ACCEPTED,
        RelationAdded: _HOST_ACCEPTED,
    },
    periodic=(
        Periodic(
            (
                network_ends.lapse_ended,
                close_due_ballots,
                take_effect_due,
                settle_decisions,
                open_asked,
                settle_due,
                carry_due,
                tell_late,
                lapse_due,
                removals.end_removals,
                tell_expiring,
            )
        ),
    ),
    tasks=(*returned_tasks.TASKS, *handling_tasks.TASKS, *revocation_tasks.TASKS, *tie_tasks.TASKS),
    deadlines=DEADLINES,
    invariants=INVARIANTS,
    obstacles=(Obstacle(MergeObstacleCode.ballot_open, "handling", _IN_BALLOT, _VOTES_FOR_BOTH),),
    connect=_connect,
)
