"""How somebody is told of what happened: by what they chose, else by the roles that they have at that moment."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role
from puumerkki.kernel.tells import NoticeRow, Pace, Tell
from puumerkki.notifications.models import Channel, NoticeChoice, NoticeException

DIGEST_AFTER, BELL_AFTER = timedelta(days=1), timedelta(days=7)
"""What happened longer ago, as the worker slept, is not told at once, or in the service only."""
LOCKED = frozenset({NoticeRow.urgent})
"""Rows that nobody can choose for."""
TOLD = (
    NoticeRow.own,
    NoticeRow.networks,
    NoticeRow.authority,
    NoticeRow.discussions,
    NoticeRow.followed,
    NoticeRow.operations,
)
"""Rows of what happened."""
_ALL = (Channel.now, Channel.daily, Channel.weekly, Channel.bell)
CHANNELS: Mapping[NoticeRow, tuple[Channel, ...]] = {
    NoticeRow.urgent: (Channel.now,),
    # what is asked of somebody is never off
    NoticeRow.tasks: (Channel.now, Channel.daily),
    NoticeRow.reminders: (Channel.now, Channel.daily),
    **dict.fromkeys(TOLD, _ALL),
    NoticeRow.operations: (Channel.now, Channel.daily),
    NoticeRow.events: (Channel.now, Channel.bell),
}
"""What can be chosen for each row, which comes first where nobody chose."""
LEADERS = frozenset({Role.coordinator, Role.chair, Role.secretary})


@dataclass(frozen=True)
class Wishes:
    """What one person chose, row by row, and for single networks, organisations and things."""

    rows: Mapping[NoticeRow, Channel] = field(default_factory=dict)
    of: Mapping[UUID, Channel] = field(default_factory=dict)


async def wishes(session: AsyncSession, people: Collection[UUID]) -> dict[UUID, Wishes]:
    """What these people chose, as far as it can be chosen still."""
    rows: dict[UUID, dict[NoticeRow, Channel]] = defaultdict(dict)
    chosen = await session.exec(select(NoticeChoice).where(col(NoticeChoice.principal_id).in_(people)))
    for one in chosen:
        if one.channel in CHANNELS[one.row]:
            rows[one.principal_id][one.row] = one.channel
    of: dict[UUID, dict[UUID, Channel]] = defaultdict(dict)
    excepted = await session.exec(select(NoticeException).where(col(NoticeException.principal_id).in_(people)))
    for other in excepted:
        of[other.principal_id][other.subject_id] = other.channel
    return {one: Wishes(rows.get(one, {}), of.get(one, {})) for one in people}


def default_of(row: NoticeRow, *, leads: bool) -> Channel:
    """How somebody is told at most who has chosen nothing. `leads`: they lead a network that it is about."""
    if row == NoticeRow.networks:
        return Channel.daily if leads else Channel.weekly
    if row in (NoticeRow.authority, NoticeRow.discussions):
        return Channel.daily
    return Channel.weekly if row == NoticeRow.followed else Channel.now


def channel_of(
    wished: Wishes, tell: Tell, about: Collection[UUID], *, thing: UUID, occurred_at: datetime, now: datetime
) -> Channel:
    """How somebody is told of an event.

    `about`: the network and organisation that it is about; `thing`: what it is on. `occurred_at`: what is old is told
    more quietly.
    """
    found = _wished(wished, tell, about, thing)
    if now - occurred_at > BELL_AFTER:
        return Channel.bell
    return Channel.daily if found == Channel.now and now - occurred_at > DIGEST_AFTER else found


def _wished(wished: Wishes, tell: Tell, about: Collection[UUID], thing: UUID) -> Channel:
    if tell.by_room or tell.pace == Pace.bell:
        return Channel.bell
    if tell.row in LOCKED:
        return Channel.now
    if thing in wished.of:
        return wished.of[thing]
    if wished.rows.get(NoticeRow.events) == Channel.bell:
        return Channel.bell
    for one in about:
        if one in wished.of:
            return wished.of[one]
    if tell.row in wished.rows:
        return wished.rows[tell.row]
    if tell.pace == Pace.at_once:
        return Channel.now
    usual = default_of(tell.row, leads=not LEADERS.isdisjoint(tell.roles))
    return Channel.daily if usual == Channel.now and tell.pace == Pace.digest else usual
