"""Decisions of a case system by a list: each row proposes one, by the rules of a single proposal."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.imports.results import ImportResult
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from tests.factories import World
from tests.imports.helpers import bring, counts, faults
from tests.partnerships.authority import seen
from tests.partnerships.cases import act
from tests.partnerships.gate import Scene, arrive, endorse, receive, request_of
from tests.partnerships.test_case_letters import letters
from tests.partnerships.test_proposals import BACK, PROPOSAL, kinds, told
from tests.personas import Cast, make_cast

HEADINGS = "Asianumero;Ratkaisu;Summa;Toimielin;Pykälä;Päivä;Perustelu;Muutoksenhaku"


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


async def prepared(cast: Cast, **more: Any) -> Scene:
    """A case of the cast's city, in preparation."""
    arrived = await arrive(cast.world, cast.association, cast.city, cast.network, **{"gate": False} | more)
    if more.get("gate"):
        await endorse(cast.world.session, arrived.version, arrived.network)
    assert told(await act(cast["officer"], arrived.request, "begin")) == "yes"
    return arrived


def line(
    arrived: Scene, *, outcome: str = "sitoumus", cents: str = "15 000,50", day: Any = None, text: str = ""
) -> str:
    said = day or clock.today()
    return f"{arrived.request.case_number};{outcome};{cents};Hyvinvointilautakunta;§ 45;{said};{text};"


async def sent(cast: Cast, *lines: str, by: UUID | None = None, **options: Any) -> ImportResult:
    text = "\n".join([HEADINGS, *lines])
    return await bring(cast, "proposals", text, by=by or cast["officer"].id, at=cast.city.id, **options)


async def events(cast: Cast) -> list[str]:
    found = await cast.world.session.exec(
        select(EventRow.type).where(col(EventRow.type).contains("propos")).order_by(col(EventRow.id))
    )
    return list(found.all())


async def test_a_list_proposes_and_the_same_list_again_changes_nothing(cast: Cast) -> None:
    one, other = await prepared(cast), await prepared(cast, gate=True)
    lines = line(one), line(other, outcome="lausunto", cents="")
    assert counts(await sent(cast, *lines, dry_run=True)) == (2, 0, 0, 0)
    assert await events(cast) == []
    assert counts(await sent(cast, *lines)) == (2, 0, 0, 0)
    decider = cast["decider"]
    shown = (await seen(decider, one))["proposal"]
    assert (shown["outcome"], shown["body"], shown["section"]) == ("commitment", "Hyvinvointilautakunta", "§ 45")
    assert [(put["kind"], put["cents"], put["description"]) for put in shown["contributions"]] == [
        ("money", 1_500_050, one.version.title)
    ]
    assert shown["proposed_by"]["principal_id"] == str(cast["officer"].id)
    [letter] = await letters(cast.world, decider)
    assert letter.startswith("Ratkaisuehdotuksia on tehty: 2"), "one for the whole list"
    assert counts(await sent(cast, *lines)) == (0, 0, 2, 0)
    assert len(await events(cast)) == 2
    assert counts(await sent(cast, line(one, cents="20"), lines[1])) == (0, 1, 1, 0)
    assert len(await letters(cast.world, decider)) == 1
    assert await kinds(decider) == ["proposal_to_confirm"] * 2


async def test_what_was_confirmed_or_handed_back_does_not_come_again(cast: Cast) -> None:
    one, other = await prepared(cast), await prepared(cast)
    lines = line(one), line(other)
    await sent(cast, *lines)
    proposal = (await seen(cast["decider"], one))["proposal"]
    given = {name: proposal[name] for name in ("outcome", "contributions", "body", "section", "decided_on")}
    decided = await act(cast["decider"], one.request, "decide", given)
    assert decided.json()["decision"]["as_proposed"] is True, decided.text
    assert told(await act(cast["decider"], other.request, "hand_back", BACK)) == "yes"
    assert counts(await sent(cast, *lines)) == (0, 0, 2, 0)
    assert (await seen(cast["decider"], other))["proposal"] is None
    assert faults(await sent(cast, line(one, cents="1"))) == [(2, "Asianumero", one.request.case_number)]
    assert counts(await sent(cast, line(other, cents="1"))) == (1, 0, 0, 0)


