"""A handling's ballot, its votes and recusals."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep
from puumerkki.handlings.models.votes import Recusal, Vote
from puumerkki.handlings.schemas.ballots import (
    BallotPublic,
    ConditionAnswer,
    RecordedSettled,
    RecusalGiven,
    RecusalPublic,
    StandingGiven,
    VoteGiven,
    VotePublic,
)
from puumerkki.handlings.service import ballot_actions, confirmed_votes, recorded_votes, votes
from puumerkki.handlings.service.views import show_ballot
from puumerkki.kernel.http import IfMatch, SessionDep, api_router, set_etag

ballots = api_router("handlings", tag="ballots")

ROUTERS = (ballots,)


async def _answer(session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID) -> BallotPublic:
    ballot, shown = await show_ballot(session, actor=actor, handling_id=handling_id)
    set_etag(response, ballot)
    return BallotPublic.model_validate(shown)


@ballots.get(
    "/{handling_id}/ballot",
    operation_id="ballots_get_ballot",
    summary="The newest ballot: until it closes your own votes and how many have voted",
)
async def get_ballot(session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID) -> BallotPublic:
    return await _answer(session, actor, response, handling_id)


@ballots.put(
    "/{handling_id}/ballot/votes/{member_id}",
    operation_id="ballots_cast_vote",
    summary="Vote for a member, or record its vote",
    response_model=VotePublic,
)
async def cast_vote(session: SessionDep, actor: ActorDep, handling_id: UUID, member_id: UUID, given: VoteGiven) -> Vote:
    return await votes.cast_vote(session, actor=actor, handling_id=handling_id, member_id=member_id, given=given)


@ballots.put(
    "/{handling_id}/ballot/votes/{member_id}/standing",
    operation_id="ballots_state_standing",
    summary="Say whether a vote counts although its condition was left out",
)
async def state_standing(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, member_id: UUID, given: StandingGiven
) -> BallotPublic:
    await confirmed_votes.state_standing(
        session, actor=actor, handling_id=handling_id, member_id=member_id, given=given
    )
    return await _answer(session, actor, response, handling_id)


@ballots.put(
    "/{handling_id}/ballot/recusals/{member_id}",
    operation_id="ballots_declare_recusal",
    summary="Declare a conflict of interest in the ballot",
    response_model=RecusalPublic,
)
async def declare_recusal(
    session: SessionDep, actor: ActorDep, handling_id: UUID, member_id: UUID, given: RecusalGiven
) -> Recusal:
    return await votes.declare_recusal(session, actor=actor, handling_id=handling_id, member_id=member_id, given=given)


action(
    ballots,
    "/{handling_id}/ballot/recusals/{member_id}",
    "ballots_withdraw_recusal",
    "Take part in the ballot after all",
    votes.withdraw_recusal,
    None,
    method="DELETE",
)


@ballots.post(
    "/{handling_id}/ballot/close",
    operation_id="ballots_close_ballot",
    summary="Close before the deadline, since all have voted and agree",
)
async def close_ballot(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch
) -> BallotPublic:
    await ballot_actions.close_ballot(session, actor=actor, handling_id=handling_id, if_version=if_match)
    return await _answer(session, actor, response, handling_id)


@ballots.post(
    "/{handling_id}/ballot/settle_recorded",
    operation_id="ballots_settle_recorded",
    summary="Say, as a second person, whether the recorded votes were given so",
)
async def settle_recorded(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    handling_id: UUID,
    if_match: IfMatch,
    given: RecordedSettled,
) -> BallotPublic:
    await recorded_votes.settle(session, actor=actor, handling_id=handling_id, if_version=if_match, given=given)
    return await _answer(session, actor, response, handling_id)


@ballots.post(
    "/{handling_id}/ballot/conditions/{member_id}",
    operation_id="ballots_answer_condition",
    summary="Accept a proposed condition, or answer why not",
)
async def answer_condition(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    handling_id: UUID,
    member_id: UUID,
    if_match: IfMatch,
    given: ConditionAnswer,
) -> BallotPublic:
    await ballot_actions.answer_condition(
        session, actor=actor, handling_id=handling_id, member_id=member_id, if_version=if_match, given=given
    )
    return await _answer(session, actor, response, handling_id)
