"""The facts this room tells."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.kernel.eventlog.events import Event, Tier
from puumerkki.networks.models.networks import NetworkChange


@dataclass(frozen=True, kw_only=True)
class NetworkCreated(Event):
    type = "network.created"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class NetworkChanged(Event):
    type = "network.changed"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class NetworkActivated(Event):
    type = "network.activated"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class NetworkRested(Event):
    type = "network.rested"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class NetworkClosed(Event):
    type = "network.closed"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class NetworkReopened(Event):
    type = "network.reopened"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class NetworkChangeAnnounced(Event):
    """It will stop deciding, rest or close; the authorities whose policies name it are told."""

    type = "network.change_announced"
    tier = Tier.public

    change: NetworkChange


@dataclass(frozen=True, kw_only=True)
class NetworkChangeAnswered(Event):
    type = "network.change_answered"
    tier = Tier.public

    change: NetworkChange


@dataclass(frozen=True, kw_only=True)
class NetworkChangeDropped(Event):
    type = "network.change_dropped"
    tier = Tier.public

    change: NetworkChange


@dataclass(frozen=True, kw_only=True)
class SeatCreated(Event):
    type = "seat.created"
    tier = Tier.network

    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatChanged(Event):
    type = "seat.changed"
    tier = Tier.network

    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatDeleted(Event):
    type = "seat.deleted"
    tier = Tier.network

    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberEvent(Event):
    """Base: which organisation, in which network."""

    network_id: UUID
    organisation_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberInvited(MemberEvent):
    type = "member.invited"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class MemberRequested(MemberEvent):
    type = "member.requested"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class MemberJoined(MemberEvent):
    type = "member.joined"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class MemberObjected(MemberEvent):
    """It was brought in by a list, and does not want to be a member."""

    type = "member.objected"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class MemberRefused(MemberEvent):
    type = "member.refused"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class MemberLeft(MemberEvent):
    """An active member is one no more; `removed`: by the network, not of its own will."""

    type = "member.left"
    tier = Tier.public

    removed: bool


@dataclass(frozen=True, kw_only=True)
class MemberTookOver(MemberEvent):
    """It stands in the place of a member that was archived, for whatever comes from now on."""

    type = "member.took_over"
    tier = Tier.public

    former_id: UUID


@dataclass(frozen=True, kw_only=True)
class MembershipWithdrawn(MemberEvent):
    """An invitation or a request was taken back by who made it."""

    type = "member.called_off"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class MemberChanged(MemberEvent):
    type = "member.changed"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class RulebookDrafted(Event):
    type = "rulebook.drafted"
    tier = Tier.network

    number: int


@dataclass(frozen=True, kw_only=True)
class RulebookChanged(Event):
    type = "rulebook.changed"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class RulebookDeleted(Event):
    type = "rulebook.deleted"
    tier = Tier.network

    number: int


@dataclass(frozen=True, kw_only=True)
class RulebookAdopted(Event):
    """A rulebook is in force: members are asked to accept it."""

    type = "rulebook.adopted"
    tier = Tier.public

    network_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class RulebookAccepted(Event):
    type = "rulebook.accepted"
    tier = Tier.network

    number: int
    member_id: UUID
