"""Rulebooks and who accepted them."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Request, Response

from puumerkki.access.http import ActorDep, AnyActorDep, ViewerDep
from puumerkki.kernel import reads
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.networks import queries
from puumerkki.networks.models import Rulebook
from puumerkki.networks.queries.known import require_network, rulebook_id
from puumerkki.networks.queries.listings import ACCEPTANCES, RULEBOOKS
from puumerkki.networks.schemas.rulebooks import (
    AcceptancePage,
    AcceptancePublic,
    AcceptanceQuery,
    CompareQuery,
    RulebookAdopt,
    RulebookComparison,
    RulebookCreate,
    RulebookPage,
    RulebookPublic,
    RulebookQuery,
    RulebookUpdate,
)
from puumerkki.networks.service import rulebooks as service
from puumerkki.networks.service import views

rulebooks = api_router("networks")
Number = Annotated[int, Path(ge=1, le=1_000_000)]


async def _shown(session: SessionDep, actor: AnyActorDep, response: Response, book: Rulebook) -> RulebookPublic:
    await session.flush()
    set_etag(response, book)
    return await views.rulebook_public(session, actor=actor, book=book)


@rulebooks.get(
    "/{network_id}/rulebooks",
    operation_id="networks_list_rulebooks",
    summary="Versions of a network's rulebook",
    response_model=RulebookPage,
)
async def list_rulebooks(
    request: Request, pool: ReadsDep, viewer: ViewerDep, network_id: UUID, query: Annotated[RulebookQuery, Query()]
) -> Response:
    await require_network(pool, viewer=viewer, network_id=network_id)
    page = await reads.page(
        pool,
        RULEBOOKS,
        viewer=viewer,
        filters={"network": network_id, "state": query.state},
        sort="-number",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@rulebooks.get(
    "/{network_id}/rulebooks/compare",
    operation_id="networks_compare_rulebooks",
    summary="What differs between two versions of the rulebook",
)
async def compare_rulebooks(
    session: SessionDep, actor: AnyActorDep, network_id: UUID, query: Annotated[CompareQuery, Query()]
) -> RulebookComparison:
    return await views.compare_rulebooks(session, actor=actor, network_id=network_id, old=query.old, new=query.new)


@rulebooks.get(
    "/{network_id}/rulebooks/{number}",
    operation_id="networks_get_rulebook",
    summary="One version of the rulebook",
)
async def get_rulebook(
    session: SessionDep, actor: AnyActorDep, response: Response, network_id: UUID, number: Number
) -> RulebookPublic:
    book = await queries.rulebook(session, actor=actor, network_id=network_id, number=number)
    return await _shown(session, actor, response, book)


@rulebooks.post(
    "/{network_id}/rulebooks",
    operation_id="networks_create_rulebook",
    summary="Draft the next version of the rulebook",
    status_code=201,
    dependencies=[Creating],
)
async def create_rulebook(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, given: RulebookCreate
) -> RulebookPublic:
    made = await service.draft_rulebook(session, actor=actor, network_id=network_id, given=given)
    response.headers["Location"] = f"/api/v1/networks/{network_id}/rulebooks/{made.number}"
    return await _shown(session, actor, response, made)


@rulebooks.patch("/{network_id}/rulebooks/{number}", operation_id="networks_update_rulebook", summary="Change a draft")
async def update_rulebook(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    number: Number,
    if_match: IfMatch,
    given: RulebookUpdate,
) -> RulebookPublic:
    book = await service.update_rulebook(
        session, actor=actor, network_id=network_id, number=number, if_version=if_match, given=given
    )
    return await _shown(session, actor, response, book)


@rulebooks.delete(
    "/{network_id}/rulebooks/{number}",
    operation_id="networks_delete_rulebook",
    summary="Throw a draft away",
    status_code=204,
)
async def delete_rulebook(
    session: SessionDep, actor: ActorDep, network_id: UUID, number: Number, if_match: IfMatch
) -> None:
    await service.delete_rulebook(session, actor=actor, network_id=network_id, number=number, if_version=if_match)


@rulebooks.post(
    "/{network_id}/rulebooks/{number}/adopt",
    operation_id="networks_adopt_rulebook",
    summary="Put a draft into force and ask the members to accept it",
)
async def adopt_rulebook(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    number: Number,
    if_match: IfMatch,
    given: RulebookAdopt,
) -> RulebookPublic:
    book = await service.adopt_rulebook(
        session, actor=actor, network_id=network_id, number=number, if_version=if_match, given=given
    )
    return await _shown(session, actor, response, book)


@rulebooks.get(
    "/{network_id}/rulebooks/{number}/acceptances",
    operation_id="networks_list_acceptances",
    summary="Who accepted a version of the rulebook",
    response_model=AcceptancePage,
)
async def list_acceptances(
    request: Request,
    pool: ReadsDep,
    viewer: ViewerDep,
    network_id: UUID,
    number: Number,
    query: Annotated[AcceptanceQuery, Query()],
) -> Response:
    book = await rulebook_id(pool, viewer=viewer, network_id=network_id, number=number)
    page = await reads.page(
        pool,
        ACCEPTANCES,
        viewer=viewer,
        filters={"rulebook": book},
        sort="name",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@rulebooks.put(
    "/{network_id}/rulebooks/{number}/acceptances/{member_id}",
    operation_id="networks_accept_rulebook",
    summary="A member accepts the rulebook in force",
)
async def accept_rulebook(
    session: SessionDep, actor: ActorDep, network_id: UUID, number: Number, member_id: UUID
) -> AcceptancePublic:
    member, kept = await service.accept_rulebook(
        session, actor=actor, network_id=network_id, number=number, member_id=member_id
    )
    return await views.acceptance_public(session, member=member, acceptance=kept)
