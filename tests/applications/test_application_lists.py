"""Lists of applications, their export, what is told of them, and what waits for whom."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries import application_tasks
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries import returned_tasks
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from tests.applications.drafts import draft, ids, submitted
from tests.factories import World
from tests.personas import make_cast
from tests.tasks import tasks_of


async def test_lists_are_filtered(world: World) -> None:
    cast = await make_cast(world)
    one = await submitted(cast)
    two = await draft(cast, title="Ääni kuuluviin", network_ids=[], authorities=[])
    editor = cast["editor"]
    assert await ids(editor) == [two["id"], one["id"]]
    assert await ids(editor, "sort=title") == [one["id"], two["id"]]
    assert await ids(editor, "q=ÄÄNI") == [two["id"]]
    assert await ids(editor, "q=%25") == await ids(editor, "q=_") == await ids(editor, "q=%5C") == []
    assert await ids(editor, "state=draft") == [two["id"]]
    assert await ids(editor, f"network={cast.network.id}") == [one["id"]]
    assert await ids(cast["coordinator"], f"network={cast.network.id}&handling_state=received") == [one["id"]]
    assert await ids(cast["coordinator"], "handling_state=declined") == []
    assert await ids(editor, f"authority={cast.city.id}") == [one["id"]]
    assert await ids(editor, f"need={uuid4()}") == []
    assert await ids(editor, f"call={uuid4()}") == []
    assert await ids(editor, f"applicant={cast.neighbour.id}") == []
    page = (await editor.get("/applications?limit=1&sort=title")).json()
    assert await ids(editor, f"limit=1&sort=title&cursor={page['next_cursor']}") == [two["id"]]
    assert (await editor.get("/applications?unknown=1")).status_code == 422


async def test_a_network_sees_no_other_networks_handling(world: World) -> None:
    cast = await make_cast(world)
    second = await world.network("Toinen verkosto")
    await world.member(second, cast.association)
    leader = await world.person((Role.coordinator, second.id))
    made = await submitted(cast, network_ids=[str(cast.network.id), str(second.id)])
    seen = (await leader.get(f"/applications/{made['id']}")).json()
    assert [one["network_id"] for one in seen["networks"]] == [str(second.id)]
    assert await ids(leader, f"network={cast.network.id}") == []
    officer = (await cast["officer"].get(f"/applications/{made['id']}")).json()
    assert len(officer["networks"]) == 2
    assert officer["authorities"][0]["partner_request"]["state"] in ("arrived", "referred")


async def test_the_export_holds_no_formulas(world: World) -> None:
    cast = await make_cast(world)
    await draft(cast, title="=HYPERLINK(1)")
    await draft(cast, title="'=x")
    await submitted(cast)
    answer = await cast["editor"].get("/applications/export.csv?state=draft")
    assert answer.status_code == 200
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert ";''=x;" in lines[1], "what begins with the sign of escaping is told apart"
    assert ";'=HYPERLINK(1);" in lines[2]
    assert ";45000,00;fi;;;draft;Vanhusten Ystävät ry;;" in lines[2]
    assert len((await cast["coordinator"].get("/applications/export.csv")).content.splitlines()) == 2
    assert (await world.nobody.get("/applications/export.csv")).status_code == 401


async def test_events_hold_names_of_parts_only(world: World, session: AsyncSession) -> None:
    cast = await make_cast(world)
    made = await draft(cast)
    change = {"content": {"goals": "Uusi"}, "private": {"contact_persons": []}}
    await cast["editor"].patch(f"/applications/{made['id']}", change, if_match=made["version"])
    rows = (await session.exec(select(EventRow).where(col(EventRow.subject_id) == UUID(made["id"])))).all()
    assert [(row.type, row.changed, row.data) for row in rows] == [
        ("application.created", [], {}),
        ("application.changed", ["content.goals", "private"], {}),
    ]


async def test_what_waits_for_whom(world: World, session: AsyncSession) -> None:
    cast = await make_cast(world)
    now = clock.now()
    call = FundingCall(
        funder_id=cast.city.id,
        names={"fi": "Haku"},
        state=CallState.published,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=10),
    )
    session.add(call)
    await session.flush()
    made = await draft(cast, call_id=str(call.id))
    sent = await submitted(cast)
    handling = (await session.exec(select(Handling))).one()
    handling.state, handling.answer_by = HandlingState.returned, clock.today()
    await session.flush()

    async def waits(role: str) -> list[tuple[str, UUID]]:
        declared = (*application_tasks.TASKS, *returned_tasks.TASKS)
        return sorted((row.kind, row.subject_id) for row in await tasks_of(session, cast[role].id, declared))

    expected = [("application_to_submit", UUID(made["id"])), ("handling_to_mend", handling.id)]
    assert await waits("editor") == expected
    assert await waits("owner") == expected[1:], "who writes and does not submit"
    for role in ("viewer", "coordinator", "officer"):
        assert await waits(role) == [], role
    assert sent["state"] == "active"
    call.closes_at = now + timedelta(days=60)
    await session.flush()
    assert await waits("editor") == expected[1:]
