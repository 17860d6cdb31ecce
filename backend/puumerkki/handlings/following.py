"""Connects networks' handlings to what happens to an application and to an endorsement."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import ANONYMOUS, Actor, Caller, granted
from puumerkki.access.permissions import P
from puumerkki.access.scopes import by_scope
from puumerkki.applications.followers import Brief, Follower, Sql, Submission
from puumerkki.applications.models.applications import Application
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.endorsements.dependants import Dependant
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Ballot, BallotPurpose, BallotState, Handling
from puumerkki.handlings.queries.counts import count_waits
from puumerkki.handlings.queries.handlings import of_application, readable
from puumerkki.handlings.queries.open_cases import decides_since
from puumerkki.handlings.service.effects import refuse_counted
from puumerkki.handlings.service.handlings import close_handlings, receive_version, withdraw_handlings
from puumerkki.handlings.service.reviews import fall, follow
from puumerkki.kernel.reads.listings import AccessPath
from puumerkki.kernel.reads.statements import array_of


async def _before_withdrawn(session: AsyncSession, application: Application) -> None:
    """Lock all handlings before the authorities' cases, and keep on record what was counted against the application."""
    await of_application(session, application.id)
    await refuse_counted(session, application)


async def _submitted(session: AsyncSession, given: Submission) -> None:
    await receive_version(
        session, application=given.application, version=given.version, before=given.before, actor=given.actor
    )


async def _withdrawn(session: AsyncSession, application: Application, actor: Actor) -> None:
    await withdraw_handlings(session, application=application, actor=actor)


async def _closed(session: AsyncSession, application: Application, actor: Actor) -> None:
    await close_handlings(session, application=application, actor=actor)


def _handled_by(application_id: Any) -> ColumnElement[Any]:
    handles = select(Handling.network_id).where(
        col(Handling.application_id) == application_id, col(Handling.state) != HandlingState.withdrawn
    )
    return array_of(handles)


def _ballot_open(application_id: Any) -> ColumnElement[bool]:
    ballots = (
        select(Ballot.id)
        .join(Handling, col(Handling.id) == col(Ballot.handling_id))
        .where(
            col(Handling.application_id) == application_id,
            col(Ballot.state) == BallotState.open,
            col(Ballot.purpose) == BallotPurpose.give,
        )
    )
    return ballots.exists()


def _open_in(application_id: Any, network_id: Any) -> Sequence[ColumnElement[bool]]:
    handled = aliased(Handling)
    under_way = exists().where(
        col(handled.application_id) == application_id,
        col(handled.network_id) == network_id,
        col(handled.state).in_(list(OPEN_HANDLING)),
    )
    return [under_way]


def _brief(caller: Caller, application_id: Any, network_id: Any) -> Sequence[Brief]:
    return [
        Brief(
            table=Handling,
            on=and_(col(Handling.application_id) == application_id, col(Handling.network_id) == network_id),
            id=col(Handling.id),
            state=col(Handling.state),
            seen=granted(P.handlings_read, on=col(Handling.network_id), caller=caller),
        )
    ]


def _having(network_id: Any, state: Any) -> Sequence[Select[Any]]:
    """Of those that the caller of a list may know of."""
    conditions = [] if network_id is None else [col(Handling.network_id) == network_id]
    conditions += [] if state is None else [col(Handling.state) == state]
    return [select(Handling.application_id).where(*conditions, readable(ANONYMOUS))]


def _readers(caller: Caller, application_id: Any) -> Sequence[ColumnElement[bool]]:
    reads = exists().where(
        col(Handling.application_id) == application_id,
        granted(P.handlings_read, on=col(Handling.network_id), caller=caller),
    )
    return [reads]


def _arrived(application_id: Any, scope_id: Any, moment: Any) -> Sequence[ColumnElement[bool]]:
    handling = aliased(Handling)
    came = exists().where(
        col(handling.application_id) == application_id,
        col(handling.network_id) == scope_id,
        col(handling.received_at) < moment,
    )
    return [came.correlate_except(handling)]


def _networks(application_id: Any) -> Sequence[Select[Any]]:
    handling = aliased(Handling)
    came = core_select(col(handling.network_id)).where(col(handling.application_id) == application_id)
    return [came.correlate_except(handling)]


def _handles(caller: Caller, permission: P, on: Any) -> Sequence[AccessPath]:
    handling = aliased(Handling)
    return [by_scope(permission, caller, at=col(handling.network_id), key=col(handling.application_id), on=on)]


async def _release(session: AsyncSession, *, endorsement: Endorsement, actor_id: UUID | None, superseded: bool) -> None:
    await fall(session, endorsement=endorsement, actor_id=actor_id)


FOLLOWER = Follower(
    kind="handling",
    before_withdrawn=_before_withdrawn,
    on_submitted=_submitted,
    on_withdrawn=_withdrawn,
    on_closed=_closed,
    count_waits=count_waits,
    decides_since=decides_since,
    sql=Sql(
        facts={"handled_by": _handled_by, "ballot_open": _ballot_open},
        open_in=_open_in,
        brief=_brief,
        having=_having,
        readers=_readers,
        arrived=_arrived,
        networks=_networks,
        handles=_handles,
    ),
)
DEPENDANT = Dependant(kind="handling", move=follow, release=_release)
