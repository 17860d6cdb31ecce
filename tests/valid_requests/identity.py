"""Signing in, accounts, invitations, service accounts."""

from datetime import timedelta
from typing import Any

from puumerkki.access.actor import Actor, load_actor
from puumerkki.access.actor import Caller as Asking
from puumerkki.access.models import PrincipalKind
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.credentials import hash_secret, new_secret
from puumerkki.identity.models import BreakGlass, MailedLink, MailedPurpose, RoleOffer, User, UserState
from puumerkki.identity.passwords import hash_password
from puumerkki.identity.schemas.service_accounts import ServiceAccountCreate
from puumerkki.identity.service.service_accounts import NewSecret, create_service_account
from puumerkki.identity.service.sessions import start_session
from puumerkki.kernel import clock
from tests.identity.accounts import with_password
from tests.personas import Cast
from tests.valid_requests import Call, operation

PASSWORD = "mansikka mustikka puolukka"
_kept: list[str] = []


async def _user(cast: Cast, **more: Any) -> User:
    person = await cast.world.person(name="Aino")
    user = await cast.world.session.get(User, person.id)
    assert user is not None
    for name, value in more.items():
        setattr(user, name, value)
    await cast.world.session.flush()
    return user


async def _link(cast: Cast, purpose: MailedPurpose, user: User, payload: dict[str, Any] | None = None) -> str:
    text, _ = new_secret()
    cast.world.session.add(
        MailedLink(
            purpose=purpose,
            user_id=user.id,
            token_hash=hash_secret(text),
            expires_at=clock.now() + timedelta(minutes=10),
            payload=payload or {},
        )
    )
    await cast.world.session.flush()
    return text


async def _page(cast: Cast) -> dict[str, Any]:
    started = await start_session(cast.world.session, user=await _user(cast))
    cookie = f"puumerkki_refresh={started.refresh_token}"
    return {"headers": {"Origin": "http://testserver", "X-Puumerkki": "1", "Cookie": cookie}}


async def _service_account(cast: Cast) -> NewSecret:
    owner: Actor = await load_actor(cast.world.session, Asking(id=cast["owner"].id, kind=PrincipalKind.user))
    given = ServiceAccountCreate(
        organisation_id=cast.association.id, name="Skripti", scopes=[P.organisations_read], roles=[Role.viewer]
    )
    return await create_service_account(cast.world.session, actor=owner, given=given)


@operation("auth_login")
async def login(cast: Cast) -> Call:
    if not _kept:
        _kept.append(await hash_password(PASSWORD))
    user = await _user(cast, password_hash=_kept[0])
    return Call("POST", "/auth/login", by="anonymous", json={"email": user.email, "password": PASSWORD})


@operation("auth_refresh")
async def refresh(cast: Cast) -> Call:
    return Call("POST", "/auth/refresh", by="anonymous", options=await _page(cast))


@operation("auth_logout")
async def logout(cast: Cast) -> Call:
    return Call("POST", "/auth/logout", by="anonymous", options=await _page(cast))


@operation("auth_send_login_link")
async def send_login_link(cast: Cast) -> Call:
    return Call("POST", "/auth/login-link", by="anonymous", json={"email": (await _user(cast)).email})


@operation("auth_use_login_link")
async def use_login_link(cast: Cast) -> Call:
    token = await _link(cast, MailedPurpose.login, await _user(cast))
    return Call("POST", "/auth/login-link/use", by="anonymous", json={"token": token})


@operation("auth_send_password_reset")
async def send_password_reset(cast: Cast) -> Call:
    return Call("POST", "/auth/password-reset", by="anonymous", json={"email": (await _user(cast)).email})


@operation("auth_use_password_reset")
async def use_password_reset(cast: Cast) -> Call:
    token = await _link(cast, MailedPurpose.password_reset, await _user(cast))
    given = {"token": token, "password": PASSWORD}
    return Call("POST", "/auth/password-reset/use", by="anonymous", json=given)


@operation("oauth_issue_token")
async def issue_token(cast: Cast) -> Call:
    made = await _service_account(cast)
    form = {"grant_type": "client_credentials", "client_id": str(made.account.id), "client_secret": made.secret}
    return Call("POST", "/oauth/token", by="anonymous", options={"data": form})


@operation("me_get")
async def get_me(_: Cast) -> Call:
    return Call("GET", "/me", by="outsider")


@operation("me_update")
async def update_me(_: Cast) -> Call:
    return Call("PATCH", "/me", by="outsider", json={"language": "sv"}, if_match=1)


@operation("me_erase")
async def erase_me(cast: Cast) -> Call:
    user = await with_password(cast.world, cast["outsider"])
    return Call("POST", "/me/erase", by="outsider", json={"password": PASSWORD}, if_match=user.version)


