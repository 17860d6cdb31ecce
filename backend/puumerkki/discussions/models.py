"""Comments, points to mend and attachments, for any subject."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger, Text, Uuid
from sqlmodel import Field

from puumerkki.kernel.db import Aggregate, Moment, text_enum


class Audience(StrEnum):
    """Who may read: `applicants`: all parties of the case; `network`, `authority`: only they."""

    applicants = "applicants"
    network = "network"
    authority = "authority"


class Comment(Aggregate, table=True):
    """A comment on a subject, or on one `part` of it. A removed one keeps its place without its text.

    `mentioned_ids`: the people whom the text names as `@[id]`; each could read it when they were named.
    """

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_subject", "subject_id", "created_at", "id"),)

    subject_kind: str = Field(sa_type=Text)
    subject_id: UUID
    audience: Audience = Field(sa_type=text_enum(Audience))
    author_id: UUID = Field(foreign_key="principal.id", index=True)
    part: str | None = Field(default=None, sa_type=Text)
    body: str | None = Field(default=None, sa_type=Text)
    mentioned_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    reply_to_id: UUID | None = Field(default=None, foreign_key="comment.id")
    removed_at: datetime | None = Field(default=None, sa_type=Moment)


class PointState(StrEnum):
    """Where a requested addition is."""

    open = "open"
    answered = "answered"
    settled = "settled"


class PointToMend(Aggregate, table=True):
    """What must be mended in a subject, and what was answered. `part` names the part of the application."""

    __tablename__ = "point_to_mend"
    __table_args__ = (
        Index("ix_point_to_mend_subject", "subject_id", "created_at", "id"),
        CheckConstraint("state = 'open' or answer is not null or state = 'settled'", name="answer"),
    )

    subject_kind: str = Field(sa_type=Text)
    subject_id: UUID
    part: str | None = Field(default=None, sa_type=Text)
    body: str = Field(sa_type=Text)
    raised_by: UUID = Field(foreign_key="principal.id")
    answer: str | None = Field(default=None, sa_type=Text)
    answered_by: UUID | None = Field(default=None, foreign_key="principal.id")
    state: PointState = Field(default=PointState.open, sa_type=text_enum(PointState))


class Attachment(Aggregate, table=True):
    """A file on a subject; its bytes lie in the file store under its id. `digest`: SHA-256 in hex."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_subject", "subject_id", "created_at", "id"),
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
    )

    subject_kind: str = Field(sa_type=Text)
    subject_id: UUID
    audience: Audience = Field(sa_type=text_enum(Audience))
    name: str = Field(sa_type=Text)
    media_type: str = Field(sa_type=Text)
    size: int = Field(sa_type=BigInteger)
    digest: str = Field(sa_type=Text)
    uploaded_by: UUID = Field(foreign_key="principal.id")
    removed_at: datetime | None = Field(default=None, sa_type=Moment)
