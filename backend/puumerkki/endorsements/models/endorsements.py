"""The endorsements: each bound to one version by its frozen snapshot."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Computed,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Sequence,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import Text
from sqlmodel import Field, SQLModel

from puumerkki.applications.models.applications import version_key
from puumerkki.kernel.db import Aggregate, Json, Moment, metadata, text_enum

status_index = Sequence("endorsement_status_index", start=0, minvalue=0, metadata=metadata)


class EndorsementState(StrEnum):
    """What an endorsement is worth. Expiry is derived from `valid_until`, never stored."""

    valid = "valid"
    superseded = "superseded"
    revoked = "revoked"


class Endorsement(Aggregate, table=True):
    """A puumerkki. `in_force` is true or null: the gate's foreign key points at it, and a handling has one at most.

    `snapshot`: RFC 8785 bytes of the version; `digest`: their SHA-256. `valid_until`: the last day. `conditions`:
    `{"text": …, "met": bool, "when": "before" | "later"}`, in the same order `condition_notes` (see there), which the
    network alone sees. `status_index`: its bit in the status list.
    `prolonged_at`: it was given a later last day and a new credential, which happens once. `told_until`: the last day
    of which all parties were told beforehand. `turnout`: `{"electorate", "stood_aside", "voted"}` of the
    decision, with its `"version"` once the endorsement has moved to another.
    """

    __tablename__ = "endorsement"
    __table_args__ = (
        CheckConstraint("digest = sha256(snapshot)", name="digest"),
        CheckConstraint("valid_until >= valid_from", name="validity"),
        UniqueConstraint(
            "id", "application_id", "version_number", "network_id", "in_force", name="uq_endorsement_gate"
        ),
        UniqueConstraint("handling_id", "in_force", name="uq_endorsement_in_force"),
        ForeignKeyConstraint(
            ["handling_id", "application_id", "network_id"],
            ["handling.id", "handling.application_id", "handling.network_id"],
            name="fk_endorsement_handling",
        ),
        version_key(),
        Index("ix_endorsement_issued", "issued_at", "id"),
        Index("ix_endorsement_network", "network_id", "issued_at", "id"),
        Index("ix_endorsement_until", "valid_until", postgresql_where=text("state = 'valid'")),
        Index("ix_endorsement_ended", "status_index", postgresql_where=text("state <> 'valid'")),
        Index("ix_endorsement_conditional", "network_id", "handling_id", postgresql_where=text("conditions <> '[]'")),
    )

    number: str = Field(unique=True, sa_type=Text)
    network_id: UUID = Field(foreign_key="network.id")
    application_id: UUID = Field(foreign_key="application.id", index=True)
    handling_id: UUID = Field(foreign_key="handling.id", index=True)
    version_number: int
    snapshot: bytes = Field(sa_type=LargeBinary)
    digest: bytes = Field(sa_type=LargeBinary)
    conditions: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    condition_notes: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    state: EndorsementState = Field(default=EndorsementState.valid, sa_type=text_enum(EndorsementState))
    in_force: bool | None = Field(
        default=None,
        sa_type=Boolean,
        sa_column_args=[Computed("case when state = 'valid' then true end", persisted=True)],
    )
    issued_at: datetime = Field(sa_type=Moment)
    valid_from: date
    valid_until: date
    credential: str = Field(sa_type=Text)
    kid: str = Field(foreign_key="signing_key.kid", sa_type=Text)
    status_index: int = Field(sa_type=Integer, sa_column_args=[status_index], unique=True)
    prolonged_at: datetime | None = Field(default=None, sa_type=Moment)
    told_until: date | None = None
    turnout: dict[str, Any] | None = Field(default=None, sa_type=Json)
    superseded_by_id: UUID | None = Field(default=None, foreign_key="endorsement.id")
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_reason: str | None = Field(default=None, sa_type=Text)


class EndorsementCounter(SQLModel, table=True):
    """The last number that a network gave in a year."""

    __tablename__ = "endorsement_counter"

    network_id: UUID = Field(foreign_key="network.id", primary_key=True)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int
