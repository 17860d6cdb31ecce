"""What happens to conditions that are called met."""

from dataclasses import dataclass
from typing import Any
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


SEALED_REASONS = {"endorsement_ended": "mark_ended", "no_endorsement": "no_mark"}
"""Why a claim fell, where tables and answers call it otherwise than events, which are sealed and keep their names."""


@dataclass(frozen=True, kw_only=True)
class ClaimFell(Event):
    """The conditions stay open; `reason`: why, a code by its sealed name."""

    type = "handling.claim_fell"
    tier = Tier.network
    reason: str

    @classmethod
    def because(cls, reason: str, **of: Any) -> "ClaimFell":
        """The event of a claim that fell for this reason, by today's name."""
        return cls(**of, reason=SEALED_REASONS.get(reason, reason))
