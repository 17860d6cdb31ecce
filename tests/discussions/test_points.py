"""Points to mend: answered by the applicants' side, settled by who leads."""

import pytest
from sqlmodel import col, select

from puumerkki.discussions.models import PointState, PointToMend
from puumerkki.discussions.service import open_points, settle_all
from puumerkki.discussions.workflow import POINT
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.subjects import Ref
from puumerkki.needs.models import Need, NeedState
from tests.factories import World
from tests.personas import CALLERS, Cast, make_cast
from tests.valid_requests.discussions import make_point
from tests.valid_requests.needs import make_need

PARTIES = {"coordinator", "chair", "secretary", "observer", "representative", "deputy", "editor"}
ACTORS = {"answer": "editor", "settle": "coordinator"}
BODIES = {"answer": {"answer": "Kotihoidon kyselystä."}}


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


@pytest.fixture
async def need(cast: Cast) -> Need:
    return await make_need(cast, NeedState.agreed, raised_for_organisation_id=cast.association.id)


async def test_raised_answered_and_settled(cast: Cast, need: Need) -> None:
    subject = Ref("need", need.id)
    point = await make_point(cast, need)
    assert await open_points(cast.world.session, subject) == [point]
    path = f"/points/{point.id}"
    assert (await cast["editor"].post(f"{path}/answer", BODIES["answer"])).status_code == 428
    answered = await cast["editor"].post(f"{path}/answer", BODIES["answer"], if_match=1)
    assert answered.status_code == 200, answered.text
    body = answered.json()
    assert (body["state"], body["answered_by"]["name"], body["raised_by"]["name"]) == (
        "answered",
        "editor",
        "coordinator",
    )
    assert body["available_actions"] == [{"action": "answer", "allowed": True, "blocked_by": None}]
    assert (await cast["editor"].post(f"{path}/answer", BODIES["answer"], if_match=1)).status_code == 412
    settled = await cast["coordinator"].post(f"{path}/settle", if_match=2)
    assert (settled.json()["state"], settled.headers["etag"]) == ("settled", '"3"')
    listed = (await cast["observer"].get(f"/points?subject_kind=need&subject_id={need.id}")).json()["items"]
    assert [(item["state"], item["answer"], item["part"]) for item in listed] == [
        ("settled", "Kotihoidon kyselystä.", "evidence")
    ]
    cast.world.session.expire_all()
    assert await open_points(cast.world.session, subject) == []
    told = await cast.world.session.exec(
        select(EventRow.type, EventRow.tier).where(col(EventRow.subject_id) == subject.id).order_by(col(EventRow.id))
    )
    assert [(kind, str(tier)) for kind, tier in told.all()] == [
        ("point.raised", "parties"),
        ("point.answered", "parties"),
        ("point.settled", "parties"),
    ]


@pytest.mark.parametrize("role", CALLERS)
async def test_every_action_in_every_state_as_every_role(cast: Cast, need: Need, role: str) -> None:
    targets = {(row.action, source): row.target for row in POINT.transitions for source in row.sources}
    for state in PointState:
        for action in POINT.actions():
            raiser = cast["coordinator"].id
            assert raiser is not None
            point = PointToMend(
                subject_kind="need", subject_id=need.id, body="?", raised_by=raiser, state=state, answer="A"
            )
            cast.world.session.add(point)
            await cast.world.session.flush()
            answer = await cast[role].post(f"/points/{point.id}/{action}", BODIES.get(action), if_match=1)
            if role == "anonymous":
                expected = (401, "unauthenticated")
            elif role not in PARTIES:
                expected = (404, "not_found")
            elif role != ACTORS[action]:
                expected = (403, "forbidden")
            elif target := targets.get((action, state)):
                expected = (200, target.value)
            else:
                expected = (409, "wrong_state")
            body = answer.json()
            assert (answer.status_code, body.get("code") or body.get("state")) == expected, (state, action)


@pytest.mark.parametrize("role", CALLERS)
async def test_only_the_parties_read_points(cast: Cast, need: Need, role: str) -> None:
    point = await make_point(cast, need)
    answer = await cast[role].get(f"/points?subject_kind=need&subject_id={need.id}")
    assert len(answer.json()["items"]) == (role in PARTIES)
    assert (await cast[role].get(f"/points/{point.id}")).status_code == (200 if role in PARTIES else 404)


async def test_all_are_settled_as_a_consequence(cast: Cast, need: Need) -> None:
    points = [await make_point(cast, need) for _ in range(2)]
    other = await make_point(cast, await make_need(cast))
    await settle_all(cast.world.session, Ref("need", need.id), None)
    assert [point.state for point in points] == [PointState.settled] * 2
    assert other.state == PointState.open
