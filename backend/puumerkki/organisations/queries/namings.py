"""Operators' namings: who may see them, who is there to object, and for whom they are tasks."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from puumerkki.access.actor import Actor, caller_id, granted
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.last_day import last_day_of
from puumerkki.kernel.tasks import Task, waits
from puumerkki.organisations.models.organisations import Naming, NamingState

MOST = 50
LATELY = timedelta(days=7)
"""How long a closed account still counts: who closes an owner's account does not name the next one at once."""


def may_see(actor: Actor, scope_id: UUID) -> bool:
    """Whose people, and operators."""
    return (
        actor.may(P.platform_operate)
        or actor.may(P.organisations_read, scope_id)
        or actor.may(P.networks_read, scope_id)
    )


async def naming(session: AsyncSession, actor: Actor, naming_id: UUID, *, for_update: bool = False) -> Naming:
    """A naming that the actor may see, or NotFound."""
    found = await session.get(Naming, naming_id, with_for_update=for_update, populate_existing=True)
    if found is None or not may_see(actor, found.scope_id):
        raise NotFound()
    return found


async def namings_of(session: AsyncSession, scope_id: UUID) -> Sequence[tuple[Naming, str | None, str | None]]:
    """The latest first, each with the names of who proposed it and who objected."""
    proposer, objector = aliased(User), aliased(User)
    statement = (
        select(Naming, proposer.name, objector.name)
        .outerjoin(proposer, col(proposer.id) == col(Naming.proposed_by))
        .outerjoin(objector, col(objector.id) == col(Naming.objected_by))
        .where(col(Naming.scope_id) == scope_id)
        .order_by(col(Naming.created_at).desc(), col(Naming.id).desc())
        .limit(MOST)
    )
    return (await session.exec(statement)).all()


async def second_operators(session: AsyncSession, of: Naming) -> Sequence[UUID]:
    """The other operators who can sign in: one of them confirms."""
    return (await session.exec(_operators().where(col(User.id) != of.proposed_by, col(User.email) != of.email))).all()


async def is_operator(session: AsyncSession, email: str) -> bool:
    """Whether an address is an operator's."""
    return (await session.exec(_operators().where(col(User.email) == email))).first() is not None


def _operators() -> SelectOfScalar[UUID]:
    return (
        select(User.id)
        .join(RoleGrant, col(RoleGrant.principal_id) == col(User.id))
        .where(col(RoleGrant.role) == Role.operator, col(User.state) == UserState.active)
    )


async def holds(session: AsyncSession, of: Naming) -> bool:
    """Whether it is not needed: the person has the role, or the network has a coordinator."""
    held = select(RoleGrant.id).where(col(RoleGrant.scope_id) == of.scope_id, col(RoleGrant.role) == of.role)
    if of.scope_kind is ScopeKind.organisation:
        held = held.join(User, col(User.id) == col(RoleGrant.principal_id)).where(col(User.email) == of.email)
    return (await session.exec(held.limit(1))).first() is not None


async def has_owner(session: AsyncSession, organisation_id: UUID) -> bool:
    """Whether there is one to object, or was until somebody else closed the account a few days ago."""
    held = select(RoleGrant.id).where(
        col(RoleGrant.scope_id) == organisation_id,
        col(RoleGrant.role) == Role.owner,
        or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
    )
    if (await session.exec(held.limit(1))).first() is not None:
        return True
    closed = select(EventRow.id).where(
        col(EventRow.subject_id) == organisation_id,
        col(EventRow.occurred_at) > clock.now() - LATELY,
        col(EventRow.type) == "role.revoked",
        col(EventRow.data)["role"].astext == Role.owner.value,
        cast(col(EventRow.actor_id), Text) != col(EventRow.data)["principal_id"].astext,
    )
    return (await session.exec(closed.limit(1))).first() is not None


def _waiting(*, scope_id: Any = None, kind: ScopeKind) -> Select[Any]:
    """The namings that wait."""
    scope = col(Naming.scope_id)
    columns = waits(
        scope,
        scope_id=scope_id,
        network_id=case((col(Naming.scope_kind) == ScopeKind.network, scope)),
        organisation_id=case((col(Naming.scope_kind) == ScopeKind.organisation, scope)),
        due_on=last_day_of(col(Naming.due_at)),
        since=col(Naming.created_at),
        proposed_by=col(Naming.proposed_by),
    )
    return core_select(*columns).where(col(Naming.state) == NamingState.waiting, col(Naming.scope_kind) == kind)


def _confirms(row: Any, caller: Any) -> ColumnElement[bool]:
    """Another operator, who does not answer as one of those there."""
    there = [granted(one, on=row.subject_id, caller=caller) for one in _THERE]
    return and_(row.proposed_by != caller_id(caller), *(~one for one in there))


def _of(kind: ScopeKind) -> tuple[Task, Task]:
    """To object or let it be, for those there; to confirm, for the other operators."""
    return (
        Task(
            kind="naming_to_answer",
            subject=kind.value,
            permissions=_THERE,
            rows=lambda: _waiting(scope_id=col(Naming.scope_id), kind=kind),
        ),
        Task(
            kind="naming_to_confirm",
            subject=kind.value,
            permissions=(P.platform_operate,),
            rows=lambda: _waiting(kind=kind).where(col(Naming.confirmed_by).is_(None)),
            fits=_confirms,
        ),
    )


_THERE = (P.people_manage, P.networks_contribute)
TASKS = (*_of(ScopeKind.organisation), *_of(ScopeKind.network))
