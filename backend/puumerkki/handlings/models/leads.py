"""Whom members want to lead where everybody in office is tied."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from puumerkki.kernel.db import Moment, Table


class LeadChoice(Table, table=True):
    """Whom a member's representative wants to lead a handling for which everybody in office is tied."""

    __tablename__ = "lead_choice"
    __table_args__ = (UniqueConstraint("handling_id", "member_id"),)

    handling_id: UUID = Field(foreign_key="handling.id")
    member_id: UUID = Field(foreign_key="network_member.id")
    principal_id: UUID = Field(foreign_key="principal.id")
    chosen_by: UUID = Field(foreign_key="principal.id")
    chosen_at: datetime = Field(sa_type=Moment)
