"""The next digest as it would be if nothing else happened until then. Looking at it changes nothing."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.identity.models import User
from puumerkki.kernel import clock, mail
from puumerkki.kernel.mail.words import write
from puumerkki.notifications import hours
from puumerkki.notifications.models import Digest, Notice, OpenTask
from puumerkki.notifications.schemas import DigestLine, DigestPreview
from puumerkki.notifications.service.letters import Line, context
from puumerkki.notifications.service.mailing import still_waiting
from puumerkki.notifications.service.news import settle
from puumerkki.notifications.service.weekdays import weekdays_only


async def next_digest(session: AsyncSession, actor: Actor) -> DigestPreview:
    """What the mail of the next morning says; without a subject where there would be none."""
    actor.require_person()
    person = actor.person_id()
    reader = await session.get_one(User, person)
    now = clock.now()
    morning = hours.next_morning(now)
    if await weekdays_only(session, person):
        while morning.astimezone(clock.FINLAND).weekday() >= 5:
            morning = hours.next_morning(morning)
    day = morning.astimezone(clock.FINLAND).date()
    gathered = [Digest.daily, *([Digest.weekly] if day.weekday() == 0 else [])]
    due = or_(col(Notice.digest).in_(gathered), and_(col(Notice.send_at) > now, col(Notice.send_at) <= morning))
    rows = await session.exec(
        select(Notice, OpenTask)
        .outerjoin(OpenTask, col(OpenTask.id) == col(Notice.task_id))
        .where(
            col(Notice.principal_id) == person,
            col(Notice.mailed_at).is_(None),
            col(Notice.dropped_at).is_(None),
            due,
        )
        .order_by(col(OpenTask.due_on).asc().nulls_last(), col(Notice.created_at), col(Notice.id))
    )
    lines = [Line(notice, task) for notice, task in rows]
    async with session.begin_nested() as looking:
        still = await still_waiting(session, person, [one for one in lines if one.task is not None])
        news = await settle(session, person, [one.notice for one in lines if one.task is None])
        said = await context(session, reader, still, news, day=day) if still or news else None
        await looking.rollback()  # what is not told any more is dropped once the mail leaves
    monday = hours.next_morning(now).astimezone(clock.FINLAND).date()
    monday += timedelta(days=-monday.weekday() % 7)
    others = {
        "monday": monday,
        "next_week": await _unseen(session, person, col(Notice.digest) == Digest.weekly) if monday > day else 0,
        "shown_only": await _unseen(session, person, col(Notice.digest).is_(None), col(Notice.send_at).is_(None)),
    }
    if said is None:
        return DigestPreview(day=day, subject=None, items=[], more=0, **others)
    return DigestPreview(
        day=day,
        subject=write("puumerkki.notifications", "notices", reader.language, said).subject,
        items=[
            *(_line(one, reader.language, is_task=True) for one in said["items"]),
            *(_line(one, reader.language, is_task=False) for one in said["news"]),
        ],
        more=said["more"] + said["new_more"],
        **others,
    )


async def _unseen(session: AsyncSession, person: UUID, *conditions: ColumnElement[bool]) -> int:
    """So many things of which one has seen nothing yet and no mail told."""
    counted = (
        select(func.count(func.distinct(func.coalesce(col(Notice.root_id), col(OpenTask.subject_id)))))
        .select_from(Notice)
        .outerjoin(OpenTask, col(OpenTask.id) == col(Notice.task_id))
        .where(
            col(Notice.principal_id) == person,
            col(Notice.seen_at).is_(None),
            col(Notice.mailed_at).is_(None),
            col(Notice.dropped_at).is_(None),
            col(OpenTask.closed_at).is_(None),
            *conditions,
        )
    )
    return (await session.exec(counted)).one()


def _line(said: Mapping[str, Any], language: str, *, is_task: bool) -> DigestLine:
    """As the mail says it, in its order."""
    heading = said["said"] or ": ".join(one for one in (said["label"], said["title"]) if one)
    details = [said["line"] or " – ".join(said["where"]), said["due"] if is_task else said["at"]]
    return DigestLine(
        text=heading,
        details=[one for one in details if one],
        path=said["link"].removeprefix(mail.link(language, "")),
        is_task=is_task,
    )
