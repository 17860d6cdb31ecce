"""Reads about archiving: what is proposed, what has taken effect, and whom it concerns."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, cast, func, literal, null, or_, text
from sqlalchemy.types import Date, Text, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Viewer, granted
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.kernel.db import Moment
from puumerkki.kernel.listings import Filter, Listing, Sort, json_object
from puumerkki.organisations.archiving_models import ArchivingState, OrganisationArchiving
from puumerkki.organisations.models import Organisation


def _readable(viewer: Any) -> ColumnElement[bool]:
    """SQL over `organisation_archiving`: everybody knows of what took effect, its people and the operator of all."""
    effected = col(OrganisationArchiving.state) == ArchivingState.effected
    if viewer.anonymous:
        return effected
    its_people = granted(P.organisations_read, on=col(OrganisationArchiving.organisation_id), viewer=viewer)
    return or_(effected, its_people, granted(P.platform_operate, on=None, viewer=viewer))


def _last_day() -> ColumnElement[Any]:
    before = col(OrganisationArchiving.takes_effect_at) - text("interval '1 second'")
    return cast(func.timezone(clock.FINLAND.key, before), Date)


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
    },
    source=lambda select: select.select_from(OrganisationArchiving).join(
        Organisation, col(Organisation.id) == col(OrganisationArchiving.organisation_id)
    ),
    readable=_readable,
    sorts={
        "-created_at": Sort((col(OrganisationArchiving.created_at), col(OrganisationArchiving.id)), descending=True)
    },
    filters={"organisation": Filter(col(OrganisationArchiving.organisation_id))},
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


def waiting(viewer: Viewer) -> Select[Any]:
    """What waits for a viewer who may agree or object for an organisation that is to be archived."""
    organisation = col(OrganisationArchiving.organisation_id)
    return (  # type: ignore[no-any-return]
        select(  # type: ignore[call-overload]
            cast(literal("archiving_to_answer"), Text).label("kind"),
            cast(literal("organisation"), Text).label("subject_kind"),
            organisation.label("subject_id"),
            cast(null(), Uuid()).label("network_id"),
            organisation.label("organisation_id"),
            _last_day().label("due_on"),
            cast(OrganisationArchiving.created_at, Moment).label("created_at"),
        )
        .select_from(OrganisationArchiving)
        .where(
            col(OrganisationArchiving.state) == ArchivingState.open,
            or_(
                granted(P.memberships_manage, on=organisation, viewer=viewer),
                granted(P.agreements_sign, on=organisation, viewer=viewer),
            ),
        )
    )
