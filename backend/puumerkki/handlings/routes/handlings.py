"""Handlings: a network's steps with an application."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action, history, listing
from puumerkki.access.http import ActorDep
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.routes.responses import answer
from puumerkki.handlings.schemas.handlings import DecisionGiven, HandlingPage, HandlingPublic, HandlingQuery
from puumerkki.handlings.service import (
    ballot_actions,
    conclusions,
    decision_words,
    decisions,
    effects,
    review,
    statements,
)
from puumerkki.kernel.http import IfMatch, SessionDep, api_router

handlings = api_router("handlings")

ROUTERS = (handlings,)


listing(
    handlings,
    "",
    "handlings_list_handlings",
    "Handlings, the newest first",
    queries.HANDLINGS,
    HandlingPage,
    HandlingQuery,
)


@handlings.get("/{handling_id}", operation_id="handlings_get_handling", summary="One handling, with what can be done")
async def get_handling(session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID) -> HandlingPublic:
    return await answer(session, actor, response, await queries.handling(session, actor, handling_id))


history(
    handlings,
    "/{handling_id}/timeline",
    "handlings_list_timeline",
    "What happened to a handling, the newest first",
    "handling",
)

action(
    handlings,
    "/{handling_id}/begin_review",
    "handlings_begin_review",
    "Take an application up for review",
    review.begin_review,
    answer,
)

action(
    handlings,
    "/{handling_id}/return",
    "handlings_return_handling",
    "Return it with requests for additions",
    review.return_handling,
    answer,
)

action(
    handlings,
    "/{handling_id}/readings",
    "handlings_record_reading",
    "Record that the network has read the version",
    review.record_reading,
    answer,
    location="/{id}",
)

action(
    handlings,
    "/{handling_id}/ask_for_ballot",
    "handlings_ask_for_ballot",
    "Ask for a ballot, as the applicant; it opens automatically after seven days",
    effects.ask_for_ballot,
    answer,
)

action(
    handlings,
    "/{handling_id}/open_ballot",
    "handlings_open_ballot",
    "Let the network vote",
    ballot_actions.open_ballot,
    answer,
)

action(
    handlings,
    "/{handling_id}/endorse",
    "handlings_endorse",
    "Give the puumerkki, as the ballot says",
    conclusions.endorse,
    answer,
)

action(
    handlings,
    "/{handling_id}/decline",
    "handlings_decline",
    "Do not endorse, as the ballot says",
    conclusions.decline,
    answer,
)


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
    return await answer(session, actor, response, found)


action(
    handlings,
    "/{handling_id}/decisions/{decision_id}/confirm",
    "handlings_confirm_decision",
    "Confirm a recorded decision, as a second person",
    decisions.confirm_decision,
    answer,
)

action(
    handlings,
    "/{handling_id}/decisions/{decision_id}/words/{member_id}",
    "handlings_answer_decision",
    "Say for a member that was there whether the meeting decided so",
    decision_words.answer,
    answer,
    method="PUT",
)

action(
    handlings,
    "/{handling_id}/reopen_review",
    "handlings_reopen_review",
    "Back to review after a ballot that settled nothing",
    conclusions.reopen_review,
    answer,
)

action(
    handlings,
    "/{handling_id}/take_new_version",
    "handlings_take_new_version",
    "Handle the newer version again, since it changes more than the conditions asked for",
    conclusions.take_new_version,
    answer,
)

action(
    handlings,
    "/{handling_id}/give_statement",
    "handlings_give_statement",
    "Give an advisory network's statement",
    statements.give_statement,
    answer,
)

action(
    handlings,
    "/{handling_id}/statement/agreed/{member_id}",
    "handlings_deny_agreement",
    "Say that a member did not agree on the statement",
    statements.deny_agreement,
    None,
    method="DELETE",
)
