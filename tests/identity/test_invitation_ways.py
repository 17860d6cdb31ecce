"""What an invitation says before it is accepted, what its first person takes besides, and sending it again."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import Organisation
from tests.factories import Client, World
from tests.identity.accounts import PASSWORD, mails_to, token_mailed

EMAIL = "aino@example.org"


def _invitation(organisation: Organisation, **more: Any) -> dict[str, Any]:
    scope = {"scope_kind": "organisation", "scope_id": str(organisation.id)}
    return {"email": EMAIL, "name": "Aino", "language": "sv", "role": "editor"} | scope | more


async def _named(world: World, organisation: Organisation) -> None:
    """An operator names the first administrator."""
    operator = await world.person((Role.operator, None), name="Oili Operaattori")
    reason = "Yhdistys pyysi kirjallisesti."
    given = {"scope_kind": "organisation", "scope_id": str(organisation.id), "reason": reason}
    made = await operator.post("/namings", given | {"email": EMAIL, "name": "Aino", "language": "fi"})
    assert made.status_code == 201, made.text


async def _roles(world: World, accepted: Any) -> set[str]:
    aino = Client(world.client, None, accepted.json()["access_token"])
    return {role["role"] for role in (await aino.get("/me")).json()["roles"]}


async def test_an_invitation_says_who_invites_to_what(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation("Kylätuki ry")
    owner = await world.person((Role.owner, organisation.id), name="Oona Omistaja")
    await owner.post("/invitations", _invitation(organisation))
    token = await token_mailed(session, EMAIL)
    for _ in range(2):
        shown = await world.nobody.post("/invitations/read", {"token": token})
        assert shown.status_code == 200, "to look at it uses nothing up"
    assert shown.json() | {"expires_at": ""} == {
        "name": "Aino",
        "email": EMAIL,
        "has_account": False,
        "inviter": "Oona Omistaja",
        "role": "editor",
        "scope_kind": "organisation",
        "scope_id": str(organisation.id),
        "scope_names": {"fi": "Kylätuki ry"},
        "for_organisation_names": None,
        "may_also_take": [],
        "expires_at": "",
    }
    also = await world.nobody.post("/invitations/accept", {"token": token, "also": ["signatory"]})
    assert (also.status_code, also.json()["errors"][0]["pointer"]) == (422, "/also"), "only a first administrator"
    assert (await world.nobody.post("/invitations/accept", {"token": token})).status_code == 200
    assert (await world.nobody.post("/invitations/read", {"token": token})).status_code == 401
    assert (await world.nobody.post("/invitations/read", {"token": "x" * 43})).status_code == 401


@pytest.mark.parametrize("also", [[], ["editor", "signatory"]])
async def test_the_first_person_writes_and_signs_unless_they_say_no(
    world: World, session: AsyncSession, also: list[str]
) -> None:
    organisation = await world.organisation()
    await _named(world, organisation)
    token = await token_mailed(session, EMAIL)
    shown = (await world.nobody.post("/invitations/read", {"token": token})).json()
    assert shown["may_also_take"] == ["editor", "signatory"]
    accepted = await world.nobody.post("/invitations/accept", {"token": token, "password": PASSWORD, "also": also})
    assert accepted.status_code == 200, accepted.text
    assert await _roles(world, accepted) == {"owner", *also}


async def test_what_an_operator_named_acts_in_nothing_older_through_any_role(
    world: World, session: AsyncSession
) -> None:
    organisation = await world.organisation()
    await _named(world, organisation)
    token = await token_mailed(session, EMAIL)
    taken = await world.nobody.post("/invitations/accept", {"token": token, "also": ["editor", "signatory"]})
    rows = await session.connection()
    since = await rows.exec_driver_sql("select count(*) from role_grant where role <> 'operator' and acts_from is null")
    assert (taken.status_code, since.scalar_one()) == (200, 0)


async def test_who_comes_second_takes_what_they_were_given(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    await owner.post("/invitations", _invitation(organisation, role="owner"))
    token = await token_mailed(session, EMAIL)
    assert (await world.nobody.post("/invitations/read", {"token": token})).json()["may_also_take"] == []
    refused = await world.nobody.post("/invitations/accept", {"token": token, "also": ["editor"]})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "role_unfit")


async def test_an_open_invitation_is_sent_again_after_an_hour(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    path = f"/organisations/{organisation.id}/role-offers"
    now = clock.now()
    with clock.fixed(now):
        await owner.post("/invitations", _invitation(organisation))
        [offer] = (await owner.get(path)).json()["items"]
        early = await owner.post(f"{path}/{offer['id']}/send-again")
        assert (early.status_code, early.json()["code"]) == (409, "offer_mailed_lately")
    first = await token_mailed(session, EMAIL)
    with clock.fixed(now + timedelta(days=2)):
        owner = await world.again(owner)
        assert (await owner.post(f"{path}/{offer['id']}/send-again")).status_code == 204
    second = await token_mailed(session, EMAIL)
    with clock.fixed(now + timedelta(days=15)):
        answers = [await world.nobody.post("/invitations/accept", {"token": one}) for one in (first, second)]
        assert [one.status_code for one in answers] == [401, 200], "the newer link, 14 days from the second mail"
        owner = await world.again(owner)
        assert (await owner.post(f"{path}/{offer['id']}/send-again")).status_code == 404


async def test_who_has_an_account_is_written_to_again_and_nothing_is_told_of_it(
    world: World, session: AsyncSession
) -> None:
    organisation = await world.organisation()
    owner, person = await world.person((Role.owner, organisation.id)), await world.person()
    user = await session.get(User, person.id)
    assert user is not None
    now, path = clock.now(), f"/organisations/{organisation.id}/role-offers"
    with clock.fixed(now):
        await owner.post("/invitations", _invitation(organisation, email=user.email))
        [offer] = (await owner.get(path)).json()["items"]
    editor = await world.person((Role.editor, organisation.id))
    with clock.fixed(now + timedelta(hours=2)):
        assert (await (await world.again(editor)).post(f"{path}/{offer['id']}/send-again")).status_code == 403
        sent = await (await world.again(owner)).post(f"{path}/{offer['id']}/send-again")
        assert (sent.status_code, sent.content) == (204, b"")
    subjects = [one.subject for one in await mails_to(session, user.email)]
    assert len(subjects) == 2 and subjects[0] == subjects[1]


async def test_who_adds_an_organisation_takes_further_roles_in_it(world: World) -> None:
    person = await world.person()
    given = {
        "names": {"fi": "Uusi Seura ry"},
        "sector": "association",
        "legal_form": "registered_association",
        "association_register_number": "111301",
        "also": ["editor", "signatory"],
    }
    assert (await person.post("/organisations", given)).status_code == 201
    roles = {role["role"] for role in (await person.get("/me")).json()["roles"]}
    assert roles == {"owner", "editor", "signatory"}
    operator = await world.person((Role.operator, None))
    refused = await operator.post(
        "/organisations", given | {"names": {"fi": "Toinen Seura ry"}, "association_register_number": "111302"}
    )
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/also")
