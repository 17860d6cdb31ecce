"""A member that leaves the network, or is archived, leaves the base of every open ballot, and its vote goes.

Coming back does not bring it into that ballot. It is looked at when it happens, and again under the lock at the count.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.handlings.events.ballots import MemberGone, MemberRecused
from puumerkki.handlings.models.handlings import Ballot, BallotState, Handling
from puumerkki.handlings.models.votes import BallotElector, Recusal, Vote
from puumerkki.handlings.queries import ballots as queries
from puumerkki.handlings.queries.missing_votes import missing, spoken_elsewhere
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.networks.events.networks import MemberLeft
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries import have_left
from puumerkki.organisations.events.organisations import OrganisationArchived


async def recuse_departed_members(session: AsyncSession, handling: Handling, ballot: Ballot) -> None:
    """Recuse members that have left since the ballot opened. Hold the ballot's lock."""
    voters = await queries.electorate(session, ballot.id)
    gone = await have_left(session, sorted(voters), ballot.opened_at)
    for member_id in sorted(gone - await queries.recused(session, ballot.id)):
        await session.exec(delete(Vote).where(col(Vote.ballot_id) == ballot.id, col(Vote.member_id) == member_id))
        session.add(Recusal(ballot_id=ballot.id, member_id=member_id, gone=True))
        told = MemberGone(
            subject=Ref("handling", handling.id),
            related=(handling.application_id,),
            ballot_id=ballot.id,
            member_id=member_id,
        )
        await publish(session, told, actor_id=None)
    await session.flush()


async def stand_aside(session: AsyncSession, handling: Handling, ballot: Ballot) -> None:
    """Let members stand aside at the count for whom only people speak who voted for another. Hold the ballot's lock."""
    silent = [one["member_id"] for one in await missing(session, ballot.id)]
    aside = await spoken_elsewhere(
        session, application_id=handling.application_id, ballot_id=ballot.id, member_ids=silent
    )
    for member_id in sorted(aside):
        session.add(Recusal(ballot_id=ballot.id, member_id=member_id, elsewhere=True))
        recused = MemberRecused(
            subject=Ref("handling", handling.id),
            related=(handling.application_id,),
            ballot_id=ballot.id,
            member_id=member_id,
        )
        await publish(session, recused, actor_id=None)
    await session.flush()


async def after_member_left(session: AsyncSession, event: MemberLeft) -> None:
    """Recuse a member that left the network in its open ballots."""
    await _look_again(session, {event.subject.id})


async def after_organisation_archived(session: AsyncSession, event: OrganisationArchived) -> None:
    """Recuse an archived organisation in the open ballots of every network."""
    members = select(NetworkMember.id).where(col(NetworkMember.organisation_id) == event.subject.id)
    await _look_again(session, (await session.exec(members)).all())


async def _look_again(session: AsyncSession, member_ids: Collection[UUID]) -> None:
    """Open ballots of these members. One in which somebody votes at this moment is left to the count."""
    statement = (
        select(Ballot, Handling)
        .join(Handling, col(Handling.id) == col(Ballot.handling_id))
        .join(BallotElector, col(BallotElector.ballot_id) == col(Ballot.id))
        .where(
            col(BallotElector.member_id).in_(member_ids),
            col(Ballot.state) == BallotState.open,
            col(Ballot.closes_at) > clock.now(),
        )
        .order_by(col(Handling.application_id), col(Handling.id))
        .with_for_update(of=Ballot, skip_locked=True)
    )
    for ballot, handling in (await session.exec(statement)).all():
        await recuse_departed_members(session, handling, ballot)
