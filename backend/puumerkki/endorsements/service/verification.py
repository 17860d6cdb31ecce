"""What anyone may ask of an endorsement: the credential's check, the status lists."""

import hashlib
from collections import OrderedDict
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.endorsements import credential, status_list
from puumerkki.endorsements.events.endorsements import EndorsementIssued
from puumerkki.endorsements.events.network_powers import EndorsementProlonged
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.endorsements.queries import endorsements as queries
from puumerkki.endorsements.queries.revocations import former_credential, under_review
from puumerkki.endorsements.schemas.endorsements import EndorsementCondition, VerdictPublic, VerdictStatus, VerifyGiven
from puumerkki.kernel import clock
from puumerkki.kernel.crypto.canonical import canonical, digest
from puumerkki.kernel.crypto.credentials import key_lookup
from puumerkki.kernel.crypto.keys import KeyPurpose, SigningKey, current_key, keys_of
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.eventlog.sealing import sealed_at
from puumerkki.kernel.settings import get_settings
from puumerkki.kernel.subjects import Ref

_KEPT_LISTS = 8
_signed: OrderedDict[tuple[str, str], str] = OrderedDict()
"""Signed lists by address and tag: who asks for the same again gets the same bytes."""


async def verify(session: AsyncSession, *, given: VerifyGiven) -> VerdictPublic:
    """Check a credential, and a snapshot if there is one, against our keys and the register."""
    keys = {key.kid: key for key in await keys_of(session, KeyPurpose.marks) if key.revoked_at is None}
    found = credential.verify_credential(
        given.credential,
        key_lookup([key.public_jwk for key in keys.values()]),
        now=clock.now(),
        snapshot=_bytes(given.snapshot),
        retired={kid: int(key.retired_at.timestamp()) for kid, key in keys.items() if key.retired_at is not None},
    )
    problems = list(found.problems)
    status, known = VerdictStatus.unknown, None
    if found.number is not None and found.claims is not None and found.kid is not None:
        endorsement = await _endorsement(session, found.number)
        if endorsement is None or digest(endorsement.snapshot) != found.claims["credentialSubject"]["digest"]:
            problems.append("number_unknown")
        else:
            known, status = endorsement, VerdictStatus(queries.status_of(endorsement))
            if status is not VerdictStatus.valid and status.value not in problems:
                problems.append(status.value)
        if not await _is_proof(session, keys[found.kid], given.credential, endorsement):
            problems.append("key_compromised")
    return VerdictPublic(
        valid=found.valid and not problems,
        signed=found.signed,
        within_validity=found.within_validity,
        status=status,
        number=found.number,
        network=found.network,
        digest_matches=found.digest_matches,
        open_conditions=[EndorsementCondition.model_validate(one) for one in known.conditions if not one["met"]]
        if known
        else [],
        under_review=known is not None and await under_review(session, known.id),
        problems=problems,
    )


def _bytes(snapshot: str | dict[str, Any] | None) -> bytes | None:
    if snapshot is None or isinstance(snapshot, str):
        return None if snapshot is None else snapshot.encode()
    try:
        return canonical(snapshot)
    except ValueError:
        return b""


async def _endorsement(session: AsyncSession, number: str) -> Endorsement | None:
    return (await session.exec(select(Endorsement).where(col(Endorsement.number) == number))).one_or_none()


async def _is_proof(session: AsyncSession, key: SigningKey, given: str, endorsement: Endorsement | None) -> bool:
    """What a compromised key has signed is proof only if it is the register's, sealed before others had the key."""
    if key.compromised_at is None:
        return True
    if endorsement is None:
        return False
    former, subject = await former_credential(session, endorsement.id), Ref("endorsement", endorsement.id)
    if _signed_part(given) == _signed_part(former or endorsement.credential):
        sealed = await sealed_at(session, subject=subject, type=EndorsementIssued.type)
    elif _signed_part(given) == _signed_part(endorsement.credential):
        sealed = await sealed_at(session, subject=subject, type=EndorsementProlonged.type)
    else:
        return False
    return sealed is not None and sealed < key.compromised_at


def _signed_part(token: str) -> str:
    """The part of a token that is signed: header and claims. Anyone can turn the signature into another valid one."""
    return token.strip().rpartition(".")[0]


async def signed_list(session: AsyncSession, *, number: int, tag: str | None = None) -> tuple[str, str | None]:
    """A status list's tag and its signed text as of now; no text where the tag is the one given.

    The tag changes with every bit, with the key, and every five minutes. NotFound for a list that no endorsement is in
    yet.
    """
    if number > 1 and number > await queries.lists_begun(session):
        raise NotFound()
    url = status_list.list_url(get_settings().public_url, number)
    return await _list(session, number, url, tag)


async def first_list(session: AsyncSession, *, tag: str | None = None) -> tuple[str, str | None]:
    """The list that the first release's endorsements name."""
    return await _list(session, 1, status_list.first_list_url(get_settings().public_url), tag)


async def _list(session: AsyncSession, number: int, url: str, given: str | None) -> tuple[str, str | None]:
    encoded = status_list.encode(await queries.ended_places(session, number))
    key = await current_key(session, KeyPurpose.marks)
    seconds = int(status_list.TTL.total_seconds())
    begun = clock.now().timestamp() // seconds
    tag = hashlib.sha256(f"{url} {encoded} {key.kid} {begun}".encode()).hexdigest()[:32]
    if tag == given:
        return tag, None
    signed = _signed.get((url, tag))
    if signed is None:
        issuer = get_settings().public_url
        claims = status_list.build_claims(encoded, url=url, issuer=issuer, now=clock.now())
        signed = _signed[url, tag] = credential.sign_credential(key, claims)
        if len(_signed) > _KEPT_LISTS:
            _signed.popitem(last=False)
    return tag, signed
