"""However many groups somebody founds, what they ask floods no mailbox; the tasks stay."""

from datetime import timedelta

from sqlmodel import col, func, select

from puumerkki.access.roles import Role
from puumerkki.identity.models import ServiceAccount
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.organisations.asking import MOST_BY_ONE, MOST_TO_ONE, asking
from puumerkki.organisations.models import Contact, LegalForm, Organisation, Sector
from tests.cast import make_cast
from tests.funding.drafts import draft
from tests.world import Caller, World


async def mails(world: World, recipient: str) -> int:
    counted = select(func.count()).select_from(OutboxMessage)
    return (await world.session.exec(counted.where(col(OutboxMessage.recipient) == recipient))).one()


async def groups_name(world: World, founder: Caller, host: Organisation, times: int) -> None:
    """Somebody founds groups, each of which names the same host."""
    for number in range(times):
        given = {
            "names": {"fi": f"Porukka {number}"},
            "sector": Sector.residents,
            "legal_form": LegalForm.unregistered_group,
            "home_municipality_code": "564",
            "host_id": str(host.id),
        }
        made = await founder.post("/organisations", given)
        assert made.status_code == 201, made.text


async def test_many_groups_of_many_people_do_not_flood_a_mailbox(world: World) -> None:
    host = await world.organisation("Isäntä ry")
    owner = await world.person((Role.owner, host.id))
    address = f"{owner.id.hex}@example.org" if owner.id else ""
    for _ in range(2):
        await groups_name(world, await world.person(), host, MOST_TO_ONE - 1)
    assert await mails(world, address) == MOST_TO_ONE
    waiting = (await owner.get("/tasks?kind=host_to_answer")).json()["items"]
    assert len(waiting) == 2 * (MOST_TO_ONE - 1), "the tasks stay"
    with clock.fixed(clock.now() + timedelta(days=1, minutes=1)):
        await groups_name(world, await world.again(await world.person()), host, 1)
    assert await mails(world, address) == MOST_TO_ONE + 1


async def test_hosts_and_co_applicants_count_together(world: World) -> None:
    cast = await make_cast(world)
    quiet = await world.organisation("Hiljaiset ry")
    world.session.add(Contact(organisation_id=quiet.id, name="Hilja", email="Hilja@example.org"))
    await world.session.flush()
    await groups_name(world, await world.person(), quiet, MOST_TO_ONE)
    await draft(cast, co_applicant_ids=[str(quiet.id)])
    assert await mails(world, "Hilja@example.org") == MOST_TO_ONE


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
