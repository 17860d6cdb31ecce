"""An archived party's successor acts for its side; what was signed keeps its names, and the others are told."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.agreements.models import Agreement, AgreementDuty, DutyState
from puumerkki.agreements.schemas.agreements import AgreementContent
from puumerkki.agreements.service import renewal
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.organisations.models.organisations import Organisation
from tests.agreements.test_agreements import act, refused, seen, sign
from tests.archiving import succeeded
from tests.factories import Client, World
from tests.organisations.test_hosts import address, mails
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import drafted, in_force, proposed, recorded

STANDS = "Arkistoidun organisaation paikalla jatkaa: Uusi ry"
CONTENT = {"purpose": "Kerho.", "confirm_by": "04-30", "notice_months": 2}


async def heirs(world: World) -> tuple[Organisation, Client, Client]:
    """The successor, with who writes and who signs for it."""
    new = await world.organisation("Uusi ry")
    return new, await world.person((Role.editor, new.id)), await world.person((Role.signatory, new.id))


async def fresh(by: Client, found: Agreement) -> dict[str, Any]:
    return await seen(by, {"id": str(found.id)})


async def open_duties(cast: Cast, found: Agreement) -> dict[Any, int]:
    rows = await cast.world.session.exec(
        select(AgreementDuty.organisation_id).where(
            col(AgreementDuty.agreement_id) == found.id, col(AgreementDuty.state) == DutyState.open
        )
    )
    everybody = list(rows.all())
    return {one: everybody.count(one) for one in everybody}


async def test_what_is_in_force_stays_so_with_the_successor_on_its_side(world: World) -> None:
    cast = await make_cast(world)
    content = AgreementContent.model_validate(
        CONTENT
        | {
            "contributions": [{"organisation_id": cast.association.id, "kind": "working_time", "hours": 10}],
            "reporting": [
                {"organisation_id": cast.association.id, "what": "Vuosi", "due": "Vuosittain", "due_by": "03-31"}
            ],
        }
    )
    found = await in_force(cast, content=content)
    new, editor, signatory = await heirs(world)
    assert (await editor.get(f"/agreements/{found.id}")).status_code == 404
    before = await open_duties(cast, found)
    snapshot = (await cast["officer"].get(f"/agreements/{found.id}/versions/1/snapshot")).content
    await succeeded(world, cast.association, new)
    shown = await fresh(signatory, found)
    assert (shown["state"], shown["version_in_force"]) == ("in_force", 1)
    assert {one["id"] for one in shown["parties"]} == {str(new.id), str(cast.city.id)}
    assert [(one["id"], one["succeeded_by_id"]) for one in shown["former_parties"]] == [
        (str(cast.association.id), str(new.id))
    ]
    assert (await cast["officer"].get(f"/agreements/{found.id}/versions/1/snapshot")).content == snapshot
    assert str(cast.association.id).encode() in snapshot
    assert await open_duties(cast, found) == {
        new.id: before[cast.association.id],
        cast.city.id: before[cast.city.id],
    }
    with clock.fixed(clock.now() + timedelta(days=850)):
        await renewal.expire_due(world.session)
    assert cast.association.id not in await open_duties(cast, found), "what is planned anew asks the successor"
    assert STANDS in await mails(world, address(cast["decider"]))
    assert await mails(world, address(editor)) == [], "the successor knows"
    told = await world.session.exec(select(EventRow.type).where(col(EventRow.subject_id) == found.id))
    assert "agreement.party_succeeded" in told.all()
    assert await refused(cast["signatory"], shown, "terminate", {"ended_on": "2027-12-31", "reason": "x"})
    changed = await editor.patch(
        f"/agreements/{found.id}", {"content": {"evaluation": "Kysely."}}, if_match=shown["version"]
    )
    second = await act(editor, changed.json(), "propose")
    await sign(cast["decider"], second, cast.city.id, version=2)
    assert (await sign(signatory, second, new.id, version=2))["version_in_force"] == 2


async def test_what_the_former_had_signed_comes_into_force(world: World) -> None:
    cast = await make_cast(world)
    found = await proposed(cast)
    await sign(cast["signatory"], {"id": str(found.id)}, cast.association.id)
    new, _, signatory = await heirs(world)
    await succeeded(world, cast.association, new)
    assert (await fresh(signatory, found))["sign_for"] == []
    assert (await sign(cast["decider"], {"id": str(found.id)}, cast.city.id))["version_in_force"] == 1


async def test_what_the_former_had_not_signed_needs_a_version_that_names_the_successor(world: World) -> None:
    cast = await make_cast(world)
    found = await proposed(cast)
    new, editor, signatory = await heirs(world)
    await succeeded(world, cast.association, new)
    assert (await signatory.get("/tasks?kind=agreement_to_sign")).json()["items"] == []
    given = {"organisation_id": str(new.id), "version_number": 1}
    shown = await fresh(signatory, found)
    assert await refused(signatory, shown, "sign", given) == "names_predecessor"
    second = await act(editor, shown, "propose")
    assert (await signatory.get("/tasks?kind=agreement_to_sign")).json()["items"] != []
    await sign(signatory, second, new.id, version=2)
    whole = await sign(cast["decider"], second, cast.city.id, version=2)
    assert (whole["state"], whole["version_in_force"]) == ("in_force", 2)
    last = (await cast["officer"].get(f"/agreements/{found.id}/versions/2/snapshot")).json()
    assert {one["id"] for one in last["parties"]} == {str(new.id), str(cast.city.id)}


async def test_drafts_are_the_successors(world: World) -> None:
    cast = await make_cast(world)
    found = await drafted(cast)
    new, editor, _ = await heirs(world)
    await succeeded(world, cast.association, new)
    shown = await fresh(editor, found)
    assert (shown["drafted_by_organisation_id"], shown["editable"]) == (str(new.id), True)
    assert [one["id"] for one in shown["parties"]] == [str(new.id), str(cast.city.id)]
    assert shown["former_parties"] == [], "nothing was frozen with it"
    assert (await cast["officer"].get(f"/agreements/{found.id}")).status_code == 404
    assert await mails(world, address(cast["decider"])) == [], "nobody else knew of it"
    assert (await act(editor, shown, "propose"))["state"] == "proposed"


async def test_between_the_two_nothing_new_is_agreed(world: World) -> None:
    cast = await make_cast(world)
    found = await in_force(cast, party_ids=[cast.city.id])
    await succeeded(world, cast.association, cast.city)
    shown = await fresh(cast["officer"], found)
    assert (shown["state"], [one["id"] for one in shown["parties"]]) == ("in_force", [str(cast.city.id)])
    assert await refused(cast["officer"], shown, "propose") == "agreement_incomplete"
    given = {"ended_on": (clock.today() + timedelta(days=365)).isoformat(), "reason": "Yhdistyi."}
    assert (await act(cast["decider"], shown, "terminate", given))["state"] == "terminated"


async def test_what_another_recorded_is_the_successors_to_confirm(world: World) -> None:
    cast = await make_cast(world)
    found = await recorded(cast)
    new, _, _ = await heirs(world)
    await succeeded(world, cast.city, new)
    signatory = await world.person((Role.signatory, new.id))
    [task] = (await signatory.get("/tasks?kind=agreement_record_to_confirm")).json()["items"]
    assert task["subject"]["id"] == str(found.id)
    answer = await signatory.post(f"/agreements/{found.id}/confirm", {"organisation_id": str(new.id)})
    assert (answer.status_code, answer.json()["state"]) == (200, "in_force"), answer.text


async def test_of_a_chain_the_last_stands_for_all(world: World) -> None:
    cast = await make_cast(world)
    found = await in_force(cast, content=AgreementContent.model_validate(CONTENT))
    new, _, _ = await heirs(world)
    last = await world.organisation("Kolmas ry")
    await succeeded(world, cast.association, new)
    await succeeded(world, new, last)
    viewer = await world.person((Role.viewer, last.id))
    shown = await fresh(viewer, found)
    assert {one["id"] for one in shown["parties"]} == {str(last.id), str(cast.city.id)}
    assert last.id in await open_duties(cast, found)


async def test_what_the_former_recorded_is_the_successors_word(world: World) -> None:
    cast = await make_cast(world)
    found = await recorded(cast)
    new, _, signatory = await heirs(world)
    await succeeded(world, cast.association, new)
    shown = await fresh(signatory, found)
    assert (shown["state"], shown["drafted_by_organisation_id"]) == ("recorded", str(new.id))
    answer = await cast["decider"].post(f"/agreements/{found.id}/confirm", {"organisation_id": str(cast.city.id)})
    assert (answer.status_code, answer.json()["state"]) == (200, "in_force"), answer.text
