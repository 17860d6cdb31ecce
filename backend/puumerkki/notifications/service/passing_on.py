"""A task that stays late is passed on: to who is named next, and to operators, who do not learn which one it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller
from puumerkki.access.models import PrincipalKind, RoleGrant
from puumerkki.access.roles import Role
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.kernel.subjects import audiences_of, subjects
from puumerkki.kernel.tasks import PassesOn
from puumerkki.notifications.declared import Key, declared
from puumerkki.notifications.models import OpenTask, Step
from puumerkki.notifications.service.recipients import fits, recipients

BLIND = (Role.operator,)
"""They learn where tasks are late, of what kind and how many."""
AT_ONCE = 500
OPEN_FOR = timedelta(days=7)
"""So long those for whom it is have had it, though it came late."""
Found = tuple[OpenTask, UUID, Step]
"""A task, whom to tell of it, and how."""


def key_of(task: OpenTask) -> Key:
    """Under which its kind is declared."""
    return task.kind, task.subject_kind, task.permissions


def circles(key: Key) -> Sequence[PassesOn]:
    """To whom a kind is passed on; to nobody where a release no longer has it."""
    return declared()[key][0].passes_on if key in declared() else ()


async def pass_on(session: AsyncSession) -> Sequence[Found]:
    """Take the tasks that have been late for so long, and find whom to tell of each."""
    today = clock.today()
    kinds = sorted({key[0] for key in declared() if circles(key)})
    late = await session.exec(
        select(OpenTask)
        .where(
            col(OpenTask.closed_at).is_(None),
            col(OpenTask.kind).in_(kinds),
            col(OpenTask.passed_on) < max((len(circles(key)) for key in declared()), default=0),
            col(OpenTask.due_on) <= today,
            col(OpenTask.opened_at) <= clock.now() - OPEN_FOR,
        )
        .order_by(col(OpenTask.due_on), col(OpenTask.id))
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    found: list[Found] = []
    for task in late.all():
        for circle in circles(key_of(task))[task.passed_on :]:
            if task.due_on is None or task.due_on > today - timedelta(days=circle.after_days):
                break
            task.passed_on += 1
            found += [(task, who, step) for who, step in await told_of(session, task, [circle])]
    return found


async def told_of(
    session: AsyncSession, task: OpenTask, of: Iterable[PassesOn], *, among: Sequence[UUID] | None = None
) -> set[tuple[UUID, Step]]:
    """Whom of these circles to tell now that a task is late: not for whom it is, nor who is tied or cannot read it."""
    found: set[tuple[UUID, Step]] = set()
    own = {who for _, who in await recipients(session, key_of(task), {task.id: task.subject_id})}
    for role, who in await _holders(session, task, of, among):
        if who in own:
            continue
        if role in BLIND:
            if task.network_id is not None or task.organisation_id is not None:
                found.add((who, Step.late_elsewhere))
        elif await _may_know(session, task, who):
            found.add((who, Step.passed_on))
    return found


async def still_told(session: AsyncSession, person: UUID, tasks: Iterable[OpenTask]) -> set[tuple[UUID, Step]]:
    """Of tasks that were passed on to somebody, those of which they are still to be told, and how."""
    found: set[tuple[UUID, Step]] = set()
    for task in tasks:
        if task.closed_at is None and task.passed_on:
            of = circles(key_of(task))[: task.passed_on]
            found |= {(task.id, step) for _, step in await told_of(session, task, of, among=[person])}
    return found


async def _holders(
    session: AsyncSession, task: OpenTask, of: Iterable[PassesOn], among: Sequence[UUID] | None
) -> Sequence[tuple[Role, UUID]]:
    roles = [Role(one) for circle in of for one in circle.roles]
    in_scope = col(RoleGrant.role).not_in(BLIND) & (col(RoleGrant.scope_id) == task.scope_id)
    everywhere = col(RoleGrant.role).in_(BLIND) & col(RoleGrant.scope_id).is_(None)
    statement = (
        select(col(RoleGrant.role), col(User.id))
        .join(User, col(User.id) == col(RoleGrant.principal_id))
        .where(
            col(RoleGrant.role).in_(roles),
            or_(in_scope, everywhere),
            or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
            col(User.state) == UserState.active,
        )
    )
    if among is not None:
        statement = statement.where(col(User.id).in_(among))
    return (await session.exec(statement.distinct())).all()


async def _may_know(session: AsyncSession, task: OpenTask, person: UUID) -> bool:
    """Whether somebody may read a task's subject, and it fits them: they are not tied."""
    known = subjects().get(task.subject_kind)
    reader = Caller(id=person, kind=PrincipalKind.user)
    if known is not None and await audiences_of(session, reader, known, task.subject_id) is None:
        return False
    return await fits(session, key_of(task), task, person)


def about_scope(task: OpenTask) -> Mapping[str, Any]:
    """Under what a notice is gathered that does not say which task it is of."""
    if task.network_id is not None:
        return {"root_kind": "network", "root_id": task.network_id, "network_id": task.network_id}
    return {"root_kind": "organisation", "root_id": task.organisation_id, "organisation_id": task.organisation_id}


def by_step(found: Iterable[Found]) -> Mapping[tuple[Key, Step], list[tuple[OpenTask, UUID]]]:
    """What was found, by kind and how people are told."""
    grouped: dict[tuple[Key, Step], list[tuple[OpenTask, UUID]]] = defaultdict(list)
    for task, who, step in found:
        grouped[key_of(task), step].append((task, who))
    return grouped
