"""An organisation that somebody adds is unconfirmed until somebody else says that it is what it says."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.networks.models.networks import MemberState
from puumerkki.organisations.models.organisations import ConfirmationSource, Organisation, Sector
from puumerkki.organisations.queries import confirmations
from puumerkki.organisations.service.confirmation_mails import tell_operators
from puumerkki.organisations.service.confirmations import MOST_WAITING
from tests.factories import OULU, Client, World
from tests.tasks import tasks_of

NOON = clock.now().replace(hour=10)
TO_CONFIRM, REFUSED = "organisation_to_confirm", "organisation_refused"


def group(name: str = "Tuiran asukkaat", **more: Any) -> dict[str, Any]:
    return {
        "names": {"fi": name},
        "sector": "residents",
        "legal_form": "unregistered_group",
        "home_municipality_code": OULU,
        "contact": {"name": "Yhteys", "email": "yhteys@example.org", "public": True},
    } | more


async def added(founder: Client, name: str = "Tuiran asukkaat", **more: Any) -> dict[str, Any]:
    answer = await founder.post("/organisations", group(name, **more))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def city_of(world: World) -> tuple[Organisation, Client]:
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    return city, await world.person((Role.officer, city.id), name="Valmistelija")


async def act(who: Client, made: dict[str, Any], what: str, body: Any = None) -> Any:
    there = f"/organisations/{made['id']}"
    seen = await who.get(there)
    version = seen.json()["version"] if seen.status_code == 200 else 1
    return await who.post(f"{there}/{what}", body, if_match=version)


async def tasks(world: World, who: Client) -> list[str]:
    assert who.id is not None
    return [row.kind for row in await tasks_of(world.session, who.id, confirmations.TASKS)]


async def mails(world: World, who: Client) -> list[str]:
    assert who.id is not None
    to = f"{who.id.hex}@example.org"
    found = await world.session.exec(
        select(OutboxMessage).where(col(OutboxMessage.recipient) == to).order_by(col(OutboxMessage.id))
    )
    return [one.subject for one in found.all()]


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_what_a_person_adds_waits_for_the_officer_of_its_home(world: World) -> None:
    _, officer = await city_of(world)
    founder = await world.person()
    made = await added(founder)
    assert (made["confirmed"], made["confirmed_at"], made["source"]) == (False, None, None)
    assert await tasks(world, officer) == [TO_CONFIRM]
    assert await mails(world, officer) == ["Vahvistettava organisaatio: Tuiran asukkaat"]
    [shown] = (await officer.get(f"/tasks?kind={TO_CONFIRM}")).json()["items"]
    assert (shown["title"], shown["subject"]["id"]) == ({"fi": "Tuiran asukkaat"}, made["id"])
    stands = (await officer.get(f"/organisations/{made['id']}/confirmation")).json()
    assert (stands["may_confirm"], stands["may_ask"], stands["added_by"]) == (True, False, "Testi")
    assert stands["officers_of"]["names"] == {"fi": "Oulun kaupunki"}
    confirmed = await act(officer, made, "confirm")
    assert confirmed.status_code == 200, confirmed.text
    assert (confirmed.json()["confirmed"], confirmed.json()["source"]) == (True, "officer")
    kept = await world.session.get_one(Organisation, made["id"])
    assert (kept.added_by, kept.confirmed_by, kept.source) == (founder.id, officer.id, ConfirmationSource.officer)
    assert await tasks(world, officer) == []
    assert await mails(world, founder) == ["Organisaatio on vahvistettu: Tuiran asukkaat"]
    assert refused(await act(officer, made, "confirm")) == (409, "organisation_confirmed")
    happened = [one["type"] for one in (await founder.get(f"/organisations/{made['id']}/events")).json()["items"]]
    assert happened[:1] == ["organisation.confirmed"]
    assert "organisation.confirmation_asked" in happened


async def test_before_it_is_confirmed_others_do_not_know_of_it(world: World) -> None:
    _, officer = await city_of(world)
    founder, stranger = await world.person(), await world.person()
    operator, officer_elsewhere = await world.operator(), None
    elsewhere = await world.organisation("Helsingin kaupunki", sector=Sector.municipality, home_municipality_code="091")
    officer_elsewhere = await world.person((Role.officer, elsewhere.id))
    made = await added(founder)
    there = f"/organisations/{made['id']}"
    pages = ("", "/contacts", "/relations", "/events")
    own = ("/people", "/role-offers", "/versions", "/confirmation")
    for who in (world.nobody, stranger, officer_elsewhere):
        assert [(await who.get(there + page)).status_code for page in pages] == [404] * len(pages)
        listed = (await who.get("/organisations?q=tuiran")).json()["items"]
        assert listed == []
        assert "Tuiran asukkaat" not in (await who.get("/organisations/export.csv")).text
    for who in (stranger, officer_elsewhere):
        assert [(await who.get(there + page)).status_code for page in own] == [404] * len(own)
        assert refused(await act(who, made, "confirm")) == (404, "not_found")
        assert (await who.patch(there, {"website": "https://example.org"}, if_match=1)).status_code == 404
        assert (await who.put(f"/affiliations/{made['id']}", {"kinds": ["employee"]})).status_code == 404
        assert (await who.post(f"{there}/contacts", {"name": "A", "phone": "040 123 4567"})).status_code == 404
    for who in (founder, officer, operator):
        assert [(await who.get(there + page)).status_code for page in pages] == [200] * len(pages)
        assert [one["id"] for one in (await who.get("/organisations?q=tuiran")).json()["items"]] == [made["id"]]
    assert (await act(officer, made, "confirm")).status_code == 200
    assert (await world.nobody.get(there)).status_code == 200
    assert len((await world.nobody.get("/organisations?q=tuiran")).json()["items"]) == 1


async def test_it_hides_behind_no_other_organisation(world: World) -> None:
    union = await world.organisation("Asukasliitto ry")
    owner = await world.person((Role.owner, union.id))
    founder = await world.person()
    made = await added(founder)
    group_says = {"other_id": str(union.id), "kind": "umbrella"}
    assert (await founder.post(f"/organisations/{made['id']}/relations", group_says)).status_code == 201
    there = f"/organisations/{union.id}/relations"
    assert (await world.nobody.get(there)).json()["items"] == []
    assert len((await owner.get(there)).json()["items"]) == 1


async def test_who_asks_whom_to_take_part_finds_it_marked(world: World) -> None:
    made = await added(await world.person())
    stranger = await world.person()
    found = (await stranger.get("/organisations?q=tuiran&unconfirmed=true")).json()["items"]
    assert [(one["id"], one["confirmed"]) for one in found] == [(made["id"], False)]
    assert (await world.nobody.get("/organisations?q=tuiran&unconfirmed=true")).json()["items"] == []
    everything = await stranger.get("/organisations?unconfirmed=true")
    assert everything.json()["errors"][0]["code"] == "unconfirmed_needs_q"


async def test_a_refusal_has_its_reason_and_is_mended(world: World) -> None:
    _, officer = await city_of(world)
    founder = await world.person()
    made = await added(founder)
    assert (await act(officer, made, "refuse-confirmation", {})).status_code == 422
    told = await act(officer, made, "refuse-confirmation", {"reason": "Kuka vastaa ryhmästä?"})
    assert told.status_code == 200, told.text
    assert await tasks(world, officer) == []
    assert await tasks(world, founder) == [REFUSED]
    assert await mails(world, founder) == ["Organisaatiota ei vahvistettu: Tuiran asukkaat"]
    stands = (await founder.get(f"/organisations/{made['id']}/confirmation")).json()
    assert (stands["asked_at"], stands["reason"], stands["may_ask"]) == (None, "Kuka vastaa ryhmästä?", True)
    operator = await world.operator()
    assert refused(await act(operator, made, "confirm")) == (409, "confirmation_not_asked")
    assert (await act(officer, made, "ask-confirmation")).status_code == 403
    assert (await act(founder, made, "ask-confirmation")).status_code == 200
    assert refused(await act(founder, made, "ask-confirmation")) == (409, "confirmation_asked")
    assert await tasks(world, founder) == []
    assert await tasks(world, officer) == [TO_CONFIRM]
    assert (await officer.get(f"/organisations/{made['id']}/confirmation")).json()["reason"] == "Kuka vastaa ryhmästä?"
    assert (await act(officer, made, "confirm")).status_code == 200


async def test_nobody_confirms_what_they_take_part_in(world: World) -> None:
    city, officer = await city_of(world)
    founding = await world.person((Role.officer, city.id))
    made = await added(founding)
    assert await tasks(world, founding) == []
    assert refused(await act(founding, made, "confirm")) == (403, "confirms_own_organisation")
    assert (await founding.get(f"/organisations/{made['id']}/confirmation")).json()["may_confirm"] is False
    assert await mails(world, founding) == []
    assert await mails(world, officer) == ["Vahvistettava organisaatio: Tuiran asukkaat"]
    board = await world.person((Role.officer, city.id))
    assert (await board.put(f"/affiliations/{made['id']}", {"kinds": ["board_member"]})).status_code == 204
    assert (await board.delete(f"/affiliations/{made['id']}")).status_code == 204
    assert refused(await act(board, made, "confirm")) == (403, "confirms_own_organisation"), "taken back, it still was"
    for role in (Role.registry, Role.viewer, Role.owner):
        assert (await act(await world.person((role, city.id)), made, "confirm")).status_code == 404
    machine = await world.service(Role.officer, city)
    assert (await act(machine, made, "confirm")).status_code == 404
    assert (await act(await world.person((Role.decider, city.id)), made, "confirm")).status_code == 200


async def test_operators_are_asked_where_no_officer_can_and_after_seven_days(world: World) -> None:
    with clock.fixed(NOON):
        operator = await world.operator()
        lonely = await added(await world.person())
        assert await tasks(world, operator) == [TO_CONFIRM]
        assert await mails(world, operator) == ["Vahvistettava organisaatio: Tuiran asukkaat"]
        assert (await act(operator, lonely, "confirm")).json()["source"] == "operator"
        await city_of(world)
        made = await added(await world.person(), "Karjasillan asukkaat")
        assert await tasks(world, operator) == []
        stands = (await operator.get(f"/organisations/{made['id']}/confirmation")).json()
        assert stands["operators_from"] == (NOON + timedelta(days=7)).isoformat().replace("+00:00", "Z")
    with clock.fixed(NOON + timedelta(days=7, minutes=1)):
        assert await tasks(world, operator) == [TO_CONFIRM]
        await tell_operators(world.session)
        await tell_operators(world.session)
        assert (await mails(world, operator))[1:] == ["Vahvistettava organisaatio: Karjasillan asukkaat"], "once"


async def test_a_home_that_changes_changes_who_is_asked(world: World) -> None:
    _, officer = await city_of(world)
    elsewhere = await world.organisation("Helsingin kaupunki", sector=Sector.municipality, home_municipality_code="091")
    there = await world.person((Role.officer, elsewhere.id))
    founder = await world.person()
    made = await added(founder)
    moved = await founder.patch(f"/organisations/{made['id']}", {"home_municipality_code": "091"}, if_match=1)
    assert moved.status_code == 200, moved.text
    assert (await tasks(world, officer), await tasks(world, there)) == ([], [TO_CONFIRM])
    assert await mails(world, there) == ["Vahvistettava organisaatio: Tuiran asukkaat"]
    assert (await act(officer, made, "confirm")).status_code == 404
    stale = await there.post(f"/organisations/{made['id']}/confirm", if_match=1)
    assert stale.status_code == 412, "what was looked at has changed"


async def test_what_officers_and_operators_add_is_confirmed(world: World) -> None:
    city, officer = await city_of(world)
    operator = await world.operator()
    of_operator = await added(operator, "Ensimmäiset")
    assert (of_operator["confirmed"], of_operator["source"]) == (True, "operator")
    of_officer = await added(officer, "Toiset", for_others=True)
    assert (of_officer["confirmed"], of_officer["source"]) == (True, "officer")
    assert (await officer.get(f"/organisations/{of_officer['id']}/people")).status_code == 403, "no role in it"
    for who in (await world.person(), await world.person((Role.registry, city.id))):
        answer = await who.post("/organisations", group("Kolmannet", for_others=True))
        assert answer.json()["errors"][0]["code"] == "not_your_municipality"
    away = await officer.post("/organisations", group("Neljännet", for_others=True, home_municipality_code="091"))
    assert away.json()["errors"][0]["code"] == "not_your_municipality"
    own = await added(officer, "Viidennet")
    assert own["confirmed"] is False, "who gets a role in it does not confirm it"


async def test_a_coordinator_confirms_what_comes_into_the_network(world: World) -> None:
    network = await world.network()
    coordinator = await world.person((Role.coordinator, network.id))
    founder = await world.person()
    made = await added(founder)
    assert (await coordinator.get(f"/organisations/{made['id']}")).status_code == 404
    asked = await founder.post(f"/networks/{network.id}/members", {"organisation_id": made["id"]})
    assert asked.status_code == 201, asked.text
    assert await tasks(world, coordinator) == [TO_CONFIRM]
    elsewhere = await world.person((Role.coordinator, (await world.network("Toinen")).id))
    assert (await act(elsewhere, made, "confirm")).status_code == 404
    confirmed = await act(coordinator, made, "confirm")
    assert (confirmed.status_code, confirmed.json()["source"]) == (200, "coordinator")


async def test_a_coordinator_does_not_confirm_its_own_groups(world: World) -> None:
    network = await world.network()
    coordinator = await world.person((Role.coordinator, network.id))
    for name in ("Yksi", "Kaksi", "Kolme"):
        made = await added(coordinator, name)
        joins = await coordinator.post(f"/networks/{network.id}/members", {"organisation_id": made["id"]})
        assert joins.status_code == 409, joins.text
        assert joins.json()["code"] == "organisation_unconfirmed"
        assert refused(await act(coordinator, made, "confirm")) == (403, "confirms_own_organisation")


async def test_it_does_not_come_into_a_network_before(world: World) -> None:
    _, officer = await city_of(world)
    network = await world.network()
    coordinator = await world.person((Role.coordinator, network.id))
    founder = await world.person()
    made = await added(founder)
    invited = await coordinator.post(f"/networks/{network.id}/members", {"organisation_id": made["id"]})
    assert invited.status_code == 201, "it may be asked"
    there = f"/networks/{network.id}/members/{invited.json()['id']}"
    assert refused(await founder.post(f"{there}/accept", if_match=1)) == (409, "organisation_unconfirmed")
    assert (await act(officer, made, "confirm")).status_code == 200
    founder = await world.again(founder)
    accepted = await founder.post(f"{there}/accept", if_match=1)
    assert accepted.status_code == 200, accepted.text
    assert accepted.json()["state"] == MemberState.active


async def test_one_person_has_few_that_wait(world: World) -> None:
    founder = await world.person()
    for number in range(MOST_WAITING):
        await added(founder, f"Ryhmä {number} on")
    answer = await founder.post("/organisations", group("Vielä yksi"))
    assert refused(answer) == (409, "too_many_unconfirmed")
    await added(await world.person(), "Vielä yksi")
