"""What the API takes and gives of the end of an account, and of another address."""

from typing import Annotated

from pydantic import StringConstraints

from puumerkki.kernel.text import Email, Moment, Schema


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
