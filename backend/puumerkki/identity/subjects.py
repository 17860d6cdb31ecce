"""What the registry of subjects knows of this room."""

from typing import Any

from sqlalchemy import Select
from sqlmodel import col, select

from puumerkki.access.actor import Caller
from puumerkki.identity.models import ServiceAccount, User
from puumerkki.identity.queries import sees_service_account, service_account_readable, user_readable
from puumerkki.kernel.subjects import Subject


def _users(caller: Caller) -> Select[Any]:
    return select(col(User.id)).where(user_readable(caller))


def _service_accounts(caller: Caller) -> Select[Any]:
    return select(col(ServiceAccount.id)).where(service_account_readable(caller))


SUBJECTS = (
    Subject("user", readable=_users),
    Subject("service_account", readable=_service_accounts, audiences={"parties": sees_service_account}),
)
