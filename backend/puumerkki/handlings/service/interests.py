"""Notes electors with an interest in the application when a ballot opens, and again under its lock at the count."""

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.handlings.events.ballots import MemberRecused
from puumerkki.handlings.models.handlings import Ballot, Handling
from puumerkki.handlings.models.votes import BallotElector, Recusal, Vote
from puumerkki.handlings.queries import ballots as queries
from puumerkki.handlings.queries.interests import interests_of
from puumerkki.handlings.service import handling_mails
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models.networks import NetworkMember


async def note_interests(session: AsyncSession, handling: Handling, ballot: Ballot) -> None:
    """Note which electors are near. An authority whose own requirement asks stands aside, and whom the rulebook names.

    A member whose vote goes is told, never how it had voted.
    """
    rule = DecisionRule.model_validate(ballot.rule)
    near = await interests_of(
        session,
        application_id=handling.application_id,
        number=ballot.version_number,
        network_id=handling.network_id,
    )
    aside = await queries.recused(session, ballot.id)
    electors = await session.exec(
        select(BallotElector, NetworkMember)
        .join(NetworkMember, col(NetworkMember.id) == col(BallotElector.member_id))
        .where(col(BallotElector.ballot_id) == ballot.id)
        .order_by(col(NetworkMember.id))
    )
    for elector, member in electors.all():
        elector.umbrella = elector.umbrella or member.organisation_id in near.umbrellas
        elector.same_call = elector.same_call or member.organisation_id in near.same_call
        why = near.bar(member.organisation_id, rule)
        if why is None or member.id in aside:
            continue
        given = delete(Vote).where(col(Vote.ballot_id) == ballot.id, col(Vote.member_id) == member.id)
        removed = await session.exec(given.returning(col(Vote.id)))
        session.add(_recusal(ballot, member, why))
        recused = MemberRecused(
            subject=Ref("handling", handling.id),
            related=(handling.application_id,),
            ballot_id=ballot.id,
            member_id=member.id,
        )
        await publish(session, recused, actor_id=None)
        if removed.all():
            await handling_mails.tell_vote_removed(session, handling, ballot, member, aside=True, because=why)
    await session.flush()


def _recusal(ballot: Ballot, member: NetworkMember, why: str) -> Recusal:
    return Recusal(
        ballot_id=ballot.id,
        member_id=member.id,
        asked=why == "asked",
        umbrella=why == "umbrella",
        same_call=why == "same_call",
    )
