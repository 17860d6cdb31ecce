"""Handlings: a network's steps with an application."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep, ViewerDep
from puumerkki.funding.models.handlings import Handling
from puumerkki.funding.queries import handlings as queries
from puumerkki.funding.routes.annulments import ROUTERS as ANNULMENTS
from puumerkki.funding.routes.ballots import ROUTERS as BALLOTS
from puumerkki.funding.routes.conditions import ROUTERS as CONDITIONS
from puumerkki.funding.routes.network_powers import ROUTERS as POWERS
from puumerkki.funding.schemas.handlings import (
    BallotGiven,
    DecisionGiven,
    DecisionWordGiven,
    HandlingPage,
    HandlingPublic,
    HandlingQuery,
    ReadingGiven,
    ReasonGiven,
    ReturnGiven,
    StatementGiven,
)
from puumerkki.funding.service import conclusions, decision_words, decisions, effects, polls, review, statements
from puumerkki.funding.service.shown import show_handling
from puumerkki.kernel import reads
from puumerkki.kernel.eventlog.timeline import TimelinePage, TimelineQuery, timeline
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.kernel.subjects import Ref

handlings = api_router("handlings")

ROUTERS = (handlings, *BALLOTS, *ANNULMENTS, *CONDITIONS, *POWERS)


async def _answer(session: SessionDep, response: Response, actor: Actor, handling: Handling) -> HandlingPublic:
    shown = await show_handling(session, actor=actor, handling=handling)
    set_etag(response, handling)
    return HandlingPublic.model_validate(shown)


@handlings.get(
    "", operation_id="handlings_list_handlings", summary="Handlings, the newest first", response_model=HandlingPage
)
async def list_handlings(
    request: Request, pool: ReadsDep, viewer: ViewerDep, query: Annotated[HandlingQuery, Query()]
) -> Response:
    page = await reads.page(
        pool,
        queries.HANDLINGS,
        viewer=viewer,
        filters={"network": query.network, "state": query.state or None, "application": query.application},
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@handlings.get("/{handling_id}", operation_id="handlings_get_handling", summary="One handling, with what can be done")
async def get_handling(session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID) -> HandlingPublic:
    return await _answer(session, response, actor, await queries.handling(session, actor, handling_id))


@handlings.get(
    "/{handling_id}/timeline",
    operation_id="handlings_list_timeline",
    summary="What happened to a handling, the newest first",
    response_model=TimelinePage,
)
async def list_timeline(
    request: Request, pool: ReadsDep, viewer: ViewerDep, handling_id: UUID, query: Annotated[TimelineQuery, Query()]
) -> Response:
    return page_response(
        request, await timeline(pool, viewer=viewer, subject=Ref("handling", handling_id), query=query)
    )


@handlings.post(
    "/{handling_id}/begin_review", operation_id="handlings_begin_review", summary="Take an application up for review"
)
async def begin_review(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch
) -> HandlingPublic:
    found = await review.begin_review(session, actor=actor, handling_id=handling_id, if_version=if_match)
    return await _answer(session, response, actor, found)


@handlings.post(
    "/{handling_id}/return", operation_id="handlings_return_handling", summary="Return it with requests for additions"
)
async def return_handling(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch, given: ReturnGiven
) -> HandlingPublic:
    found = await review.return_handling(
        session, actor=actor, handling_id=handling_id, if_version=if_match, given=given
    )
    return await _answer(session, response, actor, found)


@handlings.post(
    "/{handling_id}/readings",
    operation_id="handlings_record_reading",
    summary="Record that the network has read the version",
    status_code=201,
    dependencies=[Creating],
)
async def record_reading(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch, given: ReadingGiven
) -> HandlingPublic:
    found = await review.record_reading(session, actor=actor, handling_id=handling_id, if_version=if_match, given=given)
    response.headers["Location"] = f"/api/v1/handlings/{found.id}"
    return await _answer(session, response, actor, found)


@handlings.post(
    "/{handling_id}/ask_for_ballot",
    operation_id="handlings_ask_for_ballot",
    summary="Ask for a ballot, as the applicant; it opens automatically after seven days",
)
async def ask_for_ballot(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch
) -> HandlingPublic:
    found = await effects.ask_for_ballot(session, actor=actor, handling_id=handling_id, if_version=if_match)
    return await _answer(session, response, actor, found)


@handlings.post("/{handling_id}/open_ballot", operation_id="handlings_open_ballot", summary="Let the network vote")
async def open_ballot(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch, given: BallotGiven
) -> HandlingPublic:
    found = await polls.open_ballot(session, actor=actor, handling_id=handling_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)


@handlings.post(
    "/{handling_id}/endorse", operation_id="handlings_endorse", summary="Give the puumerkki, as the ballot says"
)
async def endorse(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch
) -> HandlingPublic:
    found = await conclusions.endorse(session, actor=actor, handling_id=handling_id, if_version=if_match)
    return await _answer(session, response, actor, found)


@handlings.post(
    "/{handling_id}/decline", operation_id="handlings_decline", summary="Do not endorse, as the ballot says"
)
async def decline(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch, given: ReasonGiven
) -> HandlingPublic:
    found = await conclusions.decline(session, actor=actor, handling_id=handling_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)


@handlings.post(
    "/{handling_id}/record_decision",
    operation_id="handlings_record_decision",
    summary="Record what a meeting decided; a second person confirms it",
)
async def record_decision(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch, given: DecisionGiven
) -> HandlingPublic:
    found, _ = await decisions.record_decision(
        session, actor=actor, handling_id=handling_id, if_version=if_match, given=given
    )
    return await _answer(session, response, actor, found)


@handlings.post(
    "/{handling_id}/decisions/{decision_id}/confirm",
    operation_id="handlings_confirm_decision",
    summary="Confirm a recorded decision, as a second person",
)
async def confirm_decision(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, decision_id: UUID, if_match: IfMatch
) -> HandlingPublic:
    found = await decisions.confirm_decision(
        session, actor=actor, handling_id=handling_id, decision_id=decision_id, if_version=if_match
    )
    return await _answer(session, response, actor, found)


@handlings.put(
    "/{handling_id}/decisions/{decision_id}/words/{member_id}",
    operation_id="handlings_answer_decision",
    summary="Say for a member that was there whether the meeting decided so",
)
async def answer_decision(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    handling_id: UUID,
    decision_id: UUID,
    member_id: UUID,
    given: DecisionWordGiven,
) -> HandlingPublic:
    found = await decision_words.answer(
        session, actor=actor, handling_id=handling_id, decision_id=decision_id, member_id=member_id, given=given
    )
    return await _answer(session, response, actor, found)


@handlings.post(
    "/{handling_id}/reopen_review",
    operation_id="handlings_reopen_review",
    summary="Back to review after a ballot that settled nothing",
)
async def reopen_review(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch, given: ReasonGiven
) -> HandlingPublic:
    found = await conclusions.reopen_review(
        session, actor=actor, handling_id=handling_id, if_version=if_match, given=given
    )
    return await _answer(session, response, actor, found)


@handlings.post(
    "/{handling_id}/take_new_version",
    operation_id="handlings_take_new_version",
    summary="Handle the newer version again, since it changes more than the conditions asked for",
)
async def take_new_version(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch
) -> HandlingPublic:
    found = await conclusions.take_new_version(session, actor=actor, handling_id=handling_id, if_version=if_match)
    return await _answer(session, response, actor, found)


@handlings.post(
    "/{handling_id}/give_statement",
    operation_id="handlings_give_statement",
    summary="Give an advisory network's statement",
)
async def give_statement(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    handling_id: UUID,
    if_match: IfMatch,
    given: StatementGiven,
) -> HandlingPublic:
    found = await statements.give_statement(
        session, actor=actor, handling_id=handling_id, if_version=if_match, given=given
    )
    return await _answer(session, response, actor, found)


@handlings.delete(
    "/{handling_id}/statement/agreed/{member_id}",
    operation_id="handlings_deny_agreement",
    summary="Say that a member did not agree on the statement",
    status_code=204,
)
async def deny_agreement(session: SessionDep, actor: ActorDep, handling_id: UUID, member_id: UUID) -> None:
    await statements.deny_agreement(session, actor=actor, handling_id=handling_id, member_id=member_id)
