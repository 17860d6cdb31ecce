"""Which calls a version is for, and who names a call."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.followers import followers
from puumerkki.applications.models.applications import Application, ApplicationState, ApplicationVersion
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries.frozen import call_named
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Handling
from puumerkki.kernel import clock


def closed_calls() -> Select[Any]:
    """SQL: the calls whose time is over. A cancelled one ends nothing by itself: who named it was told."""
    return core_select(col(FundingCall.id)).where(
        col(FundingCall.closes_at) <= clock.now(), col(FundingCall.state) != CallState.cancelled
    )


def filed_elsewhere() -> ColumnElement[bool]:
    """SQL over `handling`: a funder has the application, or it is planned for one whose call is not over."""
    handled = col(Handling.application_id)
    return or_(*(filed for one in followers() for filed in one.sql.filed_elsewhere(handled, closed_calls())))


def version_handled() -> ColumnElement[bool]:
    """SQL over `handling` and `application_version`: the version that the network has."""
    return and_(
        col(ApplicationVersion.application_id) == col(Handling.application_id),
        col(ApplicationVersion.number) == col(Handling.version_number),
    )


async def serves(session: AsyncSession, handling: Handling) -> bool:
    """Whether the network's answer on a version may still matter: it is for no call, or for one that is not over."""
    over = select(Handling.id).join(ApplicationVersion, version_handled())
    over = over.where(col(Handling.id) == handling.id, call_named().in_(closed_calls()), ~filed_elsewhere())
    return (await session.exec(over)).first() is None


async def naming(session: AsyncSession, call_id: UUID) -> Sequence[Application]:
    """The applications under way of which the newest version or a filing names a call."""
    newest = exists().where(
        col(ApplicationVersion.application_id) == col(Application.id),
        col(ApplicationVersion.number) == col(Application.current_version),
        call_named() == call_id,
    )
    filed = [filed for one in followers() for filed in one.sql.filed_to(col(Application.id), call_id)]
    found = await session.exec(
        select(Application).where(
            col(Application.state) == ApplicationState.active,
            or_(newest, *filed),
        )
    )
    return found.all()


async def networks_handling(session: AsyncSession, application_ids: Sequence[UUID]) -> Sequence[UUID]:
    """The networks that have these applications before them, or had until the call was over."""
    found = await session.exec(
        select(Handling.network_id)
        .where(
            col(Handling.application_id).in_(application_ids),
            col(Handling.state).in_((*OPEN_HANDLING, HandlingState.lapsed)),
        )
        .distinct()
    )
    return found.all()
