"""However many groups somebody founds, what they ask floods no mailbox; the tasks stay."""

from datetime import timedelta

from sqlmodel import col, func, select

from puumerkki.access.roles import Role
from puumerkki.applications.service.applicants import remind_asked
from puumerkki.applications.service.applicants import tell_late as ask_applicants_late
from puumerkki.identity.models import ServiceAccount
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.organisations.asking import MOST_BY_ONE, MOST_BY_ONE_TO_ONE, MOST_TO_ONE, asking
from puumerkki.organisations.models.hosts import HostAsking
from puumerkki.organisations.models.organisations import Contact, LegalForm, Organisation, OrganisationRelation, Sector
from puumerkki.organisations.service.hosts import tell_late
from tests.applications.drafts import draft
from tests.factories import Client, World
from tests.personas import make_cast

NOON = clock.now().replace(hour=10)


async def mails(world: World, recipient: str) -> int:
    counted = select(func.count()).select_from(OutboxMessage)
    return (await world.session.exec(counted.where(col(OutboxMessage.recipient) == recipient))).one()


async def groups_name(world: World, founder: Client, host: Organisation, times: int) -> None:
    """Groups of somebody, each of which names the same host."""
    assert founder.id is not None
    for number in range(times):
        group = await world.organisation(
            f"Porukka {number}", sector=Sector.residents, legal_form=LegalForm.unregistered_group
        )
        await world.grant(founder.id, Role.owner, group.id)
        given = {"other_id": str(host.id), "kind": "host"}
        made = await founder.post(f"/organisations/{group.id}/relations", given)
        assert made.status_code == 201, made.text


async def owned(world: World) -> tuple[Organisation, Client, str]:
    """A host, its owner and where they get mail."""
    host = await world.organisation("Isäntä ry")
    owner = await world.person((Role.owner, host.id))
    assert owner.id is not None
    return host, owner, f"{owner.id.hex}@example.org"


async def test_one_persons_groups_silence_no_other_group(world: World) -> None:
    with clock.fixed(NOON):
        host, owner, address = await owned(world)
        await groups_name(world, await world.person(), host, MOST_BY_ONE_TO_ONE + 2)
        assert await mails(world, address) == MOST_BY_ONE_TO_ONE
        await groups_name(world, await world.person(), host, 1)
        assert await mails(world, address) == MOST_BY_ONE_TO_ONE + 1, "an honest group is heard"
        waiting = (await owner.get("/tasks?kind=host_to_answer")).json()["items"]
        assert len(waiting) == MOST_BY_ONE_TO_ONE + 3, "the tasks are there at once"
    with clock.fixed(NOON + timedelta(hours=2)):
        await tell_late(world.session)
    assert await mails(world, address) == MOST_BY_ONE_TO_ONE + 1
    for _ in range(2):
        with clock.fixed(NOON + timedelta(days=1, minutes=1)):
            await tell_late(world.session)
        assert await mails(world, address) == MOST_BY_ONE_TO_ONE + 3, (
            "what had no room is told once there is room, and once"
        )


async def test_a_mailbox_gets_so_many_from_all_and_the_rest_later(world: World) -> None:
    with clock.fixed(NOON):
        host, _, address = await owned(world)
        people = -(-MOST_TO_ONE // MOST_BY_ONE_TO_ONE)
        for _ in range(people):
            await groups_name(world, await world.person(), host, MOST_BY_ONE_TO_ONE)
        assert await mails(world, address) == MOST_TO_ONE
    with clock.fixed(NOON + timedelta(days=1, minutes=1)):
        await tell_late(world.session)
    assert await mails(world, address) == people * MOST_BY_ONE_TO_ONE


async def test_what_was_taken_back_is_not_told_and_asked_anew_it_is(world: World) -> None:
    with clock.fixed(NOON):
        host, _, address = await owned(world)
        founder = await world.person()
        await groups_name(world, founder, host, MOST_BY_ONE_TO_ONE + 1)
        (row,) = (await world.session.exec(select(HostAsking).where(col(HostAsking.told_at).is_(None)))).all()
        relations = select(OrganisationRelation).where(col(OrganisationRelation.organisation_id) == row.group_id)
        relation = (await world.session.exec(relations)).one()
        founder = await world.again(founder)
        path = f"/organisations/{row.group_id}/relations"
        assert (await founder.delete(f"{path}/{relation.id}", if_match=relation.version)).status_code == 204
    with clock.fixed(NOON + timedelta(days=1, minutes=1)):
        await tell_late(world.session)
        assert await mails(world, address) == MOST_BY_ONE_TO_ONE
        founder = await world.again(founder)
        for count in (1, 1):
            asked = await founder.post(path, {"other_id": str(host.id), "kind": "host"})
            assert asked.status_code == 201, asked.text
            assert await mails(world, address) == MOST_BY_ONE_TO_ONE + count
            taken = asked.json()
            await founder.delete(f"{path}/{taken['id']}", if_match=taken["version"])


async def test_hosts_and_co_applicants_count_together_and_wait_together(world: World) -> None:
    with clock.fixed(NOON):
        cast = await make_cast(world)
        quiet = await world.organisation("Hiljaiset ry")
        world.session.add(Contact(organisation_id=quiet.id, name="Hilja", email="Hilja@example.org"))
        await world.session.flush()
        await groups_name(world, cast["editor"], quiet, MOST_BY_ONE_TO_ONE)
        await draft(cast, co_applicant_ids=[str(quiet.id)])
        assert await mails(world, "Hilja@example.org") == MOST_BY_ONE_TO_ONE
    with clock.fixed(NOON + timedelta(days=3)):
        for _ in range(2):
            await ask_applicants_late(world.session)
            await remind_asked(world.session)
    assert await mails(world, "Hilja@example.org") == MOST_BY_ONE_TO_ONE + 1, "asked, and not reminded at once"


async def test_one_person_writes_to_so_many_in_a_day_also_by_machines(world: World) -> None:
    association = await world.organisation()
    person, machine = await world.person(), await world.service(Role.editor, association)
    account = await world.session.get_one(ServiceAccount, machine.id)
    account.maker_ids = [person.id]
    await world.session.flush()
    addresses = [f"{number}@example.org" for number in range(MOST_BY_ONE + 5)]
    for asked_by in (person.id, machine.id):
        asks = await asking(world.session, addresses, asked_by=asked_by)
        assert (asks.by, len(asks.addresses)) == (person.id, MOST_BY_ONE)
    for one in addresses[: MOST_BY_ONE - 1]:
        message = OutboxMessage(recipient=one, subject="", body="", language="fi", asked_by=person.id)
        world.session.add(message)
    await world.session.flush()
    assert len((await asking(world.session, addresses, asked_by=machine.id)).addresses) == 1
    other = await world.person()
    assert len((await asking(world.session, addresses, asked_by=other.id)).addresses) == MOST_BY_ONE
