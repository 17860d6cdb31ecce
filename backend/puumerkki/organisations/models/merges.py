"""That two rows of the directory were one organisation, and what their merge changed."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.types import Text
from sqlmodel import Field

from puumerkki.kernel.db import Json, Moment, Table

TIME_TO_UNDO = timedelta(days=30)
"""So long a merge can be undone; then what the rows held before is forgotten."""


class OrganisationMerge(Table, table=True):
    """One organisation went into another. `changes`: what each row held that it changed (`service.merge_record`).

    `identifiers`: what the one that remains took from the other. Both are null once it was undone or the days are over.
    """

    __tablename__ = "organisation_merge"
    __table_args__ = (
        CheckConstraint("organisation_id <> into_id", name="not_itself"),
        CheckConstraint("(undone_at is null) = (undone_by is null)", name="undone"),
        CheckConstraint("undone_at is null or changes is null", name="forgotten"),
        CheckConstraint("(changes is null) = (identifiers is null)", name="noted"),
        Index(
            "uq_organisation_merge_standing", "organisation_id", unique=True, postgresql_where=text("undone_at is null")
        ),
        Index("ix_organisation_merge_into", "into_id"),
        Index("ix_organisation_merge_noted", "created_at", postgresql_where=text("changes is not null")),
    )

    organisation_id: UUID = Field(foreign_key="organisation.id")
    into_id: UUID = Field(foreign_key="organisation.id")
    reason: str = Field(sa_type=Text)
    merged_by: UUID = Field(foreign_key="principal.id")
    changes: list[dict[str, Any]] | None = Field(default=None, sa_type=Json)
    identifiers: dict[str, str] | None = Field(default=None, sa_type=Json)
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_by: UUID | None = Field(default=None, foreign_key="principal.id")
