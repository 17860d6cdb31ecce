"""What a ballot comes to: the tally of its votes, and the count made anew. Callers hold the ballot's lock."""

from datetime import timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.funding.events.ballots import BallotRecounted
from puumerkki.funding.models import Ballot, Handling, Vote
from puumerkki.funding.queries import ballots as queries
from puumerkki.kernel import clock
from puumerkki.kernel.events import publish
from puumerkki.kernel.refs import Ref
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.tally import Choice, Outcome, Tally, tally

STANDING = timedelta(days=3)
"""So long a member whose condition was refused may turn the outcome by saying that its vote stands."""


def _weighed(vote: Vote, *, undecided_stand: bool) -> Choice:
    """A conditional vote is blank once its condition was refused, unless its member says that it stands."""
    stands = undecided_stand if vote.stands is None else vote.stands
    return Choice.blank if vote.condition_taken is False and not stands else vote.choice


async def tally_of(session: AsyncSession, ballot: Ballot, *, undecided_stand: bool = False) -> Tally:
    """The votes as they are. `undecided_stand`: as if all members that may still say so let theirs stand."""
    electorate = await queries.electorate(session, ballot.id)
    recused = await queries.recused(session, ballot.id)
    given = await queries.votes(session, ballot.id)
    votes = {vote.member_id: _weighed(vote, undecided_stand=undecided_stand) for vote in given}
    rule = DecisionRule.model_validate(ballot.rule)
    return tally(votes, electorate=electorate, recused=recused, rule=rule)


async def recount(session: AsyncSession, *, handling: Handling, ballot: Ballot) -> None:
    """Count anew: a condition was answered, a member said whether its vote stands, a vote was taken out."""
    await session.flush()
    before = ballot.result["outcome"] if ballot.result else None
    counted = await tally_of(session, ballot)
    ballot.result = figures(counted)
    if counted.reason.value != before:
        recounted = BallotRecounted(
            subject=Ref("handling", handling.id),
            related=(handling.application_id,),
            ballot_id=ballot.id,
            outcome=counted.reason.value,
        )
        await publish(session, recounted, actor_id=None)


async def awaited(session: AsyncSession, ballot: Ballot) -> bool:
    """Whether the outcome hangs on members that may still say whether their vote stands."""
    asked = [
        vote
        for vote in await queries.votes(session, ballot.id)
        if vote.condition_taken is False
        and vote.stands is None
        and vote.condition_answered_at is not None
        and clock.now() < vote.condition_answered_at + STANDING
    ]
    if not asked or ballot.result is None:
        return False
    would_be = await tally_of(session, ballot, undecided_stand=True)
    return would_be.reason is not Outcome(ballot.result["outcome"])


def figures(counted: Tally) -> dict[str, Any]:
    """What a ballot keeps of its tally."""
    return {
        "electorate": counted.electorate,
        "recused": counted.recused,
        "base": counted.base,
        "votes_for": counted.votes_for,
        "conditional": counted.conditional,
        "against": counted.against,
        "blank": counted.blank,
        "cast": counted.cast,
        "turnout": counted.turnout,
        "quorum_reached": counted.quorum_reached,
        "outcome": counted.reason.value,
    }
