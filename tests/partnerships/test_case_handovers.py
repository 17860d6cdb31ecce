"""Officer or decider tied: the authority's owner is told, and hands the case over to another person."""

from typing import Any

import httpx
import pytest
from sqlmodel import col, select

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from tests.factories import Client, World
from tests.partnerships import gate
from tests.partnerships.authority import NO
from tests.partnerships.cases import act
from tests.tables.ties import DECISION


class Office:
    """An authority with one officer, one decider, an owner and a registrar; one case, which asks for no puumerkki."""

    world: World
    found: gate.Scene
    officer: Client
    decider: Client
    owner: Client
    registrar: Client

    @property
    def request(self) -> PartnerRequest:
        return self.found.request

    async def tie(self, who: Client) -> None:
        tied = await who.put(f"/affiliations/{self.found.association.id}", {"kinds": ["employee"]})
        assert tied.status_code == 204

    async def waiting(self, by: Client | None = None) -> list[dict[str, Any]]:
        return list((await (by or self.owner).get("/case-handovers")).json()["items"])

    async def give(self, whom: Client, by: Client | None = None, *, place: int = 0) -> httpx.Response:
        id_ = (await self.waiting())[place]["id"]
        return await (by or self.owner).put(f"/case-handovers/{id_}", {"principal_id": str(whom.id)})


async def office(world: World) -> Office:
    made = Office()
    made.world, made.found = world, await gate.scene(world, gate=False)
    city = made.found.city.id
    made.officer, made.decider = [await world.person((role, city)) for role in (Role.officer, Role.decider)]
    made.owner = await world.person((Role.owner, city))
    made.registrar = await world.person((Role.registry, city))
    return made


def _code(answer: httpx.Response) -> str:
    return "yes" if answer.is_success else str(answer.json()["code"])


async def _kinds(caller: Client) -> list[str]:
    return [one["kind"] for one in (await caller.get("/tasks")).json()["items"]]


async def _mails(world: World, who: Client) -> list[str]:
    assert who.id is not None
    statement = select(OutboxMessage).where(col(OutboxMessage.recipient) == f"{who.id.hex}@example.org")
    return [
        f"{one.subject}\n{one.body}"
        for one in (await world.session.exec(statement.order_by(col(OutboxMessage.id)))).all()
    ]


async def test_with_an_untied_officer_the_owner_learns_nothing(world: World) -> None:
    at = await office(world)
    assert await at.waiting() == []
    assert "case_to_hand_over" not in await _kinds(at.owner)
    assert (await at.owner.get(f"/partner-requests/{at.request.id}")).status_code == 404


async def test_the_owner_hands_the_case_of_a_tied_officer_over(world: World) -> None:
    at = await office(world)
    await at.tie(at.officer)
    assert "case_to_hand_over" in await _kinds(at.owner)
    told = await _mails(world, at.owner)
    assert [at.request.case_number in one for one in told] == [True]
    [waits] = await at.waiting()
    assert (waits["office"], waits["case_number"]) == ("officer", at.request.case_number)
    assert str(at.registrar.id) in [one["principal_id"] for one in waits["candidates"]]
    assert _code(await act(at.registrar, at.request, "begin")) == "forbidden"
    assert _code(await at.give(at.registrar)) == "yes"
    assert "case_to_hand_over" not in await _kinds(at.owner)
    assert "partner_request_to_begin" in await _kinds(at.registrar)
    assert len(await _mails(world, at.registrar)) == 1
    assert _code(await act(at.registrar, at.request, "begin")) == "yes"
    assert _code(await act(at.registrar, at.request, "decide", DECISION)) == "forbidden", "only what was handed over"
    assert _code(await act(at.decider, at.request, "decide", DECISION)) == "yes"


async def test_the_owner_sees_that_a_case_waits_and_nothing_of_it(world: World) -> None:
    at = await office(world)
    await at.tie(at.officer)
    [waits] = await at.waiting()
    version = at.found.version
    assert version.title not in str(waits) and version.title not in str(await _mails(world, at.owner))
    assert version.title not in str((await at.owner.get("/tasks")).json())
    assert (await at.owner.get(f"/partner-requests/{at.request.id}")).status_code == 404
    assert _code(await at.give(at.registrar)) == "yes"
    assert (await at.owner.get(f"/partner-requests/{at.request.id}")).status_code == 404
    assert await at.waiting(at.registrar) == [], "who runs no authority has nothing to hand over"


