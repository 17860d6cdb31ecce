"""Agreements."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep, ViewerDep
from puumerkki.agreements.models import Agreement
from puumerkki.agreements.queries import agreements as queries
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
from puumerkki.agreements.workflow import AGREEMENT, ForParties
from puumerkki.kernel import reads
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.kernel.refs import Ref
from puumerkki.kernel.timeline import TimelinePage, TimelineQuery, timeline

router = api_router("agreements", tag="agreements")

_KEPT = (
    "id",
    "kind",
    "state",
    "title",
    "language",
    "starts_on",
    "ends_on",
    "current_version",
    "version_in_force",
    "created_at",
    "updated_at",
    "version",
    "drafted_by_organisation_id",
    "application_id",
    "ended_on",
    "ending_reason",
)


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
        filters={"organisation": query.organisation, "state": query.state, "kind": query.kind, "q": query.q or None},
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
    return await _answer(session, response, actor, await queries.agreement(session, actor, agreement_id))


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
    return await _answer(session, response, actor, made)


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
    return await _answer(session, response, actor, found)


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
    return await _answer(session, response, actor, found)


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
    return await _answer(session, response, actor, found)


@router.post(
    "/{agreement_id}/cancel",
    operation_id="agreements_cancel_agreement",
    summary="Give up an agreement that is not in force, and say why",
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
    return await _answer(session, response, actor, found)


@router.post(
    "/{agreement_id}/terminate",
    operation_id="agreements_terminate_agreement",
    summary="Give up an agreement in force from a day on, and say why",
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
    return await _answer(session, response, actor, found)


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


async def _answer(session: SessionDep, response: Response, actor: Actor, found: Agreement) -> AgreementPublic:
    await session.flush()
    set_etag(response, found)
    parties = [organisation for _, organisation in await queries.parties(session, found.id)]
    ids = tuple(one.id for one in parties)
    facts = await drafting.facts_of(session, actor, found, ids)
    acting = ForParties(actor, found.id, drafting.acting_for(found, ids))
    return AgreementPublic.model_validate(
        {name: getattr(found, name) for name in _KEPT}
        | {
            "parties": [{"id": one.id, "names": one.names} for one in parties],
            "content": found.content,
            "contacts": found.private.get("contacts", []),
            "changed": facts.changed,
            "signatures": await queries.signatures(session, found.id),
            "editable": drafting.may_edit(actor, found, ids),
            "sign_for": facts.sign_for,
            "available_actions": AGREEMENT.available(found, actor=acting, facts=facts),
        }
    )
