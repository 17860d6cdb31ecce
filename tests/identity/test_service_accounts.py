"""Service accounts and the token endpoint."""

import base64
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role
from puumerkki.identity.models import ServiceAccount
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.idempotency import IdempotencyRecord
from puumerkki.organisations.models.organisations import Organisation
from tests.factories import Client, World

FORM = "application/x-www-form-urlencoded"


def _given(organisation: Organisation, **more: Any) -> dict[str, Any]:
    return {
        "organisation_id": str(organisation.id),
        "name": "Tuontiskripti",
        "scopes": ["organisations:read", "organisations:update"],
        "roles": ["editor"],
    } | more


async def _made(owner: Client, organisation: Organisation, **more: Any) -> dict[str, Any]:
    answer = await owner.post("/service-accounts", _given(organisation, **more))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def _token(world: World, form: dict[str, str], **headers: str) -> httpx.Response:
    return await world.nobody.request("POST", "/oauth/token", data=form, headers=headers)


def _basic(name: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()


def _by(made: dict[str, Any], **more: str) -> dict[str, str]:
    return {
        "grant_type": "client_credentials",
        "client_id": made["client_id"],
        "client_secret": made["client_secret"],
    } | more


async def test_a_script_gets_a_token_and_may_what_scopes_and_roles_allow(world: World) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    made = await _made(owner, organisation)
    by_form = await _token(world, _by(made))
    assert by_form.status_code == 200, by_form.text
    assert by_form.headers["cache-control"] == "no-store"
    assert by_form.json().keys() == {"access_token", "token_type", "expires_in", "scope"}
    assert by_form.json()["scope"] == "organisations:read organisations:update"
    basic = _basic(made["client_id"], made["client_secret"])
    fewer = await _token(
        world, {"grant_type": "client_credentials", "scope": "organisations:read"}, Authorization=basic
    )
    assert (fewer.status_code, fewer.json()["scope"]) == (200, "organisations:read")
    me = (await Client(world.client, None, fewer.json()["access_token"]).get("/me")).json()
    assert (me["kind"], me["name"], me["email"], me["scopes"]) == (
        "service",
        "Tuontiskripti",
        None,
        ["organisations:read"],
    )
    assert [(role["role"], role["scope_id"]) for role in me["roles"]] == [("editor", str(organisation.id))]


async def test_a_service_account_has_no_persons_account(world: World) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    token = (await _token(world, _by(await _made(owner, organisation)))).json()["access_token"]
    script = Client(world.client, None, token)
    assert (await script.patch("/me", {"name": "X"}, if_match=1)).json()["code"] == "people_only"
    assert (await script.post("/me/password", {"password": "karpalo lakka vadelma"})).status_code == 403
    assert (await script.get("/me/data")).status_code == 403
    assert (await script.post("/me/erase", {"password": "x"}, if_match=1)).status_code == 403
    assert (await script.post("/service-accounts", _given(organisation))).status_code == 403


async def test_the_token_endpoint_answers_errors_as_its_standard_says(world: World) -> None:
    organisation = await world.organisation()
    made = await _made(await world.person((Role.owner, organisation.id)), organisation)
    right = _by(made)
    basic = _basic(made["client_id"], made["client_secret"])
    cases: list[tuple[dict[str, str], dict[str, str], int, str]] = [
        ({}, {}, 400, "invalid_request"),
        (right | {"grant_type": "password"}, {}, 400, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, {}, 401, "invalid_client"),
        (right | {"client_secret": "wrong"}, {}, 401, "invalid_client"),
        (right | {"client_id": str(uuid4())}, {}, 401, "invalid_client"),
        (right | {"client_id": "x\0y"}, {}, 401, "invalid_client"),
        (right | {"scope": "platform:operate"}, {}, 400, "invalid_scope"),
        (right | {"scope": "nonsense"}, {}, 400, "invalid_scope"),
        (right, {"Authorization": basic}, 400, "invalid_request"),
        ({"grant_type": "client_credentials"}, {"Authorization": "Basic %%%"}, 401, "invalid_client"),
        ({"grant_type": "client_credentials"}, {"Authorization": _basic("", "")}, 401, "invalid_client"),
    ]
    for form, headers, status, code in cases:
        answer = await _token(world, form, **headers)
        assert (answer.status_code, answer.json()["error"]) == (status, code), (form, headers)
        assert answer.json().keys() == {"error", "error_description"}
        assert ("www-authenticate" in answer.headers) == (status == 401)
    as_json = await world.nobody.post("/oauth/token", right)
    assert (as_json.status_code, as_json.json()["error"]) == (400, "invalid_request")
    for body in ("grant_type=a&grant_type=b", "grant_type=%ff", "é", "&" * 50 + "a=b&" * 50, "a=" + "b" * 20_000):
        answer = await world.nobody.request(
            "POST", "/oauth/token", content=body.encode(), headers={"Content-Type": FORM}
        )
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request"), body[:20]


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        ("organisations:read nonsense:read", "There is no scope nonsense:read."),
        ("applications:read", "The client does not have all of these scopes, or none."),
        ("partner_requests:register", "The client does not have all of these scopes, or none."),
        ("organisations:read  applications:read", "Scopes are names with one space between them."),
        ('organisations:read x"y', "Scopes are names with one space between them."),
        ("x" * 101, "Scopes are names with one space between them."),
    ],
)
async def test_a_scope_that_cannot_be_had_is_refused_by_its_name(world: World, scope: str, said: str) -> None:
    """RFC 6749, section 5.2; the description may hold only the signs that it lists."""
    organisation = await world.organisation()
    made = await _made(await world.person((Role.owner, organisation.id)), organisation)
    answer = await _token(world, _by(made) | {"scope": scope})
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_scope", "error_description": said})


