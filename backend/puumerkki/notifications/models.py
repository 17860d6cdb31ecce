"""What waits and who was told of it, as rows: the worker keeps them from what the rooms declare."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.types import BigInteger, Date, Text
from sqlmodel import Field, SQLModel

from puumerkki.kernel.db import Moment, Table, text_enum
from puumerkki.kernel.eventlog.events import Tier
from puumerkki.kernel.tells import NoticeRow

OPEN = text("closed_at is null")


class OpenTask(Table, table=True):
    """Something that waits, or did until `closed_at`: one row for each kind, subject, scope and organisation.

    `permissions`: of which somebody needs one in the scope, apart by commas; none: it is for `person_id` alone.
    `opened_at`: when the worker saw it first; `since`: since when it waits, as its room says. `silent`: it was there
    when the rows were made anew, and nobody is told of it. `reminded`: of which step its people were last told, at
    `reminded_at`; `passed_on`: to how many further circles it was passed on when it was late. A day that is moved
    begins anew.
    """

    __tablename__ = "task"
    __table_args__ = (
        Index(
            "uq_task_open",
            "kind",
            "subject_id",
            "permissions",
            "scope_id",
            "person_id",
            "network_id",
            "organisation_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=OPEN,
        ),
        Index("ix_task_subject", "subject_id", postgresql_where=OPEN),
        Index("ix_task_due", "due_on", postgresql_where=OPEN),
        Index("ix_task_closed", "closed_at", postgresql_where=text("closed_at is not null")),
    )

    kind: str = Field(sa_type=Text)
    permissions: str = Field(sa_type=Text)
    subject_kind: str = Field(sa_type=Text)
    subject_id: UUID
    scope_id: UUID | None = None
    person_id: UUID | None = None
    network_id: UUID | None = None
    organisation_id: UUID | None = None
    due_on: date | None = Field(default=None, sa_type=Date)
    since: datetime = Field(sa_type=Moment)
    opened_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    silent: bool = False
    reminded: str | None = Field(default=None, sa_type=Text)
    reminded_at: datetime | None = Field(default=None, sa_type=Moment)
    passed_on: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})


class Step(StrEnum):
    """What a notice of a task is: that it opened, or a reminder of one that is still open."""

    opened = "opened"
    week_before = "week_before"
    day_before = "day_before"
    late = "late"
    weekly = "weekly"
    two_thirds = "two_thirds"
    after_week = "after_week"
    after_three_weeks = "after_three_weeks"
    passed_on = "passed_on"
    """It is late, and not done by those for whom it is."""
    late_elsewhere = "late_elsewhere"
    """Tasks of this kind are late in a network or organisation; which ones an operator does not learn."""
    told = "told"
    """Not of a task: somebody did something."""


PASSED = frozenset({Step.passed_on, Step.late_elsewhere})
"""Of a task of others."""


class Channel(StrEnum):
    """How somebody is told: by email at once, by email once a day or week, or in the service only."""

    now = "now"
    daily = "daily"
    weekly = "weekly"
    bell = "bell"


class Digest(StrEnum):
    """Into which digest a notice goes."""

    daily = "daily"
    weekly = "weekly"


class Notice(Table, table=True):
    """That one person is told of one task, once for each step; of a reminder, once for each day that was set.

    Or of an event, once: `position` is its place in the feed, `kind` its type. Events of one kind on one thing that are
    told together are one notice: of the last of them, and `count` says how many. `root_kind`, `root_id`: under what
    they are gathered; `tier`: who may read it, null for whoever it is told; `row`: for which choice.

    `send_at`: from when on the mail may go out; null where it goes into a digest, or where its room wrote a mail.
    `mailed_at`: when a mail that tells of it was written; `dropped_at`: what it tells was over before a mail was.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "uq_notice_step",
            "principal_id",
            "task_id",
            "position",
            "kind",
            "step",
            "due_on",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_notice_reader", "principal_id", "created_at", "id"),
        Index("ix_notice_task", "task_id"),
        Index("ix_notice_mailed", "mailed_at"),
        Index("ix_notice_created", "created_at", postgresql_using="brin"),
        Index("ix_notice_unseen", "principal_id", postgresql_where=text("seen_at is null")),
        Index(
            "ix_notice_to_send",
            "send_at",
            postgresql_where=text("send_at is not null and mailed_at is null and dropped_at is null"),
        ),
        Index(
            "ix_notice_to_gather",
            "principal_id",
            postgresql_where=text("digest is not null and mailed_at is null and dropped_at is null"),
        ),
        CheckConstraint("send_at is null or digest is null", name="one_way"),
        CheckConstraint("num_nonnulls(task_id, position) = 1", name="of_one"),
        CheckConstraint("(position is null) = (step <> 'told')", name="told"),
    )

    principal_id: UUID = Field(foreign_key="principal.id")
    task_id: UUID | None = Field(default=None, foreign_key="task.id")
    position: int | None = Field(default=None, sa_type=BigInteger)
    kind: str | None = Field(default=None, sa_type=Text)
    tier: Tier | None = Field(default=None, sa_type=text_enum(Tier))
    subject_kind: str | None = Field(default=None, sa_type=Text)
    subject_id: UUID | None = None
    root_kind: str | None = Field(default=None, sa_type=Text)
    root_id: UUID | None = None
    network_id: UUID | None = None
    organisation_id: UUID | None = None
    count: int = 1
    row: NoticeRow | None = Field(default=None, sa_type=text_enum(NoticeRow))
    step: Step = Field(sa_type=text_enum(Step))
    due_on: date | None = Field(default=None, sa_type=Date)
    seen_at: datetime | None = Field(default=None, sa_type=Moment)
    send_at: datetime | None = Field(default=None, sa_type=Moment)
    digest: Digest | None = Field(default=None, sa_type=text_enum(Digest))
    mailed_at: datetime | None = Field(default=None, sa_type=Moment)
    dropped_at: datetime | None = Field(default=None, sa_type=Moment)


