"""Whom this room's events are told."""

from collections.abc import Mapping

from sqlmodel import col

from puumerkki.access.audiences import coordinators, followers, leaders, owners, representatives
from puumerkki.access.roles import Role
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import ASKED, NAMED, RELATED, SEEN_THERE, Mailed, NoticeRow, Pace, Sides, Silent, Tell, side
from puumerkki.networks.events import decisions, networks, proposals
from puumerkki.networks.models.networks import Network, NetworkMember, Rulebook

_FOLLOWERS = followers()
_MEMBERS = representatives(pace=Pace.digest)
_TOLD_MEMBERS = representatives(by_room=True)
_ORGANISATION = owners(side=NAMED)
_REMOVED = owners(side=NAMED, row=NoticeRow.urgent)
_AUTHORITIES = Tell(side=RELATED, roles=(Role.decider, Role.officer), row=NoticeRow.authority, by_room=True)
_SEATS = Silent("seats are kept in a list that whoever leads the network writes")
_BEGUN = Silent("nobody else has to do with a network before it is active")

TELLS: Tells = {
    networks.NetworkCreated: _BEGUN,
    networks.NetworkChanged: SEEN_THERE,
    networks.NetworkActivated: (_MEMBERS, _FOLLOWERS),
    networks.NetworkRested: (leaders(), representatives(), _FOLLOWERS),
    networks.NetworkClosed: (leaders(), representatives(), _FOLLOWERS),
    networks.NetworkReopened: (_MEMBERS, _FOLLOWERS),
    networks.NetworkChangeAnnounced: (_AUTHORITIES, leaders(pace=Pace.bell)),
    networks.NetworkChangeAnswered: (leaders(),),
    networks.NetworkChangeDropped: (leaders(pace=Pace.bell),),
    networks.SeatCreated: _SEATS,
    networks.SeatChanged: _SEATS,
    networks.SeatDeleted: _SEATS,
    networks.MemberInvited: ASKED,
    networks.MemberRequested: ASKED,
    networks.MemberJoined: (_ORGANISATION, coordinators(), _MEMBERS),
    networks.MemberObjected: (coordinators(),),
    networks.MemberRefused: (owners(side=NAMED), coordinators()),
    networks.MemberLeft: (_REMOVED, coordinators(), _MEMBERS),
    networks.MemberTookOver: (_ORGANISATION, coordinators(pace=Pace.digest), _MEMBERS),
    networks.MembershipWithdrawn: (_ORGANISATION, coordinators(pace=Pace.digest)),
    networks.MemberChanged: SEEN_THERE,
    networks.RulebookDrafted: (leaders(pace=Pace.bell),),
    networks.RulebookChanged: SEEN_THERE,
    networks.RulebookDeleted: SEEN_THERE,
    networks.RulebookAdopted: ASKED,
    networks.RulebookAccepted: (coordinators(pace=Pace.bell),),
    decisions.DecisionProposed: ASKED,
    decisions.DecisionVoted: Silent("how and whether a member votes is for nobody until the end"),
    decisions.DecisionAdopted: (_TOLD_MEMBERS, leaders(by_room=True)),
    decisions.DecisionRejected: (_TOLD_MEMBERS, leaders(pace=Pace.digest)),
    decisions.DecisionDropped: (_TOLD_MEMBERS, leaders(pace=Pace.digest)),
    decisions.DecisionDayMoved: (_TOLD_MEMBERS, leaders(by_room=True)),
    proposals.MemberProposed: ASKED,
    proposals.MemberViewStated: (coordinators(),),
    proposals.MemberProposalCarried: (_ORGANISATION, coordinators(), _MEMBERS),
    proposals.MemberProposalDropped: (_ORGANISATION, coordinators()),
}

SIDES: Sides = {
    "network": {"network": side(col(Network.id), col(Network.id))},
    "network_member": {"network": side(col(NetworkMember.id), col(NetworkMember.network_id))},
    "rulebook": {"network": side(col(Rulebook.id), col(Rulebook.network_id))},
}
MAILED: Mapping[str, Mailed] = {
    "member_proposal_to_answer": Mailed.opening,
    "member_proposal_to_confirm": Mailed.opening,
    "membership_brought_in": Mailed.opening,
    "network_change_to_answer": Mailed.opening,
    "network_decision_to_confirm": Mailed.opening,
    "network_decision_to_vote": Mailed.opening,
}
