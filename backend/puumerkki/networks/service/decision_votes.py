"""Voting on a decision about the network, and what the clock does with decisions."""

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
from puumerkki.kernel.events import publish
from puumerkki.kernel.ids import new_id
from puumerkki.networks import decision_errors, decision_events, queries
from puumerkki.networks.decision_models import (
    DecisionState,
    DecisionWay,
    NetworkDecision,
    NetworkDecisionVote,
)
from puumerkki.networks.decision_rule import DecisionMethod, DecisionRule
from puumerkki.networks.decision_workflow import NETWORK_DECISION
from puumerkki.networks.models import Network
from puumerkki.networks.queries import decisions
from puumerkki.networks.schemas.decisions import DecisionVoteGiven
from puumerkki.networks.service import decision_mails as mails
from puumerkki.networks.service.decision_steps import adopted, carry, fall, gather_facts, locked, told
from puumerkki.networks.tally import Outcome, Tally, tally

FEWEST_VOTES = 2


async def vote(
    session: AsyncSession,
    *,
    actor: Actor,
    network_id: UUID,
    decision_id: UUID,
    member_id: UUID,
    given: DecisionVoteGiven,
) -> NetworkDecision:
    """A member's vote, in place of an earlier one. Once all have voted, it is counted."""
    network, found = await locked(session, actor, network_id, decision_id)
    NETWORK_DECISION.require_may("vote", found, actor=actor)
    facts = await gather_facts(session, network, found, actor)
    member = next((one for one in await decisions.electors_of(session, found) if one.id == member_id), None)
    if member is not None and member.organisation_id not in actor.voices(network_id, opened_at=found.opened_at):
        raise NamedSince() if member.organisation_id in actor.voices(network_id) else Forbidden()
    NETWORK_DECISION.apply("vote", found, actor=actor, facts=facts)
    if member is None:
        raise decision_errors.NotDecisionElector()
    values = {
        "choice": given.choice.choice,
        "cast_by": actor.person_id(),
        "cast_at": clock.now(),
    }
    statement = insert(NetworkDecisionVote).values(
        id=new_id(), created_at=clock.now(), decision_id=found.id, member_id=member_id, **values
    )
    await session.exec(statement.on_conflict_do_update(index_elements=["decision_id", "member_id"], set_=values))
    await publish(session, told(decision_events.DecisionVoted, found, member_id=member_id), actor_id=actor.id)
    counted = await count(session, found)
    if counted.turnout == counted.base >= FEWEST_VOTES:
        await _close(session, network, found, counted)
    return found


async def count(session: AsyncSession, of: NetworkDecision) -> Tally:
    """The tally of the votes so far, without those of members that have left. Hold the decision's lock."""
    electors = frozenset(one.id for one in await decisions.electors_of(session, of))
    votes = {one.member_id: one.choice for one in await decisions.votes_of(session, of.id) if one.member_id in electors}
    return tally(votes, electorate=electors, recused=frozenset(), rule=DecisionRule.model_validate(of.rule))


async def _close(session: AsyncSession, network: Network, of: NetworkDecision, counted: Tally) -> None:
    silence = DecisionRule.model_validate(of.rule).method is DecisionMethod.no_objection
    enough = silence or counted.turnout >= min(FEWEST_VOTES, counted.base)
    outcome = counted.reason if enough else Outcome.no_quorum
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
        await fall(session, of)
    elif made:
        NETWORK_DECISION.apply("adopt", of, actor=None, facts=facts)
        await adopted(session, network, of, result, actor_id=None)
    else:
        await _rejected(session, network, of, result)


async def _rejected(session: AsyncSession, network: Network, of: NetworkDecision, result: dict[str, Any]) -> None:
    facts = await gather_facts(session, network, of, made=False)
    NETWORK_DECISION.apply("reject", of, actor=None, facts=facts)
    of.result, of.decided_at = result, clock.now()
    event = told(decision_events.DecisionRejected, of, outcome=str(result["outcome"]))
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
        await fall(session, of)
    elif of.way is DecisionWay.meeting and of.confirmed_by is None:
        await _rejected(session, network, of, {"outcome": "unconfirmed"})
    else:
        NETWORK_DECISION.apply("adopt", of, actor=None, facts=facts)
        outcome = "silence" if of.confirmed_by is None else "confirmed"
        await adopted(session, network, of, {"outcome": outcome}, actor_id=None)
