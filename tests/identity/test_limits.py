"""Who guesses locks out themselves, not the person; many people behind one address do not stand in each other's way."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from puumerkki.cli.serving import server_options
from puumerkki.identity import rate_limits
from puumerkki.identity.service import links
from puumerkki.kernel import clock
from puumerkki.kernel.settings import Settings
from tests.factories import World
from tests.identity.accounts import PASSWORD, mails_to, token_mailed, with_password

From = Callable[[str], httpx.AsyncClient]
GUESSER, PROXY, HOME = "192.0.2.66", "192.0.2.1", "198.51.100.7"


@pytest.fixture
async def coming(app: FastAPI, world: World) -> AsyncIterator[From]:
    """The API, asked from a network address."""
    made: list[httpx.AsyncClient] = []

    def client(address: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app, client=(address, 4711))
        made.append(httpx.AsyncClient(transport=transport, base_url="http://testserver/api/v1"))
        return made[-1]

    yield client
    for one in made:
        await one.aclose()


async def _login(client: httpx.AsyncClient, email: str, password: str = PASSWORD) -> int:
    return (await client.post("/auth/login", json={"email": email, "password": password})).status_code


async def test_63_people_behind_one_address_all_get_in(world: World, coming: From) -> None:
    proxy = coming(PROXY)
    people = [await with_password(world, await world.person()) for _ in range(63)]
    assert [await _login(proxy, one.email) for one in people] == [200] * 63


async def test_wrong_passwords_lock_out_who_guesses_and_not_the_person(world: World, coming: From) -> None:
    user = await with_password(world, await world.person())
    guesser = coming(GUESSER)
    assert [await _login(guesser, user.email, "x") for _ in range(12)] == [401] * 10 + [429] * 2
    assert await _login(guesser, user.email) == 429, "whoever guesses right too late is not let in"
    assert await _login(coming(HOME), user.email) == 200


async def test_nothing_tells_whether_somebody_has_an_account(world: World, coming: From) -> None:
    user = await with_password(world, await world.person())
    guesser = coming(GUESSER)
    known = [await guesser.post("/auth/login", json={"email": user.email, "password": "x"}) for _ in range(11)]
    unknown = [await guesser.post("/auth/login", json={"email": "a@example.org", "password": "x"}) for _ in range(11)]
    assert [(one.status_code, one.json()["code"]) for one in known] == [
        (one.status_code, one.json()["code"]) for one in unknown
    ]


async def test_many_machines_that_guess_are_limited_and_a_mailed_link_lets_in(world: World, coming: From) -> None:
    user = await with_password(world, await world.person())
    for number in range(10):
        machine = coming(f"192.0.2.{number}")
        assert [await _login(machine, user.email, "x") for _ in range(10)] == [401] * 10
    home = coming(HOME)
    assert await _login(home, user.email) == 429
    assert (await home.post("/auth/login-link", json={"email": user.email})).status_code == 202
    used = await home.post("/auth/login-link/use", json={"token": await token_mailed(world.session, user.email)})
    assert used.status_code == 200


@pytest.mark.parametrize("asked", ["login-link", "password-reset"])
async def test_whoever_asks_for_links_locks_nobody_out_and_fills_no_mailbox(
    world: World, coming: From, asked: str
) -> None:
    user = await with_password(world, await world.person())
    now = clock.now()
    with clock.fixed(now):
        for number in range(4):
            machine = coming(f"192.0.2.{number}")
            got = [(await machine.post(f"/auth/{asked}", json={"email": user.email})).status_code for _ in range(12)]
            assert got == [202] * 10 + [429] * 2, "whoever asks too often waits, from where they ask"
        home = coming(HOME)
        assert (await home.post(f"/auth/{asked}", json={"email": user.email})).status_code == 202
    assert len(await mails_to(world.session, user.email)) == 1, "one link that holds is enough"
    with clock.fixed(now + links.MAILED_ANEW_AFTER):
        await home.post(f"/auth/{asked}", json={"email": user.email})
    assert len(await mails_to(world.session, user.email)) == 2, "who lost it asks anew"
    given = {"token": await token_mailed(world.session, user.email)}
    if asked == "password-reset":
        given["password"] = "karpalo lakka vadelma"
    assert (await home.post(f"/auth/{asked}/use", json=given)).is_success
    await home.post(f"/auth/{asked}", json={"email": user.email})
    assert len(await mails_to(world.session, user.email)) == 3, "a used link is none"


async def test_wrong_passwords_and_others_asking_do_not_keep_the_person_out(world: World, coming: From) -> None:
    user = await with_password(world, await world.person())
    for number in range(10):
        machine = coming(f"192.0.2.{number}")
        for _ in range(10):
            await _login(machine, user.email, "x")
            await machine.post("/auth/login-link", json={"email": user.email})
    home = coming(HOME)
    assert await _login(home, user.email) == 429
    assert (await home.post("/auth/login-link", json={"email": user.email})).status_code == 202
    token = await token_mailed(world.session, user.email)
    assert (await home.post("/auth/login-link/use", json={"token": token})).status_code == 200


async def test_failures_from_one_address_are_counted_although_others_succeed(world: World, coming: From) -> None:
    """Whoever has an account cannot use it to guess at those of others without end."""
    user = await with_password(world, await world.person())
    guesser = coming(GUESSER)
    for number in range(rate_limits.LOGIN.per_address):
        assert await _login(guesser, f"a{number}@example.org", "x") == 401
        if number < rate_limits.LOGIN.per_address - 1:
            assert await _login(guesser, user.email) == 200
    assert await _login(guesser, "another@example.org", "x") == 429


async def test_who_signed_in_on_a_device_lately_is_not_kept_out_with_others_behind_its_address(
    world: World, coming: From
) -> None:
    """Attack F23: 60 wrong tries, and everybody behind the address got 429 with the right password, for links, too."""
    known, other = [await with_password(world, await world.person()) for _ in range(2)]
    desk, guesser = coming(PROXY), coming(PROXY)
    assert await _login(desk, known.email) == 200
    for number in range(rate_limits.LOGIN.per_address + 1):
        for path in ("login", "login-link", "password-reset"):
            given = {"email": f"a{number}@example.org"} | ({"password": "x"} if path == "login" else {})
            await guesser.post(f"/auth/{path}", json=given)
    assert await _login(guesser, known.email) == 429, "nothing tells who has signed in from there"
    assert await _login(desk, known.email) == 200
    for path in ("login-link", "password-reset"):
        assert (await desk.post(f"/auth/{path}", json={"email": known.email})).status_code == 202
        assert (await desk.post(f"/auth/{path}", json={"email": other.email})).status_code == 429, "for its person only"
    assert [await _login(desk, known.email, "x") for _ in range(11)] == [401] * 10 + [429]


async def test_a_device_is_known_for_a_while_and_only_by_its_own_mark(world: World, coming: From) -> None:
    known = await with_password(world, await world.person())
    desk = coming(PROXY)
    assert await _login(desk, known.email) == 200
    mark = desk.cookies["puumerkki_device"]
    assert known.email not in mark
    until, _, proof = mark.partition(".")
    with clock.fixed(clock.now() + rate_limits.DEVICE_KNOWN):
        for number in range(rate_limits.LOGIN.per_address):
            assert await _login(coming(PROXY), f"a{number}@example.org", "x") == 401
        for forged in (mark, f"{int(until) + 10**6}.{proof}", "x", f"{until}.", "9" * 13 + "." + proof):
            given = {"email": known.email, "password": PASSWORD}
            cookie = {"Cookie": f"puumerkki_device={forged}"}
            assert (await coming(PROXY).post("/auth/login", json=given, headers=cookie)).status_code == 429, forged


@pytest.mark.parametrize(
    ("trusted", "peer", "seen"),
    [
        ('["10.0.0.0/8"]', "10.1.2.3", HOME),
        ('["10.1.2.3"]', "10.1.2.3", HOME),
        ('["10.1.2.3"]', "192.0.2.66", "192.0.2.66"),
        ("[]", "127.0.0.1", "127.0.0.1"),
        (None, "127.0.0.1", HOME),
        (None, "10.1.2.3", "10.1.2.3"),
    ],
)
async def test_only_configured_proxies_say_whose_address_it_is(
    trusted: str | None, peer: str, seen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    if trusted is not None:
        monkeypatch.setenv("PUUMERKKI_TRUSTED_PROXIES", trusted)
    found: list[str] = []

    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        found.append(scope["client"][0])

    config = uvicorn.Config(told, **server_options(Settings()))
    config.load()
    scope: dict[str, Any] = {
        "type": "http", "client": (peer, 4711), "scheme": "http", "headers": [(b"x-forwarded-for", HOME.encode())],
    }  # fmt: skip
    await config.loaded_app(scope, None, None)  # type: ignore[arg-type]
    assert found == [seen]
