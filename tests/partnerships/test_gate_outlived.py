"""What was said of a requirement holds for the version it was said of: causes are asked anew, waivers lapse."""

from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.endorsements.models.endorsements import EndorsementState
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.gate import version_of
from puumerkki.partnerships.service.gate import defer_gate
from puumerkki.partnerships.service.partner_requests import move_gated
from tests.factories import Client, World
from tests.partnerships.authority import WAIVER, both, on_row, seen, under
from tests.partnerships.cases import act, officer
from tests.partnerships.gate import Scene, endorse, policy, receive
from tests.partnerships.test_gate_rules import call_of_anybody
from tests.partnerships.test_partner_requests import DECISION

WHY = {"reason": "Ei koske tätä hakemusta."}
LAW = WAIVER | {"ground": "law"}


async def _next(world: World, arrived: Scene, *groups: str) -> None:
    version = await world.version(arrived.application, target_groups=list(groups))
    await receive(world.session, arrived.application, version)


async def _stands(caller: Client, arrived: Scene) -> tuple[str, str, str]:
    body = await seen(caller, arrived)
    [row] = body["requirements"]
    return body["state"], row["cause"], row["standing"]


async def _told(world: World, arrived: Scene) -> list[str]:
    statement = select(EventRow.type).where(EventRow.subject_id == arrived.request.id).order_by(col(EventRow.id))
    return list((await world.session.exec(statement)).all())


@pytest.mark.parametrize("begun", [False, True])
async def test_a_release_for_a_wider_group_falls_when_the_group_is_named(world: World, begun: bool) -> None:
    arrived = await under(world, target_groups=["KR1.1"], content={"target_groups": ["KR1"]})
    one = await both(world, arrived)
    assert (await on_row(one, arrived, "release", WHY)).json()["requirements"][0]["release"]["ground"] == "wider"
    if begun:
        assert (await act(one, arrived.request, "begin")).status_code == 200
    await _next(world, arrived, "KR1.1")
    assert await _stands(one, arrived) == ("referred", "named", "missing")
    assert (await act(one, arrived.request, "begin")).json()["code"] == "endorsement_missing"
    assert "partner_request.requirement_asks_again" in await _told(world, arrived)
    assert (await on_row(one, arrived, "release", WHY)).json()["code"] == "not_releasable"


async def test_a_release_of_what_no_longer_fits_falls_when_it_fits_again(world: World) -> None:
    arrived = await under(world, target_groups=["KR1.1"], content={"target_groups": ["KR1.1"]})
    one = await both(world, arrived)
    await _next(world, arrived, "KR2")
    assert await _stands(one, arrived) == ("referred", "no_longer_fits", "missing")
    released = await on_row(one, arrived, "release", WHY)
    assert released.json()["requirements"][0]["release"]["ground"] == "no_longer_fits"
    await _next(world, arrived, "KR1.1")
    assert await _stands(one, arrived) == ("referred", "named", "missing")
    assert (await act(one, arrived.request, "begin")).json()["code"] == "endorsement_missing"


async def test_what_is_named_since_is_not_released_as_wider(world: World) -> None:
    arrived = await under(world, target_groups=["KR1.1"], content={"target_groups": ["KR1"]})
    one = await both(world, arrived)
    await _next(world, arrived, "KR1.1")
    assert (await seen(one, arrived))["requirements"][0]["releasable"] is False
    assert (await on_row(one, arrived, "release", WHY)).json()["code"] == "not_releasable"


async def test_a_release_whose_ground_holds_stays(world: World) -> None:
    arrived = await under(world, target_groups=["KR1.1"], content={"target_groups": ["KR1"]})
    one = await both(world, arrived)
    await on_row(one, arrived, "release", WHY)
    assert (await act(one, arrived.request, "begin")).status_code == 200
    await _next(world, arrived, "KR1")
    assert await _stands(one, arrived) == ("in_preparation", "wider", "released")


