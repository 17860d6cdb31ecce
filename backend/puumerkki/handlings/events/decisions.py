"""What those who were in a meeting say of its decision."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class DecisionSupported(Event):
    type = "handling.decision_supported"
    tier = Tier.network
    decision_id: UUID
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class DecisionDenied(Event):
    type = "handling.decision_denied"
    tier = Tier.network
    decision_id: UUID
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class DecisionFell(Event):
    """`reason`: why, a code."""

    type = "handling.decision_fell"
    tier = Tier.network
    decision_id: UUID
    reason: str
