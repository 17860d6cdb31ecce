"""Organisations themselves: the directory of who is there."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from puumerkki.access.http import ActorDep, ViewerDep
from puumerkki.kernel import reads
from puumerkki.kernel.errors import Forbidden, invalid
from puumerkki.kernel.eventlog.timeline import TimelinePage, TimelineQuery, timeline
from puumerkki.kernel.http import (
    Creating,
    IfMatch,
    ReadsDep,
    SessionDep,
    api_router,
    item_response,
    page_response,
)
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations import export, queries
from puumerkki.organisations.queries.seeing import known
from puumerkki.organisations.routes.shown import shown
from puumerkki.organisations.schemas import (
    ExternalIdPut,
    OrganisationCreate,
    OrganisationFilter,
    OrganisationPage,
    OrganisationPublic,
    OrganisationQuery,
    OrganisationSort,
    OrganisationUpdate,
    VersionPage,
    VersionQuery,
)
from puumerkki.organisations.service import organisations as service

router = api_router("organisations")

SchemeParam = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_-]{0,39}$", examples=["ptv"])]


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
    request: Request, pool: ReadsDep, viewer: ViewerDep, query: Annotated[OrganisationQuery, Query()]
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
        viewer=viewer,
        filters=filters,
        sort=sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@router.get(
    "/export.csv",
    operation_id="organisations_export_organisations",
    summary="Organisations as a CSV file, in the columns that the import takes",
    response_class=Response,
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "UTF-8 with a byte order mark"}
    },
)
async def export_organisations(
    pool: ReadsDep, viewer: ViewerDep, query: Annotated[OrganisationFilter, Query()]
) -> StreamingResponse:
    filters = _filters(query)

    async def lines() -> AsyncIterator[bytes]:
        async for part in export.csv_parts(pool, viewer=viewer, filters=filters):
            yield part

    return StreamingResponse(
        lines(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="organisations.csv"'},
    )


@router.get(
    "/{organisation_id}",
    operation_id="organisations_get_organisation",
    summary="One organisation, archived ones too",
    response_model=OrganisationPublic,
)
async def get_organisation(pool: ReadsDep, viewer: ViewerDep, organisation_id: UUID) -> Response:
    return item_response(await reads.one(pool, queries.ORGANISATION, viewer=viewer, key=organisation_id))


@router.post(
    "",
    operation_id="organisations_create_organisation",
    summary="Add an organisation; a person becomes its administrator",
    status_code=201,
    response_model=OrganisationPublic,
    dependencies=[Creating],
)
async def create_organisation(
    session: SessionDep, actor: ActorDep, response: Response, given: OrganisationCreate
) -> dict[str, Any]:
    made = await service.create_organisation(session, actor=actor, given=given)
    response.headers["Location"] = f"/api/v1/organisations/{made.id}"
    return await shown(session, response, made)


@router.patch(
    "/{organisation_id}",
    operation_id="organisations_update_organisation",
    summary="Change an organisation",
    response_model=OrganisationPublic,
)
async def update_organisation(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    organisation_id: UUID,
    if_match: IfMatch,
    given: OrganisationUpdate,
) -> dict[str, Any]:
    found = await service.update_organisation(
        session, actor=actor, organisation_id=organisation_id, if_version=if_match, given=given
    )
    return await shown(session, response, found)


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
) -> dict[str, Any]:
    found = await service.put_external_id(
        session,
        actor=actor,
        organisation_id=organisation_id,
        if_version=if_match,
        scheme=scheme,
        value=given.value,
    )
    return await shown(session, response, found)


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


@router.get(
    "/{organisation_id}/versions",
    operation_id="organisations_list_versions",
    summary="What the organisation was, newest first",
    response_model=VersionPage,
)
async def list_versions(
    request: Request,
    session: SessionDep,
    pool: ReadsDep,
    actor: ActorDep,
    organisation_id: UUID,
    query: Annotated[VersionQuery, Query()],
) -> Response:
    await known(session, actor, organisation_id)
    if not queries.may_see_history(actor, organisation_id):
        raise Forbidden()
    page = await reads.page(
        pool,
        queries.VERSIONS,
        viewer=actor,
        filters={"organisation": organisation_id},
        sort="-number",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@router.get(
    "/{organisation_id}/events",
    operation_id="organisations_list_events",
    summary="The organisation's timeline, newest first",
    response_model=TimelinePage,
)
async def list_events(
    request: Request,
    pool: ReadsDep,
    viewer: ViewerDep,
    organisation_id: UUID,
    query: Annotated[TimelineQuery, Query()],
) -> Response:
    page = await timeline(pool, viewer=viewer, subject=Ref("organisation", organisation_id), query=query)
    return page_response(request, page)
