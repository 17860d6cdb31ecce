"""How an endorsement is taken back, and how it is made to last longer: what one alone cannot do."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text, Uuid
from sqlmodel import Field

from puumerkki.kernel.db import Aggregate, Json, Moment, Table, text_enum


class RevocationWay(StrEnum):
    """Who revokes the puumerkki: the members by ballot or in a meeting, or two persons for cause."""

    ballot = "ballot"
    meeting = "meeting"
    cause = "cause"


class RevocationCause(StrEnum):
    """Why two persons may."""

    false_facts = "false_facts"
    applicant_asks = "applicant_asks"


class RevocationState(StrEnum):
    """Where it is. While it is open the puumerkki is valid and under review."""

    open = "open"
    carried = "carried"
    dropped = "dropped"


class Revocation(Aggregate, table=True):
    """A proposal to take an endorsement back. `heard_until`: until then each applicant may state its view.

    `views`: what they said, by their ids: `view`, `given_at`, `given_by`. `reason`: of the proposal, or the meeting's
    wording. `asks`: the leading applicant said that it asks for this. `asked_ids`: the second persons who were asked.
    `told_at`: when mail went out, which it does once a day.
    """

    __tablename__ = "revocation"
    __table_args__ = (
        CheckConstraint("(way = 'cause') = (cause is not null)", name="cause"),
        CheckConstraint("(way = 'meeting') = (meeting_id is not null)", name="meeting"),
        CheckConstraint("(way = 'ballot') = (ballot_id is not null)", name="ballot"),
        CheckConstraint(
            "state <> 'carried' or way = 'ballot' or (confirmed_by is not null and confirmed_by <> proposed_by)",
            name="second_person",
        ),
        CheckConstraint("not asks or (views <> '{}' and cause is not distinct from 'applicant_asks')", name="asks"),
        CheckConstraint("state <> 'carried' or cause is distinct from 'applicant_asks' or asks", name="applicant_asks"),
        CheckConstraint("(state = 'open') = (ended_at is null)", name="ended"),
        Index("uq_revocation_open", "handling_id", unique=True, postgresql_where=text("state = 'open'")),
        Index("ix_revocation_endorsement_open", "endorsement_id", postgresql_where=text("state = 'open'")),
        Index("ix_revocation_handling", "handling_id", "proposed_at"),
    )

    handling_id: UUID = Field(foreign_key="handling.id")
    endorsement_id: UUID = Field(foreign_key="endorsement.id")
    way: RevocationWay = Field(sa_type=text_enum(RevocationWay))
    cause: RevocationCause | None = Field(default=None, sa_type=text_enum(RevocationCause))
    reason: str = Field(sa_type=Text)
    state: RevocationState = Field(default=RevocationState.open, sa_type=text_enum(RevocationState))
    proposed_by: UUID = Field(foreign_key="principal.id")
    proposed_at: datetime = Field(sa_type=Moment)
    heard_until: datetime = Field(sa_type=Moment)
    told_at: datetime | None = Field(default=None, sa_type=Moment)
    views: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    asks: bool = False
    ballot_id: UUID | None = Field(default=None, foreign_key="ballot.id", unique=True)
    meeting_id: UUID | None = Field(default=None, foreign_key="meeting.id")
    present_member_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    stood_aside_member_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    asked_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    confirmed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    end_reason: str | None = Field(default=None, sa_type=Text)


class Prolongation(Table, table=True):
    """An endorsement that is to last longer. Once confirmed it holds what the endorsement was before: `former_…`."""

    __tablename__ = "prolongation"
    __table_args__ = (
        UniqueConstraint("endorsement_id"),
        CheckConstraint("valid_until > former_valid_until", name="longer"),
        CheckConstraint(
            "(confirmed_at is null) = (confirmed_by is null) and (confirmed_at is null) = (former_credential is null)"
            " and (confirmed_at is null) = (former_kid is null)",
            name="confirmed",
        ),
        CheckConstraint("confirmed_by is null or confirmed_by <> proposed_by", name="second_person"),
        Index("ix_prolongation_handling", "handling_id"),
    )

    handling_id: UUID = Field(foreign_key="handling.id")
    endorsement_id: UUID = Field(foreign_key="endorsement.id")
    valid_until: date
    reason: str = Field(sa_type=Text)
    proposed_by: UUID = Field(foreign_key="principal.id")
    asked_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    confirmed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    former_valid_until: date
    former_credential: str | None = Field(default=None, sa_type=Text)
    former_kid: str | None = Field(default=None, foreign_key="signing_key.kid", sa_type=Text)
