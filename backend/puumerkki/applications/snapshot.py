"""The canonical bytes of an application's version, and their digests.

An endorsement is bound to these bytes, so equal content must always give equal bytes: RFC 8785, with what JSON lacks
written as strings in one form only. Contact persons are not in them, only a salted digest of the private
part: once that part and its salt are erased, the digest tells nothing, and the endorsement still holds.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import TypedDict
from uuid import UUID

from puumerkki.kernel.crypto.canonical import canonical

SNAPSHOT_FORMAT = "puumerkki-application-1"
"""Names the shape of a snapshot inside it; a new shape gets a new name, old snapshots stay as they are."""

SHORTEST_SALT = 16


class SnapshotApplicant(TypedDict):
    """An applicant as a snapshot names it."""

    id: UUID
    name: str
    business_id: str | None


class SnapshotAttachment(TypedDict):
    """An attachment as a snapshot names it; `digest` is what `digest()` says of its bytes."""

    name: str
    digest: str
    size: int


def build_snapshot(
    content: Mapping[str, object],
    *,
    application_id: UUID,
    version: int,
    network_id: UUID,
    applicants: Sequence[SnapshotApplicant],
    attachments: Sequence[SnapshotAttachment],
    private_part: Mapping[str, object],
    salt: bytes,
) -> bytes:
    """Freeze one version for one network. The order of applicants and of attachments carries no meaning.

    A key that is both in the content and in the private part raises ValueError: it would not be erasable.
    """
    leaked = content.keys() & private_part.keys()
    if leaked:
        raise ValueError(f"private parts stand in the open content too: {', '.join(sorted(leaked))}")
    return canonical(
        {
            "format": SNAPSHOT_FORMAT,
            "application_id": application_id,
            "version": version,
            "network_id": network_id,
            "applicants": [
                {"id": each["id"], "name": each["name"], "business_id": each["business_id"]}
                for each in sorted(applicants, key=lambda each: each["id"])
            ],
            "attachments": [
                {"name": each["name"], "digest": each["digest"], "size": each["size"]}
                for each in sorted(attachments, key=lambda each: (each["name"], each["digest"]))
            ],
            "content": content,
            "private_digest": salted_digest(private_part, salt),
        }
    )


def salted_digest(value: object, salt: bytes) -> str:
    """HMAC-SHA-256 of the canonical value with the salt as key: not to be guessed from without the salt."""
    if len(salt) < SHORTEST_SALT:
        raise ValueError(f"a salt has at least {SHORTEST_SALT} bytes")
    return f"hmac-sha256:{hmac.new(salt, canonical(value), hashlib.sha256).hexdigest()}"
