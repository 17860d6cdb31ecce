"""Filings: an application as it was sent to a funder, and what came of it."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep, ViewerDep
from puumerkki.funding.models.filings import Filing
from puumerkki.funding.queries import filings as queries
from puumerkki.funding.schemas import filings as schemas
from puumerkki.funding.schemas.filings import FilingPage, FilingPublic
from puumerkki.funding.service import filings as service
from puumerkki.kernel import reads
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag

filings = api_router("filings")

ROUTERS = (filings,)


async def _answer(session: SessionDep, response: Response, actor: Actor, filing: Filing) -> FilingPublic:
    await session.flush()
    set_etag(response, filing)
    title, funder_names = await queries.names(session, filing)
    return FilingPublic(
        **{name: getattr(filing, name) for name in queries.COLUMNS},
        title=title,
        funder_names=funder_names,
        differences=[schemas.Difference.model_validate(one) for one in filing.differences],
        decision_reason=filing.decision_reason,
        plan_change=filing.plan_change,
        granted_in_full=service.granted_in_full(filing),
        available_actions=await service.available(session, actor, filing),
    )


@filings.get(
    "",
    operation_id="filings_list_filings",
    summary="Filings that you may know of, the newest first",
    response_model=FilingPage,
)
async def list_filings(
    request: Request, pool: ReadsDep, viewer: ViewerDep, query: Annotated[schemas.FilingQuery, Query()]
) -> Response:
    viewer.person_id()
    page = await reads.page(
        pool,
        queries.FILINGS,
        viewer=viewer,
        filters={"application": query.application, "funder": query.funder, "state": query.state},
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@filings.get("/{filing_id}", operation_id="filings_get_filing", summary="One filing", response_model=FilingPublic)
async def get_filing(session: SessionDep, actor: ActorDep, response: Response, filing_id: UUID) -> FilingPublic:
    return await _answer(session, response, actor, await queries.filing(session, actor, filing_id))


@filings.post(
    "",
    operation_id="filings_plan_filing",
    summary="Plan to file an application with a funder",
    status_code=201,
    response_model=FilingPublic,
    dependencies=[Creating],
)
async def plan_filing(
    session: SessionDep, actor: ActorDep, response: Response, given: schemas.FilingCreate
) -> FilingPublic:
    made = await service.plan_filing(session, actor=actor, given=given)
    response.headers["Location"] = f"/api/v1/filings/{made.id}"
    return await _answer(session, response, actor, made)


@filings.patch(
    "/{filing_id}",
    operation_id="filings_update_filing",
    summary="Change a planned filing",
    response_model=FilingPublic,
)
async def update_filing(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    filing_id: UUID,
    if_match: IfMatch,
    given: schemas.FilingUpdate,
) -> FilingPublic:
    found = await service.update_filing(session, actor=actor, filing_id=filing_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)


@filings.post(
    "/{filing_id}/file",
    operation_id="filings_file_filing",
    summary="Record that it was filed with the funder",
    response_model=FilingPublic,
)
async def file_filing(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    filing_id: UUID,
    if_match: IfMatch,
    given: schemas.FilingFile,
) -> FilingPublic:
    found = await service.file_filing(session, actor=actor, filing_id=filing_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)


@filings.post(
    "/{filing_id}/grant",
    operation_id="filings_grant_filing",
    summary="Record that the funder granted money",
    response_model=FilingPublic,
)
async def grant_filing(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    filing_id: UUID,
    if_match: IfMatch,
    given: schemas.FilingGrant,
) -> FilingPublic:
    found = await service.grant_filing(session, actor=actor, filing_id=filing_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)


@filings.post(
    "/{filing_id}/refuse",
    operation_id="filings_refuse_filing",
    summary="Record that the funder refused it",
    response_model=FilingPublic,
)
async def refuse_filing(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    filing_id: UUID,
    if_match: IfMatch,
    given: schemas.FilingRefuse,
) -> FilingPublic:
    found = await service.refuse_filing(session, actor=actor, filing_id=filing_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)


@filings.post(
    "/{filing_id}/withdraw",
    operation_id="filings_withdraw_filing",
    summary="Withdraw a filing",
    response_model=FilingPublic,
)
async def withdraw_filing(
    session: SessionDep, actor: ActorDep, response: Response, filing_id: UUID, if_match: IfMatch
) -> FilingPublic:
    found = await service.withdraw_filing(session, actor=actor, filing_id=filing_id, if_version=if_match)
    return await _answer(session, response, actor, found)


@filings.post(
    "/{filing_id}/change_plan",
    operation_id="filings_change_plan",
    summary="Record a change of the plan after the grant",
    response_model=FilingPublic,
)
async def change_plan(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    filing_id: UUID,
    if_match: IfMatch,
    given: schemas.FilingPlanChange,
) -> FilingPublic:
    found = await service.change_plan(session, actor=actor, filing_id=filing_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)


@filings.post(
    "/{filing_id}/report",
    operation_id="filings_report_filing",
    summary="Record that the report was given to the funder",
    response_model=FilingPublic,
)
async def report_filing(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    filing_id: UUID,
    if_match: IfMatch,
    given: schemas.FilingReport,
) -> FilingPublic:
    found = await service.report_filing(session, actor=actor, filing_id=filing_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)


@filings.post(
    "/{filing_id}/close",
    operation_id="filings_close_filing",
    summary="Close a filing that has been reported on",
    response_model=FilingPublic,
)
async def close_filing(
    session: SessionDep, actor: ActorDep, response: Response, filing_id: UUID, if_match: IfMatch
) -> FilingPublic:
    found = await service.close_filing(session, actor=actor, filing_id=filing_id, if_version=if_match)
    return await _answer(session, response, actor, found)


@filings.post(
    "/{filing_id}/recover",
    operation_id="filings_recover_filing",
    summary="Record money that has to be paid back",
    response_model=FilingPublic,
)
async def recover_filing(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    filing_id: UUID,
    if_match: IfMatch,
    given: schemas.FilingRecover,
) -> FilingPublic:
    found = await service.recover_filing(session, actor=actor, filing_id=filing_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)
