"""The public keys, at the address that others' software looks for, and their history."""

from typing import Any

from fastapi import APIRouter

from puumerkki.kernel.crypto.keys import KeyPurpose, KeyState, keys_of, public_keys, published_jwk
from puumerkki.kernel.field_types import Moment, Schema
from puumerkki.kernel.http import SessionDep, TransactionRoute

router = APIRouter(tags=["keys"], route_class=TransactionRoute)


class JsonWebKeySet(Schema):
    """Public keys (RFC 7517) whose signatures hold; beside the usual members `purpose`, and `exp` once retired."""

    keys: list[dict[str, Any]]


class KeyPublic(Schema):
    """A key and what it is good for.

    `current` signs and verifies; `retired` verifies; `compromised` verifies by itself nothing: an endorsement that it
    signed holds if its issuing was sealed in the event log before `compromised_at`; `revoked` verifies nothing.
    """

    kid: str
    purpose: KeyPurpose
    state: KeyState
    created_at: Moment
    retired_at: Moment | None
    compromised_at: Moment | None
    revoked_at: Moment | None
    jwk: dict[str, Any]


class KeyHistory(Schema):
    """All keys there ever were, the newest first."""

    keys: list[KeyPublic]


@router.get(
    "/.well-known/jwks.json",
    operation_id="keys_list_public",
    summary="The public keys that check endorsements and tokens",
)
async def list_public_keys(session: SessionDep) -> JsonWebKeySet:
    """Keys that were revoked or compromised are not here, but in the history."""
    return JsonWebKeySet(keys=[published_jwk(key) for key in await public_keys(session)])


@router.get("/api/v1/keys", operation_id="keys_list_history", summary="All keys there ever were, the bad ones too")
async def list_history(session: SessionDep) -> KeyHistory:
    found = await keys_of(session)
    return KeyHistory(
        keys=[
            KeyPublic(
                kid=key.kid,
                purpose=key.purpose,
                state=key.state,
                created_at=key.created_at,
                retired_at=key.retired_at,
                compromised_at=key.compromised_at,
                revoked_at=key.revoked_at,
                jwk=key.public_jwk,
            )
            for key in found
        ]
    )
