"""Principals and their grants."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from puumerkki.access.roles import Role, ScopeKind
from puumerkki.kernel.db import Moment, Table, text_enum


class PrincipalKind(StrEnum):
    """Who can act."""

    user = "user"
    service = "service"


class Principal(Table, table=True):
    """Somebody or something that can hold grants; `identity` keeps who it is."""

    __tablename__ = "principal"

    kind: PrincipalKind = Field(sa_type=text_enum(PrincipalKind))


class RoleGrant(Table, table=True):
    """One role of one principal in one scope.

    `for_organisation_id`: the member whose voice a representative or deputy is. `scope_id` is null on the platform.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        Index(
            "uq_role_grant_all",
            "principal_id",
            "scope_kind",
            "scope_id",
            "role",
            "for_organisation_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_role_grant_scope", "scope_id", "role"),
    )

    principal_id: UUID = Field(foreign_key="principal.id", nullable=False)
    scope_kind: ScopeKind = Field(sa_type=text_enum(ScopeKind))
    scope_id: UUID | None = None
    role: Role = Field(sa_type=text_enum(Role))
    for_organisation_id: UUID | None = None
    granted_by: UUID | None = Field(default=None, foreign_key="principal.id")
    expires_at: datetime | None = Field(default=None, sa_type=Moment)
