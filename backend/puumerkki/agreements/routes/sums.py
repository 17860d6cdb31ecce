"""Agreements in figures."""

from typing import Annotated

from fastapi import Query, Response

from puumerkki.access.http import CallerDep
from puumerkki.agreements.queries.sums import sums
from puumerkki.agreements.schemas.sums import AgreementSums, AgreementSumsQuery
from puumerkki.kernel import clock
from puumerkki.kernel.http import ReadsDep, api_router

router = api_router("agreements", tag="agreements")


@router.get(
    "/sums",
    operation_id="agreements_get_sums",
    summary="What parties put in, by year, party, target group and agreement, as all parties signed it",
    response_model=AgreementSums,
)
async def get_sums(pool: ReadsDep, caller: CallerDep, query: Annotated[AgreementSumsQuery, Query()]) -> Response:
    caller.person_id()
    year_from, year_to = query.years(clock.today().year)
    found = await sums(pool, caller=caller, organisation_id=query.organisation, year_from=year_from, year_to=year_to)
    return Response(found, media_type="application/json")
