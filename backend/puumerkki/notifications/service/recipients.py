"""Whom a task is for: everybody for whom it waits, found by what the rooms declare for "my work" of one person.

Who has the permission in the scope is asked of all at once; whom it fits (ties, two hats) is asked person by person,
with the very conditions of "my work".
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, any_, bindparam, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import DateTime
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller
from puumerkki.access.models import PrincipalKind, RoleGrant
from puumerkki.access.permissions import P, roles_with
from puumerkki.access.roles import Role
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.kernel.reads.statements import Statement
from puumerkki.kernel.tasks import Task
from puumerkki.notifications.declared import Key, declared
from puumerkki.notifications.models import OpenTask

_TASKS = bindparam("task_ids", None, type_=ARRAY(Uuid()))
_SUBJECTS = bindparam("ids", None, type_=ARRAY(Uuid()))
_NOW = bindparam("caller_now", None, type_=DateTime(timezone=True))


async def recipients(
    session: AsyncSession, key: Key, subjects: Mapping[UUID, UUID], *, among: Sequence[UUID] | None = None
) -> set[tuple[UUID, UUID]]:
    """Each open task of one kind with each active person for whom it waits now.

    `subjects`: the tasks with their subjects. `among`: only these people are asked about.
    """
    found: set[tuple[UUID, UUID]] = set()
    for number, task in enumerate(declared()[key]):
        candidates: dict[UUID, list[UUID]] = defaultdict(list)
        for task_id, person_id in await _run(session, (key, number, False), list(subjects), subjects):
            if among is None or person_id in among:
                candidates[person_id].append(task_id)
        if task.fits is None:
            found |= {(task_id, person_id) for person_id, ids in candidates.items() for task_id in ids}
            continue
        for person_id, ids in candidates.items():
            fitting = await _run(session, (key, number, True), ids, subjects, person_id=person_id)
            found |= {(task_id, person_id) for (task_id,) in fitting}
    return found


async def fits(session: AsyncSession, key: Key, task: OpenTask, person_id: UUID) -> bool:
    """Whether a task would be for somebody if they had the permission: they are not tied, and what else it asks."""
    for number, one in enumerate(declared()[key]):
        of = {task.id: task.subject_id}
        if one.fits is None or await _run(session, (key, number, True), [task.id], of, person_id=person_id):
            return True
    return False


async def _run(
    session: AsyncSession,
    shape: tuple[Key, int, bool],
    task_ids: Sequence[UUID],
    subjects: Mapping[UUID, UUID],
    *,
    person_id: UUID | None = None,
) -> list[tuple[Any, ...]]:
    return await _statement(*shape).fetch_all(
        session,
        task_ids=list(task_ids),
        ids=sorted({subjects[one] for one in task_ids}),
        caller_now=clock.now(),
        caller_id=person_id,
        caller_scopes=None,
    )


@cache
def _statement(key: Key, number: int, of_one: bool) -> Statement:
    task = declared()[key][number]
    return Statement(lambda: _fitting(task) if of_one else _candidates(task))


def _candidates(task: Task) -> Select[Any]:
    """Task by task everybody who has the permission in its scope, or for whom alone it is."""
    row, open_task = _rows(task)
    person = User.__table__.alias("person")  # type: ignore[attr-defined]
    found = select(open_task.c.id, person.c.id).select_from(row).join(open_task, _same(row, open_task))
    if task.permissions:
        held = RoleGrant.__table__.alias("holding")  # type: ignore[attr-defined]
        roles = sorted({Role(role) for one in task.permissions for role in roles_with(P(one))})
        scope = held.c.scope_id == row.c.scope_id if "scope_id" in row.c else held.c.scope_id.is_(None)
        in_force = or_(held.c.expires_at.is_(None), held.c.expires_at > _NOW)
        found = found.join(held, and_(scope, held.c.role.in_(roles), in_force))
        found = found.join(person, person.c.id == held.c.principal_id)
    else:
        found = found.join(person, person.c.id == row.c.person_id)
    return found.where(person.c.state == UserState.active).distinct()


def _fitting(task: Task) -> Select[Any]:
    """Those of the tasks that fit the caller."""
    assert task.fits is not None
    row, open_task = _rows(task)
    found = select(open_task.c.id).select_from(row).join(open_task, _same(row, open_task))
    return found.where(task.fits(row.c, Caller(id=UUID(int=0), kind=PrincipalKind.user))).distinct()


def _rows(task: Task) -> tuple[Any, Any]:
    rows = task.rows()
    row = rows.where(rows.selected_columns.subject_id.element == any_(_SUBJECTS)).subquery("row")
    return row, OpenTask.__table__.alias("open_task")  # type: ignore[attr-defined]


def _same(row: Any, open_task: Any) -> Any:
    return and_(
        open_task.c.id == any_(_TASKS),
        open_task.c.closed_at.is_(None),
        open_task.c.subject_id == row.c.subject_id,
        *(
            open_task.c[name].is_not_distinct_from(row.c[name]) if name in row.c else open_task.c[name].is_(None)
            for name in ("scope_id", "person_id", "network_id", "organisation_id")
        ),
    )
