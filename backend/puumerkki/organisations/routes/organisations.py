"""Organisations themselves: the directory of who is there."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.declare import action, export, history, listing
from puumerkki.access.http import ActorDep, CallerDep
from puumerkki.kernel import reads
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.external_ids import SchemeParam
from puumerkki.kernel.http import (
    IfMatch,
    ReadsDep,
    SessionDep,
    api_router,
    item_response,
    page_response,
)
from puumerkki.organisations import queries
from puumerkki.organisations.exports import ORGANISATIONS_EXPORTED
from puumerkki.organisations.routes.responses import organisation_response
from puumerkki.organisations.routes.within import of_its_past
from puumerkki.organisations.schemas.organisations import (
    ExternalIdPut,
    OrganisationFilter,
    OrganisationPage,
    OrganisationPublic,
    OrganisationQuery,
    OrganisationSort,
    VersionPage,
    VersionQuery,
)
from puumerkki.organisations.service import organisations as service

router = api_router("organisations")


def _filters(query: OrganisationFilter) -> dict[str, Any]:
    words = (query.q or "").lower().strip()
    sectors: Any = None
    if query.sector:
        chosen = sorted(set(query.sector))
        sectors = chosen[0] if len(chosen) == 1 else chosen
    return {"q": words or None, "sector": sectors, "municipality": query.municipality, "state": query.state}


@router.get(
    "",
    operation_id="organisations_list_organisations",
    summary="Organisations by name, age or relevance",
    response_model=OrganisationPage,
)
async def list_organisations(
    request: Request, pool: ReadsDep, caller: CallerDep, query: Annotated[OrganisationQuery, Query()]
) -> Response:
    filters = _filters(query)
    sort = query.sort or (OrganisationSort.relevance if filters["q"] else OrganisationSort.name)
    if sort == OrganisationSort.relevance and not filters["q"]:
        raise invalid("sort", "relevance_needs_q", "Relevance is about a search: give q.")
    if query.unconfirmed and not filters["q"]:
        raise invalid(
            "unconfirmed", "unconfirmed_needs_q", "Unconfirmed organisations are found by their name: give q."
        )
    page = await reads.page(
        pool,
        queries.TO_PICK if query.unconfirmed else queries.ORGANISATIONS,
        caller=caller,
        filters=filters,
        sort=sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


export(
    router,
    "",
    "organisations_export_organisations",
    ORGANISATIONS_EXPORTED,
    OrganisationFilter,
    filters=_filters,
)


@router.get(
    "/{organisation_id}",
    operation_id="organisations_get_organisation",
    summary="One organisation, archived ones too",
    response_model=OrganisationPublic,
)
async def get_organisation(pool: ReadsDep, caller: CallerDep, organisation_id: UUID) -> Response:
    return item_response(await reads.one(pool, queries.ORGANISATION, caller=caller, key=organisation_id))


action(
    router,
    "",
    "organisations_create_organisation",
    "Add an organisation; a person becomes its administrator",
    service.create_organisation,
    organisation_response,
    location="/{id}",
)

action(
    router,
    "/{organisation_id}",
    "organisations_update_organisation",
    "Change an organisation",
    service.update_organisation,
    organisation_response,
    method="PATCH",
)


@router.put(
    "/{organisation_id}/external-ids/{scheme}",
    operation_id="organisations_put_external_id",
    summary="Say what id the organisation has in another system",
    response_model=OrganisationPublic,
)
async def put_external_id(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    organisation_id: UUID,
    scheme: SchemeParam,
    if_match: IfMatch,
    given: ExternalIdPut,
) -> OrganisationPublic:
    found = await service.put_external_id(
        session,
        actor=actor,
        organisation_id=organisation_id,
        if_version=if_match,
        scheme=scheme,
        value=given.value,
    )
    return await organisation_response(session, actor, response, found)


@router.delete(
    "/{organisation_id}/external-ids/{scheme}",
    operation_id="organisations_delete_external_id",
    summary="Forget the organisation's id in another system",
    status_code=204,
)
async def delete_external_id(
    session: SessionDep, actor: ActorDep, organisation_id: UUID, scheme: SchemeParam, if_match: IfMatch
) -> None:
    await service.delete_external_id(
        session, actor=actor, organisation_id=organisation_id, if_version=if_match, scheme=scheme
    )


listing(
    router,
    "/{organisation_id}/versions",
    "organisations_list_versions",
    "What the organisation was, newest first",
    queries.VERSIONS,
    VersionPage,
    VersionQuery,
    within=of_its_past,
)

history(
    router,
    "/{organisation_id}/events",
    "organisations_list_events",
    "The organisation's timeline, newest first",
    "organisation",
)
