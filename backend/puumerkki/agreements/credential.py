"""What a party signs: the canonical bytes of a version, and the credential that says who signed them.

Pure functions, the same here and offline.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import rfc8785

from puumerkki.applications.snapshot import SnapshotAttachment
from puumerkki.kernel.clock import end_of_day
from puumerkki.kernel.crypto.canonical import digest
from puumerkki.kernel.crypto.credentials import CONTEXT, CTY, TYP, moment, parsed
from puumerkki.kernel.crypto.signed_tokens import (
    MAX_CREDENTIAL_BYTES,
    KeyLookup,
    PrivateKey,
    PublicKey,
    TokenError,
    sign_token,
    verify_signature,
)

SNAPSHOT_FORMAT = "puumerkki-agreement-1"
"""Names the shape of a snapshot inside it; a new shape gets a new name, old snapshots stay as they are."""
TYPE = ("VerifiableCredential", "PuumerkkiAgreementSignature")


def build_snapshot(
    content: Mapping[str, Any],
    *,
    agreement_id: UUID,
    kind: str,
    title: str,
    language: str,
    starts_on: date,
    ends_on: date,
    parties: Sequence[Mapping[str, Any]],
    attachments: Sequence[SnapshotAttachment] = (),
) -> bytes:
    """The bytes of what is agreed (RFC 8785). `parties`: id, name and business id of each. Contacts are not in it.

    Files are in it by what they are called and their digest, where there are any.
    The number of the version is not either: what is the same has the same bytes.
    """
    files: list[dict[str, str | int]] = [
        {"name": one["name"], "digest": one["digest"], "size": one["size"]}
        for one in sorted(attachments, key=lambda one: (one["name"], one["digest"]))
    ]
    return rfc8785.dumps(
        {
            "format": SNAPSHOT_FORMAT,
            "agreement": str(agreement_id),
            "kind": kind,
            "title": title,
            "language": language,
            "starts_on": starts_on.isoformat(),
            "ends_on": ends_on.isoformat(),
            "parties": [dict(one) for one in parties],
            "content": dict(content),
            **({"attachments": files} if files else {}),
        }
    )


def sign(
    key: PrivateKey,
    *,
    public_url: str,
    agreement_id: UUID,
    version: int,
    title: str,
    signed_digest: str,
    party_id: UUID,
    party_name: str,
    signed_at: datetime,
    ends_on: date,
) -> str:
    """The credential of a signature (VC-JOSE-COSE, as a puumerkki's)."""
    claims = {
        "@context": list(CONTEXT),
        "id": f"{public_url.rstrip('/')}/api/v1/agreements/{agreement_id}",
        "type": list(TYPE),
        "issuer": public_url,
        "validFrom": moment(signed_at),
        "validUntil": moment(end_of_day(ends_on)),
        "credentialSubject": {
            "id": f"urn:uuid:{agreement_id}",
            "version": version,
            "title": title,
            "digest": signed_digest,
            "party": {"id": f"urn:uuid:{party_id}", "name": party_name},
        },
    }
    return sign_token(key, claims, typ=TYP, cty=CTY)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What the check of a signature found. `digest_matches` is None without a snapshot; `in_period`: as of now.

    `agreement`: its id, as a URN.
    """

    signed: bool = False
    in_period: bool = False
    agreement: str | None = None
    title: str | None = None
    version: int | None = None
    party: str | None = None
    digest_matches: bool | None = None
    kid: str | None = None
    problems: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Nothing that could be checked speaks against it. A signature stays good when the agreement has ended."""
        return self.signed and not self.problems


def verify(
    token: str,
    keys: KeyLookup,
    *,
    now: datetime,
    snapshot: bytes | None = None,
    retired: Mapping[str, int] | None = None,
) -> Checked:
    """Check a signature with the public keys alone, and the signed bytes where they are there. Never raises."""
    kids: list[str] = []

    def look_up(kid: str) -> PublicKey | None:
        kids.append(kid)
        return keys(kid)

    try:
        claims = verify_signature(token.strip(), look_up, typ=TYP, cty=CTY, max_bytes=MAX_CREDENTIAL_BYTES)
    except TokenError as error:
        return Checked(problems=(error.code,))
    if claims.get("type") != list(TYPE) or claims.get("@context") != list(CONTEXT):
        return Checked(signed=True, kid=kids[-1], problems=("credential_type",))
    subject = claims.get("credentialSubject")
    party = subject.get("party") if isinstance(subject, dict) else None
    start, end = parsed(claims.get("validFrom")), parsed(claims.get("validUntil"))
    if not isinstance(subject, dict) or not isinstance(party, dict) or start is None or end is None:
        return Checked(signed=True, kid=kids[-1], problems=("credential_claims",))
    problems = []
    if kids[-1] in (retired or {}) and start.timestamp() > (retired or {})[kids[-1]]:
        problems.append("key_retired")
    matches = None if snapshot is None else digest(snapshot) == subject.get("digest")
    if matches is False:
        problems.append("digest_mismatch")
    return Checked(
        signed=True,
        in_period=start <= now < end,
        agreement=subject.get("id"),
        title=subject.get("title"),
        version=subject.get("version"),
        party=party.get("name"),
        digest_matches=matches,
        kid=kids[-1],
        problems=tuple(problems),
    )
