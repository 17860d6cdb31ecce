"""Merging two organisations that are one: looked at first, done, and undone."""

from uuid import UUID

from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import SessionDep, api_router
from puumerkki.organisations.queries.merges import MERGES
from puumerkki.organisations.routes.responses import organisation_response
from puumerkki.organisations.routes.within import of_organisation
from puumerkki.organisations.schemas.merges import MergePage, MergePreview, MergeQuery, MergeUndoPreview
from puumerkki.organisations.service import merging as service
from puumerkki.organisations.service import unmerging

router = api_router("organisations")


@router.get(
    "/{organisation_id}/merge",
    operation_id="organisations_preview_merge",
    summary="What merging the organisation into another would move, and what stands against it",
    response_model=MergePreview,
)
async def preview_merge(session: SessionDep, actor: ActorDep, organisation_id: UUID, into: UUID) -> MergePreview:
    return await service.preview(session, actor=actor, organisation_id=organisation_id, into_id=into)


action(
    router,
    "/{organisation_id}/merge",
    "organisations_merge_organisation",
    "Merge the organisation into another one that is the same; it can be undone for 30 days",
    service.merge,
    organisation_response,
)


@router.get(
    "/{organisation_id}/merge/undo",
    operation_id="organisations_preview_merge_undo",
    summary="What undoing the merge would give back, what goes along, and what stands against it",
    response_model=MergeUndoPreview,
)
async def preview_merge_undo(session: SessionDep, actor: ActorDep, organisation_id: UUID) -> MergeUndoPreview:
    return await unmerging.preview(session, actor=actor, organisation_id=organisation_id)


action(
    router,
    "/{organisation_id}/merge/undo",
    "organisations_undo_merge",
    "Part two organisations that were merged: each has again what was its own",
    unmerging.undo,
    organisation_response,
)

listing(
    router,
    "/{organisation_id}/merges",
    "organisations_list_merges",
    "Which organisations went into this one, or into which it went; newest first",
    MERGES,
    MergePage,
    MergeQuery,
    within=of_organisation,
)
