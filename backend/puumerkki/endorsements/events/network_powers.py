"""An endorsement reviewed, taken back or prolonged. The register is public, and so are these events."""

from dataclasses import dataclass
from datetime import datetime

from puumerkki.endorsements.models.revocations import RevocationWay
from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class RevocationProposed(Event):
    """The endorsement stays valid; the applicant is heard until `heard_until`."""

    type = "endorsement.revocation_proposed"
    tier = Tier.public
    number: str
    way: RevocationWay
    heard_until: datetime


@dataclass(frozen=True, kw_only=True)
class RevocationDropped(Event):
    type = "endorsement.revocation_dropped"
    tier = Tier.public
    number: str


@dataclass(frozen=True, kw_only=True)
class ViewStated(Event):
    """The applicant said what it thinks of taking the endorsement back."""

    type = "handling.view_stated"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class ProlongationProposed(Event):
    type = "handling.prolongation_proposed"
    tier = Tier.network
    valid_until: str


@dataclass(frozen=True, kw_only=True)
class ProlongationDropped(Event):
    type = "handling.prolongation_dropped"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class EndorsementProlonged(Event):
    """The endorsement has a later last day and a new credential; its number is the same."""

    type = "endorsement.prolonged"
    tier = Tier.public
    number: str
    valid_until: str


@dataclass(frozen=True, kw_only=True)
class EndorsementExpiring(Event):
    """Told once for each last day, 30 days before it."""

    type = "endorsement.expiring"
    tier = Tier.public
    number: str
    valid_until: str
