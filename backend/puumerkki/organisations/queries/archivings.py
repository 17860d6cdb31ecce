"""Reads about archiving: what is proposed, what has taken effect, and whom it concerns."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, cast, func, or_, text
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Date, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import ANONYMOUS, Caller, granted
from puumerkki.access.models import RoleGrant, Tie, TieKind
from puumerkki.access.permissions import P, roles_with
from puumerkki.access.roles import Role
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.kernel.reads.listings import Filter, Join, Listing, Sort, json_object
from puumerkki.kernel.tasks import Task, waits
from puumerkki.organisations.models.archivings import ArchivingState, OrganisationArchiving, SuccessorAnswer
from puumerkki.organisations.models.organisations import Organisation

TIME_TO_OBJECT = timedelta(days=14)
"""So long people have to object; whoever was taken out within it was there."""


def _concerned(caller: Caller) -> ColumnElement[bool]:
    """SQL over `organisation_archiving`: of the organisation's people, the named successor's, or the operator."""
    return or_(
        granted(P.organisations_read, on=col(OrganisationArchiving.organisation_id), caller=caller),
        granted(P.organisations_read, on=col(OrganisationArchiving.successor_id), caller=caller),
        granted(P.platform_operate, on=None, caller=caller),
    )


def _readable(caller: Any) -> ColumnElement[bool]:
    """SQL over `organisation_archiving`: everybody knows of what took effect, those whom it concerns of all."""
    effected = col(OrganisationArchiving.state) == ArchivingState.effected
    return effected if caller.anonymous else or_(effected, _concerned(caller))


def _of_organisation(organisation_id: Any) -> ColumnElement[bool]:
    """It is archived, or is to be; or it stands in the place of another, or is asked to, as those concerned see."""
    succeeds = or_(col(OrganisationArchiving.succeeded_at).is_not(None), _concerned(ANONYMOUS))
    return or_(
        col(OrganisationArchiving.organisation_id) == organisation_id,
        and_(
            col(OrganisationArchiving.successor_id) == organisation_id,
            col(OrganisationArchiving.state).in_((ArchivingState.open, ArchivingState.effected)),
            succeeds,
        ),
    )


def _successor() -> ColumnElement[Any]:
    """Nobody is called a successor before it said yes, but to those concerned."""
    successor = aliased(Organisation)
    said_yes = col(OrganisationArchiving.successor_answer) == SuccessorAnswer.accepted
    return (
        core_select(json_object({"id": col(successor.id), "names": col(successor.names)}))
        .where(col(successor.id) == col(OrganisationArchiving.successor_id), or_(said_yes, _concerned(ANONYMOUS)))
        .correlate(OrganisationArchiving)
        .scalar_subquery()
    )


def _last_day() -> ColumnElement[Any]:
    before = col(OrganisationArchiving.takes_effect_at) - text("interval '1 second'")
    return cast(func.timezone(clock.FINLAND.key, before), Date)


# the caller in it is a placeholder: its parameters are given with every read
ARCHIVINGS = Listing(
    name="organisation_archivings",
    item={
        "id": col(OrganisationArchiving.id),
        "organisation": json_object({"id": col(Organisation.id), "names": col(Organisation.names)}),
        "reason": col(OrganisationArchiving.reason),
        "source": col(OrganisationArchiving.source),
        "source_url": col(OrganisationArchiving.source_url),
        "state": col(OrganisationArchiving.state),
        "created_at": col(OrganisationArchiving.created_at),
        "last_day": _last_day(),
        "at_own_wish": col(OrganisationArchiving.agreed_by).is_not(None),
        "objection": col(OrganisationArchiving.objection),
        "ended_at": col(OrganisationArchiving.ended_at),
        "successor": _successor(),
        "successor_answer": case((_concerned(ANONYMOUS), col(OrganisationArchiving.successor_answer))),
        "succeeded_at": col(OrganisationArchiving.succeeded_at),
    },
    source=lambda select: select.select_from(OrganisationArchiving),
    display=(Join(Organisation, col(Organisation.id) == col(OrganisationArchiving.organisation_id)),),
    readable=_readable,
    sorts={
        "-created_at": Sort((col(OrganisationArchiving.created_at), col(OrganisationArchiving.id)), descending=True)
    },
    filters={"organisation": Filter(by=_of_organisation, type_=Uuid())},
)


async def current(session: AsyncSession, organisation_id: UUID) -> OrganisationArchiving | None:
    """The archiving that is open, or that took effect. Hold the organisation's lock."""
    found = await session.exec(
        select(OrganisationArchiving).where(
            col(OrganisationArchiving.organisation_id) == organisation_id,
            col(OrganisationArchiving.state).in_((ArchivingState.open, ArchivingState.effected)),
        )
    )
    return found.one_or_none()


