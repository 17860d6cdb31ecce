"""Votes and recusals: what many people do at once, so nothing here changes what anybody else reads of the ballot.

Voters take the ballot FOR SHARE, who closes it FOR UPDATE; a member's own steps wait for each other at its elector row.
"""

from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Insert, delete, not_, or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.disqualification.errors.kept_out import refusal_to_take_part
from puumerkki.disqualification.errors.ties import Disqualified
from puumerkki.disqualification.queries.tied import is_tied, kept_out
from puumerkki.handlings.errors.ballots import BallotClosed, CastByMember, IsRecused, NotElector, NotRepresentative
from puumerkki.handlings.events.ballots import MemberRecused, RecusalWithdrawn, VoteCast, VoteRecorded, VoteRemoved
from puumerkki.handlings.models.handlings import Ballot, BallotPurpose, BallotState, Handling
from puumerkki.handlings.models.votes import BallotElector, Recusal, Vote
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.queries.leading import leading
from puumerkki.handlings.schemas.ballots import RecusalGiven, VoteGiven
from puumerkki.handlings.service import handling_mails
from puumerkki.handlings.service.handlings import event_fields
from puumerkki.handlings.service.turns import require_turn
from puumerkki.handlings.service.voting_blocs import require_first
from puumerkki.kernel import clock
from puumerkki.kernel.errors import NotFound, Unauthenticated, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.reads.statements import Statement, named, param
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries.turns import require_not_outranked

_GIVEN = (
    "choice",
    "reason",
    "condition",
    "condition_parts",
    "cast_by",
    "cast_at",
    "recorded",
    "given_by",
    "given_how",
    "given_on",
)
_KEPT = (*_GIVEN, "early_close")


def _keep() -> Insert:
    """Store a vote in place of the member's earlier one; a recorded vote does not replace its own."""
    made = insert(Vote).values(named("id", "created_at", "ballot_id", "member_id", *_KEPT))
    return made.on_conflict_do_update(
        index_elements=["ballot_id", "member_id"],
        set_={name: made.excluded[name] for name in _KEPT},
        where=or_(col(Vote.recorded), not_(made.excluded.recorded)),
    ).returning(*(col(getattr(Vote, name)) for name in Vote.model_fields))


_BALLOT, _FOR = param("ballot", Uuid()), param("member", Uuid())
_KEEP = Statement(_keep)
_MEMBER = Statement(
    lambda: select(NetworkMember.network_id, NetworkMember.organisation_id).where(col(NetworkMember.id) == _FOR)
)
_NEWEST = Statement(
    lambda: (
        select(Ballot.id, Ballot.state, Ballot.closes_at, Ballot.purpose)
        .where(col(Ballot.handling_id) == param("handling", Uuid()))
        .order_by(col(Ballot.opened_at).desc(), col(Ballot.id).desc())
        .limit(1)
        .with_for_update(read=True)
    )
)
_ELECTOR = Statement(
    lambda: (
        select(BallotElector.member_id)
        .where(col(BallotElector.ballot_id) == _BALLOT, col(BallotElector.member_id) == _FOR)
        .with_for_update()
    )
)
_RECUSED = Statement(
    lambda: select(Recusal.id).where(col(Recusal.ballot_id) == _BALLOT, col(Recusal.member_id) == _FOR)
)


