"""What the API takes and gives of an account: its end, another address, and what it may do where."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints, WithJsonSchema

from puumerkki.access.permissions import P
from puumerkki.access.roles import ScopeKind
from puumerkki.kernel.field_types import Email, Moment, Schema


class AccountErasure(Schema):
    """The password of the account that is erased."""

    password: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class EmailChangeGiven(Schema):
    """The new address."""

    email: Email


class EmailChangePublic(Schema):
    """An address that is to change until `expires_at`, and which of the two has confirmed it."""

    email: str
    expires_at: Moment
    old_confirmed: bool
    new_confirmed: bool


class EmailConfirmed(Schema):
    """`changed`: both have confirmed, and this is the address now; until then the other mailbox is waited for."""

    email: str
    changed: bool


Permission = Annotated[P, WithJsonSchema({"type": "string", "enum": [one.value for one in P]})]


class PermissionsHeld(Schema):
    """What one may do in an organisation or a network, or on the platform (`scope_id` is null)."""

    scope_kind: ScopeKind
    scope_id: UUID | None
    permissions: list[Permission]
