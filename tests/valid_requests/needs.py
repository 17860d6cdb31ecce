"""Needs."""

from typing import Any

from puumerkki.needs.models import Need, NeedState
from tests.factories import OULU
from tests.personas import Cast
from tests.valid_requests import Call, operation


async def make_need(cast: Cast, state: NeedState = NeedState.raised, **more: Any) -> Need:
    """A need that the neighbour raised in the cast's network."""
    somebody = cast["representative"].id
    assert somebody is not None
    need = Need(
        **{
            "network_id": cast.network.id,
            "municipality_code": OULU,
            "target_groups": ["KR1.1"],
            "title": "Seuraa yksin asuville",
            "sort_key": "seuraa yksin asuville",
            "description": "Tuirassa moni ikäihminen ei tapaa ketään viikkoon.",
            "raised_by": somebody,
            "raised_for_organisation_id": cast.neighbour.id,
            "state": state,
        }
        | more
    )
    cast.world.session.add(need)
    await cast.world.session.flush()
    return need


@operation("needs_list_needs")
async def list_needs(cast: Cast) -> Call:
    await make_need(cast, NeedState.agreed)
    return Call("GET", "/needs", by="anonymous")


@operation("needs_export_needs")
async def export_needs(cast: Cast) -> Call:
    await make_need(cast, NeedState.agreed)
    return Call("GET", "/needs/export.csv", by="anonymous")


@operation("needs_get_need")
async def get_need(cast: Cast) -> Call:
    return Call("GET", f"/needs/{(await make_need(cast)).id}", by="observer")


@operation("needs_create_need")
async def create_need(cast: Cast) -> Call:
    given = {
        "network_id": str(cast.network.id),
        "raised_for_organisation_id": str(cast.association.id),
        "municipality_code": OULU,
        "title": "Kuljetuksia kerhoihin",
        "description": "Kerhoihin ei pääse linja-autolla.",
    }
    return Call("POST", "/needs", by="editor", json=given)


@operation("needs_update_need")
async def update_need(cast: Cast) -> Call:
    need = await make_need(cast)
    return Call("PATCH", f"/needs/{need.id}", by="coordinator", json={"title": "Seuraa"}, if_match=need.version)


@operation("needs_agree_need")
async def agree_need(cast: Cast) -> Call:
    need = await make_need(cast)
    return Call("POST", f"/needs/{need.id}/agree", by="coordinator", if_match=need.version)


@operation("needs_begin_need")
async def begin_need(cast: Cast) -> Call:
    need = await make_need(cast, NeedState.agreed)
    return Call("POST", f"/needs/{need.id}/begin", by="coordinator", if_match=need.version)


@operation("needs_meet_need")
async def meet_need(cast: Cast) -> Call:
    need = await make_need(cast, NeedState.being_met)
    return Call("POST", f"/needs/{need.id}/meet", by="coordinator", if_match=need.version)


@operation("needs_drop_need")
async def drop_need(cast: Cast) -> Call:
    need = await make_need(cast)
    given = {"closing_note": "Toinen verkosto hoitaa tämän."}
    return Call("POST", f"/needs/{need.id}/drop", by="coordinator", json=given, if_match=need.version)


@operation("needs_reopen_need")
async def reopen_need(cast: Cast) -> Call:
    need = await make_need(cast, NeedState.met)
    return Call("POST", f"/needs/{need.id}/reopen", by="coordinator", if_match=need.version)


@operation("needs_get_by_external_id")
async def get_by_external_id(cast: Cast) -> Call:
    await make_need(cast, external_scheme="ptv", external_id="1")
    return Call("GET", f"/needs/by-external-id/ptv/1?network={cast.network.id}", by="observer")


@operation("needs_put_by_external_id")
async def put_by_external_id(cast: Cast) -> Call:
    given = {
        "network_id": str(cast.network.id),
        "raised_for_organisation_id": str(cast.association.id),
        "municipality_code": OULU,
        "title": "Kuljetuksia kerhoihin",
        "description": "Kerhoihin ei pääse linja-autolla.",
    }
    return Call("PUT", "/needs/by-external-id/ptv/1", by="editor", json=given)
