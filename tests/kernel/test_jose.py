"""Signed tokens: what passes, and that nothing else does."""

import base64
import hashlib
import hmac
import json
import math
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from puumerkki.kernel import jose
from puumerkki.kernel.jose import PublicKey, TokenError

KEY, PEM = jose.generate_key()
OTHER, _ = jose.generate_key()
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
    return jose.verify_token(token, keys, typ=TYP, issuer=ISSUER, audience=AUDIENCE, now=now)


def refusal(token: Any) -> str:
    with pytest.raises(TokenError) as caught:
        verify(token)
    return caught.value.code


# What passes


def test_round_trip() -> None:
    token = jose.sign_token(KEY, CLAIMS, typ=TYP)
    assert verify(token) == CLAIMS
    assert json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "==")) == HEADER


def test_the_forger_of_these_tests_makes_good_tokens_when_nothing_is_wrong() -> None:
    assert verify(forge()) == CLAIMS
    assert verify(forge(changed(HEADER), changed(CLAIMS, nbf=SECONDS, jti="x"))) == CLAIMS | {
        "nbf": SECONDS,
        "jti": "x",
    }


def test_a_credential_has_no_exp_and_may_be_larger() -> None:
    claims = {"type": ["VerifiableCredential"], "name": 'Älä päästä 🌲 " \\ \n', "text": "x" * 300_000}
    token = jose.sign_token(KEY, claims, typ="vc+jwt", cty="vc")
    size = jose.MAX_CREDENTIAL_BYTES
    assert jose.verify_signature(token, keys, typ="vc+jwt", cty="vc", max_bytes=size) == claims
    for arguments in ({"cty": "vc"}, {"max_bytes": size}, {"cty": "vp", "max_bytes": size}):
        with pytest.raises(TokenError):
            jose.verify_signature(token, keys, typ="vc+jwt", **arguments)


def test_the_payload_is_canonical_json() -> None:
    token = jose.sign_token(KEY, {"b": 1.0, "a": "ä"}, typ="x")
    assert base64.urlsafe_b64decode(token.split(".")[1] + "==") == '{"a":"ä","b":1}'.encode()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), json_values, max_size=4))
@example({"a": 1e17})
@example({"a": math.inf})
@settings(max_examples=100, deadline=None)
def test_whatever_can_be_signed_comes_back(claims: dict[str, Any]) -> None:
    try:
        token = jose.sign_token(KEY, claims, typ=TYP)
    except TokenError as error:
        assert error.code == "token_claims"
        return
    assert jose.verify_signature(token, keys, typ=TYP) == claims


def nested(levels: int) -> Any:
    value: Any = 0
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        2**53,
        1e17,
        "\ud800",
        {1: 2},
        {"\ud800": 1},
        object(),
        b"x",
        nested(64),
        nested(5000),
    ],
    ids=[
        "NaN",
        "infinity",
        "2**53",
        "1e17",
        "surrogate",
        "int name",
        "surrogate name",
        "object",
        "bytes",
        "65",
        "5000",
    ],
)
def test_what_the_verifier_would_refuse_is_not_signed(value: Any) -> None:
    with pytest.raises(TokenError) as caught:
        jose.sign_token(KEY, {"a": value}, typ=TYP)
    assert caught.value.code == "token_claims"


def test_too_large_claims_are_not_signed() -> None:
    with pytest.raises(TokenError):
        jose.sign_token(KEY, {"a": "x" * 800_000}, typ=TYP)


def test_brackets_in_text_are_not_nesting() -> None:
    claims = {"a": "[" * 500 + '"{\\' * 100, "b": nested(63)}
    assert jose.verify_signature(jose.sign_token(KEY, claims, typ=TYP), keys, typ=TYP) == claims


# Attacks on the form


def hs256(signing_input: bytes) -> bytes:
    public = serialization.load_pem_private_key(PEM, None).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return hmac.digest(public.public_bytes(serialization.Encoding.PEM, form), signing_input, hashlib.sha256)


RSA_KEY = rsa.generate_private_key(65537, 2048)


def rs256(signing_input: bytes) -> bytes:
    return RSA_KEY.sign(signing_input, padding.PKCS1v15(), hashes.SHA256())


