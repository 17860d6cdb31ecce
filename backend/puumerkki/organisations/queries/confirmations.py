"""What waits for an organisation's confirmation, for whom, and which namesakes it has."""

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, cast, exists, literal, or_
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.orm import aliased
from sqlalchemy.types import DateTime, Text, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, caller_id
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.last_day import days_after
from puumerkki.kernel.tasks import Task, waits
from puumerkki.organisations.models.organisations import ConfirmationRequest, Organisation, OrganisationState, Sector
from puumerkki.organisations.queries import visibility

OFFICERS_DAYS = timedelta(days=7)
"""How long the officers are asked alone, where there are any."""
MOST_NAMESAKES = 20


async def open_request(
    session: AsyncSession, organisation_id: UUID, *, for_update: bool = False
) -> ConfirmationRequest | None:
    """What is asked now, if anything."""
    statement = select(ConfirmationRequest).where(
        col(ConfirmationRequest.organisation_id) == organisation_id, col(ConfirmationRequest.answered_at).is_(None)
    )
    return (await session.exec(statement.with_for_update() if for_update else statement)).first()


async def last_refusal(session: AsyncSession, organisation_id: UUID) -> ConfirmationRequest | None:
    """The newest refusal, if it ever was refused."""
    statement = (
        select(ConfirmationRequest)
        .where(
            col(ConfirmationRequest.organisation_id) == organisation_id, col(ConfirmationRequest.reason).is_not(None)
        )
        .order_by(col(ConfirmationRequest.answered_at).desc())
        .limit(1)
    )
    return (await session.exec(statement)).first()


async def homes(session: AsyncSession, organisation: Organisation) -> Sequence[Organisation]:
    """The municipality's organisation where it has its home, whose officers are asked."""
    statement = select(Organisation).where(
        col(Organisation.home_municipality_code) == organisation.home_municipality_code,
        col(Organisation.sector) == Sector.municipality,
        col(Organisation.state) == OrganisationState.active,
        col(Organisation.confirmed_at).is_not(None),
    )
    return (await session.exec(statement.order_by(col(Organisation.id)))).all()


async def has_officer(session: AsyncSession, organisation_id: UUID) -> bool:
    """Whether somebody can confirm it where it has its home."""
    found = await session.exec(
        select(Organisation.id).where(col(Organisation.id) == organisation_id, visibility.has_officer())
    )
    return found.first() is not None


async def takes_part(session: AsyncSession, principal_id: UUID, organisation_id: UUID) -> bool:
    """Whether somebody added it, or has or had a tie to it."""
    statement = select(Organisation.id).where(
        col(Organisation.id) == organisation_id, visibility.takes_part(literal(principal_id, Uuid()))
    )
    return (await session.exec(statement)).first() is not None


async def is_of_making(session: AsyncSession, caller: Caller, organisation_id: UUID) -> bool:
    """Whether the caller, or an account that they made, added it, or has or had a tie to it."""
    statement = select(Organisation.id).where(col(Organisation.id) == organisation_id, visibility.is_of_making(caller))
    return (await session.exec(statement)).first() is not None


async def leads_where_it_comes(session: AsyncSession, caller: Caller, organisation_id: UUID) -> bool:
    """Whether the caller leads a network that it was invited to or asked to join."""
    statement = select(Organisation.id).where(
        col(Organisation.id) == organisation_id, visibility.as_coordinator(caller)
    )
    return (await session.exec(statement)).first() is not None


async def namesakes(
    session: AsyncSession, keys: Collection[str], *, without: Collection[UUID] = ()
) -> Sequence[Organisation]:
    """Organisations in use whose name looks like one of these, the confirmed ones first."""
    statement = (
        select(Organisation)
        .where(
            col(Organisation.name_keys).op("&&")(cast(array(sorted(keys)), ARRAY(Text()))),
            col(Organisation.state) == OrganisationState.active,
            col(Organisation.id).not_in(list(without)),
        )
        .order_by(col(Organisation.confirmed_at).is_(None), col(Organisation.sort_key), col(Organisation.id))
        .limit(MOST_NAMESAKES)
    )
    return (await session.exec(statement)).all() if keys else []


def _asked(*conditions: ColumnElement[bool], scope_id: Any = None) -> Select[Any]:
    due = days_after(col(ConfirmationRequest.created_at), OFFICERS_DAYS.days)
    columns = waits(col(Organisation.id), scope_id=scope_id, due_on=due, since=col(ConfirmationRequest.created_at))
    return (
        core_select(*columns)
        .join_from(ConfirmationRequest, Organisation, col(Organisation.id) == col(ConfirmationRequest.organisation_id))
        .where(
            col(ConfirmationRequest.answered_at).is_(None),
            col(Organisation.confirmed_at).is_(None),
            col(Organisation.state) == OrganisationState.active,
            *conditions,
        )
    )


def _days_over() -> ColumnElement[Any]:
    return col(ConfirmationRequest.created_at) + OFFICERS_DAYS


def _by_operator() -> Select[Any]:
    """Where no officer can, only operators may, or the officers' days are over."""
    over = _days_over() <= bindparam("caller_now", clock.now(), type_=DateTime(timezone=True))
    return _asked(or_(col(ConfirmationRequest.for_operator), over, ~visibility.has_officer()))


def _by_officer() -> Select[Any]:
    """At once, where it has its home."""
    home = aliased(Organisation)
    asked = _asked(~col(ConfirmationRequest.for_operator), scope_id=col(home.id))
    return asked.join(home, and_(*visibility.is_home(home)))


def _by_coordinator() -> Select[Any]:
    """At once, where it was invited or asked to join."""
    member = visibility.coming()
    asked = _asked(~col(ConfirmationRequest.for_operator), scope_id=member.c.network_id)
    return asked.join(member, visibility.is_coming(member))


def _may_confirm(row: Any, caller: Any) -> ColumnElement[bool]:
    """Nobody who takes part in it. Whom operators invite they made, too: of them only their own part counts."""
    made = or_(visibility.as_operator(caller), ~visibility.is_of_making(caller))
    one = exists().where(col(Organisation.id) == row.subject_id, made, ~visibility.takes_part(caller_id(caller)))
    return one.correlate_except(Organisation)


def _to_mend() -> Select[Any]:
    later = aliased(ConfirmationRequest)
    newer = exists().where(
        col(later.organisation_id) == col(ConfirmationRequest.organisation_id),
        col(later.created_at) > col(ConfirmationRequest.created_at),
    )
    organisation = col(Organisation.id)
    columns = waits(
        organisation,
        scope_id=organisation,
        organisation_id=organisation,
        since=col(ConfirmationRequest.created_at),
    )
    return (
        core_select(*columns)
        .join_from(ConfirmationRequest, Organisation, col(Organisation.id) == col(ConfirmationRequest.organisation_id))
        .where(
            col(ConfirmationRequest.reason).is_not(None),
            col(Organisation.confirmed_at).is_(None),
            col(Organisation.state) == OrganisationState.active,
            ~newer,
        )
    )


def _to_confirm(permission: P, rows: Callable[[], Select[Any]]) -> Task:
    return Task(
        kind="organisation_to_confirm",
        subject="organisation",
        permissions=(permission,),
        rows=rows,
        fits=_may_confirm,
        several=True,
    )


TASKS = (
    _to_confirm(P.organisations_create, _by_operator),
    _to_confirm(P.organisations_confirm, _by_officer),
    _to_confirm(P.organisations_confirm, _by_coordinator),
    Task(
        kind="organisation_refused",
        subject="organisation",
        permissions=(P.organisations_update,),
        rows=_to_mend,
    ),
)
