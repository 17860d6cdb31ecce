"""What happens where an archived organisation names who stands in its place."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class SuccessorAsked(Event):
    """An archiving names a successor, which is asked."""

    type = "organisation.successor_asked"
    tier = Tier.parties

    successor_id: UUID


@dataclass(frozen=True, kw_only=True)
class SuccessorDeclined(Event):
    type = "organisation.successor_declined"
    tier = Tier.parties

    successor_id: UUID


@dataclass(frozen=True, kw_only=True)
class SuccessorAccepted(Event):
    """It takes over once the organisation is archived."""

    type = "organisation.successor_accepted"
    tier = Tier.parties

    successor_id: UUID


@dataclass(frozen=True, kw_only=True)
class SuccessorGone(Event):
    """It was archived itself before it took over: its yes is void."""

    type = "organisation.successor_gone"
    tier = Tier.parties

    successor_id: UUID


@dataclass(frozen=True, kw_only=True)
class OrganisationSucceeded(Event):
    """The organisation is archived, and another stands in its place. `accepted_by`: whose yes it was."""

    type = "organisation.succeeded"
    tier = Tier.public

    successor_id: UUID
    accepted_by: UUID
