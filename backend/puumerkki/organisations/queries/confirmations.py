"""What waits for an organisation's confirmation, for whom, and which namesakes it has."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, case, cast, exists, literal, null, or_, union_all
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.orm import aliased
from sqlalchemy.types import Date, DateTime, Text, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Viewer, granted, viewer_id
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.db import Moment
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


async def is_of_making(session: AsyncSession, viewer: Viewer, organisation_id: UUID) -> bool:
    """Whether the viewer, or an account that they made, added it, or has or had a tie to it."""
    statement = select(Organisation.id).where(col(Organisation.id) == organisation_id, visibility.is_of_making(viewer))
    return (await session.exec(statement)).first() is not None


async def leads_where_it_comes(session: AsyncSession, viewer: Viewer, organisation_id: UUID) -> bool:
    """Whether the viewer leads a network that it was invited to or asked to join."""
    statement = select(Organisation.id).where(
        col(Organisation.id) == organisation_id, visibility.as_coordinator(viewer)
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


def waiting(viewer: Viewer) -> Select[Any]:
    """What waits: to confirm what was added, for who can; to mend what was refused, for its people."""
    asked = union_all(_to_confirm(viewer), _to_mend(viewer)).subquery("confirmation")
    return core_select(*asked.c)


def _task(kind: str, organisation_id: Any, due_on: Any) -> tuple[Any, ...]:
    return (
        cast(literal(kind), Text).label("kind"),
        cast(literal("organisation"), Text).label("subject_kind"),
        col(Organisation.id).label("subject_id"),
        cast(null(), Uuid()).label("network_id"),
        cast(organisation_id, Uuid()).label("organisation_id"),
        cast(due_on, Date).label("due_on"),
        cast(ConfirmationRequest.created_at, Moment).label("created_at"),
    )


def _to_confirm(viewer: Viewer) -> Any:
    """Officers and coordinators at once; operators where no officer can, only they may, or the days are over."""
    now = bindparam("viewer_now", clock.now(), type_=DateTime(timezone=True))
    over = col(ConfirmationRequest.created_at) <= now - OFFICERS_DAYS
    only = col(ConfirmationRequest.for_operator)
    others = or_(visibility.as_officer(viewer), visibility.as_coordinator(viewer))
    due = case((only, None), else_=col(ConfirmationRequest.created_at) + OFFICERS_DAYS)
    return (
        core_select(*_task("organisation_to_confirm", null(), due))
        .join_from(ConfirmationRequest, Organisation, col(Organisation.id) == col(ConfirmationRequest.organisation_id))
        .where(
            col(ConfirmationRequest.answered_at).is_(None),
            col(Organisation.confirmed_at).is_(None),
            col(Organisation.state) == OrganisationState.active,
            or_(
                and_(visibility.as_operator(viewer), or_(only, over, ~visibility.has_officer())),
                and_(~only, others),
            ),
            # whom operators invite they made, too: of them only their own part counts
            or_(visibility.as_operator(viewer), ~visibility.is_of_making(viewer)),
            ~visibility.takes_part(viewer_id(viewer)),
        )
    )


def _to_mend(viewer: Viewer) -> Any:
    later = aliased(ConfirmationRequest)
    newer = exists().where(
        col(later.organisation_id) == col(ConfirmationRequest.organisation_id),
        col(later.created_at) > col(ConfirmationRequest.created_at),
    )
    return (
        core_select(*_task("organisation_refused", col(Organisation.id), null()))
        .join_from(ConfirmationRequest, Organisation, col(Organisation.id) == col(ConfirmationRequest.organisation_id))
        .where(
            col(ConfirmationRequest.reason).is_not(None),
            col(Organisation.confirmed_at).is_(None),
            col(Organisation.state) == OrganisationState.active,
            ~newer,
            granted(P.organisations_update, on=col(Organisation.id), viewer=viewer),
        )
    )