async def people_of(session: AsyncSession, organisation_id: UUID) -> Sequence[UUID]:
    """Everybody who can sign in and has a role in an organisation, or speaks for it in a network."""
    held = select(RoleGrant.principal_id).where(
        or_(col(RoleGrant.scope_id) == organisation_id, col(RoleGrant.for_organisation_id) == organisation_id),
        col(RoleGrant.role) != Role.inspector,
        or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
    )
    found = select(User.id).where(col(User.id).in_(held), col(User.state) == UserState.active)
    return (await session.exec(found.order_by(col(User.id)))).all()


async def has_other_owner(session: AsyncSession, organisation_id: UUID, principal_id: UUID) -> bool:
    """Whether somebody else who can sign in administers the organisation, too, or had a role in it until lately.

    Whoever archives it alone would else take the others out first.
    """
    held = select(RoleGrant.principal_id).where(
        col(RoleGrant.scope_id) == organisation_id,
        col(RoleGrant.role).in_(roles_with(P.memberships_manage)),
        col(RoleGrant.principal_id) != principal_id,
        or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
    )
    found = select(User.id).where(col(User.id).in_(held), col(User.state) == UserState.active)
    if (await session.exec(found.limit(1))).first() is not None:
        return True
    lately = select(Tie.id).where(
        col(Tie.organisation_id) == organisation_id,
        col(Tie.kind) == TieKind.role,
        col(Tie.principal_id) != principal_id,
        col(Tie.until_at) > clock.now() - TIME_TO_OBJECT,
    )
    return (await session.exec(lately.limit(1))).first() is not None


async def was_owner(session: AsyncSession, organisation_id: UUID, principal_id: UUID, at: datetime) -> bool:
    """Whether somebody administers the organisation by a role that they had at a moment."""
    held = select(RoleGrant.id).where(
        col(RoleGrant.scope_id) == organisation_id,
        col(RoleGrant.principal_id) == principal_id,
        col(RoleGrant.role).in_(roles_with(P.memberships_manage)),
        col(RoleGrant.created_at) <= at,
    )
    return (await session.exec(held.limit(1))).first() is not None


async def due(session: AsyncSession, limit: int) -> Sequence[OrganisationArchiving]:
    """Proposals whose days to object are over, the oldest first."""
    found = await session.exec(
        select(OrganisationArchiving)
        .where(
            col(OrganisationArchiving.state) == ArchivingState.open,
            col(OrganisationArchiving.takes_effect_at) <= clock.now(),
        )
        .order_by(col(OrganisationArchiving.takes_effect_at), col(OrganisationArchiving.id))
        .limit(limit)
    )
    return found.all()


def _to_answer() -> Select[Any]:
    """To agree or to object for an organisation that is to be archived."""
    organisation = col(OrganisationArchiving.organisation_id)
    columns = waits(
        organisation,
        scope_id=organisation,
        organisation_id=organisation,
        due_on=_last_day(),
        since=col(OrganisationArchiving.created_at),
    )
    return core_select(*columns).where(col(OrganisationArchiving.state) == ArchivingState.open)


def _to_succeed() -> Select[Any]:
    """An organisation is named as the successor of another."""
    columns = waits(
        col(OrganisationArchiving.organisation_id),
        scope_id=col(OrganisationArchiving.successor_id),
        organisation_id=col(OrganisationArchiving.successor_id),
        since=col(OrganisationArchiving.successor_asked_at),
    )
    return core_select(*columns).where(
        col(OrganisationArchiving.state).in_((ArchivingState.open, ArchivingState.effected)),
        col(OrganisationArchiving.successor_id).is_not(None),
        col(OrganisationArchiving.successor_answer).is_(None),
    )


TASKS = (
    Task(
        kind="archiving_to_answer",
        subject="organisation",
        permissions=(P.memberships_manage, P.agreements_sign),
        rows=_to_answer,
    ),
    Task(
        kind="successor_to_answer",
        subject="organisation",
        permissions=(P.memberships_manage,),
        rows=_to_succeed,
    ),
)
