"""What the API takes and gives about the gate of one case."""

from enum import StrEnum
from uuid import UUID

from puumerkki.applications.models.recipients import HandlingState
from puumerkki.endorsements.schemas.endorsements import EndorsementCondition
from puumerkki.kernel.field_types import Day, Moment, NameTranslations, Schema, ShortLine, Text, TextTranslations
from puumerkki.partnerships.models.gate import GateCause, ReleaseGround, WaiverGround


class PolicyBrought(Schema):
    """A puumerkki requirement of the authority under which an officer brings a case, and why."""

    policy_id: UUID
    reason: Text


class RequirementReason(Schema):
    reason: Text


class WaiverGiven(Schema):
    """The authority's own decision to go on without an endorsement."""

    ground: WaiverGround
    reason: Text
    body: ShortLine
    decided_on: Day
    section: ShortLine


class WaiverView(Schema):
    """What a network says of a waiver."""

    network_id: UUID
    view: Text


class RequirementStatus(StrEnum):
    """How a row stands today. `carried`: its puumerkki has run out and carries the decision for a while longer."""

    met = "met"
    carried = "carried"
    conditions_open = "conditions_open"
    expired = "expired"
    missing = "missing"
    waived = "waived"
    released = "released"


class NetworkAsked(Schema):
    """A network whose puumerkki is required. `handling_*`: null where there is none or the reader may not see it.

    `endorsement_number`: of its puumerkki on this very version; `endorsement_valid_until`: the last day on which that
    holds; `endorsement_conditions`: those that it still depends on; `can_answer`: it is active and gives puumerkki.
    `revocation_heard_until`: it considers revoking its puumerkki, and hears the applicants to the end of this day.
    """

    id: UUID
    names: NameTranslations
    can_answer: bool
    handling_id: UUID | None
    handling_state: HandlingState | None
    endorsement_number: str | None
    endorsement_valid_until: Day | None
    endorsement_conditions: list[EndorsementCondition]
    revocation_heard_until: Day | None


class EndorsementStoodOn(Schema):
    """What preparation or decision stands on. `carries_until`: how long the puumerkki carries once it has run out."""

    id: UUID
    number: str
    network_id: UUID
    valid_from: Day
    valid_until: Day
    carries_until: Day | None
    open_conditions: list[EndorsementCondition]


class NetworkView(Schema):
    network_id: UUID
    view: str
    given_at: Moment


class WaiverPublic(WaiverGiven):
    id: UUID
    network_views: list[NetworkView]


class ReleasePublic(Schema):
    ground: ReleaseGround
    reason: str
    released_at: Moment


class PolicyNamed(Schema):
    """The puumerkki requirement behind a row."""

    id: UUID
    reason: TextTranslations | None
    decided_by_body: str | None
    decided_on: Day | None
    decision_section: str | None
    ends_on: Day | None


class RequirementPublic(Schema):
    """One puumerkki requirement that concerns a case. The endorsement of any of `networks` meets it.

    `policy`: null for what was asked before requirements had rows. `cause`: why it concerns this version.
    `releasable`: the reader may release it, if they act for the authority; `undoable`: a decider may undo that it was
    brought, released or waived.
    """

    id: UUID
    policy: PolicyNamed | None
    cause: GateCause
    standing: RequirementStatus
    lets_open_conditions: bool
    networks: list[NetworkAsked]
    endorsement: EndorsementStoodOn | None
    waiver: WaiverPublic | None
    release: ReleasePublic | None
    brought_reason: str | None
    releasable: bool
    undoable: bool


class DecisionGround(Schema):
    """What a decision stood on for one requirement; without an endorsement it was waived or released."""

    requirement_id: UUID
    policy_id: UUID | None
    network_ids: list[UUID]
    endorsement_id: UUID | None
    endorsement_number: str | None
    network_id: UUID | None
    waiver_id: UUID | None
    release_ground: ReleaseGround | None
    release_reason: str | None
