"""Facts of proposed decisions. They are the authority's own until it has decided."""

from dataclasses import dataclass

from puumerkki.kernel.eventlog.events import Event, Tier
from puumerkki.partnerships.models.partner_requests import PartnerOutcome


@dataclass(frozen=True, kw_only=True)
class DecisionProposed(Event):
    """An officer or a service account says what could be decided; it takes the place of the proposal before."""

    type = "partner_request.proposed"
    tier = Tier.authority

    version_number: int
    outcome: PartnerOutcome


@dataclass(frozen=True, kw_only=True)
class ProposalHandedBack(Event):
    """A decider does not decide what was proposed, and says why."""

    type = "partner_request.proposal_handed_back"
    tier = Tier.authority

    version_number: int


@dataclass(frozen=True, kw_only=True)
class ProposalFell(Event):
    """The version, a requirement or the state changed under it, so that it could not be decided any more."""

    type = "partner_request.proposal_fell"
    tier = Tier.authority

    version_number: int
