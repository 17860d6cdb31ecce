"""Service accounts read, draft and submit. What binds others is people's, whatever roles and scopes an account has."""

from typing import Any

import pytest

from puumerkki.access.fitting import SERVICE_ROLES, roles_fitting, service_permissions
from puumerkki.access.models import PrincipalKind
from puumerkki.access.people_only import PEOPLE_ONLY
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.organisations.models.organisations import AUTHORITIES, Organisation, Sector
from tests.factories import World
from tests.handlings.scene import make_scene
from tests.partnerships.cases import act
from tests.partnerships.gate import scene as case
from tests.partnerships.test_partner_requests import DECISION
from tests.personas import make_cast
from tests.valid_requests.agreements import amended, drafted, proposed


@pytest.mark.parametrize("sector", list(Sector))
@pytest.mark.parametrize("kind", list(PrincipalKind))
def test_the_table_of_roles(sector: Sector, kind: PrincipalKind) -> None:
    fitting = roles_fitting(sector, kind)
    people, authority = kind == PrincipalKind.user, sector in AUTHORITIES
    assert {Role.viewer, Role.editor} <= fitting
    assert ({Role.owner, Role.signatory} <= fitting) == people
    assert (Role.decider in fitting) == (people and authority)
    assert ({Role.officer, Role.registry} <= fitting) == authority


def test_what_a_service_account_may() -> None:
    allowed = frozenset[P]().union(*(service_permissions(role) for role in SERVICE_ROLES))
    assert not allowed & PEOPLE_ONLY
    assert {P.applications_write, P.applications_submit, P.filings_write, P.reports_write} <= allowed
    assert {P.partner_requests_read, P.discussions_write} <= allowed


async def test_a_service_account_is_given_no_role_of_people(world: World) -> None:
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    group = await world.organisation()
    owner = await world.person((Role.owner, city.id), (Role.owner, group.id))
    service = await world.service(Role.editor, group)

    async def made(organisation: Any, role: str, scope: str) -> Any:
        given = {"organisation_id": str(organisation.id), "name": "Siirto", "scopes": [scope], "roles": [role]}
        return await owner.post("/service-accounts", given)

    for role in ("owner", "signatory", "decider", "operator"):
        refused = await made(city, role, "organisations:read")
        assert [one["code"] for one in refused.json()["errors"]] == ["role_invalid"]
    assert (await made(group, "officer", "organisations:read")).json()["errors"][0]["code"] == "role_invalid"
    for scope in sorted(PEOPLE_ONLY):
        refused = await made(city, "officer", scope)
        assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [("/scopes/0", "people_only")]
    assert (await made(city, "officer", "partner_requests:read")).status_code == 201
    for role in ("owner", "signatory"):
        put = await owner.put(f"/organisations/{group.id}/people/{service.id}", {"roles": [role]})
        assert put.json()["errors"][0]["code"] == "role_unfit", put.text


async def test_nobody_is_invited_to_a_role_that_does_not_fit_the_organisation(world: World) -> None:
    group = await world.organisation()
    owner = await world.person((Role.owner, group.id))
    given = {"email": "a@example.org", "name": "A", "scope_kind": "organisation", "scope_id": str(group.id)}
    for role in ("officer", "decider", "registry"):
        refused = await owner.post("/invitations", given | {"role": role})
        assert [one["code"] for one in refused.json()["errors"]] == ["role_invalid"]


async def test_a_service_account_that_was_made_owner_manages_nobody(world: World) -> None:
    group = await world.organisation()
    service = await world.service(Role.owner, group, scopes=frozenset(P))
    someone = await world.person()
    refused = await service.put(f"/organisations/{group.id}/people/{someone.id}", {"roles": ["owner"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "people_only")
    given = {"email": "a@example.org", "name": "A", "role": "owner"}
    invited = await service.post("/invitations", given | {"scope_kind": "organisation", "scope_id": str(group.id)})
    assert (invited.status_code, invited.json()["code"]) == (403, "people_only")


async def test_a_service_account_begins_and_decides_no_case(world: World) -> None:
    """With the roles that were possible before, and whoever made it."""
    arrived = await case(world, gate=False)
    one = await world.person((Role.officer, arrived.city.id), (Role.decider, arrived.city.id))
    service = await world.service(Role.officer, arrived.city, scopes=frozenset(P))
    await world.grant(service.id, Role.decider, arrived.city.id)
    read = await service.get(f"/partner-requests/{arrived.request.id}")
    assert read.status_code == 200, read.text
    assert [one["action"] for one in read.json()["available_actions"]] == []
    begun = await act(service, arrived.request, "begin")
    assert (begun.status_code, begun.json()["code"]) == (403, "people_only")
    assert (await act(service, arrived.request, "decide", DECISION)).json()["code"] == "people_only"
    assert (await act(one, arrived.request, "begin")).status_code == 200
    decided = await act(service, arrived.request, "decide", DECISION)
    assert (decided.status_code, decided.json()["code"]) == (403, "people_only")


async def test_a_service_account_leads_confirms_and_votes_nothing(world: World) -> None:
    scene = await make_scene(world)
    member = scene.members["a"]
    organisation = await world.session.get_one(Organisation, member.organisation_id)
    service = await world.service(Role.editor, organisation, scopes=frozenset(P))
    for role in (Role.coordinator, Role.chair, Role.secretary):
        await world.grant(service.id, role, scene.network.id)
    await world.grant(service.id, Role.deputy, scene.network.id, organisation.id)
    refused = await scene.act("begin_review", by=service)
    assert (refused.status_code, refused.json()["code"]) == (403, "people_only"), refused.text
    await scene.to_ballot()
    voted = await scene.vote("a", "for", by=service)
    assert voted.status_code == 403, voted.text
    network = f"/networks/{scene.network.id}"
    closed = await service.post(f"{network}/close", {"reason": "x"}, if_match=1)
    assert closed.status_code in {403, 422}, closed.text


async def test_a_service_account_drafts_and_submits(world: World) -> None:
    group = await world.organisation()
    service = await world.service(Role.editor, group)
    made = await service.post("/applications", {"applicant_id": str(group.id), "title": "Retket"})
    assert made.status_code == 201, made.text
    actions = {one["action"] for one in made.json()["available_actions"]}
    assert "submit" in actions
    assert "withdraw" not in actions


async def test_machines_give_up_nothing_that_others_have_seen(world: World) -> None:
    cast = await make_cast(world)
    machine = await world.service(Role.officer, cast.city)
    editor = await world.service(Role.editor, cast.association)
    reason = {"reason": "Kone."}
    waits, running = await proposed(cast), await amended(cast)
    for by, action, found in ((machine, "cancel", waits), (editor, "cancel", waits), (editor, "withdraw", running)):
        refused = await by.post(f"/agreements/{found.id}/{action}", reason, if_match=found.version)
        assert (refused.status_code, refused.json()["code"]) == (403, "people_only"), refused.text
    own = await drafted(cast)
    dropped = await editor.post(f"/agreements/{own.id}/cancel", reason, if_match=own.version)
    assert dropped.status_code == 200, dropped.text
    application = await world.application(cast.association)
    await world.version(application)
    refused = await editor.post(f"/applications/{application.id}/close", if_match=application.version)
    assert (refused.status_code, refused.json()["code"]) == (403, "people_only"), refused.text
