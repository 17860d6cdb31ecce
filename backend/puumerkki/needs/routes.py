"""Needs."""

from functools import partial
from uuid import UUID

from fastapi import Response

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep, AnyActorDep
from puumerkki.access.known_elsewhere import PATH, put_by_external_id
from puumerkki.kernel.external_ids import SchemeParam, ValueParam
from puumerkki.kernel.http import IfMatch, SessionDep, api_router, set_etag
from puumerkki.needs import external_ids, queries, service
from puumerkki.needs.exports import NEEDS_EXPORTED
from puumerkki.needs.models import Need
from puumerkki.needs.schemas import (
    NeedDetails,
    NeedDrop,
    NeedPage,
    NeedQuery,
)
from puumerkki.needs.workflow import NEED

router = api_router("needs", tag="needs")

ROUTERS = (router,)


async def _details(session: SessionDep, actor: Actor, response: Response, need: Need) -> NeedDetails:
    await session.flush()
    set_etag(response, need)
    return NeedDetails.model_validate(
        need.model_dump(exclude={"raised_by", "sort_key", "external_scheme", "external_id"})
        | await queries.names_around(session, need)
        | {"available_actions": NEED.available(need, actor=actor), "editable": service.may_change(actor, need)}
    )


listing(
    router,
    "",
    "needs_list_needs",
    "Needs, by time or title",
    queries.NEEDS,
    NeedPage,
    NeedQuery,
    filters=queries.filters_of,
    exported=NEEDS_EXPORTED,
)


@router.get("/{need_id}", operation_id="needs_get_need", summary="One need", response_model=NeedDetails)
async def get_need(session: SessionDep, actor: AnyActorDep, response: Response, need_id: UUID) -> NeedDetails:
    return await _details(session, actor, response, await queries.readable_need(session, actor, need_id))


action(router, "", "needs_create_need", "Raise a need in a network", service.raise_need, _details, location="/{id}")

action(router, "/{need_id}", "needs_update_need", "Change a need", service.update_need, _details, method="PATCH")

action(
    router,
    "/{need_id}/agree",
    "needs_agree_need",
    "The network agrees on a need",
    partial(service.act_on_need, action="agree"),
    _details,
)

action(
    router,
    "/{need_id}/begin",
    "needs_begin_need",
    "Somebody has begun to meet a need",
    partial(service.act_on_need, action="begin"),
    _details,
)

action(
    router,
    "/{need_id}/meet",
    "needs_meet_need",
    "A need has been met",
    partial(service.act_on_need, action="meet"),
    _details,
)


@router.post(
    "/{need_id}/drop", operation_id="needs_drop_need", summary="Let a need go, and say why", response_model=NeedDetails
)
async def drop_need(
    session: SessionDep, actor: ActorDep, response: Response, need_id: UUID, if_match: IfMatch, given: NeedDrop
) -> NeedDetails:
    found = await service.act_on_need(
        session, actor=actor, need_id=need_id, action="drop", if_version=if_match, closing_note=given.closing_note
    )
    return await _details(session, actor, response, found)


action(
    router,
    "/{need_id}/reopen",
    "needs_reopen_need",
    "Take up again what was met or dropped",
    partial(service.act_on_need, action="reopen"),
    _details,
)


@router.get(
    PATH,
    operation_id="needs_get_by_external_id",
    summary="A network's need with this id in another system",
    response_model=NeedDetails,
)
async def get_by_external_id(
    session: SessionDep,
    actor: AnyActorDep,
    response: Response,
    scheme: SchemeParam,
    external_id: ValueParam,
    network: UUID,
) -> NeedDetails:
    found = await external_ids.get(session, actor, network, scheme, external_id)
    return await _details(session, actor, response, found)


put_by_external_id(
    router,
    "needs_put_by_external_id",
    "Say what a network's need with this id in another system is; it is raised where it is not there",
    external_ids.put,
    _details,
    made="It was raised",
)