GOOD = forge()
GOOD_HEADER, GOOD_PAYLOAD, GOOD_SIGNATURE = GOOD.split(".")
JWK = jose.public_jwk(OTHER)
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
    "typ of a credential": (jose.sign_token(KEY, CLAIMS, typ="vc+jwt", cty="vc"), "token_header"),
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
        jose.sign_token(jose.generate_key()[0], CLAIMS, typ=TYP),
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
        jose.verify_signature(token, lambda kid: PUBLIC, typ=TYP)
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
    "exp after the year 9999": ({"exp": jose.MAX_TIME + 1}, "token_claims"),
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


@given(st.integers(0, len(GOOD) - 1), st.sampled_from(ALPHABET) | st.characters(exclude_categories=[]))
@settings(max_examples=500, deadline=None)
def test_any_changed_character_is_refused(position: int, character: str) -> None:
    assume(GOOD[position] != character)
    refusal(GOOD[:position] + character + GOOD[position + 1 :])


def test_every_last_character_of_every_segment() -> None:
    for end in (len(GOOD_HEADER), len(GOOD_HEADER) + 1 + len(GOOD_PAYLOAD), len(GOOD)):
        for character in set(ALPHABET) - {GOOD[end - 1]}:
            refusal(GOOD[: end - 1] + character + GOOD[end:])


