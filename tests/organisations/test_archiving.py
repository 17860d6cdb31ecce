"""An organisation that has people is told first, and archived after 14 days without objection, or at its own wish."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import Contact, Organisation, OrganisationState, Sector
from puumerkki.organisations.queries import archivings
from puumerkki.organisations.service.archiving import archive_due
from tests.archiving import WHY, act
from tests.factories import Client, World
from tests.organisations.test_hosts import address, mails
from tests.tasks import tasks_of

PROPOSED = "Organisaation arkistointia on ehdotettu: Testiyhdistys ry"
ARCHIVED = "Organisaatio on arkistoitu: Testiyhdistys ry"
DAYS = timedelta(days=14)


async def tasks(world: World, who: Client) -> list[Any]:
    asked = [one for one in archivings.TASKS if one.kind == "archiving_to_answer"]
    return [(row.kind, row.subject_id, row.due_on) for row in await tasks_of(world.session, who.id, asked)]


async def listed(who: Client, organisation: Organisation) -> list[dict[str, Any]]:
    answer = await who.get(f"/organisations/{organisation.id}/archivings")
    assert answer.status_code == 200, answer.text
    shown: list[dict[str, Any]] = answer.json()["items"]
    return shown


async def types(who: Client, organisation: Organisation) -> list[str]:
    found = (await who.get(f"/organisations/{organisation.id}/events")).json()["items"]
    return [one["type"].removeprefix("organisation.") for one in found]


async def by_the_clock(world: World, at: datetime) -> None:
    with clock.fixed(at):
        await archive_due(world.session)
        await world.session.flush()


async def test_its_people_are_told_and_have_fourteen_days(world: World) -> None:
    association = await world.organisation()
    owner = await world.person((Role.owner, association.id))
    viewer = await world.person((Role.viewer, association.id))
    signatory = await world.person((Role.signatory, association.id))
    network = await world.network()
    representative = await world.person((Role.representative, network.id, association.id))
    operator = await world.operator()
    proposed = await act(operator, association.id, "archive", **WHY, source_url="https://example.org/rekisteri")
    assert (proposed.status_code, proposed.json()["state"]) == (200, "active"), proposed.text
    for one in (owner, viewer, signatory, representative):
        assert await mails(world, address(one)) == [PROPOSED]
    last = clock.today() + DAYS
    assert await tasks(world, owner) == await tasks(world, signatory) == [("archiving_to_answer", association.id, last)]
    assert await tasks(world, viewer) == await tasks(world, representative) == []
    [task] = (await owner.get("/tasks?kind=archiving_to_answer")).json()["items"]
    assert (task["title"], task["due_on"]) == (association.names, last.isoformat())
    [shown] = await listed(viewer, association)
    assert (shown["reason"], shown["source"], shown["state"]) == (WHY["reason"], WHY["source"], "open")
    assert (shown["last_day"], shown["source_url"]) == (last.isoformat(), "https://example.org/rekisteri")
    assert await listed(operator, association) == [shown]
    assert await listed(world.nobody, association) == [], "what is only proposed is nobody else's"
    assert "archiving_proposed" in await types(viewer, association)
    again = await act(operator, association.id, "archive", **WHY)
    assert (again.status_code, again.json()["code"]) == (409, "archiving_open")
    await by_the_clock(world, clock.end_of_day(last) - timedelta(seconds=1))
    assert association.state == OrganisationState.active
    await by_the_clock(world, clock.end_of_day(last))
    assert association.state == OrganisationState.archived
    assert await mails(world, address(viewer)) == [PROPOSED, ARCHIVED]
    assert await tasks(world, owner) == []
    [public] = await listed(world.nobody, association)
    assert (public["state"], public["source"], public["at_own_wish"]) == ("effected", WHY["source"], False)
    assert (await types(world.nobody, association))[0] == "archived"


async def test_an_objection_stops_it_and_is_told(world: World) -> None:
    association = await world.organisation()
    owner = await world.person((Role.owner, association.id))
    signatory = await world.person((Role.signatory, association.id))
    viewer = await world.person((Role.viewer, association.id))
    machine = await world.service(Role.owner, association)
    operator = await world.operator()
    assert (await act(operator, association.id, "archive", **WHY)).status_code == 200
    for stranger in (viewer, machine, operator):
        refused = await act(stranger, association.id, "archiving/object", objection="Ei.")
        assert refused.status_code == 403, refused.text
    stopped = await act(signatory, association.id, "archiving/object", objection="Toimimme yhä.")
    assert (stopped.status_code, stopped.json()["state"]) == (200, "active"), stopped.text
    assert await mails(world, address(operator)) == ["Arkistointia on vastustettu: Testiyhdistys ry"]
    [shown] = await listed(operator, association)
    assert (shown["state"], shown["objection"]) == ("objected", "Toimimme yhä.")
    assert await listed(world.nobody, association) == []
    for step, who in (("agree", owner), ("object", owner), ("drop", operator)):
        late = await act(who, association.id, f"archiving/{step}", objection="Ei.")
        assert (late.status_code, late.json()["code"]) == (409, "no_archiving_open"), late.text
    await by_the_clock(world, clock.now() + timedelta(days=30))
    assert association.state == OrganisationState.active
    assert (await act(operator, association.id, "archive", **WHY)).status_code == 200, "it can be proposed anew"


async def test_its_administrator_wishes_it_at_once(world: World) -> None:
    association = await world.organisation()
    owner = await world.person((Role.owner, association.id))
    other = await world.person((Role.editor, association.id))
    assert (await act(other, association.id, "archive", **WHY)).status_code == 403
    machine = await world.service(Role.owner, association)
    assert (await act(machine, association.id, "archive", **WHY)).json()["code"] == "people_only"
    done = await act(owner, association.id, "archive", **WHY)
    assert (done.status_code, done.json()["state"]) == (200, "archived"), done.text
    assert await mails(world, address(other)) == [ARCHIVED]
    [shown] = await listed(world.nobody, association)
    assert (shown["state"], shown["at_own_wish"]) == ("effected", True)


async def test_one_of_several_administrators_does_not_archive_it_alone(world: World) -> None:
    association = await world.organisation()
    first = await world.person((Role.owner, association.id))
    second = await world.person((Role.owner, association.id))
    proposed = await act(first, association.id, "archive", **WHY)
    assert (proposed.status_code, proposed.json()["state"]) == (200, "active"), proposed.text
    own = await act(first, association.id, "archiving/agree")
    assert (own.status_code, own.json()["code"]) == (409, "archiving_by_you")
    agreed = await act(second, association.id, "archiving/agree")
    assert (agreed.status_code, agreed.json()["state"]) == (200, "archived"), agreed.text


async def test_who_takes_the_other_administrator_out_first_waits_all_the_same(world: World) -> None:
    association = await world.organisation()
    first = await world.person((Role.owner, association.id))
    second = await world.person((Role.owner, association.id))
    taken = await first.delete(f"/organisations/{association.id}/people/{second.id}")
    assert taken.status_code == 204, taken.text
    proposed = await act(first, association.id, "archive", **WHY)
    assert (proposed.status_code, proposed.json()["state"]) == (200, "active"), proposed.text


async def test_who_became_an_administrator_since_does_not_agree(world: World) -> None:
    association = await world.organisation()
    first = await world.person((Role.owner, association.id))
    second = await world.person((Role.owner, association.id))
    assert (await act(first, association.id, "archive", **WHY)).status_code == 200
    friend = await world.person((Role.owner, association.id))
    refused = await act(friend, association.id, "archiving/agree")
    assert (refused.status_code, refused.json()["code"]) == (409, "administrator_since"), refused.text
    assert (await act(second, association.id, "archiving/agree")).json()["state"] == "archived"


async def test_another_administrator_objects(world: World) -> None:
    association = await world.organisation()
    first = await world.person((Role.owner, association.id))
    second = await world.person((Role.owner, association.id))
    assert (await act(first, association.id, "archive", **WHY)).status_code == 200
    assert (await act(second, association.id, "archiving/object", objection="Emme.")).status_code == 200
    await by_the_clock(world, clock.now() + timedelta(days=30))
    assert association.state == OrganisationState.active


async def test_its_administrator_agrees_to_what_is_proposed(world: World) -> None:
    association = await world.organisation()
    owner = await world.person((Role.owner, association.id))
    signatory = await world.person((Role.signatory, association.id))
    operator = await world.operator()
    await act(operator, association.id, "archive", **WHY)
    for one in (signatory, operator):
        assert (await act(one, association.id, "archiving/agree")).status_code == 403
    agreed = await act(owner, association.id, "archiving/agree")
    assert (agreed.status_code, agreed.json()["state"]) == (200, "archived"), agreed.text
    assert [one["at_own_wish"] for one in await listed(world.nobody, association)] == [True]


async def test_the_operator_drops_it_and_its_people_are_told(world: World) -> None:
    association = await world.organisation()
    owner = await world.person((Role.owner, association.id))
    operator = await world.operator()
    await act(operator, association.id, "archive", **WHY)
    assert (await act(owner, association.id, "archiving/drop")).status_code == 403
    assert (await act(operator, association.id, "archiving/drop")).json()["state"] == "active"
    assert await mails(world, address(owner)) == [PROPOSED, "Organisaatiota ei arkistoida: Testiyhdistys ry"]
    assert await tasks(world, owner) == []
    await by_the_clock(world, clock.now() + timedelta(days=30))
    assert association.state == OrganisationState.active


async def test_where_nobody_has_an_account_its_contacts_are_told_and_nobody_is_waited_for(world: World) -> None:
    association = await world.organisation()
    reached = Contact(organisation_id=association.id, name="Toimisto", email="toimisto@example.org")
    world.session.add(reached)
    await world.session.flush()
    await world.service(Role.editor, association)
    done = await act(await world.operator(), association.id, "archive", **WHY)
    assert (done.status_code, done.json()["state"]) == (200, "archived"), done.text
    assert await mails(world, "toimisto@example.org") == [ARCHIVED]


async def test_whoever_only_speaks_for_it_in_a_network_is_its_people_too(world: World) -> None:
    association, network = await world.organisation(), await world.network()
    await world.person((Role.representative, network.id, association.id))
    done = await act(await world.operator(), association.id, "archive", **WHY)
    assert done.json()["state"] == "active"


@pytest.mark.parametrize("given", [{}, {"reason": "merged"}, {"source": "Rekisteri"}, {**WHY, "reason": "x"}])
async def test_a_reason_and_a_source_are_needed(world: World, given: dict[str, str]) -> None:
    association = await world.organisation()
    refused = await act(await world.operator(), association.id, "archive", **given)
    assert refused.status_code == 422, refused.text


async def test_what_was_restored_is_kept_and_can_be_archived_anew(world: World) -> None:
    association = await world.organisation()
    owner, operator = await world.person((Role.owner, association.id)), await world.operator()
    assert (await act(owner, association.id, "archive", **WHY)).status_code == 200
    assert (await act(operator, association.id, "restore")).json()["state"] == "active"
    assert [one["state"] for one in await listed(owner, association)] == ["undone"]
    assert (await act(operator, association.id, "archive", **WHY)).json()["state"] == "active"
    assert [one["state"] for one in await listed(owner, association)] == ["open", "undone"]


async def test_an_authority_is_told_as_all_others_are(world: World) -> None:
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    decider = await world.person((Role.decider, city.id))
    operator = await world.operator()
    assert (await act(operator, city.id, "archive", **WHY)).json()["state"] == "active"
    assert [kind for kind, *_ in await tasks(world, decider)] == ["archiving_to_answer"]
    assert (await act(decider, city.id, "archiving/object", objection="Ei.")).status_code == 200


async def test_the_database_lets_nothing_take_effect_before_its_day(world: World) -> None:
    association = await world.organisation()
    await world.person((Role.owner, association.id))
    await act(await world.operator(), association.id, "archive", **WHY)
    connection = await world.session.connection()
    early = text(
        "update organisation_archiving set state = 'effected', ended_at = created_at where organisation_id = :id"
    )
    with pytest.raises(DBAPIError, match="told_first"):
        await connection.execute(early, {"id": association.id})
