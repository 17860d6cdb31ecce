"""Writes mail about a decision on the network itself: to representatives, and to whoever could confirm it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity.models import User
from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.networks.decision_labels import KINDS
from puumerkki.networks.models.decisions import DecisionKind, DecisionState, DecisionWay, NetworkDecision
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember, Rulebook
from puumerkki.networks.queries.decisions import electors_of
from puumerkki.organisations import mailboxes
from puumerkki.organisations.mailboxes import Mailbox


async def subject_name(session: AsyncSession, of: NetworkDecision) -> str | None:
    """The person whom it is about, or the number of the rulebook's version."""
    if of.subject_id is None:
        return None
    if of.kind is DecisionKind.rulebook:
        book = await session.get(Rulebook, of.subject_id)
        return None if book is None else str(book.number)
    user = await session.get(User, of.subject_id)
    return None if user is None else user.name


async def ask(session: AsyncSession, network: Network, of: NetworkDecision) -> None:
    """Ask for a vote, or for a confirmation or an objection."""
    votes = of.way is DecisionWay.vote
    boxes = await _asked(session, network, of)
    await _write(session, "network_decision", boxes, network, of, votes=votes, reasoned=bool(of.reason))


async def tell(session: AsyncSession, network: Network, of: NetworkDecision, *, moved: bool = False) -> None:
    """Tell all members and the proposer what was decided. `moved`: the day is later than they knew."""
    boxes = await _everybody(session, network.id)
    boxes += await mailboxes.of_people(session, [of.proposed_by])
    adopted = of.state in (DecisionState.adopted, DecisionState.done)
    await _write(session, "network_decided", boxes, network, of, adopted=adopted, moved=moved)


async def tell_fell(session: AsyncSession, network: Network, of: NetworkDecision, *, adopted: bool) -> None:
    """Tell the proposer and all who were asked that nothing is decided any more.

    What was `adopted` all members were told; so they hear that it does not take effect, those without a vote, too.
    """
    boxes = await _everybody(session, network.id) if adopted else await _asked(session, network, of)
    boxes += await mailboxes.of_people(session, [of.proposed_by])
    votes = of.way is DecisionWay.vote
    await _write(session, "network_decision_fell", boxes, network, of, adopted=adopted, votes=votes)


async def _asked(session: AsyncSession, network: Network, of: NetworkDecision) -> list[Mailbox]:
    """Who votes on it; or who could confirm it, and all who can object."""
    if of.way is DecisionWay.vote:
        return await _of_members(session, network.id, [one.organisation_id for one in await electors_of(session, of)])
    return await mailboxes.of_people(session, of.asked_ids) + await _everybody(session, network.id)


async def _everybody(session: AsyncSession, network_id: UUID) -> list[Mailbox]:
    found = await session.exec(
        select(NetworkMember.organisation_id).where(
            col(NetworkMember.network_id) == network_id, col(NetworkMember.state) == MemberState.active
        )
    )
    return await _of_members(session, network_id, found.all())


async def _of_members(session: AsyncSession, network_id: UUID, organisation_ids: Iterable[UUID]) -> list[Mailbox]:
    return [box for one in sorted(set(organisation_ids)) for box in await mailboxes.of_member(session, network_id, one)]


async def _write(
    session: AsyncSession,
    template: str,
    boxes: Iterable[Mailbox],
    network: Network,
    of: NetworkDecision,
    **more: Any,
) -> None:
    subject = await subject_name(session, of)
    last = of.on_day if template == "network_decided" else clock.last_day(of.closes_at)
    asked = template == "network_decision"
    # whoever proposes, takes back and proposes again writes to nobody twice a day
    about = f"network_decision {network.id} {of.kind} {of.proposed_by}" if asked else None
    for box in sorted(set(boxes)):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.networks",
            template=template,
            language=box.language,
            envelope=mail.Envelope(reason=mail.Reason.network, root=f"network {network.id}"),
            about=about,
            name=box.name,
            network=display_name(network.names, box.language),
            kind=KINDS[box.language][of.kind],
            version=subject if of.kind is DecisionKind.rulebook else None,
            person=None if of.kind is DecisionKind.rulebook else subject,
            day=written_day(last, box.language) if last else "",
            link=mail.link(box.language, f"networks/{network.id}/decisions"),
            **more,
        )
