"""Evaluations."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import SessionDep, api_router, set_etag
from puumerkki.kernel.subjects import Ref
from puumerkki.reports.models import Evaluation
from puumerkki.reports.queries import evaluations as queries
from puumerkki.reports.queries.parties import names
from puumerkki.reports.schemas.evaluations import (
    EvaluationList,
    EvaluationPublic,
)
from puumerkki.reports.schemas.figures import ReportedQuery
from puumerkki.reports.service import evaluations as service

evaluations = api_router("evaluations")


async def _answer(session: SessionDep, actor: Actor, response: Response, found: Evaluation) -> EvaluationPublic:
    await session.flush()
    set_etag(response, found)
    complete = await queries.is_complete(session, Ref(found.subject_kind, found.subject_id), found.year)
    [public] = await _public(session, actor, [found], {found.year} if complete else set())
    return public


@evaluations.get(
    "",
    operation_id="evaluations_list_evaluations",
    summary="How the parties see each year of something, the latest year first",
    response_model=EvaluationList,
)
async def list_evaluations(
    session: SessionDep, actor: ActorDep, query: Annotated[ReportedQuery, Query()]
) -> EvaluationList:
    subject = Ref(query.subject_kind, query.subject_id)
    found, parties = await queries.evaluations(session, actor, subject)
    wanted = {one.id for one in parties}
    years = {one.year: {other.organisation_id for other in found if other.year == one.year} for one in found}
    return EvaluationList(items=await _public(session, actor, found, {year for year in years if wanted <= years[year]}))


@evaluations.get(
    "/{evaluation_id}",
    operation_id="evaluations_get_evaluation",
    summary="One evaluation",
    response_model=EvaluationPublic,
)
async def get_evaluation(
    session: SessionDep, actor: ActorDep, response: Response, evaluation_id: UUID
) -> EvaluationPublic:
    return await _answer(session, actor, response, await queries.evaluation(session, actor, evaluation_id))


action(
    evaluations,
    "",
    "evaluations_give_evaluation",
    "Say how a party sees a year; the other parties read it",
    service.give_evaluation,
    _answer,
    location="/{id}",
)

action(
    evaluations,
    "/{evaluation_id}",
    "evaluations_update_evaluation",
    "Change what a party said, until all have evaluated that year",
    service.update_evaluation,
    _answer,
    method="PATCH",
)


async def _public(
    session: SessionDep, actor: Actor, found: Sequence[Evaluation], complete_years: set[int]
) -> list[EvaluationPublic]:
    known = await names(session, [one.organisation_id for one in found])
    return [
        EvaluationPublic.model_validate(
            one.model_dump(exclude={"organisation_id"})
            | {
                "organisation": known[one.organisation_id],
                "complete": one.year in complete_years,
                "editable": queries.may_change(actor, one, complete=one.year in complete_years),
            }
        )
        for one in found
    ]
