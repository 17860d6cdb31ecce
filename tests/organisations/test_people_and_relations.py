"""Contacts, people and their roles, relations, and what people declare."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import Tie
from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import LegalForm, Sector
from tests.factories import World
from tests.identity.accounts import PASSWORD, with_password


async def test_only_public_contacts_are_shown_to_everybody(world: World) -> None:
    association = await world.organisation()
    editor, viewer = (
        await world.person((Role.editor, association.id)),
        await world.person((Role.viewer, association.id)),
    )
    path = f"/organisations/{association.id}/contacts"
    private = await editor.post(path, {"name": "Yksityinen", "phone": "+358401234567"})
    public = await editor.post(path, {"name": "Julkinen", "email": "a@example.org", "public": True})
    assert (private.status_code, public.status_code) == (201, 201)

    async def names(caller: object) -> list[str]:
        return [one["name"] for one in (await caller.get(path)).json()["items"]]  # type: ignore[attr-defined]

    assert await names(world.nobody) == ["Julkinen"]
    assert await names(await world.person()) == ["Julkinen"]
    assert await names(viewer) == ["Yksityinen", "Julkinen"]
    hidden = f"{path}/{private.json()['id']}"
    outsider = await world.person()
    assert (await outsider.patch(hidden, {"public": True}, if_match=1)).status_code == 404
    assert (await viewer.patch(hidden, {"public": True}, if_match=1)).status_code == 403
    assert (await editor.patch(hidden, {"phone": None}, if_match=1)).status_code == 422
    assert (await editor.patch(hidden, {"public": True}, if_match=1)).headers["etag"] == '"2"'
    assert len(await names(world.nobody)) == 2
    assert (await editor.delete(hidden, if_match=1)).status_code == 412
    assert (await editor.delete(hidden, if_match=2)).status_code == 204
    other = await world.organisation("Toinen ry")
    astray = f"/organisations/{other.id}/contacts/{public.json()['id']}"
    assert (await (await world.operator()).delete(astray, if_match=1)).status_code == 404


async def test_roles_are_given_and_the_last_owner_stays(world: World) -> None:
    association = await world.organisation()
    owner = await world.person((Role.owner, association.id), name="Aino")
    friend = await world.person(name="Bertta")
    offers = f"/organisations/{association.id}/role-offers"
    path = f"/organisations/{association.id}/people"
    assert (await friend.put(f"{path}/{friend.id}", {"roles": ["owner"]})).status_code == 403
    assert (await friend.get(path)).status_code == 403
    assert (await world.nobody.get(path)).status_code == 401
    last = await owner.delete(f"{path}/{owner.id}")
    assert (last.status_code, last.json()["code"]) == (409, "last_owner")
    assert (await owner.put(f"{path}/{owner.id}", {"roles": ["viewer"]})).json()["code"] == "last_owner"
    assert (await owner.put(f"{path}/{friend.id}", {"roles": ["viewer"]})).status_code == 204
    assert (await owner.put(f"{path}/{friend.id}", {"roles": ["editor", "owner"]})).status_code == 204
    offered = (await owner.get(offers)).json()["items"]
    assert [(one["name"], one["email"], one["role"]) for one in offered] == [
        ("Bertta", None, "editor"),
        ("Bertta", None, "owner"),
    ]
    assert (await friend.get("/me")).json()["roles"] == []
    taken = await friend.post("/me/role-offers/accept", {"offer_ids": [one["id"] for one in offered]})
    assert sorted(one["role"] for one in taken.json()["roles"]) == ["editor", "owner"]
    assert taken.json()["role_offers"] == (await owner.get(offers)).json()["items"] == []
    people = (await owner.get(path)).json()["items"]
    assert [(one["name"], one["roles"]) for one in people] == [("Aino", ["owner"]), ("Bertta", ["editor", "owner"])]
    assert (await owner.put(f"{path}/{owner.id}", {"roles": ["viewer"]})).status_code == 204
    assert (await owner.delete(f"{path}/{owner.id}")).status_code == 204
    assert (await friend.delete(f"{path}/{owner.id}")).status_code == 404
    assert (await friend.put(f"{path}/{UUID(int=7)}", {"roles": ["viewer"]})).json()["code"] == "person_unknown"
    for role in ("officer", "operator", "inspector", "chair"):
        refused = await friend.put(f"{path}/{owner.id}", {"roles": [role]})
        assert refused.json()["errors"][0]["code"] == "role_unfit"


async def test_umbrellas_make_no_circle(world: World) -> None:
    local, district, union = [await world.organisation(name) for name in ("Paikallinen ry", "Piiri ry", "Liitto ry")]
    operator = await world.operator()

    async def belongs(first: object, other: object, **more: str) -> tuple[int, str | None]:
        answer = await operator.post(
            f"/organisations/{first.id}/relations",  # type: ignore[attr-defined]
            {"other_id": str(other.id), "kind": "umbrella", **more},  # type: ignore[attr-defined]
        )
        return answer.status_code, answer.json().get("code")

    assert (await belongs(local, district))[0] == 201
    assert (await belongs(district, union))[0] == 201
    assert await belongs(union, local) == (409, "relation_cycle")
    assert await belongs(local, district) == (409, "relation_exists")
    assert (await belongs(local, local))[0] == 422
    assert (await belongs(local, union, ends_on="2020-01-01"))[0] == 422
    relation = (await operator.get(f"/organisations/{local.id}/relations")).json()["items"][0]
    path = f"/organisations/{local.id}/relations/{relation['id']}"
    early = await operator.patch(path, {"ends_on": "1999-01-01"}, if_match=1)
    assert early.json()["errors"][0]["code"] == "before_beginning"
    stranger = await world.person()
    assert (await stranger.delete(path, if_match=1)).status_code == 403
    other_side = await world.person((Role.owner, district.id))
    assert (await other_side.patch(path, {"ends_on": None}, if_match=1)).status_code == 403
    assert (await other_side.patch(path, {"ends_on": "2190-01-01"}, if_match=1)).status_code == 200
    for version in (2, 3):
        assert (await other_side.delete(path, if_match=version)).status_code == 204
    past = await other_side.patch(path, {"ends_on": (clock.today() - timedelta(days=1)).isoformat()}, if_match=3)
    assert past.status_code == 422
    [kept] = (await operator.get(f"/organisations/{local.id}/relations")).json()["items"]
    assert kept["ends_on"] == clock.today().isoformat()
    assert await belongs(union, local) == (409, "relation_cycle")
    with clock.fixed(clock.now() + timedelta(days=1)):
        operator = await world.again(operator)
        assert (await belongs(union, local))[0] == 201


async def test_relations_fit_their_kinds(world: World) -> None:
    operator = await world.operator()
    parish = await world.organisation("Tuiran seurakunta", sector=Sector.parish, legal_form=LegalForm.parish)
    union = await world.organisation("Yhtymä", sector=Sector.parish, legal_form=LegalForm.parish_union)
    association = await world.organisation()
    city = await world.organisation("Kaupunki", sector=Sector.municipality)
    for first, other, kind, status in (
        (parish, union, "parish_union", 201),
        (union, parish, "parish_union", 422),
        (association, union, "parish_union", 422),
        (association, city, "host", 422),
        (association, city, "umbrella", 422),
    ):
        answer = await operator.post(f"/organisations/{first.id}/relations", {"other_id": str(other.id), "kind": kind})
        assert answer.status_code == status, (kind, answer.text)


async def _ties(session: AsyncSession, principal_id: UUID | None) -> list[tuple[str, bool]]:
    """Somebody's ties, each with whether it is open."""
    found = await session.exec(
        select(Tie).where(col(Tie.principal_id) == principal_id).order_by(col(Tie.from_at), col(Tie.kind))
    )
    return [(one.kind.value, one.until_at is None) for one in found.all()]


