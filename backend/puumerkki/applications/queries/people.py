"""People, as they are named in an answer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity.models import User


async def named(session: AsyncSession, principal_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """People with their names; null for the erased."""
    if not principal_ids:
        return []
    found = await session.exec(
        select(col(User.id), func.nullif(col(User.name), ""))
        .where(col(User.id).in_(principal_ids))
        .order_by(col(User.name), col(User.id))
    )
    return [{"principal_id": id_, "name": name} for id_, name in found.all()]
