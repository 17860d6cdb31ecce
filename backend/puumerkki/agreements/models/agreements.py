"""Agreements: the working copy that the parties write, frozen versions, and who signed which."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.types import Text
from sqlmodel import Field, SQLModel

from puumerkki.kernel.db import Aggregate, Json, Moment, Table, text_enum


class AgreementKind(StrEnum):
    """What is agreed on."""

    cooperation = "cooperation"
    partnership = "partnership"
    service_purchase = "service_purchase"


class VersionStatus(StrEnum):
    """What has become of a version.

    `open`: it waits for signatures. `replaced`: a newer one was proposed. `withdrawn`: before all had signed it.
    `lapsed`: the agreement was over before all had signed it. `ended`: it was in force until the agreement's end.
    `recorded`: one party says that all signed it on paper, and not all others have confirmed that. `signed`: by all,
    and it begins later.
    """

    open = "open"
    recorded = "recorded"
    signed = "signed"
    in_force = "in_force"
    replaced = "replaced"
    withdrawn = "withdrawn"
    lapsed = "lapsed"
    ended = "ended"


class AgreementState(StrEnum):
    """Where an agreement is in its life. An amendment under way leaves it in force.

    `recorded`: one party says that all signed it on paper, which binds nobody else until each other party has confirmed
    it. `disputed`: one of them says that it was not agreed so. `signed`: by all, and it begins later. `expiring`: in
    force, in its last six months. `renewed`: ended, and another goes on from it.
    """

    draft = "draft"
    recorded = "recorded"
    disputed = "disputed"
    proposed = "proposed"
    signed = "signed"
    in_force = "in_force"
    expiring = "expiring"
    ended = "ended"
    renewed = "renewed"
    terminated = "terminated"
    cancelled = "cancelled"


IN_FORCE = (AgreementState.in_force, AgreementState.expiring)
"""States of what is in force now."""
RUNNING = (AgreementState.signed, *IN_FORCE)
"""States of what binds the parties: in force, or signed by all and still to begin."""
RECORDED = (AgreementState.recorded, AgreementState.disputed)
"""States of what is one party's word."""


IS_PUBLIC = "content @> '{\"public\": true}'"
"""SQL over `agreement_version`: the parties let everybody see it."""


