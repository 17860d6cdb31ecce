"""What the API takes and gives of handlings."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.schemas.application_views import OrganisationName
from puumerkki.endorsements.models.conditions import MetWhen
from puumerkki.endorsements.schemas.conditions import ConditionsClaimPublic, ConditionShown, Parts
from puumerkki.endorsements.schemas.network_powers import ProlongationPublic, RevocationPublic
from puumerkki.handlings.models.annulments import BallotFault
from puumerkki.handlings.models.handlings import AgreedHow, BallotPurpose, BallotState, LapseReason
from puumerkki.handlings.schemas.handling_actions import HandlingAction
from puumerkki.kernel.field_types import Day, Flag, Line, Moment, NameTranslations, Schema, Text
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.networks.decision_rule import ApplicationPart, DecisionMethod
from puumerkki.networks.tally import Outcome


class HandlingSort(StrEnum):
    newest = "-received_at"
    handle_by = "handle_by"


class HandlingQuery(PageQuery):
    """Filters of the handlings; `state` may be given several times."""

    network: UUID | None = None
    state: Annotated[list[HandlingState], Field(max_length=20)] = []
    application: UUID | None = None
    sort: HandlingSort = HandlingSort.newest


class AskPublic(Schema):
    """An authority that is asked to be a partner, and what is asked of it."""

    names: NameTranslations
    asks: str | None


class HandlingItem(Schema):
    """A network's handling of an application, at one version. `applicant`: the leading one."""

    id: UUID
    application_id: UUID
    title: str
    applicant: OrganisationName
    amount_cents: int | None
    asks: list[AskPublic]
    network_id: UUID
    network_names: NameTranslations
    state: HandlingState
    version_number: int
    received_at: Moment
    handle_by: Day
    decided_at: Moment | None
    version: int


HandlingPage = Page[HandlingItem]


class RuleSummary(Schema):
    """The rule in force that the network decides by."""

    method: DecisionMethod
    quorum_percent: int
    handling_days: int
    ballot_days: int
    validity_days: int


class ReadingPublic(Schema):
    """The network read a version."""

    id: UUID
    version_number: int
    meeting_id: UUID | None
    read_on: Day
    note: str | None


class ConditionGiven(Schema):
    """A condition of the puumerkki, by when it must be met, and the parts of the application that it concerns.

    If it names none, it lets how a thing is done change, not what it is, for whom or for how much.
    """

    text: Line
    when: MetWhen
    parts: Parts = []


class DecisionWordGiven(Schema):
    """Whether the meeting decided so, as a member that was there says; if not, why."""

    agrees: Flag
    reason: Text | None = None

    @model_validator(mode="after")
    def _reasoned(self) -> "DecisionWordGiven":
        if self.agrees != (self.reason is None):
            raise ValueError("what disputes a decision, and only that, has a reason")
        return self


class DecisionSaid(Schema):
    """A member that was there says that the meeting decided so, or not so."""

    member_id: UUID
    agrees: bool
    reason: str | None


class DecisionPublic(Schema):
    """What a meeting decided. It holds once `effective_at` is there; before, only the network sees it.

    Once confirmed it takes effect when two more of those present say so, or at `holds_at` if nobody says "not so".
    `fell_because`: why it does not hold. `two_more_possible`: whether enough of those present could confirm it still.
    `may_confirm_for`, `may_dispute_for`: the members for which this caller can say that it was so, or that it was not.
    """

    id: UUID
    meeting_id: UUID
    version_number: int
    endorses: bool
    wording: str
    conditions: list[ConditionGiven]
    present_member_ids: list[UUID]
    stood_aside_member_ids: list[UUID]
    recorded_by: UUID
    confirmed_by: UUID | None
    confirmed_at: Moment | None
    holds_at: Moment | None
    effective_at: Moment | None
    fell_at: Moment | None
    fell_because: str | None
    said: list[DecisionSaid]
    two_more_possible: bool
    may_confirm_for: list[UUID]
    may_dispute_for: list[UUID]


