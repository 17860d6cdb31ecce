"""Frozen versions of an application, and whom it asks."""

from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.followers import followers
from puumerkki.applications.models.applications import ApplicationNetwork, ApplicationVersion
from puumerkki.kernel.errors import NotFound
from puumerkki.organisations.models.organisations import Organisation


async def networks_asked(session: AsyncSession, application_id: UUID) -> frozenset[UUID]:
    """The networks that the application asks."""
    statement = select(ApplicationNetwork.network_id).where(col(ApplicationNetwork.application_id) == application_id)
    return frozenset((await session.exec(statement)).all())


async def asks_of(session: AsyncSession, found: ApplicationVersion) -> list[dict[str, Any]]:
    """Whom a version asks to be a partner, and for what."""
    asks = {UUID(one["id"]): one["asks"] for one in found.content.get("authorities", ())}
    statement = select(Organisation).where(col(Organisation.id).in_(asks)).order_by(col(Organisation.sort_key))
    return [{"names": one.names, "asks": asks[one.id]} for one in (await session.exec(statement)).all()]


async def version(session: AsyncSession, application_id: UUID, number: int) -> ApplicationVersion:
    """A frozen version, or NotFound."""
    statement = select(ApplicationVersion).where(
        col(ApplicationVersion.application_id) == application_id, col(ApplicationVersion.number) == number
    )
    found = (await session.exec(statement)).one_or_none()
    if found is None:
        raise NotFound()
    return found


async def calls_of(session: AsyncSession, version: ApplicationVersion) -> set[UUID]:
    """The call that a version names, and those to which a filing is planned or was sent."""
    calls = {call for one in followers() for call in await one.calls(session, version.application_id)}
    own = version.content.get("call_id")
    return calls | {UUID(own)} if own else calls
