"""Organisations of every sector and legal form, how they relate, and who is affiliated with them."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text
from sqlmodel import Field

from puumerkki.access.fitting import AUTHORITY_SECTORS
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.kernel.db import Aggregate, Json, Moment, Table, text_enum


class Sector(StrEnum):
    """What an organisation is in the field."""

    municipality = "municipality"
    wellbeing_county = "wellbeing_county"
    association = "association"
    parish = "parish"
    company = "company"
    village_committee = "village_committee"
    action_group = "action_group"
    residents = "residents"
    state = "state"
    foundation = "foundation"


AUTHORITIES = frozenset(Sector(one) for one in AUTHORITY_SECTORS)


class LegalForm(StrEnum):
    """What an organisation is in law."""

    registered_association = "registered_association"
    unregistered_group = "unregistered_group"
    municipality = "municipality"
    joint_authority = "joint_authority"
    wellbeing_county = "wellbeing_county"
    state_agency = "state_agency"
    parish = "parish"
    parish_union = "parish_union"
    religious_community = "religious_community"
    foundation = "foundation"
    limited_company = "limited_company"
    cooperative = "cooperative"
    other = "other"


class OrganisationState(StrEnum):
    """Organisations are archived, never deleted."""

    active = "active"
    archived = "archived"


class ConfirmationSource(StrEnum):
    """On whose word an organisation is what it says."""

    operator = "operator"
    officer = "officer"
    """Of its home municipality."""
    coordinator = "coordinator"
    """Of a network that it was invited to or asked to join."""
    imported = "imported"
    """By an operator's list."""
    standing = "standing"
    """It was there before organisations were confirmed."""


class Organisation(Aggregate, table=True):
    """Any body that takes part. `search_text`: all names, folded, for search; `sort_key`: of the display name.

    `name_keys`: what its names look like, by which namesakes are found. `confirmed_at` is null until somebody says that
    it is what it says, and once set it stays; `added_by` and `confirmed_by` are null where nobody was noted.
    `merged_into_id`: the same organisation, as which it goes on.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("(confirmed_at is null) = (source is null)", name="confirmed"),
        CheckConstraint("confirmed_by is null or confirmed_at is not null", name="confirmed_by"),
        CheckConstraint("merged_into_id is null or state = 'archived'", name="merged"),
        Index("ix_organisation_merged_into", "merged_into_id", postgresql_where=text("merged_into_id is not null")),
        Index("ix_organisation_name_keys", "name_keys", postgresql_using="gin"),
        Index("ix_organisation_unconfirmed", "added_by", postgresql_where=text("confirmed_at is null")),
        Index("ix_organisation_sort", "sort_key", "id"),
        Index("ix_organisation_sector_sort", "sector", "sort_key", "id"),
        Index("ix_organisation_created", "created_at", "id"),
        Index("ix_organisation_municipalities", "municipality_codes", postgresql_using="gin"),
        Index(
            "ix_organisation_search_trigram",
            "search_text",
            postgresql_using="gin",
            postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
        Index("ix_organisation_search_words", text("to_tsvector('finnish', search_text)"), postgresql_using="gin"),
    )

    names: dict[str, Any] = Field(sa_type=Json)
    sort_key: str = Field(sa_type=Text)
    search_text: str = Field(sa_type=Text)
    sector: Sector = Field(sa_type=text_enum(Sector))
    legal_form: LegalForm = Field(sa_type=text_enum(LegalForm))
    business_id: str | None = Field(default=None, sa_type=Text, unique=True)
    association_register_number: str | None = Field(default=None, sa_type=Text, unique=True)
    home_municipality_code: str | None = Field(default=None, foreign_key="municipality.code", sa_type=Text, index=True)
    municipality_codes: list[str] = Field(default_factory=list, sa_type=ARRAY(Text()))
    wellbeing_county_code: str | None = Field(default=None, foreign_key="wellbeing_county.code", sa_type=Text)
    descriptions: dict[str, Any] | None = Field(default=None, sa_type=Json)
    website: str | None = Field(default=None, sa_type=Text)
    state: OrganisationState = Field(default=OrganisationState.active, sa_type=text_enum(OrganisationState))
    name_keys: list[str] = Field(default_factory=list, sa_type=ARRAY(Text()))
    added_by: UUID | None = Field(default=None, foreign_key="principal.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    confirmed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    source: ConfirmationSource | None = Field(default=None, sa_type=text_enum(ConfirmationSource))
    merged_into_id: UUID | None = Field(default=None, foreign_key="organisation.id")


class ConfirmationRequest(Table, table=True):
    """That an added organisation asks to be confirmed, and the answer: `reason` where it was refused.

    `for_operator`: its name holds an authority's word, so that only operators answer. `operators_told_at`: when they
    were written to, at once or after the officers' days.
    """

    __tablename__ = "confirmation_request"
    __table_args__ = (
        CheckConstraint("reason is null or answered_at is not null", name="answered"),
        Index(
            "ix_confirmation_request_open",
            "organisation_id",
            unique=True,
            postgresql_where=text("answered_at is null"),
        ),
    )

    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    asked_by: UUID = Field(foreign_key="principal.id")
    for_operator: bool = False
    operators_told_at: datetime | None = Field(default=None, sa_type=Moment)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    answered_by: UUID | None = Field(default=None, foreign_key="principal.id")
    reason: str | None = Field(default=None, sa_type=Text)


class ExternalId(Table, table=True):
    """The id of an organisation in another system: `ptv`, `innokyla`, a region's own."""

    __tablename__ = "external_id"
    __table_args__ = (UniqueConstraint("scheme", "value"), UniqueConstraint("organisation_id", "scheme"))

    organisation_id: UUID = Field(foreign_key="organisation.id")
    scheme: str = Field(sa_type=Text)
    value: str = Field(sa_type=Text)


