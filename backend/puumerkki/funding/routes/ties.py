"""Ties in dispute: settling and answering them."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.http import ActorDep
from puumerkki.funding.schemas.ties import TieAnswered, TieSettled
from puumerkki.funding.service import tie_questions
from puumerkki.kernel.http import SessionDep, api_router

questions = api_router("tie-questions", tag="ties")

ROUTERS = (questions,)


@questions.put(
    "/{question_id}/settlement",
    operation_id="ties_settle",
    summary="Settle, as a second person, whether somebody is tied",
    status_code=204,
)
async def settle(session: SessionDep, actor: ActorDep, question_id: UUID, given: TieSettled) -> Response:
    await tie_questions.settle(session, actor=actor, question_id=question_id, given=given)
    return Response(status_code=204)


@questions.put(
    "/{question_id}/answer",
    operation_id="ties_answer",
    summary="Answer what is said about a tie of your own",
    status_code=204,
)
async def answer(session: SessionDep, actor: ActorDep, question_id: UUID, given: TieAnswered) -> Response:
    await tie_questions.answer(session, actor=actor, question_id=question_id, given=given)
    return Response(status_code=204)
