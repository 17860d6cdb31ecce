"""Signed tokens: what passes."""

import base64
import json
import math
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from puumerkki.kernel.crypto import signed_tokens
from puumerkki.kernel.crypto.signed_tokens import TokenError
from tests.kernel.forged_tokens import (
    CLAIMS,
    HEADER,
    KEY,
    SECONDS,
    TYP,
    changed,
    forge,
    json_values,
    keys,
    nested,
    verify,
)


def test_round_trip() -> None:
    token = signed_tokens.sign_token(KEY, CLAIMS, typ=TYP)
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
    token = signed_tokens.sign_token(KEY, claims, typ="vc+jwt", cty="vc")
    size = signed_tokens.MAX_CREDENTIAL_BYTES
    assert signed_tokens.verify_signature(token, keys, typ="vc+jwt", cty="vc", max_bytes=size) == claims
    for arguments in ({"cty": "vc"}, {"max_bytes": size}, {"cty": "vp", "max_bytes": size}):
        with pytest.raises(TokenError):
            signed_tokens.verify_signature(token, keys, typ="vc+jwt", **arguments)


def test_the_payload_is_canonical_json() -> None:
    token = signed_tokens.sign_token(KEY, {"b": 1.0, "a": "ä"}, typ="x")
    assert base64.urlsafe_b64decode(token.split(".")[1] + "==") == '{"a":"ä","b":1}'.encode()


@given(st.dictionaries(st.text(), json_values, max_size=4))
@example({"a": 1e17})
@example({"a": math.inf})
@settings(max_examples=100)
def test_whatever_can_be_signed_comes_back(claims: dict[str, Any]) -> None:
    try:
        token = signed_tokens.sign_token(KEY, claims, typ=TYP)
    except TokenError as error:
        assert error.code == "token_claims"
        return
    assert signed_tokens.verify_signature(token, keys, typ=TYP) == claims


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
        signed_tokens.sign_token(KEY, {"a": value}, typ=TYP)
    assert caught.value.code == "token_claims"


def test_too_large_claims_are_not_signed() -> None:
    with pytest.raises(TokenError):
        signed_tokens.sign_token(KEY, {"a": "x" * 800_000}, typ=TYP)


def test_brackets_in_text_are_not_nesting() -> None:
    claims = {"a": "[" * 500 + '"{\\' * 100, "b": nested(63)}
    assert signed_tokens.verify_signature(signed_tokens.sign_token(KEY, claims, typ=TYP), keys, typ=TYP) == claims
