"""Merging two organisations that are one."""

from puumerkki.organisations.models.organisations import Organisation
from tests.personas import Cast
from tests.valid_requests import Call, operation


async def _twin(cast: Cast) -> Organisation:
    return await cast.world.organisation("Kaksois ry")


@operation("organisations_preview_merge")
async def preview_merge(cast: Cast) -> Call:
    twin = await _twin(cast)
    return Call("GET", f"/organisations/{twin.id}/merge?into={cast.association.id}", by="operator")


@operation("organisations_merge_organisation")
async def merge_organisation(cast: Cast) -> Call:
    twin = await _twin(cast)
    given = {"into": str(cast.association.id), "reason": "Sama yhdistys kahdesti."}
    return Call("POST", f"/organisations/{twin.id}/merge", by="operator", json=given, if_match=1)


async def _merged(cast: Cast) -> Organisation:
    twin = await _twin(cast)
    given = {"into": str(cast.association.id), "reason": "Sama yhdistys kahdesti."}
    answer = await cast["operator"].post(f"/organisations/{twin.id}/merge", given, if_match=1)
    assert answer.status_code == 200, answer.text
    await cast.world.session.refresh(twin)
    return twin


@operation("organisations_undo_merge")
async def undo_merge(cast: Cast) -> Call:
    twin = await _merged(cast)
    return Call("POST", f"/organisations/{twin.id}/merge/undo", by="operator", if_match=twin.version)


@operation("organisations_preview_merge_undo")
async def preview_merge_undo(cast: Cast) -> Call:
    return Call("GET", f"/organisations/{(await _merged(cast)).id}/merge/undo", by="operator")


@operation("organisations_list_merges")
async def list_merges(cast: Cast) -> Call:
    await _merged(cast)
    return Call("GET", f"/organisations/{cast.association.id}/merges", by="operator")
