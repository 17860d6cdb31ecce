"""Another address is confirmed at the old one and the new one; an account without a password is erased by a link."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from tests.factories import Client, World
from tests.identity.accounts import PASSWORD, mails_to, token_mailed, with_password

NEW = "uusi.osoite@example.org"


async def asked(world: World, email: str = NEW) -> tuple[Client, User, str]:
    """Somebody who asked for another address, with the present one."""
    person = await world.person(name="Aino")
    user = await with_password(world, person)
    answer = await person.post("/me/email-change", {"email": email})
    assert answer.status_code == 200, answer.text
    return person, user, user.email


async def use(world: World, token: str, what: str = "use") -> tuple[int, Any]:
    answer = await world.nobody.post(f"/auth/email-change/{what}", {"token": token})
    return answer.status_code, answer.json() if answer.content else None


@pytest.mark.parametrize("first", ["old", "new"])
async def test_it_changes_once_both_have_confirmed(world: World, session: AsyncSession, first: str) -> None:
    person, user, old = await asked(world)
    shown = (await person.get("/me")).json()
    assert (shown["email"], shown["email_change"]["email"]) == (old, NEW)
    tokens = {"old": await token_mailed(session, old), "new": await token_mailed(session, NEW)}
    await world.nobody.post("/auth/login-link", {"email": old})
    login = await token_mailed(session, old)
    other = "new" if first == "old" else "old"
    assert await use(world, tokens[first]) == (200, {"email": NEW, "changed": False})
    assert (await use(world, tokens[first]))[0] == 401, "a link is used once"
    assert (await person.get("/me")).json()["email"] == old
    assert await use(world, tokens[other]) == (200, {"email": NEW, "changed": True})
    shown = (await person.get("/me")).json()
    assert (shown["email"], shown["email_change"]) == (NEW, None)
    assert (await world.nobody.post("/auth/login", {"email": NEW, "password": PASSWORD})).status_code == 200
    assert (await world.nobody.post("/auth/login", {"email": old, "password": PASSWORD})).status_code == 401
    assert (await world.nobody.post("/auth/login-link/use", {"token": login})).status_code == 401
    for address in (old, NEW):
        assert (await mails_to(session, address))[-1].subject == "Sähköpostiosoitteesi on vaihtunut"
    assert user.state == UserState.active


@pytest.mark.parametrize("by", ["person", "old", "new"])
async def test_it_is_cancelled(world: World, session: AsyncSession, by: str) -> None:
    person, _, old = await asked(world)
    tokens = {"old": await token_mailed(session, old), "new": await token_mailed(session, NEW)}
    if by == "person":
        assert (await person.delete("/me/email-change")).status_code == 204
        assert (await person.delete("/me/email-change")).status_code == 404
    else:
        assert (await use(world, tokens[by], "cancel"))[0] == 204
    for token in tokens.values():
        assert (await use(world, token))[0] == 401
    assert (await person.get("/me")).json()["email"] == old


async def test_what_was_asked_before_or_long_ago_confirms_nothing(world: World, session: AsyncSession) -> None:
    person, _, old = await asked(world)
    before = await token_mailed(session, NEW)
    other = "kolmas@example.org"
    assert (await person.post("/me/email-change", {"email": other})).status_code == 200
    assert (await use(world, before))[0] == 401
    with clock.fixed(clock.now() + timedelta(days=3, minutes=1)):
        for address in (old, other):
            assert (await use(world, await token_mailed(session, address)))[0] == 401


async def test_an_address_of_another_account_is_told_to_its_mailbox_only(world: World, session: AsyncSession) -> None:
    taken = await world.person()
    assert taken.id is not None
    email = f"{taken.id.hex}@example.org"
    person, _, old = await asked(world, email)
    assert (await use(world, await token_mailed(session, old)))[0] == 200
    status, answer = await use(world, await token_mailed(session, email))
    assert (status, answer["code"]) == (409, "email_taken")
    assert (await person.get("/me")).json()["email"] == old


async def test_mailboxes_are_not_flooded(world: World, session: AsyncSession) -> None:
    person, _, _ = await asked(world, "a0@example.org")
    for number in range(1, 5):
        assert (await person.post("/me/email-change", {"email": f"a{number}@example.org"})).status_code == 200
    assert (await person.post("/me/email-change", {"email": "a5@example.org"})).status_code == 429
    for _ in range(3):
        await asked(world)
    late = await world.person()
    assert (await late.post("/me/email-change", {"email": NEW})).status_code == 429
    assert len(await mails_to(session, NEW)) == 3


async def test_ones_own_address_and_ones_password_are_no_new_address(world: World) -> None:
    person, user, old = await asked(world)
    same = await person.post("/me/email-change", {"email": old})
    assert same.json()["errors"][0]["code"] == "email_same"
    address = "salasanani@example.org"
    chosen = await person.post("/me/password", {"current_password": PASSWORD, "password": address})
    assert chosen.status_code == 200, chosen.text
    refused = await person.post("/me/email-change", {"email": address})
    assert refused.json()["errors"][0]["code"] == "password_is_address"
    assert user.email == old


async def test_without_a_password_an_account_is_erased_by_a_mailed_link(world: World, session: AsyncSession) -> None:
    person = await world.person()
    user = await session.get(User, person.id)
    assert user is not None
    email = user.email
    refused = await person.post("/me/erase", {"password": "mikä tahansa"}, if_match=user.version)
    assert (refused.status_code, refused.json()["code"]) == (409, "no_password")
    for _ in range(3):
        assert (await person.post("/me/erasure-link")).status_code == 202
    [mailed] = await mails_to(session, email)
    assert re.search(r"/erase#token=", mailed.body)
    token = await token_mailed(session, email)
    assert (await world.nobody.post("/auth/erasure/use", {"token": token})).status_code == 204
    await session.refresh(user)
    assert (user.state, user.name) == (UserState.disabled, "–")
    assert (await world.nobody.post("/auth/erasure/use", {"token": token})).status_code == 401
