"""Agreements that their parties let everybody see."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import listing
from puumerkki.access.http import CallerDep
from puumerkki.agreements.queries.public import PUBLIC_AGREEMENT, PUBLIC_AGREEMENTS
from puumerkki.agreements.schemas.public import OpenAgreement, OpenAgreementPage, OpenAgreementQuery
from puumerkki.kernel import reads
from puumerkki.kernel.http import ReadsDep, api_router, item_response

router = api_router("agreements", tag="agreements")


listing(
    router,
    "/public",
    "agreements_list_public",
    "Agreements in force that their parties let everybody see, the newest first",
    PUBLIC_AGREEMENTS,
    OpenAgreementPage,
    OpenAgreementQuery,
)


@router.get(
    "/public/{agreement_id}",
    operation_id="agreements_get_public",
    summary="What everybody may see of an agreement: parties, purpose, target groups, period and yearly sums",
    response_model=OpenAgreement,
)
async def get_public(pool: ReadsDep, caller: CallerDep, agreement_id: UUID) -> Response:
    return item_response(await reads.one(pool, PUBLIC_AGREEMENT, caller=caller, key=agreement_id))
