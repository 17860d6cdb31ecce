"""Signed tokens: nothing passes but what is signed by a key of ours, whole, in its days."""

import hashlib
import hmac
import json
import math
import time
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from puumerkki.kernel.crypto import signed_tokens
from puumerkki.kernel.crypto.signed_tokens import TokenError
from tests.kernel.forged_tokens import (
    ALPHABET,
    AUDIENCE,
    CLAIMS,
    GOOD,
    GOOD_HEADER,
    GOOD_PAYLOAD,
    GOOD_SIGNATURE,
    HEADER,
    ISSUER,
    KEY,
    NOW,
    OTHER,
    PEM,
    PUBLIC,
    REMOVED,
    RSA_KEY,
    SECONDS,
    TYP,
    b64,
    changed,
    compact,
    der_signature,
    forge,
    nested,
    raw_signature,
    refusal,
    verify,
)

# Attacks on the form


def hs256(signing_input: bytes) -> bytes:
    public = serialization.load_pem_private_key(PEM, None).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return hmac.digest(public.public_bytes(serialization.Encoding.PEM, form), signing_input, hashlib.sha256)


def rs256(signing_input: bytes) -> bytes:
    return RSA_KEY.sign(signing_input, padding.PKCS1v15(), hashes.SHA256())


JWK = signed_tokens.public_jwk(OTHER)
LAST = ALPHABET[ALPHABET.index(GOOD_SIGNATURE[-1]) ^ 1]

