"""Somebody whose mail comes back sees it, corrects the address without the old mailbox, or proves it by a link."""

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import mail
from puumerkki.kernel.mail import OutboxMessage, addresses
from puumerkki.kernel.mail.models import BounceKind
from tests.factories import Client, World
from tests.identity.accounts import PASSWORD, token_mailed, with_password

NEW = "uusi.osoite@example.org"


async def _failing(world: World) -> tuple[Client, str]:
    person = await world.person(name="Aino")
    email = (await with_password(world, person)).email
    row = OutboxMessage(recipient=email, subject="", body="", language="fi")
    world.session.add(row)
    await world.session.flush()
    await addresses.note_bounce(world.session, row, BounceKind.hard, "5.1.1")
    await world.session.flush()
    assert (await person.get("/me")).json()["mail_failed_at"] is not None
    return person, email


async def test_a_link_that_was_mailed_proves_the_address(world: World, session: AsyncSession) -> None:
    person, email = await _failing(world)
    await world.nobody.post("/auth/login-link", {"email": email})
    token = await token_mailed(session, email)
    assert (await person.get("/me")).json()["mail_failed_at"] is not None
    assert (await world.nobody.post("/auth/login-link/use", {"token": token})).status_code == 200
    assert (await person.get("/me")).json()["mail_failed_at"] is None


async def test_the_address_is_corrected_without_the_old_mailbox(world: World, session: AsyncSession) -> None:
    person, old = await _failing(world)
    assert (await person.post("/me/email-change", {"email": NEW})).status_code == 200
    token = await token_mailed(session, NEW)
    answer = await world.nobody.post("/auth/email-change/use", {"token": token})
    assert answer.json() == {"email": NEW, "changed": True}
    shown = (await person.get("/me")).json()
    assert (shown["email"], shown["mail_failed_at"]) == (NEW, None)
    assert await mail.failing(session, [old, NEW]) == {old}


async def test_nothing_is_kept_of_who_is_erased(world: World, session: AsyncSession) -> None:
    person, email = await _failing(world)
    version = (await person.get("/me")).json()["version"]
    assert (await person.post("/me/erase", {"password": PASSWORD}, if_match=version)).status_code == 204
    assert await mail.failing(session, [email]) == set()
