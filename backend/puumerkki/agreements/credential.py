"""What a party signs: the canonical bytes of a version, and the credential that says who signed them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import rfc8785

from puumerkki.funding.credential import CONTEXT
from puumerkki.funding.status_list import CTY, TYP, moment
from puumerkki.kernel.clock import end_of_day
from puumerkki.kernel.jose import PrivateKey, sign_token

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
) -> bytes:
    """The bytes of what is agreed (RFC 8785). `parties`: id, name and business id of each. Contacts are not in it.

    The number of the version is not either: what is the same has the same bytes.
    """
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
        }
    )


def sign(
    key: PrivateKey,
    *,
    public_url: str,
    agreement_id: UUID,
    version: int,
    title: str,
    digest: str,
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
            "digest": digest,
            "party": {"id": f"urn:uuid:{party_id}", "name": party_name},
        },
    }
    return sign_token(key, claims, typ=TYP, cty=CTY)
