"""Tokens that must not be believed, through the API."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import PrincipalKind
from puumerkki.identity.tokens import AUDIENCE, TYPE, issue_access_token
from puumerkki.kernel import clock
from puumerkki.kernel.crypto.keys import KeyPurpose, current_key
from puumerkki.kernel.crypto.signed_tokens import generate_key, sign_token
from puumerkki.kernel.settings import get_settings
from tests.factories import Client, World


def _decoded(segment: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))


def _encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).rstrip(b"=").decode()


async def _refused(world: World, token: str) -> None:
    for path in ("/me", "/municipalities"):
        answer = await Client(world.client, None, token).get(path)
        assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid"), path
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_an_expired_token_is_refused(world: World, session: AsyncSession) -> None:
    person = await world.person()
    assert person.id is not None
    later = timedelta(minutes=get_settings().access_token_minutes)
    with clock.fixed(clock.now()):
        token, _ = await issue_access_token(session, principal_id=person.id, kind=PrincipalKind.user)
        assert (await Client(world.client, None, token).get("/me")).status_code == 200
        with clock.fixed(clock.now() + later):
            await _refused(world, token)


@pytest.mark.parametrize(
    "change",
    [
        {"alg": "none"},
        {"alg": "HS256"},
        {"typ": "JWT"},
        {"crit": ["exp"]},
        {"jku": "https://evil.example/jwks.json"},
        {"kid": "unknown"},
        {"kid": ""},
    ],
)
async def test_a_changed_header_is_refused(world: World, change: dict[str, Any]) -> None:
    person = await world.person()
    assert person.token is not None
    header, payload, signature = person.token.split(".")
    changed = _encoded(_decoded(header) | change)
    await _refused(world, f"{changed}.{payload}.{signature}")
    await _refused(world, f"{changed}.{payload}.")


async def test_forged_claims_are_refused(world: World) -> None:
    person, other = await world.person(), await world.operator()
    assert person.token is not None
    header, payload, signature = person.token.split(".")
    await _refused(world, f"{header}.{_encoded(_decoded(payload) | {'sub': str(other.id)})}.{signature}")
    await _refused(world, f"{header}.{payload}.{signature[:-2]}AA")
    for nonsense in ("x", "..", "a.b.c"):
        await _refused(world, nonsense)


async def test_a_token_signed_by_another_key_is_refused(world: World, session: AsyncSession) -> None:
    """By a stranger's key, by a stranger's key under our key id, and by our own key for marks."""
    person = await world.person()
    assert person.token is not None
    claims = _decoded(person.token.split(".")[1])
    stranger, _ = generate_key()
    await _refused(world, sign_token(stranger, claims, typ=TYPE))
    ours = await current_key(session, KeyPurpose.tokens)
    foreign = sign_token(stranger, claims, typ=TYPE).split(".")
    foreign[0] = person.token.split(".")[0]
    await _refused(world, ".".join(foreign))
    await _refused(world, sign_token(await current_key(session, KeyPurpose.marks), claims, typ=TYPE))
    assert (await Client(world.client, None, sign_token(ours, claims, typ=TYPE)).get("/me")).status_code == 200


@pytest.mark.parametrize(
    "change",
    [{"aud": "others"}, {"iss": "https://evil.example"}, {"kind": "god"}, {"sub": "nobody"}, {"exp": None}],
)
async def test_claims_for_others_are_refused(world: World, session: AsyncSession, change: dict[str, Any]) -> None:
    person = await world.person()
    assert person.token is not None
    claims = _decoded(person.token.split(".")[1])
    assert claims["aud"] == AUDIENCE
    await _refused(world, sign_token(await current_key(session, KeyPurpose.tokens), claims | change, typ=TYPE))
