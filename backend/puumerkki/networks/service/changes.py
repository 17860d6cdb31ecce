"""A network that authorities rely on says beforehand that it stops deciding, rests or closes."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel import clock, mail
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.eventlog.events import Event, publish
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.networks import queries
from puumerkki.networks.change_labels import CHANGES
from puumerkki.networks.errors import networks as errors
from puumerkki.networks.errors.decisions import DecisionMade
from puumerkki.networks.events import networks as events
from puumerkki.networks.models.decisions import DecisionState
from puumerkki.networks.models.networks import (
    Network,
    NetworkChange,
    NetworkChangeAnswer,
    NetworkChangeNotice,
    NetworkState,
)
from puumerkki.networks.named import authorities_naming
from puumerkki.networks.queries.changes import Announced, announced
from puumerkki.networks.queries.decisions import waiting_decisions
from puumerkki.networks.schemas.changes import ChangeAnnounce, ChangeAnswer
from puumerkki.organisations import mailboxes


async def announce_change(
    session: AsyncSession, *, actor: Actor, network_id: UUID, if_version: int | None, given: ChangeAnnounce
) -> Network:
    """Tell the authorities whose policies name the network. Told again, it reaches those who name it since."""
    network = await _led(session, actor, network_id)
    require_version(network, if_version)
    if not await authorities_naming(session, network_id):
        raise errors.NothingToAnnounce()
    if not await announce(session, network, given.change, reason=given.reason, told_by=actor.person_id()):
        raise errors.ChangeAnnounced()
    return network


async def announce(
    session: AsyncSession, network: Network, change: NetworkChange, *, reason: str, told_by: UUID
) -> bool:
    """Tell those who name the network and were not told yet; False where there is nobody. Hold the network's lock."""
    naming = await authorities_naming(session, network.id)
    known = await _open(session, network.id, change)
    told = frozenset(one.authority_id for one in known.answers) if known else frozenset()
    if naming <= told:
        return False
    notice = known.notice if known else None
    if notice is None:
        notice = NetworkChangeNotice(network_id=network.id, change=change, reason=reason, told_by=told_by)
        session.add(notice)
        await session.flush()
    for authority_id in sorted(naming - told):
        session.add(NetworkChangeAnswer(notice_id=notice.id, authority_id=authority_id))
    touch(network)
    await session.flush()
    related = (network.id, *sorted(naming))
    event = events.NetworkChangeAnnounced(subject=Ref("network", network.id), related=related, change=change)
    await publish(session, event, actor_id=told_by)
    await _mail(session, network, notice, naming - told)
    return True


async def drop_change(session: AsyncSession, *, actor: Actor, network_id: UUID, change: NetworkChange) -> Network:
    """The network stays as it is after all; not where it has decided otherwise."""
    network = await _led(session, actor, network_id)
    known = await _open(session, network_id, change)
    if known is None:
        raise NotFound()
    kinds = [
        one.kind.change for one in await waiting_decisions(session, network_id) if one.state is DecisionState.adopted
    ]
    if change in kinds:
        raise DecisionMade()
    known.notice.ended_at, known.notice.done = clock.now(), False
    touch(network)
    await _tell(session, events.NetworkChangeDropped, network_id, known, actor)
    return network


async def answer_change(
    session: AsyncSession,
    *,
    actor: Actor,
    network_id: UUID,
    change: NetworkChange,
    authority_id: UUID,
    given: ChangeAnswer,
) -> Network:
    """The authority has heard of it: from its side the change is possible now. It may answer again until then."""
    network = await queries.network(session, network_id, for_update=True)
    actor.require(P.gate_policies_manage, on=authority_id)
    known = await _open(session, network_id, change)
    answer = next((one for one in known.answers if one.authority_id == authority_id), None) if known else None
    if known is None or answer is None:
        raise NotFound()
    answer.answer, answer.answered_by, answer.answered_at = given.answer, actor.person_id(), clock.now()
    touch(network)
    await _tell(session, events.NetworkChangeAnswered, network_id, known, actor)
    return network


async def note_done(session: AsyncSession, *, network_id: UUID, change: NetworkChange) -> None:
    """The network has made the change that it announced."""
    known = await _open(session, network_id, change)
    if known is not None:
        known.notice.ended_at, known.notice.done = clock.now(), True


async def _led(session: AsyncSession, actor: Actor, network_id: UUID) -> Network:
    network = await queries.network(session, network_id, for_update=True)
    actor.require(P.networks_lead, on=network_id)
    if network.state == NetworkState.closed:
        raise errors.NetworkClosed()
    return network


async def _open(session: AsyncSession, network_id: UUID, change: NetworkChange) -> Announced | None:
    return next((one for one in await announced(session, network_id) if one.notice.change == change), None)


async def _tell(
    session: AsyncSession,
    event: type[events.NetworkChangeDropped] | type[events.NetworkChangeAnswered],
    network_id: UUID,
    known: Announced,
    actor: Actor,
) -> None:
    related = (network_id, *(one.authority_id for one in known.answers))
    told: Event = event(subject=Ref("network", network_id), related=related, change=known.notice.change)
    await publish(session, told, actor_id=actor.id)


async def _mail(
    session: AsyncSession, network: Network, notice: NetworkChangeNotice, authority_ids: frozenset[UUID]
) -> None:
    known = await _open(session, network.id, notice.change)
    day = known.possible_on(authority_ids) if known else None
    for box in await mailboxes.of_organisations(session, P.gate_policies_manage, sorted(authority_ids)):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.networks",
            template="network_change",
            language=box.language,
            envelope=mail.Envelope(reason=mail.Reason.organisation, root=f"network {network.id}"),
            name=box.name,
            network=display_name(network.names, box.language),
            change=CHANGES[box.language][notice.change],
            day=written_day(day, box.language) if day else "",
            link=mail.link(box.language, f"networks/{network.id}"),
        )
