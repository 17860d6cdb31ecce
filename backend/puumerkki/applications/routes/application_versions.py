"""Frozen versions of applications, what differs between them, and the timeline."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Path, Query
from pydantic import Field

from puumerkki.access.declare import history
from puumerkki.access.http import ActorDep
from puumerkki.applications.queries import applications as queries
from puumerkki.applications.queries import views
from puumerkki.applications.routes.applications import applications
from puumerkki.applications.schemas.application_views import Comparison, VersionList, VersionPublic
from puumerkki.kernel.field_types import Schema
from puumerkki.kernel.http import SessionDep

ROUTERS = (applications,)

Number = Annotated[int, Field(ge=1, le=10**6)]


class CompareQuery(Schema):
    """Which versions; `working` is the working copy, for applicants."""

    old: Number
    new: Number | Literal["working"]


@applications.get(
    "/{application_id}/versions",
    operation_id="applications_list_versions",
    summary="All frozen versions, the newest first",
    response_model=VersionList,
)
async def list_versions(session: SessionDep, actor: ActorDep, application_id: UUID) -> VersionList:
    return await views.versions(session, await queries.application(session, actor, application_id))


@applications.get(
    "/{application_id}/versions/compare",
    operation_id="applications_compare_versions",
    summary="What differs between two versions",
    response_model=Comparison,
)
async def compare_versions(
    session: SessionDep, actor: ActorDep, application_id: UUID, query: Annotated[CompareQuery, Query()]
) -> Comparison:
    found = await queries.application(session, actor, application_id)
    new = query.new if isinstance(query.new, int) else None
    return await views.compare_versions(session, actor, found, old=query.old, new=new)


@applications.get(
    "/{application_id}/versions/{number}",
    operation_id="applications_get_version",
    summary="One frozen version",
    response_model=VersionPublic,
)
async def get_version(
    session: SessionDep, actor: ActorDep, application_id: UUID, number: Annotated[int, Path(ge=1, le=10**6)]
) -> VersionPublic:
    return await views.version(session, actor, await queries.application(session, actor, application_id), number)


@applications.get(
    "/{application_id}/differences",
    operation_id="applications_compare_previous",
    summary="What differs from the application that this one continues",
    response_model=Comparison,
)
async def compare_previous(session: SessionDep, actor: ActorDep, application_id: UUID) -> Comparison:
    return await views.compare_previous(session, actor, await queries.application(session, actor, application_id))


history(
    applications,
    "/{application_id}/timeline",
    "applications_list_timeline",
    "What happened to an application, the newest first",
    "application",
    signed_in=True,
)
