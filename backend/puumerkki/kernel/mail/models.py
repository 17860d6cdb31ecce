"""The outbox, and what is known of the addresses that it writes to."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.types import Text
from sqlmodel import Field, SQLModel

from puumerkki.kernel.db import Json, Moment, Table, text_enum


class OutboxTrouble(StrEnum):
    """What kept a message from going out: the server takes nothing from us, or not this message to this address."""

    server = "server"
    message = "message"


class BounceKind(StrEnum):
    """How a mailbox refused a message: for good (RFC 3463: no such address), or as one that may take the next."""

    hard = "hard"
    soft = "soft"


class OutboxMessage(Table, table=True):
    """A message to one address. `sent_at` is set when the server has taken it, `failed_at` when we gave it up.

    `asked_by`: who asks something of somebody who never agreed to be written to, so that such mail can be counted.
    `about`: what it is about; about one thing a mailbox gets one mail a day. `due_at`: when a later one goes out.
    `html`: the words of `body` once more. `calendar`: an iCalendar object (RFC 5546) with its METHOD. `headers`: what
    the message says of itself beside the usual. `sender`: in whose name we write. `root`: the thing whose messages are
    one thread. `identity`: a link with which somebody proves who they are, sent even where mail does not get through.
    `attempts`, `last_error`, `trouble`: how often it was tried and what came in between. `bounced_at`, `bounce`: the
    mailbox sent it back.
    """

    __tablename__ = "mail_outbox"
    __table_args__ = (
        Index("ix_mail_outbox_asked", "created_at", "asked_by", postgresql_where=text("asked_by is not null")),
        Index("ix_mail_outbox_about", "recipient", "about", postgresql_where=text("about is not null")),
        Index("ix_mail_outbox_waiting", "created_at", postgresql_where=text("sent_at is null and failed_at is null")),
        Index("ix_mail_outbox_failed", "failed_at", postgresql_where=text("failed_at is not null")),
        Index(
            "ix_mail_outbox_bounced",
            text("lower(recipient)"),
            "bounced_at",
            postgresql_where=text("bounced_at is not null"),
        ),
    )

    recipient: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)
    html: str | None = Field(default=None, sa_type=Text)
    calendar: str | None = Field(default=None, sa_type=Text)
    headers: dict[str, str] = Field(default_factory=dict, sa_type=Json, nullable=False)
    sender: str | None = Field(default=None, sa_type=Text)
    root: str | None = Field(default=None, sa_type=Text)
    language: str = Field(sa_type=Text)
    identity: bool = False
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int = 0
    last_error: str | None = Field(default=None, sa_type=Text)
    trouble: OutboxTrouble | None = Field(default=None, sa_type=text_enum(OutboxTrouble))
    failed_at: datetime | None = Field(default=None, sa_type=Moment)
    bounced_at: datetime | None = Field(default=None, sa_type=Moment)
    bounce: BounceKind | None = Field(default=None, sa_type=text_enum(BounceKind))
    asked_by: UUID | None = None
    about: str | None = Field(default=None, sa_type=Text)
    due_at: datetime | None = Field(default=None, sa_type=Moment)


class MailAddress(SQLModel, table=True):
    """What is known of an address, in lower case: since when mail does not get through, when somebody last proved it.

    An address of which nothing is known has no row. `said`: what its server said, for whoever looks for the cause.
    """

    __tablename__ = "mail_address"
    __table_args__ = (Index("ix_mail_address_failing", "failed_at", postgresql_where=text("failed_at is not null")),)

    address: str = Field(primary_key=True, sa_type=Text)
    failed_at: datetime | None = Field(default=None, sa_type=Moment)
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    said: str | None = Field(default=None, sa_type=Text)
