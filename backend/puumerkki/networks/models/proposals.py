"""What is proposed about a member, for a second person to confirm: to admit it, or, once it was heard, to end it."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text, Uuid
from sqlmodel import Field

from puumerkki.kernel.db import Moment, Table, text_enum

STALE = timedelta(days=30)
"""How long after the hearing a proposal that nobody confirms stays open."""


class ProposalKind(StrEnum):
    """What would become of the member."""

    admit = "admit"
    """Somebody who leads the network has a role in it, or added it, and does not take it in alone."""
    remove = "remove"
    take_vote = "take_vote"


class ProposalState(StrEnum):
    """Where a proposal is."""

    open = "open"
    carried = "carried"
    dropped = "dropped"


class MemberProposal(Table, table=True):
    """Proposed by who leads the network. `asked_ids`: who could be the second person when it was proposed.

    What would be admitted is not heard: it asked itself, or has accepted.
    """

    __tablename__ = "member_proposal"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (ended_at is null)", name="ended"),
        CheckConstraint(
            "state <> 'carried' or (confirmed_by is not null and confirmed_by <> proposed_by"
            " and ended_at >= heard_until)",
            name="second_person",
        ),
        CheckConstraint("kind = 'admit' or reason is not null", name="reason"),
        CheckConstraint("(view is null) = (view_at is null)", name="view"),
        Index("uq_member_proposal_open", "member_id", unique=True, postgresql_where=text("state = 'open'")),
        Index("ix_member_proposal_member", "member_id", "created_at"),
    )

    member_id: UUID = Field(foreign_key="network_member.id")
    kind: ProposalKind = Field(sa_type=text_enum(ProposalKind))
    reason: str | None = Field(default=None, sa_type=Text)
    state: ProposalState = Field(default=ProposalState.open, sa_type=text_enum(ProposalState))
    proposed_by: UUID = Field(foreign_key="principal.id")
    heard_until: datetime = Field(sa_type=Moment)
    view: str | None = Field(default=None, sa_type=Text)
    view_at: datetime | None = Field(default=None, sa_type=Moment)
    view_by: UUID | None = Field(default=None, foreign_key="principal.id")
    asked_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    confirmed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    end_reason: str | None = Field(default=None, sa_type=Text)

    @property
    def open_until(self) -> datetime:
        """When it is dropped, if nobody has confirmed it."""
        return self.heard_until + STALE
