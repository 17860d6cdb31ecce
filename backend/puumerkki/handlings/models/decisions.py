"""What a meeting decided on a handling: recorded, confirmed, and heard by those who were there."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text, Uuid
from sqlmodel import Field

from puumerkki.kernel.db import Aggregate, Json, Moment, Table


class RecordedDecision(Aggregate, table=True):
    """What a meeting decided. Once a second person has confirmed it, those who were there can say "not so".

    `conditions`: each `{"text": …, "when": "before" | "later", "parts": […]}`. `holds_at`: when it takes effect by
    itself, or falls where somebody said "not so"; `effective_at`, `fell_at`: that it did, `fell_because`: why, a code.
    `asked_ids`: who of those present could be one of the two more, when it was confirmed. `disputed_at`: when somebody
    first said "not so"; from then the two more have the days anew, once.
    """

    __tablename__ = "recorded_decision"
    __table_args__ = (
        CheckConstraint("confirmed_by is null or confirmed_by <> recorded_by", name="second_person"),
        CheckConstraint("effective_at is null or (confirmed_at is not null and fell_at is null)", name="effective"),
        CheckConstraint("(fell_at is null) = (fell_because is null)", name="fell"),
        CheckConstraint("(confirmed_at is null) = (holds_at is null)", name="holds"),
        Index(
            "uq_recorded_decision_pending",
            "handling_id",
            unique=True,
            postgresql_where=text("effective_at is null and fell_at is null"),
        ),
    )

    handling_id: UUID = Field(foreign_key="handling.id")
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True)
    version_number: int
    endorses: bool
    wording: str = Field(sa_type=Text)
    conditions: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    present_member_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    stood_aside_member_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    recorded_by: UUID = Field(foreign_key="principal.id")
    confirmed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    holds_at: datetime | None = Field(default=None, sa_type=Moment)
    asked_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    disputed_at: datetime | None = Field(default=None, sa_type=Moment)
    effective_at: datetime | None = Field(default=None, sa_type=Moment)
    fell_at: datetime | None = Field(default=None, sa_type=Moment)
    fell_because: str | None = Field(default=None, sa_type=Text)


class DecisionWord(Table, table=True):
    """A member that was there says that the meeting decided so, or not so and why."""

    __tablename__ = "recorded_decision_word"
    __table_args__ = (
        UniqueConstraint("decision_id", "member_id"),
        CheckConstraint("agrees = (reason is null)", name="reason"),
    )

    decision_id: UUID = Field(foreign_key="recorded_decision.id")
    member_id: UUID = Field(foreign_key="network_member.id")
    agrees: bool
    reason: str | None = Field(default=None, sa_type=Text)
    given_by: UUID = Field(foreign_key="principal.id")
    given_at: datetime = Field(sa_type=Moment)
