"""What the API takes and gives of conditions that are called met."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from puumerkki.endorsements.models.conditions import ClaimState, ConditionPart, MetWhen
from puumerkki.kernel.field_types import Flag, Moment, NameTranslations, Schema, Text

Parts = Annotated[list[ConditionPart], Field(max_length=len(ConditionPart))]


class ConditionsMet(Schema):
    """The places, from 0, of the conditions of the puumerkki that are met."""

    met: Annotated[list[Annotated[int, Field(strict=True, ge=0, le=49)]], Field(min_length=1, max_length=50)]


class ClaimAnswerGiven(Schema):
    """Whether the member agrees that its condition is met; if not, why."""

    agrees: Flag
    reason: Text | None = None

    @model_validator(mode="after")
    def _reasoned(self) -> "ClaimAnswerGiven":
        if self.agrees != (self.reason is None):
            raise ValueError("an objection, and only that, has a reason")
        return self


class ClaimSettled(Schema):
    """Whether the conditions are met, as a second person says."""

    met: Flag


class ClaimAsked(Schema):
    """A member that can object. `agrees`: null while it has not answered."""

    member_id: UUID
    names: NameTranslations
    agrees: bool | None
    reason: str | None


class ConditionsClaimPublic(Schema):
    """Conditions that were called met. They count as met at `effective_at` unless a member objects.

    `version_number`: the version then. `settle_by`: until when a second person says, where a member objects.
    `word_needed`: while it waits, silence is no yes, since parts changed that are never minor, or nobody could be
    asked: all who were asked agree, or a second person says so.
    `end_reason`: why it fell. `may_answer_for`: the members for which this caller can answer.
    """

    version_number: int
    conditions: list[str]
    state: ClaimState
    claimed_by: UUID
    claimed_at: Moment
    effective_at: Moment
    settle_by: Moment | None
    settled_by: UUID | None
    ended_at: Moment | None
    end_reason: str | None
    asked: list[ClaimAsked]
    may_answer_for: list[UUID]
    word_needed: bool


class ConditionShown(Schema):
    """A condition of the puumerkki in force. `parts`: what it names; if nothing, how it is done may change."""

    text: str
    met: bool
    when: MetWhen
    parts: list[ConditionPart]


class WithinBy(StrEnum):
    """Why a part may have changed: a condition concerns it, or the rulebook of the decision calls it minor."""

    condition = "condition"
    minor = "minor"


class PartChange(Schema):
    """A part of the version that changed; `within` is null where it may not."""

    part: str
    within: WithinBy | None


class EndorsementChanges(Schema):
    """The parts in which the newest version differs from the one that has the puumerkki."""

    old: int
    new: int
    parts: list[PartChange]