async def test_ties_begin_with_roles_and_declarations_and_are_closed(world: World, session: AsyncSession) -> None:
    association = await world.organisation()
    network = await world.network()
    owner = await world.person((Role.owner, association.id))
    viewer = await world.person((Role.viewer, association.id))
    representative = await world.person((Role.representative, network.id, association.id))
    declared, leads = await world.person(), await world.person((Role.coordinator, network.id))
    path = f"/affiliations/{association.id}"
    assert (await declared.put(path, {"kinds": ["board_member", "close_family"]})).status_code == 204
    assert (await declared.put(path, {"kinds": ["close_family"]})).status_code == 204
    mine = (await declared.get("/affiliations")).json()["items"]
    assert [(one["organisation"]["id"], one["kinds"]) for one in mine] == [(str(association.id), ["close_family"])]
    assert await _ties(session, declared.id) == [("declared", False), ("family", True)]
    assert await _ties(session, leads.id) == [], "a network's office ties to no organisation"
    assert await _ties(session, viewer.id) == await _ties(session, representative.id) == [("role", True)]
    assert (await declared.delete(path)).status_code == 204
    assert (await declared.delete(path)).status_code == 404
    assert await _ties(session, declared.id) == [("declared", False), ("family", False)]
    assert (await owner.delete(f"/organisations/{association.id}/people/{viewer.id}")).status_code == 204
    assert await _ties(session, viewer.id) == [("role", False)]


