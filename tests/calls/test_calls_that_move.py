"""Calls whose dates move: later only, all who name them are told, and what lapsed is asked for again as it is."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.filings.models import Filing
from puumerkki.handlings.service.lapsing import lapse_due
from puumerkki.handlings.workflow.handlings import HANDLING, HandlingFacts
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene


@pytest.fixture
async def scene(world: World) -> Scene:
    return await make_scene(world)


async def named(scene: Scene) -> tuple[FundingCall, Client]:
    """A published call that the submitted version names, and who publishes for its funder."""
    world = scene.world
    funder = await world.organisation("Rahoittaja")
    publisher = await world.person((Role.editor, funder.id))
    now = clock.now()
    call = FundingCall(
        funder_id=funder.id,
        names={"fi": "Avustushaku"},
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(days=1),
        state=CallState.published,
        published_at=now - timedelta(days=9),
    )
    world.session.add(call)
    await world.session.flush()
    scene.application.call_id = call.id
    await scene.next_version()
    return call, publisher


async def moved(call: FundingCall, publisher: Client, days: int = 20) -> None:
    later = (clock.now() + timedelta(days=days)).isoformat()
    answer = await publisher.patch(f"/calls/{call.id}", {"closes_at": later}, if_match=call.version)
    assert answer.status_code == 200, answer.text


async def letters(world: World) -> dict[str, str]:
    return {one.recipient: one.subject for one in (await world.session.exec(select(OutboxMessage))).all()}


async def lapsed(scene: Scene) -> None:
    await lapse_due(scene.world.session)
    assert (await scene.row()).state == "lapsed"


async def test_what_lapsed_is_asked_for_again_without_a_new_version(scene: Scene) -> None:
    call, publisher = await named(scene)
    await lapsed(scene)
    version = (await scene.row()).version_number
    assert (await scene.act("ask_again", by=scene.editor)).json()["code"] == "no_open_call"
    await moved(call, publisher)
    before = (await scene.row()).received_at
    assert (await scene.act("ask_again", by=scene.coordinator)).status_code == 403
    answer = await scene.act("ask_again", by=scene.editor)
    assert (answer.status_code, answer.json()["state"]) == (200, "received"), answer.text
    row = await scene.row()
    assert (row.version_number, row.received_at > before, row.decided_at) == (version, True, None)
    await lapse_due(scene.world.session)
    assert (await scene.row()).state == "received"
    assert (await scene.act("ask_again", by=scene.editor)).json()["code"] == "wrong_state"
    types = [one["type"] for one in (await scene.editor.get(f"{scene.path}/timeline")).json()["items"]]
    assert "handling.asked_again" in types


async def test_all_who_name_a_call_are_told_once_it_closes_later(scene: Scene) -> None:
    call, publisher = await named(scene)
    earlier = (clock.now() - timedelta(days=3)).isoformat()
    refused = await publisher.patch(f"/calls/{call.id}", {"closes_at": earlier}, if_match=call.version)
    assert refused.json()["code"] == "call_cannot_close_earlier"
    before = await letters(scene.world)
    await publisher.patch(f"/calls/{call.id}", {"programme": {"fi": "Ohjelma"}}, if_match=call.version)
    assert await letters(scene.world) == before, "a text moves no date"
    await scene.world.session.refresh(call)
    await moved(call, publisher)
    new = (await letters(scene.world)).items() - before.items()
    assert {subject for _, subject in new} == {"Avustushaku päättyy myöhemmin: Avustushaku"}
    told = {to for to, _ in new}
    assert await address(scene, scene.editor) in told and await address(scene, scene.coordinator) in told
    assert await address(scene, publisher) not in told


async def test_a_cancelled_call_ends_no_handling_by_itself(scene: Scene) -> None:
    call, publisher = await named(scene)
    before = await letters(scene.world)
    answer = await publisher.post(f"/calls/{call.id}/cancel", if_match=call.version)
    assert answer.status_code == 200, answer.text
    await lapse_due(scene.world.session)
    assert (await scene.row()).state == "received"
    new = (await letters(scene.world)).items() - before.items()
    assert {subject for _, subject in new} == {"Avustushaku on peruttu: Avustushaku"}


async def test_a_planned_filing_to_a_call_names_it(scene: Scene) -> None:
    call, publisher = await named(scene)
    await lapsed(scene)
    other = FundingCall(
        funder_id=call.funder_id,
        names={"fi": "Toinen"},
        opens_at=clock.now() - timedelta(days=9),
        closes_at=clock.now() + timedelta(days=9),
        state=CallState.published,
        published_at=clock.now(),
    )
    scene.world.session.add(other)
    await scene.world.session.flush()
    scene.world.session.add(Filing(application_id=scene.application.id, funder_id=call.funder_id, call_id=other.id))
    await scene.world.session.flush()
    assert (await scene.act("ask_again", by=scene.editor)).status_code == 200
    before = await letters(scene.world)
    await moved(other, publisher)
    assert (await letters(scene.world)).keys() - before.keys()


class Submitter:
    def may(self, permission: Any, on: UUID | None = None) -> bool:
        return permission == P.applications_submit


@dataclass
class Row:
    state: HandlingState
    network_id: UUID
    application_id: UUID


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"leads": False}, "leading_applicant_asks"),
        ({"active": False}, "application_not_active"),
        ({"network_active": False}, "network_not_active"),
        ({"member": False}, "not_a_member"),
        ({"applicant_left": True}, "applicant_left"),
        ({"serves": False}, "no_open_call"),
    ],
)
def test_every_guard_blocks_with_its_code(changes: dict[str, Any], code: str) -> None:
    row = Row(HandlingState.lapsed, UUID(int=1), UUID(int=2))
    for facts, blocked in ((HandlingFacts(leads=True), None), (HandlingFacts(**{"leads": True} | changes), code)):
        [found] = HANDLING.available(row, actor=Submitter(), facts=facts)
        assert (found.action, found.blocked_by) == ("ask_again", blocked)


async def address(scene: Scene, caller: Client) -> str:
    assert isinstance(caller.id, UUID)
    return (await scene.world.session.get_one(User, caller.id)).email
