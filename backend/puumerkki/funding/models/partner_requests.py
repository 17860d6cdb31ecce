"""Authorities' cases, and the policies that make the gate."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Computed, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text, Uuid
from sqlmodel import Field, SQLModel

from puumerkki.funding.models.applications import version_key
from puumerkki.kernel.db import Aggregate, Json, Moment, Table, text_enum


class PartnerRequestState(StrEnum):
    """Where an authority's case is."""

    arrived = "arrived"
    referred = "referred"
    in_preparation = "in_preparation"
    supplement_asked = "supplement_asked"
    decided = "decided"
    withdrawn = "withdrawn"


class PartnerOutcome(StrEnum):
    """What the authority answers."""

    statement = "statement"
    letter_of_intent = "letter_of_intent"
    commitment = "commitment"
    none = "none"


GATED_STATES = "state in ('in_preparation', 'supplement_asked', 'decided')"


class PartnerRequest(Aggregate, table=True):
    """One authority's case of one application.

    The policy is frozen at arrival: `asks_mark`, and `network_ids` whose mark counts. `gated` is true or null; the
    foreign key to `endorsement(id, application_id, version_number, network_id, in_force)` makes a gated state without a
    mark in force, on this very version and of a network that the policy names, impossible. It may be deferred to the
    end of a transaction in which a mark moves to another version. `supplements`: what was asked for and answered, each
    `{"asked_at": …, "body": …, "answered_at": …, "answer": …}`.
    """

    __tablename__ = "partner_request"
    __table_args__ = (
        UniqueConstraint("application_id", "authority_id"),
        UniqueConstraint("authority_id", "case_number"),
        version_key(),
        CheckConstraint(
            "gated is null or (endorsement_id is not null and endorsement_network_id is not null"
            " and endorsement_network_id = any(network_ids))",
            name="gate",
        ),
        CheckConstraint("state <> 'decided' or (outcome is not null and decided_on is not null)", name="decision"),
        ForeignKeyConstraint(
            ["endorsement_id", "application_id", "version_number", "endorsement_network_id", "gated"],
            [
                "endorsement.id",
                "endorsement.application_id",
                "endorsement.version_number",
                "endorsement.network_id",
                "endorsement.in_force",
            ],
            name="fk_partner_request_gate",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        Index("ix_partner_request_inbox", "authority_id", "state", "arrived_at", "id"),
        Index("ix_partner_request_arrived", "arrived_at", "id"),
        Index("ix_partner_request_endorsement", "endorsement_id"),
        Index("ix_partner_request_networks", "network_ids", postgresql_using="gin"),
    )

    application_id: UUID = Field(foreign_key="application.id")
    authority_id: UUID = Field(foreign_key="organisation.id")
    version_number: int
    case_number: str = Field(sa_type=Text)
    state: PartnerRequestState = Field(default=PartnerRequestState.arrived, sa_type=text_enum(PartnerRequestState))
    arrived_at: datetime = Field(sa_type=Moment)
    asks_mark: bool = False
    network_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    endorsement_id: UUID | None = Field(default=None, foreign_key="endorsement.id")
    endorsement_network_id: UUID | None = None
    gated: bool | None = Field(
        default=None,
        sa_type=Boolean,
        sa_column_args=[Computed(f"case when asks_mark and {GATED_STATES} then true end", persisted=True)],
    )
    asks: str | None = Field(default=None, sa_type=Text)
    supplements: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    outcome: PartnerOutcome | None = Field(default=None, sa_type=text_enum(PartnerOutcome))
    contributions: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    decided_by_body: str | None = Field(default=None, sa_type=Text)
    decided_on: date | None = None
    decision_section: str | None = Field(default=None, sa_type=Text)
    appeal: str | None = Field(default=None, sa_type=Text)
    decided_by: UUID | None = Field(default=None, foreign_key="principal.id")


class FormerDecision(Table, table=True):
    """A decision that no longer holds, since it named a version or a mark that has been replaced."""

    __tablename__ = "former_decision"

    partner_request_id: UUID = Field(foreign_key="partner_request.id", index=True)
    version_number: int
    outcome: PartnerOutcome = Field(sa_type=text_enum(PartnerOutcome))
    contributions: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    decided_by_body: str | None = Field(default=None, sa_type=Text)
    decided_on: date
    decision_section: str | None = Field(default=None, sa_type=Text)
    appeal: str | None = Field(default=None, sa_type=Text)
    decided_by: UUID | None = Field(default=None, foreign_key="principal.id")


class CaseCounter(SQLModel, table=True):
    """The last case number that an authority gave in a year."""

    __tablename__ = "case_counter"

    authority_id: UUID = Field(foreign_key="organisation.id", primary_key=True)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int


class GatePolicy(Aggregate, table=True):
    """An authority asks for the mark of one of `network_ids`; an empty list of groups, areas or calls means all.

    `ends_on`: the last day on which an arriving application is asked.
    """

    __tablename__ = "gate_policy"
    __table_args__ = (
        CheckConstraint("cardinality(network_ids) > 0", name="networks"),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="days"),
        Index("ix_gate_policy_authority", "authority_id", "starts_on", "id"),
    )

    authority_id: UUID = Field(foreign_key="organisation.id")
    network_ids: list[UUID] = Field(sa_type=ARRAY(Uuid()))
    target_groups: list[str] = Field(default_factory=list, sa_type=ARRAY(Text()))
    area_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    call_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    reason: dict[str, Any] | None = Field(default=None, sa_type=Json)
    starts_on: date
    ends_on: date | None = None
