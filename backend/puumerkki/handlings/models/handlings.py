"""One network's handling of an application: readings, ballots, votes, recusals, decisions of meetings."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text, Uuid
from sqlmodel import Field

from puumerkki.applications.models.applications import version_key
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.kernel.db import Aggregate, Json, Moment, Table, text_enum

OPEN_HANDLING = frozenset(
    {HandlingState.received, HandlingState.in_review, HandlingState.returned, HandlingState.in_ballot}
)


class LapseReason(StrEnum):
    """Why a handling ended without an answer."""

    call_over = "call_over"
    """Every call that it could serve has closed."""
    network_closed = "network_closed"
    """The network rests or is closed."""
    not_a_member = "not_a_member"
    """No applicant is a member of the network any more."""


class AgreedHow(StrEnum):
    """How the members of an advisory network agreed on its statement."""

    meeting = "meeting"
    in_writing = "in_writing"


class Handling(Aggregate, table=True):
    """One network's handling of one application, at one version. `handle_by`: the end of the handling days.

    `returned_version`: the version that was returned last; `answer_by`: the last day for the next one, set then.
    `ballot_asked_at`, `ballot_asked_by`: the applicant asked for a ballot, which opens by itself at `ballot_opens_at`.
    `decides`: the network decided when it came; so an open one is finished though the network stops deciding.
    `agreed_…`: who agreed on the statement, how and when. `lead_id`: whom two representatives chose to lead, since
    everybody in office is tied; `lead_told_ids`: who was told that they lead instead, or choose.
    """

    __tablename__ = "handling"
    __table_args__ = (
        UniqueConstraint("application_id", "network_id"),
        UniqueConstraint("id", "application_id", "network_id", name="uq_handling_endorsement"),
        version_key(),
        # which applications somebody may know of is found in the index alone
        Index(
            "ix_handling_network",
            "network_id",
            "state",
            "received_at",
            "id",
            postgresql_include=["application_id"],
        ),
        Index("ix_handling_received", "received_at", "id"),
        Index("ix_handling_due", "handle_by", "id"),
        Index("ix_handling_network_received", "network_id", "received_at", "id"),
        Index("ix_handling_network_due", "network_id", "handle_by", "id"),
        Index(
            "ix_handling_to_review",
            "network_id",
            "handle_by",
            "received_at",
            "id",
            postgresql_where=text("state = 'received'"),
            postgresql_include=["application_id"],
        ),
        Index(
            "ix_handling_to_decide",
            "network_id",
            "handle_by",
            "received_at",
            "id",
            postgresql_where=text("state = 'in_review'"),
            postgresql_include=["application_id"],
        ),
        Index("ix_handling_ballot_opens", "ballot_opens_at", postgresql_where=text("ballot_opens_at is not null")),
        CheckConstraint(
            "(ballot_asked_at is null) = (ballot_asked_by is null)"
            " and (ballot_asked_at is null) = (ballot_opens_at is null)",
            name="ballot_asked",
        ),
        CheckConstraint(
            "(agreed_how is null) = (agreed_on is null) and (agreed_how is not null or agreed_member_ids = '{}')",
            name="agreed",
        ),
        CheckConstraint("(state = 'lapsed') = (lapse_reason is not null)", name="lapsed_for"),
        CheckConstraint("state <> 'returned' or answer_by is not null", name="answer_by"),
    )

    application_id: UUID = Field(foreign_key="application.id")
    network_id: UUID = Field(foreign_key="network.id")
    version_number: int
    state: HandlingState = Field(default=HandlingState.received, sa_type=text_enum(HandlingState))
    received_at: datetime = Field(sa_type=Moment)
    handle_by: date
    reason: str | None = Field(default=None, sa_type=Text)
    statement: str | None = Field(default=None, sa_type=Text)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decides: bool = True
    agreed_how: AgreedHow | None = Field(default=None, sa_type=text_enum(AgreedHow))
    agreed_on: date | None = None
    agreed_member_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    lapse_reason: LapseReason | None = Field(default=None, sa_type=text_enum(LapseReason))
    returned_version: int | None = None
    answer_by: date | None = None
    ballot_asked_at: datetime | None = Field(default=None, sa_type=Moment)
    ballot_asked_by: UUID | None = Field(default=None, foreign_key="principal.id")
    ballot_opens_at: datetime | None = Field(default=None, sa_type=Moment)
    lead_id: UUID | None = Field(default=None, foreign_key="principal.id")
    lead_told_ids: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(Uuid()), sa_column_kwargs={"server_default": text("'{}'")}
    )


class Refusal(Table, table=True):
    """A version that the network refused; it stays one, whatever version comes after it."""

    __tablename__ = "refusal"
    __table_args__ = (UniqueConstraint("handling_id", "version_number"),)

    handling_id: UUID = Field(foreign_key="handling.id")
    version_number: int
    reason: str | None = Field(default=None, sa_type=Text)
    refused_at: datetime = Field(sa_type=Moment)


class HandlingReading(Table, table=True):
    """The network read the application: in a meeting, or otherwise on a day."""

    __tablename__ = "handling_reading"

    handling_id: UUID = Field(foreign_key="handling.id", index=True)
    version_number: int
    meeting_id: UUID | None = Field(default=None, foreign_key="meeting.id")
    read_on: date
    note: str | None = Field(default=None, sa_type=Text)
    recorded_by: UUID = Field(foreign_key="principal.id")


class BallotPurpose(StrEnum):
    """What a ballot is about: to give the puumerkki, or to revoke it."""

    give = "give"
    revoke = "revoke"


class GivenHow(StrEnum):
    """How a vote reached whoever wrote it down."""

    telephone = "telephone"
    mail = "mail"
    in_person = "in_person"


class BallotState(StrEnum):
    """Where a ballot is."""

    open = "open"
    closed = "closed"
    annulled = "annulled"


class Ballot(Aggregate, table=True):
    """A vote on one version. Opening freezes electorate, rule and deadline; `result`: the tally once closed.

    `takes_effect_at`: when a counted ballot on giving the puumerkki is concluded by itself. `recorded_confirmed`:
    whether a second person confirmed the recorded votes where they decide; False: they are not counted.
    `recorded_asked_ids`: who was asked.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        Index("uq_ballot_open", "handling_id", unique=True, postgresql_where=text("state = 'open'")),
        Index("ix_ballot_handling", "handling_id", "opened_at"),
        Index("ix_ballot_closes", "closes_at", postgresql_where=text("state = 'open'")),
        Index("ix_ballot_effect", "takes_effect_at", postgresql_where=text("state = 'closed'")),
        CheckConstraint("state <> 'closed' or purpose <> 'give' or takes_effect_at is not null", name="takes_effect"),
    )

    handling_id: UUID = Field(foreign_key="handling.id")
    rulebook_id: UUID = Field(foreign_key="rulebook.id")
    version_number: int
    rule: dict[str, Any] = Field(sa_type=Json)
    purpose: BallotPurpose = Field(default=BallotPurpose.give, sa_type=text_enum(BallotPurpose))
    state: BallotState = Field(default=BallotState.open, sa_type=text_enum(BallotState))
    opened_at: datetime = Field(sa_type=Moment)
    closes_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    result: dict[str, Any] | None = Field(default=None, sa_type=Json)
    takes_effect_at: datetime | None = Field(default=None, sa_type=Moment)
    annulled_reason: str | None = Field(default=None, sa_type=Text)
    recorded_confirmed: bool | None = None
    recorded_confirmed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    recorded_asked_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