class BallotSummary(Schema):
    """The newest ballot; its turnout and votes are under its own address."""

    id: UUID
    purpose: BallotPurpose
    state: BallotState
    version_number: int
    opened_at: Moment
    closes_at: Moment
    outcome: Outcome | None


class StatementAgreed(Schema):
    """Who agreed on a statement, how and when. `may_deny_for`: members for which this caller may deny it."""

    how: AgreedHow
    on: Day
    members: list[NameTranslations]
    may_deny_for: list[UUID]


class LeaderInterest(Schema):
    """Who led, recorded or confirmed and is near the application.

    `authority`: they work for an asked authority; `umbrella`: an applicant belongs to their organisation; `same_call`:
    that applies to the same call, shown to members of the network only.
    """

    principal_id: UUID
    name: str | None
    authority: bool
    umbrella: bool
    same_call: bool


class FormerBallot(Schema):
    """A ballot before the newest. `fault`: what was wrong in one that was annulled by two persons."""

    id: UUID
    purpose: BallotPurpose
    state: BallotState
    version_number: int
    opened_at: Moment
    closed_at: Moment | None
    outcome: Outcome | None
    annulled_reason: str | None
    fault: BallotFault | None


class HandlingPublic(HandlingItem):
    """The same with all that belongs to it. `current_version`: the application's newest version.

    `decides`: it is asked for its puumerkki, else for a statement; `agreed`: on the statement.
    `lapse_reason`: why it ended without an answer.
    `ballot_asked_at`: the applicant asked for a ballot, which opens by itself at `ballot_opens_at`.
    `answer_by`: while it is returned, by when a new version is to come.
    `valid_until`: the puumerkki's last day. `conditions`: those of the puumerkki in force; `conditions_claim`: the last
    time that some were called met, for the network. `revocation`: the newest one. `prolongation`: while it waits only
    the network sees it.
    """

    current_version: int
    reason: str | None
    statement: str | None
    decides: bool
    agreed: StatementAgreed | None
    lapse_reason: LapseReason | None
    rule: RuleSummary | None
    readings: list[ReadingPublic]
    decisions: list[DecisionPublic]
    ballot: BallotSummary | None
    former_ballots: list[FormerBallot]
    conditions: list[ConditionShown]
    conditions_claim: ConditionsClaimPublic | None
    interests: list[LeaderInterest]
    ballot_asked_at: Moment | None
    ballot_opens_at: Moment | None
    answer_by: Day | None
    endorsement_number: str | None
    valid_until: Day | None
    revocation: RevocationPublic | None
    prolongation: ProlongationPublic | None
    available_actions: list[AvailableAction[HandlingAction]]


class Point(Schema):
    """A requested addition; `part`: which part of the application it is about."""

    part: ApplicationPart | None = None
    body: Text


class ReturnGiven(Schema):
    """`answer_by`: by when a new version is to come; 14 days from today unless given."""

    answer_by: Day | None = None
    points: Annotated[list[Point], Field(min_length=1, max_length=50)]


class ReadingGiven(Schema):
    """A reading of the version at hand, in a meeting or otherwise."""

    read_on: Day
    meeting_id: UUID | None = None
    note: Text | None = None


class BallotGiven(Schema):
    """`closes_at`: the rulebook's days from now unless given."""

    closes_at: Moment | None = None


class AnnulmentGiven(Schema):
    """What was wrong in the ballot. The members see the reason."""

    fault: BallotFault
    reason: Text


class ReasonGiven(Schema):
    reason: Text


class StatementGiven(Schema):
    """What an advisory network thinks. Which members agreed on it, how and on what day."""

    statement: Text
    agreed_how: AgreedHow
    agreed_on: Day
    agreed_member_ids: Annotated[list[UUID], Field(min_length=1, max_length=400)]


class DecisionGiven(Schema):
    """What a meeting decided. Conditions only with an endorsement."""

    meeting_id: UUID
    endorses: Flag
    wording: Text
    conditions: Annotated[list[ConditionGiven], Field(max_length=50)] = []
    present_member_ids: Annotated[list[UUID], Field(max_length=1000)]
    stood_aside_member_ids: Annotated[list[UUID], Field(max_length=1000)] = []
