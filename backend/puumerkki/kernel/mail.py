"""Mail: an outbox in the database, delivered by a job to an SMTP server or, in a demo, to a folder.

A message is written in the transaction of what it tells, so that it goes out if and only if that happened.
"""

import asyncio
import os
import ssl
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib
from jinja2 import Environment, PackageLoader, StrictUndefined
from procrastinate import RetryStrategy
from sqlalchemy import Index, func, text
from sqlalchemy.types import Text
from sqlmodel import Field, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock, jobs
from puumerkki.kernel.characters import without_links
from puumerkki.kernel.db import Moment, Table, transaction
from puumerkki.kernel.files import private_folder
from puumerkki.kernel.settings import get_settings

SIGNATURES: Mapping[str, str] = {
    "fi": "Tämä on automaattinen viesti palvelusta Puumerkki. Viestiin ei voi vastata.",
    "sv": "Detta är ett automatiskt meddelande från tjänsten Puumerkki. Det går inte att svara på det.",
    "en": "This is an automatic message from Puumerkki. Please do not reply.",
}
"""How every message ends."""
ABOUT_ONCE_IN = timedelta(days=1)
"""So often, at most, a mailbox is written to about one thing that somebody asks again and again."""


class OutboxMessage(Table, table=True):
    """A message to one address. `sent_at` is set when the server has taken it.

    `asked_by`: who asks something of somebody who never agreed to be written to, so that such mail can be counted.
    `about`: what it is about; about one thing a mailbox gets one mail a day. `due_at`: when a later one goes out.
    """

    __tablename__ = "mail_outbox"
    __table_args__ = (
        Index("ix_mail_outbox_asked", "created_at", "asked_by", postgresql_where=text("asked_by is not null")),
        Index("ix_mail_outbox_about", "recipient", "about", postgresql_where=text("about is not null")),
    )

    recipient: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)
    language: str = Field(sa_type=Text)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int = 0
    asked_by: UUID | None = None
    about: str | None = Field(default=None, sa_type=Text)
    due_at: datetime | None = Field(default=None, sa_type=Moment)


@lru_cache
def _templates(package: str) -> Environment:
    return Environment(
        loader=PackageLoader(package, "mails"), undefined=StrictUndefined, autoescape=False, trim_blocks=True
    )


async def send(
    session: AsyncSession,
    *,
    to: str,
    package: str,
    template: str,
    language: str,
    asked_by: UUID | None = None,
    about: str | None = None,
    **context: object,
) -> None:
    """Put a message into the outbox.

    `about`: what may be done again and again, named so that it is the same thing each time. Another about it
    to this mailbox goes out a day after the last, as it was last said: the newest takes the waiting one's place.

    The template is `mails/<template>.<language>.txt` in the room's package; its first line is the subject. The
    signature comes by itself. What people wrote goes in on one line and without links, but for links to this service.
    """
    written = _templates(package).get_template(f"{template}.{language}.txt").render(**_harmless(context))
    subject, _, body = written.partition("\n")
    signed = f"{body.strip()}\n\n{SIGNATURES[language]}\n"
    message = OutboxMessage(
        recipient=to,
        subject=" ".join(subject.split()),
        body=signed,
        language=language,
        asked_by=asked_by,
        about=about,
    )
    if about is not None and (last := await _last_about(session, to, about)) is not None:
        if last.due_at is not None and last.due_at > clock.now():
            last.subject, last.body, last.language = message.subject, message.body, message.language
            return
        message.due_at = (last.due_at or last.created_at) + ABOUT_ONCE_IN
    session.add(message)
    await session.flush()
    await jobs.defer(session, deliver_mail, at=message.due_at, message_id=str(message.id))


async def _last_about(session: AsyncSession, to: str, about: str) -> OutboxMessage | None:
    """The newest message about something to a mailbox, if it is of the last day or still waits for its moment."""
    connection = await session.connection()
    await connection.execute(text("select pg_advisory_xact_lock(hashtext(:about))"), {"about": f"{to} {about}"})
    moment = func.coalesce(col(OutboxMessage.due_at), col(OutboxMessage.created_at))
    statement = (
        select(OutboxMessage)
        .where(
            col(OutboxMessage.recipient) == to,
            col(OutboxMessage.about) == about,
            moment > clock.now() - ABOUT_ONCE_IN,
        )
        .order_by(moment.desc(), col(OutboxMessage.id).desc())
        .limit(1)
    )
    return (await session.exec(statement)).first()


class Link(str):
    """A link that we made. No text of somebody else's is one, however it begins."""


def link(language: str, path: str) -> Link:
    """A page of the app for a mail, in the reader's language."""
    return Link(f"{get_settings().public_url}/{language}/{path}")


def _harmless(given: Any) -> Any:
    """Nobody writes mails in our name: neither by a name of several lines nor by one that is a link."""
    if isinstance(given, str):
        return given if isinstance(given, Link) else without_links(given)
    if isinstance(given, Mapping):
        return {name: _harmless(one) for name, one in given.items()}
    if isinstance(given, list | tuple):
        return [_harmless(one) for one in given]
    return given


AGAIN = RetryStrategy(max_attempts=14, exponential_wait=2)
"""A mail server may be away: we try again after 2, 4, 8 … seconds, and give up after nine hours."""


@jobs.app.task(name="mail.deliver", queue="mail", retry=AGAIN, pass_context=False)
async def deliver_mail(message_id: str) -> None:
    """Deliver one message. A message already sent, or being sent by another worker, is left alone."""
    async with transaction(jobs.sessions()) as session:
        await deliver(session, UUID(message_id))


async def deliver(session: AsyncSession, message_id: UUID) -> bool:
    """Deliver within a transaction that locks the message; whether it went out now."""
    found = await session.exec(
        select(OutboxMessage)
        .where(col(OutboxMessage.id) == message_id, col(OutboxMessage.sent_at).is_(None))
        .with_for_update(skip_locked=True)
    )
    row = found.one_or_none()
    if row is None:
        return False
    row.attempts += 1
    await _hand_over(compose(row))
    row.sent_at = clock.now()
    return True


def compose(row: OutboxMessage) -> EmailMessage:
    """The message as it goes over the wire; its Message-ID is that of the row, so that a repeat can be recognised."""
    message = EmailMessage(policy=SMTP)
    message["From"] = get_settings().mail_from
    message["To"] = row.recipient
    message["Subject"] = row.subject
    message["Date"] = format_datetime(row.created_at)
    message["Message-ID"] = f"<{row.id.hex}@puumerkki.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(row.body)
    message["Content-Language"] = row.language  # after the content, which clears headers of its own
    return message


async def _hand_over(message: EmailMessage) -> None:
    url = get_settings().mail_url
    parts = urlsplit(url)
    if parts.scheme == "folder":
        await asyncio.to_thread(_put_into_folder, message)
        return
    await aiosmtplib.send(
        message,
        hostname=parts.hostname,
        port=parts.port or (465 if parts.scheme == "smtps" else 25),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=parts.scheme == "smtps",
        tls_context=ssl.create_default_context() if parts.scheme == "smtps" else None,
        timeout=30,
    )


def _put_into_folder(message: EmailMessage) -> None:
    name = str(message["Message-ID"]).strip("<>").split("@")[0]
    path = private_folder(mail_folder()) / f"{name}.eml"
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(message.as_bytes())


def mail_folder() -> Path:
    """Where mail goes in a demo."""
    settings = get_settings()
    given = urlsplit(settings.mail_url).path
    return Path(given) if given else (settings.data_dir or Path(".")) / "mail"
