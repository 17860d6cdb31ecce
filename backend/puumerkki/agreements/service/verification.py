"""What anyone may ask of a signature on an agreement: whether it holds."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.agreements import credential
from puumerkki.agreements.events import AgreementSigned
from puumerkki.agreements.models import Agreement, AgreementSignature, AgreementState, VersionStatus
from puumerkki.agreements.queries import agreements as queries
from puumerkki.agreements.queries import versions
from puumerkki.agreements.queries.party_rows import parties_at
from puumerkki.agreements.schemas.verification import SignatureGiven, SignatureVerdict
from puumerkki.agreements.service.version_status import version_status
from puumerkki.kernel import clock
from puumerkki.kernel.crypto.credentials import key_lookup
from puumerkki.kernel.crypto.keys import KeyPurpose, SigningKey, keys_of
from puumerkki.kernel.eventlog.sealing import sealed_at
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.subjects import Ref

OVER = frozenset({AgreementState.ended, AgreementState.renewed, AgreementState.terminated})


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
    known = await _known(session, UUID(found.agreement), found.version) if found.valid else _Known()
    if known.standing == VersionStatus.withdrawn:
        problems.append("version_withdrawn")
    return SignatureVerdict(
        valid=found.valid and not problems,
        signed=found.signed,
        in_period=found.in_period,
        title=found.title,
        version_number=found.version,
        party=found.party,
        digest_matches=found.digest_matches,
        standing=known.standing,
        state=known.state,
        unsigned=known.unsigned,
        ended_on=known.ended_on,
        problems=problems,
    )


@dataclass(frozen=True)
class _Known:
    """What we hold of the version that was signed: nothing of a signature that does not hold."""

    standing: VersionStatus | None = None
    state: AgreementState | None = None
    unsigned: list[str] = field(default_factory=list)
    ended_on: date | None = None


async def _known(session: AsyncSession, agreement_id: UUID, number: int | None) -> _Known:
    """What has become of a version, and who has not signed it."""
    agreement = await session.get(Agreement, agreement_id)
    if agreement is None or number is None:
        return _Known()
    signed = {
        one.organisation_id for one in await queries.signatures(session, agreement_id) if one.version_number == number
    }
    ended_on = None
    if agreement.state in OVER:
        last = await queries.version(session, agreement_id, agreement.version_in_force)
        ended_on = min(agreement.ended_on or last.ends_on, last.ends_on)
    return _Known(
        standing=version_status(agreement, number, (await versions.withdrawals(session, agreement_id)).get(number)),
        state=agreement.state,
        unsigned=[
            display_name(party.names, agreement.language)
            for party in await parties_at(session, agreement_id, number)
            if party.id not in signed
        ],
        ended_on=ended_on,
    )


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
