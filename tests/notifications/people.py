"""What the worker does, step by step, in the test's transaction; and whom it told."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.mail import OutboxMessage
from puumerkki.notifications.models import Notice, OpenTask
from puumerkki.notifications.service.following import follow
from puumerkki.notifications.service.recipients import recipients

Thing = tuple[str, str, UUID, UUID | None, UUID | None]
"""Kind, kind of subject, subject, network, organisation."""


async def open_tasks(session: AsyncSession) -> list[OpenTask]:
    found = await session.exec(select(OpenTask).where(col(OpenTask.closed_at).is_(None)).order_by(col(OpenTask.id)))
    return list(found.all())


async def for_whom(session: AsyncSession) -> dict[UUID, set[Thing]]:
    """What waits for each person, by the rows of `task`."""
    found: dict[UUID, set[Thing]] = defaultdict(set)
    by_kind: dict[tuple[str, str, str], dict[UUID, OpenTask]] = defaultdict(dict)
    for one in await open_tasks(session):
        by_kind[one.kind, one.subject_kind, one.permissions][one.id] = one
    for key, rows in by_kind.items():
        subjects = {one.id: one.subject_id for one in rows.values()}
        for task_id, person_id in await recipients(session, key, subjects):
            one = rows[task_id]
            found[person_id].add((one.kind, one.subject_kind, one.subject_id, one.network_id, one.organisation_id))
    return found


async def told(session: AsyncSession, person_id: UUID) -> list[tuple[str, str]]:
    """Kind and step of what a person was told, in order."""
    found = await session.exec(
        select(OpenTask.kind, Notice.step)
        .join(Notice, col(Notice.task_id) == col(OpenTask.id))
        .where(col(Notice.principal_id) == person_id)
        .order_by(col(Notice.created_at), col(OpenTask.kind))
    )
    return [(kind, str(step)) for kind, step in found.all()]


async def mails(session: AsyncSession, address: str) -> list[OutboxMessage]:
    found = await session.exec(
        select(OutboxMessage).where(col(OutboxMessage.recipient) == address).order_by(col(OutboxMessage.created_at))
    )
    return list(found.all())


async def place_events(session: AsyncSession) -> None:
    """Give the transaction's events their positions, as the sequencer does once they are committed."""
    await session.flush()
    await (await session.connection()).execute(
        text(
            "with last as (select last_position as n from event_sequence where id = 1), placed as (insert into"
            " event_position (position, event_id, occurred_at) select n + row_number() over (order by occurred_at, id),"
            " id, occurred_at from event, last where not exists (select from event_position where event_id = event.id)"
            " returning position) update event_sequence set last_position = (select max(position) from placed)"
            " where id = 1 and exists (select from placed)"
        )
    )


async def follow_all(session: AsyncSession) -> None:
    """Follow the feed to its end."""
    await place_events(session)
    while await follow(session):
        pass
    await session.flush()
