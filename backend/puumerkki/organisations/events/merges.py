"""What happens where the directory has one organisation twice."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class OrganisationMerged(Event):
    """It is the same as another one, into which it went."""

    type = "organisation.merged"
    tier = Tier.public

    into_id: UUID


@dataclass(frozen=True, kw_only=True)
class OrganisationMergeUndone(Event):
    """They are two after all: each has again what was its own."""

    type = "organisation.merge_undone"
    tier = Tier.public

    into_id: UUID
