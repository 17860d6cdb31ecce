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


class OrganisationArchiving(Table, table=True):
    """That an organisation is to be archived, or was. `source`: where the reason is known from; `source_url`: a page.

    `takes_effect_at`: when it takes effect without an objection. `agreed_by`: its administrator, who wished it at once.
    `ended_at`: when it took effect, was stopped or dropped.
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
