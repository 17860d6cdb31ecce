"""What a group asked of a host, and what the host was told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from puumerkki.kernel.db import Moment


class HostAsking(SQLModel, table=True):
    """That a group asked a host to answer for it, and what the host was told. It outlives the relation.

    `told_at`: when the host was last written to. `tell_at`: when that is tried again; null where nothing waits.
    `asked_by` is null for what was asked before this was kept.
    """

    __tablename__ = "host_asking"
    __table_args__ = (
        CheckConstraint("told_at is not null or tell_at is not null", name="told_or_waits"),
        Index("ix_host_asking_waits", "tell_at", postgresql_where=text("tell_at is not null")),
    )

    group_id: UUID = Field(foreign_key="organisation.id", primary_key=True)
    host_id: UUID = Field(foreign_key="organisation.id", primary_key=True, index=True)
    asked_by: UUID | None = Field(default=None, foreign_key="principal.id")
    told_at: datetime | None = Field(default=None, sa_type=Moment)
    tell_at: datetime | None = Field(default=None, sa_type=Moment)
