"""What an organisation that nobody has confirmed does not do, in every room; it drafts, and is asked."""

from typing import Any

from sqlmodel import select

from puumerkki.access.actor import Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.networks.models.networks import NetworkKind
from puumerkki.networks.queries.electorates import electorate
from puumerkki.networks.queries.second_persons import OF_THE_NETWORK, Asked, second_persons
from puumerkki.organisations.models.organisations import ConfirmationSource, LegalForm, Organisation, Sector
from tests.applications.drafts import draft
from tests.applications.test_co_applicants import answer, step
from tests.applications.test_co_applicants import asked as applying_together
from tests.factories import UNCONFIRMED, World
from tests.handlings.scene import make_scene
from tests.personas import make_cast
from tests.valid_requests.agreements import drafted, proposed, scanned
from tests.valid_requests.applications import create_call
from tests.valid_requests.needs import create_need

REFUSED = (403, "organisation_unconfirmed")


async def unconfirmed(world: World, organisation: Organisation) -> None:
    for name, value in UNCONFIRMED.items():
        setattr(organisation, name, value)
    await world.session.flush()


async def confirmed(world: World, organisation: Organisation) -> None:
    organisation.confirmed_at, organisation.source = clock.now(), ConfirmationSource.operator
    await world.session.flush()


def said(refused: Any) -> tuple[int, str]:
    return refused.status_code, refused.json().get("code")


async def test_it_drafts_and_submits_nothing(world: World) -> None:
    cast = await make_cast(world)
    await unconfirmed(world, cast.association)
    made = await draft(cast)
    refused = await step(cast["editor"], made, "submit")
    assert said(refused) == (409, "organisation_unconfirmed"), refused.text
    assert "confirms it" in refused.json()["title"]
    shown = (await cast["editor"].get(f"/applications/{made['id']}")).json()["available_actions"]
    assert ("submit", False, "organisation_unconfirmed") in [
        (one["action"], one["allowed"], one["blocked_by"]) for one in shown
    ]
    await confirmed(world, cast.association)
    assert (await step(cast["editor"], made, "submit")).status_code == 200


async def test_a_version_names_no_unconfirmed_co_applicant(world: World) -> None:
    cast, owner, made = await applying_together(world)
    await unconfirmed(world, cast.neighbour)
    assert (await answer(owner, made, cast.neighbour, "accepted")).status_code == 204, "it may say yes"
    refused = await step(cast["editor"], made, "submit")
    assert said(refused) == (409, "organisation_unconfirmed"), refused.text
    assert [one["id"] for one in refused.json()["organisations"]] == [str(cast.neighbour.id)]
    released = await step(cast["editor"], made, "release_co_applicants")
    assert released.status_code == 200, released.text
    assert "Naapuriapu ry" in released.json()["content"]["partners"]
    assert (await step(cast["editor"], made, "submit")).status_code == 200


async def test_it_raises_no_need_and_publishes_no_call(world: World) -> None:
    cast = await make_cast(world)
    need, call = await create_need(cast), await create_call(cast)
    await unconfirmed(world, cast.association)
    refused = await cast["editor"].post(need.path, need.json)
    assert said(refused) == REFUSED, refused.text
    refused = await cast["editor"].post(call.path, call.json | {"funder_id": str(cast.association.id)})
    assert said(refused) == REFUSED, refused.text


async def test_it_founds_no_network_and_has_no_seat(world: World) -> None:
    made = await world.organisation("Uusi ry", **UNCONFIRMED)
    founded = {"names": {"fi": "Uusi verkosto"}, "kind": "association_network", "decides": False}
    refused = await (await world.operator()).post("/networks", founded | {"founding_organisation_id": str(made.id)})
    assert said(refused) == (409, "organisation_unconfirmed"), refused.text
    board = await world.network(kind=NetworkKind.advisory_board, decides=False)
    lead = await world.person((Role.coordinator, board.id))
    seat = {
        "theme": {"fi": "Omaishoito"},
        "principal_id": str(lead.id),
        "organisation_id": str(made.id),
        "term_starts_on": "2027-01-01",
        "term_ends_on": "2028-12-31",
    }
    refused = await lead.post(f"/networks/{board.id}/seats", seat)
    assert said(refused) == (409, "organisation_unconfirmed"), refused.text


