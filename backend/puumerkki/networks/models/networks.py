"""Networks, their members and seats, rulebooks and who accepted them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text
from sqlmodel import Field, SQLModel

from puumerkki.kernel.db import Aggregate, Json, Moment, Table, text_enum


class NetworkKind(StrEnum):
    """What kind of network."""

    municipal_team = "municipal_team"
    partnership_table = "partnership_table"
    thematic_network = "thematic_network"
    family_centre = "family_centre"
    advisory_board = "advisory_board"
    association_network = "association_network"
    working_group = "working_group"


class NetworkState(StrEnum):
    """Where a network is in its life."""

    forming = "forming"
    active = "active"
    dormant = "dormant"
    closed = "closed"


class Network(Aggregate, table=True):
    """Organisations that work together by agreed rules.

    `decides`: it may grant the puumerkki; otherwise it gives statements.
    `prefix`: of its endorsements' numbers, never changed.
    """

    __tablename__ = "network"
    __table_args__ = (
        Index("ix_network_sort", "sort_key", "id"),
        Index("ix_network_created", "created_at", "id"),
        Index("ix_network_municipalities", "municipality_codes", postgresql_using="gin"),
        Index("ix_network_search_words", text("to_tsvector('finnish', search_text)"), postgresql_using="gin"),
        CheckConstraint("not decides or prefix is not null", name="prefix_where_decides"),
        CheckConstraint("prefix ~ '^[A-Z0-9]{2,20}$'", name="prefix"),
    )

    names: dict[str, Any] = Field(sa_type=Json)
    sort_key: str = Field(sa_type=Text)
    search_text: str = Field(sa_type=Text)
    kind: NetworkKind = Field(sa_type=text_enum(NetworkKind))
    state: NetworkState = Field(default=NetworkState.forming, sa_type=text_enum(NetworkState))
    decides: bool = False
    prefix: str | None = Field(default=None, sa_type=Text, unique=True)
    theme: dict[str, Any] | None = Field(default=None, sa_type=Json)
    goals: dict[str, Any] | None = Field(default=None, sa_type=Json)
    municipality_codes: list[str] = Field(default_factory=list, sa_type=ARRAY(Text()))
    wellbeing_county_codes: list[str] = Field(default_factory=list, sa_type=ARRAY(Text()))
    target_groups: list[str] = Field(default_factory=list, sa_type=ARRAY(Text()))
    ends_on: date | None = None


class NetworkAuthority(SQLModel, table=True):
    """An authority that is responsible for a network's theme."""

    __tablename__ = "network_authority"

    network_id: UUID = Field(foreign_key="network.id", primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True, index=True)


class MemberState(StrEnum):
    """How an organisation stands to a network."""

    invited = "invited"
    requested = "requested"
    active = "active"
    leaving = "leaving"
    """Removed by the network, and still votes on what came before."""
    refused = "refused"
    left = "left"
    removed = "removed"


class NetworkMember(Aggregate, table=True):
    """An organisation in a network; one row for each pair, whatever its state.

    `source`: the operator's list by which it became a member without being asked; its administrators were told, and can
    object until `objection_until`.
    """

    __tablename__ = "network_member"
    __table_args__ = (
        UniqueConstraint("network_id", "organisation_id"),
        CheckConstraint("(source is null) = (objection_until is null)", name="brought_in"),
    )

    network_id: UUID = Field(foreign_key="network.id")
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    state: MemberState = Field(sa_type=text_enum(MemberState))
    votes: bool = True
    joined_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    end_reason: str | None = Field(default=None, sa_type=Text)
    """Why the network removed it."""
    invited_by: UUID | None = Field(default=None, foreign_key="principal.id")
    source: str | None = Field(default=None, sa_type=Text)
    objection_until: datetime | None = Field(default=None, sa_type=Moment)


class MemberRight(SQLModel, table=True):
    """Since when and until when an organisation was a member, with or without a vote. The database writes it.

    A trigger on `network_member` closes and adds rows, by the moment of the change; none is removed or changed.
    """

    __tablename__ = "member_right"
    __table_args__ = (
        CheckConstraint("until_at >= from_at", name="days"),
        Index("uq_member_right_open", "member_id", unique=True, postgresql_where=text("until_at is null")),
        Index("ix_member_right_member", "member_id", "from_at"),
    )

    id: UUID = Field(primary_key=True, sa_column_kwargs={"server_default": text("gen_random_uuid()")})
    member_id: UUID = Field(foreign_key="network_member.id")
    votes: bool
    from_at: datetime = Field(sa_type=Moment)
    until_at: datetime | None = Field(default=None, sa_type=Moment)


