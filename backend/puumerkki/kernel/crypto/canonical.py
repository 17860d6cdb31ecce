"""The one byte form of a value (RFC 8785), and digests of it: what is signed is bound to these bytes.

Equal values give equal bytes: what JSON lacks is written as text in one form only.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from uuid import UUID

import rfc8785
from pydantic import JsonValue

LARGEST_INTEGER = 2**53 - 1

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def canonical(value: object) -> bytes:
    """The one byte form (RFC 8785) of a value; what has none raises ValueError that names the place."""
    return rfc8785.dumps(plain(value))


def sha256(data: bytes) -> bytes:
    """The raw digest, as the database checks it."""
    return hashlib.sha256(data).digest()


def digest(data: bytes) -> str:
    """The digest as people and credentials quote it: `sha256:` and 64 hexadecimal digits."""
    return f"sha256:{sha256(data).hex()}"


def plain(value: object, *, at: str = "") -> JsonValue:
    """A value in the types of JSON, without floats; `at` is its JSON pointer, for the error.

    Decimals become strings without exponent or trailing zeros, so that equal amounts read the same.
    """
    match value:
        case Enum():
            return plain(value.value, at=at)
        case None | bool():
            return value
        case int():
            if abs(value) > LARGEST_INTEGER:
                raise _refusal(at, "an integer beyond 2**53 - 1")
            return value
        case str():
            return _storable(value, at=at)
        case Decimal():
            return _decimal(value, at=at)
        case datetime():
            return _instant(value, at=at)
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Mapping():
            return {_key(key, at=at): plain(each, at=step(at, key)) for key, each in value.items()}
        case list() | tuple():
            return [plain(each, at=step(at, place)) for place, each in enumerate(value)]
        case _:
            raise _refusal(at, f"a {type(value).__name__}")


def step(pointer: str, token: object) -> str:
    """A JSON pointer (RFC 6901) one step longer."""
    return f"{pointer}/{str(token).replace('~', '~0').replace('/', '~1')}"


def _key(key: object, *, at: str) -> str:
    if not isinstance(key, str):
        raise _refusal(step(at, key), "a key that is no text")
    return _storable(str(key), at=step(at, key))


def _storable(text: str, *, at: str) -> str:
    if _UNSTORABLE.search(text):
        raise _refusal(at, "a NUL or a lone surrogate")
    return text


def _decimal(value: Decimal, *, at: str) -> str:
    if not value.is_finite():
        raise _refusal(at, "a decimal that is no number")
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _instant(value: datetime, *, at: str) -> str:
    if value.tzinfo is None:
        raise _refusal(at, "a time without its zone")
    try:
        return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"
    except OverflowError:
        raise _refusal(at, "a time outside the calendar") from None


def _refusal(at: str, what: str) -> ValueError:
    place = at.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")
    return ValueError(f"{place or 'the whole'}: {what} has no canonical form")
