"""What this room tells of decisions about a network itself. Their subject is the network, so its timeline has them."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from puumerkki.kernel.eventlog.events import Event, Tier
from puumerkki.networks.models.decisions import DecisionKind, DecisionWay
from puumerkki.networks.tally import Outcome


@dataclass(frozen=True, kw_only=True)
class DecisionEvent(Event):
    """Base: which one, and about what."""

    decision_id: UUID
    kind: DecisionKind


@dataclass(frozen=True, kw_only=True)
class DecisionProposed(DecisionEvent):
    """The members vote on it, or a second person is asked to confirm it."""

    type = "network.decision_proposed"
    tier = Tier.network

    way: DecisionWay


@dataclass(frozen=True, kw_only=True)
class DecisionVoted(DecisionEvent):
    """A member has voted; how, nobody is told."""

    type = "network.decision_voted"
    tier = Tier.sealed

    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class DecisionAdopted(DecisionEvent):
    """The network has decided so. `on_day`: of resting or closing."""

    type = "network.decision_adopted"
    tier = Tier.public

    way: DecisionWay
    on_day: str | None


@dataclass(frozen=True, kw_only=True)
class DecisionRejected(DecisionEvent):
    """The network has not decided so: voted down, too few voted, somebody objected, nobody confirmed it."""

    type = "network.decision_rejected"
    tier = Tier.network

    outcome: Outcome | Literal["unconfirmed"]


@dataclass(frozen=True, kw_only=True)
class DecisionDropped(DecisionEvent):
    """The proposal was withdrawn, or overtaken by what happened."""

    type = "network.decision_dropped"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class DecisionDayMoved(DecisionEvent):
    """What is open needs longer: the network rests or closes on a later day than it had decided."""

    type = "network.decision_day_moved"
    tier = Tier.public

    on_day: str
