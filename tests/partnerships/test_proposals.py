"""A decision that an officer or a machine proposes: a decider confirms it, hands it back, or decides otherwise."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.access.service import revoke_all_roles
from puumerkki.identity.models import ServiceAccount
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from tests.disqualification.test_glass import looked
from tests.factories import Client, World
from tests.partnerships.authority import both, seen
from tests.partnerships.cases import act, officer
from tests.partnerships.gate import Scene, endorse, scene
from tests.partnerships.test_case_letters import letters
from tests.partnerships.test_partner_requests import DECISION

PROPOSAL: dict[str, Any] = DECISION | {"reason": "Täydentää kaupungin omaa toimintaa."}
NO: dict[str, Any] = {
    "outcome": "none",
    "reason": "Määräraha on käytetty.",
    "appeal": "Oikaisuvaatimus 14 päivän kuluessa.",
}
BACK = {"reason": "Summa ei vastaa hakemusta."}
HANDED_BACK = "Ratkaisuehdotus palautettiin: PK/"


async def prepared(world: World, *, gate: bool = False) -> Scene:
    """A case in preparation, on a puumerkki where the city requires one."""
    arrived = await scene(world, gate=gate)
    if gate:
        await endorse(world.session, arrived.version, arrived.network)
    begun = await act(await officer(world, arrived), arrived.request, "begin")
    assert begun.status_code == 200, begun.text
    return arrived


async def decider(world: World, arrived: Scene, **more: Any) -> Client:
    return await world.person((Role.decider, arrived.city.id), **more)


async def machine(world: World, arrived: Scene, *makers: Client) -> Client:
    """A service account of the city with the role of an officer and all scopes, and who made it."""
    made = await world.service(Role.officer, arrived.city, scopes=frozenset(P))
    account = await world.session.get_one(ServiceAccount, made.id)
    account.maker_ids = [one.person_id for one in makers]
    await world.session.flush()
    return made


async def proposed(world: World, arrived: Scene, **changes: Any) -> Client:
    """Who proposed."""
    who = await officer(world, arrived)
    answer = await act(who, arrived.request, "propose", PROPOSAL | changes)
    assert answer.status_code == 200, answer.text
    return who


def told(answer: Any) -> str:
    return "yes" if answer.is_success else str(answer.json()["code"])


async def kinds(caller: Client) -> list[str]:
    return [one["kind"] for one in (await caller.get("/tasks")).json()["items"]]


async def test_a_proposal_leaves_the_case_in_preparation_and_a_decider_confirms_it(world: World) -> None:
    arrived = await prepared(world, gate=True)
    decides = await decider(world, arrived)
    who = await officer(world, arrived)
    answer = await act(who, arrived.request, "propose", PROPOSAL)
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "in_preparation"
    shown = (await seen(decides, arrived))["proposal"]
    assert (shown["proposed_by"]["principal_id"], shown["proposed_by"]["makers"]) == (str(who.id), [])
    assert (shown["version_number"], shown["proposed_at"] is not None) == (1, True)
    assert {name: shown[name] for name in PROPOSAL if name != "contributions"} == {
        name: value for name, value in PROPOSAL.items() if name != "contributions"
    }
    decided = await act(decides, arrived.request, "decide", PROPOSAL)
    assert decided.status_code == 200, decided.text
    decision = decided.json()["decision"]
    assert (decision["as_proposed"], decision["proposed_by"]["principal_id"]) == (True, str(who.id))
    assert (decision["reason"], decided.json()["proposal"]) == (PROPOSAL["reason"], None)


async def test_what_is_decided_otherwise_says_so(world: World) -> None:
    for changes in ({"outcome": "statement"}, {"contributions": []}, {"section": "§ 46"}, {"reason": None}):
        arrived = await prepared(world)
        who = await proposed(world, arrived)
        decided = await act(await decider(world, arrived), arrived.request, "decide", PROPOSAL | changes)
        decision = decided.json()["decision"]
        assert (decision["as_proposed"], decision["proposed_by"]["principal_id"]) == (False, str(who.id)), changes
    arrived = await prepared(world)
    decided = await act(await decider(world, arrived), arrived.request, "decide", PROPOSAL)
    assert (decided.json()["decision"]["as_proposed"], decided.json()["decision"]["proposed_by"]) == (None, None)


async def test_the_day_is_the_deciders_where_none_was_proposed(world: World) -> None:
    arrived = await prepared(world)
    await proposed(world, arrived, decided_on=None)
    decided = await act(await decider(world, arrived), arrived.request, "decide", PROPOSAL)
    assert decided.json()["decision"]["as_proposed"] is True


async def test_a_no_is_proposed_and_answered(world: World) -> None:
    arrived = await prepared(world)
    who = await officer(world, arrived)
    for missing in ("reason", "appeal"):
        refused = await act(who, arrived.request, "propose", NO | {missing: None})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, f"/{missing}"), refused.text
    money = {"contributions": PROPOSAL["contributions"]}
    refused = await act(who, arrived.request, "propose", NO | money)
    assert refused.json()["errors"][0]["pointer"] == "/contributions"
    assert told(await act(who, arrived.request, "propose", NO)) == "yes"
    given = {"reason": NO["reason"], "appeal": NO["appeal"], "decided_on": str(clock.today())}
    decided = await act(await decider(world, arrived), arrived.request, "answer_none", given)
    assert decided.json()["decision"]["as_proposed"] is True


async def test_a_machine_proposes_and_is_shown_with_who_made_it(world: World) -> None:
    arrived = await prepared(world)
    maker = await world.person((Role.owner, arrived.city.id), name="Ylläpito")
    account = await machine(world, arrived, maker)
    assert told(await act(account, arrived.request, "propose", PROPOSAL)) == "yes"
    assert told(await act(account, arrived.request, "decide", PROPOSAL)) == "people_only"
    assert told(await act(account, arrived.request, "hand_back", BACK)) == "people_only"
    shown = (await seen(await decider(world, arrived), arrived))["proposal"]["proposed_by"]
    assert shown["name"] == "Siirto"
    assert shown["makers"] == [{"principal_id": str(maker.id), "name": "Ylläpito"}]


async def test_a_machine_without_the_scope_or_the_role_proposes_nothing(world: World) -> None:
    arrived = await prepared(world)
    for role, scopes in ((Role.officer, {P.partner_requests_read}), (Role.registry, set(P))):
        account = await world.service(role, arrived.city, scopes=frozenset(scopes))
        answer = await act(account, arrived.request, "propose", PROPOSAL)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    "who", ["officer", "machine of one who is tied", "machine of one who broke the glass", "machine of an operator"]
)
async def test_nobody_proposes_who_is_tied(world: World, who: str) -> None:
    arrived = await prepared(world)
    tied = await officer(world, arrived)
    caller = tied if who == "officer" else await machine(world, arrived, tied)
    if who.endswith("glass"):
        operator = await looked(world, "organisation", arrived.city.id)
        caller = await machine(world, arrived, operator)
    elif who.endswith("operator"):
        caller = await machine(world, arrived, await world.operator())
    else:
        assert (await tied.put(f"/affiliations/{arrived.association.id}", {"kinds": ["employee"]})).status_code == 204
    answer = await act(caller, arrived.request, "propose", PROPOSAL)
    assert answer.status_code in (403, 409), answer.text
    assert (await seen(await decider(world, arrived), arrived))["proposal"] is None


async def test_a_newer_proposal_replaces_the_one_before(world: World) -> None:
    arrived = await prepared(world)
    decides = await decider(world, arrived)
    await proposed(world, arrived)
    stale = (await seen(decides, arrived))["version"]
    second = await proposed(world, arrived, outcome="statement")
    shown = (await seen(decides, arrived))["proposal"]
    assert (shown["outcome"], shown["proposed_by"]["principal_id"]) == ("statement", str(second.id))
    path = f"/partner-requests/{arrived.request.id}/decide"
    assert (await decides.post(path, PROPOSAL, if_match=stale)).status_code == 412, "who saw the former confirms it not"


async def test_what_could_not_be_decided_is_not_proposed(world: World) -> None:
    arrived = await scene(world, gate=False)
    who = await officer(world, arrived)
    assert told(await act(who, arrived.request, "propose", PROPOSAL)) == "wrong_state"
    assert told(await act(who, arrived.request, "begin")) == "yes"
    tomorrow = str(clock.today() + timedelta(days=1))
    long_ago = str(clock.today() - timedelta(days=1))
    for day, code in ((tomorrow, "in_the_future"), (long_ago, "before_the_version")):
        refused = await act(who, arrived.request, "propose", PROPOSAL | {"decided_on": day})
        [error] = refused.json()["errors"]
        assert (error["pointer"], error["code"]) == ("/decided_on", code)
    wrong = await act(who, arrived.request, "propose", PROPOSAL | {"outcome": "not_taken_up"})
    assert wrong.status_code == 422


async def test_a_proposal_of_money_waits_for_the_gate_and_a_no_does_not(world: World) -> None:
    arrived = await prepared(world, gate=True)
    later = clock.now() + timedelta(days=500)
    with clock.fixed(later):
        who = await world.again(await officer(world, arrived))
        assert (
            told(await act(who, arrived.request, "propose", PROPOSAL | {"decided_on": None})) == "endorsement_expired"
        )
        assert told(await act(who, arrived.request, "propose", NO)) == "yes"


async def test_a_decider_hands_it_back_with_a_reason_and_the_proposer_is_told(world: World) -> None:
    arrived = await prepared(world)
    who = await proposed(world, arrived)
    other = await officer(world, arrived)
    decides = await decider(world, arrived)
    assert await kinds(decides) == ["proposal_to_confirm"]
    assert (await act(decides, arrived.request, "hand_back", {})).status_code == 422
    back = await act(decides, arrived.request, "hand_back", BACK)
    assert back.status_code == 200, back.text
    body = back.json()
    assert (body["state"], body["proposal"]) == ("in_preparation", None)
    assert body["former_proposal"]["handed_back_reason"] == BACK["reason"]
    assert body["former_proposal"]["ended_by"]["principal_id"] == str(decides.id)
    assert await kinds(decides) == ["partner_request_to_decide"]
    assert (await kinds(who), await kinds(other)) == (["proposal_handed_back"], [])
    [letter] = await letters(world, who)
    assert HANDED_BACK in letter and BACK["reason"] not in letter, "it is read in the service"
    assert await letters(world, other) == []
    events = await world.session.exec(
        select(EventRow.type, EventRow.tier)
        .where(EventRow.subject_id == arrived.request.id, col(EventRow.type).contains("propos"))
        .order_by(col(EventRow.id))
    )
    assert [tuple(one) for one in events.all()] == [
        ("partner_request.proposed", "authority"),
        ("partner_request.proposal_handed_back", "authority"),
    ]
    assert told(await act(decides, arrived.request, "hand_back", BACK)) == "no_proposal"
    assert told(await act(who, arrived.request, "propose", PROPOSAL)) == "yes"
    assert await kinds(who) == []


async def test_a_machines_proposal_comes_back_to_the_officers_and_who_made_it(world: World) -> None:
    arrived = await prepared(world)
    maker = await world.person((Role.owner, arrived.city.id))
    other = await officer(world, arrived)
    account = await machine(world, arrived, maker)
    assert told(await act(account, arrived.request, "propose", PROPOSAL)) == "yes"
    assert told(await act(await decider(world, arrived), arrived.request, "hand_back", BACK)) == "yes"
    assert await kinds(other) == ["proposal_handed_back"]
    for one in (maker, other):
        assert HANDED_BACK in (await letters(world, one))[-1]


async def test_who_has_left_the_authority_does_not_hear_why_it_came_back(world: World) -> None:
    arrived = await prepared(world)
    who = await proposed(world, arrived)
    other = await officer(world, arrived)
    assert who.id is not None
    await revoke_all_roles(world.session, principal_id=who.id)
    assert told(await act(await decider(world, arrived), arrived.request, "hand_back", BACK)) == "yes"
    assert await letters(world, who) == []
    assert HANDED_BACK in (await letters(world, other))[-1]


async def test_deciders_are_told_of_what_waits_and_only_who_can_decide_it(world: World) -> None:
    arrived = await prepared(world)
    decides, tied = await decider(world, arrived), await decider(world, arrived)
    assert (await tied.put(f"/affiliations/{arrived.association.id}", {"kinds": ["employee"]})).status_code == 204
    await proposed(world, arrived)
    await proposed(world, arrived, outcome="statement")
    assert (await kinds(decides), await kinds(tied)) == (["proposal_to_confirm"], [])
    assert (len(await letters(world, decides)), await letters(world, tied)) == (1, [])
    for action, given in (("decide", PROPOSAL), ("hand_back", BACK)):
        assert told(await act(tied, arrived.request, action, given)) == "disqualified"


async def test_only_the_authority_reads_what_is_proposed(world: World) -> None:
    arrived = await prepared(world)
    await proposed(world, arrived)
    applicant = await world.person((Role.editor, arrived.association.id))
    assert (await seen(applicant, arrived))["proposal"] is None
    path = f"/partner-requests/{arrived.request.id}/timeline"
    of_applicant = {one["type"] for one in (await applicant.get(path)).json()["items"]}
    of_city = {one["type"] for one in (await (await officer(world, arrived)).get(path)).json()["items"]}
    assert of_city - of_applicant == {"partner_request.proposed"}
    assert told(await act(await decider(world, arrived), arrived.request, "hand_back", BACK)) == "yes"
    assert (await seen(applicant, arrived))["former_proposal"] is None


async def test_who_has_both_roles_may_confirm_and_who_led_only_proposes(world: World) -> None:
    arrived = await prepared(world)
    one = await both(world, arrived)
    assert told(await act(one, arrived.request, "propose", PROPOSAL)) == "yes"
    assert told(await act(one, arrived.request, "decide", PROPOSAL)) == "yes"
