"""What the other parties say to an agreement that one of them recorded as signed on paper."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.types import Text
from sqlmodel import Field

from puumerkki.kernel.db import Moment, Table, text_enum


class RecordAnswer(StrEnum):
    """`confirmed`: it was agreed so. `disputed`: it was not."""

    confirmed = "confirmed"
    disputed = "disputed"


class AgreementRecordAnswer(Table, table=True):
    """That another party is asked about a recorded version, and what it says: one row for each of them.

    `asked`: how often it was written to, last on `asked_on`; `ask_on`: the day on which it is asked next, None when it
    is not asked any more. An answer of `confirmed` stays.
    """

    __tablename__ = "agreement_record_answer"
    __table_args__ = (
        UniqueConstraint("agreement_id", "version_number", "organisation_id", name="uq_agreement_record_answer"),
        Index(
            "ix_agreement_record_answer_asked",
            "organisation_id",
            "ask_on",
            postgresql_where=text("answer is null and ask_on is not null"),
        ),
        CheckConstraint(
            "(answer is null) = (answered_at is null) and (answer is null) = (answered_by is null)", name="answered"
        ),
        CheckConstraint("(reason is not null) = coalesce(answer = 'disputed', false)", name="reason"),
        ForeignKeyConstraint(
            ["agreement_id", "version_number"],
            ["agreement_version.agreement_id", "agreement_version.number"],
            name="fk_agreement_record_answer_version",
        ),
        ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
            name="fk_agreement_record_answer_party",
        ),
    )

    agreement_id: UUID
    version_number: int
    organisation_id: UUID
    asked: int = 0
    asked_on: date | None = None
    ask_on: date | None = None
    answer: RecordAnswer | None = Field(default=None, sa_type=text_enum(RecordAnswer))
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    answered_by: UUID | None = Field(default=None, foreign_key="principal.id")
    reason: str | None = Field(default=None, sa_type=Text)
