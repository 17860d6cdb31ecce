"""Signing keys: one kind for access tokens, another for credentials. Private halves lie encrypted in the database.

A key signs until it is retired; what it signed goes on to hold. A revoked key verifies nothing any more. A compromised
key proves nothing by its signature: what it signed holds only where we know otherwise that it was there before.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, or_, text
from sqlalchemy.types import Text
from sqlmodel import Field, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.crypto.signed_tokens import (
    KeyUnsealError,
    PrivateKey,
    PublicKey,
    generate_key,
    load_private_key,
    load_public_key,
    open_private_key,
    public_jwk,
    seal_private_key,
)
from puumerkki.kernel.db import Json, Moment, Table, text_enum
from puumerkki.kernel.settings import get_settings

TOKEN_OVERLAP = timedelta(hours=2)
"""How long a retired token key verifies: longer than any access token lives, no longer than needed."""


class KeyPurpose(StrEnum):
    """What a key signs."""

    tokens = "tokens"
    marks = "marks"
    seals = "seals"


class KeyState(StrEnum):
    """What a key is good for: signing, checking, or nothing."""

    current = "current"
    retired = "retired"
    compromised = "compromised"
    revoked = "revoked"


class SigningKey(Table, table=True):
    """One ES256 key pair. `compromised_at`: since when somebody else may have signed with it."""

    __tablename__ = "signing_key"
    __table_args__ = (
        Index("uq_signing_key_current", "purpose", unique=True, postgresql_where=text("retired_at is null")),
        CheckConstraint(
            "retired_at is not null or (revoked_at is null and compromised_at is null)", name="bad_signs_no_more"
        ),
    )

    kid: str = Field(unique=True, sa_type=Text)
    purpose: KeyPurpose = Field(sa_type=text_enum(KeyPurpose))
    public_jwk: dict[str, Any] = Field(sa_type=Json)
    private_sealed: bytes = Field(sa_type=LargeBinary)
    retired_at: datetime | None = Field(default=None, sa_type=Moment)
    compromised_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def state(self) -> KeyState:
        """What the key is good for now."""
        if self.revoked_at is not None:
            return KeyState.revoked
        if self.compromised_at is not None:
            return KeyState.compromised
        return KeyState.current if self.retired_at is None else KeyState.retired


_opened: dict[UUID, PrivateKey] = {}


def _secret() -> str:
    secret = get_settings().secret
    if secret is None:
        raise RuntimeError("PUUMERKKI_SECRET is not set: private keys cannot be read or made without it.")
    return secret.get_secret_value()


def new_signing_key(purpose: KeyPurpose) -> SigningKey:
    """A fresh key pair, its private half sealed."""
    private, pem = generate_key()
    return SigningKey(
        kid=private.kid,
        purpose=purpose,
        public_jwk=public_jwk(private),
        private_sealed=seal_private_key(pem, _secret()),
        created_at=clock.now(),
    )


async def current_key(session: AsyncSession, purpose: KeyPurpose, *, hold: bool = False) -> PrivateKey:
    """The key that signs now; the first one is made on first use. It is asked for each time: others may rotate it.

    `hold`: it is not retired before this transaction ends. Raises KeyUnsealError where the secret is another one.
    """
    statement = select(SigningKey).where(col(SigningKey.purpose) == purpose, col(SigningKey.retired_at).is_(None))
    if hold:
        statement = statement.with_for_update(read=True)
    row = (await session.exec(statement)).one_or_none()
    if row is None:
        await _one_at_a_time(session)
        row = (await session.exec(statement)).one_or_none()
    if row is None:
        row = new_signing_key(purpose)
        session.add(row)
        await session.flush()
    private = _opened.get(row.id)
    if private is None:
        private = _opened[row.id] = open_key(row)
    return private


def open_key(row: SigningKey) -> PrivateKey:
    """The private half. Raises KeyUnsealError with what to do where the secret is another one."""
    try:
        return load_private_key(open_private_key(row.private_sealed, _secret()))
    except KeyUnsealError as error:
        raise KeyUnsealError(
            f"PUUMERKKI_SECRET does not open the signing key {row.kid} ({row.purpose}): it was sealed with another "
            "secret, or it is damaged. Set the secret that it was sealed with; to change the secret, run "
            "`puumerkki keys reseal` with the old one in PUUMERKKI_OLD_SECRET."
        ) from error


async def _one_at_a_time(session: AsyncSession) -> None:
    await session.exec(select(text("pg_advisory_xact_lock(hashtext('puumerkki.signing_key'))")))


async def keys_of(session: AsyncSession, purpose: KeyPurpose | None = None) -> Sequence[SigningKey]:
    """All keys there ever were, the newest first."""
    statement = select(SigningKey).order_by(col(SigningKey.created_at).desc(), col(SigningKey.id).desc())
    if purpose is not None:
        statement = statement.where(col(SigningKey.purpose) == purpose)
    return (await session.exec(statement)).all()


async def public_keys(session: AsyncSession, purpose: KeyPurpose | None = None) -> Sequence[SigningKey]:
    """The keys whose signatures hold, the newest first: neither revoked nor compromised, no long-retired token keys."""
    statement = (
        select(SigningKey)
        .where(
            col(SigningKey.revoked_at).is_(None),
            col(SigningKey.compromised_at).is_(None),
            or_(
                col(SigningKey.purpose) != KeyPurpose.tokens,
                col(SigningKey.retired_at).is_(None),
                col(SigningKey.retired_at) > clock.now() - TOKEN_OVERLAP,
            ),
        )
        .order_by(col(SigningKey.created_at).desc(), col(SigningKey.id).desc())
    )
    if purpose is not None:
        statement = statement.where(col(SigningKey.purpose) == purpose)
    return (await session.exec(statement)).all()


async def find_public_key(session: AsyncSession, kid: str, purpose: KeyPurpose) -> PublicKey | None:
    """The public half of a key whose signatures hold, by its id, for one purpose only."""
    found = {key.kid: key for key in await public_keys(session, purpose)}
    return load_public_key(found[kid].public_jwk) if kid in found else None


def published_jwk(key: SigningKey) -> dict[str, Any]:
    """The key as the public set lists it: a JWK with `purpose` and, once retired, `exp` (seconds since 1970).

    Who checks offline heeds both: a key signs one kind of thing, and nothing that begins after its `exp`.
    """
    ended = {} if key.retired_at is None else {"exp": int(key.retired_at.timestamp())}
    return {**key.public_jwk, "purpose": key.purpose.value, **ended}
