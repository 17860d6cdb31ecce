"""Carries out decisions about the network: publishes them, and lets them take effect at once or on their day."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Forbidden, Unauthenticated
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.networks import queries
from puumerkki.networks.events import decisions as decision_events
from puumerkki.networks.models.decisions import DecisionState, DecisionWay, NetworkDecision
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember
from puumerkki.networks.queries import decisions
from puumerkki.networks.queries.changes import what_waits
from puumerkki.networks.service import decision_mails as mails
from puumerkki.networks.service.changes import announce
from puumerkki.networks.service.decision_days import day_after_calls, earliest_day
from puumerkki.networks.service.decision_effects import fits, take_effect
from puumerkki.networks.workflow.decisions import NETWORK_DECISION, DecisionFacts


def decision_event(
    kind: type[decision_events.DecisionEvent], of: NetworkDecision, **more: Any
) -> decision_events.DecisionEvent:
    """An event of a decision."""
    return kind(subject=Ref("network", of.network_id), decision_id=of.id, kind=of.kind, **more)


async def locked(
    session: AsyncSession, actor: Actor, network_id: UUID, decision_id: UUID
) -> tuple[Network, NetworkDecision]:
    """Lock the network and its decision, for a person who may see them."""
    if actor.anonymous:
        raise Unauthenticated()
    network = await queries.network(session, network_id, for_update=True)
    found = await decisions.decision(
        session, actor=actor, network_id=network_id, decision_id=decision_id, for_update=True
    )
    if actor.kind is not PrincipalKind.user:
        raise Forbidden()
    return network, found


async def takes_part_in(session: AsyncSession, actor: Actor, network_id: UUID, since: datetime) -> bool:
    """Tell whether somebody holds an office, or represents a member that is active or could vote at a moment."""
    offices = (P.networks_lead, P.handlings_confirm, P.handlings_record)
    if any(actor.may(one, network_id) and actor.acts_in(one, network_id, opened_at=since) for one in offices):
        return True
    represented = actor.represented_members(network_id, opened_at=since)
    active = await session.exec(
        select(NetworkMember.id).where(
            col(NetworkMember.network_id) == network_id,
            col(NetworkMember.organisation_id).in_(represented),
            col(NetworkMember.state) == MemberState.active,
        )
    )
    if active.first() is not None:
        return True
    return any(one.organisation_id in represented for one in await queries.electorate(session, network_id, since))


async def gather_facts(
    session: AsyncSession,
    network: Network,
    of: NetworkDecision,
    actor: Actor | None = None,
    made: bool | None = None,
) -> DecisionFacts:
    """What the guards ask, read anew."""
    untold, waits = await what_waits(session, network.id)
    known: dict[str, Any] = {}
    if actor is not None and actor.id is not None and of.state is DecisionState.open:
        represented = actor.represented_members(network.id, opened_at=of.opened_at)
        known["elector"] = any(one.organisation_id in represented for one in await decisions.electors_of(session, of))
        if of.way is not DecisionWay.vote:
            known["second_person"] = await decisions.may_confirm(session, of, actor.id)
            known["has_second_person"] = known["second_person"] or bool(await decisions.who_confirms(session, of))
        voted = await decisions.votes_of(session, of.id)
        # one's own vote on one's own proposal is nobody's answer
        known["answered"] = of.confirmed_by is not None or any(one.cast_by != of.proposed_by for one in voted)
        known["takes_part"] = await takes_part_in(session, actor, network.id, of.opened_at)
    if actor is not None:
        known["may_drop"] = actor.id == of.proposed_by
    return DecisionFacts(
        kind=of.kind,
        way=of.way,
        in_time=clock.now() < of.closes_at,
        made=made,
        fits=await fits(session, network, of),
        day_come=of.on_day is None or of.on_day <= clock.today(),
        untold=untold,
        waits=waits,
        **known,
    )


async def adopted(
    session: AsyncSession, network: Network, of: NetworkDecision, result: dict[str, Any], *, actor_id: UUID | None
) -> None:
    """Adopt the decision: tell authorities that rely on the network, and carry out what can take effect now.

    What came since the proposal is finished first: a day that is too early by now moves to the earliest possible.
    """
    of.result, of.decided_at = result, clock.now()
    moved = of.on_day is not None and of.on_day < (first := await earliest_day(session, network.id, of.kind))
    if moved:
        of.on_day = first
    await session.flush()
    event = decision_event(decision_events.DecisionAdopted, of, way=of.way, on_day=of.on_day and of.on_day.isoformat())
    await publish(session, event, actor_id=actor_id)
    await mails.tell(session, network, of, moved=moved)
    await carry(session, network, of)


async def carry(session: AsyncSession, network: Network, of: NetworkDecision) -> None:
    """Let the decision take effect, unless its day has not come or an authority still has days to answer."""
    if not await fits(session, network, of):
        await fall(session, network, of)
        return
    if of.kind.change is not None:
        # who names the network since is told as soon as that is seen
        await announce(session, network, of.kind.change, reason=of.reason or "", told_by=of.proposed_by)
    await _move_day(session, network, of)
    facts = await gather_facts(session, network, of)
    [row] = [one for one in NETWORK_DECISION.transitions if one.action == "carry"]
    if any(guard(facts) for guard in row.guards):
        return
    NETWORK_DECISION.apply("carry", of, actor=None, facts=facts)
    of.done_at = clock.now()
    await take_effect(session, network, of)
    await session.flush()


async def _move_day(session: AsyncSession, network: Network, of: NetworkDecision) -> None:
    """Move the decision's day after those of calls that open cases serve."""
    first = None if of.on_day is None else await day_after_calls(session, network.id)
    if of.on_day is None or first is None or first <= of.on_day:
        return
    of.on_day = first
    await session.flush()
    await publish(
        session, decision_event(decision_events.DecisionDayMoved, of, on_day=first.isoformat()), actor_id=None
    )
    await mails.tell(session, network, of, moved=True)


async def fall(session: AsyncSession, network: Network, of: NetworkDecision) -> None:
    """Let an overtaken proposal or decision fall, and tell whoever heard of it."""
    adopted = of.state is DecisionState.adopted
    NETWORK_DECISION.apply("fall", of, actor=None)
    of.decided_at = of.decided_at or clock.now()
    await publish(session, decision_event(decision_events.DecisionDropped, of), actor_id=None)
    await mails.tell_fell(session, network, of, adopted=adopted)
