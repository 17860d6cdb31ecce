"""Applications: the working copy that applicants edit, and frozen versions that everybody else sees."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.types import BigInteger, Text
from sqlmodel import Field, SQLModel

from puumerkki.kernel.db import Aggregate, Json, Table, text_enum


class ApplicationState(StrEnum):
    """Where an application is in its life."""

    draft = "draft"
    active = "active"
    withdrawn = "withdrawn"
    closed = "closed"


class Application(Aggregate, table=True):
    """An application. `content`: the working copy, by `ApplicationPart`; `private`: contact persons, erasable.

    `current_version`: the number of the newest frozen version, null before the first submission.
    `amount_cents`: what is applied for.
    """

    __tablename__ = "application"
    __table_args__ = (
        Index("ix_application_created", "created_at", "id"),
        Index("ix_application_applicant", "applicant_id", "created_at", "id"),
        Index("ix_application_state", "state", "created_at", "id"),
    )

    applicant_id: UUID = Field(foreign_key="organisation.id")
    call_id: UUID | None = Field(default=None, foreign_key="funding_call.id", index=True)
    state: ApplicationState = Field(default=ApplicationState.draft, sa_type=text_enum(ApplicationState))
    title: str = Field(sa_type=Text)
    language: str = Field(default="fi", sa_type=Text)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    private: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    amount_cents: int | None = Field(default=None, sa_type=BigInteger)
    current_version: int | None = None
    continues_id: UUID | None = Field(default=None, foreign_key="application.id", index=True)


class ApplicationApplicant(SQLModel, table=True):
    """A further applicant beside the leading one."""

    __tablename__ = "application_applicant"

    application_id: UUID = Field(foreign_key="application.id", primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True, index=True)


class ApplicationNetwork(SQLModel, table=True):
    """A network that is asked to handle the application."""

    __tablename__ = "application_network"

    application_id: UUID = Field(foreign_key="application.id", primary_key=True)
    network_id: UUID = Field(foreign_key="network.id", primary_key=True, index=True)


class ApplicationAuthority(SQLModel, table=True):
    """An authority that is asked to be partner, and what is asked of it."""

    __tablename__ = "application_authority"

    application_id: UUID = Field(foreign_key="application.id", primary_key=True)
    authority_id: UUID = Field(foreign_key="organisation.id", primary_key=True, index=True)
    asks: str | None = Field(default=None, sa_type=Text)


class ApplicationNeed(SQLModel, table=True):
    """A need that the application answers."""

    __tablename__ = "application_need"

    application_id: UUID = Field(foreign_key="application.id", primary_key=True)
    need_id: UUID = Field(foreign_key="need.id", primary_key=True, index=True)


class ApplicationVersion(Table, table=True):
    """A frozen version. `private` and `salt` can be erased with the persons in them; the salted digest stays."""

    __tablename__ = "application_version"
    __table_args__ = (UniqueConstraint("application_id", "number"),)

    application_id: UUID = Field(foreign_key="application.id")
    number: int
    title: str = Field(sa_type=Text)
    content: dict[str, Any] = Field(sa_type=Json)
    private: dict[str, Any] | None = Field(default=None, sa_type=Json)
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    submitted_by: UUID = Field(foreign_key="principal.id")
    submitted_for_organisation_id: UUID = Field(foreign_key="organisation.id")


def version_key(*, number: str = "version_number") -> ForeignKeyConstraint:
    """A foreign key from (application_id, <number>) to one frozen version."""
    return ForeignKeyConstraint(
        ["application_id", number], ["application_version.application_id", "application_version.number"]
    )