async def test_causes_are_asked_anew_when_a_case_is_taken_up_again(world: World) -> None:
    arrived = await under(world, target_groups=["KR1.1"], content={"target_groups": ["KR1"]})
    one = await both(world, arrived)
    await on_row(one, arrived, "release", WHY)
    await act(one, arrived.request, "begin")
    decided = (await act(one, arrived.request, "decide", DECISION)).json()
    [stood_on] = decided["decision"]["grounds"]
    assert (stood_on["release_ground"], stood_on["waiver_id"], stood_on["endorsement_id"]) == ("wider", None, None)
    await _next(world, arrived, "KR1.1")
    assert await _stands(one, arrived) == ("decided", "wider", "released")
    assert (await act(one, arrived.request, "reopen")).status_code == 200
    assert await _stands(one, arrived) == ("referred", "named", "missing")


@pytest.mark.parametrize("state", ["referred", "in_preparation", "decided"])
async def test_a_waiver_is_of_its_version(world: World, state: str) -> None:
    arrived = await under(world)
    one = await both(world, arrived)
    assert (await on_row(one, arrived, "waive", LAW)).status_code == 200
    if state != "referred":
        await act(one, arrived.request, "begin")
    if state == "decided":
        await act(one, arrived.request, "decide", DECISION)
    await _next(world, arrived, "KR2")
    if state == "decided":
        assert await _stands(one, arrived) == ("decided", "named", "waived")
        await act(one, arrived.request, "reopen")
    assert await _stands(one, arrived) == ("referred", "named", "missing")
    assert (await act(one, arrived.request, "begin")).json()["code"] == "endorsement_missing"
    assert "partner_request.requirement_asks_again" in await _told(world, arrived)
    assert (await on_row(one, arrived, "waive", LAW)).status_code == 200
    assert (await act(one, arrived.request, "begin")).status_code == 200


async def test_preparation_goes_on_where_an_endorsement_meets_what_was_waived(world: World) -> None:
    arrived = await under(world)
    one = await both(world, arrived)
    await on_row(one, arrived, "waive", LAW)
    await act(one, arrived.request, "begin")
    version = await world.version(arrived.application)
    await endorse(world.session, version, arrived.network)
    await receive(world.session, arrived.application, version)
    assert await _stands(one, arrived) == ("in_preparation", "named", "met")


@pytest.mark.parametrize("begun", [False, True])
async def test_a_decider_undoes_a_waiver_before_the_decision(world: World, begun: bool) -> None:
    arrived = await under(world)
    one = await both(world, arrived)
    waived = await on_row(one, arrived, "waive", LAW)
    assert waived.json()["requirements"][0]["undoable"] is True
    if begun:
        await act(one, arrived.request, "begin")
    undone = await on_row(one, arrived, "undo", WHY)
    assert undone.status_code == 200, undone.text
    assert await _stands(one, arrived) == ("referred", "named", "missing")
    assert (await on_row(one, arrived, "waive", LAW)).status_code == 200


async def test_after_a_deciders_undo_only_a_decider_releases(world: World) -> None:
    arrived = await under(world, target_groups=["KR1.1"], content={"target_groups": ["KR1"]})
    prepares = await officer(world, arrived)
    decides = await world.person((Role.decider, arrived.city.id))
    assert (await on_row(prepares, arrived, "release", WHY)).status_code == 200
    assert (await on_row(decides, arrived, "undo", WHY)).status_code == 200
    again = await on_row(prepares, arrived, "release", WHY)
    assert (again.status_code, again.json()["code"]) == (409, "release_undone")
    assert (await seen(prepares, arrived))["requirements"][0]["releasable"] is False
    assert (await seen(decides, arrived))["requirements"][0]["releasable"] is True
    assert (await act(prepares, arrived.request, "begin")).json()["code"] == "endorsement_missing"
    assert (await on_row(decides, arrived, "release", WHY)).status_code == 200
    assert (await on_row(decides, arrived, "undo", WHY)).status_code == 200
    await _next(world, arrived, "KR1")
    assert (await on_row(prepares, arrived, "release", WHY)).json()["code"] == "release_undone", "on later versions too"
    assert (await on_row(decides, arrived, "release", WHY)).status_code == 200


