"""What happens to conditions that are called met."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class ConditionsClaimed(Event):
    """`met`: how many, in which `version`. The members whose conditions they are can object."""

    type = "handling.conditions_claimed"
    tier = Tier.network
    met: int
    version: int


@dataclass(frozen=True, kw_only=True)
class ClaimAgreed(Event):
    type = "handling.claim_agreed"
    tier = Tier.network
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimObjected(Event):
    type = "handling.claim_objected"
    tier = Tier.network
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimFell(Event):
    """The conditions stay open; `reason`: why, a code."""

    type = "handling.claim_fell"
    tier = Tier.network
    reason: str