async def test_whoever_gets_it_reads_the_case_and_no_other(world: World) -> None:
    at = await office(world)
    viewer = await world.person((Role.viewer, at.found.city.id))
    other = await world.application(at.found.association, networks=[at.found.network], authorities=[at.found.city])
    await gate.receive(world.session, other, await world.version(other))
    second = await gate.request_of(world.session, other.id)
    await at.tie(at.officer)
    assert len(await at.waiting()) == 2
    [mine] = [one for one in await at.waiting() if one["case_number"] == at.request.case_number]
    assert (await viewer.get(f"/partner-requests/{at.request.id}")).status_code == 404
    given = await at.owner.put(f"/case-handovers/{mine['id']}", {"principal_id": str(viewer.id)})
    assert _code(given) == "yes"
    assert (await viewer.get(f"/partner-requests/{at.request.id}")).status_code == 200
    listed = (await viewer.get("/partner-requests")).json()["items"]
    assert [one["id"] for one in listed] == [str(at.request.id)]
    version = await viewer.get(f"/applications/{at.request.application_id}/versions/1")
    assert version.status_code == 200, version.text
    assert (await viewer.get(f"/partner-requests/{second.id}")).status_code == 404
    assert _code(await act(viewer, at.request, "begin")) == "yes"


async def test_a_tied_deciders_case_is_decided_by_whom_the_owner_names(world: World) -> None:
    at = await office(world)
    assert _code(await act(at.officer, at.request, "begin")) == "yes"
    await at.tie(at.decider)
    [waits] = await at.waiting()
    assert waits["office"] == "decider"
    assert _code(await act(at.officer, at.request, "decide", DECISION)) == "forbidden"
    assert _code(await at.give(at.officer)) == "yes"
    assert "partner_request_to_decide" in await _kinds(at.officer)
    assert _code(await act(at.officer, at.request, "decide", DECISION)) == "yes"


async def test_who_led_in_the_network_cannot_decide_and_counts_as_nobody(world: World) -> None:
    at = await office(world)
    await world.grant(at.decider.person_id, Role.coordinator, at.found.network.id)
    led = await world.again(at.decider)
    handling = await gate.handled(world.session, at.found.version, at.found.network, state=HandlingState.received)
    begun = await led.post(f"/handlings/{handling.id}/begin_review", if_match=handling.version)
    assert begun.status_code == 200, begun.text
    assert _code(await act(at.officer, at.request, "begin")) == "yes"
    assert [one["office"] for one in await at.waiting()] == ["decider"]


async def test_what_somebody_else_led_bars_nobody(world: World) -> None:
    at = await office(world)
    lead = await world.person((Role.coordinator, at.found.network.id))
    handling = await gate.handled(world.session, at.found.version, at.found.network, state=HandlingState.received)
    assert (await lead.post(f"/handlings/{handling.id}/begin_review", if_match=handling.version)).is_success
    await at.tie(at.officer)
    [waits] = await at.waiting()
    assert waits["office"] == "officer", "the decider led nothing"
    assert _code(await at.give(at.registrar)) == "yes"
    assert _code(await act(at.registrar, at.request, "begin")) == "yes"
    assert (await at.decider.get(f"/partner-requests/{at.request.id}")).json()["two_hats"] == []
    await at.tie(at.decider)
    found = {one["office"]: one["candidates"] for one in await at.waiting()}
    assert str(at.registrar.id) in [one["principal_id"] for one in found["decider"]]


@pytest.mark.parametrize("whom", ["owner", "tied", "stranger", "operator", "said", "led", "service"])
async def test_who_gets_no_case(world: World, whom: str) -> None:
    at = await office(world)
    city = at.found.city.id
    await at.tie(at.decider)
    if whom == "tied":
        await at.tie(at.registrar)
    if whom == "said":
        reason = {
            "principal_id": str(at.officer.id),
            "organisation_id": str(at.found.association.id),
            "reason": "Puoliso.",
        }
        raised = await at.registrar.post(f"/partner-requests/{at.request.id}/ties", reason)
        assert raised.status_code == 200, raised.text
    if whom == "led":
        await world.grant(at.registrar.person_id, Role.coordinator, at.found.network.id)
        handling = await gate.handled(world.session, at.found.version, at.found.network, state=HandlingState.received)
        led = await world.again(at.registrar)
        assert (await led.post(f"/handlings/{handling.id}/begin_review", if_match=handling.version)).is_success
    who = {
        "owner": at.owner,
        "tied": at.registrar,
        "stranger": await world.person(),
        "operator": await world.person((Role.operator, None), (Role.registry, city)),
        "said": at.officer,
        "led": at.registrar,
        "service": await world.service(Role.officer, at.found.city),
    }[whom]
    answer = await at.give(who)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == "/principal_id"


