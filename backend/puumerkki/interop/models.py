"""Tables of the room."""

from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field

from puumerkki.kernel.db import Table


class CalendarKey(Table, table=True):
    """What opens somebody's calendar to a calendar program, which cannot sign in. Only its hash is kept."""

    __tablename__ = "calendar_key"

    user_id: UUID = Field(foreign_key="app_user.id", unique=True)
    key_hash: bytes = Field(sa_type=LargeBinary, unique=True)
