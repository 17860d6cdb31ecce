"""Secrets that we make: shown once, kept as hashes. They are random and long, so a plain hash is enough."""

import hashlib
import hmac
import secrets

from puumerkki.kernel.settings import get_settings


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


def keyed_hash(*parts: str) -> bytes:
    """A code of something that can be guessed, such as an address: nobody makes it without the server's secret."""
    secret = get_settings().secret
    if secret is None:
        raise RuntimeError("PUUMERKKI_SECRET is not set: nothing can be kept by a code without it.")
    text = "\0".join(parts)
    return hmac.digest(secret.get_secret_value().encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256)