async def test_a_call_that_is_planned_no_more_and_then_again(world: World) -> None:
    arrived = await under(world)
    call = await call_of_anybody(world, arrived.association)
    one = await both(world, arrived)
    editor = await world.person((Role.editor, arrived.association.id))
    given: dict[str, Any] = {"application_id": str(arrived.application.id), "funder_id": str(call.funder_id)}

    await policy(world, arrived.city, arrived.network, call_ids=[call.id])
    planned = await editor.post("/filings", given | {"call_id": str(call.id)})
    rows = (await seen(one, arrived))["requirements"]
    [place] = [at for at, row in enumerate(rows) if row["policy"] and rows[at]["id"] != rows[0]["id"]]
    assert (rows[place]["cause"], rows[place]["releasable"]) == ("named", False)
    withdrawn = await editor.post(f"/filings/{planned.json()['id']}/withdraw", if_match=planned.json()["version"])
    assert withdrawn.status_code == 200, withdrawn.text
    assert (await seen(one, arrived))["requirements"][place]["cause"] == "no_longer_fits"
    assert (await on_row(one, arrived, "release", WHY, place=place)).status_code == 200
    assert (await editor.post("/filings", given | {"call_id": str(call.id)})).status_code == 201
    row = (await seen(one, arrived))["requirements"][place]
    assert (row["cause"], row["standing"]) == ("named", "missing")


async def test_an_endorsement_that_moves_along_does_not_take_a_waiver_of_another_row_along(world: World) -> None:
    """A version with minor changes: the endorsement of one requirement moves, the waiver of the other lapses."""
    arrived = await under(world, content={"target_groups": ["KR2"]})
    other = await world.network("Toinen")
    await policy(world, arrived.city, other)
    old = await endorse(world.session, arrived.version, arrived.network)
    one = await both(world, arrived)
    await _next(world, arrived, "KR1.1")
    newest = await world.session.get_one(PartnerRequest, arrived.request.id, populate_existing=True)
    assert newest.version_number == 2
    old.state = EndorsementState.superseded
    await world.session.flush()
    version = await version_of(world.session, arrived.application.id, 2)
    standing = await endorse(world.session, version, arrived.network)
    rows = (await seen(one, arrived))["requirements"]
    place = next(at for at, row in enumerate(rows) if row["networks"][0]["id"] == str(other.id))
    assert (await on_row(one, arrived, "waive", LAW, place=place)).status_code == 200
    assert (await act(one, arrived.request, "begin")).status_code == 200
    mended = await world.version(arrived.application, title="Yhdessä kotona, korjattu", target_groups=["KR1.1"])
    await defer_gate(world.session)
    standing.state = EndorsementState.superseded
    await world.session.flush()
    moved = await endorse(world.session, mended, arrived.network)
    await move_gated(world.session, old=standing, new=moved)
    await receive(world.session, arrived.application, mended)
    body = await seen(one, arrived)
    assert (body["state"], body["version_number"]) == ("referred", 3)
    assert sorted(row["standing"] for row in body["requirements"]) == ["met", "missing"]


async def test_what_was_brought_and_let_off_asks_once_the_application_names_it(world: World) -> None:
    arrived = await under(world, target_groups=["KR1.1"], content={"target_groups": ["KR2"]})
    one = await both(world, arrived)
    wanted = await policy(world, arrived.city, arrived.network, target_groups=["KR1"])
    brought = await act(one, arrived.request, "bring", {"policy_id": str(wanted.id), **WHY})
    assert brought.status_code == 200, brought.text
    assert (await on_row(one, arrived, "undo", WHY)).json()["requirements"][0]["standing"] == "released"
    await _next(world, arrived, "KR1.1")
    body = await seen(one, arrived)
    assert {(row["cause"], row["standing"]) for row in body["requirements"]} == {("named", "missing")}
    assert (await act(one, arrived.request, "begin")).json()["code"] == "endorsement_missing"


async def test_what_the_application_names_is_not_let_off_since_somebody_brought_it(world: World) -> None:
    arrived = await under(world, target_groups=["KR1.1"], content={"target_groups": ["KR2"]})
    one = await both(world, arrived)
    wanted = await policy(world, arrived.city, arrived.network, target_groups=["KR1"])
    assert (await act(one, arrived.request, "bring", {"policy_id": str(wanted.id), **WHY})).status_code == 200
    await _next(world, arrived, "KR1.1")
    assert (await on_row(one, arrived, "undo", WHY)).json()["code"] == "nothing_to_undo"