class OfficeTerm(SQLModel, table=True):
    """Since when and until when somebody held an office of a network. The database writes it, as it does rights.

    A trigger on `role_grant` adds and closes rows; none is removed or changed. `named_by`: who named them, if known.
    """

    __tablename__ = "office_term"
    __table_args__ = (
        CheckConstraint("until_at >= from_at", name="days"),
        Index(
            "uq_office_term_open",
            "network_id",
            "principal_id",
            "role",
            unique=True,
            postgresql_where=text("until_at is null"),
        ),
        Index("ix_office_term_network", "network_id", "role", "from_at"),
    )

    id: UUID = Field(primary_key=True, sa_column_kwargs={"server_default": text("gen_random_uuid()")})
    network_id: UUID
    principal_id: UUID
    role: str = Field(sa_type=Text)
    from_at: datetime = Field(sa_type=Moment)
    until_at: datetime | None = Field(default=None, sa_type=Moment)
    named_by: UUID | None = None


class Seat(Aggregate, table=True):
    """A person's place in an advisory network: theme, term, deputy."""

    __tablename__ = "seat"
    __table_args__ = (CheckConstraint("term_ends_on >= term_starts_on", name="term"),)

    network_id: UUID = Field(foreign_key="network.id", index=True)
    theme: dict[str, Any] = Field(sa_type=Json)
    principal_id: UUID = Field(foreign_key="principal.id", index=True)
    deputy_principal_id: UUID | None = Field(default=None, foreign_key="principal.id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    term_starts_on: date
    term_ends_on: date


class RulebookState(StrEnum):
    """A rulebook version in its life; at most one is in force."""

    draft = "draft"
    in_force = "in_force"
    replaced = "replaced"


class Rulebook(Aggregate, table=True):
    """One version of a network's rules. `rule` holds a `DecisionRule`. Once in force it does not change."""

    __tablename__ = "rulebook"
    __table_args__ = (
        UniqueConstraint("network_id", "number"),
        Index("uq_rulebook_in_force", "network_id", unique=True, postgresql_where=text("state = 'in_force'")),
    )

    network_id: UUID = Field(foreign_key="network.id")
    number: int
    texts: dict[str, Any] = Field(sa_type=Json)
    rule: dict[str, Any] = Field(sa_type=Json)
    state: RulebookState = Field(default=RulebookState.draft, sa_type=text_enum(RulebookState))
    in_force_at: datetime | None = Field(default=None, sa_type=Moment)
    accept_by: date | None = None
    """Until this day an acceptance of the version before still counts."""


class RulebookAcceptance(Table, table=True):
    """A member accepted a rulebook version."""

    __tablename__ = "rulebook_acceptance"
    __table_args__ = (UniqueConstraint("rulebook_id", "member_id"),)

    rulebook_id: UUID = Field(foreign_key="rulebook.id")
    member_id: UUID = Field(foreign_key="network_member.id", index=True)
    accepted_by: UUID = Field(foreign_key="principal.id")


class NetworkChange(StrEnum):
    """What a network that an authority's puumerkki requirement names does only after notice."""

    stop_deciding = "stop_deciding"
    rest = "rest"
    close = "close"


class NetworkChangeNotice(Table, table=True):
    """A network announced that it stops deciding, rests or closes. `ended_at`: since when it is done or dropped."""

    __tablename__ = "network_change_notice"
    __table_args__ = (
        CheckConstraint("done is null or ended_at is not null", name="ended"),
        Index("uq_network_change_open", "network_id", "change", unique=True, postgresql_where=text("ended_at is null")),
    )

    network_id: UUID = Field(foreign_key="network.id")
    change: NetworkChange = Field(sa_type=text_enum(NetworkChange))
    reason: str = Field(sa_type=Text)
    told_by: UUID = Field(foreign_key="principal.id")
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    done: bool | None = None


class NetworkChangeAnswer(Table, table=True):
    """An authority that was told of a change, and what it answered. `created_at`: when it was told."""

    __tablename__ = "network_change_answer"
    __table_args__ = (
        UniqueConstraint("notice_id", "authority_id"),
        CheckConstraint("(answered_at is null) = (answered_by is null)", name="answered"),
    )

    notice_id: UUID = Field(foreign_key="network_change_notice.id")
    authority_id: UUID = Field(foreign_key="organisation.id", index=True)
    answer: str | None = Field(default=None, sa_type=Text)
    answered_by: UUID | None = Field(default=None, foreign_key="principal.id")
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
