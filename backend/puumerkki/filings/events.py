"""What happens to filings: told to applicants and those who handle the application, and to the funder."""

from dataclasses import dataclass

from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class FilingPlanned(Event):
    type = "filing.planned"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class FilingChanged(Event):
    type = "filing.changed"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class FilingFiled(Event):
    type = "filing.filed"
    tier = Tier.parties

    version_number: int
    endorsed: bool


@dataclass(frozen=True, kw_only=True)
class FilingGranted(Event):
    type = "filing.granted"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class FilingRefused(Event):
    type = "filing.refused"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class FilingWithdrawn(Event):
    type = "filing.withdrawn"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class FilingPlanChanged(Event):
    type = "filing.plan_changed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class FilingReported(Event):
    type = "filing.reported"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class FilingClosed(Event):
    type = "filing.closed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class FilingRecovered(Event):
    type = "filing.recovered"
    tier = Tier.parties