ATTACKS: dict[str, tuple[str, str]] = {
    "alg none": (forge(changed(HEADER, alg="none"), sign=lambda _: b""), "token_header"),
    "alg none, signed": (forge(changed(HEADER, alg="none")), "token_header"),
    "alg NONE": (forge(changed(HEADER, alg="NONE"), sign=lambda _: b""), "token_header"),
    "alg missing": (forge(changed(HEADER, alg=REMOVED)), "token_header"),
    "alg a list": (forge(changed(HEADER, alg=["ES256"])), "token_header"),
    "alg in lower case": (forge(changed(HEADER, alg="es256")), "token_header"),
    "HS256 with the public key": (forge(changed(HEADER, alg="HS256"), sign=hs256), "token_header"),
    "HS256 signature under ES256": (forge(sign=hs256), "token_signature"),
    "RS256": (forge(changed(HEADER, alg="RS256"), sign=rs256), "token_header"),
    "ES384": (forge(changed(HEADER, alg="ES384")), "token_header"),
    "crit": (forge(changed(HEADER, crit=["exp"], exp=1)), "token_header"),
    "crit, empty": (forge(changed(HEADER, crit=[])), "token_header"),
    "b64 false": (forge(changed(HEADER, b64=False, crit=["b64"])), "token_header"),
    "kid missing": (forge(changed(HEADER, kid=REMOVED)), "token_header"),
    "kid unknown": (forge(changed(HEADER, kid="nobody")), "token_key_unknown"),
    "kid of another key of ours": (forge(changed(HEADER, kid=OTHER.kid)), "token_signature"),
    "kid a number": (forge(changed(HEADER, kid=1)), "token_header"),
    "kid null": (forge(changed(HEADER, kid=None)), "token_header"),
    "kid a list": (forge(changed(HEADER, kid=[KEY.kid])), "token_header"),
    "kid an object": (forge(changed(HEADER, kid={"a": KEY.kid})), "token_header"),
    "kid empty": (forge(changed(HEADER, kid="")), "token_header"),
    "kid with a line break": (forge(changed(HEADER, kid=KEY.kid + "\n")), "token_header"),
    "kid with NUL": (forge(b'{"alg":"ES256","kid":"a\\u0000","typ":"at+jwt"}'), "token_header"),
    "kid a path": (forge(changed(HEADER, kid="../../dev/null")), "token_header"),
    "kid SQL": (forge(changed(HEADER, kid="' or 1=1 --")), "token_header"),
    "kid a lone surrogate": (forge(b'{"alg":"ES256","kid":"\\ud800","typ":"at+jwt"}'), "token_malformed"),
    "kid long": (forge(changed(HEADER, kid="a" * 129)), "token_header"),
    "typ wrong": (forge(changed(HEADER, typ="JWT")), "token_header"),
    "typ of a credential": (signed_tokens.sign_token(KEY, CLAIMS, typ="vc+jwt", cty="vc"), "token_header"),
    "typ missing": (forge(changed(HEADER, typ=REMOVED)), "token_header"),
    "typ in upper case": (forge(changed(HEADER, typ="AT+JWT")), "token_header"),
    "typ with application/": (forge(changed(HEADER, typ="application/at+jwt")), "token_header"),
    "cty not asked for": (forge(changed(HEADER, cty="vc")), "token_header"),
    "jku": (forge(changed(HEADER, jku="https://evil.example/jwks.json")), "token_header"),
    "jwk": (forge(changed(HEADER, jwk=JWK)), "token_header"),
    "x5u": (forge(changed(HEADER, x5u="https://evil.example/cert")), "token_header"),
    "x5c": (forge(changed(HEADER, x5c=["AAAA"])), "token_header"),
    "zip": (forge(changed(HEADER, zip="DEF")), "token_header"),
    "alg twice": (
        forge(b'{"alg":"none","alg":"ES256","kid":"' + KEY.kid.encode() + b'","typ":"at+jwt"}'),
        "token_malformed",
    ),
    "kid twice": (
        forge(b'{"alg":"ES256","kid":"x","kid":"' + KEY.kid.encode() + b'","typ":"at+jwt"}'),
        "token_malformed",
    ),
    "header not sorted": (forge(json.dumps(HEADER | {"alg": "ES256"}, indent=1).encode()), "token_malformed"),
    "header a list": (forge(b"[]"), "token_malformed"),
    "header a text": (forge(b'"ES256"'), "token_malformed"),
    "header null": (forge(b"null"), "token_malformed"),
    "header empty": (forge(b""), "token_malformed"),
    "header an empty object": (forge(b"{}"), "token_header"),
    "header not UTF-8": (forge(b'{"alg":"\xff"}'), "token_malformed"),
    "header in UTF-16": (forge(compact(HEADER).decode().encode("utf-16")), "token_malformed"),
    "header with a byte order mark": (forge(b"\xef\xbb\xbf" + compact(HEADER)), "token_malformed"),
    "header deep": (forge(b'{"alg":' + b"[" * 300 + b"]" * 300 + b"}"), "token_malformed"),
    "header long": (forge(changed(HEADER, kid="a" * 1000)), "token_malformed"),
    "header of open brackets": (forge(b"[" * 20_000), "token_malformed"),
    "header of quotes": (forge(b'"\\' * 20_000), "token_malformed"),
    "header with a huge number": (forge(b'{"alg":' + b"9" * 700 + b"}"), "token_malformed"),
    "padded header": (f"{GOOD_HEADER}=.{GOOD_PAYLOAD}.{GOOD_SIGNATURE}", "token_malformed"),
    "padded signature": (GOOD + "==", "token_malformed"),
    "leading space": (" " + GOOD, "token_malformed"),
    "trailing line break": (GOOD + "\n", "token_malformed"),
    "space inside": (
        f"{GOOD_HEADER}.{GOOD_PAYLOAD[:8]} {GOOD_PAYLOAD[8:]}.{GOOD_SIGNATURE}",
        "token_malformed",
    ),
    "line break inside": (f"{GOOD_HEADER}.{GOOD_PAYLOAD}\n.{GOOD_SIGNATURE}", "token_malformed"),
    "last bits of the signature": (GOOD[:-1] + LAST, "token_malformed"),
    "other alphabet": (
        forge(payload=CLAIMS | {"z": "???>>>"}).replace("-", "+").replace("_", "/"),
        "token_malformed",
    ),
    "NUL": (GOOD + "\0", "token_malformed"),
    "lone surrogate": (GOOD + "\ud800", "token_malformed"),
    "not ASCII": (GOOD + "ä", "token_malformed"),
    "a digit that is not ASCII": (GOOD.replace(".", ".٣", 1), "token_malformed"),
    "empty": ("", "token_malformed"),
    "two dots": ("..", "token_malformed"),
    "one segment": (GOOD_HEADER, "token_malformed"),
    "two segments": (f"{GOOD_HEADER}.{GOOD_PAYLOAD}", "token_malformed"),
    "four segments": (GOOD + "." + GOOD_SIGNATURE, "token_malformed"),
    "five segments, as JWE": (GOOD + ".AAAA.AAAA", "token_malformed"),
    "an empty fourth segment": (GOOD + ".", "token_malformed"),
    "detached payload": (f"{GOOD_HEADER}..{GOOD_SIGNATURE}", "token_signature"),
    "JSON serialisation": (json.dumps({"payload": GOOD_PAYLOAD, "signatures": []}), "token_malformed"),
    "signature missing": (f"{GOOD_HEADER}.{GOOD_PAYLOAD}.", "token_signature"),
    "signature of zeros": (forge(sign=lambda _: bytes(64)), "token_signature"),
    "signature short": (forge(sign=lambda text: raw_signature(text)[:63]), "token_signature"),
    "signature long": (forge(sign=lambda text: raw_signature(text) + b"\0"), "token_signature"),
    "signature in DER": (forge(sign=der_signature), "token_signature"),
    "signature of another token": (
        f"{GOOD_HEADER}.{GOOD_PAYLOAD}.{forge(payload=CLAIMS | {'sub': 'x'}).split('.')[2]}",
        "token_signature",
    ),
    "payload changed": (
        f"{GOOD_HEADER}.{b64(compact(CLAIMS | {'sub': 'x'}))}.{GOOD_SIGNATURE}",
        "token_signature",
    ),
    "signed by a key not ours": (
        signed_tokens.sign_token(signed_tokens.generate_key()[0], CLAIMS, typ=TYP),
        "token_key_unknown",
    ),
    "too large": (forge(payload=CLAIMS | {"a": "x" * 64_000}), "token_malformed"),
    "payload a list": (forge(payload=b"[]"), "token_malformed"),
    "payload a number": (forge(payload=b"1"), "token_malformed"),
    "payload null": (forge(payload=b"null"), "token_malformed"),
    "payload a text": (forge(payload=b'"sub"'), "token_malformed"),
    "payload not JSON": (forge(payload=b"sub=1"), "token_malformed"),
    "payload empty": (forge(payload=b""), "token_malformed"),
    "payload not UTF-8": (forge(payload=b'{"sub":"\xff"}'), "token_malformed"),
    "payload deep": (forge(payload=b'{"a":' + b"[" * 20_000 + b"]" * 20_000 + b"}"), "token_malformed"),
    "payload of 65 levels": (forge(payload=CLAIMS | {"a": nested(64)}), "token_malformed"),
    "payload with a name twice": (forge(payload=compact(CLAIMS)[:-1] + b',"sub":"root"}'), "token_malformed"),
    "payload with NaN": (forge(payload=CLAIMS | {"a": math.nan}), "token_malformed"),
    "payload with 1e999": (forge(payload=b'{"a":1e999}'), "token_malformed"),
    "payload with 5000 digits": (forge(payload=b'{"a":' + b"1" * 5000 + b"}"), "token_malformed"),
    "payload with a lone surrogate": (forge(payload=CLAIMS | {"a": "\ud800"}), "token_malformed"),
    "payload with white space": (forge(payload=json.dumps(CLAIMS).encode()), "token_malformed"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name: str) -> None:
    token, code = ATTACKS[name]
    assert refusal(token) == code


@pytest.mark.parametrize("token", [None, 1, b"", GOOD.encode(), [GOOD], {}], ids=[*"abcdef"])
def test_what_is_not_text_is_refused(token: Any) -> None:
    assert refusal(token) == "token_malformed"


def test_a_lookup_that_answers_with_another_key_is_not_believed() -> None:
    token = forge(changed(HEADER, kid="old-key"))
    with pytest.raises(TokenError) as caught:
        signed_tokens.verify_signature(token, lambda kid: PUBLIC, typ=TYP)
    assert caught.value.code == "token_key_unknown"


def test_hostile_headers_cost_little_time() -> None:
    start = time.perf_counter()
    for filler in (b'"', b'\\"', b'"\\', b"[", b'{"":', b"9"):
        refusal(forge(filler * (47_000 // len(filler))))
        refusal(forge(payload=filler * (47_000 // len(filler))))
    assert time.perf_counter() - start < 2


# Attacks on the claims

CLAIM_ATTACKS: dict[str, tuple[dict[str, Any], str]] = {
    "expired": ({"exp": SECONDS - 1, "iat": SECONDS - 900}, "token_expired"),
    "expiring now": ({"exp": SECONDS, "iat": SECONDS - 900}, "token_expired"),
    "exp missing": ({"exp": REMOVED}, "token_claims"),
    "exp null": ({"exp": None}, "token_claims"),
    "exp true": ({"exp": True, "iat": 0}, "token_claims"),
    "exp a fraction": ({"exp": SECONDS + 900.5}, "token_claims"),
    "exp a text": ({"exp": str(SECONDS + 900)}, "token_claims"),
    "exp a list": ({"exp": [SECONDS + 900]}, "token_claims"),
    "exp after the year 9999": ({"exp": signed_tokens.MAX_TIME + 1}, "token_claims"),
    "exp huge": ({"exp": 10**300}, "token_malformed"),
    "exp 1e300": ({"exp": 1e300}, "token_claims"),
    "exp negative": ({"exp": -1}, "token_claims"),
    "exp not after iat": ({"exp": SECONDS + 30, "iat": SECONDS + 30}, "token_claims"),
    "iat in the future": ({"iat": SECONDS + 61}, "token_claims"),
    "iat missing": ({"iat": REMOVED}, "token_claims"),
    "iat true": ({"iat": True}, "token_claims"),
    "iat false": ({"iat": False}, "token_claims"),
    "iat a text": ({"iat": str(SECONDS)}, "token_claims"),
    "iat a fraction": ({"iat": SECONDS - 0.5}, "token_claims"),
    "iat negative": ({"iat": -5}, "token_claims"),
    "nbf in the future": ({"nbf": SECONDS + 61}, "token_claims"),
    "nbf a text": ({"nbf": "0"}, "token_claims"),
    "nbf null": ({"nbf": None}, "token_claims"),
    "aud a list": ({"aud": [AUDIENCE]}, "token_claims"),
    "aud a list of two": ({"aud": [AUDIENCE, "https://other.example"]}, "token_claims"),
    "aud other": ({"aud": "https://other.example"}, "token_claims"),
    "aud longer": ({"aud": AUDIENCE + "/"}, "token_claims"),
    "aud missing": ({"aud": REMOVED}, "token_claims"),
    "aud null": ({"aud": None}, "token_claims"),
    "iss other": ({"iss": "https://evil.example"}, "token_claims"),
    "iss missing": ({"iss": REMOVED}, "token_claims"),
    "iss a list": ({"iss": [ISSUER]}, "token_claims"),
    "sub missing": ({"sub": REMOVED}, "token_claims"),
    "sub empty": ({"sub": ""}, "token_claims"),
    "sub a number": ({"sub": 1}, "token_claims"),
    "sub null": ({"sub": None}, "token_claims"),
    "sub a list": ({"sub": ["x"]}, "token_claims"),
    "sub with NUL": ({"sub": "x\0"}, "token_claims"),
    "sub long": ({"sub": "x" * 256}, "token_claims"),
}


@pytest.mark.parametrize("name", CLAIM_ATTACKS)
def test_attack_on_claims(name: str) -> None:
    members, code = CLAIM_ATTACKS[name]
    assert refusal(forge(payload=changed(CLAIMS, **members))) == code


def test_the_limits_of_time() -> None:
    token = forge(payload=changed(CLAIMS, iat=SECONDS + 60))
    assert verify(token)["iat"] == SECONDS + 60
    assert verify(GOOD, NOW + timedelta(seconds=899.999)) == CLAIMS
    with pytest.raises(TokenError):
        verify(GOOD, NOW + timedelta(seconds=900))
    helsinki_like = NOW.astimezone(None)
    assert verify(GOOD, helsinki_like) == CLAIMS
    with pytest.raises(ValueError, match="time zone"):
        verify(GOOD, NOW.replace(tzinfo=None))


# Properties
