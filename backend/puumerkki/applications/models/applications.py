"""Applications: the working copy that applicants edit, and frozen versions that everybody else sees."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger, Text, Uuid
from sqlmodel import Field, SQLModel

from puumerkki.kernel.db import Aggregate, Json, Moment, Table, text_enum
from puumerkki.kernel.external_ids import KnownElsewhere


class ApplicationState(StrEnum):
    """Where an application is in its life."""

    draft = "draft"
    active = "active"
    withdrawn = "withdrawn"
    closed = "closed"


class Application(Aggregate, KnownElsewhere, table=True):
    """An application. `content`: the working copy, by `ApplicationPart`; `private`: contact persons, erasable.

    `current_version`: the number of the newest frozen version, null before the first submission.
    `amount_cents`: what is applied for. `area_ids`: the areas where it would happen.
    """

    __tablename__ = "application"
    __table_args__ = (
        Index("ix_application_created", "created_at", "id"),
        Index("ix_application_applicant", "applicant_id", "created_at", "id"),
        Index(
            "ix_application_external",
            "applicant_id",
            "external_scheme",
            "external_id",
            postgresql_where=text("external_id is not null"),
        ),
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
    area_ids: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(Uuid()), sa_column_kwargs={"server_default": text("'{}'")}
    )
    current_version: int | None = None
    continues_id: UUID | None = Field(default=None, foreign_key="application.id", index=True)


class ApplicantAnswer(StrEnum):
    """What an organisation said that was asked to apply together. `left`: it had accepted first."""

    accepted = "accepted"
    declined = "declined"
    left = "left"


class Asking(SQLModel):
    """That an organisation was asked to apply with others, and what it answered.

    `reminded`: how many times it was reminded. `tell_at`: nobody could be written to yet, and when that is tried again;
    null once it was told. `asked_by` is null for those that stood here before anybody was asked.
    """

    asked_at: datetime = Field(sa_type=Moment)
    asked_by: UUID | None = Field(default=None, foreign_key="principal.id")
    reminded: int = 0
    tell_at: datetime | None = Field(default=None, sa_type=Moment)
    answer: ApplicantAnswer | None = Field(default=None, sa_type=text_enum(ApplicantAnswer))
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    answered_by: UUID | None = Field(default=None, foreign_key="principal.id")


class ApplicationApplicant(Asking, table=True):
    """A further applicant beside the leading one, in the working copy: it was asked, and may have answered."""

    __tablename__ = "application_applicant"
    __table_args__ = (
        CheckConstraint("(answer is null) = (answered_at is null)", name="answered"),
        Index("ix_application_applicant_unanswered", "asked_at", postgresql_where=text("answer is null")),
    )

    application_id: UUID = Field(foreign_key="application.id", primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True, index=True)


class TakenOutApplicant(Asking, table=True):
    """A further applicant that was taken out of a working copy, so that naming it anew is no new asking.

    It stays when a draft is deleted. `leading_id`: who asked. `agrees`: it took its "no" back after it was taken out.
    """

    __tablename__ = "taken_out_applicant"

    application_id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True)
    leading_id: UUID = Field(foreign_key="organisation.id", index=True)
    agrees: bool = False


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
    submitted_for_organisation_id: UUID = Field(foreign_key="organisation.id", index=True)


def version_key(*, number: str = "version_number") -> ForeignKeyConstraint:
    """A foreign key from (application_id, <number>) to one frozen version."""
    return ForeignKeyConstraint(
        ["application_id", number], ["application_version.application_id", "application_version.number"]
    )


class VersionApplicant(SQLModel, table=True):
    """An applicant of a frozen version, as it was called then; the leading one has place 0.

    `left_at`: it has left since, so that no network gives its endorsement on this version any more. `host_ids`: who
    answered for it, an unregistered group, at any time since the application was begun.
    """

    __tablename__ = "version_applicant"
    __table_args__ = (
        version_key(),
        UniqueConstraint("application_id", "version_number", "place"),
        Index("ix_version_applicant_organisation", "organisation_id", "application_id"),
    )

    application_id: UUID = Field(primary_key=True)
    version_number: int = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True)
    place: int
    names: dict[str, Any] = Field(sa_type=Json)
    business_id: str | None = Field(default=None, sa_type=Text)
    host_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    left_at: datetime | None = Field(default=None, sa_type=Moment)
