"""Votes and recusals: what many people do at once, so nothing here changes what anybody else reads of the ballot.

Voters take the ballot FOR SHARE, who closes it FOR UPDATE; a member's own steps wait for each other at its elector row.
"""

from uuid import UUID

from sqlalchemy import delete, literal, or_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.funding.errors.ballots import BallotClosed, CastByMember, IsRecused, NotElector, NoVoice
from puumerkki.funding.errors.handlings import Disqualified
from puumerkki.funding.events.ballots import MemberRecused, VoteCast, VoteRecorded
from puumerkki.funding.models import Application, Ballot, BallotElector, BallotState, Handling, Recusal, Vote
from puumerkki.funding.queries import handlings as queries
from puumerkki.funding.schemas.ballots import RecusalGiven, VoteGiven
from puumerkki.funding.service.handlings import about
from puumerkki.kernel import clock
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.events import publish
from puumerkki.kernel.ids import new_id
from puumerkki.networks.models import NetworkMember
from puumerkki.organisations.queries import is_disqualified


async def cast_vote(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, member_id: UUID, given: VoteGiven
) -> Vote:
    """A member's vote, in place of an earlier one; or one that the coordinator writes down for it."""
    handling = await queries.handling(session, actor, handling_id)
    if given.recorded:
        actor.require(P.handlings_lead, on=handling.network_id)
        await _require_qualified(session, actor, handling)
        await _member(session, handling, member_id)
    else:
        await _require_voice(session, actor, handling, member_id)
    ballot = await _open_ballot(session, handling, member_id)
    if await _recusal(session, ballot.id, member_id) is not None:
        raise IsRecused()
    values = {
        "choice": given.choice,
        "reason": given.reason,
        "condition": given.condition,
        "cast_by": actor.person_id(),
        "cast_at": clock.now(),
        "recorded": given.recorded,
    }
    statement = insert(Vote).values(
        id=new_id(), created_at=clock.now(), ballot_id=ballot.id, member_id=member_id, **values
    )
    statement = statement.on_conflict_do_update(
        index_elements=["ballot_id", "member_id"],
        set_=values,
        where=or_(col(Vote.recorded), literal(not given.recorded)),
    )
    kept = await session.exec(statement.returning(col(Vote.id)))
    if kept.first() is None:
        raise CastByMember()
    event = VoteRecorded if given.recorded else VoteCast
    await publish(session, event(**about(handling), ballot_id=ballot.id), actor_id=actor.id)
    found = select(Vote).where(col(Vote.ballot_id) == ballot.id, col(Vote.member_id) == member_id)
    return (await session.exec(found.execution_options(populate_existing=True))).one()


async def declare_recusal(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, member_id: UUID, given: RecusalGiven
) -> Recusal:
    """A member stands aside; a vote that it gave before is removed. Declared again, nothing changes."""
    handling = await queries.handling(session, actor, handling_id)
    await _require_voice(session, actor, handling, member_id)
    ballot = await _open_ballot(session, handling, member_id)
    known = await _recusal(session, ballot.id, member_id)
    if known is not None:
        return known
    await session.exec(delete(Vote).where(col(Vote.ballot_id) == ballot.id, col(Vote.member_id) == member_id))
    made = Recusal(ballot_id=ballot.id, member_id=member_id, reason=given.reason, declared_by=actor.person_id())
    session.add(made)
    recused = MemberRecused(**about(handling), ballot_id=ballot.id, member_id=member_id)
    await publish(session, recused, actor_id=actor.id)
    return made


async def _member(session: AsyncSession, handling: Handling, member_id: UUID) -> NetworkMember:
    member = await session.get(NetworkMember, member_id)
    if member is None or member.network_id != handling.network_id:
        raise NotElector()
    return member


async def _require_voice(session: AsyncSession, actor: Actor, handling: Handling, member_id: UUID) -> None:
    actor.require(P.ballots_vote, on=handling.network_id)
    member = await _member(session, handling, member_id)
    if member.organisation_id not in actor.voices(handling.network_id):
        raise NoVoice()


async def _require_qualified(session: AsyncSession, actor: Actor, handling: Handling) -> None:
    application = await session.get_one(Application, handling.application_id)
    if await is_disqualified(session, actor.person_id(), await queries.applicant_ids(session, application)):
        raise Disqualified()


async def _open_ballot(session: AsyncSession, handling: Handling, member_id: UUID) -> Ballot:
    """The open ballot, shared with other voters, and the member's place in its electorate, alone."""
    newest = (
        select(Ballot.id)
        .where(col(Ballot.handling_id) == handling.id)
        .order_by(col(Ballot.opened_at).desc(), col(Ballot.id).desc())
        .limit(1)
    )
    ballot_id = (await session.exec(newest)).one_or_none()
    if ballot_id is None:
        raise NotFound()
    ballot = await session.get_one(Ballot, ballot_id, with_for_update={"read": True}, populate_existing=True)
    if ballot.state is not BallotState.open or clock.now() >= ballot.closes_at:
        raise BallotClosed()
    elector = select(BallotElector).where(
        col(BallotElector.ballot_id) == ballot.id, col(BallotElector.member_id) == member_id
    )
    if (await session.exec(elector.with_for_update())).one_or_none() is None:
        raise NotElector()
    return ballot


async def _recusal(session: AsyncSession, ballot_id: UUID, member_id: UUID) -> Recusal | None:
    statement = select(Recusal).where(col(Recusal.ballot_id) == ballot_id, col(Recusal.member_id) == member_id)
    return (await session.exec(statement)).one_or_none()
