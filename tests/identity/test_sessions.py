"""Signing in, renewing, ending."""

from datetime import timedelta

import httpx
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity.models import RefreshToken, User, UserState
from puumerkki.identity.service.cleanup import delete_expired
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.settings import get_settings
from tests.factories import Client, World
from tests.identity.accounts import PAGE, PASSWORD, token_mailed, with_password

COOKIE = "puumerkki_refresh"


async def _login(world: World, email: str, password: str = PASSWORD) -> httpx.Response:
    return await world.nobody.post("/auth/login", {"email": email, "password": password})


async def _refresh(world: World, token: str, **headers: str) -> httpx.Response:
    world.client.cookies.clear()
    answer = await world.nobody.post("/auth/refresh", headers={"Cookie": f"{COOKIE}={token}"} | PAGE | headers)
    world.client.cookies.clear()
    return answer


async def test_login_gives_a_token_that_works_and_a_cookie_that_scripts_cannot_read(world: World) -> None:
    user = await with_password(world, await world.person(name="Aino"))
    answer = await _login(world, user.email.upper())
    assert answer.status_code == 200, answer.text
    told = {"access_token", "token_type", "expires_in", "person_id", "unused_ends_in", "ends_in"}
    assert answer.json().keys() == told
    seconds = get_settings().access_token_minutes * 60
    assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("Bearer", seconds)
    cookie = answer.headers["set-cookie"].lower()
    for part in (f"{COOKIE}=", "httponly", "samesite=strict", "path=/api/v1/auth"):
        assert part in cookie
    assert "secure" not in cookie, "the tests' public address is plain http"
    me = await Client(world.client, user.id, answer.json()["access_token"]).get("/me")
    assert (me.status_code, me.json()["id"], me.json()["name"]) == (200, str(user.id), "Aino")


async def test_whatever_is_wrong_with_a_login_the_answer_is_the_same(world: World, session: AsyncSession) -> None:
    user = await with_password(world, await world.person())
    without = await world.session.get(User, (await world.person()).id)
    assert without is not None
    wrong = await _login(world, user.email, "not the right password")
    answers = [
        wrong,
        await _login(world, "nobody@example.org"),
        await _login(world, without.email),
    ]
    for state in (UserState.disabled, UserState.invited):
        user.state = state
        await session.flush()
        answers.append(await _login(world, user.email))
    assert {answer.status_code for answer in answers} == {401}
    assert {answer.content for answer in answers} == {wrong.content}
    assert wrong.json()["code"] == "login_failed"
    assert all("set-cookie" not in answer.headers for answer in answers)


async def test_a_login_is_never_kept_for_a_repeat(world: World) -> None:
    person = await world.person()
    user = await with_password(world, person)
    key = {"Idempotency-Key": "same"}
    given = {"email": user.email, "password": PASSWORD}
    first, again = [await person.post("/auth/login", given, headers=key) for _ in range(2)]
    assert first.json()["access_token"] != again.json()["access_token"]
    assert "idempotency-replayed" not in again.headers


async def test_refresh_asks_for_our_origin_and_header(world: World) -> None:
    user = await with_password(world, await world.person())
    token = (await _login(world, user.email)).cookies[COOKIE]
    world.client.cookies.clear()
    for headers in (
        {"X-Puumerkki": "1"},
        {"Origin": "http://testserver"},
        {"Origin": "http://evil.example", "X-Puumerkki": "1"},
        {"Origin": "null", "X-Puumerkki": "1"},
    ):
        for path in ("/auth/refresh", "/auth/logout"):
            answer = await world.nobody.post(path, headers={"Cookie": f"{COOKIE}={token}"} | headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "origin_refused")
    assert (await _refresh(world, token)).status_code == 200


async def test_without_a_cookie_or_with_an_unknown_one_the_session_has_ended(world: World) -> None:
    for answer in (await world.nobody.post("/auth/refresh", headers=PAGE), await _refresh(world, "unknown")):
        assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")


async def test_a_used_token_gets_a_sibling_for_20_seconds_and_then_ends_the_family(
    world: World, session: AsyncSession
) -> None:
    user = await with_password(world, await world.person())
    now = clock.now()
    with clock.fixed(now):
        first = (await _login(world, user.email)).cookies[COOKIE]
        second = (await _refresh(world, first)).cookies[COOKIE]
    with clock.fixed(now + timedelta(seconds=20)):
        sibling = (await _refresh(world, first)).cookies[COOKIE]
    assert len({first, second, sibling}) == 3
    with clock.fixed(now + timedelta(seconds=21)):
        other = (await _login(world, user.email)).cookies[COOKIE]
        reused = await _refresh(world, first)
        assert (reused.status_code, reused.json()["code"]) == (401, "session_ended")
        for token in (second, sibling, first):
            assert (await _refresh(world, token)).status_code == 401
        assert (await _refresh(world, other)).status_code == 200, "another device's session goes on"
    told = await session.exec(select(EventRow.subject_id).where(EventRow.type == "session.reuse_detected"))
    assert told.all() == [user.id]


