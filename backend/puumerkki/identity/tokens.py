"""Access tokens (RFC 9068): ES256, short-lived, checked without the database once their key is known."""

import time
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import ANONYMOUS, Viewer
from puumerkki.access.models import PrincipalKind
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Unauthenticated
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.jose import PublicKey, TokenError, sign_token, verify_token
from puumerkki.kernel.keys import KeyPurpose, current_key, find_public_key
from puumerkki.kernel.settings import get_settings

AUDIENCE = "puumerkki-api"
TYPE = "at+jwt"
_KEPT_TOKENS = 10_000
_UNKNOWN_KEY_SECONDS = 5.0


async def issue_access_token(
    session: AsyncSession, *, principal_id: UUID, kind: PrincipalKind, scopes: frozenset[str] | None = None
) -> tuple[str, int]:
    """A token for a principal and its lifetime in seconds."""
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
    key = await current_key(session, KeyPurpose.tokens)
    return sign_token(key, claims, typ=TYPE), int(lifetime.total_seconds())


class InvalidToken(Unauthenticated):
    """The bearer token does not hold."""

    code = "token_invalid"
    message = "The access token is not valid or has expired."


class TokenReader:
    """From a bearer token to a viewer. Keeps verified tokens until they expire, and keys."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions
        self._keys: dict[str, PublicKey] = {}
        self._unknown: dict[str, float] = {}
        self._seen: OrderedDict[str, tuple[float, Viewer]] = OrderedDict()

    async def viewer(self, token: str | None) -> Viewer:
        """Who the token names; nobody without one; `InvalidToken` where it does not hold."""
        if token is None:
            return ANONYMOUS
        now = clock.now()
        known = self._seen.get(token)
        if known is not None and known[0] > now.timestamp():
            return known[1]
        claims = await self._claims(token)
        try:
            scope = claims.get("scope")
            viewer = Viewer(
                id=UUID(claims["sub"]),
                kind=PrincipalKind(claims["kind"]),
                scopes=None if scope is None else frozenset(str(scope).split()),
            )
        except (ValueError, KeyError) as error:
            raise InvalidToken() from error
        self._seen[token] = (float(claims["exp"]), viewer)
        if len(self._seen) > _KEPT_TOKENS:
            self._seen.popitem(last=False)
        return viewer

    def expires_at(self, token: str) -> datetime:
        """Until when a token holds that `viewer` has just verified."""
        known = self._seen.get(token)
        return datetime.fromtimestamp(known[0], UTC) if known is not None else clock.now()

    async def _claims(self, token: str) -> dict[str, Any]:
        asked: list[str] = []

        def look_up(kid: str) -> PublicKey | None:
            asked.append(kid)
            return self._keys.get(kid)

        def verify() -> dict[str, Any]:
            return verify_token(
                token, look_up, typ=TYPE, issuer=get_settings().public_url, audience=AUDIENCE, now=clock.now()
            )

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
        """Fetch a key that is not known yet; an unknown one is not asked for again for a while."""
        if self._unknown.get(kid, 0) > time.monotonic():
            return False
        async with self._sessions() as session:
            key = await find_public_key(session, kid, KeyPurpose.tokens)
        if key is None:
            if len(self._unknown) > 1000:
                self._unknown.clear()
            self._unknown[kid] = time.monotonic() + _UNKNOWN_KEY_SECONDS
            return False
        self._keys[kid] = key
        return True
