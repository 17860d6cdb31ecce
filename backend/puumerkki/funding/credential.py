"""The signed credential of a mark, and how anyone checks it: pure functions, the same here and offline.

A W3C Verifiable Credential 2.0 whose payload is the JWT claims themselves (VC-JOSE-COSE: `typ: vc+jwt`, `cty: vc`). The
status list is a Bitstring Status List 1.0: a bit is set once its mark was superseded or revoked.
"""

import base64
import gzip
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from puumerkki.funding.snapshot import digest
from puumerkki.kernel.clock import end_of_day
from puumerkki.kernel.jose import (
    MAX_CREDENTIAL_BYTES,
    KeyLookup,
    PrivateKey,
    PublicKey,
    TokenError,
    load_public_key,
    sign_token,
    verify_signature,
)

TYP, CTY = "vc+jwt", "vc"
MEDIA_TYPE = "application/vc+jwt"
CONTEXT = ("https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2")
TYPE = ("VerifiableCredential", "PuumerkkiEndorsement")
LIST_TYPE = ("VerifiableCredential", "BitstringStatusListCredential")
SMALLEST_LIST_BITS = 131_072
"""The least length the standard allows, so that an index tells nothing."""
LARGEST_LIST_BYTES = 8_000_000


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What a credential says of a mark."""

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
    """Where a mark is read: the credential's id."""
    return f"{public_url.rstrip('/')}/api/v1/endorsements/{number}"


def status_list_url(public_url: str) -> str:
    """Where the status list is read."""
    return f"{public_url.rstrip('/')}/api/v1/endorsements/status-list"


def build_claims(mark: Mark, *, public_url: str) -> dict[str, Any]:
    """The claims of a mark's credential."""
    url = status_list_url(public_url)
    return {
        "@context": list(CONTEXT),
        "id": endorsement_url(public_url, mark.number),
        "type": list(TYPE),
        "issuer": public_url,
        "validFrom": _moment(mark.issued_at),
        "validUntil": _moment(end_of_day(mark.valid_until)),
        "credentialSubject": {
            "id": f"urn:uuid:{mark.application_id}",
            "number": mark.number,
            "version": mark.version,
            "network": {"id": f"urn:uuid:{mark.network_id}", "name": mark.network_name},
            "applicants": list(mark.applicants),
            "title": mark.title,
            "digest": mark.digest,
            "conditions": list(mark.conditions),
        },
        "credentialStatus": {
            "id": f"{url}#{mark.status_index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(mark.status_index),
            "statusListCredential": url,
        },
    }


def sign_credential(key: PrivateKey, claims: Mapping[str, Any]) -> str:
    """The credential as a compact token."""
    return sign_token(key, claims, typ=TYP, cty=CTY)


def build_status_list(ended: Iterable[int], *, highest: int, public_url: str, now: datetime) -> dict[str, Any]:
    """The claims of the status list. `ended`: the indexes whose bit is set; `highest`: the last index given."""
    bits = bytearray(max(SMALLEST_LIST_BITS, highest + 1) // 8 + 1)
    for index in ended:
        bits[index // 8] |= 0x80 >> index % 8
    encoded = base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()
    url = status_list_url(public_url)
    return {
        "@context": [CONTEXT[0]],
        "id": url,
        "type": list(LIST_TYPE),
        "issuer": public_url,
        "validFrom": _moment(now),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": f"u{encoded}",
        },
    }


def key_lookup(keys: Collection[Mapping[str, Any]]) -> KeyLookup:
    """A lookup over the public keys of a JWKS; keys of other kinds are passed over."""
    found: dict[str, PublicKey] = {}
    for one in keys:
        try:
            key = load_public_key(one)
        except (ValueError, AttributeError, TypeError):
            continue
        found[key.kid] = key
    return found.get


def verify_credential(
    token: str, keys: KeyLookup, *, now: datetime, snapshot: bytes | None = None, status_list: str | None = None
) -> Verdict:
    """Check a credential with the public keys alone. Never raises, whatever the texts hold."""
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
    start, end = _parsed(claims["validFrom"]), _parsed(claims["validUntil"])
    within = start is not None and end is not None and start <= now < end
    if not within:
        problems.append("expired" if end is not None and now >= end else "not_yet_valid")
    matches = None if snapshot is None else digest(snapshot) == subject["digest"]
    if matches is False:
        problems.append("digest_mismatch")
    status = "unknown"
    if status_list is not None:
        status, trouble = _status(claims, status_list, keys)
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
    times = (_parsed(claims.get("validFrom")), _parsed(claims.get("validUntil")))
    if not all(isinstance(text, str) for text in texts) or None in times:
        return ["credential_claims"]
    return []


def _status(claims: Mapping[str, Any], status_list: str, keys: KeyLookup) -> tuple[str, list[str]]:
    try:
        listed = verify_signature(status_list.strip(), keys, typ=TYP, cty=CTY, max_bytes=LARGEST_LIST_BYTES)
    except TokenError:
        return "unknown", ["status_list_signature"]
    entry, subject = claims["credentialStatus"], listed.get("credentialSubject")
    ours = listed.get("type") == list(LIST_TYPE) and listed.get("issuer") == claims["issuer"]
    if not ours or not isinstance(subject, dict) or listed.get("id") != entry["statusListCredential"]:
        return "unknown", ["status_list_other"]
    bit = _bit(subject.get("encodedList"), entry["statusListIndex"])
    if bit is None:
        return "unknown", ["status_list_damaged"]
    return ("ended", ["ended"]) if bit else ("valid", [])


def _bit(encoded: Any, index: str) -> bool | None:
    if not isinstance(encoded, str) or not encoded.startswith("u") or not (index.isascii() and index.isdecimal()):
        return None
    try:
        packed = base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4))
        bits = zlib.decompressobj(wbits=31).decompress(packed, LARGEST_LIST_BYTES)
    except (ValueError, zlib.error):
        return None
    place = int(index) if len(index) < 12 else LARGEST_LIST_BYTES * 8
    return bool(bits[place // 8] & 0x80 >> place % 8) if place // 8 < len(bits) else None


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _parsed(text: Any) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return None
