"""Ties in dispute: settling and answering them."""

from puumerkki.access.declare import action
from puumerkki.disqualification.service import tie_questions
from puumerkki.kernel.http import api_router

questions = api_router("tie-questions", tag="ties")

ROUTERS = (questions,)


action(
    questions,
    "/{question_id}/settlement",
    "ties_settle",
    "Settle, as a second person, whether somebody is tied",
    tie_questions.settle,
    None,
    method="PUT",
)

action(
    questions,
    "/{question_id}/answer",
    "ties_answer",
    "Answer what is said about a tie of your own",
    tie_questions.answer,
    None,
    method="PUT",
)
