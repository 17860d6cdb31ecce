"""Mails of what waits and of what happened, when they leave: at once by day, or in the morning as a digest.

All that is due to one person goes into one mail, and the next leaves a quarter of an hour later at the soonest: what
was done in between, or no longer is for them, is left out.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.notifications import hours
from puumerkki.notifications.declared import declared
from puumerkki.notifications.models import PASSED, Digest, Notice, OpenTask
from puumerkki.notifications.service.calendar_parts import apart
from puumerkki.notifications.service.letters import Line, write
from puumerkki.notifications.service.news import settle
from puumerkki.notifications.service.passing_on import still_told
from puumerkki.notifications.service.recipients import recipients
from puumerkki.notifications.service.weekdays import rests

APART = timedelta(minutes=15)
"""So long after a mail of notices the next one leaves to the same person."""
PEOPLE = 100
"""So many people are written to in one transaction."""


async def mail_due(session: AsyncSession) -> int:
    """Write the mails that are due now; how many."""
    now = clock.now()
    if hours.quiet(now):
        return 0
    at_once = and_(col(Notice.send_at).is_not(None), col(Notice.send_at) <= now)
    daily = and_(col(Notice.digest) == Digest.daily, col(Notice.created_at) < hours.last_morning(now))
    weekly = and_(col(Notice.digest) == Digest.weekly, col(Notice.created_at) < hours.last_monday(now))
    written = 0
    for person, lines in (await _due(session, or_(at_once, daily, weekly))).items():
        still = await still_waiting(session, person, [one for one in lines if one.task is not None])
        news = await settle(session, person, [one.notice for one in lines if one.task is None])
        for one in lines:
            if one.task is not None and one not in still:
                one.notice.dropped_at = now
        rest, invitations = await apart(session, news)
        if still or rest:
            await write(session, person, still, rest)
        for each in invitations:
            await write(session, person, (), each.news, meeting=each.meeting)
        told = [*rest, *(one for each in invitations for one in each.news)]
        if still or told:
            written += len(invitations) + bool(still or rest)
            for notice in (*(one.notice for one in still), *(one.notice for one in told)):
                notice.mailed_at = now
    return written


async def _due(session: AsyncSession, due: ColumnElement[bool]) -> dict[UUID, list[Line]]:
    """What is due to whom, of people who got no such mail in the last quarter of an hour; locked."""
    now = clock.now()
    lately = select(col(Notice.principal_id)).where(col(Notice.mailed_at) > now - APART).distinct()
    unsent = and_(col(Notice.mailed_at).is_(None), col(Notice.dropped_at).is_(None))
    if hours.weekend(now):
        due = and_(due, ~rests())
    people = (
        select(col(Notice.principal_id))
        .outerjoin(OpenTask, col(OpenTask.id) == col(Notice.task_id))
        .where(unsent, due, col(Notice.principal_id).not_in(lately))
        .group_by(col(Notice.principal_id))
        .order_by(func.min(col(Notice.created_at)))
        .limit(PEOPLE)
    )
    rows = await session.exec(
        select(Notice, OpenTask)
        .outerjoin(OpenTask, col(OpenTask.id) == col(Notice.task_id))
        .where(unsent, due, col(Notice.principal_id).in_(people))
        .order_by(col(OpenTask.due_on).asc().nulls_last(), col(Notice.created_at), col(Notice.id))
        .with_for_update(of=Notice, skip_locked=True)
    )
    found: dict[UUID, list[Line]] = defaultdict(list)
    for notice, task in rows:
        found[notice.principal_id].append(Line(notice, task))
    return found


async def still_waiting(session: AsyncSession, person: UUID, lines: Sequence[Line]) -> list[Line]:
    """What waits for the person at this moment, or stays late and was passed on to them."""
    by_kind: dict[Any, dict[UUID, UUID]] = defaultdict(dict)
    passed = [one for one in lines if one.notice.step in PASSED]
    told = await still_told(session, person, [one.task for one in passed if one.task is not None])
    for one in lines:
        assert one.task is not None
        if one.notice.step in PASSED:
            continue
        key = one.task.kind, one.task.subject_kind, one.task.permissions
        # a kind may have gone with a new release
        if one.task.closed_at is None and key in declared():
            by_kind[key][one.task.id] = one.task.subject_id
    waiting: set[UUID] = set()
    for key, of_kind in by_kind.items():
        waiting |= {task_id for task_id, _ in await recipients(session, key, of_kind, among=[person])}
    return [
        one
        for one in lines
        if one.task is not None
        and ((one.task.id, one.notice.step) in told if one.notice.step in PASSED else one.task.id in waiting)
    ]


async def drop_unsent(session: AsyncSession) -> None:
    """Mail nothing of what people were told so far."""
    unsent = and_(col(Notice.mailed_at).is_(None), col(Notice.dropped_at).is_(None))
    await session.exec(update(Notice).where(unsent).values(dropped_at=clock.now()))
