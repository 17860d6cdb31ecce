"""An authority keeps its own power: it can always answer no, and bring, release and waive what its policies ask."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.handlings.models.handlings import Ballot, BallotState, Handling
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import NetworkState, Rulebook
from tests.factories import World
from tests.partnerships.authority import NO, WAIVER, both, on_row, seen, under
from tests.partnerships.cases import act, officer
from tests.partnerships.gate import Scene, ended, handled, policy, scene
from tests.partnerships.test_partner_requests import DECISION


@pytest.mark.parametrize("state", ["arrived", "referred", "in_preparation", "supplement_asked"])
async def test_an_authority_can_always_answer_no(world: World, state: str) -> None:
    arrived = await scene(world, gate=state == "referred")
    one = await both(world, arrived)
    if state in ("in_preparation", "supplement_asked"):
        await act(one, arrived.request, "begin")
    if state == "supplement_asked":
        await act(one, arrived.request, "ask_supplement", {"body": "Mikä on omarahoitus?"})
    assert (await seen(one, arrived))["state"] == state
    short = await act(one, arrived.request, "answer_none", NO | {"appeal": ""})
    assert (short.status_code, short.json()["errors"][0]["pointer"]) == (422, "/appeal")
    answered = await act(one, arrived.request, "answer_none", NO)
    assert answered.status_code == 200, answered.text
    decision = answered.json()["decision"]
    assert (answered.json()["state"], decision["outcome"], decision["grounds"]) == ("decided", "none", [])
    assert decision["reason"] == NO["reason"]


async def test_a_case_that_was_begun_is_answered_not_left(world: World) -> None:
    arrived = await scene(world)
    one = await both(world, arrived)
    left = await act(one, arrived.request, "not_take_up", NO)
    assert (left.status_code, left.json()["decision"]["outcome"]) == (200, "not_taken_up")
    begun = await scene(world, gate=False)
    one = await both(world, begun)
    await act(one, begun.request, "begin")
    assert (await act(one, begun.request, "not_take_up", NO)).json()["code"] == "wrong_state"


async def test_bringing_releasing_and_undoing(world: World) -> None:
    arrived = await scene(world, gate=False)
    one = await both(world, arrived)
    wanted = await policy(world, arrived.city, arrived.network, target_groups=["KR2"])
    assert (await act(one, arrived.request, "begin", {"groups_confirmed": True})).status_code == 200
    given = {"policy_id": str(wanted.id), "reason": "Koskee myös lapsia."}
    brought = await act(one, arrived.request, "bring", given)
    assert brought.status_code == 200, brought.text
    [row] = brought.json()["requirements"]
    assert (brought.json()["state"], row["cause"], row["undoable"]) == ("referred", "brought", True)
    assert (await act(one, arrived.request, "bring", given)).json()["code"] == "policy_concerns_already"
    assert (await on_row(one, arrived, "release", {"reason": "x"})).json()["code"] == "not_releasable"
    undone = await on_row(one, arrived, "undo", {"reason": "Ei koske."})
    assert [one["standing"] for one in undone.json()["requirements"]] == ["released"]
    assert (await act(one, arrived.request, "begin")).status_code == 200


async def test_a_wider_group_is_released_with_a_reason_and_a_decider_may_undo_it(world: World) -> None:
    arrived = await under(world, target_groups=["KR1.1"], content={"target_groups": []})
    one = await both(world, arrived)
    released = await on_row(one, arrived, "release", {"reason": "Kaikki asukkaat, ei erikseen ikäihmiset."})
    assert released.status_code == 200, released.text
    [row] = released.json()["requirements"]
    assert (row["standing"], row["release"]["ground"]) == ("released", "missing")
    assert (await act(one, arrived.request, "begin")).status_code == 200
    officer_ = await officer(world, arrived)
    assert (await on_row(officer_, arrived, "undo", {"reason": "x"})).status_code == 403
    undone = await on_row(one, arrived, "undo", {"reason": "Koskee sittenkin."})
    body = undone.json()
    assert (body["state"], [one["standing"] for one in body["requirements"]]) == ("referred", ["missing"])


async def test_what_the_application_names_is_not_released_until_its_policy_has_ended(world: World) -> None:
    arrived = await scene(world)
    one = await both(world, arrived)
    assert (await on_row(one, arrived, "release", {"reason": "x"})).json()["code"] == "not_releasable"
    path = f"/gate-policies?authority={arrived.city.id}"
    [made] = (await one.get(path)).json()["items"]
    await ended(world.session, made["id"])
    released = await on_row(one, arrived, "release", {"reason": "Vaatimus on päättynyt."})
    assert released.json()["requirements"][0]["release"]["ground"] == "policy_ended"


async def _without_result(world: World, arrived: Scene, number: int) -> None:
    """So many ballots on the version lacked their quorum."""
    session = world.session
    for _ in range(number):
        book = (await session.exec(select(Rulebook).where(col(Rulebook.network_id) == arrived.network.id))).one()
        handling = (await session.exec(select(Handling).where(col(Handling.network_id) == arrived.network.id))).one()
        made = Ballot(
            handling_id=handling.id,
            rulebook_id=book.id,
            version_number=handling.version_number,
            rule=book.rule,
            state=BallotState.closed,
            opened_at=clock.now(),
            closes_at=clock.now(),
            takes_effect_at=clock.now(),
            result={"outcome": "no_quorum"},
        )
        session.add(made)


@pytest.mark.parametrize(
    ("how", "ground", "founded"),
    [
        ("never asked", "network_did_not_answer", False),
        ("in time", "network_did_not_answer", False),
        ("silent", "network_did_not_answer", True),
        ("lapsed", "network_did_not_answer", True),
        ("two ballots", "network_did_not_answer", True),
        ("one ballot", "network_did_not_answer", False),
        ("silent", "network_cannot", False),
        ("closed", "network_cannot", True),
        ("advisory", "network_cannot", True),
        ("all tied", "network_cannot", True),
        ("declined", "network_did_not_answer", False),
        ("declined", "law", True),
        ("in time", "law", True),
    ],
)
async def test_the_ground_of_a_waiver_is_looked_at(world: World, how: str, ground: str, founded: bool) -> None:
    arrived = await scene(world)
    await world.member(arrived.network, arrived.association)
    if how != "all tied":
        await world.member(arrived.network, await world.organisation("Naapuriapu ry"))
    if how == "advisory":
        arrived.network.decides = False
        await world.session.flush()
    if how != "never asked":
        states = {"declined": HandlingState.declined, "lapsed": HandlingState.lapsed}
        over = clock.today() - timedelta(days=60) if how == "silent" else clock.today()
        state = states.get(how, HandlingState.in_review)
        await handled(world.session, arrived.version, arrived.network, state=state, handle_by=over)
    await _without_result(world, arrived, {"two ballots": 2, "one ballot": 1}.get(how, 0))
    if how == "closed":
        arrived.network.state = NetworkState.closed
    await world.session.flush()
    one = await both(world, arrived)
    waived = await on_row(one, arrived, "waive", WAIVER | {"ground": ground})
    if not founded:
        assert (waived.status_code, waived.json()["code"]) == (409, "waiver_unfounded")
        return
    assert [row["standing"] for row in waived.json()["requirements"]] == ["waived"]
    assert (await act(one, arrived.request, "begin")).status_code == 200
    decided = await act(one, arrived.request, "decide", DECISION)
    [stood_on] = decided.json()["decision"]["grounds"]
    assert (stood_on["endorsement_number"], stood_on["waiver_id"] is not None) == (None, True)


async def test_the_network_says_what_it_thinks_of_a_waiver(world: World) -> None:
    arrived = await scene(world)
    await handled(world.session, arrived.version, arrived.network, state=HandlingState.in_review)
    one = await both(world, arrived)
    await on_row(one, arrived, "waive", WAIVER | {"ground": "law"})
    coordinator = await world.person((Role.coordinator, arrived.network.id))
    view = {"network_id": str(arrived.network.id), "view": "Olisimme ehtineet vastata."}
    assert (await on_row(one, arrived, "network_view", view)).status_code == 403
    said = await on_row(coordinator, arrived, "network_view", view)
    assert said.status_code == 200, said.text
    [shown] = (await seen(one, arrived))["requirements"][0]["waiver"]["network_views"]
    assert shown["view"] == view["view"]
    assert (await on_row(coordinator, arrived, "network_view", view)).json()["code"] == "view_given"