async def test_logout_ends_the_family_and_clears_the_cookie(world: World) -> None:
    user = await with_password(world, await world.person())
    first = (await _login(world, user.email)).cookies[COOKIE]
    second = (await _refresh(world, first)).cookies[COOKIE]
    answer = await world.nobody.post("/auth/logout", headers={"Cookie": f"{COOKIE}={first}"} | PAGE)
    assert answer.status_code == 204
    assert f'{COOKIE}=""' in answer.headers["set-cookie"] and "Max-Age=0" in answer.headers["set-cookie"]
    assert (await _refresh(world, second)).status_code == 401


async def test_a_session_ends_by_itself_and_is_forgotten(world: World, session: AsyncSession) -> None:
    user = await with_password(world, await world.person())
    token = (await _login(world, user.email)).cookies[COOKIE]
    with clock.fixed(clock.now() + timedelta(days=30, seconds=1)):
        assert (await _refresh(world, token)).status_code == 401
        await delete_expired(session)
    left = await session.exec(select(RefreshToken.id).where(col(RefreshToken.user_id) == user.id))
    assert left.all() == []


async def test_use_prolongs_a_session_but_not_over_its_end(world: World) -> None:
    user = await with_password(world, await world.person())
    day = 24 * 3600
    began = clock.now()
    with clock.fixed(began):
        answer = await _login(world, user.email)
    held = []
    for days in (20, 40, 69, 89):
        with clock.fixed(began + timedelta(days=days)):
            answer = await _refresh(world, answer.cookies[COOKIE])
            held.append((answer.json()["person_id"], answer.json()["unused_ends_in"], answer.json()["ends_in"]))
    unused = (30, 30, 21, 1)
    left = (70, 50, 21, 1)
    assert held == [(str(user.id), day * one, day * other) for one, other in zip(unused, left, strict=True)]
    assert f"max-age={day}" in answer.headers["set-cookie"].lower()
    with clock.fixed(began + timedelta(days=90)):
        assert (await _refresh(world, answer.cookies[COOKIE])).status_code == 401


async def test_a_closed_account_cannot_renew_its_session(world: World, session: AsyncSession) -> None:
    user = await with_password(world, await world.person())
    token = (await _login(world, user.email)).cookies[COOKIE]
    user.state = UserState.disabled
    await session.flush()
    assert (await _refresh(world, token)).status_code == 401


async def test_logins_are_limited_by_address_and_account_and_failures_count(world: World) -> None:
    user = await with_password(world, await world.person())
    now = clock.now()
    with clock.fixed(now):
        for _ in range(10):
            assert (await _login(world, "somebody@example.org", "x")).status_code == 401
        refused = await _login(world, "somebody@example.org", "x")
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "900")
        assert (await _login(world, user.email)).status_code == 200, "another account from the same address"
    with clock.fixed(now + timedelta(minutes=15)):
        assert (await _login(world, "somebody@example.org", "x")).status_code == 401


async def test_a_success_lets_the_account_start_anew(world: World) -> None:
    user = await with_password(world, await world.person())
    for _ in range(9):
        await _login(world, user.email, "wrong")
    assert (await _login(world, user.email)).status_code == 200
    for _ in range(9):
        assert (await _login(world, user.email, "wrong")).status_code == 401
    assert (await _login(world, user.email)).status_code == 200


async def test_many_accounts_from_one_address_are_limited_too(world: World) -> None:
    answers = [await world.nobody.post("/auth/login-link", {"email": f"a{n}@example.org"}) for n in range(61)]
    assert [answer.status_code for answer in answers] == [202] * 60 + [429]


async def test_ones_own_address_is_no_password(world: World) -> None:
    person = await world.person()
    user = await with_password(world, person)
    given = {"current_password": PASSWORD, "password": user.email.upper()}
    changed = await person.post("/me/password", given)
    assert (changed.status_code, changed.json()["errors"][0]["code"]) == (422, "password_is_address")
    await world.nobody.post("/auth/password-reset", {"email": user.email})
    token = await token_mailed(world.session, user.email)
    reset = await world.nobody.post("/auth/password-reset/use", {"token": token, "password": user.email})
    assert (reset.status_code, reset.json()["errors"][0]["pointer"]) == (422, "/password")
    assert (await _login(world, user.email)).status_code == 200
