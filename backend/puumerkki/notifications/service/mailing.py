"""Mails of what waits, rendered when they leave: at once by day, or once in the morning for who chose so.

All that is due to one person goes into one mail, and the next leaves a quarter of an hour later at the soonest: what
was done in between, or no longer is for them, is left out.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, bindparam, func, or_, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity.models import User
from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.kernel.subjects import subjects
from puumerkki.networks.models.networks import Network
from puumerkki.notifications import hours
from puumerkki.notifications.declared import declared
from puumerkki.notifications.models import Notice, OpenTask, Step
from puumerkki.notifications.service.recipients import recipients
from puumerkki.notifications.words import task_words
from puumerkki.organisations.models.organisations import Organisation

Named = TypeVar("Named", Network, Organisation)
APART = timedelta(minutes=15)
"""So long after a mail of notices the next one leaves to the same person."""
PEOPLE = 100
"""So many people are written to in one transaction."""
SHOWN = 20
"""So many things a mail lists; of the rest it says how many."""


@dataclass(frozen=True)
class _Line:
    notice: Notice
    task: OpenTask


async def mail_due(session: AsyncSession) -> int:
    """Write the mails that are due now; how many."""
    now = clock.now()
    if hours.quiet(now):
        return 0
    at_once = and_(col(Notice.send_at).is_not(None), col(Notice.send_at) <= now)
    in_digest = and_(col(Notice.in_digest), col(Notice.created_at) < hours.last_morning(now))
    written = 0
    for person, lines in (await _due(session, or_(at_once, in_digest))).items():
        still = await _still(session, person, lines)
        for one in lines:
            if one not in still:
                one.notice.dropped_at = now
        if still:
            await _send(session, person, still)
            written += 1
            for one in still:
                one.notice.mailed_at = now
    return written


async def _due(session: AsyncSession, due: ColumnElement[bool]) -> dict[UUID, list[_Line]]:
    """What is due to whom, of people who got no such mail in the last quarter of an hour; locked."""
    lately = select(col(Notice.principal_id)).where(col(Notice.mailed_at) > clock.now() - APART).distinct()
    unsent = and_(col(Notice.mailed_at).is_(None), col(Notice.dropped_at).is_(None))
    people = (
        select(col(Notice.principal_id))
        .where(unsent, due, col(Notice.principal_id).not_in(lately))
        .group_by(col(Notice.principal_id))
        .order_by(func.min(col(Notice.created_at)))
        .limit(PEOPLE)
    )
    rows = await session.exec(
        select(Notice, OpenTask)
        .join(OpenTask, col(OpenTask.id) == col(Notice.task_id))
        .where(unsent, due, col(Notice.principal_id).in_(people))
        .order_by(col(OpenTask.due_on).asc().nulls_last(), col(Notice.created_at), col(Notice.id))
        .with_for_update(of=Notice, skip_locked=True)
    )
    found: dict[UUID, list[_Line]] = defaultdict(list)
    for notice, task in rows:
        found[notice.principal_id].append(_Line(notice, task))
    return found


async def _still(session: AsyncSession, person: UUID, lines: Sequence[_Line]) -> list[_Line]:
    """What waits for the person at this moment."""
    by_kind: dict[Any, dict[UUID, UUID]] = defaultdict(dict)
    for one in lines:
        key = one.task.kind, one.task.subject_kind, one.task.permissions
        # a kind may have gone with a new release
        if one.task.closed_at is None and key in declared():
            by_kind[key][one.task.id] = one.task.subject_id
    waiting: set[UUID] = set()
    for key, of_kind in by_kind.items():
        waiting |= {task_id for task_id, _ in await recipients(session, key, of_kind, among=[person])}
    return [one for one in lines if one.task.id in waiting]


async def _send(session: AsyncSession, person: UUID, lines: Sequence[_Line]) -> None:
    reader = await session.get_one(User, person)
    told = await _told(session, reader.language, lines)
    shown = told[:SHOWN]
    await mail.send(
        session,
        to=reader.email,
        package="puumerkki.notifications",
        template="tasks",
        language=reader.language,
        name=reader.name,
        count=len(told),
        items=shown,
        more=len(told) - len(shown),
        one=told[0] if len(told) == 1 else None,
        desk=mail.link(reader.language, "work"),
        choices=mail.link(reader.language, "profile/notices"),
    )


async def _told(session: AsyncSession, language: str, lines: Sequence[_Line]) -> list[dict[str, Any]]:
    """Each thing once, though it waits for several reasons or members, with the most pressing of its reminders."""
    told: dict[tuple[str, UUID], dict[str, Any]] = {}
    for line in lines:
        task = line.task
        item = told.get((task.kind, task.subject_id))
        if item is None:
            item = told[task.kind, task.subject_id] = {
                "label": task_words()[task.kind][language],
                "title": display_name(title, language) if (title := await _title(session, task)) else "",
                "where": [],
                "due": task.due_on and written_day(task.due_on, language),
                "late": task.due_on is not None and task.due_on < clock.today(),
                "reminder": False,
                "link": mail.link(language, _place(task)),
            }
        item["reminder"] = item["reminder"] or line.notice.step != Step.opened
        for names in await _around(session, task):
            if (name := display_name(names, language)) not in item["where"]:
                item["where"].append(name)
    return list(told.values())


def _place(task: OpenTask) -> str:
    """The app's page that leads on to where the task is done."""
    around = {"network": task.network_id, "organisation": task.organisation_id}
    asked = urlencode({name: str(one) for name, one in around.items() if one is not None})
    return f"to/{task.kind}/{task.subject_kind}/{task.subject_id}?{asked}".removesuffix("?")


async def _title(session: AsyncSession, task: OpenTask) -> Mapping[str, str]:
    """What the subject is called; what has no title of its own is called as its network, if it has one."""
    known = subjects().get(task.subject_kind)
    if known is not None and known.title_sql is not None:
        statement = core_select(known.title_sql(bindparam("subject_id", task.subject_id, type_=Uuid())))
        found = (await (await session.connection()).execute(statement)).scalar()
        if found:
            return dict(found)
    network = await _found(session, Network, task.network_id)
    return network.names if network else {}


async def _around(session: AsyncSession, task: OpenTask) -> list[Mapping[str, str]]:
    around = (
        await _found(session, Network, task.network_id),
        await _found(session, Organisation, task.organisation_id),
    )
    return [one.names for one in around if one is not None]


async def _found(session: AsyncSession, table: type[Named], key: UUID | None) -> Named | None:
    return None if key is None else await session.get(table, key)


async def drop_unsent(session: AsyncSession) -> None:
    """Mail nothing of what people were told so far."""
    unsent = and_(col(Notice.mailed_at).is_(None), col(Notice.dropped_at).is_(None))
    await session.exec(update(Notice).where(unsent).values(dropped_at=clock.now()))
