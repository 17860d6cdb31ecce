"""The facts this room tells."""

from dataclasses import dataclass

from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class AreaCreated(Event):
    type = "area.created"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class AreaChanged(Event):
    type = "area.changed"
    tier = Tier.public
