"""What is told of an agreement to others than who writes it: what is frozen, never the working copy."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.agreements.models import Agreement, AgreementVersion


def shown(name: str, *, frozen_only: bool = False) -> ColumnElement[Any]:
    """SQL over `agreement`: what is in force, or else proposed or recorded, says; before that the working copy.

    `frozen_only`: of what the working copy does not have.
    """
    version = aliased(AgreementVersion)
    number = func.coalesce(col(Agreement.version_in_force), col(Agreement.current_version))
    frozen = (
        core_select(getattr(version, name))
        .where(col(version.agreement_id) == col(Agreement.id), col(version.number) == number)
        .correlate(Agreement)
        .scalar_subquery()
    )
    return frozen if frozen_only else func.coalesce(frozen, getattr(Agreement, name))


async def titles(session: AsyncSession, agreement_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What agreements are called, by their ids."""
    found = select(Agreement.id, shown("title")).where(col(Agreement.id).in_(set(agreement_ids)))
    return dict((await session.exec(found)).all())