@operation("me_change_password")
async def change_password(_: Cast) -> Call:
    return Call("POST", "/me/password", by="outsider", json={"password": PASSWORD})


@operation("me_end_sessions")
async def end_sessions(_: Cast) -> Call:
    return Call("DELETE", "/me/sessions", by="outsider")


@operation("me_export_data")
async def export_data(_: Cast) -> Call:
    return Call("GET", "/me/data", by="outsider")


@operation("invitations_create")
async def create_invitation(cast: Cast) -> Call:
    given = {
        "email": "uusi@example.org",
        "name": "Uusi",
        "language": "fi",
        "scope_kind": "organisation",
        "scope_id": str(cast.association.id),
        "role": "editor",
    }
    return Call("POST", "/invitations", by="owner", json=given)


async def _invitation(cast: Cast) -> str:
    payload = {
        "role": Role.editor.value,
        "scope_kind": ScopeKind.organisation.value,
        "scope_id": str(cast.association.id),
        "for_organisation_id": None,
        "given_by": None,
    }
    return await _link(cast, MailedPurpose.invitation, await _user(cast, state=UserState.invited), payload)


@operation("invitations_read")
async def read_invitation(cast: Cast) -> Call:
    return Call("POST", "/invitations/read", by="anonymous", json={"token": await _invitation(cast)})


@operation("invitations_accept")
async def accept_invitation(cast: Cast) -> Call:
    given = {"token": await _invitation(cast), "name": "Aino Aalto"}
    return Call("POST", "/invitations/accept", by="anonymous", json=given)


@operation("service_accounts_list")
async def list_service_accounts(cast: Cast) -> Call:
    await _service_account(cast)
    return Call("GET", "/service-accounts", by="owner")


@operation("service_accounts_get")
async def get_service_account(cast: Cast) -> Call:
    return Call("GET", f"/service-accounts/{(await _service_account(cast)).account.id}", by="owner")


@operation("service_accounts_create")
async def make_service_account(cast: Cast) -> Call:
    given = {
        "organisation_id": str(cast.association.id),
        "name": "Skripti",
        "scopes": ["organisations:read"],
        "roles": ["viewer"],
    }
    return Call("POST", "/service-accounts", by="owner", json=given)


@operation("service_accounts_rotate_secret")
async def rotate_secret(cast: Cast) -> Call:
    account = (await _service_account(cast)).account
    path = f"/service-accounts/{account.id}/rotate-secret"
    return Call("POST", path, by="owner", if_match=account.version)


@operation("service_accounts_revoke")
async def revoke_service_account(cast: Cast) -> Call:
    account = (await _service_account(cast)).account
    return Call("DELETE", f"/service-accounts/{account.id}", by="owner", if_match=account.version)


@operation("users_list")
async def list_users(_: Cast) -> Call:
    return Call("GET", "/users", by="operator")


@operation("users_get")
async def get_user(cast: Cast) -> Call:
    return Call("GET", f"/users/{cast['outsider'].id}", by="operator")


@operation("users_disable")
async def disable_user(cast: Cast) -> Call:
    user = await _user(cast)
    return Call("POST", f"/users/{user.id}/disable", by="operator", if_match=user.version)


@operation("break_glass_list")
async def list_broken_glass(cast: Cast) -> Call:
    operator_id = cast["operator"].id
    assert operator_id is not None
    cast.world.session.add(
        BreakGlass(
            operator_id=operator_id,
            scope_kind=ScopeKind.network,
            scope_id=cast.network.id,
            reason="Tukipyyntö numero 17.",
            expires_at=clock.now(),
        )
    )
    await cast.world.session.flush()
    return Call("GET", "/break-glass", by="operator")


@operation("break_glass_create")
async def create_break_glass(cast: Cast) -> Call:
    given = {"scope_kind": "network", "scope_id": str(cast.network.id), "reason": "Tukipyyntö numero 17."}
    return Call("POST", "/break-glass", by="operator", json=given)


async def _offer(cast: Cast) -> dict[str, Any]:
    offer = RoleOffer(
        principal_id=cast["outsider"].id,
        scope_kind=ScopeKind.organisation,
        scope_id=cast.neighbour.id,
        role=Role.viewer,
        organisation_id=cast.neighbour.id,
        expires_at=clock.now() + timedelta(days=1),
    )
    cast.world.session.add(offer)
    await cast.world.session.flush()
    return {"offer_ids": [str(offer.id)]}


@operation("me_accept_role_offers")
async def accept_role_offers(cast: Cast) -> Call:
    return Call("POST", "/me/role-offers/accept", by="outsider", json=await _offer(cast))


@operation("me_decline_role_offers")
async def decline_role_offers(cast: Cast) -> Call:
    return Call("POST", "/me/role-offers/decline", by="outsider", json=await _offer(cast))
