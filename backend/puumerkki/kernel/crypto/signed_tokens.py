"""Signed tokens and the keys that sign them: the only module that touches python-jose.

Compact JWS (RFC 7515), ES256 on P-256 (RFC 7518), JWK (RFC 7517), kid by thumbprint (RFC 7638), JWT claims
(RFC 7519), access tokens ``at+jwt`` (RFC 9068), credentials ``vc+jwt`` with ``cty: vc`` (VC-JOSE-COSE),
canonical JSON (RFC 8785); times are whole seconds since 1970 UTC. python-jose alone believes much of what a
token says of itself, so all but the signature is checked here: only the one form that ``sign_token`` writes
passes. Anyone can turn one valid ECDSA signature into another: a token's text is not its identity.
"""

import base64
import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from jose import jwk as jose_jwk  # type: ignore[import-untyped]
from jose import jws
from jose.exceptions import JWSError  # type: ignore[import-untyped]

MAX_TOKEN_BYTES, MAX_CREDENTIAL_BYTES, MAX_HEADER_BYTES = 64 * 1024, 1024 * 1024, 1024
MAX_DEPTH = 64  # levels of objects and arrays
LEEWAY_SECONDS = 60  # how far the issuer's clock may be ahead of ours
MAX_TIME = 253_402_300_799  # the last second of the year 9999
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)  # unclosed ones too: stays linear
_SEAL_V1 = b"\x01"  # then 16 bytes of salt, 12 of nonce, ciphertext with its tag of 16


class TokenError(Exception):
    """A token not to be believed, or claims not to be signed; ``code`` is stable, the text is for logs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class KeyUnsealError(Exception):
    """A sealed key that this secret does not open: our configuration's fault, so not a TokenError."""

    code = "key_unseal"


@dataclass(frozen=True)
class PublicKey:
    """A P-256 key that checks signatures; ``kid`` is its thumbprint. Build once, keep."""

    kid: str
    jose_key: Any = field(repr=False, compare=False)


@dataclass(frozen=True)
class PrivateKey:
    """A P-256 key that signs; ``kid`` is its thumbprint. Build once, keep."""

    kid: str
    jose_key: Any = field(repr=False, compare=False)

    def public(self) -> PublicKey:
        """The half that may be shown."""
        return PublicKey(self.kid, self.jose_key.public_key())

    def to_pem(self) -> bytes:
        """The unencrypted PKCS #8 PEM: store it only through ``seal_private_key``."""
        key: ec.EllipticCurvePrivateKey = self.jose_key.prepared_key
        pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        return key.private_bytes(pem, pkcs8, serialization.NoEncryption())


KeyLookup = Callable[[str], PublicKey | None]  # a kid of 1 to 128 characters A-Za-z0-9_- to its key


def generate_key() -> tuple[PrivateKey, bytes]:
    """A new signing key and the PKCS #8 PEM of its private half."""
    jose_key = jose_jwk.construct(ec.generate_private_key(ec.SECP256R1()), "ES256")
    key = PrivateKey(_thumbprint(jose_key), jose_key)
    return key, key.to_pem()


def load_private_key(pem: bytes) -> PrivateKey:
    """The signing key in an unencrypted PEM. Raises ValueError."""
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (TypeError, UnsupportedAlgorithm) as error:  # encrypted, or of a strange kind
        raise ValueError("not an unencrypted PEM private key") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not a P-256 private key")
    jose_key = jose_jwk.construct(key, "ES256")
    return PrivateKey(_thumbprint(jose_key), jose_key)


def load_public_key(jwk: Mapping[str, str]) -> PublicKey:
    """The key of a public JWK; kid (the thumbprint), alg, use may be absent, not wrong. Raises ValueError."""
    x, y = (int.from_bytes(_decode(str(jwk.get(name))), "big") for name in ("x", "y"))
    point = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()  # ValueError: not on the curve
    jose_key = jose_jwk.construct(point, "ES256")
    key = PublicKey(_thumbprint(jose_key), jose_key)
    expected = public_jwk(key)
    optional = {name: expected[name] for name in ("kid", "alg", "use")}
    if "d" in jwk or any((optional | dict(jwk)).get(name) != expected[name] for name in expected):
        raise ValueError("not a public ES256 key on P-256, or kid is not its thumbprint")
    return key


def public_jwk(key: PublicKey | PrivateKey) -> dict[str, str]:
    """The public JWK: kty, crv, x, y, kid, alg, use; never the private half."""
    jwk: dict[str, str] = key.jose_key.public_key().to_dict()
    return jwk | {"kid": key.kid, "use": "sig"}


def sign_token(key: PrivateKey, claims: Mapping[str, Any], *, typ: str, cty: str | None = None) -> str:
    """A compact JWS over the RFC 8785 form of the claims.

    Raises TokenError ``token_claims`` for what the verifier would refuse: NaN, whole numbers over 2**53 - 1
    (as floats too), lone surrogates, types that JSON lacks, over 64 levels, a token over 1 MiB.
    """
    headers = {"typ": typ, "kid": key.kid} | ({} if cty is None else {"cty": cty})
    try:
        payload = rfc8785.dumps(dict(claims))
        _json_object(payload)
    except (ValueError, RecursionError) as error:
        raise TokenError("token_claims", "the claims cannot be signed") from error
    token: str = jws.sign(payload, key.jose_key, headers=headers, algorithm="ES256")
    if len(token) > MAX_CREDENTIAL_BYTES:
        raise TokenError("token_claims", "the claims are too large")
    return token


