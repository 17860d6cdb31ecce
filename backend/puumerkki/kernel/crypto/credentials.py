"""What is common to the credentials that we sign (W3C Verifiable Credentials 2.0), the same here and offline."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from puumerkki.kernel.crypto.signed_tokens import KeyLookup, PublicKey, load_public_key

TYP, CTY = "vc+jwt", "vc"
CONTEXT = ("https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2")


def moment(at: datetime) -> str:
    """A moment as credentials write it: whole seconds, UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parsed(text: Any) -> datetime | None:
    """The moment that a credential's text says, or None."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return None


def key_lookup(keys: Collection[Mapping[str, Any]]) -> KeyLookup:
    """A lookup over the public keys of a JWKS; keys of other kinds and for other purposes are passed over."""
    found: dict[str, PublicKey] = {}
    for one in keys:
        try:
            if one.get("purpose", "marks") == "marks":
                key = load_public_key(one)
                found[key.kid] = key
        except (ValueError, AttributeError, TypeError):
            continue
    return found.get


def retirements(keys: Collection[Mapping[str, Any]]) -> dict[str, int]:
    """When keys of a JWKS were retired, in seconds since 1970, by kid; those that still sign are left out."""
    return {str(one.get("kid")): one["exp"] for one in keys if isinstance(one.get("exp"), int)}