@given(st.integers(0, len(GOOD)), st.text(st.characters(exclude_categories=[]), min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_anything_inserted_is_refused(position: int, text: str) -> None:
    refusal(GOOD[:position] + text + GOOD[position:])


@given(st.integers(0, len(GOOD) - 1), st.integers(1, len(GOOD)))
@settings(max_examples=200, deadline=None)
def test_anything_left_out_is_refused(position: int, length: int) -> None:
    refusal(GOOD[:position] + GOOD[position + length :])


@given(st.text(st.characters(exclude_categories=[])))
@settings(max_examples=300, deadline=None)
def test_arbitrary_text_is_refused(text: str) -> None:
    refusal(text)


@given(st.lists(st.binary(max_size=60).map(b64), min_size=3, max_size=3).map(".".join))
@settings(max_examples=300, deadline=None)
def test_arbitrary_segments_are_refused(text: str) -> None:
    refusal(text)


header_names = st.sampled_from(["alg", "typ", "kid", "cty", "crit", "jwk", ""])


@given(st.dictionaries(header_names, st.text(max_size=9) | st.none() | st.integers() | st.lists(st.text()), max_size=3))
@settings(max_examples=150, deadline=None)
def test_arbitrary_headers_with_our_signature_are_refused(members: dict[str, Any]) -> None:
    header = changed(HEADER, **members) if members else {}
    assume(header != HEADER)
    refusal(forge(header))


@given(st.binary(max_size=200) | json_values.map(compact))
@settings(max_examples=100, deadline=None)
def test_arbitrary_payloads_with_our_signature_are_refused(payload: bytes) -> None:
    refusal(forge(payload=payload))


# Keys


def test_keys_come_back_from_pem_and_jwk() -> None:
    again = jose.load_private_key(PEM)
    assert again == KEY and again.to_pem() == PEM == KEY.to_pem()
    assert PEM.startswith(b"-----BEGIN PRIVATE KEY-----")
    assert verify(jose.sign_token(again, CLAIMS, typ=TYP)) == CLAIMS
    jwk = jose.public_jwk(KEY)
    assert jwk == jose.public_jwk(PUBLIC)
    assert set(jwk) == {"kty", "crv", "x", "y", "kid", "alg", "use"}
    assert (jwk["kty"], jwk["crv"], jwk["alg"], jwk["use"]) == ("EC", "P-256", "ES256", "sig")
    loaded = jose.load_public_key(jwk)
    assert loaded == PUBLIC and loaded.kid == KEY.kid != OTHER.kid
    assert jose.verify_signature(GOOD, {loaded.kid: loaded}.get, typ=TYP) == CLAIMS
    assert "jose_key" not in repr(KEY)


# The key of RFC 9449 section 6.1, with its thumbprint; and the key and token of RFC 7515 appendix A.3.
RFC_9449 = {
    "kty": "EC",
    "x": "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
    "y": "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
    "crv": "P-256",
}
RFC_7515 = {
    "kty": "EC",
    "crv": "P-256",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
}


def test_the_key_id_is_the_thumbprint() -> None:
    assert jose.load_public_key(RFC_9449).kid == "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"


def test_the_published_example_checks_out_below_our_own_rules() -> None:
    token = (
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ij"
        "p0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    )
    key = jose.load_public_key(RFC_7515)
    signing_input, _, signature = token.rpartition(".")
    assert key.jose_key.verify(signing_input.encode(), base64.urlsafe_b64decode(signature + "=="))
    with pytest.raises(TokenError):
        jose.verify_signature(token, lambda kid: key, typ=TYP)


P256 = 2**256 - 2**224 + 2**192 + 2**96 - 1
BAD_JWKS: dict[str, dict[str, Any]] = {
    "empty": {},
    "kty missing": changed(RFC_7515, kty=REMOVED),
    "kty RSA": changed(RFC_7515, kty="RSA"),
    "crv missing": changed(RFC_7515, crv=REMOVED),
    "crv P-384": changed(RFC_7515, crv="P-384"),
    "x missing": changed(RFC_7515, x=REMOVED),
    "y missing": changed(RFC_7515, y=REMOVED),
    "not on the curve": changed(RFC_7515, y=RFC_9449["y"]),
    "zero": changed(RFC_7515, x=b64(bytes(32)), y=b64(bytes(32))),
    "infinity": changed(RFC_7515, x="", y=""),
    "x not reduced": changed(RFC_7515, x=b64(P256.to_bytes(32, "big"))),
    "x longer": changed(RFC_7515, x=b64(bytes(1) + base64.urlsafe_b64decode(RFC_7515["x"] + "="))),
    "x enormous": changed(RFC_7515, x=b64(b"\xff" * 5000)),
    "x padded": changed(RFC_7515, x=RFC_7515["x"] + "="),
    "x with a space": changed(RFC_7515, x=" " + RFC_7515["x"]),
    "x with stray last bits": changed(RFC_7515, x=RFC_7515["x"][:-1] + "V"),
    "x a number": changed(RFC_7515, x=1),
    "x not ASCII": changed(RFC_7515, x="ä"),
    "x a lone surrogate": changed(RFC_7515, x="\ud800"),
    "a private key": changed(RFC_7515, d="jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"),
    "kid not the thumbprint": changed(RFC_7515, kid="first"),
    "alg other": changed(RFC_7515, alg="ES384"),
    "use enc": changed(RFC_7515, use="enc"),
}


@pytest.mark.parametrize("name", BAD_JWKS)
def test_bad_public_keys_are_refused(name: str) -> None:
    with pytest.raises(ValueError):
        jose.load_public_key(BAD_JWKS[name])


def pem_of(key: Any, encryption: Any = None) -> bytes:
    form = serialization.PrivateFormat.PKCS8
    return bytes(key.private_bytes(serialization.Encoding.PEM, form, encryption or serialization.NoEncryption()))


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"\0",
        PEM[:-40],
        pem_of(RSA_KEY),
        pem_of(ec.generate_private_key(ec.SECP384R1())),
        pem_of(ec.generate_private_key(ec.SECP256K1())),
        pem_of(ec.generate_private_key(ec.SECP256R1()), serialization.BestAvailableEncryption(b"x")),
    ],
    ids=["empty", "NUL", "cut off", "RSA", "P-384", "secp256k1", "encrypted"],
)
def test_bad_private_keys_are_refused(pem: bytes) -> None:
    with pytest.raises(ValueError):
        jose.load_private_key(pem)


# Keys at rest


def test_a_sealed_key_opens_with_its_secret_only() -> None:
    sealed = jose.seal_private_key(PEM, SECRET)
    assert sealed[0] == 1 and PEM not in sealed and b"PRIVATE" not in sealed
    assert jose.open_private_key(sealed, SECRET) == PEM
    assert jose.seal_private_key(PEM, SECRET) != sealed
    for secret in (SECRET + "x", "", SECRET[:-1], "\ud800"):
        with pytest.raises(jose.KeyUnsealError, match="another secret") as caught:
            jose.open_private_key(sealed, secret)
        assert caught.value.code == "key_unseal"


def test_a_damaged_sealed_key_does_not_open() -> None:
    sealed = jose.seal_private_key(PEM, SECRET)
    for position in (0, 1, 17, 29, len(sealed) - 1):
        damaged = bytearray(sealed)
        damaged[position] ^= 1
        with pytest.raises(jose.KeyUnsealError):
            jose.open_private_key(bytes(damaged), SECRET)
    for damaged_text in (
        b"",
        sealed[:1],
        sealed[:20],
        sealed[:29],
        sealed[:40],
        sealed[:-1],
        sealed + b"x",
        PEM,
    ):
        with pytest.raises(jose.KeyUnsealError):
            jose.open_private_key(damaged_text, SECRET)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="16 characters"):
        jose.seal_private_key(PEM, "short")