async def test_a_list_does_not_put_back_what_was_handed_back_nor_take_another_proposals_place(cast: Cast) -> None:
    """A nightly list put its own handed-back proposal over the officer's new one."""
    one = await prepared(cast)
    machine = await cast.world.service(Role.officer, cast.city, scopes=frozenset(P))
    await sent(cast, line(one), by=machine.id)
    assert told(await act(cast["decider"], one.request, "hand_back", BACK)) == "yes"
    assert told(await act(cast["officer"], one.request, "propose", PROPOSAL)) == "yes"
    assert counts(await sent(cast, line(one), by=machine.id)) == (0, 0, 1, 0)
    [fault] = (await sent(cast, line(one, cents="7"), by=machine.id)).errors
    assert (fault.column, fault.code) == ("Asianumero", "proposed_otherwise")
    shown = (await seen(cast["decider"], one))["proposal"]
    assert shown["proposed_by"]["principal_id"] == str(cast["officer"].id)


async def test_a_proposal_that_fell_comes_again_on_the_same_version(cast: Cast) -> None:
    one = await prepared(cast)
    await sent(cast, line(one))
    asked = await act(cast["officer"], one.request, "ask_supplement", {"body": "Mikä on omarahoitus?"})
    assert told(asked) == "yes", asked.text
    assert (await seen(cast["decider"], one))["proposal"] is None
    assert told(await act(cast["officer"], one.request, "close_supplement")) == "yes"
    assert counts(await sent(cast, line(one))) == (1, 0, 0, 0)


@pytest.mark.parametrize("cents", ["15.000", "15,000", "1.250 €"])
async def test_a_sum_that_can_be_read_in_two_ways_is_refused(cast: Cast, cents: str) -> None:
    one = await prepared(cast)
    assert faults(await sent(cast, line(one, cents=cents))) == [(2, "Summa", cents)]


async def test_a_decision_on_a_former_version_is_not_proposed_on_a_later_one(cast: Cast) -> None:
    one = await prepared(cast)
    lines = (line(one),)
    await sent(cast, *lines)
    with clock.fixed(clock.now() + timedelta(days=2)):
        officer = await cast.world.again(cast["officer"])
        await receive(cast.world.session, one.application, await cast.world.version(one.application, goals="Toiset."))
        request = await cast.world.session.get_one(PartnerRequest, one.request.id, populate_existing=True)
        if request.state == "arrived":
            assert told(await act(officer, request, "begin")) == "yes"
        assert counts(await sent(cast, *lines)) == (0, 0, 1, 0)
        [fault] = (await sent(cast, line(one, cents="1", day=clock.today() - timedelta(days=2)))).errors
        assert (fault.column, fault.code) == ("Päivä", "before_the_version")
        assert (await cast.world.session.get_one(PartnerRequest, one.request.id)).proposal is None


async def test_nor_where_the_later_version_has_another_name(cast: Cast) -> None:
    one = await prepared(cast)
    lines = (line(one),)
    await sent(cast, *lines)
    await receive(cast.world.session, one.application, await cast.world.version(one.application, title="Toinen nimi"))
    request = await cast.world.session.get_one(PartnerRequest, one.request.id, populate_existing=True)
    assert request.version_number == 2
    if request.state == "arrived":
        assert told(await act(cast["officer"], request, "begin")) == "yes"
    assert counts(await sent(cast, *lines)) == (0, 0, 1, 0)


