"""Agreements that their parties let everybody see."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.http import ViewerDep
from puumerkki.agreements.queries.public import PUBLIC_AGREEMENT, PUBLIC_AGREEMENTS
from puumerkki.agreements.schemas.public import OpenAgreement, OpenAgreementPage, OpenAgreementQuery
from puumerkki.kernel import reads
from puumerkki.kernel.http import ReadsDep, api_router, item_response, page_response

router = api_router("agreements", tag="agreements")


@router.get(
    "/public",
    operation_id="agreements_list_public",
    summary="Agreements in force that their parties let everybody see, the newest first",
    response_model=OpenAgreementPage,
)
async def list_public(
    request: Request, pool: ReadsDep, viewer: ViewerDep, query: Annotated[OpenAgreementQuery, Query()]
) -> Response:
    page = await reads.page(
        pool,
        PUBLIC_AGREEMENTS,
        viewer=viewer,
        filters={
            "organisation": query.organisation,
            "theme": query.theme,
            "kind": query.kind,
            "q": query.q or None,
        },
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@router.get(
    "/public/{agreement_id}",
    operation_id="agreements_get_public",
    summary="What everybody may see of an agreement: parties, purpose, target groups, period and yearly sums",
    response_model=OpenAgreement,
)
async def get_public(pool: ReadsDep, viewer: ViewerDep, agreement_id: UUID) -> Response:
    return item_response(await reads.one(pool, PUBLIC_AGREEMENT, viewer=viewer, key=agreement_id))
