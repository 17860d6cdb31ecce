"""Invitations, and mail over a real SMTP server."""

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.models import User, UserState
from puumerkki.identity.service.invitations import invite
from puumerkki.identity.service.offers import MOST_OPEN
from puumerkki.kernel import clock, mail
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.settings import get_settings
from puumerkki.organisations.models.organisations import Organisation
from tests.factories import Client, World
from tests.identity.accounts import PASSWORD, mails_to, token_mailed, with_password
from tests.ports import free_port

EMAIL = "aino@example.org"


def _invitation(organisation: Organisation, **more: Any) -> dict[str, Any]:
    return {
        "email": EMAIL,
        "name": "Aino",
        "language": "fi",
        "scope_kind": "organisation",
        "scope_id": str(organisation.id),
        "role": "editor",
    } | more


async def test_somebody_new_is_invited_accepts_and_has_the_role(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    made = await owner.post("/invitations", _invitation(organisation, email="Aino@Example.org"))
    assert made.status_code == 201, made.text
    assert made.json() == {
        "email": EMAIL,
        "scope_kind": "organisation",
        "scope_id": str(organisation.id),
        "role": "editor",
    }
    assert (await world.nobody.post("/auth/login", {"email": EMAIL, "password": PASSWORD})).status_code == 401

    token = await token_mailed(session, EMAIL)
    given = {"token": token, "name": "Aino Aalto", "password": PASSWORD}
    accepted = await world.nobody.post("/invitations/accept", given)
    assert accepted.status_code == 200, accepted.text
    assert accepted.cookies["puumerkki_refresh"]
    aino = Client(world.client, None, accepted.json()["access_token"])
    me = (await aino.get("/me")).json()
    assert me["name"] == "Aino Aalto"
    assert [(role["role"], role["scope_id"]) for role in me["roles"]] == [("editor", str(organisation.id))]
    assert (await world.nobody.post("/invitations/accept", given)).status_code == 401
    assert (await world.nobody.post("/auth/login", {"email": EMAIL, "password": PASSWORD})).status_code == 200

    told = await session.exec(select(EventRow).where(EventRow.type == "role.granted"))
    (event,) = told.all()
    assert (event.subject_kind, event.subject_id, event.actor_id) == ("organisation", organisation.id, owner.id)
    assert event.data == {"principal_id": me["id"], "role": "editor", "scope_kind": "organisation", "by_consent": True}


async def test_an_invitation_needs_no_password_and_holds_for_14_days(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    now = clock.now()
    with clock.fixed(now):
        await owner.post("/invitations", _invitation(organisation))
    token = await token_mailed(session, EMAIL)
    with clock.fixed(now + timedelta(days=14)):
        assert (await world.nobody.post("/invitations/accept", {"token": token})).status_code == 401
    with clock.fixed(now + timedelta(days=14) - timedelta(seconds=1)):
        assert (await world.nobody.post("/invitations/accept", {"token": token})).status_code == 200


async def test_a_second_invitation_to_the_same_role_replaces_the_first(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    await owner.post("/invitations", _invitation(organisation, role="viewer"))
    other = await token_mailed(session, EMAIL)
    await owner.post("/invitations", _invitation(organisation))
    first = await token_mailed(session, EMAIL)
    await owner.post("/invitations", _invitation(organisation))
    second = await token_mailed(session, EMAIL)
    answers = [await world.nobody.post("/invitations/accept", {"token": one}) for one in (first, second, other)]
    assert [answer.status_code for answer in answers] == [401, 200, 200]
    me = (await Client(world.client, None, answers[2].json()["access_token"]).get("/me")).json()
    assert sorted(role["role"] for role in me["roles"]) == ["editor", "viewer"]


async def test_who_has_an_account_is_offered_the_role_and_is_told_once(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    owner, person = await world.person((Role.owner, organisation.id), name="Oona Omistaja"), await world.person()
    user = await session.get(User, person.id)
    assert user is not None
    answers = [await owner.post("/invitations", _invitation(organisation, email=user.email)) for _ in range(2)]
    unknown = await owner.post("/invitations", _invitation(organisation, email="tuntematon@example.org"))
    assert [{**one.json(), "email": ""} for one in answers] == [{**unknown.json(), "email": ""}] * 2
    me = (await person.get("/me")).json()
    assert me["roles"] == []
    [offer] = me["role_offers"]
    assert (offer["role"], offer["scope_names"], offer["offered_by"]) == (
        "editor",
        organisation.names,
        "Oona Omistaja",
    )
    (message,) = await mails_to(session, user.email)
    assert message.subject == "Sinulle tarjotaan roolia: muokkaaja – Testiyhdistys ry"
    assert "Oona Omistaja" in message.body and "http://testserver/fi/offers" in message.body
    listed = (await owner.get(f"/organisations/{organisation.id}/role-offers")).json()["items"]
    assert [(one["email"], one["name"]) for one in listed] == [
        (user.email, "Aino"),
        ("tuntematon@example.org", "Aino"),
    ], "as the inviter wrote it"
    taken = await person.post("/me/role-offers/accept", {"offer_ids": [offer["id"]]})
    assert [role["role"] for role in taken.json()["roles"]] == ["editor"]
    again = await person.post("/me/role-offers/accept", {"offer_ids": [offer["id"]]})
    assert again.status_code == 404
    await owner.post("/invitations", _invitation(organisation, email=user.email, role="viewer"))
    roles = [role["role"] for role in (await person.get("/me")).json()["roles"]]
    assert roles == ["editor", "viewer"], "who belongs there gets further roles at once"


async def test_offers_are_declined_withdrawn_and_limited(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    owner, person = await world.person((Role.owner, organisation.id)), await world.person()
    path = f"/organisations/{organisation.id}"
    offer = {"roles": ["viewer"]}
    await owner.put(f"{path}/people/{person.id}", offer)
    [mine] = (await person.get("/me")).json()["role_offers"]
    declined = await person.post("/me/role-offers/decline", {"offer_ids": [mine["id"]]})
    assert (declined.json()["roles"], declined.json()["role_offers"]) == ([], [])
    await owner.put(f"{path}/people/{person.id}", offer)
    [mine] = (await person.get("/me")).json()["role_offers"]
    other = await world.person((Role.owner, (await world.organisation("Toinen ry")).id))
    assert (await other.delete(f"{path}/role-offers/{mine['id']}")).status_code == 403
    assert (await other.post("/me/role-offers/accept", {"offer_ids": [mine["id"]]})).status_code == 404
    assert (await owner.delete(f"{path}/role-offers/{mine['id']}")).status_code == 204
    assert (await person.get("/me")).json()["role_offers"] == []
    for place in range(MOST_OPEN):
        made = await owner.post("/invitations", _invitation(organisation, email=f"kutsu{place}@example.org"))
        assert made.status_code == 201, made.text
    full = await owner.post("/invitations", _invitation(organisation, email="liikaa@example.org"))
    assert (full.status_code, full.json()["code"]) == (409, "too_many_offers")


async def test_the_link_of_a_withdrawn_invitation_holds_no_more(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    await owner.post("/invitations", _invitation(organisation))
    token = await token_mailed(session, EMAIL)
    path = f"/organisations/{organisation.id}/role-offers"
    [offer] = (await owner.get(path)).json()["items"]
    assert (await owner.delete(f"{path}/{offer['id']}")).status_code == 204
    given = {"token": token, "name": "Aino", "password": PASSWORD}
    assert (await world.nobody.post("/invitations/accept", given)).status_code == 401


async def test_a_later_invitation_cannot_take_over_an_account(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    await owner.post("/invitations", _invitation(organisation))
    await owner.post("/invitations", _invitation(organisation, role="viewer"))
    second = await token_mailed(session, EMAIL)
    user = (await session.exec(select(User).where(col(User.email) == EMAIL))).one()
    user.state = UserState.active
    await with_password(world, Client(world.client, user.id))
    given = {"token": second, "name": "Joku", "password": "another password here"}
    assert (await world.nobody.post("/invitations/accept", given)).status_code == 200
    await session.refresh(user)
    assert user.name == "Aino"
    assert (await world.nobody.post("/auth/login", {"email": EMAIL, "password": PASSWORD})).status_code == 200


async def test_who_may_invite_whom(world: World, session: AsyncSession) -> None:
    organisation, network = await world.organisation(), await world.network()
    owner = await world.person((Role.owner, organisation.id))
    assert (await world.nobody.post("/invitations", _invitation(organisation))).status_code == 401
    for caller in (await world.person((Role.editor, organisation.id)), await world.person()):
        assert (await caller.post("/invitations", _invitation(organisation))).status_code == 403
    in_network = _invitation(organisation, scope_kind="network", scope_id=str(network.id), role="observer")
    assert (await owner.post("/invitations", in_network)).status_code == 403
    for wrong, pointer in (
        ({"role": "inspector"}, "/role"),
        ({"role": "coordinator"}, "/role"),
        ({"role": "operator"}, "/role"),
        ({"scope_kind": "network"}, "/scope_kind"),
        ({"for_organisation_id": str(uuid4())}, "/for_organisation_id"),
        ({"email": "nowhere"}, "/email"),
    ):
        answer = await owner.post("/invitations", _invitation(organisation, **wrong))
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    closed = await session.get(User, (await world.person()).id)
    assert closed is not None
    closed.state = UserState.disabled
    await session.flush()
    answer = await owner.post("/invitations", _invitation(organisation, email=closed.email))
    assert answer.status_code == 201, "a closed account is told to nobody"


async def test_a_closed_account_is_opened_again_by_whom_invites_it(world: World, session: AsyncSession) -> None:
    organisation, former = await world.organisation(), await world.organisation("Entinen ry")
    owner, operator = await world.person((Role.owner, organisation.id)), await world.operator()
    person = await world.person((Role.editor, former.id), name="Aino")
    user = await with_password(world, person)
    closed = await operator.post(f"/users/{person.id}/disable", if_match=user.version)
    assert closed.status_code == 200, closed.text
    assert (await owner.post("/invitations", _invitation(organisation, email=user.email))).status_code == 201
    login = {"email": user.email, "password": PASSWORD}
    assert (await world.nobody.post("/auth/login", login)).status_code == 401, "not before it is accepted"
    accepted = await world.nobody.post("/invitations/accept", {"token": await token_mailed(session, user.email)})
    assert accepted.status_code == 200, accepted.text
    me = (await Client(world.client, None, accepted.json()["access_token"]).get("/me")).json()
    assert [(one["role"], one["scope_id"]) for one in me["roles"]] == [("editor", str(organisation.id))]
    assert me["has_password"] is False
    assert (await world.nobody.post("/auth/login", login)).status_code == 401, "the former password is gone"
    told = (await session.exec(select(EventRow.type).where(EventRow.subject_id == user.id))).all()
    assert {"user.disabled", "user.reopened"} <= set(told)


async def test_a_network_invites_through_the_service(world: World, session: AsyncSession) -> None:
    organisation, network = await world.organisation(), await world.network()
    given_to = await invite(
        session,
        email=EMAIL,
        name="Aino",
        language="sv",
        scope_kind=ScopeKind.network,
        scope_id=network.id,
        role=Role.representative,
        for_organisation_id=organisation.id,
        actor_id=None,
        acts_from=None,
    )
    assert given_to is None
    (message,) = await mails_to(session, EMAIL)
    names = network.names.get("sv") or network.names["fi"]
    assert message.subject == f"Inbjudan: {names} – representant" and "Din roll: representant" in message.body
    accepted = await world.nobody.post("/invitations/accept", {"token": await token_mailed(session, EMAIL)})
    me = (await Client(world.client, None, accepted.json()["access_token"]).get("/me")).json()
    assert (me["roles"][0]["role"], me["roles"][0]["for_organisation_id"]) == ("representative", str(organisation.id))


class _Inbox:
    def __init__(self) -> None:
        self.taken: list[tuple[str | None, list[str], EmailMessage]] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = message_from_bytes(envelope.original_content or b"", policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, message))
        return "250 OK"


async def test_an_invitation_goes_out_by_smtp_once(
    world: World, session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    await owner.post("/invitations", _invitation(organisation, name="Äijö Öhman"))
    (row,) = await mails_to(session, EMAIL)
    port = free_port()
    inbox = _Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    monkeypatch.setenv("PUUMERKKI_MAIL_URL", f"smtp://127.0.0.1:{port}")
    get_settings.cache_clear()
    controller.start()
    try:
        assert await mail.deliver(session, row.id) is True
        assert await mail.deliver(session, row.id) is False
    finally:
        controller.stop()
        monkeypatch.undo()
        get_settings.cache_clear()
    ((_sender, recipients, message),) = inbox.taken
    assert recipients == [EMAIL]
    assert (message["Subject"], message["To"]) == (f"Kutsu: {organisation.names['fi']} – muokkaaja", EMAIL)
    assert message["Content-Language"] == "fi"
    part = message.get_body(("plain",))
    assert part is not None
    text = part.get_content()
    assert "Hei Äijö Öhman" in text and "http://testserver/fi/invitation#token=" in text and "on voimassa" in text
