"""Authorities' cases and their decisions."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.types import Text
from sqlmodel import Field, SQLModel

from puumerkki.applications.models.applications import version_key
from puumerkki.applications.models.recipients import PartnerRequestState
from puumerkki.kernel.db import Aggregate, Json, Moment, Table, text_enum


class PartnerOutcome(StrEnum):
    """What the authority answers. `not_taken_up`: it does not take the case up at all; nothing was prepared."""

    statement = "statement"
    letter_of_intent = "letter_of_intent"
    commitment = "commitment"
    none = "none"
    not_taken_up = "not_taken_up"


class LookAt(StrEnum):
    """Why a decided case is to be looked at: what came of the puumerkki that it stood on, or of the application.

    `call_added`: a filing is planned to a call for which the authority requires a puumerkki.
    """

    revoked = "revoked"
    superseded = "superseded"
    new_version = "new_version"
    expired = "expired"
    no_longer_asked = "no_longer_asked"
    application_withdrawn = "application_withdrawn"
    call_added = "call_added"


class PartnerRequest(Aggregate, table=True):
    """One authority's case of one application. What its policies ask is in its `gate_requirement` rows.

    The unique key over the state lets those rows carry it as their stage. A trigger lets a case begin as arrived only,
    and enter `decided` with a statement, letter of intent or commitment only from preparation, with every row met; it
    writes `grounds` then: what each row stood on, or why it was released. Out of `decided` it goes to arrived only, and
    the trigger keeps the decision among the former ones. `begun_on`: the day of the begin that stands. `to_look_at`: a
    decision stays, but a decider must say whether it does. `supplements`: what was asked for and answered, each
    `{"asked_at": …, "body": …, "answer_by": …, "answered_at": …, "answer": …, "closed_at": …}`.

    `preparer_id`: who was named to prepare it, and does as long as they are an untied officer (`queries.preparing`).
    `decide_by`: the day by which the authority means to decide.

    `proposal`: what an officer or a service account proposes to decide on `proposed_version`, as `ProposalGiven` has
    it; it stands only on that version and in preparation, and stays with the decision. `former_proposal`: the last that
    was handed back (`reason`) or fell (none), with `ended_at` and `ended_by`.
    """

    __tablename__ = "partner_request"
    __table_args__ = (
        UniqueConstraint("application_id", "authority_id"),
        UniqueConstraint("authority_id", "case_number"),
        UniqueConstraint("id", "application_id", "version_number", "state", name="uq_partner_request_stage"),
        version_key(),
        CheckConstraint("state <> 'decided' or (outcome is not null and decided_on is not null)", name="decision"),
        CheckConstraint("state = 'decided' or outcome is null", name="undecided"),
        CheckConstraint("state <> 'decided' or grounds is not null", name="grounds"),
        CheckConstraint(
            "(to_look_at is null) = (to_look_at_since is null) and (to_look_at is null or state = 'decided')",
            name="to_look_at",
        ),
        CheckConstraint(
            "(proposal is null) = (proposed_by is null) and (proposal is null) = (proposed_at is null)"
            " and (proposal is null) = (proposed_version is null)",
            name="proposal",
        ),
        CheckConstraint(
            "proposal is null or (state in ('in_preparation', 'decided') and proposed_version = version_number)",
            name="proposal_stands",
        ),
        Index("ix_partner_request_inbox", "authority_id", "state", "arrived_at", "id"),
        Index("ix_partner_request_arrived", "arrived_at", "id"),
    )

    application_id: UUID = Field(foreign_key="application.id")
    authority_id: UUID = Field(foreign_key="organisation.id")
    version_number: int
    case_number: str = Field(sa_type=Text)
    state: PartnerRequestState = Field(default=PartnerRequestState.arrived, sa_type=text_enum(PartnerRequestState))
    arrived_at: datetime = Field(sa_type=Moment)
    begun_on: date | None = None
    preparer_id: UUID | None = Field(default=None, foreign_key="principal.id")
    decide_by: date | None = None
    groups_confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    groups_confirmed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    asks: str | None = Field(default=None, sa_type=Text)
    supplements: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    outcome: PartnerOutcome | None = Field(default=None, sa_type=text_enum(PartnerOutcome))
    contributions: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    decided_by_body: str | None = Field(default=None, sa_type=Text)
    decided_on: date | None = None
    decision_section: str | None = Field(default=None, sa_type=Text)
    decision_reason: str | None = Field(default=None, sa_type=Text)
    appeal: str | None = Field(default=None, sa_type=Text)
    decided_by: UUID | None = Field(default=None, foreign_key="principal.id")
    grounds: list[dict[str, Any]] | None = Field(default=None, sa_type=Json)
    to_look_at: LookAt | None = Field(default=None, sa_type=text_enum(LookAt))
    to_look_at_since: datetime | None = Field(default=None, sa_type=Moment)
    proposed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    proposed_at: datetime | None = Field(default=None, sa_type=Moment)
    proposed_version: int | None = None
    proposal: dict[str, Any] | None = Field(default=None, sa_type=Json)
    former_proposal: dict[str, Any] | None = Field(default=None, sa_type=Json)


class FormerDecision(Table, table=True):
    """A decision that was made and taken up again, with what it stood on. A trigger writes it; nobody else does."""

    __tablename__ = "former_decision"

    partner_request_id: UUID = Field(foreign_key="partner_request.id", index=True)
    version_number: int
    outcome: PartnerOutcome = Field(sa_type=text_enum(PartnerOutcome))
    contributions: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    decided_by_body: str | None = Field(default=None, sa_type=Text)
    decided_on: date
    decision_section: str | None = Field(default=None, sa_type=Text)
    decision_reason: str | None = Field(default=None, sa_type=Text)
    appeal: str | None = Field(default=None, sa_type=Text)
    decided_by: UUID | None = Field(default=None, foreign_key="principal.id")
    grounds: list[dict[str, Any]] | None = Field(default=None, sa_type=Json)
    proposed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    proposed_at: datetime | None = Field(default=None, sa_type=Moment)
    proposal: dict[str, Any] | None = Field(default=None, sa_type=Json)


class CaseCounter(SQLModel, table=True):
    """The last case number that an authority gave in a year."""

    __tablename__ = "case_counter"

    authority_id: UUID = Field(foreign_key="organisation.id", primary_key=True)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int
