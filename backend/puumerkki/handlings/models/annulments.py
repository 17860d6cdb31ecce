"""A ballot in which something was wrong: proposed by one person, annulled once a second one confirms it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text, Uuid
from sqlmodel import Field

from puumerkki.kernel.db import Moment, Table, text_enum


class BallotFault(StrEnum):
    """What was wrong in the ballot."""

    version = "version"
    electorate = "electorate"
    tie = "tie"


class BallotAnnulment(Table, table=True):
    """`asked_ids`: the second persons who were asked. It is open until it is confirmed or dropped."""

    __tablename__ = "ballot_annulment"
    __table_args__ = (
        CheckConstraint("(confirmed_by is null) = (confirmed_at is null)", name="confirmed"),
        CheckConstraint("confirmed_by is null or confirmed_by <> proposed_by", name="second_person"),
        CheckConstraint("confirmed_at is null or dropped_at is null", name="ended"),
        Index(
            "uq_ballot_annulment_open",
            "ballot_id",
            unique=True,
            postgresql_where=text("dropped_at is null"),
        ),
    )

    ballot_id: UUID = Field(foreign_key="ballot.id")
    fault: BallotFault = Field(sa_type=text_enum(BallotFault))
    reason: str = Field(sa_type=Text)
    proposed_by: UUID = Field(foreign_key="principal.id")
    proposed_at: datetime = Field(sa_type=Moment)
    asked_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    confirmed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    dropped_at: datetime | None = Field(default=None, sa_type=Moment)
