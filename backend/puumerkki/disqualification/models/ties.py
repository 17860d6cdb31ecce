"""Ties in dispute: somebody is said to be tied, or disputes a tie that is on record."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text, Uuid
from sqlmodel import Field

from puumerkki.kernel.db import Moment, Table, text_enum


class TieQuestionKind(StrEnum):
    """`alleged`: somebody else says that a person is tied; `disputed`: the person says that a tie does not hold."""

    alleged = "alleged"
    disputed = "disputed"


class TieQuestion(Table, table=True):
    """Whether somebody is tied to an applicant, in one network's or one authority's case of an application.

    `asked_ids`: who was asked to settle it. `holds`: whether they are tied, as `settled_by` said with a reason;
    `two_settle`: another second person says so too (`seconded_by`, with a reason too), since an applicant's people
    raised it. `answer`: what the person says. `effect_at`: since when it is settled. `lapsed_at`: nobody settled it
    before `settle_by` or the count, and it is as if it had not been asked. What lapsed, or was found not to hold, can
    be asked again once on a version (`version_number`).
    """

    __tablename__ = "tie_question"
    __table_args__ = (
        Index(
            "uq_tie_question_once",
            "application_id",
            "network_id",
            "authority_id",
            "principal_id",
            "organisation_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("lapsed_at is null and (effect_at is null or holds)"),
        ),
        CheckConstraint("(network_id is null) <> (authority_id is null)", name="one_case"),
        CheckConstraint("(kind = 'disputed') = (raised_by = principal_id)", name="raised"),
        CheckConstraint(
            "(holds is null) = (settled_at is null) and (settled_by is null) = (settled_at is null)"
            " and (settled_reason is null) = (settled_at is null)",
            name="settled",
        ),
        CheckConstraint("settled_by not in (raised_by, principal_id)", name="second_person"),
        CheckConstraint("seconded_by not in (raised_by, principal_id, settled_by)", name="seconded"),
        CheckConstraint("seconded_reason is null or seconded_by is not null", name="second_reason"),
        CheckConstraint("effect_at is null or (settled_at is not null and lapsed_at is null)", name="ended"),
        CheckConstraint("(answer is null) = (answered_at is null)", name="answered"),
        Index(
            "ix_tie_question_open",
            "settle_by",
            postgresql_where=text("effect_at is null and lapsed_at is null"),
        ),
    )

    application_id: UUID = Field(foreign_key="application.id")
    network_id: UUID | None = Field(default=None, foreign_key="network.id")
    authority_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    principal_id: UUID = Field(foreign_key="principal.id")
    organisation_id: UUID = Field(foreign_key="organisation.id")
    version_number: int
    kind: TieQuestionKind = Field(sa_type=text_enum(TieQuestionKind))
    reason: str = Field(sa_type=Text)
    raised_by: UUID = Field(foreign_key="principal.id")
    raised_at: datetime = Field(sa_type=Moment)
    settle_by: datetime = Field(sa_type=Moment)
    asked_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))
    answer: str | None = Field(default=None, sa_type=Text)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    two_settle: bool
    holds: bool | None = None
    settled_by: UUID | None = Field(default=None, foreign_key="principal.id")
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    settled_reason: str | None = Field(default=None, sa_type=Text)
    seconded_by: UUID | None = Field(default=None, foreign_key="principal.id")
    seconded_reason: str | None = Field(default=None, sa_type=Text)
    effect_at: datetime | None = Field(default=None, sa_type=Moment)
    lapsed_at: datetime | None = Field(default=None, sa_type=Moment)
