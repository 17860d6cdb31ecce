"""Whether somebody is tied in an open handling of a network: for those who name members' representatives there."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, literal, or_
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.models.applications import Application
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries.applicants import applicants_for_ties
from puumerkki.disqualification.queries.tied import is_tied_sql
from puumerkki.handlings.models.handlings import Ballot, BallotState, Handling
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries.electorates import VOTING

DECIDING = (HandlingState.received, HandlingState.in_review, HandlingState.in_ballot)


def deciding() -> ColumnElement[bool]:
    """SQL over `handling`: the network still decides on the version at hand, or votes on revoking its puumerkki.

    Or a version waits while conditions are open: taken, it is decided on by who was a member when it was submitted.
    """
    voting = exists().where(col(Ballot.handling_id) == col(Handling.id), col(Ballot.state) == BallotState.open)
    one = aliased(Application)
    waits = exists().where(
        col(one.id) == col(Handling.application_id),
        col(Handling.state) == HandlingState.endorsed,
        col(one.current_version) > col(Handling.version_number),
    )
    return or_(col(Handling.state).in_(DECIDING), voting, waits)


async def decides_since_before(
    session: AsyncSession, network_id: UUID, organisation_id: UUID, moment: datetime
) -> bool:
    """Whether the network still decides on a version that came before a moment, on which this member decides too."""
    statement = select(Handling.id).where(
        col(Handling.network_id) == network_id,
        col(Handling.received_at) < moment,
        deciding(),
        literal(organisation_id, Uuid[UUID]()).not_in(applicants_for_ties(col(Handling.application_id))),
    )
    return (await session.exec(statement.limit(1))).first() is not None


async def decides_since(session: AsyncSession, application_id: UUID, organisation_id: UUID) -> datetime | None:
    """Since when versions of an application are open on which an organisation decides; None where there are none."""
    networks = select(NetworkMember.network_id).where(
        col(NetworkMember.organisation_id) == organisation_id, col(NetworkMember.state).in_(VOTING)
    )
    statement = select(func.min(col(Handling.received_at))).where(
        col(Handling.application_id) == application_id, col(Handling.network_id).in_(networks), deciding()
    )
    found: datetime | None = (await session.exec(statement)).one()
    return found


async def tied_in_open_case(session: AsyncSession, network_id: UUID, organisation_id: UUID, principal_id: UUID) -> bool:
    """Whether a person is tied in a handling that this member decides on; where it applies itself, it stands aside."""
    return await _tied(session, col(Handling.network_id) == network_id, organisation_id, principal_id)


async def tied_anywhere(session: AsyncSession, organisation_id: UUID, principal_id: UUID) -> bool:
    """The same in any network in which the organisation decides."""
    networks = select(NetworkMember.network_id).where(
        col(NetworkMember.organisation_id) == organisation_id, col(NetworkMember.state).in_(VOTING)
    )
    return await _tied(session, col(Handling.network_id).in_(networks), organisation_id, principal_id)


async def _tied(session: AsyncSession, where: ColumnElement[bool], organisation_id: UUID, principal_id: UUID) -> bool:
    statement = select(Handling.id).where(
        where,
        deciding(),
        is_tied_sql(principal_id, col(Handling.application_id), col(Handling.network_id)),
        literal(organisation_id, Uuid[UUID]()).not_in(applicants_for_ties(col(Handling.application_id))),
    )
    return (await session.exec(statement.limit(1))).first() is not None
