"""Accounts of programs that act for an organisation."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, Field

from puumerkki.access.permissions import FORMER, P
from puumerkki.access.roles import Role
from puumerkki.identity.models import ServiceAccountState
from puumerkki.kernel.field_types import Moment, Schema, ShortLine
from puumerkki.kernel.reads.pagination import Page, PageQuery


def _named_today(given: Any) -> Any:
    return FORMER.get(given) or given if isinstance(given, str) else given


_Scope = Annotated[P, BeforeValidator(_named_today)]


class ServiceAccountCreate(Schema):
    """`scopes`: what its tokens can carry; `roles`: what it is in the organisation. It may do what both allow."""

    organisation_id: UUID
    name: ShortLine
    scopes: Annotated[list[_Scope], Field(min_length=1, max_length=len(P))]
    roles: Annotated[list[Role], Field(max_length=len(Role))] = []


class ServiceAccountPublic(Schema):
    id: UUID
    organisation_id: UUID
    name: str
    scopes: list[P]
    roles: list[Role]
    state: ServiceAccountState
    created_at: Moment
    version: int


class ServiceAccountSecret(Schema):
    """The secret is shown this once and kept nowhere."""

    client_id: UUID
    client_secret: str
    organisation_id: UUID
    name: str
    scopes: list[P]
    roles: list[Role]
    version: int


class ServiceAccountQuery(PageQuery):
    organisation: UUID | None = None
    state: ServiceAccountState | None = None


ServiceAccountPage = Page[ServiceAccountPublic]
