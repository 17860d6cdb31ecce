"""Principals, their grants, and the ties that grants and declarations leave."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary
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


class ChosenBy(StrEnum):
    """How a network's members chose somebody for an office."""

    migration = "migration"
    """Held before choices were recorded."""
    network_decision = "network_decision"
    meeting = "meeting"


class RoleGrant(Table, table=True):
    """One role of one principal in one scope.

    `for_organisation_id`: the member that a representative or deputy represents. `scope_id` is null on the platform.
    `chosen_by`: how the members chose a chair or secretary; null where the coordinator merely named them.
    `acts_from`: an operator named its holder, or who gave it was named so: it acts in nothing that was open before.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("(chosen_by is null) = (chosen_at is null)", name="chosen"),
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
    chosen_by: ChosenBy | None = Field(default=None, sa_type=text_enum(ChosenBy))
    chosen_at: datetime | None = Field(default=None, sa_type=Moment)
    acts_from: datetime | None = Field(default=None, sa_type=Moment)


class TieKind(StrEnum):
    """Whence a tie: a role that was accepted, a declared post, a declared close relation."""

    role = "role"
    declared = "declared"
    family = "family"


class Tie(Table, table=True):
    """What binds somebody to an organisation, from when and until when: closed, never deleted, but with the person.

    `grant_id`: the grant that it came with, which is gone once the role was taken.
    """

    __tablename__ = "tie"
    __table_args__ = (
        CheckConstraint("until_at >= from_at", name="days"),
        Index("ix_tie_principal_organisation", "principal_id", "organisation_id"),
        Index("ix_tie_grant", "grant_id"),
    )

    principal_id: UUID = Field(foreign_key="principal.id", nullable=False)
    organisation_id: UUID
    kind: TieKind = Field(sa_type=text_enum(TieKind))
    from_at: datetime = Field(sa_type=Moment)
    until_at: datetime | None = Field(default=None, sa_type=Moment)
    grant_id: UUID | None = None


class KeptTie(Table, table=True):
    """A tie of an erased person while a case that it concerns is open. `address_hash`: a code of the address."""

    __tablename__ = "kept_tie"
    __table_args__ = (CheckConstraint("until_at >= from_at", name="days"), Index("ix_kept_tie_address", "address_hash"))

    address_hash: bytes = Field(sa_type=LargeBinary)
    organisation_id: UUID
    kind: TieKind = Field(sa_type=text_enum(TieKind))
    from_at: datetime = Field(sa_type=Moment)
    until_at: datetime = Field(sa_type=Moment)
