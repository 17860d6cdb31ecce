"""Needs seen in an area."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text
from sqlmodel import Field

from puumerkki.kernel.db import Aggregate, Moment, text_enum
from puumerkki.kernel.external_ids import KnownElsewhere


class NeedState(StrEnum):
    """Where a need is in its life."""

    raised = "raised"
    agreed = "agreed"
    being_met = "being_met"
    met = "met"
    dropped = "dropped"


class Need(Aggregate, KnownElsewhere, table=True):
    """A need in a municipality or a part of it, raised in a network for an organisation."""

    __tablename__ = "need"
    __table_args__ = (
        Index("ix_need_created", "created_at", "id"),
        Index("ix_need_sort", "sort_key", "id"),
        Index("ix_need_network", "network_id", "created_at", "id"),
        Index(
            "ix_need_external",
            "network_id",
            "external_scheme",
            "external_id",
            postgresql_where=text("external_id is not null"),
        ),
        Index("ix_need_raised", "network_id", "created_at", "id", postgresql_where=text("state = 'raised'")),
        Index(
            "ix_need_search_words", text("to_tsvector('finnish', title || ' ' || description)"), postgresql_using="gin"
        ),
    )

    network_id: UUID = Field(foreign_key="network.id")
    municipality_code: str = Field(foreign_key="municipality.code", sa_type=Text, index=True)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    target_groups: list[str] = Field(default_factory=list, sa_type=ARRAY(Text()))
    title: str = Field(sa_type=Text)
    sort_key: str = Field(default="", sa_type=Text, nullable=False)
    description: str = Field(sa_type=Text)
    evidence: str | None = Field(default=None, sa_type=Text)
    language: str = Field(default="fi", sa_type=Text)
    raised_by: UUID | None = Field(default=None, foreign_key="principal.id")
    """None for what the operator's command brought in."""
    raised_for_organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id", index=True)
    state: NeedState = Field(default=NeedState.raised, sa_type=text_enum(NeedState))
    agreed_at: datetime | None = Field(default=None, sa_type=Moment)
    """When the network first agreed: one that was dropped before that is not public."""
    closing_note: str | None = Field(default=None, sa_type=Text)
