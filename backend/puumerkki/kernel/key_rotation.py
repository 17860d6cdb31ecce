"""What is done with signing keys: rotated, revoked, declared compromised, sealed with another secret."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.crypto.keys import KeyPurpose, SigningKey, new_signing_key
from puumerkki.kernel.crypto.signed_tokens import KeyUnsealError, open_private_key, seal_private_key
from puumerkki.kernel.errors import Conflict, NotFound
from puumerkki.kernel.eventlog.events import Event, Tier, publish
from puumerkki.kernel.settings import get_settings
from puumerkki.kernel.subjects import Ref


@dataclass(frozen=True, kw_only=True)
class KeyRotated(Event):
    """A new key signs; `kid` is the new one's."""

    type = "key.rotated"
    tier = Tier.public
    kid: str
    purpose: KeyPurpose


@dataclass(frozen=True, kw_only=True)
class KeyRevoked(Event):
    type = "key.revoked"
    tier = Tier.public
    kid: str
    purpose: KeyPurpose


@dataclass(frozen=True, kw_only=True)
class KeyCompromised(Event):
    """`since`: from when on somebody else may have signed with it."""

    type = "key.compromised"
    tier = Tier.public
    kid: str
    purpose: KeyPurpose
    since: datetime


class KeyUnknown(NotFound):
    code = "key_unknown"
    message = "There is no key with this id."


class CompromisedLater(Conflict):
    code = "compromised_in_the_future"
    message = "A key cannot have been compromised in the future."


class KeyRevokedAlready(Conflict):
    code = "key_revoked"
    message = "The key is revoked: it verifies nothing already."


async def rotate_key(session: AsyncSession, purpose: KeyPurpose) -> SigningKey:
    """Retire the key that signs now and begin a new one; what the old one signed stays valid."""
    statement = select(SigningKey).where(col(SigningKey.purpose) == purpose, col(SigningKey.retired_at).is_(None))
    row = (await session.exec(statement.with_for_update())).one_or_none()
    if row is not None:
        row.retired_at = clock.now()
        await session.flush()
    fresh = new_signing_key(purpose)
    session.add(fresh)
    rotated = KeyRotated(subject=Ref("signing_key", fresh.id), kid=fresh.kid, purpose=purpose)
    await publish(session, rotated, actor_id=None)
    return fresh


async def revoke_key(session: AsyncSession, kid: str) -> SigningKey:
    """From now on the key verifies nothing, whenever it was signed. One that signed is replaced."""
    row = await _locked(session, kid)
    if row.revoked_at is not None:
        raise KeyRevokedAlready()
    await _replace(session, row)
    row.revoked_at = clock.now()
    revoked = KeyRevoked(subject=Ref("signing_key", row.id), kid=kid, purpose=row.purpose)
    await publish(session, revoked, actor_id=None)
    return row


async def compromise_key(session: AsyncSession, kid: str, *, since: datetime) -> SigningKey:
    """Others may have signed with the key since then. One that signed is replaced; an earlier moment can be set later.

    `since` has a time zone and lies not in the future.
    """
    if since > clock.now():
        raise CompromisedLater()
    row = await _locked(session, kid)
    if row.revoked_at is not None:
        raise KeyRevokedAlready()
    await _replace(session, row)
    row.compromised_at = since if row.compromised_at is None else min(since, row.compromised_at)
    compromised = KeyCompromised(
        subject=Ref("signing_key", row.id), kid=kid, purpose=row.purpose, since=row.compromised_at
    )
    await publish(session, compromised, actor_id=None)
    return row


async def rotate_due(session: AsyncSession) -> None:
    """Replace the token key once it is as old as the settings say. Keys of marks are rotated by people."""
    days = get_settings().token_key_days
    if not days:
        return
    statement = select(SigningKey.id).where(
        col(SigningKey.purpose) == KeyPurpose.tokens,
        col(SigningKey.retired_at).is_(None),
        col(SigningKey.created_at) <= clock.now() - timedelta(days=days),
    )
    if (await session.exec(statement.with_for_update(skip_locked=True))).one_or_none() is not None:
        await rotate_key(session, KeyPurpose.tokens)


async def reseal(session: AsyncSession, *, old: str, new: str) -> int:
    """Seal all private halves with another secret; how many were not so already. All or none.

    Raises KeyUnsealError naming a key that neither secret opens.
    """
    changed = 0
    for row in (await session.exec(select(SigningKey).order_by(col(SigningKey.id)).with_for_update())).all():
        if _opens(row, new):
            continue
        try:
            pem = open_private_key(row.private_sealed, old)
        except KeyUnsealError as error:
            raise KeyUnsealError(
                f"Neither PUUMERKKI_OLD_SECRET nor PUUMERKKI_SECRET opens the key {row.kid}. Nothing was changed."
            ) from error
        row.private_sealed = seal_private_key(pem, new)
        changed += 1
    await session.flush()
    return changed


def _opens(row: SigningKey, secret: str) -> bool:
    try:
        open_private_key(row.private_sealed, secret)
    except KeyUnsealError:
        return False
    return True


async def _locked(session: AsyncSession, kid: str) -> SigningKey:
    row = (await session.exec(select(SigningKey).where(col(SigningKey.kid) == kid).with_for_update())).one_or_none()
    if row is None:
        raise KeyUnknown()
    return row


async def _replace(session: AsyncSession, row: SigningKey) -> None:
    if row.retired_at is None:
        await rotate_key(session, row.purpose)
        await session.refresh(row)
