"""Cases that an authority's owner hands over, since everybody there whose case it is takes no part."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from puumerkki.kernel.db import Moment, Table, text_enum


class CaseOffice(StrEnum):
    """What is handed over: to prepare the case, or to decide."""

    officer = "officer"
    decider = "decider"


class CaseHandover(Table, table=True):
    """A case for which nobody in an office of the authority may act; `told_at`: when its owners were told last.

    `principal_id`: who acts in their place, once an owner has handed it over. It counts as long as nobody in the
    office may act and they take part, which is asked at every step; whoever is tied by now can dispute that.
    """

    __tablename__ = "case_handover"
    __table_args__ = (
        UniqueConstraint("partner_request_id", "office"),
        CheckConstraint(
            "(principal_id is null) = (given_by is null) and (principal_id is null) = (given_at is null)", name="given"
        ),
        CheckConstraint("given_by <> principal_id", name="another"),
        Index("ix_case_handover_principal", "principal_id"),
    )

    partner_request_id: UUID = Field(foreign_key="partner_request.id")
    office: CaseOffice = Field(sa_type=text_enum(CaseOffice))
    told_at: datetime = Field(sa_type=Moment)
    principal_id: UUID | None = Field(default=None, foreign_key="principal.id")
    given_by: UUID | None = Field(default=None, foreign_key="principal.id")
    given_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def waits(self) -> bool:
        """Whether owners were told, and named nobody since."""
        return self.given_at is None or self.given_at < self.told_at
