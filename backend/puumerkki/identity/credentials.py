"""Secrets that we make: shown once, kept as hashes. They are random and long, so a plain hash is enough."""

import hashlib
import hmac
import secrets


def new_secret() -> tuple[str, bytes]:
    """A secret of 256 bits as text, and the hash to keep."""
    text = secrets.token_urlsafe(32)
    return text, hash_secret(text)


def hash_secret(text: str) -> bytes:
    """The hash under which a secret is kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def same_secret(text: str, kept: bytes) -> bool:
    """Whether a secret is the kept one; takes equally long either way."""
    return hmac.compare_digest(hash_secret(text), kept)
