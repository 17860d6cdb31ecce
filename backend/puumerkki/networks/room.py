"""What the room brings to the house."""

from puumerkki.access.permissions import P
from puumerkki.imports import kinds
from puumerkki.kernel.links import Kept, MergedThing, MergeObstacleCode, Obstacle, Since, moves, passes, stays, wrote
from puumerkki.kernel.room import Periodic, Room
from puumerkki.networks import routes
from puumerkki.networks.exports import MEMBERS_TEMPLATE, SPEAKERS_TEMPLATE
from puumerkki.networks.importing.members import MEMBERS
from puumerkki.networks.importing.representatives import SPEAKERS
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
from puumerkki.networks.queries import invitations
from puumerkki.networks.queries.subjects import SUBJECTS
from puumerkki.networks.queries.tasks import TASKS
from puumerkki.networks.service import left_representatives, succession
from puumerkki.networks.service.decision_votes import decide_due
from puumerkki.networks.service.proposals import drop_stale
from puumerkki.networks.tells import MAILED, SIDES, TELLS
from puumerkki.networks.workflow.decisions import NETWORK_DECISION
from puumerkki.networks.workflow.members import MEMBER
from puumerkki.networks.workflow.networks import NETWORK, RULEBOOK
from puumerkki.networks.workflow.proposals import PROPOSAL
from puumerkki.organisations import inviting
from puumerkki.organisations.events.organisations import RolesChanged
from puumerkki.organisations.events.successions import OrganisationSucceeded

_MEMBERS = "select id from network_member where organisation_id = any(:ids)"
_DECIDES = """
select d.network_id from network_decision d
join network_decision_elector a on a.decision_id = d.id join network_member m on m.id = a.member_id
where d.state = 'open' and m.organisation_id = :merged"""
_DECIDES_FOR_BOTH = """
select d.network_id from network_decision d
join network_decision_elector a on a.decision_id = d.id join network_member m on m.id = a.member_id
join network_member f on f.network_id = m.network_id
where d.state = 'open' and m.organisation_id = :into and f.organisation_id = :merged"""

_JOINED = Since(
    MergedThing.memberships,
    f"{wrote('t.id')} and t.state in ('requested', 'active', 'leaving')",
    alone="t.state = 'requested' and not exists"
    " (select from network_member m where m.network_id = t.network_id and m.organisation_id = :merged)",
    kind="network",
    thing="t.network_id",
)
_SEATED = Since(
    MergedThing.memberships,
    "select unnest(array[t.principal_id, t.deputy_principal_id])",
    alone="true",
    kind="network",
    thing="t.network_id",
)


def _connect() -> None:
    inviting.register(invitations.inviting)
    kinds.register(MEMBERS, P.networks_lead, "network_id", template=MEMBERS_TEMPLATE)
    kinds.register(SPEAKERS, P.memberships_manage, "organisation_id", template=SPEAKERS_TEMPLATE)


ROOM = Room(
    name="networks",
    tells=TELLS,
    mailed=MAILED,
    sides=SIDES,
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
    tasks=TASKS,
    links=(
        *passes("network_member.organisation_id", since=_JOINED, ending="state = 'left', ended_at = :now"),
        *passes("rulebook_acceptance.member_id", "member_proposal.member_id", since=Kept.named, through=_MEMBERS),
        *moves("network_authority.organisation_id", since=Kept.named),
        *moves("seat.organisation_id", since=_SEATED),
        *stays("network_change_answer.authority_id", since=Kept.history),
    ),
    obstacles=(Obstacle(MergeObstacleCode.ballot_open, "network", _DECIDES, _DECIDES_FOR_BOTH),),
    connect=_connect,
)
