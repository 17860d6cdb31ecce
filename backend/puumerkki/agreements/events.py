"""What happens to agreements: told to the parties; to the drafter alone before the first proposal."""

from dataclasses import dataclass

from puumerkki.kernel.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class AgreementDrafted(Event):
    type = "agreement.drafted"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class AgreementChanged(Event):
    type = "agreement.changed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementProposed(Event):
    type = "agreement.proposed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementSigned(Event):
    type = "agreement.signed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementCameIntoForce(Event):
    type = "agreement.came_into_force"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementCancelled(Event):
    type = "agreement.cancelled"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementTerminated(Event):
    type = "agreement.terminated"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementEnded(Event):
    type = "agreement.ended"
    tier = Tier.parties
