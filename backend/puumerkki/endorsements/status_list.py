"""The status lists: Bitstring Status List 1.0 of the W3C, pure functions, the same here and offline.

An endorsement's bit is set once it was superseded or revoked, for good: purpose `revocation`. That an endorsement has
expired is said by its own `validUntil`, not by a bit. Every list has the least length that the standard allows; further
endorsements go to further lists. Within a list the endorsements are strewn, so that a bit's place does not tell an
endorsement's age. There are no decoys: the register of endorsements is public.
"""

import base64
import gzip
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from puumerkki.kernel.crypto.credentials import CTY, TYP, moment, parsed
from puumerkki.kernel.crypto.signed_tokens import KeyLookup, PublicKey, TokenError, verify_signature

CONTEXT = "https://www.w3.org/ns/credentials/v2"
TYPE = ("VerifiableCredential", "BitstringStatusListCredential")
PURPOSE = "revocation"
BITS = 131_072
LAST_LIST = (2**31 - 1) // BITS + 1
TTL = timedelta(minutes=5)
"""So long may a copy be taken for new."""
VALID = timedelta(days=7)
"""So long may one check offline with a copy."""
LARGEST_TOKEN_BYTES = 8_000_000
LARGEST_LIST_BYTES = 8_000_000
_STRIDE, _OFFSET = 50_261, 77_777  # odd: every place of the list is reached, each once


def scattered(sequence: int) -> int:
    """The index of the endorsement that was made as number `sequence` (from 0), over all lists."""
    block, place = divmod(sequence, BITS)
    return block * BITS + (place * _STRIDE + _OFFSET) % BITS


def list_of(index: int) -> tuple[int, int]:
    """The list, counted from 1, in which an index lies, and its place there."""
    block, place = divmod(index, BITS)
    return block + 1, place


def list_url(public_url: str, number: int) -> str:
    """Where a status list is read."""
    return f"{public_url.rstrip('/')}/api/v1/status-lists/{number}"


def first_list_url(public_url: str) -> str:
    """The address of the one list that the first release's endorsements name; they keep it."""
    return f"{public_url.rstrip('/')}/api/v1/endorsements/status-list"


def build_entry(index: int, *, public_url: str) -> dict[str, str]:
    """The `credentialStatus` of an endorsement."""
    number, place = list_of(index)
    url = list_url(public_url, number)
    return {
        "id": f"{url}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSE,
        "statusListIndex": str(place),
        "statusListCredential": url,
    }


def encode(ended: Iterable[int]) -> str:
    """The compressed list in which the bits at these places are set, as the standard writes it."""
    bits = bytearray(BITS // 8)
    for place in ended:
        bits[place // 8] |= 0x80 >> place % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()


def build_claims(encoded: str, *, url: str, issuer: str, now: datetime) -> dict[str, Any]:
    """The claims of a list's credential."""
    return {
        "@context": [CONTEXT],
        "id": url,
        "type": list(TYPE),
        "issuer": issuer,
        "validFrom": moment(now),
        "validUntil": moment(now + VALID),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "ttl": TTL // timedelta(milliseconds=1),
            "encodedList": encoded,
        },
    }


def look_up(
    claims: Mapping[str, Any], token: str, keys: KeyLookup, *, now: datetime, retired: Mapping[str, int]
) -> tuple[str, list[str]]:
    """`valid` or `ended` by a list, or `unknown` and why the list does not tell. Never raises.

    `claims`: those of a checked endorsement. Reasons: status_list_signature (also by a key retired before),
    status_list_other (another issuer's or another list, or no list at all), status_list_expired, status_list_damaged
    (too short, or not what the standard asks for), status_list_index (the endorsement's place is not in it).
    """
    kids: list[str] = []

    def known(kid: str) -> PublicKey | None:
        kids.append(kid)
        return keys(kid)

    try:
        listed = verify_signature(token.strip(), known, typ=TYP, cty=CTY, max_bytes=LARGEST_TOKEN_BYTES)
    except TokenError:
        return "unknown", ["status_list_signature"]
    entry, subject = claims["credentialStatus"], listed.get("credentialSubject")
    ours = listed.get("type") == list(TYPE) and listed.get("issuer") == claims["issuer"]
    if not ours or not isinstance(subject, dict) or listed.get("id") != entry["statusListCredential"]:
        return "unknown", ["status_list_other"]
    purposes = (entry.get("statusPurpose"), subject.get("statusPurpose"))
    if subject.get("type") != "BitstringStatusList" or purposes != (PURPOSE, PURPOSE):
        return "unknown", ["status_list_other"]
    start, end = parsed(listed.get("validFrom")), parsed(listed.get("validUntil"))
    if start is None or end is None or not start <= now + timedelta(minutes=1) or now >= end:
        return "unknown", ["status_list_expired"]
    if start.timestamp() > retired.get(kids[-1], start.timestamp()):
        return "unknown", ["status_list_signature"]
    bits = _decoded(subject.get("encodedList"))
    if bits is None or len(bits) * 8 < BITS:
        return "unknown", ["status_list_damaged"]
    index = entry["statusListIndex"]
    if not (index.isascii() and index.isdecimal() and len(index) < 12 and int(index) < len(bits) * 8):
        return "unknown", ["status_list_index"]
    place = int(index)
    return ("ended", ["ended"]) if bits[place // 8] & 0x80 >> place % 8 else ("valid", [])


def _decoded(encoded: Any) -> bytes | None:
    if not isinstance(encoded, str) or not encoded.startswith("u"):
        return None
    try:
        packed = base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4))
        unpack = zlib.decompressobj(wbits=31)
        bits = unpack.decompress(packed, LARGEST_LIST_BYTES)
    except (ValueError, zlib.error):
        return None
    return bits if unpack.eof else None
