"""Writes down who is told of which tasks: when they open, and while they stay open as their day comes nearer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.tasks import Ladder
from puumerkki.kernel.tells import NoticeRow
from puumerkki.notifications import hours
from puumerkki.notifications.declared import Key, declared
from puumerkki.notifications.mailed import always, by_room, reminds_itself
from puumerkki.notifications.models import Channel, Digest, Notice, OpenTask, Step
from puumerkki.notifications.service.channels import wishes
from puumerkki.notifications.service.passing_on import about_scope, by_step, key_of, pass_on
from puumerkki.notifications.service.recipients import recipients
from puumerkki.notifications.service.reconciling import Opened
from puumerkki.notifications.service.steps import due_step, of_ladder

AT_ONCE = 500
"""So many tasks are reminded of in one transaction."""
FRESH = timedelta(hours=20)
"""Nobody is reminded of what they were told so shortly before."""
Doers = Mapping[UUID, frozenset[UUID]]
"""Who just did something, by what it concerned."""


async def tell_opened(session: AsyncSession, opened: Opened, doers: Doers) -> frozenset[tuple[UUID, UUID]]:
    """Write a notice to everybody for whom these wait, but to whoever opened them themselves: who, and on what."""
    asked: set[tuple[UUID, UUID]] = set()
    for key, subjects in opened.items():
        people = await recipients(session, key, subjects)
        told = {(task, who) for task, who in people if who not in doers.get(subjects[task], ())}
        await _write(session, key, told, Step.opened, {})
        asked |= {(who, subjects[task]) for task, who in told}
    return frozenset(asked)


async def remind_of_tasks(session: AsyncSession) -> int:
    """Write a notice to everybody for whom a task still waits, when its kind's ladder says so; how many."""
    if hours.quiet(clock.now()):
        return 0
    now = clock.now()
    today, step = clock.day_of(now), due_step(now)
    soon = col(OpenTask.due_on) <= today + timedelta(days=7)
    found = await session.exec(
        select(OpenTask, step)
        .where(
            col(OpenTask.closed_at).is_(None),
            or_(soon, of_ladder(Ladder.ballot, Ladder.slow)),
            col(OpenTask.opened_at) <= now - FRESH,
            or_(col(OpenTask.reminded_at).is_(None), col(OpenTask.reminded_at) <= now - FRESH),
            step.is_not(None),
            col(OpenTask.reminded).is_distinct_from(step),
        )
        .order_by(col(OpenTask.due_on), col(OpenTask.id))
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    steps: dict[tuple[Key, str], list[OpenTask]] = defaultdict(list)
    for task, which in found.all():
        steps[key_of(task), which].append(task)
        task.reminded, task.reminded_at = which, now
    count = 0
    for (key, which), tasks in steps.items():
        if key in declared() and not reminds_itself(key[0]):
            name, _, monday = which.partition(" ")
            people = await recipients(session, key, {one.id: one.subject_id for one in tasks})
            days = {one.id: date.fromisoformat(monday) if monday else one.due_on for one in tasks}
            count += await _write(session, key, people, Step(name), days)
    return count


async def pass_on_tasks(session: AsyncSession) -> int:
    """Write a notice to who is named next for what stays late; how many."""
    if hours.quiet(clock.now()):
        return 0
    count = 0
    for (key, step), found in by_step(await pass_on(session)).items():
        people = {(task.id, who) for task, who in found}
        about = {task.id: about_scope(task) for task, _ in found} if step == Step.late_elsewhere else {}
        count += await _write(session, key, people, step, {task.id: task.due_on for task, _ in found}, about)
    return count


async def _write(
    session: AsyncSession,
    key: Key,
    told: Iterable[tuple[UUID, UUID]],
    step: Step,
    due: Mapping[UUID, date | None],
    about: Mapping[UUID, Mapping[str, Any]] = MappingProxyType({}),
) -> int:
    pairs = sorted(told)
    if not pairs:
        return 0
    of_room = by_room(key[0], step)
    row = NoticeRow.tasks if step == Step.opened else NoticeRow.reminders
    chosen = {} if of_room or always(key[0]) else await _choices(session, {who for _, who in pairs}, row)
    now = clock.now()
    rows = []
    for task_id, who in pairs:
        channel = chosen.get(who, Channel.bell if of_room else Channel.now)
        if step == Step.late and channel == Channel.daily:
            channel = Channel.now
        elif step in (Step.weekly, Step.late_elsewhere) and channel != Channel.bell:
            channel = Channel.weekly
        rows.append(
            {
                "id": new_id(),
                "created_at": now,
                "principal_id": who,
                "task_id": task_id,
                "step": step,
                "due_on": due.get(task_id),
                "send_at": hours.opens(now) if channel == Channel.now else None,
                "digest": Digest(channel.value) if channel in (Channel.daily, Channel.weekly) else None,
                **dict.fromkeys(("root_kind", "root_id", "network_id", "organisation_id")),
                **about.get(task_id, {}),
            }
        )
    written = await session.exec(insert(Notice).values(rows).on_conflict_do_nothing().returning(col(Notice.id)))
    return len(written.all())


async def _choices(session: AsyncSession, people: set[UUID], row: NoticeRow) -> dict[UUID, Channel]:
    chosen = await wishes(session, people)
    return {who: of.rows[row] for who, of in chosen.items() if row in of.rows}
