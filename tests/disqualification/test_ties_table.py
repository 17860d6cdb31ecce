"""The decision table "Ties × roles": each tie that the service knows of, tried in each thing that a tied person does.

A cell is the code of the refusal, or `yes`. Who must not, is told who does instead by the app; here it is only tried.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.applications.events.applications import ApplicationChanged
from puumerkki.applications.models.applications import Application, ApplicationAuthority, VersionApplicant
from puumerkki.identity.models import ServiceAccount
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations.models.organisations import LegalForm, Organisation, Sector
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.partnerships import gate
from tests.partnerships.cases import act

YES = "yes"
TIED = "disqualified"
EVERY_ROLE = (TIED, TIED, TIED, TIED, TIED, TIED)
NONE = (YES, YES, YES, YES, YES, YES)
COLUMNS = ("vote", "lead", "record", "confirm", "begin", "decide")
TABLE = {
    "accepted_role": EVERY_ROLE,
    "speaks_for_the_applicant": EVERY_ROLE,
    "declared_post": EVERY_ROLE,
    "declared_family": EVERY_ROLE,
    "role_taken_away": EVERY_ROLE,
    "declared_and_taken_back": EVERY_ROLE,
    "role_in_the_host_of_the_group": EVERY_ROLE,
    "role_in_a_former_co_applicant": EVERY_ROLE,
    "made_by_who_is_tied": EVERY_ROLE,
    "role_offered": NONE,
    "member_of_the_same_network": NONE,
    "role_left_before_it_was_begun": NONE,
}


async def tie(world: World, how: str, who: Client, application: Application, applicant: Organisation) -> None:
    """Tie somebody to an applicant in one of the ways."""
    assert who.id is not None
    people = f"/organisations/{applicant.id}/people/{who.id}"
    owner = await world.person((Role.owner, applicant.id))
    declared = f"/affiliations/{applicant.id}"
    if how == "accepted_role":
        assert (await owner.put(people, {"roles": ["viewer"]})).status_code == 204
        offers = (await who.get("/me")).json()["role_offers"]
        await who.post("/me/role-offers/accept", {"offer_ids": [one["id"] for one in offers]})
    elif how == "speaks_for_the_applicant":
        await world.grant(who.id, Role.deputy, (await world.network("Toinen verkosto")).id, applicant.id)
    elif how == "declared_post":
        await who.put(declared, {"kinds": ["board_member"]})
    elif how == "declared_family":
        await who.put(declared, {"kinds": ["close_family"]})
    elif how == "role_taken_away":
        await world.grant(who.id, Role.viewer, applicant.id)
        assert (await owner.delete(people)).status_code == 204
    elif how == "declared_and_taken_back":
        await who.put(declared, {"kinds": ["employee"]})
        await who.delete(declared)
    elif how == "role_in_the_host_of_the_group":
        host = await world.organisation("Emäntäyhdistys ry")
        group = await world.organisation("Asukasporukka", legal_form=LegalForm.unregistered_group)
        await applied_once(world, application, group, host)
        await world.grant(who.id, Role.viewer, host.id)
    elif how == "role_in_a_former_co_applicant":
        former = await world.organisation("Entinen kanssahakija ry")
        await applied_once(world, application, former)
        await world.grant(who.id, Role.editor, former.id)
    elif how == "made_by_who_is_tied":
        await _made_by(world, who, await world.person((Role.editor, applicant.id)))
    elif how == "role_offered":
        assert (await owner.put(people, {"roles": ["owner"]})).status_code == 204
    elif how == "role_left_before_it_was_begun":
        await world.grant(who.id, Role.viewer, applicant.id)
        assert (await owner.delete(people)).status_code == 204
        application.created_at = clock.now()
    await world.session.flush()


async def applied_once(
    world: World, application: Application, organisation: Organisation, *hosts: Organisation
) -> None:
    """The organisation was an applicant of the first version, and is not any more."""
    world.session.add(
        VersionApplicant(
            application_id=application.id,
            version_number=1,
            organisation_id=organisation.id,
            place=9,
            names=organisation.names,
            host_ids=[one.id for one in hosts],
        )
    )


async def _made_by(world: World, service: Client, maker: Client) -> None:
    """Somebody is a service account that a tied person made."""
    assert service.id is not None and maker.id is not None
    world.session.add(
        ServiceAccount(
            id=service.id, organisation_id=maker.id, name="Siirto", secret_hash=b"", scopes=[], maker_ids=[maker.id]
        )
    )


async def _in_network(world: World, how: str, deed: str) -> str:
    scene = await make_scene(world, members=3)
    who = {
        "vote": scene.representatives["a"],
        "lead": scene.coordinator,
        "record": scene.secretary,
        "confirm": scene.chair,
    }[deed]
    meeting = str((await scene.meeting()).id)
    other = {"meeting_id": meeting, "endorses": True, "wording": "Puolletaan.", "present_member_ids": []}
    present = [str(scene.members[name].id) for name in "abc"]
    decision = other | {"present_member_ids": present}
    if deed == "vote":
        await scene.fresh("a")
        await scene.to_ballot()
    elif deed in ("record", "confirm"):
        await scene.must("begin_review")
    recorded = ""
    if deed == "confirm":
        made = await scene.act("record_decision", decision, by=scene.secretary)
        assert made.status_code == 200, made.text
        recorded = (await scene.coordinator.get(scene.path)).json()["decisions"][0]["id"]
    await tie(world, how, who, scene.application, scene.applicant)
    steps: dict[str, Callable[[], Awaitable[object]]] = {
        "vote": lambda: scene.vote("a", "for"),
        "lead": lambda: scene.act("begin_review"),
        "record": lambda: scene.act("record_decision", decision, by=who),
        "confirm": lambda: scene.act(f"decisions/{recorded}/confirm", by=who),
    }
    return _told(await steps[deed]())


async def _in_authority(world: World, how: str, deed: str) -> str:
    found = await gate.scene(world, gate=False)
    who = await world.person((Role.officer if deed == "begin" else Role.decider, found.city.id))
    if deed == "decide":
        preparer = await world.person((Role.officer, found.city.id))
        assert (await act(preparer, found.request, "begin")).status_code == 200
    await tie(world, how, who, found.application, found.association)
    return await _step(who, found.request, deed)


async def _step(who: Client, request: PartnerRequest, deed: str) -> str:
    given = {
        "outcome": "statement",
        "body": "Hyvinvointijohtaja",
        "decided_on": clock.today().isoformat(),
        "contributions": [],
    }
    return _told(await act(who, request, deed, None if deed == "begin" else given))


def _told(answer: object) -> str:
    status: int = answer.status_code  # type: ignore[attr-defined]
    return YES if status in (200, 201) else str(answer.json().get("code", status))  # type: ignore[attr-defined]


@pytest.mark.parametrize("deed", COLUMNS)
@pytest.mark.parametrize("how", sorted(TABLE))
async def test_a_cell(world: World, how: str, deed: str) -> None:
    tried = _in_network if deed in ("vote", "lead", "record", "confirm") else _in_authority
    assert await tried(world, how, deed) == TABLE[how][COLUMNS.index(deed)]


async def test_who_is_tied_reads_and_comments(world: World) -> None:
    scene = await make_scene(world, members=2)
    await tie(world, "declared_family", scene.coordinator, scene.application, scene.applicant)
    assert (await scene.coordinator.get(scene.path)).status_code == 200
    about = {"subject_kind": "handling", "subject_id": str(scene.handling_id), "audience": "network"}
    said = await scene.coordinator.post("/comments", about | {"body": "Huomio."})
    assert said.status_code == 201, said.text


async def _city_applies(world: World) -> tuple[gate.Scene, PartnerRequest]:
    """A city is co-applicant of an application that asks it to be a partner too."""
    found = await gate.scene(world, gate=False)
    await applied_once(world, found.application, found.city)
    await world.session.flush()
    return found, found.request


async def test_ones_post_in_an_authority_that_applies_is_no_tie_in_its_own_case(world: World) -> None:
    found, request = await _city_applies(world)
    officer = await world.person((Role.officer, found.city.id))
    await officer.put(f"/affiliations/{found.city.id}", {"kinds": ["employee"]})
    shown = (await officer.get(f"/partner-requests/{request.id}")).json()
    assert str(found.city.id) in [one["id"] for one in shown["applicants"]], "the app shows it"
    assert await _step(officer, request, "begin") == YES


async def test_but_it_is_one_in_anothers_case_and_for_who_wrote_it(world: World) -> None:
    found, request = await _city_applies(world)
    county = await world.organisation("Hyvinvointialue", sector=Sector.wellbeing_county)
    both = await world.person((Role.officer, county.id), (Role.registry, found.city.id))
    world.session.add(ApplicationAuthority(application_id=found.application.id, authority_id=county.id))
    await world.session.flush()
    await gate.receive(world.session, found.application, await world.version(found.application))
    theirs = await world.session.exec(select(PartnerRequest).where(col(PartnerRequest.authority_id) == county.id))
    assert await _step(both, theirs.one(), "begin") == TIED
    writer = await world.person((Role.officer, found.city.id))
    version = await world.version(found.application)
    assert version.number == 3
    await _wrote(world, writer, found.application)
    await world.session.refresh(request)
    assert await _step(writer, request, "begin") == TIED


async def _wrote(world: World, writer: Client, application: Application) -> None:

    told = ApplicationChanged(subject=Ref("application", application.id), changed=("title",))
    await publish(world.session, told, actor_id=writer.id)
    await world.session.flush()


async def _ballot(scene: Scene) -> dict[str, object]:
    return dict((await scene.coordinator.get(f"{scene.path}/ballot")).json())


async def test_the_member_stands_aside_whose_voices_are_all_tied(world: World) -> None:
    scene = await make_scene(world, members=3)
    deputy = await scene.fresh("b")
    for who in (scene.representatives["a"], scene.representatives["b"]):
        await who.put(f"/affiliations/{scene.applicant.id}", {"kinds": ["employee"]})
    await scene.to_ballot()
    shown = await _ballot(scene)
    aside = {one["member_id"]: (one["own_application"], one["tied"]) for one in shown["recusals"]}  # type: ignore[attr-defined]
    assert aside == {
        str(scene.members["own"].id): (True, False),
        str(scene.members["a"].id): (False, True),
    }
    assert (await scene.vote("a", "for")).json()["code"] == "recused"
    assert (await scene.vote("b", "for")).json()["code"] == TIED
    assert (await scene.vote("b", "for", by=deputy)).status_code == 200
    recorded = await scene.vote("a", "for", by=scene.coordinator, recorded=True)
    assert recorded.json()["code"] == "recused"


@pytest.mark.parametrize("deputised", [True, False])
async def test_a_tie_in_mid_ballot_removes_the_vote_and_tells_the_member(world: World, deputised: bool) -> None:
    scene = await make_scene(world, members=3)
    deputy = await scene.fresh("a") if deputised else None
    owner = await world.person((Role.owner, scene.members["a"].organisation_id), name="Oona")
    await scene.to_ballot()
    assert (await scene.vote("a", "against")).status_code == 200
    representative = scene.representatives["a"]
    declared = await representative.put(f"/affiliations/{scene.applicant.id}", {"kinds": ["board_member"]})
    assert declared.status_code == 204
    shown = await _ballot(scene)
    assert shown["turnout"] == 0
    aside = [one["member_id"] for one in shown["recusals"] if one["tied"]]  # type: ignore[attr-defined]
    assert aside == ([] if deputised else [str(scene.members["a"].id)])
    seen = (await representative.get(f"{scene.path}/ballot")).json()
    assert (seen["may_vote_for"], seen["own_votes"], seen["disqualified"]) == ([], [], True)
    [mail] = await _mails(world, owner.id)
    assert mail.startswith("Organisaation ääni on poistettu") and "against" not in mail and "äänesti" not in mail
    assert ("varaedustaja voi äänestää" in mail) is deputised
    if deputy is not None:
        assert (await scene.vote("a", "for", by=deputy)).status_code == 200


async def _mails(world: World, principal_id: UUID | None) -> list[str]:

    found = await world.session.exec(
        select(OutboxMessage).where(col(OutboxMessage.recipient) == f"{UUID(str(principal_id)).hex}@example.org")
    )
    return [f"{one.subject}\n{one.body}" for one in found.all()]


async def test_at_the_latest_the_count_takes_a_tied_vote_out(world: World) -> None:
    scene = await make_scene(world, members=3)
    await scene.fresh("a")
    await scene.to_ballot()
    for name in "abc":
        assert (await scene.vote(name, "for")).status_code == 200
    representative = scene.representatives["a"]
    assert representative.id is not None
    await world.grant(representative.id, Role.viewer, scene.applicant.id)
    early = await scene.on_ballot("close")
    assert early.json()["code"] == "votes_missing", "one vote less than the base"
    assert (await scene.vote("a", "for", by=await scene.fresh("a"))).status_code == 200
    closed = await scene.on_ballot("close")
    assert closed.status_code == 200, closed.text
    assert closed.json()["result"]["votes_for"] == 3
