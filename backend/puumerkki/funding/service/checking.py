"""What anyone may ask of a mark: the credential's check, the status list."""

from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.funding import credential
from puumerkki.funding.models import Endorsement
from puumerkki.funding.queries import endorsements as queries
from puumerkki.funding.schemas.endorsements import VerdictPublic, VerdictStatus, VerifyGiven
from puumerkki.funding.snapshot import canonical, digest
from puumerkki.kernel import clock
from puumerkki.kernel.keys import KeyPurpose, SigningKey, current_key, public_keys
from puumerkki.kernel.settings import get_settings


async def verify(session: AsyncSession, *, given: VerifyGiven) -> VerdictPublic:
    """Check a credential, and a snapshot if there is one, against our keys and the register."""
    keys = {key.kid: key for key in await public_keys(session, KeyPurpose.marks)}
    lookup = credential.key_lookup([key.public_jwk for key in keys.values()])
    snapshot = _bytes(given.snapshot)
    found = credential.verify_credential(given.credential, lookup, now=clock.now(), snapshot=snapshot)
    problems = list(found.problems)
    status = VerdictStatus.unknown
    if found.number is not None and found.claims is not None and found.kid is not None:
        mark = await _mark(session, found.number)
        if mark is None or digest(mark.snapshot) != found.claims["credentialSubject"]["digest"]:
            problems.append("number_unknown")
        else:
            status = VerdictStatus(queries.status_of(mark))
            if status is not VerdictStatus.valid and status.value not in problems:
                problems.append(status.value)
        if _compromised(keys[found.kid], mark):
            problems.append("key_compromised")
    return VerdictPublic(
        valid=found.valid and not problems,
        signed=found.signed,
        within_validity=found.within_validity,
        status=status,
        number=found.number,
        network=found.network,
        digest_matches=found.digest_matches,
        problems=problems,
    )


def _bytes(snapshot: str | dict[str, Any] | None) -> bytes | None:
    if snapshot is None or isinstance(snapshot, str):
        return None if snapshot is None else snapshot.encode()
    try:
        return canonical(snapshot)
    except ValueError:
        return b""


async def _mark(session: AsyncSession, number: str) -> Endorsement | None:
    return (await session.exec(select(Endorsement).where(col(Endorsement.number) == number))).one_or_none()


def _compromised(key: SigningKey, mark: Endorsement | None) -> bool:
    """A compromised key proves nothing but what the register held before."""
    return key.compromised_at is not None and (mark is None or mark.issued_at >= key.compromised_at)


async def status_list(session: AsyncSession) -> str:
    """The signed status list as of now: a bit is set once its mark was superseded or revoked."""
    claims = credential.build_status_list(
        await queries.ended_indexes(session),
        highest=await queries.highest_index(session),
        public_url=get_settings().public_url,
        now=clock.now(),
    )
    return credential.sign_credential(await current_key(session, KeyPurpose.marks), claims)
