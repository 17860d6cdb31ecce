"""Addresses at the root that others' software looks for."""

from typing import Any

from fastapi import APIRouter

from puumerkki.kernel.http import SessionDep, TransactionRoute
from puumerkki.kernel.keys import KeyPurpose, public_keys
from puumerkki.kernel.text import Schema

router = APIRouter(tags=["keys"], route_class=TransactionRoute)


class JsonWebKeySet(Schema):
    """Public keys (RFC 7517)."""

    keys: list[dict[str, Any]]


@router.get(
    "/.well-known/jwks.json", operation_id="keys_list_public", summary="The public keys that check marks and tokens"
)
async def list_public_keys(session: SessionDep) -> JsonWebKeySet:
    keys = [*await public_keys(session, KeyPurpose.marks), *await public_keys(session, KeyPurpose.tokens)]
    return JsonWebKeySet(keys=[key.public_jwk for key in keys])
