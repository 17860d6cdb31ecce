"""Links by mail: signing in, a new password."""

from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity.models import UserState
from puumerkki.kernel import clock
from puumerkki.kernel.mail import SIGNATURES
from tests.factories import Client, World
from tests.identity.accounts import PAGE, PASSWORD, mails_to, token_mailed, with_password

NEW = "karpalo lakka vadelma"


async def test_a_login_link_signs_in_once(world: World, session: AsyncSession) -> None:
    user = await with_password(world, await world.person())
    asked = await world.nobody.post("/auth/login-link", {"email": user.email})
    assert asked.status_code == 202
    token = await token_mailed(session, user.email)
    answer = await world.nobody.post("/auth/login-link/use", {"token": token})
    assert answer.status_code == 200, answer.text
    assert answer.cookies["puumerkki_refresh"]
    assert (await Client(world.client, None, answer.json()["access_token"]).get("/me")).status_code == 200
    again = await world.nobody.post("/auth/login-link/use", {"token": token})
    assert (again.status_code, again.json()["code"]) == (401, "link_invalid")


async def test_a_link_holds_for_15_minutes_and_for_its_purpose(world: World, session: AsyncSession) -> None:
    user = await with_password(world, await world.person())
    now = clock.now()
    with clock.fixed(now):
        await world.nobody.post("/auth/login-link", {"email": user.email})
    token = await token_mailed(session, user.email)
    other = await world.nobody.post("/auth/password-reset/use", {"token": token, "password": NEW})
    assert (other.status_code, other.json()["code"]) == (401, "link_invalid")
    with clock.fixed(now + timedelta(minutes=15)):
        assert (await world.nobody.post("/auth/login-link/use", {"token": token})).status_code == 401


@pytest.mark.parametrize("path", ["/auth/login-link", "/auth/password-reset"])
async def test_the_answer_does_not_tell_who_has_an_account(world: World, session: AsyncSession, path: str) -> None:
    user = await with_password(world, await world.person())
    known = await world.nobody.post(path, {"email": user.email})
    unknown = await world.nobody.post(path, {"email": "nobody@example.org"})
    user.state = UserState.disabled
    await session.flush()
    closed = await world.nobody.post(path, {"email": user.email})
    assert {answer.status_code for answer in (known, unknown, closed)} == {202}
    assert {answer.content for answer in (known, unknown, closed)} == {known.content}
    assert len(await mails_to(session, user.email)) == 1
    assert await mails_to(session, "nobody@example.org") == []


async def test_a_new_password_ends_all_sessions(world: World, session: AsyncSession) -> None:
    user = await with_password(world, await world.person())
    login = await world.nobody.post("/auth/login", {"email": user.email, "password": PASSWORD})
    await world.nobody.post("/auth/login-link", {"email": user.email})
    earlier_link = await token_mailed(session, user.email)
    await world.nobody.post("/auth/password-reset", {"email": user.email})
    token = await token_mailed(session, user.email)
    short = await world.nobody.post("/auth/password-reset/use", {"token": token, "password": "short"})
    assert (short.status_code, short.json()["errors"][0]["pointer"]) == (422, "/password")
    answer = await world.nobody.post("/auth/password-reset/use", {"token": token, "password": NEW})
    assert answer.status_code == 204, answer.text
    world.client.cookies.clear()
    cookie = {"Cookie": f"puumerkki_refresh={login.cookies['puumerkki_refresh']}"}
    assert (await world.nobody.post("/auth/refresh", headers=PAGE | cookie)).status_code == 401
    assert (await world.nobody.post("/auth/login-link/use", {"token": earlier_link})).status_code == 401
    old, new = [
        await world.nobody.post("/auth/login", {"email": user.email, "password": one}) for one in (PASSWORD, NEW)
    ]
    assert (old.status_code, new.status_code) == (401, 200)


@pytest.mark.parametrize(
    ("language", "subject"),
    [("fi", "Kirjautuminen palveluun Puumerkki"), ("sv", "Inloggning i Puumerkki"), ("en", "Sign in to Puumerkki")],
)
async def test_mails_speak_the_persons_language(
    world: World, session: AsyncSession, language: str, subject: str
) -> None:
    user = await with_password(world, await world.person(name="Aino"))
    user.language = language
    await session.flush()
    await world.nobody.post("/auth/login-link", {"email": user.email})
    (message,) = await mails_to(session, user.email)
    assert (message.subject, message.language) == (subject, language)
    assert "Aino" in message.body and "15" in message.body
    assert message.body.endswith(f"\n\n{SIGNATURES[language]}\n")