async def test_a_tie_is_closed_once_and_goes_only_with_the_person(world: World, session: AsyncSession) -> None:
    association = await world.organisation()
    person = await world.person((Role.viewer, association.id))
    for statement in (
        "delete from tie",
        "update tie set organisation_id = principal_id",
        "truncate tie",
    ):
        with pytest.raises(DBAPIError):
            async with session.begin_nested():
                await (await session.connection()).execute(text(statement))
    user = await with_password(world, person)
    erased = await person.post("/me/erase", {"password": PASSWORD}, if_match=user.version)
    assert erased.status_code == 204, erased.text
    assert await _ties(session, person.id) == []


async def test_who_becomes_owner_or_signatory_says_yes_first(world: World) -> None:
    association, other = await world.organisation(), await world.organisation("Toinen ry")
    owner = await world.person((Role.owner, association.id))
    person = await world.person((Role.owner, other.id), (Role.viewer, association.id))
    path = f"/organisations/{association.id}/people"

    async def roles() -> list[str]:
        items = (await owner.get(path)).json()["items"]
        return next((one["roles"] for one in items if one["principal_id"] == str(person.id)), [])

    assert (await owner.put(f"{path}/{person.id}", {"roles": ["editor", "signatory"]})).status_code == 204
    assert await roles() == ["editor"]
    [offer] = (await person.get("/me")).json()["role_offers"]
    assert offer["role"] == "signatory"
    assert (await owner.put(f"{path}/{person.id}", {"roles": ["editor"]})).status_code == 204
    assert (await person.get("/me")).json()["role_offers"] == [], "it was exactly these"
    assert (await owner.put(f"{path}/{person.id}", {"roles": ["owner"]})).status_code == 204
    assert await roles() == ["editor"], "nothing is lost before the answer"
    [offer] = (await person.get("/me")).json()["role_offers"]
    await person.post("/me/role-offers/accept", {"offer_ids": [offer["id"]]})
    assert await roles() == ["editor", "owner"]
    assert (await owner.put(f"{path}/{person.id}", {"roles": ["owner", "signatory"]})).status_code == 204
    assert await roles() == ["owner", "signatory"], "who is one already is bound already"


async def test_an_invitation_makes_nobody_signatory_who_is_there_already(world: World) -> None:
    association = await world.organisation()
    owner = await world.person((Role.owner, association.id))
    person = await world.person((Role.viewer, association.id))
    email = (await person.get("/me")).json()["email"]
    given = {"email": email, "name": "Kaveri", "language": "fi", "role": "signatory"}
    scope = {"scope_kind": "organisation", "scope_id": str(association.id)}
    assert (await owner.post("/invitations", given | scope)).status_code in (201, 202, 204)
    me = (await person.get("/me")).json()
    assert [one["role"] for one in me["roles"]] == ["viewer"]
    assert [one["role"] for one in me["role_offers"]] == ["signatory"]
