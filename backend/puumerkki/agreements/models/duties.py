"""What an agreement asks of its parties year by year, each with its day."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.types import Text
from sqlmodel import Field

from puumerkki.kernel.db import Moment, Table, text_enum


class DutyKind(StrEnum):
    """What a party has to do."""

    confirmation = "confirmation"
    report = "report"
    evaluation = "evaluation"
    contact_check = "contact_check"
    renewal = "renewal"
    """To decide whether it goes on after its end, while notice can still be given."""


class DutyState(StrEnum):
    """`dropped`: the agreement no longer asks for it."""

    open = "open"
    done = "done"
    dropped = "dropped"


class AgreementDuty(Table, table=True):
    """What one party has to do, and the year that it is about. `report_name`: of a report, which one.

    `reminders_sent`: how many reminders went out by mail (`duty_schedule.Stage`); `remind_on`: the day of the next one.
    """

    __tablename__ = "agreement_duty"
    __table_args__ = (
        UniqueConstraint("agreement_id", "organisation_id", "kind", "year", "report_name", name="uq_agreement_duty"),
        Index("ix_agreement_duty_remind", "remind_on", postgresql_where=text("state = 'open'")),
        Index("ix_agreement_duty_open", "organisation_id", "due_on", postgresql_where=text("state = 'open'")),
        CheckConstraint("opens_on <= due_on", name="opens"),
        CheckConstraint("(state = 'done') = (done_at is not null)", name="done"),
        ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
            name="fk_agreement_duty_party",
        ),
    )

    agreement_id: UUID
    organisation_id: UUID
    kind: DutyKind = Field(sa_type=text_enum(DutyKind))
    year: int
    report_name: str = Field(default="", sa_type=Text)
    opens_on: date
    due_on: date
    state: DutyState = Field(default=DutyState.open, sa_type=text_enum(DutyState))
    reminders_sent: int = 0
    remind_on: date | None = None
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    done_by: UUID | None = Field(default=None, foreign_key="principal.id")
    note: str | None = Field(default=None, sa_type=Text)
