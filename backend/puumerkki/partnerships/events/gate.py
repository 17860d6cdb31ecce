"""Facts of the gate on a case: which policies concern it, and how each is settled."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.kernel.eventlog.events import Event, Tier
from puumerkki.partnerships.models.gate import GateCause, ReleaseGround, WaiverGround
from puumerkki.partnerships.models.partner_requests import LookAt


@dataclass(frozen=True, kw_only=True)
class RequirementAdded(Event):
    """A policy begins to concern a case that has arrived already: by a new version, a planned filing or an officer."""

    type = "partner_request.requirement_added"
    tier = Tier.parties

    requirement_id: UUID
    cause: GateCause
    network_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class RequirementReleased(Event):
    type = "partner_request.requirement_released"
    tier = Tier.parties

    requirement_id: UUID
    ground: ReleaseGround


@dataclass(frozen=True, kw_only=True)
class RequirementUndone(Event):
    """A decider took back that it was brought, released or waived."""

    type = "partner_request.requirement_undone"
    tier = Tier.parties

    requirement_id: UUID


@dataclass(frozen=True, kw_only=True)
class RequirementAsksAgain(Event):
    """What released or waived it was of a former version, or holds no more."""

    type = "partner_request.requirement_asks_again"
    tier = Tier.parties

    requirement_id: UUID
    cause: GateCause


@dataclass(frozen=True, kw_only=True)
class RequirementWaived(Event):
    """The authority goes on without the endorsement."""

    type = "partner_request.waived"
    tier = Tier.parties

    requirement_id: UUID
    ground: WaiverGround
    network_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class NetworkViewGiven(Event):
    """A network stated its view of a waiver."""

    type = "partner_request.network_view_given"
    tier = Tier.parties

    requirement_id: UUID
    network_id: UUID


@dataclass(frozen=True, kw_only=True)
class EndorsementAskedFor(Event):
    """To a network without a handling of the application: an authority asks for its endorsement. No more than that."""

    type = "network.endorsement_asked"
    tier = Tier.network

    authority_id: UUID


@dataclass(frozen=True, kw_only=True)
class EndorsementNotNeeded(Event):
    """To a network without a handling of the application: an authority no longer asks for its endorsement."""

    type = "network.endorsement_not_needed"
    tier = Tier.network

    authority_id: UUID


@dataclass(frozen=True, kw_only=True)
class DecisionToLookAt(Event):
    """What a decision stood on has changed. The authority's decision stays; it says whether it does."""

    type = "partner_request.to_look_at"
    tier = Tier.parties

    reason: LookAt


@dataclass(frozen=True, kw_only=True)
class DecisionKept(Event):
    """A decider looked at the decision and keeps it."""

    type = "partner_request.kept"
    tier = Tier.parties

    version_number: int


@dataclass(frozen=True, kw_only=True)
class GroupsConfirmed(Event):
    """An officer confirmed that no policy concerns the case."""

    type = "partner_request.groups_confirmed"
    tier = Tier.parties
