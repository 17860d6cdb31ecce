"""Operators name owners, and the first coordinator of networks; those there object."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import Creating, SessionDep, api_router
from puumerkki.organisations.schemas.namings import NamingCreate, NamingList, NamingObjection, NamingPublic
from puumerkki.organisations.service import namings as service

router = api_router("namings", tag="organisations")


@router.get(
    "",
    operation_id="organisations_list_namings",
    summary="Whom operators named in an organisation or network, the latest first",
)
async def list_namings(session: SessionDep, actor: ActorDep, scope: Annotated[UUID, Query()]) -> NamingList:
    return NamingList(items=await service.naming_list(session, actor, scope))


@router.post(
    "",
    operation_id="organisations_propose_naming",
    summary="Name an administrator, as an operator",
    description="In an organisation without an administrator the role is offered at once. Elsewhere those there are"
    " told, and it takes effect after seven days without an objection, once another operator, if there is one, has"
    " confirmed it. Such a role acts in nothing that was open before.",
    status_code=201,
    dependencies=[Creating],
)
async def propose_naming(session: SessionDep, actor: ActorDep, given: NamingCreate) -> NamingPublic:
    return await service.shown_one(session, actor, await service.propose(session, actor=actor, given=given))


@router.post(
    "/{naming_id}/confirm", operation_id="organisations_confirm_naming", summary="Confirm it as the second operator"
)
async def confirm_naming(session: SessionDep, actor: ActorDep, naming_id: UUID) -> NamingPublic:
    return await service.shown_one(session, actor, await service.confirm(session, actor=actor, naming_id=naming_id))


@router.post(
    "/{naming_id}/object",
    operation_id="organisations_object_to_naming",
    summary="Object to it, so that it takes no effect",
)
async def object_to_naming(
    session: SessionDep, actor: ActorDep, naming_id: UUID, given: NamingObjection
) -> NamingPublic:
    found = await service.object_to(session, actor=actor, naming_id=naming_id, reason=given.reason)
    return await service.shown_one(session, actor, found)


@router.post(
    "/{naming_id}/withdraw", operation_id="organisations_withdraw_naming", summary="Withdraw it as an operator"
)
async def withdraw_naming(session: SessionDep, actor: ActorDep, naming_id: UUID) -> NamingPublic:
    return await service.shown_one(session, actor, await service.withdraw(session, actor=actor, naming_id=naming_id))
