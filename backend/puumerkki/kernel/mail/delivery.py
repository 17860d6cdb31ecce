"""Handing messages over to a mail server, again and again for some days, or putting them into a folder."""

import asyncio
import os
import ssl
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib
from procrastinate import RetryStrategy
from sqlalchemy import ColumnElement, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock, jobs
from puumerkki.kernel.db import transaction
from puumerkki.kernel.files import private_folder
from puumerkki.kernel.mail import addresses
from puumerkki.kernel.mail.composing import compose
from puumerkki.kernel.mail.models import OutboxMessage, OutboxTrouble
from puumerkki.kernel.mail.return_path import return_path
from puumerkki.kernel.mail.statuses import Refusal, refusal
from puumerkki.kernel.settings import get_settings

GIVE_UP_AFTER = timedelta(days=4)
"""So long we try (RFC 5321, 4.5.4.1)."""
LONGEST_WAIT = timedelta(hours=4)
"""We try again after 2, 4, 8 … seconds, and at last every four hours."""
ADDRESS_FAILING = "address_failing"
AGAIN = RetryStrategy(max_attempts=14, exponential_wait=2)
"""For what is no mail server's answer, such as a database that is away."""


@jobs.app.task(name="mail.deliver", queue="mail", retry=AGAIN, pass_context=False)
async def deliver_mail(message_id: str) -> None:
    """Try to deliver one message. One that is sent, given up, or being sent by another worker, is left alone."""
    row_id = UUID(message_id)
    # by itself: a try that ends the process is one as well
    async with transaction(jobs.sessions()) as session:
        await session.exec(
            update(OutboxMessage)
            .where(
                col(OutboxMessage.id).in_(
                    select(OutboxMessage.id).where(*_open(row_id)).with_for_update(skip_locked=True)
                )
            )
            .values(attempts=OutboxMessage.attempts + 1)
        )
    async with transaction(jobs.sessions()) as session:
        await deliver(session, row_id)


def _open(row_id: UUID) -> tuple[ColumnElement[bool], ...]:
    sent, failed = col(OutboxMessage.sent_at), col(OutboxMessage.failed_at)
    return col(OutboxMessage.id) == row_id, sent.is_(None), failed.is_(None)


async def deliver(session: AsyncSession, message_id: UUID) -> bool:
    """Try within a transaction that locks the message; whether it went out now. What is worth it is tried again."""
    found = await session.exec(
        select(OutboxMessage)
        .where(*_open(message_id))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    row = found.one_or_none()
    if row is None:
        return False
    if not row.identity and await addresses.failing(session, [row.recipient]):
        row.failed_at, row.last_error, row.trouble = clock.now(), ADDRESS_FAILING, OutboxTrouble.message
        return False
    refused = await _hand_over(row)
    if refused is not None:
        await _put_off(session, row, refused)
        return False
    row.sent_at, row.last_error, row.trouble = clock.now(), None, None
    return True


async def _put_off(session: AsyncSession, row: OutboxMessage, refused: Refusal) -> None:
    row.last_error, row.trouble = refused.said, refused.trouble
    again = clock.now() + min(timedelta(seconds=2 ** min(row.attempts, 20)), LONGEST_WAIT)
    if not refused.permanent and again < (row.due_at or row.created_at) + GIVE_UP_AFTER:
        await jobs.defer(session, deliver_mail, at=again, message_id=str(row.id))
        return
    row.failed_at = clock.now()
    if refused.bounce is not None:
        await addresses.note_bounce(session, row, refused.bounce, refused.said)


async def _hand_over(row: OutboxMessage) -> Refusal | None:
    """Why the server did not take the message. What fails after its yes, fails nobody."""
    taken = False
    try:
        message = compose(row)
        if urlsplit(get_settings().mail_url).scheme == "folder":
            await asyncio.to_thread(_put_into_folder, message)
            return None
        sender = return_path(row.id)
        async with _server() as server:
            await server.send_message(message, sender=sender, recipients=[row.recipient])
            taken = True
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        return None if taken else refusal(error)
    return None


def _server() -> aiosmtplib.SMTP:
    parts = urlsplit(get_settings().mail_url)
    secure = parts.scheme == "smtps"
    return aiosmtplib.SMTP(
        hostname=parts.hostname,
        port=parts.port or (465 if secure else 25),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=secure,
        tls_context=ssl.create_default_context() if secure else None,
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