async def cast_vote(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, member_id: UUID, given: VoteGiven
) -> Vote:
    """Cast a member's vote in place of an earlier one, or record one for it as the coordinator.

    The same written down again changes nothing, and nobody is told again. Who is tied to an applicant votes for nobody
    and writes nothing down.
    """
    handling = await queries.handling(session, actor, handling_id)
    if given.recorded:
        if actor.anonymous:
            raise Unauthenticated()
        if not (await leading(session, actor, handling)).may(P.handlings_lead, handling.network_id):
            raise actor.refusal(P.handlings_lead)
        await _organisation_of(session, handling, member_id)
    else:
        organisation_id = await require_representative(session, actor, handling, member_id)
    if given.given_on is not None and given.given_on > clock.today():
        raise invalid("/given_on", "in_the_future", "A vote is recorded once it has been given.")
    if given.given_on is not None and given.given_on < clock.day_of(handling.received_at):
        raise invalid("/given_on", "before_version", "This version was not there yet on that day.")
    ballot_id, purpose, moment = await _open_ballot(session, handling, member_id)
    if purpose == BallotPurpose.revoke and given.condition is not None:
        raise invalid("/choice", "no_conditions_here", "A vote on revoking a puumerkki has no conditions.")
    if await _RECUSED.fetch_one(session, ballot=ballot_id, member=member_id) is not None:
        raise IsRecused()
    if given.recorded:
        await require_untied(session, actor, handling)
    else:
        await require_own(session, actor, handling, ballot_id, member_id, organisation_id)
    yields = await require_first(session, ballot_id=ballot_id, member_id=member_id, recorded=given.recorded)
    if yields is not None:
        await _give_way(session, handling, ballot_id, yields)
    if given.recorded and (same := await _recorded_so(session, ballot_id, member_id, given)) is not None:
        return same
    kept = await _KEEP.fetch_one(
        session,
        id=new_id(),
        created_at=moment,
        ballot_id=ballot_id,
        member_id=member_id,
        choice=given.choice,
        reason=given.reason,
        condition=given.condition,
        condition_parts=[one.value for one in given.condition_parts],
        cast_by=actor.person_id(),
        cast_at=moment,
        recorded=given.recorded,
        given_by=given.given_by,
        given_how=given.given_how,
        given_on=given.given_on,
        early_close=given.early_close,
    )
    if kept is None:
        raise CastByMember()
    event = VoteRecorded if given.recorded else VoteCast
    await publish(session, event(**event_fields(handling), ballot_id=ballot_id), actor_id=actor.id)
    vote = Vote(**dict(zip(Vote.model_fields, kept, strict=True)))
    if given.recorded:
        await handling_mails.tell_vote_recorded(session, handling, vote)
    return vote


async def _recorded_so(session: AsyncSession, ballot_id: UUID, member_id: UUID, given: VoteGiven) -> Vote | None:
    """What is written down for the member, if it is just this."""
    statement = select(Vote).where(col(Vote.ballot_id) == ballot_id, col(Vote.member_id) == member_id)
    known = (await session.exec(statement)).one_or_none()
    told = ("choice", "reason", "condition", "condition_parts", "recorded", "given_by", "given_how", "given_on")
    same = known is not None and all(getattr(known, name) == getattr(given, name) for name in told)
    return known if same else None


async def declare_recusal(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, member_id: UUID, given: RecusalGiven
) -> Recusal:
    """Recuse a member and remove the vote that it gave before. Declared again, nothing changes.

    It is said by whoever could vote for the member, and taken back until the ballot closes.
    """
    handling = await queries.handling(session, actor, handling_id)
    organisation_id = await require_representative(session, actor, handling, member_id)
    ballot_id, _, _ = await _open_ballot(session, handling, member_id)
    known = await _recusal(session, ballot_id, member_id)
    if known is not None:
        return known
    await require_own(session, actor, handling, ballot_id, member_id, organisation_id)
    await require_first(session, ballot_id=ballot_id, member_id=member_id)
    await session.exec(delete(Vote).where(col(Vote.ballot_id) == ballot_id, col(Vote.member_id) == member_id))
    made = Recusal(ballot_id=ballot_id, member_id=member_id, reason=given.reason, declared_by=actor.person_id())
    session.add(made)
    recused = MemberRecused(**event_fields(handling), ballot_id=ballot_id, member_id=member_id)
    await publish(session, recused, actor_id=actor.id)
    return made


