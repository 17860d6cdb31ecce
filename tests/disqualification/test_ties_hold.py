"""Ties that outlast what is done to shed them, and that nobody puts on others: sequences of allowed calls."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import ApplicantAnswer, ApplicationApplicant, VersionApplicant
from puumerkki.handlings.events.ballots import VoteRemoved
from puumerkki.identity.models import ServiceAccount
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.organisations.models.organisations import LegalForm, Organisation, OrganisationRelation, RelationKind
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.partnerships import gate
from tests.partnerships.cases import act, officer


async def with_group(scene: Scene, host: Organisation) -> tuple[Organisation, OrganisationRelation]:
    """An unregistered group, for which another organisation answers, applies beside the leading applicant."""
    world = scene.world
    group = await world.organisation("Asukasporukka", legal_form=LegalForm.unregistered_group)
    relation = OrganisationRelation(
        organisation_id=group.id,
        other_id=host.id,
        kind=RelationKind.host,
        starts_on=clock.today() - timedelta(days=400),
        accepted_at=clock.now(),
    )
    world.session.add(relation)
    await world.session.flush()
    owner = await world.person((Role.owner, group.id))
    assert (await owner.post(f"/organisations/{group.id}/contacts", {"name": "Aino", "phone": "+35840"})).is_success
    await apply_together(scene, group, owner)
    return group, relation


async def apply_together(scene: Scene, organisation: Organisation, owner: Client) -> None:
    path = f"/applications/{scene.application.id}"
    seen = (await scene.editor.get(path)).json()
    named = {"co_applicant_ids": [str(organisation.id)]}
    assert (await scene.editor.patch(path, named, if_match=seen["version"])).status_code == 200
    answer = {"answer": "accepted"}
    assert (await owner.put(f"{path}/applicants/{organisation.id}", answer)).status_code == 204
    seen = (await scene.editor.get(path)).json()
    assert (await scene.editor.post(f"{path}/submit", if_match=seen["version"])).status_code == 200
    await scene.world.session.refresh(scene.application)


async def test_the_host_of_a_version_stays_its_host(world: World) -> None:
    """What is done to the relation or to the group afterwards frees none of the host's people."""
    scene = await make_scene(world, members=3)
    host = await world.session.get_one(Organisation, scene.members["a"].organisation_id)
    group, relation = await with_group(scene, host)
    await world.session.delete(relation)
    group.legal_form = LegalForm.registered_association
    await world.session.flush()
    await scene.to_ballot()
    assert (await scene.vote("a", "for")).json()["code"] == "recused"


async def test_who_becomes_the_host_after_the_version_is_tied_too(world: World) -> None:
    scene = await make_scene(world, members=3)
    group, _ = await with_group(scene, await world.organisation("Isäntä ry"))
    await named_as_host(scene, group, accepts=True)
    await scene.to_ballot()
    assert (await scene.vote("a", "for")).json()["code"] == "recused"


async def named_as_host(scene: Scene, group: Organisation, *, accepts: bool) -> None:
    """The group names the member A as its host, whose owner accepts or says nothing."""
    host_id = scene.members["a"].organisation_id
    founder = await scene.world.person((Role.owner, group.id))
    path = f"/organisations/{group.id}/relations"
    made = await founder.post(path, {"other_id": str(host_id), "kind": "host", "starts_on": "2020-01-01"})
    assert (made.status_code, made.json()["accepted_at"]) == (201, None), made.text
    if accepts:
        owner = await scene.world.person((Role.owner, host_id))
        accepted = await owner.post(f"{path}/{made.json()['id']}/accept", if_match=1)
        assert accepted.status_code == 200, accepted.text


async def test_a_group_bars_nobody_by_naming_a_host(world: World) -> None:
    """Neither before the version nor after it: only the host's own yes ties its people, from then on."""
    scene = await make_scene(world, members=3)
    group = await world.organisation("Asukasporukka", legal_form=LegalForm.unregistered_group)
    await named_as_host(scene, group, accepts=False)
    founder = await world.person((Role.owner, group.id))
    await apply_together(scene, group, founder)
    kept = await world.session.exec(
        select(VersionApplicant.host_ids).where(col(VersionApplicant.organisation_id) == group.id)
    )
    assert kept.one() == []
    await scene.to_ballot()
    assert (await scene.vote("a", "for")).status_code == 200
    owner = await world.person((Role.owner, scene.members["a"].organisation_id))
    path = f"/organisations/{group.id}/relations"
    [asked] = (await owner.get(path)).json()["items"]
    assert (await owner.post(f"{path}/{asked['id']}/accept", if_match=1)).status_code == 200
    assert (await scene.vote("a", "against")).json()["code"] == "recused", "tied from the yes on"
    told = await world.session.exec(select(EventRow.type).where(col(EventRow.type) == VoteRemoved.type))
    assert told.all() == [VoteRemoved.type], "and what it had said is taken out"


