"""Ids of things in other systems, by which these say what the things are, the first time and later.

A thing is known by such an id where it belongs: in a network, or at an organisation. What is called so elsewhere is
another thing, so nobody takes an id from anybody, or learns from theirs what others have.
"""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path
from pydantic import StringConstraints
from sqlalchemy import text
from sqlalchemy.types import Text
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.errors import Conflict
from puumerkki.kernel.field_types import ONE_LINE

SCHEME = r"^[a-z][a-z0-9_-]{0,39}$"
"""The short name of a system, such as `ptv`."""
ExternalValue = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), ONE_LINE]
SchemeParam = Annotated[str, Path(pattern=SCHEME, examples=["ptv"])]
ValueParam = Annotated[ExternalValue, Path(examples=["1234"])]
_LOCK = text("select pg_advisory_xact_lock(hashtext('external_id ' || :place || ' ' || :scheme || ' ' || :value))")


class ExternalIdOfSeveral(Conflict):
    code = "external_id_of_several"
    message = "Several have this id since two organisations were merged. Change the one that you mean by its own id."


class KnownElsewhere(SQLModel):
    """Columns of what one other system knows: its short name, and the id there. Both are there, or neither."""

    external_scheme: str | None = Field(default=None, sa_type=Text)
    external_id: str | None = Field(default=None, sa_type=Text)


async def lock_id(session: AsyncSession, *, place: str, scheme: str, value: str) -> None:
    """Whoever makes or changes what has this id in a place waits for who does so already."""
    await (await session.connection()).execute(_LOCK, {"place": place, "scheme": scheme, "value": value})


async def find_known(
    session: AsyncSession, table: Any, place: Any, place_id: UUID, *, scheme: str, value: str
) -> UUID | None:
    """The id of the thing, or None; ExternalIdOfSeveral where a merger has brought two together."""
    found = await session.exec(
        select(table.id)
        .where(place == place_id, col(table.external_scheme) == scheme, col(table.external_id) == value)
        .limit(2)
    )
    ids = found.all()
    if len(ids) > 1:
        raise ExternalIdOfSeveral()
    return ids[0] if ids else None
