"""Access tokens (RFC 9068): ES256, short-lived, checked without the database once their key is known."""

import time
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import ANONYMOUS, Caller
from puumerkki.access.models import PrincipalKind
from puumerkki.access.permissions import named_today
from puumerkki.kernel import clock
from puumerkki.kernel.crypto.keys import KeyPurpose, current_key, public_keys
from puumerkki.kernel.crypto.signed_tokens import (
    PrivateKey,
    PublicKey,
    TokenError,
    load_public_key,
    sign_token,
    verify_token,
)
from puumerkki.kernel.errors import Unauthenticated
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.settings import get_settings

log = structlog.get_logger()
AUDIENCE = "puumerkki-api"
TYPE = "at+jwt"
_KEPT_TOKENS = 10_000
_UNKNOWN_KEY_SECONDS = 5.0
_KEYS_SECONDS = 2.0
"""So old may a process's knowledge of the keys be: within that time it refuses what a revoked key signed."""


async def issue_access_token(
    session: AsyncSession, *, principal_id: UUID, kind: PrincipalKind, scopes: frozenset[str] | None = None
) -> tuple[str, int]:
    """A token for a principal and its lifetime in seconds."""
    key = await current_key(session, KeyPurpose.tokens)
    return access_token(key, principal_id=principal_id, kind=kind, scopes=scopes)


def access_token(
    key: PrivateKey, *, principal_id: UUID, kind: PrincipalKind, scopes: frozenset[str] | None = None
) -> tuple[str, int]:
    """A token that this key signs, and its lifetime in seconds."""
    settings = get_settings()
    lifetime = timedelta(minutes=settings.access_token_minutes)
    issued = clock.now()
    claims: dict[str, Any] = {
        "iss": settings.public_url,
        "aud": AUDIENCE,
        "sub": str(principal_id),
        "iat": int(issued.timestamp()),
        "exp": int((issued + lifetime).timestamp()),
        "jti": str(new_id()),
        "kind": kind.value,
    }
    if scopes is not None:
        claims["scope"] = " ".join(sorted(scopes))
    return sign_token(key, claims, typ=TYPE), int(lifetime.total_seconds())


class InvalidToken(Unauthenticated):
    """The bearer token does not hold."""

    code = "token_invalid"
    message = "The access token is not valid or has expired."


class TokenReader:
    """From a bearer token to a caller. Keeps verified tokens until they expire or their key is revoked, and keys."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions
        self._keys: dict[str, PublicKey] = {}
        self._keys_until = 0.0
        self._unknown: dict[str, float] = {}
        self._seen: OrderedDict[str, tuple[float, Caller, str]] = OrderedDict()

    async def caller(self, token: str | None) -> Caller:
        """Who the token names; nobody without one; `InvalidToken` where it does not hold."""
        if token is None:
            return ANONYMOUS
        if time.monotonic() >= self._keys_until:
            await self._look_again()
        known = self._seen.get(token)
        if known is not None and known[0] > clock.now().timestamp() and known[2] in self._keys:
            return known[1]
        claims, kid = await self._claims(token)
        try:
            scope = claims.get("scope")
            caller = Caller(
                id=UUID(claims["sub"]),
                kind=PrincipalKind(claims["kind"]),
                scopes=None if scope is None else named_today(str(scope).split()),
            )
        except (ValueError, KeyError) as error:
            raise InvalidToken() from error
        self._seen[token] = (float(claims["exp"]), caller, kid)
        if len(self._seen) > _KEPT_TOKENS:
            self._seen.popitem(last=False)
        return caller

    def expires_at(self, token: str) -> datetime:
        """Until when a token holds that `caller` has just verified."""
        known = self._seen.get(token)
        return datetime.fromtimestamp(known[0], UTC) if known is not None else clock.now()

    async def _claims(self, token: str) -> tuple[dict[str, Any], str]:
        asked: list[str] = []

        def look_up(kid: str) -> PublicKey | None:
            asked.append(kid)
            return self._keys.get(kid)

        def verify() -> tuple[dict[str, Any], str]:
            claims = verify_token(
                token, look_up, typ=TYPE, issuer=get_settings().public_url, audience=AUDIENCE, now=clock.now()
            )
            return claims, asked[-1]

        try:
            return verify()
        except TokenError as error:
            if error.code != "token_key_unknown" or not await self._learn_key(asked[0]):
                raise InvalidToken() from error
        try:
            return verify()
        except TokenError as error:
            raise InvalidToken() from error

    async def _learn_key(self, kid: str) -> bool:
        """Look for a key that is not known yet; an unknown one is not looked for again for a while."""
        if self._unknown.get(kid, 0) > time.monotonic():
            return False
        await self._read_keys()
        if kid in self._keys:
            return True
        if len(self._unknown) > 1000:
            self._unknown.clear()
        self._unknown[kid] = time.monotonic() + _UNKNOWN_KEY_SECONDS
        return False

    async def _look_again(self) -> None:
        """Read the keys anew. One request does; the others go on meanwhile, and all do where the database is away."""
        self._keys_until = time.monotonic() + _KEYS_SECONDS
        try:
            await self._read_keys()
        except (DBAPIError, PoolTimeout) as error:
            log.warning("keys_not_read", error=type(error).__name__)

    async def _read_keys(self) -> None:
        async with self._sessions() as session:
            rows = await public_keys(session, KeyPurpose.tokens)
        self._keys = {row.kid: self._keys.get(row.kid) or load_public_key(row.public_jwk) for row in rows}
