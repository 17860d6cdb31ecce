"""Needs: who raises them, who sees them, and how they go from raised to met."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from sqlmodel import col, select

from puumerkki.kernel import clock
from puumerkki.kernel.collation import sort_key
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.needs import queries
from puumerkki.needs.models import NeedState
from puumerkki.needs.workflow import NEED
from puumerkki.networks.models.networks import MemberState, NetworkState
from puumerkki.reference.models import Area, AreaKind
from tests.factories import OULU, World
from tests.personas import CALLERS, Cast, make_cast
from tests.tasks import tasks_of
from tests.valid_requests.needs import make_need

OF_THE_NETWORK = {"coordinator", "chair", "secretary", "observer", "representative", "deputy"}
BODIES = {"drop": {"closing_note": "Ei ajankohtainen."}}


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


def given(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "network_id": str(cast.network.id),
        "municipality_code": OULU,
        "title": "Seuraa yksin asuville",
        "description": "Moni ikäihminen ei tapaa ketään viikkoon.",
    } | more


async def test_a_need_from_raised_to_met(cast: Cast) -> None:
    body = given(cast, raised_for_organisation_id=str(cast.association.id), target_groups=["KR1.1", "KR1.1"])
    made = await cast["editor"].post("/needs", body)
    assert made.status_code == 201, made.text
    assert made.json()["target_groups"] == ["KR1.1"]
    path = made.headers["location"].removeprefix("/api/v1")
    assert (await cast["anonymous"].get(path)).status_code == 404
    version = 1
    for action, state in (("agree", "agreed"), ("begin", "being_met"), ("meet", "met")):
        answer = await cast["coordinator"].post(f"{path}/{action}", if_match=version)
        assert (answer.status_code, answer.json()["state"]) == (200, state), answer.text
        version = answer.json()["version"]
        assert answer.headers["etag"] == f'"{version}"'
    assert (await cast["anonymous"].get(path)).json()["state"] == "met"
    told = await cast.world.session.exec(
        select(EventRow.type, EventRow.tier).where(col(EventRow.subject_kind) == "need").order_by(col(EventRow.id))
    )
    assert [(kind, str(tier)) for kind, tier in told.all()] == [
        ("need.raised", "parties"),
        ("need.agreed", "public"),
        ("need.begun", "public"),
        ("need.met", "public"),
    ]


@pytest.mark.parametrize("role", CALLERS)
async def test_every_action_in_every_state_as_every_role(cast: Cast, role: str) -> None:
    targets = {(row.action, source): row.target for row in NEED.transitions for source in row.sources}
    caller = cast[role]
    for state in NeedState:
        for action in NEED.actions():
            need = await make_need(cast, state)
            answer = await caller.post(f"/needs/{need.id}/{action}", BODIES.get(action), if_match=1)
            readable = role in OF_THE_NETWORK or state in (NeedState.agreed, NeedState.being_met, NeedState.met)
            if role == "anonymous":
                expected = (401, "unauthenticated")
            elif not readable:
                expected = (404, "not_found")
            elif role != "coordinator":
                expected = (403, "forbidden")
            elif target := targets.get((action, state)):
                expected = (200, target.value)
            else:
                expected = (409, "wrong_state")
            body = answer.json()
            assert (answer.status_code, body.get("code") or body.get("state")) == expected, (state, action)


async def test_available_actions_are_what_the_server_allows(cast: Cast) -> None:
    need = await make_need(cast, NeedState.agreed)
    seen = (await cast["coordinator"].get(f"/needs/{need.id}")).json()["available_actions"]
    assert seen == [{"action": action, "allowed": True, "blocked_by": None} for action in ("begin", "drop")]
    assert (await cast["chair"].get(f"/needs/{need.id}")).json()["available_actions"] == []


async def test_a_raised_need_is_seen_by_its_network_and_who_raised_it(cast: Cast) -> None:
    need = await make_need(cast, raised_for_organisation_id=cast.association.id)
    for role in CALLERS:
        seen = role in OF_THE_NETWORK | {"editor"}
        assert (await cast[role].get(f"/needs/{need.id}")).status_code == (200 if seen else 404), role
        listed = (await cast[role].get("/needs")).json()["items"]
        assert [item["id"] for item in listed] == ([str(need.id)] if seen else []), role


async def test_dropped_before_it_was_agreed_stays_unpublished(cast: Cast) -> None:
    never, once = await make_need(cast), await make_need(cast)
    await cast["coordinator"].post(f"/needs/{once.id}/agree", if_match=1)
    for need, version in ((never, 1), (once, 2)):
        note = {"closing_note": "Ei nyt."}
        dropped = await cast["coordinator"].post(f"/needs/{need.id}/drop", note, if_match=version)
        assert dropped.json()["closing_note"] == "Ei nyt."
    assert (await cast["anonymous"].get(f"/needs/{never.id}")).status_code == 404
    assert (await cast["anonymous"].get(f"/needs/{once.id}")).status_code == 200
    tiers = await cast.world.session.exec(
        select(EventRow.tier).where(col(EventRow.subject_id) == never.id, col(EventRow.type) == "need.dropped")
    )
    assert [str(tier) for tier in tiers.all()] == ["parties"]
    again = await cast["coordinator"].post(f"/needs/{never.id}/reopen", if_match=2)
    assert (again.json()["state"], again.json()["closing_note"]) == ("agreed", None)
    assert (await cast["anonymous"].get(f"/needs/{never.id}")).status_code == 200


async def test_who_may_raise(cast: Cast) -> None:
    for role in CALLERS:
        answer = await cast[role].post("/needs", given(cast))
        speaks = {"coordinator", "chair", "secretary", "representative", "deputy"}
        expected = 201 if role in speaks else 401 if role == "anonymous" else 403
        assert answer.status_code == expected, role
        answer = await cast[role].post("/needs", given(cast, raised_for_organisation_id=str(cast.neighbour.id)))
        expected = 201 if role in {"representative", "deputy"} else 401 if role == "anonymous" else 403
        assert answer.status_code == expected, role
    body = given(cast, raised_for_organisation_id=str(cast.association.id))
    assert (await cast["editor"].post("/needs", body)).status_code == 201
    cast.association_member.state = MemberState.left
    await cast.world.session.flush()
    refused = await cast["editor"].post("/needs", body)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "not_a_member")


async def test_a_closed_network_takes_no_needs(cast: Cast) -> None:
    cast.network.state = NetworkState.closed
    await cast.world.session.flush()
    answer = await cast["coordinator"].post("/needs", given(cast))
    assert (answer.status_code, answer.json()["code"]) == (409, "network_closed")


async def test_who_raised_it_changes_it_until_it_is_agreed(cast: Cast) -> None:
    need = await make_need(cast)
    path = f"/needs/{need.id}"
    changed = await cast["representative"].patch(path, {"title": "Ystäviä"}, if_match=1)
    assert (changed.status_code, changed.json()["title"]) == (200, "Ystäviä"), changed.text
    assert (await cast["secretary"].patch(path, {"title": "X"}, if_match=2)).status_code == 403
    assert (await cast["representative"].patch(path, {"title": None}, if_match=2)).status_code == 422
    assert (await cast["representative"].patch(path, {"title": "X"})).status_code == 428
    assert (await cast["representative"].patch(path, {"title": "X"}, if_match=1)).status_code == 412
    await cast["coordinator"].post(f"{path}/agree", if_match=2)
    late = await cast["representative"].patch(path, {"title": "X"}, if_match=3)
    assert (late.status_code, late.json()["code"]) == (409, "need_agreed")
    assert (await cast["coordinator"].patch(path, {"evidence": None}, if_match=3)).status_code == 200
    own = (await cast["chair"].post("/needs", given(cast))).json()
    assert (await cast["chair"].patch(f"/needs/{own['id']}", {"title": "Oma"}, if_match=1)).status_code == 200
    assert (await cast["secretary"].patch(f"/needs/{own['id']}", {"title": "X"}, if_match=2)).status_code == 403


async def test_the_area_lies_in_the_municipality_and_is_in_use(cast: Cast) -> None:
    def area(code: str, **more: Any) -> Area:
        return Area(
            municipality_code=code, kind=AreaKind.district, names={"fi": "Tuira"}, sort_key=sort_key("Tuira"), **more
        )

    here, ended, elsewhere = area(OULU), area(OULU, valid_until=date(2020, 1, 1)), area("091")
    cast.world.session.add_all([here, ended, elsewhere])
    await cast.world.session.flush()
    for one, status in ((here, 201), (ended, 422), (elsewhere, 422)):
        answer = await cast["coordinator"].post("/needs", given(cast, area_id=str(one.id)))
        assert answer.status_code == status, answer.text
        if status == 422:
            assert answer.json()["errors"][0]["pointer"] == "/area_id"
    need = await make_need(cast, area_id=here.id)
    moved = await cast["coordinator"].patch(f"/needs/{need.id}", {"municipality_code": "091"}, if_match=1)
    assert (moved.status_code, moved.json()["errors"][0]["code"]) == (422, "area_unknown")
    for field, value in (("municipality_code", "999"), ("target_groups", ["KR999"])):
        answer = await cast["coordinator"].post("/needs", given(cast, **{field: value}))
        assert answer.json()["errors"][0]["pointer"] == f"/{field}"


async def test_filters_and_sorts(cast: Cast) -> None:
    first = await make_need(cast, NeedState.agreed, title="Äänikirjoja", sort_key=sort_key("Äänikirjoja"))
    second = await make_need(
        cast,
        NeedState.met,
        title="Zumbaa",
        sort_key=sort_key("Zumbaa"),
        description="Liikuntaa kaivataan.",
        municipality_code="091",
        target_groups=[],
    )

    async def found(query: str) -> list[str]:
        answer = await cast["anonymous"].get(f"/needs?{query}")
        assert answer.status_code == 200, answer.text
        return [item["title"] for item in answer.json()["items"]]

    assert await found("sort=title") == ["Zumbaa", "Äänikirjoja"]
    assert await found("") == [second.title, first.title]
    assert await found("municipality=091") == ["Zumbaa"]
    assert await found("state=agreed") == ["Äänikirjoja"]
    assert await found("target_group=KR1.1") == ["Äänikirjoja"]
    assert await found(f"network={cast.network.id}&q=liikunnan") == ["Zumbaa"]
    assert await found("q=äänikir") == ["Äänikirjoja"]
    assert await found(f"q={quote(chr(39) + ') | & ! :* ')}") == await found("")
    assert await found(f"q={quote('zum & :* !')}") == ["Zumbaa"]
    assert await found(f"area={cast.network.id}") == []
    page = (await cast["anonymous"].get("/needs?limit=1&sort=title")).json()
    assert await found(f"limit=1&sort=title&cursor={page['next_cursor']}") == ["Äänikirjoja"]


async def test_export_is_a_table_of_what_one_may_see(cast: Cast) -> None:
    await make_need(cast, NeedState.agreed, title='=HYPERLINK("http://x")', evidence="a;b\nc")
    await make_need(cast, title="Salassa")
    answer = await cast["anonymous"].get(f"/needs/export.csv?network={cast.network.id}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    assert text.startswith("id;title;description;municipality;")
    assert "'=HYPERLINK" in text and '"a;b\nc"' in text and "Salassa" not in text
    assert "Salassa" in (await cast["observer"].get("/needs/export.csv")).text


async def test_only_raised_needs_wait_for_the_coordinator(cast: Cast) -> None:
    need = await make_need(cast)
    await make_need(cast, NeedState.agreed)
    session = cast.world.session
    assert [asdict(row) for row in await tasks_of(session, cast["coordinator"].id, queries.TASKS)] == [
        {
            "kind": "need_agreement",
            "subject_kind": "need",
            "subject_id": need.id,
            "network_id": cast.network.id,
            "organisation_id": cast.neighbour.id,
            "due_on": clock.day_of(need.created_at) + timedelta(days=queries.DAYS_TO_AGREE),
            "created_at": need.created_at,
        }
    ]
    assert not await tasks_of(session, cast["chair"].id, queries.TASKS)


async def test_names_stand_beside_the_ids(cast: Cast) -> None:
    area = Area(
        municipality_code=OULU,
        kind=AreaKind.district,
        names={"fi": "Tuira"},
        sort_key="tuira",
        valid_from=date(2020, 1, 1),
    )
    cast.world.session.add(area)
    await cast.world.session.flush()
    need = await make_need(cast, NeedState.agreed, area_id=area.id)
    bare = await make_need(cast, NeedState.agreed, raised_for_organisation_id=None)
    listed = {one["id"]: one for one in (await cast["anonymous"].get("/needs")).json()["items"]}
    for one in (need, bare):
        shown = (await cast["anonymous"].get(f"/needs/{one.id}")).json()
        for seen in (shown, listed[str(one.id)]):
            assert seen["network_names"] == cast.network.names
            assert seen["raised_for_names"] == (cast.neighbour.names if one is need else None)
            assert seen["area_names"] == (area.names if one is need else None)


async def test_who_may_change_a_need_is_told(cast: Cast) -> None:
    need = await make_need(cast, raised_for_organisation_id=cast.association.id)
    for role, before, after in (
        ("editor", True, False),
        ("coordinator", True, True),
        ("chair", False, False),
    ):
        shown = (await cast[role].get(f"/needs/{need.id}")).json()
        assert shown["editable"] is before, role
        need.state = NeedState.agreed
        await cast.world.session.flush()
        shown = (await cast[role].get(f"/needs/{need.id}")).json()
        assert shown["editable"] is after, role
        need.state = NeedState.raised
        await cast.world.session.flush()
