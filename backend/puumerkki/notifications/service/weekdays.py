"""Who is written to on weekdays only: whoever chose so; by default those who act for authorities and nobody else."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, or_, union
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.notifications.models import Notice, NoticeDays, OpenTask
from puumerkki.notifications.schemas import NoticeDaysSet

OFFICES = (Role.officer, Role.decider, Role.registry)
"""Who acts in nothing but these is written to on weekdays unless they chose otherwise."""
SECURITY = ("role.revoked", "session.reuse_detected")
"""What happened to somebody's own account or rights is told on any day."""


def rests() -> ColumnElement[bool]:
    """SQL over `notice` and its `task`: at a weekend its mail waits for Monday.

    Not of what concerns security, nor of a ballot that closes within a day: the vote would be lost.
    """
    closing = and_(col(OpenTask.kind) == "vote_to_cast", col(OpenTask.due_on) <= clock.today() + timedelta(days=1))
    exempt = or_(func.coalesce(col(Notice.kind).in_(SECURITY), False), func.coalesce(closing, False))
    return and_(col(Notice.principal_id).in_(_on_weekdays()), ~exempt)


async def weekdays_only(session: AsyncSession, person: UUID) -> bool:
    """Whether somebody is written to on weekdays only."""
    found = await session.exec(select(func.count()).where(_among(person)))
    return bool(found.one())


async def is_chosen(session: AsyncSession, person: UUID) -> bool:
    """Whether they chose it themselves."""
    return await session.get(NoticeDays, person) is not None


async def choose_days(session: AsyncSession, actor: Actor, given: NoticeDaysSet) -> UUID:
    """Choose whether one is written to on weekdays only; null leaves it to one's roles again."""
    actor.require_person()
    person = actor.person_id()
    if given.weekdays_only is None:
        await session.exec(delete(NoticeDays).where(col(NoticeDays.principal_id) == person))
        return person
    made = insert(NoticeDays).values(principal_id=person, weekdays_only=given.weekdays_only)
    await session.exec(
        made.on_conflict_do_update(index_elements=["principal_id"], set_={"weekdays_only": given.weekdays_only})
    )
    return person


def _among(person: UUID) -> ColumnElement[bool]:
    people = _on_weekdays().subquery("people")
    return core_select(people.c[0]).where(people.c[0] == person).exists()


def _on_weekdays() -> Any:
    office = col(RoleGrant.role).in_(OFFICES)
    by_roles = (
        core_select(col(RoleGrant.principal_id))
        .where(col(RoleGrant.principal_id).not_in(core_select(col(NoticeDays.principal_id))))
        .group_by(col(RoleGrant.principal_id))
        .having(func.bool_and(office))
    )
    return union(by_roles, core_select(col(NoticeDays.principal_id)).where(col(NoticeDays.weekdays_only)))
