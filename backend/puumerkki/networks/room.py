"""What the room brings to the house."""

from puumerkki.access.permissions import P
from puumerkki.imports import kinds
from puumerkki.kernel.room import Periodic, Room
from puumerkki.networks import routes
from puumerkki.networks.importing import MEMBERS
from puumerkki.networks.models.decisions import NetworkDecision, NetworkDecisionElector, NetworkDecisionVote
from puumerkki.networks.models.networks import (
    MemberRight,
    Network,
    NetworkAuthority,
    NetworkChangeAnswer,
    NetworkChangeNotice,
    NetworkMember,
    OfficeTerm,
    Rulebook,
    RulebookAcceptance,
    Seat,
)
from puumerkki.networks.models.proposals import MemberProposal
from puumerkki.networks.queries.subjects import SUBJECTS
from puumerkki.networks.service import left_representatives, succession
from puumerkki.networks.service.decision_votes import decide_due
from puumerkki.networks.service.proposals import drop_stale
from puumerkki.networks.workflow.decisions import NETWORK_DECISION
from puumerkki.networks.workflow.members import MEMBER
from puumerkki.networks.workflow.networks import NETWORK, RULEBOOK
from puumerkki.networks.workflow.proposals import PROPOSAL
from puumerkki.organisations.events.organisations import RolesChanged
from puumerkki.organisations.events.successions import OrganisationSucceeded

ROOM = Room(
    name="networks",
    tables=(
        Network,
        NetworkMember,
        MemberRight,
        MemberProposal,
        NetworkAuthority,
        NetworkChangeNotice,
        NetworkChangeAnswer,
        NetworkDecision,
        NetworkDecisionElector,
        NetworkDecisionVote,
        OfficeTerm,
        Rulebook,
        RulebookAcceptance,
        Seat,
    ),
    routers=routes.ROUTERS,
    subjects=SUBJECTS,
    workflows=(NETWORK, MEMBER, PROPOSAL, RULEBOOK, NETWORK_DECISION),
    handlers={
        RolesChanged: (left_representatives.after_roles_changed,),
        OrganisationSucceeded: (succession.after_succeeded,),
    },
    periodic=(Periodic((decide_due,)), Periodic((drop_stale,), after="handlings.end_removals")),
    connect=lambda: kinds.register(MEMBERS, P.networks_lead, "network_id"),
)
