"""What happens before an organisation is archived."""

from dataclasses import dataclass

from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class ArchivingProposed(Event):
    """Its people are told first; it takes effect after fourteen days without an objection."""

    type = "organisation.archiving_proposed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class ArchivingObjected(Event):
    type = "organisation.archiving_objected"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class ArchivingDropped(Event):
    type = "organisation.archiving_dropped"
    tier = Tier.parties