class RelationKind(StrEnum):
    """How one organisation stands to another; read from the first to the second."""

    umbrella = "umbrella"
    """The second is the union or district that the first belongs to."""
    parish_union = "parish_union"
    """The second is the union whose parish the first is."""
    host = "host"
    """The second answers for the first, an unregistered group."""


ABOVE = (RelationKind.umbrella, RelationKind.parish_union)
"""What an organisation belongs to: told of it, and barred by it once it has let that stand."""
TIME_TO_END = timedelta(days=14)
"""From that letter on: who lets it stand so long before an application is begun is barred by it."""


class OrganisationRelation(Aggregate, table=True):
    """A relation with its days; `ends_on` is the last day. A host is asked, and counts once it has accepted.

    `told_at`: when whoever is called what the first belongs to was written to (or said so itself), `tell_at`: when that
    is tried again, `said_by`: whose word it was.
    """

    __tablename__ = "organisation_relation"
    __table_args__ = (
        CheckConstraint("organisation_id <> other_id", name="not_itself"),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="days"),
        CheckConstraint("accepted_at is not null or (kind = 'host' and accepted_by is null)", name="accepted"),
        UniqueConstraint("organisation_id", "other_id", "kind", "starts_on"),
        Index("ix_organisation_relation_asked", "other_id", postgresql_where=text("accepted_at is null")),
        Index("ix_organisation_relation_waits", "tell_at", postgresql_where=text("tell_at is not null")),
    )

    organisation_id: UUID = Field(foreign_key="organisation.id")
    other_id: UUID = Field(foreign_key="organisation.id", index=True)
    kind: RelationKind = Field(sa_type=text_enum(RelationKind))
    starts_on: date
    ends_on: date | None = None
    accepted_at: datetime | None = Field(default=None, sa_type=Moment)
    accepted_by: UUID | None = Field(default=None, foreign_key="principal.id")
    told_at: datetime | None = Field(default=None, sa_type=Moment)
    tell_at: datetime | None = Field(default=None, sa_type=Moment)
    said_by: UUID | None = Field(default=None, foreign_key="principal.id")


class Contact(Aggregate, table=True):
    """How to reach an organisation. Only a contact marked public is shown to everybody."""

    __tablename__ = "contact"
    __table_args__ = (CheckConstraint("email is not null or phone is not null", name="reachable"),)

    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    name: str = Field(sa_type=Text)
    role: str | None = Field(default=None, sa_type=Text)
    email: str | None = Field(default=None, sa_type=Text)
    phone: str | None = Field(default=None, sa_type=Text)
    public: bool = False


class AffiliationKind(StrEnum):
    """What ties a person to an organisation, so that they are disqualified in its cases."""

    board_member = "board_member"
    employee = "employee"
    close_family = "close_family"


class Affiliation(Table, table=True):
    """A tie that a person has declared."""

    __tablename__ = "affiliation"
    __table_args__ = (UniqueConstraint("principal_id", "organisation_id", "kind"),)

    principal_id: UUID = Field(foreign_key="principal.id")
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    kind: AffiliationKind = Field(sa_type=text_enum(AffiliationKind))


class OrganisationVersion(Table, table=True):
    """What an organisation was at a version: its history, erasable, apart from the events."""

    __tablename__ = "organisation_version"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    organisation_id: UUID = Field(foreign_key="organisation.id")
    number: int
    changed_by: UUID | None = None
    content: dict[str, Any] = Field(sa_type=Json)


class NamingState(StrEnum):
    """Where an operator's naming of somebody is. `done`: the role was offered, or given to who belongs there."""

    waiting = "waiting"
    done = "done"
    objected = "objected"
    withdrawn = "withdrawn"
    lapsed = "lapsed"


class Naming(Table, table=True):
    """An operator names an organisation's owner, or the coordinator of a network that has none.

    `due_at`: the end of the days for objections, or when it was made where nobody was there to object. `confirmed_by`:
    the second operator. `objection`: what one of those there said against it.
    """

    __tablename__ = "naming"
    __table_args__ = (
        CheckConstraint("(state = 'waiting') = (ended_at is null)", name="ended"),
        CheckConstraint("(confirmed_by is null) = (confirmed_at is null)", name="confirmed"),
        CheckConstraint("confirmed_by is null or confirmed_by <> proposed_by", name="second_operator"),
        CheckConstraint("(state = 'objected') = (objected_by is not null)", name="objected"),
        CheckConstraint("(objected_by is null) = (objection is null)", name="objection"),
        Index("uq_naming_waiting", "scope_id", unique=True, postgresql_where=text("state = 'waiting'")),
        Index("ix_naming_scope", "scope_id", "created_at", "id"),
    )

    scope_kind: ScopeKind = Field(sa_type=text_enum(ScopeKind))
    scope_id: UUID
    role: Role = Field(sa_type=text_enum(Role))
    email: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    language: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    state: NamingState = Field(default=NamingState.waiting, sa_type=text_enum(NamingState))
    proposed_by: UUID = Field(foreign_key="principal.id")
    due_at: datetime = Field(sa_type=Moment)
    confirmed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    objected_by: UUID | None = Field(default=None, foreign_key="principal.id")
    objection: str | None = Field(default=None, sa_type=Text)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
