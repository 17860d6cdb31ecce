"""Organisations, their contacts, people and relations, and affiliations."""

from datetime import timedelta

from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.models import RoleOffer
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import (
    Affiliation,
    AffiliationKind,
    Contact,
    ExternalId,
    LegalForm,
    Organisation,
    OrganisationRelation,
    RelationKind,
)
from tests.personas import Cast
from tests.valid_requests import Call, operation


async def _contact(cast: Cast) -> Contact:
    made = Contact(organisation_id=cast.association.id, name="Toimisto", email="toimisto@example.org", public=True)
    cast.world.session.add(made)
    await cast.world.session.flush()
    return made


async def _union(cast: Cast) -> Organisation:
    return await cast.world.organisation("Vanhustyön liitto ry")


async def _relation(cast: Cast) -> OrganisationRelation:
    made = OrganisationRelation(
        organisation_id=cast.association.id,
        other_id=(await _union(cast)).id,
        kind=RelationKind.umbrella,
        starts_on=cast.association.created_at.date(),
        accepted_at=clock.now(),
    )
    cast.world.session.add(made)
    await cast.world.session.flush()
    return made


def _path(cast: Cast, rest: str = "") -> str:
    return f"/organisations/{cast.association.id}{rest}"


@operation("organisations_list_organisations")
async def list_organisations(_: Cast) -> Call:
    return Call("GET", "/organisations?q=vanhus", by="anonymous")


@operation("organisations_export_organisations")
async def export_organisations(_: Cast) -> Call:
    return Call("GET", "/organisations/export.csv", by="anonymous")


@operation("organisations_get_organisation")
async def get_organisation(cast: Cast) -> Call:
    cast.world.session.add(
        ExternalId(organisation_id=cast.association.id, scheme="ptv", value=str(cast.association.id))
    )
    await cast.world.session.flush()
    return Call("GET", _path(cast), by="anonymous")


@operation("organisations_create_organisation")
async def create_organisation(_: Cast) -> Call:
    given = {
        "names": {"fi": "Tuiran asukkaat"},
        "sector": "residents",
        "legal_form": "unregistered_group",
        "home_municipality_code": "564",
        "contact": {"name": "Asukastupa", "phone": "+358 8 123 4567", "public": True},
    }
    return Call("POST", "/organisations", by="outsider", json=given)


@operation("organisations_update_organisation")
async def update_organisation(cast: Cast) -> Call:
    return Call("PATCH", _path(cast), by="owner", json={"website": "https://example.org"}, if_match=1)


@operation("organisations_put_external_id")
async def put_external_id(cast: Cast) -> Call:
    return Call("PUT", _path(cast, "/external-ids/ptv"), by="owner", json={"value": "abc-1"}, if_match=1)


@operation("organisations_delete_external_id")
async def delete_external_id(cast: Cast) -> Call:
    cast.world.session.add(
        ExternalId(organisation_id=cast.association.id, scheme="ptv", value=str(cast.association.id))
    )
    await cast.world.session.flush()
    return Call("DELETE", _path(cast, "/external-ids/ptv"), by="owner", if_match=1)


@operation("organisations_list_versions")
async def list_versions(cast: Cast) -> Call:
    changed = await cast["owner"].patch(f"/organisations/{cast.association.id}", {"website": None}, if_match=1)
    assert changed.status_code == 200
    return Call("GET", _path(cast, "/versions"), by="viewer")


@operation("organisations_list_events")
async def list_events(cast: Cast) -> Call:
    changed = await cast["owner"].patch(
        f"/organisations/{cast.association.id}", {"website": "https://example.org"}, if_match=1
    )
    assert changed.status_code == 200
    return Call("GET", _path(cast, "/events"), by="anonymous")


@operation("organisations_list_contacts")
async def list_contacts(cast: Cast) -> Call:
    await _contact(cast)
    return Call("GET", _path(cast, "/contacts"), by="anonymous")


@operation("organisations_export_contacts")
async def export_contacts(cast: Cast) -> Call:
    await _contact(cast)
    return Call("GET", _path(cast, "/contacts/export.csv"), by="anonymous")


@operation("organisations_create_contact")
async def create_contact(cast: Cast) -> Call:
    given = {"name": "Puheenjohtaja", "email": "pj@example.org"}
    return Call("POST", _path(cast, "/contacts"), by="owner", json=given)


@operation("organisations_update_contact")
async def update_contact(cast: Cast) -> Call:
    contact = await _contact(cast)
    return Call("PATCH", _path(cast, f"/contacts/{contact.id}"), by="owner", json={"public": False}, if_match=1)


@operation("organisations_delete_contact")
async def delete_contact(cast: Cast) -> Call:
    contact = await _contact(cast)
    return Call("DELETE", _path(cast, f"/contacts/{contact.id}"), by="owner", if_match=1)


@operation("organisations_list_people")
async def list_people(cast: Cast) -> Call:
    return Call("GET", _path(cast, "/people"), by="viewer")


