"""What anyone may ask of a signature on an agreement: whether it holds."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.agreements import credential
from puumerkki.agreements.events import AgreementSigned
from puumerkki.agreements.models import AgreementSignature
from puumerkki.agreements.queries import versions
from puumerkki.agreements.schemas.checking import SignatureGiven, SignatureVerdict
from puumerkki.funding.credential import key_lookup
from puumerkki.kernel import clock
from puumerkki.kernel.keys import KeyPurpose, SigningKey, keys_of
from puumerkki.kernel.refs import Ref
from puumerkki.kernel.sealing import sealed_at


async def verify(session: AsyncSession, *, given: SignatureGiven) -> SignatureVerdict:
    """Check a signature, and the signed bytes if they are there, against our keys and what we hold."""
    keys = {key.kid: key for key in await keys_of(session, KeyPurpose.marks) if key.revoked_at is None}
    found = credential.verify(
        given.credential,
        key_lookup([key.public_jwk for key in keys.values()]),
        now=clock.now(),
        snapshot=None if given.snapshot is None else given.snapshot.encode(),
        retired={kid: int(key.retired_at.timestamp()) for kid, key in keys.items() if key.retired_at is not None},
    )
    problems = list(found.problems)
    if found.kid is not None and not await _is_proof(session, keys[found.kid], given.credential):
        problems.append("key_compromised")
    if found.valid and await _is_withdrawn(session, UUID(found.agreement), found.version):
        problems.append("version_withdrawn")
    return SignatureVerdict(
        valid=found.valid and not problems,
        signed=found.signed,
        in_period=found.in_period,
        title=found.title,
        version_number=found.version,
        party=found.party,
        digest_matches=found.digest_matches,
        problems=problems,
    )


async def _is_withdrawn(session: AsyncSession, agreement_id: UUID, number: int | None) -> bool:
    """What was taken back before all had signed it binds nobody."""
    return number in await versions.withdrawals(session, agreement_id)


async def _is_proof(session: AsyncSession, key: SigningKey, given: str) -> bool:
    """What a compromised key has signed is proof only if it is ours, sealed before others had the key."""
    if key.compromised_at is None:
        return True
    said = given.strip().rpartition(".")[0]
    kept = await session.exec(
        select(AgreementSignature).where(
            col(AgreementSignature.kid) == key.kid, col(AgreementSignature.credential).startswith(said, autoescape=True)
        )
    )
    one = kept.first()
    if one is None:
        return False
    sealed = await sealed_at(session, subject=Ref("agreement", one.agreement_id), type=AgreementSigned.type)
    return sealed is not None and sealed < key.compromised_at
