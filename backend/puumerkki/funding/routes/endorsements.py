"""The public register of marks, and their check."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from puumerkki.access.http import ViewerDep
from puumerkki.funding import credential
from puumerkki.funding.queries import endorsements as queries
from puumerkki.funding.schemas.endorsements import (
    NUMBER,
    EndorsementPage,
    EndorsementPublic,
    EndorsementQuery,
    VerdictPublic,
    VerifyGiven,
)
from puumerkki.funding.service import checking
from puumerkki.kernel import reads
from puumerkki.kernel.http import ReadsDep, SessionDep, api_router, item_response, page_response

endorsements = api_router("endorsements")

ROUTERS = (endorsements,)

Number = Annotated[str, Path(pattern=NUMBER, examples=["ELAMANKAARI-2026-0007"])]
_TOKEN: dict[int | str, dict[str, object]] = {
    200: {"content": {credential.MEDIA_TYPE: {"schema": {"type": "string"}}}, "description": "A signed credential"}
}
_SNAPSHOT: dict[int | str, dict[str, object]] = {
    200: {"content": {"application/json": {"schema": {"type": "object"}}}, "description": "RFC 8785 bytes"}
}


@endorsements.get(
    "",
    operation_id="endorsements_list_endorsements",
    summary="The register of marks, the newest first",
    response_model=EndorsementPage,
)
async def list_endorsements(
    request: Request, pool: ReadsDep, viewer: ViewerDep, query: Annotated[EndorsementQuery, Query()]
) -> Response:
    page = await reads.page(
        pool,
        queries.ENDORSEMENTS,
        viewer=viewer,
        filters={
            "network": query.network,
            "application": query.application,
            "state": query.state,
            "year": query.year,
            "q": query.q or None,
        },
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@endorsements.get(
    "/status-list",
    operation_id="endorsements_get_status_list",
    summary="The signed status list (Bitstring Status List)",
    response_class=Response,
    responses=_TOKEN,
)
async def get_status_list(session: SessionDep) -> Response:
    return Response(await checking.status_list(session), media_type=credential.MEDIA_TYPE)


@endorsements.post(
    "/verify",
    operation_id="endorsements_verify",
    summary="Check a credential, with its snapshot if there is one",
    openapi_extra={"x-not-replayable": True},
)
async def verify(session: SessionDep, given: VerifyGiven) -> VerdictPublic:
    return await checking.verify(session, given=given)


@endorsements.get(
    "/{number}", operation_id="endorsements_get_endorsement", summary="One mark", response_model=EndorsementPublic
)
async def get_endorsement(pool: ReadsDep, viewer: ViewerDep, number: Number) -> Response:
    return item_response(await reads.one(pool, queries.ENDORSEMENT, viewer=viewer, key=number))


@endorsements.get(
    "/{number}/credential",
    operation_id="endorsements_get_credential",
    summary="A mark's signed credential (W3C Verifiable Credential 2.0 as JWT)",
    response_class=Response,
    responses=_TOKEN,
)
async def get_credential(session: SessionDep, number: Number) -> Response:
    mark = await queries.by_number(session, number)
    return Response(mark.credential, media_type=credential.MEDIA_TYPE)


@endorsements.get(
    "/{number}/snapshot",
    operation_id="endorsements_get_snapshot",
    summary="The frozen bytes that a mark stands on, for those who may read the application",
    response_class=Response,
    responses=_SNAPSHOT,
)
async def get_snapshot(session: SessionDep, viewer: ViewerDep, number: Number) -> Response:
    mark = await queries.readable_snapshot(session, viewer, number)
    return Response(mark.snapshot, media_type="application/json")
