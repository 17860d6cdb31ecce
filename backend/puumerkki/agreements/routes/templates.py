"""Templates of agreements."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep
from puumerkki.agreements.models import AgreementTemplate
from puumerkki.agreements.queries import templates as queries
from puumerkki.agreements.schemas.templates import (
    AgreementTemplateList,
    AgreementTemplatePublic,
    AgreementTemplateQuery,
)
from puumerkki.agreements.service import templates as service
from puumerkki.kernel.http import SessionDep, api_router, set_etag

router = api_router("agreements", tag="agreements")


async def _answer(
    session: SessionDep, actor: Actor, response: Response, found: AgreementTemplate
) -> AgreementTemplatePublic:
    await session.flush()
    set_etag(response, found)
    return AgreementTemplatePublic.model_validate(found)


@router.get(
    "/templates",
    operation_id="agreements_list_templates",
    summary="Ready texts to begin an agreement with, and those of organisations for which you write",
    response_model=AgreementTemplateList,
)
async def list_templates(
    session: SessionDep, actor: ActorDep, query: Annotated[AgreementTemplateQuery, Query()]
) -> AgreementTemplateList:
    ready, own = await queries.templates(session, actor, query)
    return AgreementTemplateList.model_validate({"items": [*ready, *own]})


action(
    router,
    "/templates",
    "agreements_create_template",
    "Keep a template of an organisation",
    service.create,
    _answer,
    location="/templates/{id}",
)


@router.get(
    "/templates/{template_id}",
    operation_id="agreements_get_template",
    summary="A template of an organisation",
    response_model=AgreementTemplatePublic,
)
async def get_template(
    session: SessionDep, actor: ActorDep, response: Response, template_id: UUID
) -> AgreementTemplatePublic:
    return await _answer(session, actor, response, await queries.template(session, actor, template_id))


action(
    router,
    "/templates/{template_id}",
    "agreements_update_template",
    "Change a template of an organisation",
    service.update,
    _answer,
    method="PATCH",
)

action(
    router,
    "/templates/{template_id}",
    "agreements_delete_template",
    "Remove a template of an organisation",
    service.remove,
    None,
    method="DELETE",
)
