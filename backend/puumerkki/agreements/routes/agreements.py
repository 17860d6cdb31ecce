"""Agreements."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.http import ActorDep, ViewerDep
from puumerkki.agreements.queries import agreements as queries
from puumerkki.agreements.queries.filters import filters_of
from puumerkki.agreements.routes.answers import answer
from puumerkki.agreements.schemas.agreements import (
    AgreementCreate,
    AgreementEnding,
    AgreementPage,
    AgreementPublic,
    AgreementQuery,
    AgreementSign,
    AgreementTermination,
    AgreementUpdate,
)
from puumerkki.agreements.service import drafting, signing
from puumerkki.kernel import reads
from puumerkki.kernel.eventlog.timeline import TimelinePage, TimelineQuery, timeline
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response
from puumerkki.kernel.subjects import Ref

router = api_router("agreements", tag="agreements")


@router.get(
    "",
    operation_id="agreements_list_agreements",
    summary="Agreements that you may know of, the newest first or by title",
    response_model=AgreementPage,
)
async def list_agreements(
    request: Request, pool: ReadsDep, viewer: ViewerDep, query: Annotated[AgreementQuery, Query()]
) -> Response:
    viewer.person_id()
    page = await reads.page(
        pool,
        queries.AGREEMENTS,
        viewer=viewer,
        filters=filters_of(query),
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@router.get(
    "/{agreement_id}",
    operation_id="agreements_get_agreement",
    summary="One agreement",
    response_model=AgreementPublic,
)
async def get_agreement(
    session: SessionDep, actor: ActorDep, response: Response, agreement_id: UUID
) -> AgreementPublic:
    return await answer(session, response, actor, await queries.agreement(session, actor, agreement_id))


@router.post(
    "",
    operation_id="agreements_create_agreement",
    summary="Draft an agreement",
    status_code=201,
    response_model=AgreementPublic,
    dependencies=[Creating],
)
async def create_agreement(
    session: SessionDep, actor: ActorDep, response: Response, given: AgreementCreate
) -> AgreementPublic:
    made = await drafting.draft(session, actor=actor, given=given)
    response.headers["Location"] = f"/api/v1/agreements/{made.id}"
    return await answer(session, response, actor, made)


@router.patch(
    "/{agreement_id}",
    operation_id="agreements_update_agreement",
    summary="Change the working copy of an agreement",
    response_model=AgreementPublic,
)
async def update_agreement(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    agreement_id: UUID,
    if_match: IfMatch,
    given: AgreementUpdate,
) -> AgreementPublic:
    found = await drafting.update(session, actor=actor, agreement_id=agreement_id, if_version=if_match, given=given)
    return await answer(session, response, actor, found)


@router.post(
    "/{agreement_id}/propose",
    operation_id="agreements_propose_agreement",
    summary="Freeze the working copy into a version for all parties to read and sign",
    response_model=AgreementPublic,
)
async def propose_agreement(
    session: SessionDep, actor: ActorDep, response: Response, agreement_id: UUID, if_match: IfMatch
) -> AgreementPublic:
    found = await drafting.propose(session, actor=actor, agreement_id=agreement_id, if_version=if_match)
    return await answer(session, response, actor, found)


@router.post(
    "/{agreement_id}/sign",
    operation_id="agreements_sign_agreement",
    summary="Sign the newest version for a party; the last signature brings it into force",
    response_model=AgreementPublic,
)
async def sign_agreement(
    session: SessionDep, actor: ActorDep, response: Response, agreement_id: UUID, given: AgreementSign
) -> AgreementPublic:
    found = await signing.sign(session, actor=actor, agreement_id=agreement_id, given=given)
    return await answer(session, response, actor, found)


@router.post(
    "/{agreement_id}/cancel",
    operation_id="agreements_cancel_agreement",
    summary="Cancel a proposed agreement that is not in force, and say why",
    response_model=AgreementPublic,
)
async def cancel_agreement(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    agreement_id: UUID,
    if_match: IfMatch,
    given: AgreementEnding,
) -> AgreementPublic:
    found = await signing.cancel(session, actor=actor, agreement_id=agreement_id, if_version=if_match, given=given)
    return await answer(session, response, actor, found)


@router.post(
    "/{agreement_id}/withdraw",
    operation_id="agreements_withdraw_amendment",
    summary="Withdraw an amendment that not all have signed, and say why",
    response_model=AgreementPublic,
)
async def withdraw_amendment(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    agreement_id: UUID,
    if_match: IfMatch,
    given: AgreementEnding,
) -> AgreementPublic:
    found = await signing.withdraw(session, actor=actor, agreement_id=agreement_id, if_version=if_match, given=given)
    return await answer(session, response, actor, found)


@router.post(
    "/{agreement_id}/terminate",
    operation_id="agreements_terminate_agreement",
    summary="Terminate an agreement in force from a day on, and say why",
    response_model=AgreementPublic,
)
async def terminate_agreement(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    agreement_id: UUID,
    if_match: IfMatch,
    given: AgreementTermination,
) -> AgreementPublic:
    found = await signing.terminate(session, actor=actor, agreement_id=agreement_id, if_version=if_match, given=given)
    return await answer(session, response, actor, found)


@router.get(
    "/{agreement_id}/timeline",
    operation_id="agreements_list_timeline",
    summary="What happened to an agreement, the newest first",
    response_model=TimelinePage,
)
async def list_timeline(
    request: Request, pool: ReadsDep, viewer: ViewerDep, agreement_id: UUID, query: Annotated[TimelineQuery, Query()]
) -> Response:
    viewer.person_id()
    subject = Ref("agreement", agreement_id)
    return page_response(request, await timeline(pool, viewer=viewer, subject=subject, query=query))