class NoticeChoice(SQLModel, table=True):
    """What a person chose; what they never touched follows the defaults."""

    __tablename__ = "notice_choice"

    principal_id: UUID = Field(foreign_key="principal.id", primary_key=True)
    row: NoticeRow = Field(sa_type=text_enum(NoticeRow), primary_key=True)
    channel: Channel = Field(sa_type=text_enum(Channel))


class NoticeException(SQLModel, table=True):
    """How somebody is told of what happens in one network or organisation, or on one thing, against their choices."""

    __tablename__ = "notice_exception"

    principal_id: UUID = Field(foreign_key="principal.id", primary_key=True)
    subject_id: UUID = Field(primary_key=True)
    subject_kind: str = Field(sa_type=Text)
    channel: Channel = Field(sa_type=text_enum(Channel))


class FollowedKind(StrEnum):
    """What can be followed, as kinds of subjects: an organisation is followed as a funder, for its calls."""

    funding_call = "funding_call"
    need = "need"
    network = "network"
    organisation = "organisation"


class Follow(Table, table=True):
    """That a person follows something, as long as they may read it.

    An organisation keeps its followers when it is merged into another: they are looked up through `merged_into_id`.
    """

    __tablename__ = "follow"
    __table_args__ = (
        UniqueConstraint("principal_id", "subject_kind", "subject_id"),
        Index("ix_follow_subject", "subject_id"),
    )

    principal_id: UUID = Field(foreign_key="principal.id")
    subject_kind: FollowedKind = Field(sa_type=text_enum(FollowedKind))
    subject_id: UUID


class NoticeDays(SQLModel, table=True):
    """What a person chose; who did not is written to by their roles: an authority's people on weekdays."""

    __tablename__ = "notice_days"

    principal_id: UUID = Field(foreign_key="principal.id", primary_key=True)
    weekdays_only: bool


class TaskPosition(SQLModel, table=True):
    """How far the worker has followed the feed, in its one row. `swept_at`: when all rows were last compared."""

    __tablename__ = "task_position"

    id: int = Field(default=1, primary_key=True)
    position: int = Field(default=0, sa_type=BigInteger)
    swept_at: datetime | None = Field(default=None, sa_type=Moment)
