"""What a frozen version says, for whoever decides or is told of it; the working copy is its applicants' own."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, cast
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.funding.models.applications import ApplicationVersion


def call_named(version: Any = ApplicationVersion) -> ColumnElement[UUID | None]:
    """SQL over a version: the call that it names."""
    return cast(col(version.content)["call_id"].astext, Uuid())


async def title_at(session: AsyncSession, application_id: UUID, number: int) -> str:
    """What a version is called."""
    statement = select(ApplicationVersion.title).where(
        col(ApplicationVersion.application_id) == application_id, col(ApplicationVersion.number) == number
    )
    return (await session.exec(statement)).one()
