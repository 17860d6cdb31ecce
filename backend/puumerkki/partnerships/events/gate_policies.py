"""Facts of gate policies. Everybody may know the rules."""

from dataclasses import dataclass

from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class GatePolicyCreated(Event):
    type = "gate_policy.created"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class GatePolicyChanged(Event):
    type = "gate_policy.changed"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class GatePolicyRemoved(Event):
    """Removed before it started."""

    type = "gate_policy.removed"
    tier = Tier.public