async def test_cases_are_taken_in_the_order_of_their_applications(cast: Cast) -> None:
    """As whatever else locks several cases does, so that two of them do not wait for each other."""
    world = cast.world
    applications = [
        await world.application(cast.association, networks=[cast.network], authorities=[cast.city]) for _ in range(4)
    ]
    found = []
    for one in reversed(applications):
        version = await world.version(one)
        await receive(world.session, one, version)
        request = await request_of(world.session, one.id)
        assert told(await act(cast["officer"], request, "begin")) == "yes"
        found.append(Scene(cast.association, cast.city, cast.network, one, version, request))
    assert counts(await sent(cast, *(line(one) for one in found))) == (4, 0, 0, 0)
    proposed = await world.session.exec(
        select(EventRow.subject_id).where(col(EventRow.type) == "partner_request.proposed").order_by(col(EventRow.id))
    )
    in_order = sorted(found, key=lambda one: one.application.id)
    assert list(proposed.all()) == [one.request.id for one in in_order]


async def test_rows_that_are_refused(cast: Cast) -> None:
    good, again = await prepared(cast), await prepared(cast)
    waits = await arrive(cast.world, cast.association, cast.city, cast.network, gate=False)
    elsewhere = await cast.world.organisation("Muu kunta")
    other = await arrive(cast.world, cast.association, elsewhere, cast.network, gate=False)
    tomorrow = clock.today() + timedelta(days=1)
    result = await sent(
        cast,
        line(good),
        line(waits),
        line(other).replace(other.request.case_number, "PK/2026/999999"),
        line(again, outcome="ehkä"),
        line(again, cents="paljon"),
        line(again, day=tomorrow),
        line(again, outcome="ei", cents=""),
        line(again),
        line(again),
    )
    assert [(one.row, one.column, one.code) for one in result.errors] == [
        (3, "Asianumero", "case_not_in_preparation"),
        (4, "Asianumero", "case_not_found"),
        (5, "Ratkaisu", "outcome_expected"),
        (6, "Summa", "euros_expected"),
        (7, "Päivä", "past_day_expected"),
        (8, "Perustelu", "needed_for_no"),
        (10, "Asianumero", "case_twice"),
    ]
    assert not result.applied
    assert await events(cast) == [], "nothing is half-written"
    assert (await seen(cast["decider"], good))["proposal"] is None
    left = await sent(cast, line(good), line(waits), skip_bad=True)
    assert (left.created, left.skipped) == (1, 1)


async def test_a_machine_sends_its_list_and_one_who_is_tied_does_not(cast: Cast) -> None:
    one = await prepared(cast)
    machine = await cast.world.service(Role.officer, cast.city, scopes=frozenset(P))
    tied = await cast.world.person((Role.officer, cast.city.id))
    assert (await tied.put(f"/affiliations/{cast.association.id}", {"kinds": ["employee"]})).status_code == 204
    [fault] = (await sent(cast, line(one), by=tied.id)).errors
    assert (fault.column, fault.code) == ("Asianumero", "proposer_kept_out")
    for who in (await cast.world.service(Role.registry, cast.city, scopes=frozenset(P)), cast["decider"]):
        [fault] = (await sent(cast, line(one), by=who.id)).errors
        assert fault.code == "may_not_propose"
    assert counts(await sent(cast, line(one), by=machine.id)) == (1, 0, 0, 0)
    shown = (await seen(cast["decider"], one))["proposal"]["proposed_by"]
    assert shown["name"] == "Siirto"


async def test_the_template_of_the_guide_is_a_file_that_is_understood(cast: Cast) -> None:
    page = (Path(__file__).parents[2] / "docs" / "proposals.md").read_text("utf-8")
    template = [one.strip() for one in page.splitlines() if one.count(";") == 7]
    one, other = await prepared(cast), await prepared(cast)
    text = "\n".join(template).replace("2026-11-24", str(clock.today()))
    for number, case in (("PK/2026/000012", one), ("PK/2026/000015", other)):
        text = text.replace(number, case.request.case_number)
    assert counts(await bring(cast, "proposals", text, by=cast["officer"].id, at=cast.city.id)) == (2, 0, 0, 0)
    assert (await seen(cast["decider"], other))["proposal"]["outcome"] == "none"


async def test_no_command_proposes(cast: Cast) -> None:
    one = await prepared(cast)
    text = "\n".join([HEADINGS, line(one)])
    result = await bring(cast, "proposals", text, at=cast.city.id)
    assert [error.code for error in result.errors] == ["proposer_needed"]
