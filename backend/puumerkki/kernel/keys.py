"""Signing keys: one kind for access tokens, another for credentials. Private halves lie encrypted in the database."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, LargeBinary, text
from sqlalchemy.types import Text
from sqlmodel import Field, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.db import Json, Moment, Table, text_enum
from puumerkki.kernel.jose import (
    PrivateKey,
    PublicKey,
    generate_key,
    load_private_key,
    load_public_key,
    open_private_key,
    public_jwk,
    seal_private_key,
)
from puumerkki.kernel.settings import get_settings


class KeyPurpose(StrEnum):
    """What a key signs."""

    tokens = "tokens"
    marks = "marks"


class SigningKey(Table, table=True):
    """One ES256 key pair. Retired keys sign no more but verify; compromised ones verify only what was sealed before."""

    __tablename__ = "signing_key"
    __table_args__ = (
        Index("uq_signing_key_current", "purpose", unique=True, postgresql_where=text("retired_at is null")),
    )

    kid: str = Field(unique=True, sa_type=Text)
    purpose: KeyPurpose = Field(sa_type=text_enum(KeyPurpose))
    public_jwk: dict[str, Any] = Field(sa_type=Json)
    private_sealed: bytes = Field(sa_type=LargeBinary)
    retired_at: datetime | None = Field(default=None, sa_type=Moment)
    compromised_at: datetime | None = Field(default=None, sa_type=Moment)


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
    )


async def current_key(session: AsyncSession, purpose: KeyPurpose) -> PrivateKey:
    """The key that signs now; the first one is made on first use."""
    statement = select(SigningKey).where(col(SigningKey.purpose) == purpose, col(SigningKey.retired_at).is_(None))
    row = (await session.exec(statement)).one_or_none()
    if row is None:
        await session.exec(select(text("pg_advisory_xact_lock(hashtext('puumerkki.signing_key'))")))
        row = (await session.exec(statement)).one_or_none()
    if row is None:
        row = new_signing_key(purpose)
        session.add(row)
        await session.flush()
    private = _opened.get(row.id)
    if private is None:
        private = _opened[row.id] = load_private_key(open_private_key(row.private_sealed, _secret()))
    return private


async def rotate_key(session: AsyncSession, purpose: KeyPurpose) -> SigningKey:
    """Retire the key that signs now and begin a new one; what the old one signed stays valid."""
    statement = select(SigningKey).where(col(SigningKey.purpose) == purpose, col(SigningKey.retired_at).is_(None))
    row = (await session.exec(statement.with_for_update())).one_or_none()
    if row is not None:
        row.retired_at = clock.now()
        await session.flush()
    fresh = new_signing_key(purpose)
    session.add(fresh)
    await session.flush()
    return fresh


async def public_keys(session: AsyncSession, purpose: KeyPurpose | None = None) -> Sequence[SigningKey]:
    """All keys, the newest first."""
    statement = select(SigningKey).order_by(col(SigningKey.created_at).desc())
    if purpose is not None:
        statement = statement.where(col(SigningKey.purpose) == purpose)
    return (await session.exec(statement)).all()


async def find_public_key(session: AsyncSession, kid: str, purpose: KeyPurpose) -> PublicKey | None:
    """The public half of a key by its id, for one purpose only."""
    statement = select(SigningKey).where(col(SigningKey.kid) == kid, col(SigningKey.purpose) == purpose)
    row = (await session.exec(statement)).one_or_none()
    return load_public_key(row.public_jwk) if row is not None else None
