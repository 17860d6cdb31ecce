"""The signed credential of an endorsement, and how anyone checks it: pure functions, the same here and offline.

A W3C Verifiable Credential 2.0 whose payload is the JWT claims themselves (VC-JOSE-COSE: `typ: vc+jwt`, `cty: vc`).
Whether it was ended since is told by a status list (`status_list.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from puumerkki.endorsements import status_list
from puumerkki.kernel.clock import end_of_day
from puumerkki.kernel.crypto.canonical import digest
from puumerkki.kernel.crypto.credentials import CONTEXT, CTY, TYP, moment, parsed
from puumerkki.kernel.crypto.signed_tokens import (
    MAX_CREDENTIAL_BYTES,
    KeyLookup,
    PrivateKey,
    PublicKey,
    TokenError,
    read_claims,
    sign_token,
    verify_signature,
)

MEDIA_TYPE = "application/vc+jwt"
TYPE = ("VerifiableCredential", "PuumerkkiEndorsement")


@dataclass(frozen=True, kw_only=True)
class CredentialContent:
    """What a credential says of an endorsement."""

    number: str
    application_id: UUID
    version: int
    network_id: UUID
    network_name: str
    applicants: Sequence[str]
    title: str
    digest: str
    conditions: Sequence[str]
    issued_at: datetime
    valid_until: date
    status_index: int


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a check found. `status` is `unknown` without a status list, else `valid` or `ended` as of the list.

    `digest_matches` is None without a snapshot. `valid`: nothing that could be checked speaks against it.
    """

    signed: bool = False
    within_validity: bool = False
    status: str = "unknown"
    number: str | None = None
    network: str | None = None
    digest_matches: bool | None = None
    kid: str | None = None
    claims: Mapping[str, Any] | None = None
    problems: tuple[str, ...] = field(default_factory=tuple)

    @property
    def valid(self) -> bool:
        return self.signed and self.within_validity and not self.problems


def endorsement_url(public_url: str, number: str) -> str:
    """Where an endorsement is read: the credential's id."""
    return f"{public_url.rstrip('/')}/api/v1/endorsements/{number}"


def build_claims(endorsement: CredentialContent, *, public_url: str) -> dict[str, Any]:
    """The claims of an endorsement's credential."""
    return {
        "@context": list(CONTEXT),
        "id": endorsement_url(public_url, endorsement.number),
        "type": list(TYPE),
        "issuer": public_url,
        "validFrom": moment(endorsement.issued_at),
        "validUntil": moment(end_of_day(endorsement.valid_until)),
        "credentialSubject": {
            "id": f"urn:uuid:{endorsement.application_id}",
            "number": endorsement.number,
            "version": endorsement.version,
            "network": {"id": f"urn:uuid:{endorsement.network_id}", "name": endorsement.network_name},
            "applicants": list(endorsement.applicants),
            "title": endorsement.title,
            "digest": endorsement.digest,
            "conditions": list(endorsement.conditions),
        },
        "credentialStatus": status_list.build_entry(endorsement.status_index, public_url=public_url),
    }


def prolonged(token: str, *, valid_until: date, conditions: Sequence[str]) -> dict[str, Any]:
    """The claims of a credential of ours with a later last day, and the conditions that are still open."""
    claims = read_claims(token)
    subject = claims["credentialSubject"] | {"conditions": list(conditions)}
    return claims | {"validUntil": moment(end_of_day(valid_until)), "credentialSubject": subject}


def sign_credential(key: PrivateKey, claims: Mapping[str, Any]) -> str:
    """The credential as a compact token."""
    return sign_token(key, claims, typ=TYP, cty=CTY)


def verify_credential(
    token: str,
    keys: KeyLookup,
    *,
    now: datetime,
    snapshot: bytes | None = None,
    listed: str | None = None,
    retired: Mapping[str, int] | None = None,
) -> Verdict:
    """Check a credential with the public keys alone, and a status list if one is `listed`.

    `retired`: when keys ceased to sign (`retirements`). Never raises, whatever the texts hold.
    """
    retired = retired or {}
    kids: list[str] = []

    def look_up(kid: str) -> PublicKey | None:
        kids.append(kid)
        return keys(kid)

    try:
        claims = verify_signature(token.strip(), look_up, typ=TYP, cty=CTY, max_bytes=MAX_CREDENTIAL_BYTES)
    except TokenError as error:
        return Verdict(problems=(error.code,))
    problems = check_claims(claims)
    if problems:
        return Verdict(signed=True, kid=kids[-1], problems=tuple(problems))
    subject = claims["credentialSubject"]
    start, end = parsed(claims["validFrom"]), parsed(claims["validUntil"])
    within = start is not None and end is not None and start <= now < end
    if start is not None and kids[-1] in retired and start.timestamp() > retired[kids[-1]]:
        problems.append("key_retired")
    if not within:
        problems.append("expired" if end is not None and now >= end else "not_yet_valid")
    matches = None if snapshot is None else digest(snapshot) == subject["digest"]
    if matches is False:
        problems.append("digest_mismatch")
    status = "unknown"
    if listed is not None:
        status, trouble = status_list.look_up(claims, listed, keys, now=now, retired=retired)
        problems += trouble
    return Verdict(
        signed=True,
        within_validity=within,
        status=status,
        number=subject["number"],
        network=subject["network"]["name"],
        digest_matches=matches,
        kid=kids[-1],
        claims=claims,
        problems=tuple(problems),
    )


def check_claims(claims: Mapping[str, Any]) -> list[str]:
    """What is wrong with the shape of signed claims: another type of credential, or a missing part."""
    if claims.get("type") != list(TYPE) or claims.get("@context") != list(CONTEXT):
        return ["credential_type"]
    subject, status = claims.get("credentialSubject"), claims.get("credentialStatus")
    if not isinstance(subject, dict) or not isinstance(status, dict) or not isinstance(subject.get("network"), dict):
        return ["credential_claims"]
    texts = (
        claims.get("issuer"),
        subject.get("number"),
        subject.get("digest"),
        subject["network"].get("name"),
        status.get("statusListIndex"),
        status.get("statusListCredential"),
    )
    times = (parsed(claims.get("validFrom")), parsed(claims.get("validUntil")))
    if not all(isinstance(text, str) for text in texts) or None in times:
        return ["credential_claims"]
    return []
