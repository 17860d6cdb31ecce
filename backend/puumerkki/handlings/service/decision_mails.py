"""Mail about a meeting's decision: to all members once it is confirmed and where it falls, to who could confirm it."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.applications.queries.frozen import title_at
from puumerkki.handlings.models.decisions import RecordedDecision
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.decision_words import named_there
from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember
from puumerkki.organisations import mailboxes
from puumerkki.organisations.mailboxes import Mailbox


async def tell_members(session: AsyncSession, handling: Handling, decision: RecordedDecision) -> None:
    """Tell members what was decided. Those named as present hear until when they can confirm or dispute it."""
    there = await named_there(session, decision)
    asked = await _boxes(session, handling, there)
    others = await _boxes(session, handling, None, without=there)
    await _write(session, "meeting_decided", asked, handling, decision, there=True)
    await _write(session, "meeting_decided", others - asked, handling, decision, there=False)


async def ask_two_more(session: AsyncSession, handling: Handling, decision: RecordedDecision) -> None:
    """Tell that a member disputes the decision: without two more who confirm it, it falls."""
    boxes = set(await mailboxes.of_people(session, decision.asked_ids))
    await _write(session, "meeting_disputed", boxes, handling, decision)


async def tell_fell(session: AsyncSession, handling: Handling, decision: RecordedDecision, *, ballot: bool) -> None:
    """Tell that the decision does not take effect; another meeting, or with `ballot` a ballot, can decide."""
    boxes = await _boxes(session, handling, None)
    boxes |= set(await mailboxes.of_holders(session, P.handlings_lead, [handling.network_id]))
    first = [one for one in (decision.recorded_by, decision.confirmed_by) if one is not None]
    boxes |= set(await mailboxes.of_people(session, first))
    await _write(
        session, "meeting_decision_fell", boxes, handling, decision, cause=decision.fell_because, ballot=ballot
    )


async def _boxes(
    session: AsyncSession, handling: Handling, members: Collection[UUID] | None, *, without: Collection[UUID] = ()
) -> set[Mailbox]:
    """Mailboxes of each member's representatives; where it has none, of those who manage it or of its contacts."""
    statement = select(NetworkMember).where(
        col(NetworkMember.network_id) == handling.network_id,
        col(NetworkMember.state) == MemberState.active,
        col(NetworkMember.id).not_in(without),
    )
    found = (await session.exec(statement)).all()
    boxes: set[Mailbox] = set()
    for one in found:
        if members is None or one.id in members:
            boxes |= set(await mailboxes.of_member(session, handling.network_id, one.organisation_id))
    return boxes


async def _write(
    session: AsyncSession,
    template: str,
    boxes: Iterable[Mailbox],
    handling: Handling,
    decision: RecordedDecision,
    **more: Any,
) -> None:
    network = await session.get_one(Network, handling.network_id)
    title = await title_at(session, handling.application_id, handling.version_number)
    assert decision.holds_at is not None
    until = clock.last_day(decision.holds_at)
    for box in sorted(set(boxes)):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.handlings",
            template=template,
            language=box.language,
            envelope=mail.Envelope(reason=mail.Reason.member, root=f"application {handling.application_id}"),
            name=box.name,
            title=title,
            network=display_name(network.names, box.language),
            until=written_day(until, box.language),
            link=mail.link(box.language, f"handlings/{handling.id}"),
            **more,
        )
