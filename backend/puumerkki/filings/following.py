"""What filings have to do with an application."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.followers import Follower, Sql
from puumerkki.filings.models import ENDED_FILING, Filing, FilingState


async def _deleted(session: AsyncSession, application_id: UUID) -> None:
    await session.exec(delete(Filing).where(col(Filing.application_id) == application_id))


def _open(application_id: Any) -> ColumnElement[bool]:
    filings = select(Filing.id).where(
        col(Filing.application_id) == application_id, col(Filing.state).not_in(list(ENDED_FILING))
    )
    return filings.exists()


def _filed_elsewhere(application_id: Any, closed_calls: Any) -> Sequence[ColumnElement[bool]]:
    """A funder has the application, or it is planned for one whose call is not over."""
    filed = exists().where(
        col(Filing.application_id) == application_id,
        col(Filing.state).not_in(ENDED_FILING),
        or_(
            col(Filing.state) != FilingState.planned,
            col(Filing.call_id).is_(None),
            col(Filing.call_id).not_in(closed_calls),
        ),
    )
    return [filed]


def _filed_to(application_id: Any, call_id: Any) -> Sequence[ColumnElement[bool]]:
    filed = exists().where(
        col(Filing.application_id) == application_id,
        col(Filing.call_id) == call_id,
        col(Filing.state).not_in(ENDED_FILING),
    )
    return [filed]


async def _calls(session: AsyncSession, application_id: UUID) -> Collection[UUID]:
    planned = select(Filing.call_id).where(
        col(Filing.application_id) == application_id,
        col(Filing.call_id).is_not(None),
        col(Filing.state) != FilingState.withdrawn,
    )
    return {one for one in (await session.exec(planned)).all() if one is not None}


FOLLOWER = Follower(
    kind="filing",
    on_deleted=_deleted,
    calls=_calls,
    sql=Sql(
        facts={"filings_open": _open},
        filed_elsewhere=_filed_elsewhere,
        filed_to=_filed_to,
    ),
)
