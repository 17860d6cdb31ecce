"""What a ballot is made of: its frozen electorate, the votes, and who stands aside."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text
from sqlmodel import Field, SQLModel

from puumerkki.endorsements.models.conditions import MetWhen
from puumerkki.handlings.models.handlings import GivenHow
from puumerkki.kernel.db import Moment, Table, text_enum
from puumerkki.networks.tally import Choice


class BallotElector(SQLModel, table=True):
    """A member in the frozen electorate. `bloc_id`: the first of the members with which it has one vote, or itself.

    Null in ballots that were opened before members that share an owner or signatory voted together. It votes though
    `umbrella`: an applicant belongs to it, or `same_call`: it applies to the same call.
    """

    __tablename__ = "ballot_elector"

    ballot_id: UUID = Field(foreign_key="ballot.id", primary_key=True)
    member_id: UUID = Field(foreign_key="network_member.id", primary_key=True)
    bloc_id: UUID | None = None
    umbrella: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    same_call: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})


class Vote(Table, table=True):
    """One member's vote. `recorded`: written down by the coordinator; `given_by`, `given_how`, `given_on`: who gave it,
    how and when.

    `early_close`: the member agrees that the ballot is closed once all have voted.

    `condition_told_at`: when its member was last written to about an answer.
    `stands`: whether the member lets a vote count as for though its condition was not taken; it is blank otherwise.
    """

    __tablename__ = "vote"
    __table_args__ = (
        UniqueConstraint("ballot_id", "member_id"),
        CheckConstraint("choice <> 'against' or reason is not null", name="reason"),
        CheckConstraint("(choice = 'for_with_conditions') = (condition is not null)", name="condition"),
        CheckConstraint("condition is not null or condition_parts = '{}'", name="condition_parts"),
        CheckConstraint("coalesce(condition_taken, false) = (condition_when is not null)", name="condition_when"),
        CheckConstraint("(condition_taken is null) = (condition_answered_at is null)", name="condition_answered"),
        CheckConstraint(
            "(given_by is null) = (given_how is null) and (given_by is null) = (given_on is null)", name="given"
        ),
        CheckConstraint("recorded or given_by is null", name="given_recorded"),
        CheckConstraint("not (recorded and early_close)", name="early_close"),
        CheckConstraint("stands is null or not coalesce(condition_taken, true)", name="stands"),
    )

    ballot_id: UUID = Field(foreign_key="ballot.id")
    member_id: UUID = Field(foreign_key="network_member.id")
    choice: Choice = Field(sa_type=text_enum(Choice))
    reason: str | None = Field(default=None, sa_type=Text)
    condition: str | None = Field(default=None, sa_type=Text)
    condition_parts: list[str] = Field(default_factory=list, sa_type=ARRAY(Text()))
    condition_answer: str | None = Field(default=None, sa_type=Text)
    condition_taken: bool | None = None
    condition_when: MetWhen | None = Field(default=None, sa_type=text_enum(MetWhen))
    condition_answered_at: datetime | None = Field(default=None, sa_type=Moment)
    condition_told_at: datetime | None = Field(default=None, sa_type=Moment)
    stands: bool | None = None
    cast_by: UUID = Field(foreign_key="principal.id")
    cast_at: datetime = Field(sa_type=Moment)
    recorded: bool = False
    given_by: str | None = Field(default=None, sa_type=Text)
    given_how: GivenHow | None = Field(default=None, sa_type=text_enum(GivenHow))
    given_on: date | None = None
    early_close: bool = False


class Recusal(Table, table=True):
    """A member that stands aside in a ballot.

    `own_application`: it is an applicant; `tied`: all who speak for it are tied to one; `gone`: it has left the network
    or was archived while the ballot was open; `elsewhere`: whoever speaks for it voted for another member; `asked`: its
    own requirement asks for this puumerkki; `umbrella`, `same_call`: the rulebook says so of what an applicant belongs
    to, and of who applies to the same call.
    Nobody had to declare these.
    """

    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("ballot_id", "member_id"),)

    ballot_id: UUID = Field(foreign_key="ballot.id")
    member_id: UUID = Field(foreign_key="network_member.id")
    own_application: bool = False
    tied: bool = False
    gone: bool = False
    elsewhere: bool = False
    asked: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    umbrella: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    same_call: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    reason: str | None = Field(default=None, sa_type=Text)
    declared_by: UUID | None = Field(default=None, foreign_key="principal.id")