async def test_it_proposes_signs_and_records_no_agreement(world: World) -> None:
    cast = await make_cast(world)
    made = await drafted(cast)
    await unconfirmed(world, cast.association)
    path = f"/agreements/{made.id}"
    refused = await cast["editor"].post(f"{path}/propose", if_match=made.version)
    assert said(refused) == (409, "organisation_unconfirmed"), refused.text
    scan = await scanned(cast, made)
    paper = {"signed_on": clock.today().isoformat(), "attachment_id": str(scan.id)}
    refused = await cast["signatory"].post(f"{path}/record", paper, if_match=made.version)
    assert said(refused) == REFUSED, refused.text


async def test_it_signs_no_agreement(world: World) -> None:
    cast = await make_cast(world)
    made = await proposed(cast)
    await unconfirmed(world, cast.association)
    given = {"organisation_id": str(cast.association.id), "version_number": 1}
    refused = await cast["signatory"].post(f"/agreements/{made.id}/sign", given)
    assert said(refused) == REFUSED, refused.text


async def test_it_stands_in_no_electorate_and_its_people_are_nobodys_second_person(world: World) -> None:
    scene = await make_scene(world)
    member = scene.members["a"]
    organisation = await world.session.get_one(Organisation, member.organisation_id)
    assert scene.coordinator.id is not None
    asked = Asked(OF_THE_NETWORK, scene.network.id, scene.coordinator.id, clock.now())
    assert scene.representatives["a"].id in await second_persons(world.session, asked)
    assert member.id in {one.id for one in await electorate(world.session, scene.network.id, clock.now())}
    await unconfirmed(world, organisation)
    assert scene.representatives["a"].id not in await second_persons(world.session, asked)
    assert member.id not in {one.id for one in await electorate(world.session, scene.network.id, clock.now())}


async def test_it_votes_nothing(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    organisation = await world.session.get_one(Organisation, scene.members["a"].organisation_id)
    await unconfirmed(world, organisation)
    refused = await scene.vote("a", "for")
    assert refused.status_code == 403, refused.text
    assert (await scene.vote("b", "for")).status_code == 200
    representative = await load_actor(world.session, Caller(id=scene.representatives["a"].id, kind=PrincipalKind.user))
    assert representative.represented_members(scene.network.id) == frozenset(), "nobody speaks for it"


async def test_it_answers_for_no_group_before(world: World) -> None:
    host = await world.organisation("Isäntä ry", **UNCONFIRMED)
    group = await world.organisation("Porukka", sector=Sector.residents, legal_form=LegalForm.unregistered_group)
    both = await world.person((Role.owner, host.id), (Role.owner, group.id))
    asked = await both.post(f"/organisations/{group.id}/relations", {"other_id": str(host.id), "kind": "host"})
    assert (asked.status_code, asked.json()["accepted_at"]) == (201, None), "it may be asked"
    assert (await world.nobody.get(f"/organisations/{group.id}/relations")).json()["items"] == []
    path = f"/organisations/{group.id}/relations/{asked.json()['id']}"
    assert said(await both.post(f"{path}/accept", if_match=1)) == (409, "organisation_unconfirmed")
    await confirmed(world, host)
    accepted = await both.post(f"{path}/accept", if_match=1)
    assert accepted.status_code == 200, accepted.text


async def test_nobody_else_is_told_what_it_does(world: World) -> None:
    founder = await world.person()
    given = {
        "names": {"fi": "Tuiran asukkaat"},
        "sector": "residents",
        "legal_form": "unregistered_group",
        "contact": {"name": "Yhteys", "email": "yhteys@example.org"},
    }
    made = (await founder.post("/organisations", given)).json()
    union = await world.organisation("Liitto ry")
    there = f"/organisations/{made['id']}"
    await founder.patch(there, {"website": "https://example.org"}, if_match=1)
    await founder.post(f"{there}/relations", {"other_id": str(union.id), "kind": "umbrella"})
    tiers = (await world.session.exec(select(EventRow.tier).where(EventRow.subject_id == made["id"]))).all()
    assert len(tiers) == 5
    assert set(tiers) == {"parties"}
    assert (await world.nobody.get(f"/organisations/{union.id}/events")).json()["items"] == []
