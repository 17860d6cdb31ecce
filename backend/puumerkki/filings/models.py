"""Applications as they were sent to funders, and what came of them."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.types import BigInteger, Text
from sqlmodel import Field

from puumerkki.kernel.db import Aggregate, Json, text_enum


class FilingState(StrEnum):
    """Where a filing is."""

    planned = "planned"
    filed = "filed"
    granted = "granted"
    refused = "refused"
    withdrawn = "withdrawn"
    plan_changed = "plan_changed"
    reported = "reported"
    closed = "closed"


ENDED_FILING = frozenset({FilingState.refused, FilingState.withdrawn, FilingState.closed})


class Filing(Aggregate, table=True):
    """One application to one funder. Cents of euro. `differences`: of what was sent to the endorsed version.

    `expected_on`: when the funder is to have decided; `report_by`: the last day for the report to the funder.
    """

    __tablename__ = "filing"
    __table_args__ = (
        Index("ix_filing_application", "application_id", "created_at", "id"),
        Index("ix_filing_funder", "funder_id", "created_at", "id"),
        CheckConstraint("state = 'planned' or filed_on is not null or state = 'withdrawn'", name="filed"),
        CheckConstraint("granted_cents is null or granted_cents >= 0", name="granted"),
    )

    application_id: UUID = Field(foreign_key="application.id")
    funder_id: UUID = Field(foreign_key="organisation.id")
    call_id: UUID | None = Field(default=None, foreign_key="funding_call.id")
    state: FilingState = Field(default=FilingState.planned, sa_type=text_enum(FilingState))
    version_number: int | None = None
    endorsement_id: UUID | None = Field(default=None, foreign_key="endorsement.id")
    sent_attachment_id: UUID | None = Field(default=None, foreign_key="attachment.id")
    differences: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    applied_cents: int | None = Field(default=None, sa_type=BigInteger)
    filed_on: date | None = None
    decided_on: date | None = None
    expected_on: date | None = None
    report_by: date | None = None
    granted_cents: int | None = Field(default=None, sa_type=BigInteger)
    decision_reason: str | None = Field(default=None, sa_type=Text)
    plan_change: str | None = Field(default=None, sa_type=Text)
    reported_on: date | None = None
    recovered_cents: int = Field(default=0, sa_type=BigInteger)
