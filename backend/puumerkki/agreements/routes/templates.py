"""Templates of agreements."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from puumerkki.access.http import ActorDep
from puumerkki.agreements.models import AgreementTemplate
from puumerkki.agreements.queries import templates as queries
from puumerkki.agreements.schemas.templates import (
    AgreementTemplateCreate,
    AgreementTemplateList,
    AgreementTemplatePublic,
    AgreementTemplateQuery,
    AgreementTemplateUpdate,
)
from puumerkki.agreements.service import templates as service
from puumerkki.kernel.http import Creating, IfMatch, SessionDep, api_router, set_etag

router = api_router("agreements", tag="agreements")


@router.get(
    "/templates",
    operation_id="agreements_list_templates",
    summary="Ready texts to begin an agreement with, and those of organisations for which you write",
    response_model=AgreementTemplateList,
)
async def list_templates(
    session: SessionDep, actor: ActorDep, query: Annotated[AgreementTemplateQuery, Query()]
) -> AgreementTemplateList:
    actor.person_id()
    ready, own = await queries.templates(session, actor, query)
    return AgreementTemplateList.model_validate({"items": [*ready, *own]})


@router.post(
    "/templates",
    operation_id="agreements_create_template",
    summary="Keep a template of an organisation",
    status_code=201,
    response_model=AgreementTemplatePublic,
    dependencies=[Creating],
)
async def create_template(
    session: SessionDep, actor: ActorDep, response: Response, given: AgreementTemplateCreate
) -> AgreementTemplatePublic:
    made = await service.create(session, actor=actor, given=given)
    response.headers["Location"] = f"/api/v1/agreements/templates/{made.id}"
    return await _answer(session, response, made)


@router.get(
    "/templates/{template_id}",
    operation_id="agreements_get_template",
    summary="A template of an organisation",
    response_model=AgreementTemplatePublic,
)
async def get_template(
    session: SessionDep, actor: ActorDep, response: Response, template_id: UUID
) -> AgreementTemplatePublic:
    actor.person_id()
    return await _answer(session, response, await queries.template(session, actor, template_id))


@router.patch(
    "/templates/{template_id}",
    operation_id="agreements_update_template",
    summary="Change a template of an organisation",
    response_model=AgreementTemplatePublic,
)
async def update_template(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    template_id: UUID,
    if_match: IfMatch,
    given: AgreementTemplateUpdate,
) -> AgreementTemplatePublic:
    actor.person_id()
    found = await service.update(session, actor=actor, template_id=template_id, if_version=if_match, given=given)
    return await _answer(session, response, found)


@router.delete(
    "/templates/{template_id}",
    operation_id="agreements_delete_template",
    summary="Remove a template of an organisation",
    status_code=204,
)
async def delete_template(session: SessionDep, actor: ActorDep, template_id: UUID, if_match: IfMatch) -> None:
    actor.person_id()
    await service.remove(session, actor=actor, template_id=template_id, if_version=if_match)


async def _answer(session: SessionDep, response: Response, found: AgreementTemplate) -> AgreementTemplatePublic:
    await session.flush()
    set_etag(response, found)
    return AgreementTemplatePublic.model_validate(found)
