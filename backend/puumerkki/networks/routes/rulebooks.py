"""Rulebooks and who accepted them."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from puumerkki.access.actor import Caller
from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep, AnyActorDep
from puumerkki.kernel.http import Creating, ReadsDep, SessionDep, api_router, set_etag
from puumerkki.networks import queries
from puumerkki.networks.models.networks import Rulebook
from puumerkki.networks.queries.listings import ACCEPTANCES, RULEBOOKS
from puumerkki.networks.queries.lookups import rulebook_id
from puumerkki.networks.routes.within import of_network
from puumerkki.networks.schemas.rulebooks import (
    AcceptancePage,
    AcceptancePublic,
    AcceptanceQuery,
    CompareQuery,
    RulebookComparison,
    RulebookCreate,
    RulebookNumber,
    RulebookPage,
    RulebookPublic,
    RulebookQuery,
)
from puumerkki.networks.service import rulebooks as service
from puumerkki.networks.service import views

rulebooks = api_router("networks")


async def rulebook_response(
    session: SessionDep, actor: AnyActorDep, response: Response, book: Rulebook
) -> RulebookPublic:
    await session.flush()
    set_etag(response, book)
    return await views.rulebook_public(session, actor=actor, book=book)


listing(
    rulebooks,
    "/{network_id}/rulebooks",
    "networks_list_rulebooks",
    "Versions of a network's rulebook",
    RULEBOOKS,
    RulebookPage,
    RulebookQuery,
    within=of_network,
)


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
    session: SessionDep, actor: AnyActorDep, response: Response, network_id: UUID, number: RulebookNumber
) -> RulebookPublic:
    book = await queries.rulebook(session, actor=actor, network_id=network_id, number=number)
    return await rulebook_response(session, actor, response, book)


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
    return await rulebook_response(session, actor, response, made)


action(
    rulebooks,
    "/{network_id}/rulebooks/{number}",
    "networks_update_rulebook",
    "Change a draft",
    service.update_rulebook,
    rulebook_response,
    method="PATCH",
)

action(
    rulebooks,
    "/{network_id}/rulebooks/{number}",
    "networks_delete_rulebook",
    "Throw a draft away",
    service.delete_rulebook,
    None,
    method="DELETE",
)

action(
    rulebooks,
    "/{network_id}/rulebooks/{number}/adopt",
    "networks_adopt_rulebook",
    "Put a draft into force and ask the members to accept it",
    service.adopt_rulebook,
    rulebook_response,
)


async def _of_rulebook(pool: ReadsDep, caller: Caller, network_id: UUID, number: RulebookNumber) -> dict[str, UUID]:
    return {"rulebook": await rulebook_id(pool, caller=caller, network_id=network_id, number=number)}


listing(
    rulebooks,
    "/{network_id}/rulebooks/{number}/acceptances",
    "networks_list_acceptances",
    "Who accepted a version of the rulebook",
    ACCEPTANCES,
    AcceptancePage,
    AcceptanceQuery,
    within=_of_rulebook,
)


@rulebooks.put(
    "/{network_id}/rulebooks/{number}/acceptances/{member_id}",
    operation_id="networks_accept_rulebook",
    summary="A member accepts the rulebook in force",
)
async def accept_rulebook(
    session: SessionDep, actor: ActorDep, network_id: UUID, number: RulebookNumber, member_id: UUID
) -> AcceptancePublic:
    member, kept = await service.accept_rulebook(
        session, actor=actor, network_id=network_id, number=number, member_id=member_id
    )
    return await views.acceptance_public(session, member=member, acceptance=kept)