@operation("organisations_export_people")
async def export_people(cast: Cast) -> Call:
    return Call("GET", _path(cast, "/people/export.csv"), by="viewer")


@operation("organisations_put_person")
async def put_person(cast: Cast) -> Call:
    somebody = await cast.world.person(name="Uusi")
    return Call("PUT", _path(cast, f"/people/{somebody.id}"), by="owner", json={"roles": ["editor"]})


@operation("organisations_remove_person")
async def remove_person(cast: Cast) -> Call:
    return Call("DELETE", _path(cast, f"/people/{cast['signatory'].id}"), by="owner")


async def _role_offer(cast: Cast) -> RoleOffer:
    offer = RoleOffer(
        principal_id=cast["outsider"].id,
        scope_kind=ScopeKind.organisation,
        scope_id=cast.association.id,
        role=Role.viewer,
        organisation_id=cast.association.id,
        expires_at=clock.now() + timedelta(days=1),
    )
    cast.world.session.add(offer)
    await cast.world.session.flush()
    return offer


@operation("organisations_list_role_offers")
async def list_role_offers(cast: Cast) -> Call:
    await _role_offer(cast)
    return Call("GET", _path(cast, "/role-offers"), by="viewer")


@operation("organisations_withdraw_role_offer")
async def withdraw_role_offer(cast: Cast) -> Call:
    return Call("DELETE", _path(cast, f"/role-offers/{(await _role_offer(cast)).id}"), by="owner")


@operation("organisations_send_role_offer_again")
async def send_role_offer_again(cast: Cast) -> Call:
    return Call("POST", _path(cast, f"/role-offers/{(await _role_offer(cast)).id}/send-again"), by="owner")


@operation("organisations_list_relations")
async def list_relations(cast: Cast) -> Call:
    await _relation(cast)
    return Call("GET", _path(cast, "/relations"), by="anonymous")


@operation("organisations_create_relation")
async def create_relation(cast: Cast) -> Call:
    given = {"other_id": str((await _union(cast)).id), "kind": "umbrella", "starts_on": "2020-01-01"}
    return Call("POST", _path(cast, "/relations"), by="owner", json=given)


@operation("organisations_accept_relation")
async def accept_relation(cast: Cast) -> Call:
    group = await cast.world.organisation("Asukasporukka", legal_form=LegalForm.unregistered_group)
    asked = OrganisationRelation(
        organisation_id=group.id, other_id=cast.association.id, kind=RelationKind.host, starts_on=clock.today()
    )
    cast.world.session.add(asked)
    await cast.world.session.flush()
    return Call("POST", _path(cast, f"/relations/{asked.id}/accept"), by="owner", if_match=1)


@operation("organisations_update_relation")
async def update_relation(cast: Cast) -> Call:
    relation = await _relation(cast)
    return Call(
        "PATCH", _path(cast, f"/relations/{relation.id}"), by="owner", json={"ends_on": "2199-12-31"}, if_match=1
    )


@operation("organisations_delete_relation")
async def delete_relation(cast: Cast) -> Call:
    relation = await _relation(cast)
    return Call("DELETE", _path(cast, f"/relations/{relation.id}"), by="owner", if_match=1)


@operation("organisations_list_affiliations")
async def list_affiliations(cast: Cast) -> Call:
    person = cast["outsider"].id
    assert person is not None
    cast.world.session.add(
        Affiliation(principal_id=person, organisation_id=cast.association.id, kind=AffiliationKind.board_member)
    )
    await cast.world.session.flush()
    return Call("GET", "/affiliations", by="outsider")


@operation("organisations_put_affiliation")
async def put_affiliation(cast: Cast) -> Call:
    return Call("PUT", f"/affiliations/{cast.association.id}", by="outsider", json={"kinds": ["close_family"]})


@operation("organisations_delete_affiliation")
async def delete_affiliation(cast: Cast) -> Call:
    await list_affiliations(cast)
    return Call("DELETE", f"/affiliations/{cast.association.id}", by="outsider")


@operation("organisations_get_by_external_id")
async def get_by_external_id(cast: Cast) -> Call:
    cast.world.session.add(ExternalId(organisation_id=cast.association.id, scheme="ptv", value=cast.association.id.hex))
    await cast.world.session.flush()
    return Call("GET", f"/organisations/by-external-id/ptv/{cast.association.id.hex}", by="anonymous")


@operation("organisations_put_by_external_id")
async def put_by_external_id(cast: Cast) -> Call:
    cast.world.session.add(ExternalId(organisation_id=cast.association.id, scheme="ptv", value=cast.association.id.hex))
    await cast.world.session.flush()
    given = {"names": {"fi": "Uusi nimi ry"}, "sector": "association", "legal_form": "registered_association"}
    return Call("PUT", f"/organisations/by-external-id/ptv/{cast.association.id.hex}", by="editor", json=given)
