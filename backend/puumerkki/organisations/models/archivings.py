"""Why an organisation is archived, who says so, and what its people answer before it takes effect."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.types import Text
from sqlmodel import Field

from puumerkki.kernel.db import Moment, Table, text_enum


class ArchivingReason(StrEnum):
    """Why it acts no more. `duplicate`: it stands in the directory twice."""

    merged = "merged"
    dissolved = "dissolved"
    ceased = "ceased"
    duplicate = "duplicate"
    other = "other"


class ArchivingState(StrEnum):
    """Where an archiving is. `open`: proposed, and its people may object. `undone`: the operator restored it."""

    open = "open"
    effected = "effected"
    objected = "objected"
    dropped = "dropped"
    undone = "undone"


class SuccessorAnswer(StrEnum):
    """What the named successor said."""

    accepted = "accepted"
    declined = "declined"


class OrganisationArchiving(Table, table=True):
    """That an organisation is to be archived, or was. `source`: where the reason is known from; `source_url`: a page.

    `takes_effect_at`: when it takes effect without an objection. `agreed_by`: its administrator, who wished it at once.
    `ended_at`: when it took effect, was stopped or dropped. `successor_id`: who is asked to stand in its place;
    `succeeded_at`: since when it does.
    """

    __tablename__ = "organisation_archiving"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (ended_at is null)", name="ended"),
        CheckConstraint("(state = 'objected') = (objection is not null)", name="objection"),
        CheckConstraint("(objection is null) = (objected_by is null)", name="objected_by"),
        CheckConstraint(
            "state not in ('effected', 'undone') or agreed_by is not null or ended_at >= takes_effect_at",
            name="told_first",
        ),
        CheckConstraint("(successor_id is null) = (successor_asked_at is null)", name="successor_asked"),
        CheckConstraint("(successor_answer is null) = (successor_answered_by is null)", name="successor_answered"),
        CheckConstraint("successor_answer is null or successor_id is not null", name="successor_named"),
        CheckConstraint("succeeded_at is null or coalesce(successor_answer = 'accepted', false)", name="succeeded"),
        CheckConstraint("successor_id <> organisation_id", name="not_itself"),
        Index("ix_organisation_archiving_successor", "successor_id", postgresql_where=text("successor_id is not null")),
        Index(
            "uq_organisation_archiving_open",
            "organisation_id",
            unique=True,
            postgresql_where=text("state in ('open', 'effected')"),
        ),
        Index("ix_organisation_archiving_organisation", "organisation_id", "created_at", "id"),
        Index("ix_organisation_archiving_due", "takes_effect_at", postgresql_where=text("state = 'open'")),
    )

    organisation_id: UUID = Field(foreign_key="organisation.id")
    reason: ArchivingReason = Field(sa_type=text_enum(ArchivingReason))
    source: str = Field(sa_type=Text)
    source_url: str | None = Field(default=None, sa_type=Text)
    state: ArchivingState = Field(default=ArchivingState.open, sa_type=text_enum(ArchivingState))
    proposed_by: UUID = Field(foreign_key="principal.id")
    takes_effect_at: datetime = Field(sa_type=Moment)
    agreed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    objection: str | None = Field(default=None, sa_type=Text)
    objected_by: UUID | None = Field(default=None, foreign_key="principal.id")
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    successor_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    successor_asked_at: datetime | None = Field(default=None, sa_type=Moment)
    successor_answer: SuccessorAnswer | None = Field(default=None, sa_type=text_enum(SuccessorAnswer))
    successor_answered_by: UUID | None = Field(default=None, foreign_key="principal.id")
    succeeded_at: datetime | None = Field(default=None, sa_type=Moment)


class OrganisationSuccession(Table, table=True):
    """That an organisation stands in an archived one's place, from when and until when; never removed.

    Of a chain each earlier one has a row of its own to the last. `until_at`: the archived one was restored.
    """

    __tablename__ = "organisation_succession"
    __table_args__ = (
        CheckConstraint("predecessor_id <> successor_id", name="not_itself"),
        CheckConstraint("until_at >= from_at", name="days"),
        Index("ix_organisation_succession_predecessor", "predecessor_id"),
        Index("ix_organisation_succession_successor", "successor_id"),
    )

    predecessor_id: UUID = Field(foreign_key="organisation.id")
    successor_id: UUID = Field(foreign_key="organisation.id")
    from_at: datetime = Field(sa_type=Moment)
    until_at: datetime | None = Field(default=None, sa_type=Moment)