async def withdraw_recusal(session: AsyncSession, *, actor: Actor, handling_id: UUID, member_id: UUID) -> None:
    """Let a member take part again. NotFound where it did not recuse itself."""
    handling = await queries.handling(session, actor, handling_id)
    organisation_id = await require_representative(session, actor, handling, member_id)
    ballot_id, _, _ = await _open_ballot(session, handling, member_id)
    await require_own(session, actor, handling, ballot_id, member_id, organisation_id)
    known = await _recusal(session, ballot_id, member_id)
    if known is None or known.declared_by is None:
        raise NotFound()
    await require_not_outranked(
        session,
        known.declared_by,
        person=actor.person_id(),
        network_id=handling.network_id,
        organisation_id=organisation_id,
    )
    await session.delete(known)
    withdrawn = RecusalWithdrawn(**event_fields(handling), ballot_id=ballot_id, member_id=member_id)
    await publish(session, withdrawn, actor_id=actor.id)


async def _give_way(session: AsyncSession, handling: Handling, ballot_id: UUID, recorded: Vote) -> None:
    """Remove and publish a recorded vote of a member when one that votes together with it votes itself."""
    member = await session.get_one(NetworkMember, recorded.member_id)
    ballot = await session.get_one(Ballot, ballot_id)
    await session.delete(recorded)
    await session.flush()
    gone = VoteRemoved(**event_fields(handling), ballot_id=ballot_id, member_id=member.id)
    await publish(session, gone, actor_id=None)
    await handling_mails.tell_vote_removed(session, handling, ballot, member, aside=False, because="together")


async def _recusal(session: AsyncSession, ballot_id: UUID, member_id: UUID) -> Recusal | None:
    statement = select(Recusal).where(col(Recusal.ballot_id) == ballot_id, col(Recusal.member_id) == member_id)
    return (await session.exec(statement)).one_or_none()


async def require_untied(session: AsyncSession, actor: Actor, handling: Handling) -> None:
    """Raise Disqualified where the actor is tied to an applicant."""
    if await is_tied(session, actor.person_id(), handling.application_id, network_id=handling.network_id):
        why = await kept_out(session, actor.person_id(), handling.application_id)
        raise refusal_to_take_part(why, Disqualified)


async def require_own(
    session: AsyncSession, actor: Actor, handling: Handling, ballot_id: UUID, member_id: UUID, organisation_id: UUID
) -> None:
    """A Conflict unless what the actor does in the ballot stands for the member. Hold the member's place in it."""
    await require_untied(session, actor, handling)
    await require_turn(
        session,
        ballot_id=ballot_id,
        member_id=member_id,
        network_id=handling.network_id,
        application_id=handling.application_id,
        organisation_id=organisation_id,
        principal_id=actor.person_id(),
    )


async def _organisation_of(session: AsyncSession, handling: Handling, member_id: UUID) -> UUID:
    """The organisation that is this member of the handling's network."""
    found = await _MEMBER.fetch_one(session, member=member_id)
    if found is None or found[0] != handling.network_id:
        raise NotElector()
    return cast("UUID", found[1])


async def require_representative(session: AsyncSession, actor: Actor, handling: Handling, member_id: UUID) -> UUID:
    """The organisation that the actor represents. NotRepresentative unless they represent the member in the network."""
    actor.require(P.ballots_vote, on=handling.network_id)
    organisation_id = await _organisation_of(session, handling, member_id)
    if organisation_id not in actor.represented_members(handling.network_id):
        raise NotRepresentative()
    return organisation_id


async def _open_ballot(
    session: AsyncSession, handling: Handling, member_id: UUID
) -> tuple[UUID, BallotPurpose, datetime]:
    """The open ballot and its purpose, shared with other voters, and the member's place in its electorate, alone.

    Whether it is in time is judged once, under these locks; the moment is that of what is done.
    """
    newest = await _NEWEST.fetch_one(session, handling=handling.id)
    if newest is None:
        raise NotFound()
    ballot_id, state, closes_at, purpose = newest
    elector = None
    if state == BallotState.open:
        elector = await _ELECTOR.fetch_one(session, ballot=ballot_id, member=member_id)
    moment = clock.now()
    if state != BallotState.open or moment >= closes_at:
        raise BallotClosed()
    if elector is None:
        raise NotElector()
    return ballot_id, BallotPurpose(purpose), moment
