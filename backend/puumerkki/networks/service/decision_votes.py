"""Votes on decisions about the network, and settles due ones by the clock."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.errors import NamedSince
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Forbidden
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.ids import new_id
from puumerkki.networks import queries
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.errors import decisions as decision_errors
from puumerkki.networks.events import decisions as decision_events
from puumerkki.networks.models.decisions import DecisionState, DecisionWay, NetworkDecision, NetworkDecisionVote
from puumerkki.networks.models.networks import Network
from puumerkki.networks.queries import decisions
from puumerkki.networks.queries.decision_turns import require_turn
from puumerkki.networks.schemas.decisions import DecisionVoteGiven
from puumerkki.networks.service import decision_mails as mails
from puumerkki.networks.service.decision_counts import ends_early, note_together, outcome_of, require_first, vote_so_far
from puumerkki.networks.service.decision_steps import adopted, carry, decision_event, fall, gather_facts, locked
from puumerkki.networks.tally import Outcome, Tally
from puumerkki.networks.workflow.decisions import NETWORK_DECISION


async def vote(
    session: AsyncSession,
    *,
    actor: Actor,
    network_id: UUID,
    decision_id: UUID,
    member_id: UUID,
    given: DecisionVoteGiven,
) -> NetworkDecision:
    """Store a member's vote in place of an earlier one, and count once all have voted and it may be counted early."""
    network, found = await locked(session, actor, network_id, decision_id)
    NETWORK_DECISION.require_may("vote", found, actor=actor)
    facts = await gather_facts(session, network, found, actor)
    member = next((one for one in await decisions.electors_of(session, found) if one.id == member_id), None)
    if member is not None and member.organisation_id not in actor.represented_members(
        network_id, opened_at=found.opened_at
    ):
        raise NamedSince() if member.organisation_id in actor.represented_members(network_id) else Forbidden()
    NETWORK_DECISION.apply("vote", found, actor=actor, facts=facts)
    if member is None:
        raise decision_errors.NotDecisionElector()
    await note_together(session, found)
    await require_first(session, found, member_id)
    await require_turn(session, found, member, actor.person_id())
    values = {
        "choice": given.choice.choice,
        "cast_by": actor.person_id(),
        "cast_at": clock.now(),
        "early_close": given.early_close,
    }
    statement = insert(NetworkDecisionVote).values(
        id=new_id(), created_at=clock.now(), decision_id=found.id, member_id=member_id, **values
    )
    await session.exec(statement.on_conflict_do_update(index_elements=["decision_id", "member_id"], set_=values))
    await publish(session, decision_event(decision_events.DecisionVoted, found, member_id=member_id), actor_id=actor.id)
    now = await vote_so_far(session, found)
    if ends_early(DecisionRule.model_validate(found.rule), now):
        await _close(session, network, found, now.tally)
    return found


async def count(session: AsyncSession, of: NetworkDecision) -> Tally:
    """Count the votes at the end. Hold the decision's lock."""
    await note_together(session, of)
    return (await vote_so_far(session, of)).tally


async def _close(session: AsyncSession, network: Network, of: NetworkDecision, counted: Tally) -> None:
    outcome = outcome_of(DecisionRule.model_validate(of.rule), counted)
    result: dict[str, Any] = {
        "outcome": outcome.value,
        "electorate": counted.electorate,
        "votes_for": counted.votes_for,
        "against": counted.against,
        "blank": counted.blank,
        "turnout": counted.turnout,
    }
    made = outcome is Outcome.passed
    facts = await gather_facts(session, network, of, made=made)
    if not facts.fits:
        await fall(session, network, of)
    elif made:
        NETWORK_DECISION.apply("adopt", of, actor=None, facts=facts)
        await adopted(session, network, of, result, actor_id=None)
    else:
        await _rejected(session, network, of, result)


async def _rejected(session: AsyncSession, network: Network, of: NetworkDecision, result: dict[str, Any]) -> None:
    facts = await gather_facts(session, network, of, made=False)
    NETWORK_DECISION.apply("reject", of, actor=None, facts=facts)
    of.result, of.decided_at = result, clock.now()
    event = decision_event(decision_events.DecisionRejected, of, outcome=result["outcome"])
    await publish(session, event, actor_id=None)
    await mails.tell(session, network, of)


async def decide_due(session: AsyncSession) -> None:
    """Votes whose days are over are counted; what nobody confirmed or opposed is settled; decisions take effect.

    What whoever leads the network proposes by itself (to rest, to close, to stop deciding) goes on where all who were
    asked and told kept silent; what a meeting is said to have decided does not.
    """
    statement = (
        select(NetworkDecision)
        .where(
            or_(
                and_(col(NetworkDecision.state) == DecisionState.open, col(NetworkDecision.closes_at) <= clock.now()),
                col(NetworkDecision.state) == DecisionState.adopted,
            )
        )
        .order_by(col(NetworkDecision.network_id), col(NetworkDecision.id))
        .limit(200)
    )
    for seen in (await session.exec(statement)).all():
        network = await queries.network(session, seen.network_id, for_update=True)
        found = await session.get_one(NetworkDecision, seen.id, with_for_update=True, populate_existing=True)
        if found.state is DecisionState.adopted:
            await carry(session, network, found)
        elif found.state is DecisionState.open and found.closes_at <= clock.now():
            await _settle(session, network, found)
        await session.flush()


async def _settle(session: AsyncSession, network: Network, of: NetworkDecision) -> None:
    if of.way is DecisionWay.vote:
        await _close(session, network, of, await count(session, of))
        return
    facts = await gather_facts(session, network, of, made=True)
    if not facts.fits:
        await fall(session, network, of)
    elif of.way is DecisionWay.meeting and of.confirmed_by is None:
        await _rejected(session, network, of, {"outcome": "unconfirmed"})
    else:
        NETWORK_DECISION.apply("adopt", of, actor=None, facts=facts)
        outcome = "silence" if of.confirmed_by is None else "confirmed"
        await adopted(session, network, of, {"outcome": outcome}, actor_id=None)
