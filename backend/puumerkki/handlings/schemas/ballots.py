"""What the API takes and gives of ballots."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from puumerkki.endorsements.models.conditions import ConditionPart, MetWhen
from puumerkki.endorsements.schemas.conditions import Parts
from puumerkki.handlings.models.annulments import BallotFault
from puumerkki.handlings.models.handlings import BallotPurpose, BallotState, GivenHow
from puumerkki.kernel.field_types import Day, Flag, Line, Moment, NameTranslations, Schema, Text
from puumerkki.networks.decision_rule import DecisionMethod
from puumerkki.networks.tally import Choice, Outcome


class VoteGiven(Schema):
    """A member's vote. Against needs its reason, for with conditions its condition.

    `condition_parts`: the parts of the application that the condition concerns; if none, how it is done.
    `recorded`: the coordinator writes down a vote that was given by phone or post; then `given_by`, `given_how` and
    `given_on` say who gave it, how and when. `early_close`: the member agrees that the ballot is closed as soon as all
    have voted.
    """

    choice: Choice
    reason: Text | None = None
    condition: Annotated[Line | None, Field(max_length=300)] = None
    condition_parts: Parts = []
    recorded: Flag = False
    given_by: Annotated[Line | None, Field(max_length=200)] = None
    given_how: GivenHow | None = None
    given_on: Day | None = None
    early_close: Flag = False

    @model_validator(mode="after")
    def _whole(self) -> "VoteGiven":
        if self.choice is Choice.against and self.reason is None:
            raise ValueError("a vote against needs its reason")
        if (self.choice is Choice.for_with_conditions) != (self.condition is not None):
            raise ValueError("a condition belongs to a vote for with conditions, and only to that")
        if self.condition_parts and self.condition is None:
            raise ValueError("only a condition concerns parts")
        given = (self.given_by, self.given_how, self.given_on)
        if any((one is not None) != self.recorded for one in given):
            raise ValueError("a recorded vote, and only that, says who gave it, how and when")
        if self.recorded and self.early_close:
            raise ValueError("a member agrees to an early close by itself")
        return self


class VotePublic(Schema):
    """A vote: one's own, or, after the close, anybody's for those who may see them by name."""

    member_id: UUID
    choice: Choice
    reason: str | None
    condition: str | None
    condition_parts: list[ConditionPart]
    cast_at: Moment
    recorded: bool
    given_by: str | None
    given_how: GivenHow | None
    given_on: Day | None
    early_close: bool


class RecusalGiven(Schema):
    reason: Text | None = None


class RecusalPublic(Schema):
    """A member that is not in the base.

    `own_application`: it is an applicant; `tied`: all who speak for it are tied to one; `gone`: it left the network, or
    was archived, while the ballot was open; `elsewhere`: whoever speaks for it voted for another member; `asked`: it
    requires this puumerkki itself; by the rulebook `umbrella`: an applicant belongs to it, or `same_call`: it applies
    to the same call.
    """

    member_id: UUID
    own_application: bool
    tied: bool
    gone: bool
    elsewhere: bool
    asked: bool
    umbrella: bool
    same_call: bool
    reason: str | None


class ConditionAnswer(Schema):
    """`taken`: it becomes a condition of the puumerkki, to be met `when`. One that is not accepted needs an answer."""

    taken: Flag
    when: MetWhen | None = None
    answer: Text | None = None

    @model_validator(mode="after")
    def _answered(self) -> "ConditionAnswer":
        if not self.taken and self.answer is None:
            raise ValueError("a condition that is not taken needs an answer")
        if self.taken != (self.when is not None):
            raise ValueError("a condition that is taken, and only that, says when it must be met")
        return self


class StandingGiven(Schema):
    """Whether a vote stands though its condition was not taken."""

    stands: Flag


class RecordedSettled(Schema):
    """Whether the recorded votes were given so. If not, the votes are counted again without them."""

    confirmed: Flag


class ConditionPublic(Schema):
    """A proposed condition; by whom only for those who may see votes by name.

    `stands`: the member lets its vote count as for though the condition was not taken; otherwise the vote is blank.
    """

    member_id: UUID | None
    condition: str
    parts: list[ConditionPart]
    taken: bool | None
    when: MetWhen | None
    answer: str | None
    stands: bool | None


class BallotRule(Schema):
    """The rule that the ballot was opened under."""

    method: DecisionMethod
    quorum_percent: int
    blanks_count: bool
    votes_public: bool
    closes_early: bool


class BallotResult(Schema):
    """The figures of the count."""

    electorate: int
    recused: int
    base: int
    votes_for: int
    conditional: int
    against: int
    blank: int
    cast: int
    turnout: int
    recorded: int = 0
    quorum_reached: bool
    outcome: Outcome


class NamedVote(VotePublic):
    organisation_id: UUID
    organisation_names: NameTranslations


class AnnulmentPublic(Schema):
    """It is proposed, or confirmed once `confirmed_at` is there, that something was wrong in the ballot."""

    fault: BallotFault
    reason: str
    proposed_by: UUID
    proposed_at: Moment
    confirmed_at: Moment | None


class MemberInterest(Schema):
    """A member that votes though an applicant belongs to it (`umbrella`), or it applies to the same call."""

    member_id: UUID
    umbrella: bool
    same_call: bool


class MissingVote(Schema):
    """A member that has not voted yet."""

    member_id: UUID
    organisation_names: NameTranslations


class BallotPublic(Schema):
    """A ballot. Until it closes everybody sees their own votes and the turnout, nothing more.

    `purpose`: to give the puumerkki, or to revoke it, then for what `reason`.
    `electorate`: members that have one vote `together` (they share an administrator or a signatory) are one in it.
    `interests`: who votes and is near the application, for members of the network.
    `recorded`: how many votes were recorded for members; `recorded_confirmed`: whether a second person confirmed them.
    `early_close_agreed`: how many members agree to an early close.
    `takes_effect_at`: once it is counted, when it is concluded by itself.
    `may_state_standing_for`: the members whose condition was not taken, for which this caller may say whether the vote
    stands. `may_vote_for`: the members for which this caller could vote now; `disqualified`: none, since they are tied
    to an applicant. `may_take_part_again_for`: whose declared conflict of interest this caller may withdraw.
    `missing`: who has not voted, for coordinator and chair. `result`, `conditions` and `votes` are
    there after the close, `votes` only for those who may see them by name.
    """

    id: UUID
    handling_id: UUID
    version_number: int
    purpose: BallotPurpose
    reason: str | None
    state: BallotState
    rule: BallotRule
    opened_at: Moment
    closes_at: Moment
    closed_at: Moment | None
    takes_effect_at: Moment | None
    annulled_reason: str | None
    annulment: AnnulmentPublic | None
    electorate: int
    base: int
    together: list[list[UUID]]
    recusals: list[RecusalPublic]
    interests: list[MemberInterest]
    turnout: int
    recorded: int
    early_close_agreed: int
    recorded_confirmed: bool | None
    missing: list[MissingVote] | None
    own_votes: list[VotePublic]
    may_vote_for: list[UUID]
    may_take_part_again_for: list[UUID]
    may_state_standing_for: list[UUID]
    disqualified: bool
    result: BallotResult | None
    conditions: list[ConditionPublic]
    votes: list[NamedVote] | None
    version: int
