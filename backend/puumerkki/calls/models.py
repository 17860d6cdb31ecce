"""Funders' calls."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger, Text
from sqlmodel import Field

from puumerkki.kernel.db import Aggregate, Json, Moment, text_enum


class CallState(StrEnum):
    """Where a call is in its life; whether it is open on a day follows from its dates."""

    draft = "draft"
    published = "published"
    cancelled = "cancelled"


class FundingCall(Aggregate, table=True):
    """A funder's call. Amounts in cents of euro. `legal_forms` empty: any may apply.

    `published_at`: since then it is public, also when it is cancelled later.
    """

    __tablename__ = "funding_call"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="dates"),
        CheckConstraint("max_cents is null or max_cents >= coalesce(min_cents, 0)", name="amounts"),
        Index("ix_funding_call_closes", "closes_at", "id"),
        Index("ix_funding_call_created", "created_at", "id"),
    )

    funder_id: UUID = Field(foreign_key="organisation.id", index=True)
    names: dict[str, Any] = Field(sa_type=Json)
    programme: dict[str, Any] | None = Field(default=None, sa_type=Json)
    descriptions: dict[str, Any] | None = Field(default=None, sa_type=Json)
    website: str | None = Field(default=None, sa_type=Text)
    opens_at: datetime = Field(sa_type=Moment)
    closes_at: datetime = Field(sa_type=Moment)
    total_cents: int | None = Field(default=None, sa_type=BigInteger)
    min_cents: int | None = Field(default=None, sa_type=BigInteger)
    max_cents: int | None = Field(default=None, sa_type=BigInteger)
    legal_forms: list[str] = Field(default_factory=list, sa_type=ARRAY(Text()))
    partner_required: bool = False
    published_at: datetime | None = Field(default=None, sa_type=Moment)
    state: CallState = Field(default=CallState.draft, sa_type=text_enum(CallState))
