"""Tokens of any kind, sound or not, for the tests of signed tokens."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import strategies as st

from puumerkki.kernel.crypto import signed_tokens
from puumerkki.kernel.crypto.signed_tokens import PublicKey, TokenError

KEY, PEM = signed_tokens.generate_key()
OTHER, _ = signed_tokens.generate_key()
PUBLIC = KEY.public()
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
ISSUER, AUDIENCE, TYP = "https://puumerkki.example", "https://puumerkki.example/api", "at+jwt"
SECRET = "a settings secret of high entropy"
CLAIMS: dict[str, Any] = {
    "iss": ISSUER,
    "aud": AUDIENCE,
    "sub": "0199b1de-7d1c-7e0a-8f00-000000000001",
    "iat": SECONDS,
    "exp": SECONDS + 900,
}
HEADER: dict[str, Any] = {"alg": "ES256", "kid": KEY.kid, "typ": TYP}
REMOVED = object()
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def keys(kid: str) -> PublicKey | None:
    """The lookup of an installation with two keys, that would trip over text which the database refuses."""
    assert kid.isascii() and kid.isprintable()
    return {KEY.kid: PUBLIC, OTHER.kid: OTHER.public()}.get(kid)


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def compact(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def raw_signature(signing_input: bytes) -> bytes:
    r, s = decode_dss_signature(der_signature(signing_input))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def der_signature(signing_input: bytes) -> bytes:
    private = serialization.load_pem_private_key(PEM, None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    return private.sign(signing_input, ec.ECDSA(hashes.SHA256()))


def forge(
    header: bytes | dict[str, Any] = HEADER,
    payload: bytes | dict[str, Any] = CLAIMS,
    sign: Callable[[bytes], bytes] = raw_signature,
) -> str:
    """A token whose signature is sound (by our own key unless told), whatever else is wrong with it."""
    parts = [part if isinstance(part, bytes) else compact(part) for part in (header, payload)]
    signing_input = ".".join(b64(part) for part in parts)
    return f"{signing_input}.{b64(sign(signing_input.encode()))}"


def changed(base: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {name: value for name, value in (base | members).items() if value is not REMOVED}


def verify(token: str, now: datetime = NOW) -> dict[str, Any]:
    return signed_tokens.verify_token(token, keys, typ=TYP, issuer=ISSUER, audience=AUDIENCE, now=now)


def refusal(token: Any) -> str:
    with pytest.raises(TokenError) as caught:
        verify(token)
    return caught.value.code


def nested(levels: int) -> Any:
    value: Any = 0
    for _ in range(levels):
        value = [value]
    return value


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
RSA_KEY = rsa.generate_private_key(65537, 2048)
GOOD = forge()
GOOD_HEADER, GOOD_PAYLOAD, GOOD_SIGNATURE = GOOD.split(".")
