"""What the API takes and gives."""

from typing import Annotated

from pydantic import Field

from puumerkki.kernel.field_types import Moment, Schema


class CalendarPublic(Schema):
    """Since when one's calendar can be subscribed to; null where it cannot."""

    made_at: Moment | None


class CalendarAddress(Schema):
    """The address to subscribe to. Whoever has it reads the calendar; it is shown once."""

    url: str


class CalendarQuery(Schema):
    """`key`: from the address that was shown once."""

    key: Annotated[str, Field(min_length=1, max_length=100)]
