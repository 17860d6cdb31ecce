"""Ends handlings when a network or a membership ends, and writes to their applicants, each person once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application, VersionApplicant
from puumerkki.applications.queries.applicants import acting_ids
from puumerkki.applications.queries.frozen import title_at
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Ballot, BallotState, Handling, LapseReason
from puumerkki.handlings.queries.counts import refusal_waits
from puumerkki.handlings.service.effects import refuse_at_the_end
from puumerkki.handlings.service.handling_context import is_member, lock
from puumerkki.handlings.service.lapsing import lapse
from puumerkki.kernel import mail
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.networks.events.decisions import DecisionAdopted, DecisionDayMoved, DecisionEvent
from puumerkki.networks.models.decisions import DecisionKind
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember, NetworkState
from puumerkki.organisations import mailboxes
from puumerkki.organisations.queries.succession import stands_for

_ENDED = (NetworkState.dormant, NetworkState.closed)


async def lapse_ended(session: AsyncSession) -> None:
    """End what is open in networks that rest or are closed, and what no member applies with any more.

    A refusal that was counted stays one; of what no member applies with, an open ballot is counted first.
    Each is looked at again under its lock.
    """
    ended: dict[tuple[UUID, bool], list[Handling]] = defaultdict(list)
    statement = (
        select(Handling)
        .join(Network, col(Network.id) == col(Handling.network_id))
        .where(
            col(Handling.state).in_(OPEN_HANDLING),
            or_(col(Network.state).in_(_ENDED), and_(~_applied_by_member(), ~_voted_on())),
        )
        .order_by(col(Handling.application_id), col(Handling.id))
        .limit(200)
    )
    for seen in (await session.exec(statement)).all():
        application, handling = await lock(session, seen)
        if handling.state not in OPEN_HANDLING:
            continue
        reason = await _reason(session, handling)
        if reason is LapseReason.network_closed and await refuse_at_the_end(session, application, handling):
            continue
        if reason is not None:
            await lapse(session, handling, reason)
            ended[handling.network_id, reason is LapseReason.network_closed].append(handling)
    for (network_id, closed), handlings in ended.items():
        await _write(session, "handling_lapsed", network_id, handlings, closed=closed)
    await session.flush()


async def _reason(session: AsyncSession, handling: Handling) -> LapseReason | None:
    network = await session.get_one(
        Network, handling.network_id, with_for_update={"read": True}, populate_existing=True
    )
    if network.state in _ENDED:
        return LapseReason.network_closed
    voted_on = await session.exec(
        select(Ballot.id).where(col(Ballot.handling_id) == handling.id, col(Ballot.state) == BallotState.open)
    )
    if voted_on.first() is not None or await is_member(session, handling):
        return None
    return None if await refusal_waits(session, handling) else LapseReason.not_a_member


def _applied_by_member() -> ColumnElement[bool]:
    return exists().where(
        col(VersionApplicant.application_id) == col(Handling.application_id),
        col(VersionApplicant.version_number) == col(Handling.version_number),
        col(NetworkMember.network_id) == col(Handling.network_id),
        or_(
            col(NetworkMember.organisation_id) == col(VersionApplicant.organisation_id),
            stands_for(col(NetworkMember.organisation_id), col(VersionApplicant.organisation_id)),
        ),
        col(NetworkMember.state) == MemberState.active,
    )


def _voted_on() -> ColumnElement[bool]:
    return exists().where(col(Ballot.handling_id) == col(Handling.id), col(Ballot.state) == BallotState.open)


async def after_decision_adopted(session: AsyncSession, event: DecisionAdopted) -> None:
    """A network has decided to rest or to close on a day: whoever has something open there is told."""
    if event.on_day is not None:
        await _tell_day(session, event, date.fromisoformat(event.on_day))


async def after_day_moved(session: AsyncSession, event: DecisionDayMoved) -> None:
    """It rests or closes later than it had decided: they are told of the new day."""
    await _tell_day(session, event, date.fromisoformat(event.on_day))


async def _tell_day(session: AsyncSession, event: DecisionEvent, day: date) -> None:
    network_id, closes = event.subject.id, event.kind is DecisionKind.close
    await _write(session, "network_ends", network_id, await _open_in(session, network_id), day=day, closes=closes)


async def _open_in(session: AsyncSession, network_id: UUID) -> Sequence[Handling]:
    statement = select(Handling).where(col(Handling.network_id) == network_id, col(Handling.state).in_(OPEN_HANDLING))
    return (await session.exec(statement.order_by(col(Handling.id)))).all()


async def _write(
    session: AsyncSession,
    template: str,
    network_id: UUID,
    handlings: Sequence[Handling],
    *,
    day: date | None = None,
    **more: bool,
) -> None:
    """One mail to each of the applicants' editors, with the list of theirs."""
    network = await session.get_one(Network, network_id)
    theirs: dict[mailboxes.Mailbox, list[tuple[str, Handling]]] = defaultdict(list)
    for handling in handlings:
        application = await session.get_one(Application, handling.application_id)
        ids = await acting_ids(session, application.id, handling.version_number)
        title = await title_at(session, application.id, handling.version_number)
        for box in await mailboxes.of_organisations(
            session, P.applications_write, sorted(ids), language=application.language
        ):
            theirs[box].append((title, handling))
    for box, listed in theirs.items():
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.handlings",
            template=template,
            language=box.language,
            asked_by=None,
            about=None,
            envelope=mail.Envelope(
                reason=mail.Reason.organisation,
                root=f"application {listed[0][1].application_id}" if len(listed) == 1 else f"network {network_id}",
            ),
            name=box.name,
            network=display_name(network.names, box.language),
            day=written_day(day, box.language) if day else "",
            applications=[
                {"title": title, "link": mail.link(box.language, f"handlings/{one.id}")} for title, one in listed
            ],
            **more,
        )
