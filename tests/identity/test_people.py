"""One's own account, and operators' part."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import Principal, PrincipalKind, RoleGrant
from puumerkki.access.roles import Role
from puumerkki.identity.errors import UserDisabled
from puumerkki.identity.models import MailedLink, RefreshToken, UserState
from puumerkki.identity.service.people import create_operator
from puumerkki.identity.tokens import issue_access_token
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Invalid
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.organisations.models.organisations import Contact
from tests.factories import Client, World
from tests.identity.accounts import PAGE, PASSWORD, mails_to, with_password

NEW = "karpalo lakka vadelma"


async def test_me_tells_roles_with_their_scopes(world: World) -> None:
    organisation, network = await world.organisation(), await world.network()
    person = await world.person(
        (Role.editor, organisation.id), (Role.representative, network.id, organisation.id), name="Aino"
    )
    assert person.id is not None
    answer = await person.get("/me")
    assert answer.headers["etag"] == '"1"'
    shown = answer.json()
    assert len(shown.pop("permissions")) == 2, "of each scope; test_permissions_held says which"
    assert shown == {
        "id": str(person.id),
        "kind": "user",
        "name": "Aino",
        "email": f"{person.id.hex}@example.org",
        "language": "fi",
        "has_password": False,
        "scopes": None,
        "roles": [
            {
                "role": "editor",
                "scope_kind": "organisation",
                "scope_id": str(organisation.id),
                "for_organisation_id": None,
                "expires_at": None,
            },
            {
                "role": "representative",
                "scope_kind": "network",
                "scope_id": str(network.id),
                "for_organisation_id": str(organisation.id),
                "expires_at": None,
            },
        ],
        "role_offers": [],
        "email_change": None,
        "mail_failed_at": None,
        "version": 1,
    }
    assert (await world.nobody.get("/me")).status_code == 401


async def test_name_and_language_change_with_the_version(world: World) -> None:
    person = await world.person()
    changed = await person.patch("/me", {"name": "Uusi Nimi", "language": "sv"}, if_match=1)
    assert changed.status_code == 200, changed.text
    assert (changed.json()["name"], changed.json()["language"], changed.headers["etag"]) == ("Uusi Nimi", "sv", '"2"')
    assert (await person.patch("/me", {"name": "Toinen"}, if_match=1)).status_code == 412
    assert (await person.patch("/me", {"name": "Toinen"})).status_code == 428
    for wrong in ({"name": None}, {"language": "de"}, {"email": "a@b.fi"}):
        assert (await person.patch("/me", wrong, if_match=2)).status_code == 422


async def test_somebody_signs_out_on_all_devices(world: World) -> None:
    person = await world.person()
    user = await with_password(world, person)
    tokens = []
    for _ in range(2):
        login = await world.nobody.post("/auth/login", {"email": user.email, "password": PASSWORD})
        tokens.append(login.cookies["puumerkki_refresh"])
    assert (await person.delete("/me/sessions")).status_code == 204
    for token in tokens:
        world.client.cookies.clear()
        headers = PAGE | {"Cookie": f"puumerkki_refresh={token}"}
        assert (await world.nobody.post("/auth/refresh", headers=headers)).status_code == 401
    world.client.cookies.clear()


async def test_a_password_changes_only_with_the_present_one_and_ends_other_sessions(world: World) -> None:
    person = await world.person()
    user = await with_password(world, person)
    login = await world.nobody.post("/auth/login", {"email": user.email, "password": PASSWORD})
    wrongs: tuple[dict[str, str], ...] = ({}, {"current_password": "wrong"})
    for wrong in wrongs:
        answer = await person.post("/me/password", {"password": NEW} | wrong)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "password_wrong")
    changed = await person.post("/me/password", {"password": NEW, "current_password": PASSWORD})
    assert changed.status_code == 200, changed.text
    world.client.cookies.clear()
    before, after = [answer.cookies["puumerkki_refresh"] for answer in (login, changed)]
    for token, status in ((before, 401), (after, 200)):
        headers = PAGE | {"Cookie": f"puumerkki_refresh={token}"}
        assert (await world.nobody.post("/auth/refresh", headers=headers)).status_code == status
        world.client.cookies.clear()


async def test_the_first_password_needs_no_other(world: World) -> None:
    person = await world.person()
    assert (await person.post("/me/password", {"password": NEW})).status_code == 200
    assert (await person.get("/me")).json()["has_password"] is True


async def test_present_passwords_cannot_be_guessed_at_leisure(world: World) -> None:
    person = await world.person()
    await with_password(world, person)
    answers = [await person.post("/me/password", {"password": NEW, "current_password": "x"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]


async def test_ones_data_is_exported_and_erased(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    person = await world.person((Role.editor, organisation.id), name="Aino")
    user = await with_password(world, person)
    address = user.email
    await world.nobody.post("/auth/login", {"email": address, "password": PASSWORD})
    await world.nobody.post("/auth/login-link", {"email": address})
    data = (await person.get("/me/data")).json()
    assert (data["user"]["email"], data["user"]["name"]) == (address, "Aino")
    assert [role["role"] for role in data["roles"]] == ["editor"]
    assert len(data["sessions"]) == 1
    assert "argon2" not in str(data)

    wrong = await person.post("/me/erase", {"password": "väärä salasana"}, if_match=user.version)
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (422, "password_wrong")
    assert (await person.get("/me")).status_code == 200
    erased = await person.post("/me/erase", {"password": PASSWORD}, if_match=user.version)
    assert erased.status_code == 204, erased.text
    await session.refresh(user)
    assert (user.name, user.email, user.password_hash, user.state) == (
        "–",
        f"{user.id.hex}@erased.invalid",
        None,
        UserState.disabled,
    )
    assert await session.get(Principal, user.id) is not None
    for table in (RefreshToken, MailedLink):
        assert (await session.exec(select(table).where(col(table.user_id) == user.id))).all() == []
    assert (await session.exec(select(RoleGrant).where(col(RoleGrant.principal_id) == user.id))).all() == []
    assert await mails_to(session, address) == []
    assert (await person.get("/me")).status_code == 401, "the token is of no use any more"
    told = (await session.exec(select(EventRow.type).where(col(EventRow.related).contains([user.id])))).all()
    assert told == ["role.revoked"]


async def test_an_operator_finds_and_closes_accounts(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    operator = await world.operator()
    person = await world.person((Role.owner, organisation.id), name="Väinö Ähtäri")
    user = await with_password(world, person)
    found = (await operator.get("/users", params={"q": "ähtäri"})).json()["items"]
    assert [one["id"] for one in found] == [str(person.id)]
    one = await operator.get(f"/users/{person.id}")
    assert (one.json(), one.headers["etag"]) == (found[0], f'"{user.version}"')

    path = f"/users/{person.id}/disable"
    assert (await person.post(path, if_match=user.version)).status_code == 404
    assert (await operator.post(path, if_match=99)).status_code == 412
    closed = await operator.post(path, if_match=user.version)
    assert (closed.status_code, closed.json()["state"]) == (200, "disabled")
    assert (await person.get("/me")).status_code == 401
    given = {"email": "a@example.org", "name": "A", "scope_kind": "organisation", "scope_id": str(organisation.id)}
    refused = await person.post("/invitations", given | {"role": "viewer"})
    assert refused.status_code == 403, "the roles are gone although the token still holds"
    login = await world.nobody.post("/auth/login", {"email": user.email, "password": PASSWORD})
    assert login.status_code == 401
    again = await operator.post(path, if_match=closed.json()["version"])
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")
    events = await session.exec(select(EventRow.type).where(EventRow.subject_id == user.id))
    assert "user.disabled" in events.all()


async def test_others_see_no_accounts_and_operators_cannot_close_their_own(world: World) -> None:
    operator, person = await world.operator(), await world.person()
    for caller in (person, world.nobody):
        assert (await caller.get("/users")).json()["items"] == []
        assert (await caller.get(f"/users/{person.id}")).status_code == 404
    own = await operator.post(f"/users/{operator.id}/disable", if_match=1)
    assert (own.status_code, own.json()["code"]) == (409, "cannot_disable_self")
    assert (await operator.post(f"/users/{uuid4()}/disable", if_match=1)).status_code == 404


async def test_an_operator_is_made_from_the_command_line(world: World, session: AsyncSession) -> None:
    made = await create_operator(session, email="Ylla@Example.org", name="Ylla", password=PASSWORD, language="fi")
    answer = await world.nobody.post("/auth/login", {"email": "ylla@example.org", "password": PASSWORD})
    caller = Client(world.client, made.id, answer.json()["access_token"])
    assert [role["role"] for role in (await caller.get("/me")).json()["roles"]] == ["operator"]
    again = await create_operator(session, email="ylla@example.org", name="Ylla", password=None, language="fi")
    assert again.id == made.id
    for email, password in (("no address", PASSWORD), ("a@example.org", "short")):
        with pytest.raises(Invalid, match="cannot be an operator"):
            await create_operator(session, email=email, name="X", password=password, language="fi")
    made.state = UserState.disabled
    with pytest.raises(UserDisabled):
        await create_operator(session, email="ylla@example.org", name="Ylla", password=None, language="fi")


async def test_an_operator_breaks_the_glass_for_an_hour(world: World, session: AsyncSession) -> None:
    organisation, operator = await world.organisation(), await world.operator()
    assert operator.id is not None
    given = {"scope_kind": "organisation", "scope_id": str(organisation.id), "reason": "Tukipyyntö numero 17."}
    now = clock.now()
    with clock.fixed(now):
        made = await operator.post("/break-glass", given)
        assert made.status_code == 201, made.text
        held = (await operator.get("/me")).json()["roles"]
        assert [role["role"] for role in held] == ["operator", "inspector"]
    with clock.fixed(now + timedelta(minutes=60)):
        operator.token, _ = await issue_access_token(session, principal_id=operator.id, kind=PrincipalKind.user)
        assert [role["role"] for role in (await operator.get("/me")).json()["roles"]] == ["operator"]
        assert (await operator.post("/break-glass", given)).status_code == 201, "it can be done again"
        assert len((await operator.get("/me")).json()["roles"]) == 2
    listed = (await operator.get("/break-glass")).json()["items"]
    assert [one["reason"] for one in listed] == [given["reason"]] * 2
    rows = (await session.exec(select(EventRow).where(EventRow.type == "glass.broken"))).all()
    assert len(rows) == 2
    assert all("Tukipyyntö" not in str(row.data) and str(row.subject_id) == given["scope_id"] for row in rows)

    person = await world.person((Role.owner, organisation.id))
    assert (await person.post("/break-glass", given)).status_code == 403
    assert (await (await world.person()).get("/break-glass")).json()["items"] == []
    nowhere = await operator.post("/break-glass", given | {"scope_id": str(UUID(int=7))})
    assert nowhere.status_code == 404
    platform = await operator.post("/break-glass", given | {"scope_kind": "platform"})
    assert platform.status_code == 422


async def test_a_look_is_told_to_those_looked_into_at_once(world: World, session: AsyncSession) -> None:
    group, network, operator = await world.organisation(), await world.network(), await world.operator()
    owner, viewer = await world.person((Role.owner, group.id)), await world.person((Role.viewer, group.id))
    lead = await world.person((Role.coordinator, network.id))
    stranger = await world.person()
    for kind, scope in (("organisation", group.id), ("network", network.id)):
        given = {"scope_kind": kind, "scope_id": str(scope), "reason": "Tukipyyntö numero 17."}
        assert (await operator.post("/break-glass", given)).status_code == 201
    for caller, scope, place in ((owner, group.id, "organisations"), (lead, network.id, "networks")):
        assert caller.id is not None
        [told] = await mails_to(session, f"{caller.id.hex}@example.org")
        assert all(part in told.body for part in ("Operaattori", f"{place}/{scope}/operators"))
        assert "Tukipyyntö" not in told.body, "why is read in the service"
        [shown] = (await caller.get(f"/break-glass?scope={scope}")).json()["items"]
        assert (shown["operator_name"], shown["reason"]) == ("Operaattori", "Tukipyyntö numero 17.")
        events = (await caller.get(f"/{place}/{scope}/events")).json()["items"]
        assert "glass.broken" in [one["type"] for one in events]
        assert (await stranger.get(f"/break-glass?scope={scope}")).json()["items"] == []
    assert viewer.id is not None
    assert await mails_to(session, f"{viewer.id.hex}@example.org") == []
    lonely = await world.organisation("Yksin ry")
    session.add(Contact(organisation_id=lonely.id, name="Toimisto", email="toimisto@example.org"))
    await session.flush()
    given = {"scope_kind": "organisation", "scope_id": str(lonely.id), "reason": "Tukipyyntö numero 18."}
    assert (await operator.post("/break-glass", given)).status_code == 201
    assert len(await mails_to(session, "toimisto@example.org")) == 1
