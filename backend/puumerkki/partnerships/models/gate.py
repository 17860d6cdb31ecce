"""The gate: authorities' policies, the rows by which they concern a case, and waivers."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Computed, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text, Uuid
from sqlmodel import Field

from puumerkki.kernel.db import Aggregate, Json, Moment, Table, text_enum


class GateCause(StrEnum):
    """Why a puumerkki requirement concerns a case.

    `named`: the application names its group and area, or something within; `wider`: only something around it;
    `missing`: it names none; `no_longer_fits`: its newest version names another one, or plans no filing to the call;
    `brought`: an officer brought the case under it.
    """

    named = "named"
    wider = "wider"
    missing = "missing"
    no_longer_fits = "no_longer_fits"
    brought = "brought"


class ReleaseGround(StrEnum):
    """Why a row asks no more. `undone`: what an officer had brought."""

    wider = "wider"
    missing = "missing"
    policy_ended = "policy_ended"
    no_longer_fits = "no_longer_fits"
    undone = "undone"


class WaiverGround(StrEnum):
    """Why an authority goes on without the endorsement."""

    network_cannot = "network_cannot"
    network_did_not_answer = "network_did_not_answer"
    law = "law"


class GateRequirement(Table, table=True):
    """One policy that concerns one case; each row must be met, by an endorsement of any of its networks or by a waiver.

    `stage` is the request's state, carried by a cascading key, so it is never null. `gated` is true or null: while it
    is true, the foreign key to `endorsement(id, application_id, version_number, network_id, in_force)` and the CHECK
    make a row without an endorsement in force, on this very version and of a network that it names, impossible. That
    key may be deferred to the end of a transaction in which an endorsement moves to another version. A trigger refuses
    that rows are removed, or changed in what they ask.

    `cause` is why it concerns version `cause_version`: asked anew with each version, and a release holds only as long
    as it is its ground. A waiver is of its version; the trigger takes it off when the row moves to another.
    `undone_version`: on that version a decider undid a release; from then on only a decider releases it again.
    """

    __tablename__ = "gate_requirement"
    __table_args__ = (
        UniqueConstraint("partner_request_id", "policy_id"),
        CheckConstraint("cardinality(network_ids) > 0", name="networks"),
        CheckConstraint(
            "gated is null or (endorsement_id is not null and endorsement_network_id is not null"
            " and endorsement_network_id = any(network_ids))",
            name="gate",
        ),
        CheckConstraint(
            "(released_at is null and released_by is null and release_reason is null and release_ground is null)"
            " or (released_at is not null and released_by is not null and release_reason is not null"
            " and release_ground is not null and (release_ground = 'policy_ended'"
            " or (release_ground = 'undone' and cause = 'brought') or release_ground = cause))",
            name="release",
        ),
        CheckConstraint(
            "(cause <> 'brought' or brought_by is not null) and (brought_by is null) = (brought_reason is null)",
            name="brought",
        ),
        ForeignKeyConstraint(
            ["partner_request_id", "application_id", "version_number", "stage"],
            [
                "partner_request.id",
                "partner_request.application_id",
                "partner_request.version_number",
                "partner_request.state",
            ],
            name="fk_gate_requirement_stage",
            onupdate="CASCADE",
        ),
        ForeignKeyConstraint(
            ["endorsement_id", "application_id", "version_number", "endorsement_network_id", "gated"],
            [
                "endorsement.id",
                "endorsement.application_id",
                "endorsement.version_number",
                "endorsement.network_id",
                "endorsement.in_force",
            ],
            name="fk_gate_requirement_gate",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        ForeignKeyConstraint(
            ["waiver_id", "id", "version_number"],
            ["waiver.id", "waiver.requirement_id", "waiver.version_number"],
            name="fk_gate_requirement_waiver",
            use_alter=True,
        ),
        Index("ix_gate_requirement_request", "partner_request_id"),
        Index("ix_gate_requirement_endorsement", "endorsement_id"),
        Index("ix_gate_requirement_policy", "policy_id"),
        Index("ix_gate_requirement_networks", "network_ids", postgresql_using="gin"),
    )

    partner_request_id: UUID
    application_id: UUID
    version_number: int
    stage: str = Field(sa_type=Text)
    policy_id: UUID | None = Field(default=None, foreign_key="gate_policy.id")
    network_ids: list[UUID] = Field(sa_type=ARRAY(Uuid()))
    lets_open_conditions: bool = False
    cause: GateCause = Field(sa_type=text_enum(GateCause))
    cause_version: int
    endorsement_id: UUID | None = Field(default=None, foreign_key="endorsement.id")
    endorsement_network_id: UUID | None = None
    waiver_id: UUID | None = None
    released_at: datetime | None = Field(default=None, sa_type=Moment)
    released_by: UUID | None = Field(default=None, foreign_key="principal.id")
    release_ground: ReleaseGround | None = Field(default=None, sa_type=text_enum(ReleaseGround))
    release_reason: str | None = Field(default=None, sa_type=Text)
    undone_version: int | None = None
    brought_by: UUID | None = Field(default=None, foreign_key="principal.id")
    brought_reason: str | None = Field(default=None, sa_type=Text)
    gated: bool | None = Field(
        default=None,
        sa_type=Boolean,
        sa_column_args=[
            Computed(
                "case when stage in ('in_preparation', 'supplement_asked') and waiver_id is null"
                " and released_at is null then true end",
                persisted=True,
            )
        ],
    )

    @property
    def asks(self) -> bool:
        """Whether it still asks for an endorsement: nobody has released or waived it."""
        return self.waiver_id is None and self.released_at is None


class Waiver(Table, table=True):
    """An authority's own decision to go on without the endorsement that a row asks for, on one version.

    `network_views`: what the networks said of it, by their ids. A trigger asks that `decided_by`, and `undone_by`, who
    undid it before the decision, are deciders of the authority.
    """

    __tablename__ = "waiver"
    __table_args__ = (
        UniqueConstraint("id", "requirement_id", "version_number", name="uq_waiver_version"),
        CheckConstraint("(undone_at is null) = (undone_by is null)", name="undone"),
        CheckConstraint("(undone_at is null) = (undone_reason is null)", name="undone_reason"),
        Index("ix_waiver_requirement", "requirement_id"),
    )

    requirement_id: UUID = Field(foreign_key="gate_requirement.id")
    version_number: int
    ground: WaiverGround = Field(sa_type=text_enum(WaiverGround))
    reason: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)
    decided_on: date
    section: str = Field(sa_type=Text)
    decided_by: UUID = Field(foreign_key="principal.id")
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_by: UUID | None = Field(default=None, foreign_key="principal.id")
    undone_reason: str | None = Field(default=None, sa_type=Text)
    network_views: dict[str, Any] = Field(default_factory=dict, sa_type=Json)


class GatePolicy(Aggregate, table=True):
    """An authority asks for the endorsement of one of `network_ids`; an empty list of groups, areas or calls means all.

    `ends_on`: the last day on which an arriving application is asked. `lets_open_conditions`: an endorsement whose
    conditions "before" are open opens this gate too. `decided_by_body`, `decided_on`, `decision_section`: whose
    decision it is; null where it was made before these were asked for.
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
    lets_open_conditions: bool = False
    decided_by_body: str | None = Field(default=None, sa_type=Text)
    decided_on: date | None = None
    decision_section: str | None = Field(default=None, sa_type=Text)
    published_at: datetime = Field(sa_type=Moment)
