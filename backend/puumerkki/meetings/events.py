"""The facts this room tells, to those who read the network's own matters."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.kernel.eventlog.events import Event, Tier
from puumerkki.meetings.models import ChosenRole


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(Event):
    type = "meeting.planned"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class MeetingChanged(Event):
    type = "meeting.changed"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(Event):
    """Its time or place changed while it was ahead."""

    type = "meeting.moved"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Event):
    type = "meeting.held"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Event):
    type = "meeting.cancelled"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class RoleChoiceRecorded(Event):
    """Two members are asked to confirm whom the meeting chose."""

    type = "meeting.choice_recorded"
    tier = Tier.network
    role: ChosenRole
    principal_id: UUID


@dataclass(frozen=True, kw_only=True)
class RoleChosen(Event):
    """The members chose a chair or secretary."""

    type = "meeting.role_chosen"
    tier = Tier.network
    role: ChosenRole
    principal_id: UUID
