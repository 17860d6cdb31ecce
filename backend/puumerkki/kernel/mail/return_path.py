"""Where a mailbox sends back what it does not take: an address for each message, which nobody else can make (VERP)."""

import base64
import hashlib
import hmac
import re
from email.utils import parseaddr
from uuid import UUID

from puumerkki.kernel.settings import get_settings

_CODE_BYTES = 10
_TOKEN = re.compile(r"\+([a-z2-7]{26})([a-z2-7]{16})@", re.IGNORECASE)


def return_path(row_id: UUID) -> str:
    """The sender of the envelope. Without an address for bounces: that of the From line."""
    settings = get_settings()
    if not settings.mail_bounces:
        return parseaddr(settings.mail_from)[1]
    local, _, domain = settings.mail_bounces.rpartition("@")
    return f"{local}+{_letters(row_id.bytes)}{_letters(_code(row_id))}@{domain}"


def message_of(text: str) -> UUID | None:
    """The message whose return path stands in a text, whichever case its letters came back in."""
    for found in _TOKEN.finditer(text):
        row_id = UUID(bytes=base64.b32decode(found[1].upper() + "======"))
        made = _letters(row_id.bytes) + _letters(_code(row_id))
        if hmac.compare_digest(made, (found[1] + found[2]).lower()):
            return row_id
    return None


def _code(row_id: UUID) -> bytes:
    secret = get_settings().secret
    if secret is None:
        raise RuntimeError("PUUMERKKI_SECRET is not set: no address for bounces can be made.")
    told = b"mail return path\0" + row_id.bytes
    return hmac.digest(secret.get_secret_value().encode(), told, hashlib.sha256)[:_CODE_BYTES]


def _letters(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()
