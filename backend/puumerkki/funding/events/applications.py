"""What happens to applications. Changes of the working copy are the applicants' own."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.kernel.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class ApplicationCreated(Event):
    type = "application.created"
    tier = Tier.own

    continues_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ApplicationChanged(Event):
    type = "application.changed"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class ApplicationDeleted(Event):
    type = "application.deleted"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class ApplicationSubmitted(Event):
    type = "application.submitted"
    tier = Tier.parties

    version_number: int


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(Event):
    type = "application.withdrawn"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class ApplicationClosed(Event):
    type = "application.closed"
    tier = Tier.parties
