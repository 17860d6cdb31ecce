"""Notes which electors vote together when a ballot opens, and again under its lock at the count."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.handlings.errors.ballots import IsRecused
from puumerkki.handlings.models.handlings import Ballot
from puumerkki.handlings.models.votes import BallotElector, Recusal, Vote
from puumerkki.handlings.queries import ballots as queries
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.errors.representatives import VotesTogether
from puumerkki.networks.queries.blocs import joined, sharing


async def note_together(session: AsyncSession, ballot: Ballot) -> None:
    """Let members that have come to share somebody since the opening vote together. Hold the ballot's lock.

    That takes no vote that was given: neither of two that have voted, nor beside one that applies. A ballot that was
    opened before this was asked keeps its votes apart.
    """
    electors = (await session.exec(select(BallotElector).where(col(BallotElector.ballot_id) == ballot.id))).all()
    before = {one.member_id: one.bloc_id for one in electors if one.bloc_id is not None}
    if len(before) < len(electors) or DecisionRule.model_validate(ballot.rule).shared_owners_apart:
        return
    voted = {one.member_id for one in await queries.votes(session, ballot.id)}
    stays = voted | await queries.applying(session, ballot.id)
    blocs = joined(before, await sharing(session, before), voted=stays)
    for one in electors:
        one.bloc_id = blocs[one.member_id]
    await session.flush()


async def require_first(
    session: AsyncSession, *, ballot_id: UUID, member_id: UUID, recorded: bool = False
) -> Vote | None:
    """Raise VotesTogether where another member of the bloc has voted: only that one changes the vote.

    A vote that was written down for the other yields to the one that this one gives itself (`recorded` false): it is
    the answer. IsRecused where
    an applicant is in the bloc: it stands aside as a whole.
    """
    elector = await session.get_one(BallotElector, (ballot_id, member_id), populate_existing=True)
    if elector.bloc_id is None:
        return None
    # the bloc's first place is its lock; whoever holds their own waits here for one other at most
    await session.get_one(BallotElector, (ballot_id, elector.bloc_id), with_for_update=True, populate_existing=True)
    others = select(BallotElector.member_id).where(
        col(BallotElector.ballot_id) == ballot_id, col(BallotElector.bloc_id) == elector.bloc_id
    )
    applies = select(Recusal.id).where(
        col(Recusal.ballot_id) == ballot_id, col(Recusal.own_application), col(Recusal.member_id).in_(others)
    )
    if (await session.exec(applies.limit(1))).first() is not None:
        raise IsRecused()
    statement = (
        select(Vote)
        .join(BallotElector, col(BallotElector.member_id) == col(Vote.member_id))
        .where(
            col(Vote.ballot_id) == ballot_id,
            col(BallotElector.ballot_id) == ballot_id,
            col(BallotElector.bloc_id) == elector.bloc_id,
            col(Vote.member_id) != member_id,
        )
    )
    voted = (await session.exec(statement)).first()
    if voted is not None and (recorded or not voted.recorded):
        raise VotesTogether(member_id=str(voted.member_id))
    return voted
