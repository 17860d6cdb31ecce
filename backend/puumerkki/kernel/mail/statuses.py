"""What a mail server's answer means: reply codes (RFC 5321) and enhanced status codes (RFC 3463, RFC 7505)."""

import re
from dataclasses import dataclass

import aiosmtplib

from puumerkki.kernel.characters import one_line
from puumerkki.kernel.mail.models import BounceKind, OutboxTrouble

_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_LONGEST = 300
_NO_SUCH_ADDRESS = {(1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (1, 6), (1, 10), (2, 1)}
"""Subject and detail of what is said of an address that takes no mail at all; 7 and 8 speak of the sender's."""
_NO_SUCH_ADDRESS_REPLIES = {521, 550, 551, 553, 556}
_MAILBOX_REPLIES = {450, 452, 552}
_ADDRESS, _MAILBOX = 1, 2
_SYSTEM, _NETWORK = 3, 4
_AUTHENTICATION_NEEDED, _CLOSING = 530, 421

Status = tuple[int, int, int]


@dataclass(frozen=True)
class Refusal:
    """Why a message did not go out, and whether that is for good. `bounce`: what it says of the address, if any."""

    permanent: bool
    trouble: OutboxTrouble
    said: str
    bounce: BounceKind | None = None


def status_in(text: str) -> Status | None:
    """The first enhanced status code in a text, as class, subject and detail."""
    found = _ENHANCED.search(text)
    return None if found is None else (int(found[1]), int(found[2]), int(found[3]))


def is_hard(status: Status) -> bool:
    """Whether the address takes no mail at all, now and later."""
    return status[0] == 5 and status[1:] in _NO_SUCH_ADDRESS


def refusal(error: Exception) -> Refusal:
    """What an error of the delivery means. What concerns us and not this message is worth waiting for."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return _answered(error.recipients[0])
    if isinstance(error, aiosmtplib.SMTPRecipientRefused | aiosmtplib.SMTPDataError):
        return _answered(error)
    if isinstance(error, aiosmtplib.SMTPNotSupported | ValueError):  # no server will take it from us
        return Refusal(True, OutboxTrouble.message, _short(f"{type(error).__name__}: {error}"))
    if isinstance(error, aiosmtplib.SMTPResponseException):  # the greeting, AUTH, MAIL FROM
        return Refusal(False, OutboxTrouble.server, _short(f"{error.code} {error.message}"))
    return Refusal(False, OutboxTrouble.server, _short(f"{type(error).__name__}: {error}"))


def _answered(error: aiosmtplib.SMTPResponseException) -> Refusal:
    said, status = _short(f"{error.code} {error.message}"), status_in(str(error.message))
    if error.code in (_AUTHENTICATION_NEEDED, _CLOSING) or not 400 <= error.code < 600:
        return Refusal(False, OutboxTrouble.server, said)
    permanent = error.code >= 500
    of_server = status is not None and status[1] in (_SYSTEM, _NETWORK) and not permanent
    trouble = OutboxTrouble.server if of_server else OutboxTrouble.message
    at_mailbox = isinstance(error, aiosmtplib.SMTPRecipientRefused)
    return Refusal(permanent, trouble, said, _bounce(error.code, status, at_mailbox=at_mailbox))


def _bounce(code: int, status: Status | None, *, at_mailbox: bool) -> BounceKind | None:
    """Only what is said of the address or its mailbox counts: our own relay may refuse us for what we are."""
    if status is not None:
        if is_hard(status) and code >= 500:
            return BounceKind.hard
        return BounceKind.soft if status[1] in (_ADDRESS, _MAILBOX) else None
    if at_mailbox and code in _NO_SUCH_ADDRESS_REPLIES:
        return BounceKind.hard
    return BounceKind.soft if code in _MAILBOX_REPLIES else None


def _short(text: str) -> str:
    return one_line(text)[:_LONGEST]
