"""Who people and services are, and how they prove it. Secrets are kept as hashes only."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, LargeBinary
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text, Uuid
from sqlmodel import Field, SQLModel

from puumerkki.access.roles import Role, ScopeKind
from puumerkki.kernel.db import Aggregate, Json, Moment, Table, text_enum


class UserState(StrEnum):
    """Whether a person may sign in."""

    invited = "invited"
    active = "active"
    disabled = "disabled"


class User(Aggregate, table=True):
    """A person; `id` is the principal's. `email` is kept in lower case."""

    __tablename__ = "app_user"

    id: UUID = Field(foreign_key="principal.id", primary_key=True)
    email: str = Field(sa_type=Text, unique=True)
    name: str = Field(sa_type=Text)
    language: str = Field(default="fi", sa_type=Text)
    password_hash: str | None = Field(default=None, sa_type=Text)
    state: UserState = Field(default=UserState.active, sa_type=text_enum(UserState))
    invited_by: UUID | None = Field(default=None, foreign_key="principal.id", index=True)
    """Whose invitation made the account: such a person is no second person of the inviter."""


class RefreshToken(Table, table=True):
    """One link of a session's chain. All of a family are revoked when one is used twice."""

    __tablename__ = "refresh_token"
    __table_args__ = (Index("ix_refresh_token_family", "family_id"),)

    family_id: UUID
    user_id: UUID = Field(foreign_key="app_user.id", index=True)
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    expires_at: datetime = Field(sa_type=Moment)
    """Until when it renews the session, where nobody uses it before."""
    ends_at: datetime = Field(sa_type=Moment)
    """When the session ends however much it is used; the same for all of a family."""
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)


class MailedPurpose(StrEnum):
    """What a mailed link is for."""

    login = "login"
    password_reset = "password_reset"
    invitation = "invitation"
    erasure = "erasure"
    email_old = "email_old"
    email_new = "email_new"


class MailedLink(Table, table=True):
    """A link sent by mail, used once. `payload`: what an invitation gives (scope and role), or the new address."""

    __tablename__ = "mailed_link"

    purpose: MailedPurpose = Field(sa_type=text_enum(MailedPurpose))
    user_id: UUID = Field(foreign_key="app_user.id", index=True)
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=Json)


class EmailChange(Table, table=True):
    """A person's address that is to change: nothing does before both addresses have confirmed it."""

    __tablename__ = "email_change"

    user_id: UUID = Field(foreign_key="app_user.id", unique=True)
    email: str = Field(sa_type=Text)
    expires_at: datetime = Field(sa_type=Moment)
    old_confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    new_confirmed_at: datetime | None = Field(default=None, sa_type=Moment)


class OfferEnding(StrEnum):
    """How an offer of a role ended."""

    accepted = "accepted"
    declined = "declined"
    withdrawn = "withdrawn"


class RoleOffer(Table, table=True):
    """A role that somebody was offered and has not accepted: until then it counts for nothing.

    `email` and `name`: as whoever offered it wrote them, so that nothing of the account is told. They are null where a
    known person was chosen. `acts_from`: what the role will have of it, or the moment of accepting if that is earlier.
    `network_id`: the network that invited the organisation and its first administrator together.
    """

    __tablename__ = "role_offer"
    __table_args__ = (
        Index(
            "uq_role_offer_all",
            "principal_id",
            "scope_kind",
            "scope_id",
            "role",
            "for_organisation_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_role_offer_organisation", "organisation_id", "created_at", "id"),
    )

    principal_id: UUID = Field(foreign_key="principal.id")
    scope_kind: ScopeKind = Field(sa_type=text_enum(ScopeKind))
    scope_id: UUID
    role: Role = Field(sa_type=text_enum(Role))
    for_organisation_id: UUID | None = None
    organisation_id: UUID
    email: str | None = Field(default=None, sa_type=Text)
    name: str | None = Field(default=None, sa_type=Text)
    offered_by: UUID | None = Field(default=None, foreign_key="principal.id")
    expires_at: datetime = Field(sa_type=Moment, index=True)
    acts_from: datetime | None = Field(default=None, sa_type=Moment)
    network_id: UUID | None = None


class ServiceAccountState(StrEnum):
    """Whether a service account may get tokens."""

    active = "active"
    revoked = "revoked"


class ServiceAccount(Aggregate, table=True):
    """A script or another system; `id` is the principal's and the OAuth 2 client id. `organisation_id`: whose it is.

    `maker_ids`: who made it or gave it a new secret. What binds them binds it, and what it writes they wrote.
    """

    __tablename__ = "service_account"

    id: UUID = Field(foreign_key="principal.id", primary_key=True)
    organisation_id: UUID = Field(index=True)
    name: str = Field(sa_type=Text)
    secret_hash: bytes = Field(sa_type=LargeBinary)
    scopes: list[str] = Field(sa_type=ARRAY(Text()))
    state: ServiceAccountState = Field(default=ServiceAccountState.active, sa_type=text_enum(ServiceAccountState))
    maker_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))


class RateLimit(SQLModel, table=True):
    """How often something was tried in a window; the key is a hash, not an address."""

    __tablename__ = "rate_limit"

    key: bytes = Field(primary_key=True, sa_type=LargeBinary)
    window_starts_at: datetime = Field(sa_type=Moment, index=True)
    count: int


class BreakGlass(Table, table=True):
    """An operator looked into one organisation or network for an hour, and why."""

    __tablename__ = "break_glass"

    operator_id: UUID = Field(foreign_key="principal.id", index=True)
    scope_kind: ScopeKind = Field(sa_type=text_enum(ScopeKind))
    scope_id: UUID
    reason: str = Field(sa_type=Text)
    expires_at: datetime = Field(sa_type=Moment)