async def test_an_account_whose_scopes_are_gone_gets_no_token(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    made = await _made(await world.person((Role.owner, organisation.id)), organisation)
    account = await session.get_one(ServiceAccount, UUID(made["client_id"]))
    account.scopes = []
    await session.flush()
    answer = await _token(world, _by(made))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


async def test_guessing_a_secret_is_limited(world: World) -> None:
    wrong = {"grant_type": "client_credentials", "client_id": str(uuid4()), "client_secret": "x"}
    answers = [await _token(world, wrong) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [401] * 30 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_the_secret_is_shown_once_and_kept_nowhere(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    made = await _made(owner, organisation)
    one = await owner.get(f"/service-accounts/{made['client_id']}")
    assert (one.status_code, one.headers["etag"]) == (200, '"1"')
    listed = await owner.get(f"/service-accounts?organisation={organisation.id}")
    assert listed.json()["items"] == [one.json()]
    assert one.json()["roles"] == ["editor"]
    assert made["client_secret"] not in one.text
    assert (await session.exec(select(IdempotencyRecord))).all() == []
    kept = await session.get(ServiceAccount, one.json()["id"])
    assert kept is not None and made["client_secret"].encode() not in kept.secret_hash


async def test_a_rotated_secret_replaces_the_old_one(world: World) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    made = await _made(owner, organisation)
    path = f"/service-accounts/{made['client_id']}/rotate-secret"
    assert (await owner.post(path)).status_code == 428
    rotated = await owner.post(path, if_match=1)
    assert (rotated.status_code, rotated.headers["etag"]) == (200, '"2"')
    assert (await owner.post(path, if_match=1)).status_code == 412
    assert (await _token(world, _by(made))).status_code == 401
    assert (await _token(world, _by(rotated.json()))).status_code == 200


async def test_a_revoked_service_account_can_do_nothing_at_once(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    made = await _made(owner, organisation)
    script = Client(world.client, None, (await _token(world, _by(made))).json()["access_token"])
    assert (await script.get("/me")).status_code == 200
    path = f"/service-accounts/{made['client_id']}"
    assert (await owner.delete(path)).status_code == 428
    assert (await owner.delete(path, if_match=1)).status_code == 204
    assert (await script.get("/me")).status_code == 401
    assert (await _token(world, _by(made))).json()["error"] == "invalid_client"
    left = (await owner.get(path)).json()
    assert (left["state"], left["roles"]) == ("revoked", [])
    for answer in (
        await owner.delete(path, if_match=left["version"]),
        await owner.post(f"{path}/rotate-secret", if_match=left["version"]),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "service_account_revoked")
    told = await session.exec(
        select(EventRow.type).where(col(EventRow.related).contains([organisation.id])).order_by(col(EventRow.id))
    )
    assert told.all() == ["service_account.created", "service_account.revoked"]


async def test_who_may_make_and_see_service_accounts(world: World) -> None:
    organisation, other = await world.organisation(), await world.organisation("Toinen ry")
    owner = await world.person((Role.owner, organisation.id))
    made = await _made(owner, organisation)
    assert (await owner.post("/service-accounts", _given(other))).status_code == 403
    assert (await world.nobody.post("/service-accounts", _given(organisation))).status_code == 401
    for wrong in (
        {"roles": ["owner"]},
        {"roles": ["editor", "inspector"]},
        {"roles": ["coordinator"]},
        {"roles": ["operator"]},
        {"scopes": []},
        {"scopes": ["everything"]},
    ):
        answer = await owner.post("/service-accounts", _given(organisation, **wrong))
        assert answer.status_code == 422, wrong
    strangers = (
        world.nobody,
        await world.person((Role.editor, organisation.id)),
        await world.person((Role.owner, other.id)),
        await world.operator(),
    )
    path = f"/service-accounts/{made['client_id']}"
    for stranger in strangers:
        assert (await stranger.get(path)).status_code == 404
        assert (await stranger.get("/service-accounts")).json()["items"] == []
    for stranger in strangers[1:]:
        assert (await stranger.delete(path, if_match=1)).status_code == 404
        assert (await stranger.post(f"{path}/rotate-secret", if_match=1)).status_code == 404


async def test_a_scope_is_understood_by_its_former_name_for_one_release(world: World) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    made = await _made(owner, organisation, scopes=["organisations:read", "threads:write"])
    assert made["scopes"] == ["discussions:write", "organisations:read"]
    form = {"grant_type": "client_credentials", "client_id": made["client_id"], "client_secret": made["client_secret"]}
    answer = await _token(world, form | {"scope": "threads:write partner_requests:register"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["scope"] == "discussions:write"
