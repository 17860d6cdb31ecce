"""What the conditions of a puumerkki concern, and the word of whoever leads that some of them are met."""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Integer, Text, Uuid
from sqlmodel import Field

from puumerkki.kernel.db import Moment, Table, text_enum


class ConditionPart(StrEnum):
    """A part of a version that a condition can concern.

    Who applies, whom the application asks and to which call it goes are none: with others it is another application.
    """

    title = "title"  # type: ignore[assignment]  # hides str.title, which no member needs
    purpose = "purpose"
    target_groups = "target_groups"
    area_ids = "area_ids"
    goals = "goals"
    methods = "methods"
    duration = "duration"
    partners = "partners"
    complements = "complements"
    cooperation = "cooperation"
    needs = "needs"
    """With the needs that were chosen."""
    budget = "budget"
    amount_cents = "amount_cents"
    measures = "measures"
    attachments = "attachments"


IF_NONE_NAMED = (
    ConditionPart.goals,
    ConditionPart.methods,
    ConditionPart.duration,
    ConditionPart.partners,
    ConditionPart.complements,
    ConditionPart.cooperation,
    ConditionPart.needs,
    ConditionPart.measures,
)
"""What a condition concerns that names no part: how a thing is done, never what it is, for whom or for how much."""
_WIDER = {ConditionPart.needs: ("needs", "need_ids")}


def parts_concerned(named: Collection[str]) -> frozenset[str]:
    """The parts of a version's content in which a condition lets something change."""
    parts = [ConditionPart(one) for one in named] or IF_NONE_NAMED
    return frozenset(each for one in parts for each in _WIDER.get(one, (one.value,)))


def condition_note(parts: Iterable[str] = (), member_ids: Iterable[UUID] = ()) -> dict[str, Any]:
    """What stands beside a condition in `endorsement.condition_notes`: whose it is, and what it concerns.

    `met_in`: the newest version when it was called met.
    """
    return {"parts": list(parts), "member_ids": [str(one) for one in member_ids], "met_in": None}


class ClaimState(StrEnum):
    """Where it is. `effective`: the conditions count as met; `fell`: they do not."""

    open = "open"
    effective = "effective"
    fell = "fell"


class ConditionsClaim(Table, table=True):
    """Whoever leads says that conditions are met; whose conditions they are can object.

    `met`: the places of the conditions. `version_number`: the newest version then, to which the endorsement would move.
    `asked_member_ids`: who can object until `effective_at`, when it takes effect by itself. Once somebody has,
    `asked_ids` are the second persons who can settle it until `settle_by`.
    """

    __tablename__ = "conditions_claim"
    __table_args__ = (
        Index("uq_conditions_claim_open", "handling_id", unique=True, postgresql_where=text("state = 'open'")),
        Index("ix_conditions_claim_endorsement", "endorsement_id"),
        CheckConstraint("(state = 'open') = (ended_at is null)", name="ended"),
        CheckConstraint("cardinality(met) > 0", name="met"),
        CheckConstraint("settled_by is null or settled_by <> claimed_by", name="second_person"),
    )

    handling_id: UUID = Field(foreign_key="handling.id")
    endorsement_id: UUID = Field(foreign_key="endorsement.id")
    version_number: int
    met: list[int] = Field(sa_type=ARRAY(Integer()))
    claimed_by: UUID = Field(foreign_key="principal.id")
    claimed_at: datetime = Field(sa_type=Moment)
    asked_member_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    effective_at: datetime = Field(sa_type=Moment)
    asked_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    settle_by: datetime | None = Field(default=None, sa_type=Moment)
    settled_by: UUID | None = Field(default=None, foreign_key="principal.id")
    state: ClaimState = Field(default=ClaimState.open, sa_type=text_enum(ClaimState))
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    end_reason: str | None = Field(default=None, sa_type=Text)


class ClaimAnswer(Table, table=True):
    """A member says that its condition is met, or that it is not and why."""

    __tablename__ = "conditions_claim_answer"
    __table_args__ = (
        UniqueConstraint("claim_id", "member_id"),
        CheckConstraint("agrees = (reason is null)", name="reason"),
    )

    claim_id: UUID = Field(foreign_key="conditions_claim.id")
    member_id: UUID = Field(foreign_key="network_member.id")
    agrees: bool
    reason: str | None = Field(default=None, sa_type=Text)
    given_by: UUID = Field(foreign_key="principal.id")
    given_at: datetime = Field(sa_type=Moment)


class MetWhen(StrEnum):
    """By when a condition of a puumerkki is met: before the authority begins, or later."""

    before = "before"
    later = "later"
