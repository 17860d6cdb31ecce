"""What I declare of myself, so that I stand aside from cases of those I am tied to."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep
from puumerkki.kernel import reads
from puumerkki.kernel.http import ReadsDep, SessionDep, api_router, page_response
from puumerkki.organisations.queries.people import AFFILIATIONS
from puumerkki.organisations.schemas.organisations import AffiliationPage, AffiliationPut, AffiliationQuery
from puumerkki.organisations.service import people as service

router = api_router("affiliations", tag="organisations")


@router.get(
    "",
    operation_id="organisations_list_affiliations",
    summary="The ties that I declared",
    response_model=AffiliationPage,
)
async def list_affiliations(
    request: Request, pool: ReadsDep, actor: ActorDep, query: Annotated[AffiliationQuery, Query()]
) -> Response:
    page = await reads.page(pool, AFFILIATIONS, caller=actor, sort="name", limit=query.limit, cursor=query.cursor)
    return page_response(request, page)


@router.put(
    "/{organisation_id}",
    operation_id="organisations_put_affiliation",
    summary="Declare what ties me to an organisation",
    status_code=204,
)
async def put_affiliation(session: SessionDep, actor: ActorDep, organisation_id: UUID, given: AffiliationPut) -> None:
    await service.put_affiliation(session, actor=actor, organisation_id=organisation_id, kinds=given.kinds)


action(
    router,
    "/{organisation_id}",
    "organisations_delete_affiliation",
    "Withdraw what I declared of an organisation",
    service.delete_affiliation,
    None,
    method="DELETE",
)