async def test_who_hands_no_case_over(world: World) -> None:
    at = await office(world)
    await at.tie(at.officer)
    for who in (at.registrar, at.decider, await world.person()):
        assert (await at.give(at.registrar, by=who)).status_code == 404
    tied = await world.person((Role.owner, at.found.city.id))
    await at.tie(tied)
    assert _code(await at.give(at.registrar, by=tied)) == "disqualified"
    runs = await world.person((Role.operator, None), (Role.owner, at.found.city.id))
    assert _code(await at.give(at.registrar, by=runs)) == "operators_take_no_part"


async def test_the_case_stays_with_an_officer_who_is_not_tied(world: World) -> None:
    at = await office(world)
    await at.tie(at.officer)
    id_ = (await at.waiting())[0]["id"]
    assert _code(await at.give(at.registrar)) == "yes"
    await world.person((Role.officer, at.found.city.id))
    assert await at.waiting() == []
    again = await at.owner.put(f"/case-handovers/{id_}", {"principal_id": str(at.decider.id)})
    assert _code(again) == "case_has_person"
    assert _code(await act(at.registrar, at.request, "begin")) == "forbidden", "an untied officer is there"


async def test_whoever_got_it_and_is_tied_by_now_hands_nothing_on(world: World) -> None:
    at = await office(world)
    await at.tie(at.officer)
    assert _code(await at.give(at.registrar)) == "yes"
    await at.tie(at.registrar)
    assert _code(await act(at.registrar, at.request, "begin")) == "forbidden"
    assert "case_to_hand_over" in await _kinds(at.owner)
    assert len(await _mails(world, at.owner)) == 2
    assert _code(await at.give(at.decider)) == "yes"
    assert _code(await act(at.decider, at.request, "begin")) == "yes"


async def test_a_tie_that_was_there_when_the_case_came(world: World) -> None:
    found = await gate.scene(world, gate=False)
    owner = await world.person((Role.owner, found.city.id))
    decider = await world.person((Role.decider, found.city.id))
    await world.person((Role.officer, found.city.id))
    assert (await decider.put(f"/affiliations/{found.association.id}", {"kinds": ["employee"]})).status_code == 204
    other = await world.application(found.association, networks=[found.network], authorities=[found.city])
    await gate.receive(world.session, other, await world.version(other))
    request = await gate.request_of(world.session, other.id)
    assert [request.case_number in one for one in await _mails(world, owner)] == [False, True]


async def test_a_tie_that_was_settled_leaves_the_case_without_a_decider(world: World) -> None:
    at = await office(world)
    about = {"principal_id": str(at.decider.id), "organisation_id": str(at.found.association.id), "reason": "Puoliso."}
    asked = await at.officer.post(f"/partner-requests/{at.request.id}/ties", about)
    assert asked.status_code == 200, asked.text
    second = await world.person((Role.decider, at.found.city.id))
    question = asked.json()["questions"][0]["id"]
    assert await at.waiting() == []
    answer = await second.put(f"/tie-questions/{question}/settlement", {"holds": True, "reason": "Näin on."})
    assert answer.status_code == 204, answer.text
    heard = await at.decider.put(f"/tie-questions/{question}/answer", {"text": "En istunut siellä."})
    assert heard.status_code == 204, heard.text
    assert await at.waiting() == [], "the second decider decides"
    await at.tie(second)
    assert [one["office"] for one in await at.waiting()] == ["decider"]


async def test_what_is_decided_waits_for_nobody(world: World) -> None:
    at = await office(world)
    await at.tie(at.officer)
    assert len(await at.waiting()) == 1
    assert _code(await act(at.decider, at.request, "answer_none", NO)) == "yes"
    assert await at.waiting() == []
    assert "case_to_hand_over" not in await _kinds(at.owner)


async def test_whom_an_operator_made_owner_hands_over_to_people_of_before(world: World) -> None:
    at = await office(world)
    operator = await world.operator()
    stranger = await world.person()
    await world.session.delete(
        (await world.session.exec(select(RoleGrant).where(col(RoleGrant.principal_id) == at.owner.id))).one()
    )
    await world.session.flush()
    named = {"scope_kind": "organisation", "scope_id": str(at.found.city.id), "name": "Uusi Omistaja"}
    named |= {"email": f"{stranger.person_id.hex}@example.org", "reason": "Kaupunki pyysi."}
    assert (await operator.post("/namings", named)).status_code == 201
    offers = (await stranger.get("/me")).json()["role_offers"]
    await stranger.post("/me/role-offers/accept", {"offer_ids": [one["id"] for one in offers]})
    at.owner = await world.again(stranger)
    await at.tie(at.officer)
    [waits] = await at.waiting()
    assert {one["principal_id"] for one in waits["candidates"]} == {str(at.registrar.id), str(at.decider.id)}
    assert _code(await at.give(at.registrar)) == "yes"
    assert _code(await act(at.registrar, at.request, "begin")) == "yes"
