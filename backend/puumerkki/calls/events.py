"""What happens to calls. Drafts are the funder's own."""

from dataclasses import dataclass

from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class CallCreated(Event):
    type = "call.created"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class CallChanged(Event):
    type = "call.changed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class CallDeleted(Event):
    """The import that brought it in was undone, before anybody else had to do with it."""

    type = "call.deleted"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class CallPublished(Event):
    type = "call.published"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class CallClosingMoved(Event):
    """A published call closes later than it said."""

    type = "call.closing_moved"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class CallCancelled(Event):
    type = "call.cancelled"
    tier = Tier.public
