"""What the members decide about the network itself: proposals, who may vote on them, votes."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text, Uuid
from sqlmodel import Field, SQLModel

from puumerkki.kernel.db import Aggregate, Json, Moment, Table, text_enum
from puumerkki.networks.models.networks import NetworkChange
from puumerkki.networks.tally import Choice


class DecisionKind(StrEnum):
    """What is decided about a network."""

    rulebook = "rulebook"
    chair = "chair"
    secretary = "secretary"
    rest = "rest"
    close = "close"
    stop_deciding = "stop_deciding"
    begin_deciding = "begin_deciding"

    @property
    def change(self) -> NetworkChange | None:
        """The same as a change that authorities are told of."""
        return NetworkChange(self.value) if self in LEAVING else None


LEAVING = frozenset({DecisionKind.rest, DecisionKind.close, DecisionKind.stop_deciding})
"""What authorities that rely on the network are told of."""
OF_A_SUBJECT = frozenset({DecisionKind.rulebook, DecisionKind.chair, DecisionKind.secretary})
ON_A_DAY = frozenset({DecisionKind.rest, DecisionKind.close})


class DecisionWay(StrEnum):
    """How: the members vote; a meeting did, and a second person confirms it; or its lead and a second person."""

    vote = "vote"
    meeting = "meeting"
    second_person = "second_person"


WAYS = {
    kind: frozenset(DecisionWay)
    if kind not in OF_A_SUBJECT
    else frozenset({DecisionWay.vote, *([DecisionWay.meeting] if kind is DecisionKind.rulebook else [])})
    for kind in DecisionKind
}
"""The ways that each kind can take; whom a meeting chose is recorded with the meeting."""


class DecisionState(StrEnum):
    """Where a decision is. `adopted`: made, and waiting for its day; `done`: in effect."""

    open = "open"
    adopted = "adopted"
    done = "done"
    rejected = "rejected"
    dropped = "dropped"


class NetworkDecision(Aggregate, table=True):
    """One proposal; several of a kind may be open, of each proposer one.

    `subject_id`: the rulebook version, or who would hold the office.
    `rule`: by which the votes are counted, or the meeting decided. `closes_at`: the end of the vote, or until when
    somebody confirms or objects. `asked_ids`: who can be the second person, `seconded_by`: a third one who was there.
    `on_day`: of resting or closing.
    """

    __tablename__ = "network_decision"
    __table_args__ = (
        Index("ix_network_decision_network", "network_id", "opened_at", "id"),
        Index("ix_network_decision_closes", "closes_at", postgresql_where=text("state = 'open'")),
        Index(
            "uq_network_decision_open",
            "network_id",
            "kind",
            "proposed_by",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "uq_network_decision_adopted",
            "network_id",
            "kind",
            unique=True,
            postgresql_where=text("state = 'adopted'"),
        ),
        CheckConstraint("(kind in ('rulebook', 'chair', 'secretary')) = (subject_id is not null)", name="subject"),
        CheckConstraint("(kind in ('rest', 'close')) = (on_day is not null)", name="on_day"),
        CheckConstraint(
            "(kind = 'rulebook') = (accept_days is not null) and accept_days between 14 and 365", name="accept_days"
        ),
        CheckConstraint(
            "way = 'vote' or kind in ('rest', 'close', 'stop_deciding', 'begin_deciding')"
            " or (way = 'meeting' and kind = 'rulebook')",
            name="way",
        ),
        CheckConstraint("(way = 'meeting') = (met_on is not null)", name="meeting"),
        CheckConstraint(
            "confirmed_by <> proposed_by and seconded_by not in (proposed_by, confirmed_by)", name="second_person"
        ),
        CheckConstraint("seconded_by is null or confirmed_by is not null", name="third_person"),
        CheckConstraint(
            "state not in ('adopted', 'done') or (way = 'vote' and coalesce(result->>'outcome', '') = 'passed')"
            " or (way <> 'vote' and confirmed_by is not null)"
            " or (way = 'second_person' and coalesce(result->>'outcome', '') = 'silence')",
            name="made",
        ),
    )

    network_id: UUID = Field(foreign_key="network.id")
    kind: DecisionKind = Field(sa_type=text_enum(DecisionKind))
    way: DecisionWay = Field(sa_type=text_enum(DecisionWay))
    subject_id: UUID | None = None
    reason: str | None = Field(default=None, sa_type=Text)
    on_day: date | None = None
    accept_days: int | None = None
    met_on: date | None = None
    present_member_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    rule: dict[str, Any] | None = Field(default=None, sa_type=Json)
    proposed_by: UUID = Field(foreign_key="principal.id")
    asked_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    opened_at: datetime = Field(sa_type=Moment)
    closes_at: datetime = Field(sa_type=Moment)
    state: DecisionState = Field(default=DecisionState.open, sa_type=text_enum(DecisionState))
    result: dict[str, Any] | None = Field(default=None, sa_type=Json)
    confirmed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    seconded_by: UUID | None = Field(default=None, foreign_key="principal.id")
    objected_by: UUID | None = Field(default=None, foreign_key="principal.id")
    objection: str | None = Field(default=None, sa_type=Text)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)


class NetworkDecisionElector(SQLModel, table=True):
    """A member that may vote on it: it took part when the vote was opened. `bloc_id`: the first of its bloc."""

    __tablename__ = "network_decision_elector"

    decision_id: UUID = Field(foreign_key="network_decision.id", primary_key=True)
    member_id: UUID = Field(foreign_key="network_member.id", primary_key=True)
    bloc_id: UUID


class NetworkDecisionVote(Table, table=True):
    """One member's vote on it. `early_close`: it agrees to counting once all have voted."""

    __tablename__ = "network_decision_vote"
    __table_args__ = (
        UniqueConstraint("decision_id", "member_id"),
        CheckConstraint("choice <> 'for_with_conditions'", name="plain"),
    )

    decision_id: UUID = Field(foreign_key="network_decision.id")
    member_id: UUID = Field(foreign_key="network_member.id")
    choice: Choice = Field(sa_type=text_enum(Choice))
    cast_by: UUID = Field(foreign_key="principal.id")
    cast_at: datetime = Field(sa_type=Moment)
    early_close: bool = False
