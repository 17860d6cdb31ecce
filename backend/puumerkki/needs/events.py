"""The facts this room tells: to the parties until a need is agreed on, to everybody from then on."""

from dataclasses import dataclass

from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class NeedRaised(Event):
    type = "need.raised"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class NeedChanged(Event):
    type = "need.changed"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class NeedDeleted(Event):
    """The import that brought it in was undone, before anybody else had to do with it."""

    type = "need.deleted"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class NeedAgreed(Event):
    type = "need.agreed"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class NeedBegun(Event):
    type = "need.begun"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class NeedMet(Event):
    type = "need.met"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class NeedAnswered(Event):
    """An application that names it got its first endorsement. `number`: of that."""

    type = "need.answered"
    tier = Tier.public

    number: str


@dataclass(frozen=True, kw_only=True)
class NeedDropped(Event):
    type = "need.dropped"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class NeedReopened(Event):
    type = "need.reopened"
    tier = Tier.public
