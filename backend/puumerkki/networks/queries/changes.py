"""What a network announced, and what the authorities that rely on it answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, cast, func, literal, select
from sqlalchemy.types import Date, DateTime, Uuid
from sqlmodel import col
from sqlmodel import select as sm_select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Viewer, granted
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import NetworkChange, NetworkChangeAnswer, NetworkChangeNotice
from puumerkki.networks.named import authorities_naming

DAYS_TO_ANSWER = 30


@dataclass(frozen=True)
class Announced:
    """An open notice with everybody who was told."""

    notice: NetworkChangeNotice
    answers: Sequence[NetworkChangeAnswer]

    def possible_on(self, naming: Iterable[UUID]) -> date | None:
        """The day from which it is possible if nobody of these answers; None: it is now."""
        told = {one.authority_id: one for one in self.answers}
        days = [
            clock.day_of(told[one].created_at) + timedelta(days=DAYS_TO_ANSWER)
            for one in naming
            if one in told and told[one].answered_at is None
        ]
        last = max(days, default=None)
        return None if last is None or last <= clock.today() else last


async def announced(session: AsyncSession, network_id: UUID) -> list[Announced]:
    """The changes that a network has announced and not yet made, the oldest first."""
    found = await session.exec(
        sm_select(NetworkChangeNotice)
        .where(col(NetworkChangeNotice.network_id) == network_id, col(NetworkChangeNotice.ended_at).is_(None))
        .order_by(col(NetworkChangeNotice.created_at), col(NetworkChangeNotice.id))
    )
    notices = found.all()
    rows = await session.exec(
        sm_select(NetworkChangeAnswer)
        .where(col(NetworkChangeAnswer.notice_id).in_([one.id for one in notices]))
        .order_by(col(NetworkChangeAnswer.created_at), col(NetworkChangeAnswer.id))
    )
    answers = rows.all()
    return [Announced(one, [answer for answer in answers if answer.notice_id == one.id]) for one in notices]


async def what_waits(
    session: AsyncSession, network_id: UUID
) -> tuple[frozenset[NetworkChange], dict[NetworkChange, date]]:
    """The changes of which somebody who names the network was not told, and the days on which the others are free."""
    naming = await authorities_naming(session, network_id)
    if not naming:
        return frozenset(), {}
    known = {one.notice.change: one for one in await announced(session, network_id)}
    untold = frozenset(
        change
        for change in NetworkChange
        if change not in known or naming - {answer.authority_id for answer in known[change].answers}
    )
    days = {change: one.possible_on(naming) for change, one in known.items()}
    return untold, {change: day for change, day in days.items() if day is not None}


def to_answer(viewer: Viewer) -> Select[Any]:
    """Tasks of the authorities that were told, in the columns that all rooms' tasks have."""
    columns: tuple[Any, ...] = (
        cast(literal("network_change_to_answer"), Text).label("kind"),
        cast(literal("network"), Text).label("subject_kind"),
        cast(col(NetworkChangeNotice.network_id), Uuid[UUID]()).label("subject_id"),
        col(NetworkChangeNotice.network_id).label("network_id"),
        col(NetworkChangeAnswer.authority_id).label("organisation_id"),
        cast(
            func.timezone(literal(clock.FINLAND.key), col(NetworkChangeAnswer.created_at))
            + timedelta(days=DAYS_TO_ANSWER),
            Date,
        ).label("due_on"),
        cast(col(NetworkChangeAnswer.created_at), DateTime(timezone=True)).label("created_at"),
    )
    return (
        select(*columns)
        .select_from(NetworkChangeAnswer)
        .join(NetworkChangeNotice, col(NetworkChangeNotice.id) == col(NetworkChangeAnswer.notice_id))
        .where(
            col(NetworkChangeNotice.ended_at).is_(None),
            col(NetworkChangeAnswer.answered_at).is_(None),
            granted(P.gate_policies_manage, on=col(NetworkChangeAnswer.authority_id), viewer=viewer),
        )
    )
