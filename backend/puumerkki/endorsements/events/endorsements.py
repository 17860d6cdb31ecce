"""What happens to an endorsement. The register is public, so this is too."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class EndorsementIssued(Event):
    type = "endorsement.issued"
    tier = Tier.public
    number: str
    version: int


@dataclass(frozen=True, kw_only=True)
class EndorsementSuperseded(Event):
    """`by`: the endorsement that came in its place, if one did."""

    type = "endorsement.superseded"
    tier = Tier.public
    number: str
    by: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class EndorsementRevoked(Event):
    type = "endorsement.revoked"
    tier = Tier.public
    number: str


@dataclass(frozen=True, kw_only=True)
class EndorsementExpired(Event):
    """Told once by the clock; that it has expired follows from its last day."""

    type = "endorsement.expired"
    tier = Tier.public
    number: str