@pytest.mark.parametrize("how", ["deleted", "ended"])
async def test_a_host_frees_nobody_by_ending_the_relation(world: World, how: str) -> None:
    scene = await make_scene(world, members=3)
    host = await world.session.get_one(Organisation, scene.members["a"].organisation_id)
    _, relation = await with_group(scene, host)
    owner = await world.person((Role.owner, host.id))
    path = f"/organisations/{host.id}/relations/{relation.id}"
    answer: Any
    if how == "deleted":
        answer = await owner.delete(path, if_match=1)
        assert answer.status_code == 204, answer.text
    else:
        earlier = (clock.today() - timedelta(days=100)).isoformat()
        answer = await owner.patch(path, {"ends_on": earlier}, if_match=1)
        assert answer.json()["errors"][0]["code"] == "in_the_past"
    await scene.to_ballot()
    assert (await scene.vote("a", "for")).json()["code"] == "recused"
    kept = (await owner.get(f"/organisations/{host.id}/relations")).json()["items"]
    assert [one["ends_on"] for one in kept] == [clock.today().isoformat() if how == "deleted" else None]


async def test_a_relation_that_never_began_goes(world: World) -> None:
    local, union = await world.organisation("Paikallinen ry"), await world.organisation("Liitto ry")
    owner = await world.person((Role.owner, local.id))
    path = f"/organisations/{local.id}/relations"
    coming = (clock.today() + timedelta(days=2)).isoformat()
    given = {"other_id": str(union.id), "kind": "umbrella", "starts_on": coming}
    made = (await owner.post(path, given)).json()
    assert (await owner.delete(f"{path}/{made['id']}", if_match=1)).status_code == 204
    assert (await owner.get(path)).json()["items"] == []


async def test_an_authority_ties_nobody_who_did_not_agree(world: World) -> None:
    """The city applies too and makes the network's coordinator its viewer."""
    scene = await make_scene(world, members=2)
    owner = await world.person((Role.owner, scene.city.id))
    await apply_together(scene, scene.city, owner)
    people = f"/organisations/{scene.city.id}/people/{scene.coordinator.id}"
    for roles in (["viewer"], ["officer", "viewer"]):
        assert (await owner.put(people, {"roles": roles})).status_code == 204
    offers = (await scene.coordinator.get("/me")).json()["role_offers"]
    assert sorted(one["role"] for one in offers) == ["officer", "viewer"]
    assert (await scene.act("begin_review")).status_code == 200
    accepted = {"offer_ids": [one["id"] for one in offers]}
    assert (await scene.coordinator.post("/me/role-offers/accept", accepted)).status_code == 200
    read = {"read_on": clock.today().isoformat()}
    assert (await scene.act("readings", read)).json()["code"] == "disqualified"


async def service_of(world: World, owner: Client, organisation: Organisation) -> tuple[str, Client]:
    """A service account that somebody makes, with a token got by its secret; and its path."""
    given = {
        "organisation_id": str(organisation.id),
        "name": "Siirto",
        "scopes": ["applications:write", "applications:read"],
        "roles": ["editor"],
    }
    made = (await owner.post("/service-accounts", given)).json()
    return f"/service-accounts/{made['client_id']}", await signed_in(world, made)


async def signed_in(world: World, made: dict[str, Any]) -> Client:
    form = {name: made[name] for name in ("client_id", "client_secret")} | {"grant_type": "client_credentials"}
    answer = await world.nobody.request("POST", "/oauth/token", data=form)
    assert answer.status_code == 200, answer.text
    return Client(world.client, UUID(made["client_id"]), answer.json()["access_token"])


@pytest.mark.parametrize("how", ["made", "new_secret", "roles_given_anew"])
async def test_who_wrote_by_a_service_account_wrote(world: World, how: str) -> None:
    """In the authority's own case one's post is no tie, unless one wrote the application, by whatever means."""
    found = await gate.scene(world, gate=False)
    city = found.city
    world.session.add(
        ApplicationApplicant(
            application_id=found.application.id,
            organisation_id=city.id,
            asked_at=clock.now(),
            answer=ApplicantAnswer.accepted,
            answered_at=clock.now(),
        )
    )
    await world.session.flush()
    found.request.version_number = (await world.version(found.application)).number
    await world.session.flush()
    who = await world.person((Role.officer, city.id), (Role.owner, city.id))
    colleague = await world.person((Role.owner, city.id))
    path, service = await service_of(world, colleague if how == "new_secret" else who, city)
    if how == "new_secret":
        rotated = await who.post(f"{path}/rotate-secret", if_match=1)
        assert rotated.status_code == 200, rotated.text
        service = await signed_in(world, rotated.json())
    if how == "roles_given_anew":
        people = f"/organisations/{city.id}/people/{service.id}"
        for roles in (["viewer"], ["editor"]):
            assert (await colleague.put(people, {"roles": roles})).status_code == 204
    working_copy = f"/applications/{found.application.id}"
    version = (await service.get(working_copy)).json()["version"]
    written = await service.patch(working_copy, {"title": "Kirjoitettu koneella"}, if_match=version)
    assert written.status_code == 200, written.text
    assert (await act(who, found.request, "begin")).json()["code"] == "disqualified"
    other = await officer(world, found)
    assert (await act(other, found.request, "begin")).status_code == 200


async def test_the_makers_of_a_service_account_are_kept(world: World) -> None:
    organisation = await world.organisation()
    owner = await world.person((Role.owner, organisation.id))
    path, service = await service_of(world, owner, organisation)
    assert (await owner.post(f"{path}/rotate-secret", if_match=1)).status_code == 200
    account = await world.session.get_one(ServiceAccount, service.id, populate_existing=True)
    assert account.maker_ids == [owner.id]
    connection = await world.session.connection()
    for makers in ("'{}'", "array[gen_random_uuid()]"):
        with pytest.raises(DBAPIError):
            async with world.session.begin_nested():
                await connection.execute(text(f"update service_account set maker_ids = {makers}"))
