"""Decisions about a network itself: what is proposed, how one votes, what came of it."""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, Strict
from typing_extensions import TypeAliasType

from puumerkki.kernel.field_types import Day, Flag, Moment, NameTranslations, Schema, Text
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.networks.models.decisions import DecisionKind, DecisionState, DecisionWay
from puumerkki.networks.tally import Choice

MemberIds = Annotated[list[UUID], Field(max_length=400)]
AcceptDays = Annotated[int, Strict(), Field(ge=14, le=365)]


class DecisionQuery(PageQuery):
    state: DecisionState | None = None


class DecisionPropose(Schema):
    """What is proposed, and how it is decided: the members vote, a meeting decided, or a second person confirms.

    `subject_id`: the draft of the rulebook, or who would be the chair or the secretary. `reason` is needed to rest, to
    close or to stop deciding, `on_day` to rest or to close. `accept_days`: so long does the acceptance of the former
    rulebook count. `met_on`, `present_member_ids`: of the meeting that decided.
    """

    kind: DecisionKind
    way: DecisionWay = DecisionWay.vote
    subject_id: UUID | None = None
    reason: Text | None = None
    on_day: Day | None = None
    accept_days: AcceptDays | None = None
    met_on: Day | None = None
    present_member_ids: MemberIds = []


class PlainChoice(StrEnum):
    """What a member may vote here."""

    for_ = "for"
    against = "against"
    blank = "blank"

    @property
    def choice(self) -> Choice:
        """The same among the choices of all ballots."""
        return Choice(self.value)


class DecisionVoteGiven(Schema):
    """`early_close`: the member agrees to counting as soon as all have voted."""

    choice: PlainChoice
    early_close: Flag = False


class ObjectionGiven(Schema):
    """Why it is not so, or should not be."""

    reason: Text


class DecisionOutcome(StrEnum):
    """What came of it. `silence`: nobody confirmed it and nobody objected within its days."""

    passed = "passed"
    failed = "failed"
    no_quorum = "no_quorum"
    objection = "objection"
    meeting_decides = "meeting_decides"
    confirmed = "confirmed"
    silence = "silence"
    unconfirmed = "unconfirmed"


class DecisionResult(Schema):
    """The outcome; of a vote, with its figures."""

    outcome: DecisionOutcome
    electorate: int | None = None
    votes_for: int | None = None
    against: int | None = None
    blank: int | None = None
    turnout: int | None = None


class NetworkDecisionSummary(Schema):
    """A decision, as lists show it."""

    id: UUID
    network_id: UUID
    kind: DecisionKind
    way: DecisionWay
    state: DecisionState
    on_day: Day | None
    opened_at: Moment
    closes_at: Moment
    decided_at: Moment | None
    version: int


class OwnVote(Schema):
    """A member for which one speaks here. `choice`: how it has voted, `early_close`: for counting once all have."""

    member_id: UUID
    organisation_names: NameTranslations
    choice: Choice | None
    early_close: bool


NetworkDecisionAction = TypeAliasType(
    "NetworkDecisionAction",
    Literal["vote", "confirm", "object", "drop"],
)


class NetworkDecisionPublic(NetworkDecisionSummary):
    """A decision. `subject_name`: the person, or the number of the version.

    `may_vote`, `have_voted`: how many votes; members that share an administrator or a signatory have one.

    `closes_early`: the rulebook lets it be counted once all have voted; otherwise two members agree to that.
    `missing`: who has not voted, for those who lead the network or its meetings. `possible_on`: what waits for the
    answers of authorities takes effect on this day at the latest.
    """

    subject_id: UUID | None
    subject_name: str | None
    reason: str | None
    accept_days: int | None
    met_on: Day | None
    present_member_ids: list[UUID]
    proposed_by: UUID
    proposer_name: str
    confirmer_name: str | None
    objection: str | None
    result: DecisionResult | None
    may_vote: int
    have_voted: int
    closes_early: bool
    missing: list[NameTranslations] | None
    own: list[OwnVote]
    possible_on: Day | None
    done_at: Moment | None
    available_actions: list[AvailableAction[NetworkDecisionAction]]


DecisionPage = Page[NetworkDecisionSummary]