def verify_signature(
    token: str, keys: KeyLookup, *, typ: str, cty: str | None = None, max_bytes: int = MAX_TOKEN_BYTES
) -> dict[str, Any]:
    """The claims of a token that one of our keys signed in our form; no claim is looked at.

    ``cty`` None: the token has none. Raises what ``keys`` raises, and TokenError (token_malformed,
    token_header, token_key_unknown, token_signature), nothing else whatever the text.
    """
    try:
        if not isinstance(token, str) or len(token) > max_bytes or token.find(".") > MAX_HEADER_BYTES:
            raise ValueError("no text, or too long")
        raw_header, raw_payload, _ = map(_decode, token.split("."))
        header = _json_object(raw_header)
    except (ValueError, RecursionError) as error:
        raise TokenError("token_malformed", "too long, not base64url, or no canonical header") from error
    kid = header.pop("kid", None)
    if header != {"alg": "ES256", "typ": typ} | ({} if cty is None else {"cty": cty}):
        raise TokenError("token_header", "alg, typ or cty is wrong, or the header says more than these")
    if not isinstance(kid, str) or not re.fullmatch(r"[A-Za-z0-9_-]{1,128}", kid):
        raise TokenError("token_header", "kid is missing or not a key id")
    key = keys(kid)
    if key is None or key.kid != kid:
        raise TokenError("token_key_unknown", "no key with this kid")
    try:
        jws.verify(token, key.jose_key, ["ES256"])  # r and s, 64 bytes; DER is refused
        return _json_object(raw_payload)
    except JWSError as error:
        raise TokenError("token_signature", "the signature is not valid") from error
    except (ValueError, RecursionError) as error:
        raise TokenError("token_malformed", "the payload is not a canonical JSON object") from error


def read_claims(token: str) -> dict[str, Any]:
    """The claims of a token that we made ourselves; nothing is checked."""
    return _json_object(_decode(token.split(".")[1]))


def verify_token(token: str, keys: KeyLookup, *, typ: str, issuer: str, audience: str, now: datetime) -> dict[str, Any]:
    """The claims of a token in force: verify_signature, then exp, iat, aud, iss and sub, all required.

    aud is one string; exp has no leeway, iat (and nbf, if there) 60 s. Raises TokenError, also with
    token_expired and token_claims; ValueError if ``now`` has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("now must have a time zone")
    claims = verify_signature(token, keys, typ=typ)
    if claims.get("iss") != issuer or claims.get("aud") != audience:
        raise TokenError("token_claims", "iss or aud is not what is asked for")
    sub = claims.get("sub")
    if not isinstance(sub, str) or not 1 <= len(sub) <= 255 or not sub.isprintable():
        raise TokenError("token_claims", "sub is missing or not a plain string")
    times = (claims.get("exp"), claims.get("iat"), claims.get("nbf", 0))
    exp, iat, nbf = (t if type(t) is int and 0 <= t <= MAX_TIME else -1 for t in times)  # True is an int too
    if min(iat, nbf) < 0 or exp <= iat or max(iat, nbf) > now.timestamp() + LEEWAY_SECONDS:
        raise TokenError("token_claims", "exp, iat or nbf is missing, not a sound time, or from the future")
    if exp <= now.timestamp():
        raise TokenError("token_expired", "the token has expired")
    return claims


def seal_private_key(pem: bytes, secret: str) -> bytes:
    """The PEM under AES-256-GCM, keyed by scrypt (RFC 7914). ValueError for a secret under 16 characters."""
    if len(secret) < 16:
        raise ValueError("the secret must have at least 16 characters")
    salt, nonce = os.urandom(16), os.urandom(12)
    return _SEAL_V1 + salt + nonce + _cipher(secret, salt).encrypt(nonce, pem, _SEAL_V1)


def open_private_key(sealed: bytes, secret: str) -> bytes:
    """The PEM that ``seal_private_key`` sealed. Raises KeyUnsealError."""
    try:
        if sealed[:1] != _SEAL_V1:
            raise ValueError("unknown version")
        return _cipher(secret, sealed[1:17]).decrypt(sealed[17:29], sealed[29:], _SEAL_V1)
    except (InvalidTag, ValueError) as error:
        raise KeyUnsealError("the key was sealed with another secret than this, or it is damaged") from error


def _cipher(secret: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(secret.encode()))


def _thumbprint(jose_key: Any) -> str:
    jwk = jose_key.public_key().to_dict()
    canonical = rfc8785.dumps({name: jwk[name] for name in ("crv", "kty", "x", "y")})
    return _encode(hashlib.sha256(canonical).digest())


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _decode(segment: str) -> bytes:
    raw = base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    if _encode(raw) != segment:  # other alphabets, padding, white space, stray last bits
        raise ValueError("not canonical base64url")
    return raw


def _json_object(raw: bytes) -> dict[str, Any]:
    depth = 0
    for bracket in re.findall(rb"[\[\]{}]", _STRING.sub(b"", raw)):
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_DEPTH:
            raise ValueError("nested too deeply")
    value = json.loads(raw.decode("utf-8"))
    # Also refuses names that occur twice, NaN, 1e999, lone surrogates, white space.
    if not isinstance(value, dict) or rfc8785.dumps(value) != raw:
        raise ValueError("not an object in canonical JSON")
    return value
