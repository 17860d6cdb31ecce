"""What a frozen version says, for whoever decides or is told of it; the working copy is its applicants' own."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, cast, func
from sqlalchemy import select as core_select
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.models.applications import Application, ApplicationVersion


def call_named(version: Any = ApplicationVersion) -> ColumnElement[UUID | None]:
    """SQL over a version: the call that it names."""
    return cast(col(version.content)["call_id"].astext, Uuid())


async def title_at(session: AsyncSession, application_id: UUID, number: int) -> str:
    """What a version is called."""
    statement = select(ApplicationVersion.title).where(
        col(ApplicationVersion.application_id) == application_id, col(ApplicationVersion.number) == number
    )
    return (await session.exec(statement)).one()


def version_title(table: Any) -> Callable[[Any], ColumnElement[Any]]:
    """SQL from the id of a row of `table`, which is of a version of an application, to that version's title."""

    def title(key: Any) -> ColumnElement[Any]:
        return (
            core_select(func.jsonb_build_object(col(Application.language), col(ApplicationVersion.title)))
            .select_from(ApplicationVersion)
            .join(Application, col(Application.id) == col(ApplicationVersion.application_id))
            .join(
                table,
                and_(
                    col(table.application_id) == col(ApplicationVersion.application_id),
                    col(table.version_number) == col(ApplicationVersion.number),
                ),
            )
            .where(col(table.id) == key)
            .scalar_subquery()
        )

    return title
