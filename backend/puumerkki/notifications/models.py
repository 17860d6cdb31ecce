"""What waits and who was told of it, as rows: the worker keeps them from what the rooms declare."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.types import BigInteger, Date, Text
from sqlmodel import Field, SQLModel

from puumerkki.kernel.db import Moment, Table, text_enum

OPEN = text("closed_at is null")


class OpenTask(Table, table=True):
    """Something that waits, or did until `closed_at`: one row for each kind, subject, scope and organisation.

    `permissions`: of which somebody needs one in the scope, apart by commas; none: it is for `person_id` alone.
    `opened_at`: when the worker saw it first; `since`: since when it waits, as its room says. `silent`: it was there
    when the rows were made anew, and nobody is told of it. `reminded`: of which step its people were last told; a day
    that is moved begins anew.
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


class Step(StrEnum):
    """What a notice of a task is: that it opened, or a reminder of one that is still open."""

    opened = "opened"
    week_before = "week_before"
    day_before = "day_before"
    late = "late"


class Notice(Table, table=True):
    """That one person is told of one task, once for each step; of a reminder, once for each day that was set.

    `send_at`: from when on the mail may go out; null where it goes into a digest, or where its room wrote a mail.
    `mailed_at`: when a mail that tells of it was written; `dropped_at`: what it tells was over before a mail was.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "uq_notice_step",
            "principal_id",
            "task_id",
            "step",
            "due_on",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_notice_reader", "principal_id", "created_at", "id"),
        Index("ix_notice_task", "task_id"),
        Index("ix_notice_mailed", "mailed_at"),
        Index("ix_notice_unseen", "principal_id", postgresql_where=text("seen_at is null")),
        Index(
            "ix_notice_to_send",
            "send_at",
            postgresql_where=text("send_at is not null and mailed_at is null and dropped_at is null"),
        ),
        Index(
            "ix_notice_to_gather",
            "principal_id",
            postgresql_where=text("in_digest and mailed_at is null and dropped_at is null"),
        ),
        CheckConstraint("send_at is null or not in_digest", name="one_way"),
    )

    principal_id: UUID = Field(foreign_key="principal.id")
    task_id: UUID = Field(foreign_key="task.id")
    step: Step = Field(sa_type=text_enum(Step))
    due_on: date | None = Field(default=None, sa_type=Date)
    seen_at: datetime | None = Field(default=None, sa_type=Moment)
    send_at: datetime | None = Field(default=None, sa_type=Moment)
    in_digest: bool = False
    mailed_at: datetime | None = Field(default=None, sa_type=Moment)
    dropped_at: datetime | None = Field(default=None, sa_type=Moment)


class NoticeRow(StrEnum):
    """What a person chooses for: one row of the page of choices."""

    tasks = "tasks"
    reminders = "reminders"


class Channel(StrEnum):
    """How somebody is told: by email at once, by email once a day, or in the service only."""

    now = "now"
    daily = "daily"
    bell = "bell"


class NoticeChoice(SQLModel, table=True):
    """What a person chose; what they never touched follows the defaults."""

    __tablename__ = "notice_choice"

    principal_id: UUID = Field(foreign_key="principal.id", primary_key=True)
    row: NoticeRow = Field(sa_type=text_enum(NoticeRow), primary_key=True)
    channel: Channel = Field(sa_type=text_enum(Channel))


class TaskPosition(SQLModel, table=True):
    """How far the worker has followed the feed, in its one row. `swept_at`: when all rows were last compared."""

    __tablename__ = "task_position"

    id: int = Field(default=1, primary_key=True)
    position: int = Field(default=0, sa_type=BigInteger)
    swept_at: datetime | None = Field(default=None, sa_type=Moment)
