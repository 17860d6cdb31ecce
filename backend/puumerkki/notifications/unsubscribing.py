"""The link by which one POST stops somebody's mails of what happened (RFC 8058); nobody else can make it."""

import base64
import hashlib
import hmac
from uuid import UUID

from puumerkki.kernel.settings import get_settings

_CODE_BYTES = 15


def address(person: UUID) -> str:
    """The address in the header of a mail. It names the person and nothing else, and does one thing."""
    return f"{get_settings().public_url}/api/v1/unsubscribe/{token(person)}"


def token(person: UUID) -> str:
    """Who unsubscribes, and the proof that we wrote to them."""
    return base64.urlsafe_b64encode(person.bytes + _code(person)).decode().rstrip("=")


def person_of(token: str) -> UUID | None:
    """Whose token it is; None where we made no such token."""
    try:
        found = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    if len(found) != 16 + _CODE_BYTES:
        return None
    person = UUID(bytes=found[:16])
    return person if hmac.compare_digest(_code(person), found[16:]) else None


def _code(person: UUID) -> bytes:
    secret = get_settings().secret
    if secret is None:
        raise RuntimeError("PUUMERKKI_SECRET is not set: no link for unsubscribing can be made.")
    told = b"unsubscribe\0" + person.bytes
    return hmac.digest(secret.get_secret_value().encode(), told, hashlib.sha256)[:_CODE_BYTES]