class Agreement(Aggregate, table=True):
    """An agreement. `content`: the working copy of its sections; `private`: contact persons, erasable.

    `current_version`: the newest frozen version that was not taken back; `version_in_force`: the newest one that all
    parties signed. `ends_on`: the last day; `ended_on`: the last day of one that was terminated. `in_force_on`: the day
    on which the first version came, or comes, into force; `confirmed_year`: the newest year that all have confirmed;
    `renews_id`: the one it goes on from. `reference`: what the drafter's own list calls it.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        Index("ix_agreement_created", "created_at", "id"),
        Index("ix_agreement_sort", "sort_key", "id"),
        Index("ix_agreement_drafter", "drafted_by_organisation_id", "created_at", "id"),
        Index("ix_agreement_state", "state"),
        UniqueConstraint("drafted_by_organisation_id", "reference", name="uq_agreement_reference"),
        CheckConstraint("ends_on >= starts_on", name="period"),
        CheckConstraint(
            "state not in ('signed', 'in_force', 'expiring')"
            " or (version_in_force is not null and in_force_on is not null)",
            name="in_force",
        ),
        ForeignKeyConstraint(
            ["id", "current_version"],
            ["agreement_version.agreement_id", "agreement_version.number"],
            name="fk_agreement_current_version",
            use_alter=True,
        ),
        ForeignKeyConstraint(
            ["id", "version_in_force"],
            ["agreement_version.agreement_id", "agreement_version.number"],
            name="fk_agreement_version_in_force",
            use_alter=True,
        ),
    )

    kind: AgreementKind = Field(sa_type=text_enum(AgreementKind))
    state: AgreementState = Field(default=AgreementState.draft, sa_type=text_enum(AgreementState))
    title: str = Field(sa_type=Text)
    sort_key: str = Field(default="", sa_type=Text, nullable=False)
    language: str = Field(default="fi", sa_type=Text)
    starts_on: date | None = None
    ends_on: date | None = None
    content: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    private: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    drafted_by_organisation_id: UUID = Field(foreign_key="organisation.id")
    application_id: UUID | None = Field(default=None, foreign_key="application.id", index=True)
    reference: str | None = Field(default=None, sa_type=Text)
    current_version: int | None = None
    version_in_force: int | None = None
    in_force_on: date | None = None
    confirmed_year: int | None = None
    renews_id: UUID | None = Field(default=None, foreign_key="agreement.id", index=True)
    ended_on: date | None = None
    ending_reason: str | None = Field(default=None, sa_type=Text)


class AgreementParty(SQLModel, table=True):
    """A party. `informed`: it may know of the agreement; the drafter alone may before the first proposal.

    An archived party's successor takes its place: `succeeded_by_id` in the row of the former, which is of no version
    after `last_version`; the row of the successor is of those after `after_version`.
    """

    __tablename__ = "agreement_party"
    __table_args__ = (CheckConstraint("(last_version is null) = (succeeded_by_id is null)", name="succeeded"),)

    agreement_id: UUID = Field(foreign_key="agreement.id", primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True, index=True)
    place: int
    informed: bool = False
    last_version: int | None = None
    succeeded_by_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    after_version: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})


class AgreementVersion(Table, table=True):
    """A frozen version. `snapshot`: RFC 8785 bytes of all that is agreed; `digest`: their SHA-256.

    `signed_on_paper`: all parties signed it elsewhere on that day, as the organisation that proposed it has recorded
    (what the others say to it: `AgreementRecordAnswer`);
    `scan_id`: the attachment that shows it. `proposed_by` is None where the operator's command brought it in.
    `sign_by`: the last day to sign it.
    """

    __tablename__ = "agreement_version"
    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        CheckConstraint("digest = sha256(snapshot)", name="digest"),
        CheckConstraint("proposed_by is not null or signed_on_paper is not null", name="proposed_by"),
        CheckConstraint("scan_id is null or signed_on_paper is not null", name="scan"),
        Index("ix_agreement_version_public", "created_at", "id", postgresql_where=text(IS_PUBLIC)),
    )

    agreement_id: UUID = Field(foreign_key="agreement.id")
    number: int
    title: str = Field(sa_type=Text)
    starts_on: date
    ends_on: date
    content: dict[str, Any] = Field(sa_type=Json)
    snapshot: bytes = Field(sa_type=LargeBinary)
    digest: bytes = Field(sa_type=LargeBinary)
    proposed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    proposed_for_organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    sign_by: date | None = None
    signed_on_paper: date | None = None
    scan_id: UUID | None = Field(default=None, foreign_key="attachment.id")


class AgreementSignature(Table, table=True):
    """A party's signature on a version: a signed credential. There is one for each party and version."""

    __tablename__ = "agreement_signature"
    __table_args__ = (
        UniqueConstraint("agreement_id", "version_number", "organisation_id", name="uq_agreement_signature"),
        ForeignKeyConstraint(
            ["agreement_id", "version_number"],
            ["agreement_version.agreement_id", "agreement_version.number"],
            name="fk_agreement_signature_version",
        ),
        ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
            name="fk_agreement_signature_party",
        ),
    )

    agreement_id: UUID
    version_number: int
    organisation_id: UUID
    signed_by: UUID = Field(foreign_key="principal.id")
    signed_at: datetime = Field(sa_type=Moment)
    credential: str = Field(sa_type=Text)
    kid: str = Field(sa_type=Text)


class AgreementWithdrawal(Table, table=True):
    """That a version was taken back before all had signed it: by whom, for which party, and why."""

    __tablename__ = "agreement_withdrawal"
    __table_args__ = (
        UniqueConstraint("agreement_id", "version_number", name="uq_agreement_withdrawal"),
        ForeignKeyConstraint(
            ["agreement_id", "version_number"],
            ["agreement_version.agreement_id", "agreement_version.number"],
            name="fk_agreement_withdrawal_version",
        ),
    )

    agreement_id: UUID
    version_number: int
    withdrawn_by: UUID = Field(foreign_key="principal.id")
    withdrawn_for_organisation_id: UUID = Field(foreign_key="organisation.id")
    reason: str = Field(sa_type=Text)
