"""Signing keys: their forms, their names, and how they are sealed."""

import base64
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from puumerkki.kernel.crypto import signed_tokens
from puumerkki.kernel.crypto.signed_tokens import TokenError
from tests.kernel.forged_tokens import (
    CLAIMS,
    GOOD,
    KEY,
    OTHER,
    PEM,
    PUBLIC,
    REMOVED,
    RSA_KEY,
    SECRET,
    TYP,
    b64,
    changed,
    verify,
)


def test_keys_come_back_from_pem_and_jwk() -> None:
    again = signed_tokens.load_private_key(PEM)
    assert again == KEY and again.to_pem() == PEM == KEY.to_pem()
    assert PEM.startswith(b"-----BEGIN PRIVATE KEY-----")
    assert verify(signed_tokens.sign_token(again, CLAIMS, typ=TYP)) == CLAIMS
    jwk = signed_tokens.public_jwk(KEY)
    assert jwk == signed_tokens.public_jwk(PUBLIC)
    assert set(jwk) == {"kty", "crv", "x", "y", "kid", "alg", "use"}
    assert (jwk["kty"], jwk["crv"], jwk["alg"], jwk["use"]) == ("EC", "P-256", "ES256", "sig")
    loaded = signed_tokens.load_public_key(jwk)
    assert loaded == PUBLIC and loaded.kid == KEY.kid != OTHER.kid
    assert signed_tokens.verify_signature(GOOD, {loaded.kid: loaded}.get, typ=TYP) == CLAIMS
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
    assert signed_tokens.load_public_key(RFC_9449).kid == "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"


def test_the_published_example_checks_out_below_our_own_rules() -> None:
    token = (
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ij"
        "p0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    )
    key = signed_tokens.load_public_key(RFC_7515)
    signing_input, _, signature = token.rpartition(".")
    assert key.jose_key.verify(signing_input.encode(), base64.urlsafe_b64decode(signature + "=="))
    with pytest.raises(TokenError):
        signed_tokens.verify_signature(token, lambda kid: key, typ=TYP)


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
        signed_tokens.load_public_key(BAD_JWKS[name])


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
        signed_tokens.load_private_key(pem)


# Keys at rest


def test_a_sealed_key_opens_with_its_secret_only() -> None:
    sealed = signed_tokens.seal_private_key(PEM, SECRET)
    assert sealed[0] == 1 and PEM not in sealed and b"PRIVATE" not in sealed
    assert signed_tokens.open_private_key(sealed, SECRET) == PEM
    assert signed_tokens.seal_private_key(PEM, SECRET) != sealed
    for secret in (SECRET + "x", "", SECRET[:-1], "\ud800"):
        with pytest.raises(signed_tokens.KeyUnsealError, match="another secret") as caught:
            signed_tokens.open_private_key(sealed, secret)
        assert caught.value.code == "key_unseal"


def test_a_damaged_sealed_key_does_not_open() -> None:
    sealed = signed_tokens.seal_private_key(PEM, SECRET)
    for position in (0, 1, 17, 29, len(sealed) - 1):
        damaged = bytearray(sealed)
        damaged[position] ^= 1
        with pytest.raises(signed_tokens.KeyUnsealError):
            signed_tokens.open_private_key(bytes(damaged), SECRET)
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
        with pytest.raises(signed_tokens.KeyUnsealError):
            signed_tokens.open_private_key(damaged_text, SECRET)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="16 characters"):
        signed_tokens.seal_private_key(PEM, "short")
