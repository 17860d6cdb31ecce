"""Reports on what was agreed or granted, and the parties' evaluations of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.types import Text
from sqlmodel import Field

from puumerkki.kernel.db import Aggregate, Json, Moment, text_enum


class ReportState(StrEnum):
    """Where a report is."""

    draft = "draft"
    submitted = "submitted"
    accepted = "accepted"
    returned = "returned"


COUNTED = frozenset({ReportState.submitted, ReportState.accepted})
"""States in which a report's figures count."""


class Report(Aggregate, table=True):
    """What an organisation did in a year under an agreement or a grant.

    `content`: the working copy; `submitted`: as it was submitted last, which everybody else reads. `submitted_by`: who
    submitted it last. `subject_title`: by language, as the subject was called when the report was written.
    `answered_for_organisation_id`: the party that accepted or returned it last.
    """

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("subject_id", "organisation_id", "year", name="uq_report_year"),
        Index("ix_report_created", "created_at", "id"),
        Index("ix_report_year", "year", "id"),
        Index("ix_report_organisation", "organisation_id", "created_at", "id"),
        Index("ix_report_state", "state"),
        CheckConstraint("year between 1990 and 2200", name="year"),
        CheckConstraint("state = 'draft' or (submitted is not null and submitted_at is not null)", name="submitted"),
        CheckConstraint("state <> 'accepted' or accepted_at is not null", name="accepted"),
        CheckConstraint("state <> 'returned' or returned_reason is not null", name="returned"),
    )

    subject_kind: str = Field(sa_type=Text)
    subject_id: UUID
    subject_title: dict[str, str] = Field(sa_type=Json, nullable=False)
    organisation_id: UUID = Field(foreign_key="organisation.id")
    year: int
    language: str = Field(default="fi", sa_type=Text)
    state: ReportState = Field(default=ReportState.draft, sa_type=text_enum(ReportState))
    content: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
    submitted: dict[str, Any] | None = Field(default=None, sa_type=Json)
    submitted_at: datetime | None = Field(default=None, sa_type=Moment)
    submitted_by: UUID | None = Field(default=None, foreign_key="principal.id")
    accepted_at: datetime | None = Field(default=None, sa_type=Moment)
    returned_at: datetime | None = Field(default=None, sa_type=Moment)
    returned_reason: str | None = Field(default=None, sa_type=Text)
    answered_for_organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id", index=True)


class GoesOn(StrEnum):
    """Whether what was evaluated should go on."""

    yes = "yes"
    changed = "changed"
    no = "no"


class Evaluation(Aggregate, table=True):
    """How a year went, as one party sees it. `goals_met` and `cooperation`: 1 (poor) to 5 (excellent)."""

    __tablename__ = "evaluation"
    __table_args__ = (
        UniqueConstraint("subject_id", "organisation_id", "year", name="uq_evaluation_year"),
        Index("ix_evaluation_organisation", "organisation_id"),
        CheckConstraint("year between 1990 and 2200", name="year"),
        CheckConstraint("goals_met between 1 and 5 and cooperation between 1 and 5", name="grades"),
    )

    subject_kind: str = Field(sa_type=Text)
    subject_id: UUID
    organisation_id: UUID = Field(foreign_key="organisation.id")
    year: int
    goals_met: int
    cooperation: int
    went_well: str | None = Field(default=None, sa_type=Text)
    to_improve: str | None = Field(default=None, sa_type=Text)
    goes_on: GoesOn = Field(sa_type=text_enum(GoesOn))
