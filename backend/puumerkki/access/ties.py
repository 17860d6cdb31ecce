"""Ties as they arise and end. What takes them into account stands in the rooms above."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Update, delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant, Tie, TieKind
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.kernel import clock


async def begin_by_grant(session: AsyncSession, grant: RoleGrant) -> None:
    """The tie that comes with a role in an organisation, or with speaking for one. An inspector's sight is none."""
    organisation_id = grant.for_organisation_id
    if organisation_id is None and grant.scope_kind == ScopeKind.organisation and grant.role != Role.inspector:
        organisation_id = grant.scope_id
    if organisation_id is not None:
        await _begin(session, grant.principal_id, organisation_id, TieKind.role, grant_id=grant.id)


async def end_by_grants(session: AsyncSession, grant_ids: Sequence[UUID]) -> None:
    """The roles were taken: their ties end, and stay on record."""
    if grant_ids:
        await session.exec(_ending().where(col(Tie.grant_id).in_(grant_ids)))


async def declare(
    session: AsyncSession, *, principal_id: UUID, organisation_id: UUID, kinds: Collection[TieKind]
) -> None:
    """Exactly these declared ties hold from now on; what held and is not among them ends."""
    declared = [
        col(Tie.principal_id) == principal_id,
        col(Tie.organisation_id) == organisation_id,
        col(Tie.kind) != TieKind.role,
    ]
    await session.exec(_ending().where(*declared, col(Tie.kind).not_in(list(kinds))))
    open_now = select(Tie.kind).where(*declared, col(Tie.until_at).is_(None))
    known = {TieKind(one) for one in (await session.exec(open_now)).all()}
    for kind in sorted(set(kinds) - known):
        await _begin(session, principal_id, organisation_id, kind)


async def of_person(session: AsyncSession, principal_id: UUID) -> Sequence[Tie]:
    """All ties of somebody, the oldest first, closed ones too."""
    statement = select(Tie).where(col(Tie.principal_id) == principal_id)
    return (await session.exec(statement.order_by(col(Tie.from_at), col(Tie.id)))).all()


async def delete_ties(session: AsyncSession, principal_id: UUID) -> None:
    """Delete the ties of a person who is erased. The database allows it for erased accounts only."""
    await session.exec(delete(Tie).where(col(Tie.principal_id) == principal_id))


async def _begin(
    session: AsyncSession, principal_id: UUID, organisation_id: UUID, kind: TieKind, *, grant_id: UUID | None = None
) -> None:
    session.add(
        Tie(
            principal_id=principal_id,
            organisation_id=organisation_id,
            kind=kind,
            from_at=clock.now(),
            grant_id=grant_id,
        )
    )
    await session.flush()


def _ending() -> Update:
    # a clock that was set back must not make a tie end before it began
    return (
        update(Tie)
        .values(until_at=func.greatest(clock.now(), col(Tie.from_at)))
        .where(col(Tie.until_at).is_(None))
        .execution_options(synchronize_session=False)
    )
