"""Facts of partner requests. Applicants, the authority and the asked networks that handle it may read them."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.kernel.eventlog.events import Event, Tier
from puumerkki.partnerships.models.partner_requests import PartnerOutcome


@dataclass(frozen=True, kw_only=True)
class PartnerRequestArrived(Event):
    """Registered at an authority; again whenever a new version brings it back."""

    type = "partner_request.arrived"
    tier = Tier.parties

    version_number: int
    case_number: str
    asks_mark: bool


@dataclass(frozen=True, kw_only=True)
class PartnerRequestMoved(Event):
    """A new version took the place of the one before; the state stayed."""

    type = "partner_request.moved"
    tier = Tier.parties

    version_number: int


@dataclass(frozen=True, kw_only=True)
class PartnerRequestReferred(Event):
    """The registered answer that names the networks whose endorsement is asked for."""

    type = "partner_request.referred"
    tier = Tier.parties

    network_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class PartnerRequestBegun(Event):
    type = "partner_request.begun"
    tier = Tier.parties

    version_number: int
    endorsement_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PreparerNamed(Event):
    """Who prepares the case was named, or the day by which it is to be decided.

    The parties may read it where an act of its own named somebody or a day; what another step brings stays inside.
    """

    type = "partner_request.preparer_named"
    tier = Tier.authority


@dataclass(frozen=True, kw_only=True)
class SupplementAsked(Event):
    type = "partner_request.supplement_asked"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class SupplementAnswered(Event):
    type = "partner_request.supplement_answered"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class SupplementClosed(Event):
    """The authority goes on without the answer."""

    type = "partner_request.supplement_closed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class PartnerRequestDecided(Event):
    type = "partner_request.decided"
    tier = Tier.parties

    version_number: int
    outcome: PartnerOutcome
    endorsement_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PartnerRequestRecalled(Event):
    """The applicant took it back out of preparation."""

    type = "partner_request.recalled"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class PartnerRequestSentBack(Event):
    """Back to arrived by itself, out of preparation: the gate is closed again; or asked again after a withdrawal."""

    type = "partner_request.sent_back"
    tier = Tier.parties

    version_number: int


@dataclass(frozen=True, kw_only=True)
class PartnerRequestReopened(Event):
    """A decider takes a decided case up again, on the newest version."""

    type = "partner_request.reopened"
    tier = Tier.parties

    version_number: int


@dataclass(frozen=True, kw_only=True)
class PartnerRequestWithdrawn(Event):
    type = "partner_request.withdrawn"
    tier = Tier.parties
