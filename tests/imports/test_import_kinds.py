"""Members, needs and applications from CSV files: the same rules as for organisations, each in its place."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from puumerkki.applications.models.applications import Application, ApplicationState
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ImportKind, ImportState
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.needs.models import Need, NeedState
from puumerkki.networks.models.networks import MemberState, NetworkMember, NetworkState
from puumerkki.organisations.models.organisations import OrganisationState
from tests.factories import UNCONFIRMED, World
from tests.imports.helpers import bring, counts, faults, rows, told
from tests.imports.test_import_jobs import CSV, run
from tests.personas import Cast, make_cast


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


MEMBERS = "Y-tunnus;Jäsen;Äänestää;Liittyi\n2077474-0;;kyllä;31.1.2020\n;Kolmas ry;ei;\n;Naapuriapu ry;;\n"


async def with_two_more(cast: Cast) -> tuple[UUID, UUID]:
    first = await cast.world.organisation("Toinen ry", business_id="2077474-0")
    second = await cast.world.organisation("Kolmas ry")
    return first.id, second.id


async def test_the_command_brings_members_in_at_once_while_the_network_is_forming(cast: Cast) -> None:
    first, second = await with_two_more(cast)
    cast.network.state = NetworkState.forming
    await cast.world.session.flush()
    assert counts(await bring(cast, "members", MEMBERS)) == (2, 0, 1, 0)
    events = await told(cast, "member.")
    assert events == [("member.joined", "public", [])] * 2
    [one] = await rows(cast, NetworkMember, organisation_id=first)
    [other] = await rows(cast, NetworkMember, organisation_id=second)
    assert (one.state, one.votes, one.joined_at) == ("active", True, datetime(2020, 1, 30, 22, tzinfo=UTC))
    assert (other.state, other.votes, other.joined_at is not None) == ("active", False, True)
    [event] = await rows(cast, EventRow, subject_id=one.id)
    assert event.related == [cast.network.id, first]
    assert event.data == {"network_id": str(cast.network.id), "organisation_id": str(first)}
    assert counts(await bring(cast, "members", MEMBERS)) == (0, 0, 3, 0)
    assert await told(cast, "member.") == events
    assert counts(await bring(cast, "members", "nimi,votes\nKolmas ry,yes\n")) == (0, 1, 0, 0)
    assert (await told(cast, "member."))[-1] == ("member.changed", "network", ["votes"])
    [other] = await rows(cast, NetworkMember, organisation_id=second)
    assert (other.votes, other.version) == (True, 2)


async def test_a_coordinator_invites_and_nobody_is_a_member_against_their_will(cast: Cast) -> None:
    first, _ = await with_two_more(cast)
    by = cast["coordinator"].id
    assert counts(await bring(cast, "members", MEMBERS, by=by)) == (2, 0, 1, 0)
    [one] = await rows(cast, NetworkMember, organisation_id=first)
    assert (one.state, one.joined_at) == (MemberState.invited, None)
    assert await told(cast, "member.") == [("member.invited", "network", [])] * 2
    assert counts(await bring(cast, "members", MEMBERS, by=by)) == (0, 0, 3, 0)
    assert counts(await bring(cast, "members", MEMBERS)) == (0, 0, 3, 0), "the command leaves an invitation, too"


async def test_nobody_unconfirmed_is_brought_in_at_once(cast: Cast) -> None:
    await cast.world.organisation("Uusi ry", **UNCONFIRMED)
    brought = await bring(cast, "members", "nimi\nUusi ry\n")
    assert [(one.row, one.code) for one in brought.errors] == [(2, "organisation_unconfirmed")]
    assert counts(await bring(cast, "members", "nimi\nUusi ry\n", by=cast["coordinator"].id)) == (1, 0, 0, 0)


async def test_members_that_are_refused(cast: Cast) -> None:
    await cast.world.organisation("Kaima ry", home_municipality_code="091")
    await cast.world.organisation("Kaima ry")
    await cast.world.organisation("Entinen ry", state=OrganisationState.archived, business_id="1572860-0")
    gone = await cast.world.organisation("Eronnut ry")
    await cast.world.member(cast.network, gone, state=MemberState.left)
    result = await bring(
        cast,
        "members",
        "name,business_id,organisation_id,votes,joined_on\n"
        "Kaima ry,,,,\nEi ole ry,,,,\n,1572860-0,,,\nEronnut ry,,,,\n"
        f",,{uuid4()},,\nx,2077474-1,,,\n,,{cast.city.id},perhaps,\n,,,yes,\nNaapuriapu ry,,,,2999-01-01\n"
        f"Oulun kaupunki,,,,\n,,{cast.city.id},,\n",
    )
    found = faults(result)
    assert [(row, column) for row, column, _ in found] == [
        (2, "name"),
        (3, "name"),
        (4, "business_id"),
        (5, "name"),
        (6, "organisation_id"),
        (7, "business_id"),
        (8, "votes"),
        (9, "name"),
        (10, "joined_on"),
        (12, "name"),
    ]
    assert (found[1][2], found[2][2], found[5][2]) == ("Ei ole ry", "1572860-0", "2077474-1")
    assert await told(cast, "member.") == []


NEEDS = (
    "Otsikko;Kuvaus;Kunta;Kohderyhmä;Perustelu\n"
    "Yksinäisyys;Moni on yksin.;Oulu;KR1.1|KR1.1;Kysely 2025\n"
    "Kuljetus;Kylältä ei pääse.;091;;\n"
)


async def test_needs_are_raised_once_and_brought_up_to_date(cast: Cast) -> None:
    by = cast["coordinator"].id
    assert counts(await bring(cast, "needs", NEEDS, by=by)) == (2, 0, 0, 0)
    events = await told(cast, "need.")
    assert events == [("need.raised", "parties", [])] * 2
    [one] = await rows(cast, Need, title="Yksinäisyys")
    assert (one.state, one.raised_by, one.network_id) == (NeedState.raised, by, cast.network.id)
    assert (one.target_groups, one.evidence, one.municipality_code) == (["KR1.1"], "Kysely 2025", "564")
    assert counts(await bring(cast, "needs", NEEDS, by=by)) == (0, 0, 2, 0)
    assert await told(cast, "need.") == events
    shorter = "title,description,municipality\nYksinäisyys,Moni on yhä yksin.,Oulu\n"
    assert counts(await bring(cast, "needs", shorter)) == (0, 1, 0, 0)
    [one] = await rows(cast, Need, title="Yksinäisyys")
    assert (one.description, one.evidence, one.version) == ("Moni on yhä yksin.", "Kysely 2025", 2)
    assert (await told(cast, "need."))[-1] == ("need.changed", "parties", ["description"])


async def test_what_is_agreed_is_told_to_everybody(cast: Cast) -> None:
    await bring(cast, "needs", NEEDS)
    [one] = await rows(cast, Need, title="Kuljetus")
    assert one.raised_by is None
    one.state, one.agreed_at = NeedState.agreed, clock.now()
    await cast.world.session.flush()
    assert counts(await bring(cast, "needs", NEEDS.replace("ei pääse", "ei pääse illalla"))) == (0, 1, 1, 0)
    assert (await told(cast, "need."))[-1] == ("need.changed", "public", ["description"])
    shown = await cast["coordinator"].get(f"/needs/{one.id}")
    assert (shown.status_code, shown.json()["state"]) == (200, "agreed")


async def test_needs_that_are_refused(cast: Cast) -> None:
    result = await bring(
        cast,
        "needs",
        "title,description,municipality,area,target_groups,language\n"
        "A,a,Oulu,Eiole,,\nB,,Oulu,,,\nC,c,Atlantis,,,\nD,d,Oulu,,KR999,\nE,e,Oulu,,,suahili\nF,f,Oulu,,,\nF,g,564,,,\n",
    )
    assert faults(result) == [
        (2, "area", "Eiole"),
        (3, "description", ""),
        (4, "municipality", "Atlantis"),
        (5, "target_groups", "KR999"),
        (6, "language", "suahili"),
        (8, "title", "F"),
    ]
    half = await bring(cast, "needs", "title,description,municipality\nA,,Oulu\nB,b,Oulu\n", skip_bad=True)
    assert (half.applied, half.created, half.skipped) == (True, 1, 1)


@pytest.mark.parametrize("kind", ["members", "needs"])
async def test_nothing_comes_into_a_closed_network_or_one_that_is_not_there(cast: Cast, kind: str) -> None:
    text = MEMBERS if kind == "members" else NEEDS
    assert not (await bring(cast, kind, text, at=uuid4())).readable
    cast.network.state = NetworkState.closed
    await cast.world.session.flush()
    result = await bring(cast, kind, text)
    assert (result.readable, result.errors[0].message) == (False, "The network is closed.")
    assert result.errors[0].code == "network_closed"


APPLICATIONS = (
    "Hakemus;Tarkoitus;Kohderyhmä;Alkaa;Päättyy;Summa\n"
    "Ystävätoiminta;Kukaan ei jää yksin.;KR1.1;1.1.2027;31.12.2028;12 500,50 €\n"
    "Kyläkahvila;;;;;\n"
)


async def test_drafts_are_made_once_and_brought_up_to_date(cast: Cast) -> None:
    by = cast["editor"].id
    assert counts(await bring(cast, "applications", APPLICATIONS, by=by)) == (2, 0, 0, 0)
    events = await told(cast, "application.")
    assert events == [("application.created", "own", [])] * 2
    [one] = await rows(cast, Application, title="Ystävätoiminta")
    assert one.content == {
        "purpose": "Kukaan ei jää yksin.",
        "target_groups": ["KR1.1"],
        "duration": {"starts_on": "2027-01-01", "ends_on": "2028-12-31"},
    }
    assert (one.amount_cents, one.applicant_id, one.state) == (1_250_050, cast.association.id, ApplicationState.draft)
    assert counts(await bring(cast, "applications", APPLICATIONS, by=by)) == (0, 0, 2, 0)
    assert await told(cast, "application.") == events
    fewer = "title,purpose,goals\nYstävätoiminta,,Sata ystävää\n"
    assert counts(await bring(cast, "applications", fewer, by=by)) == (0, 1, 0, 0)
    assert (await told(cast, "application."))[-1][2] == ["content.goals", "content.purpose"]
    [one] = await rows(cast, Application, title="Ystävätoiminta")
    assert (sorted(one.content), one.amount_cents) == (["duration", "goals", "target_groups"], 1_250_050)
    shown = await cast["editor"].get(f"/applications/{one.id}")
    assert (shown.status_code, shown.json()["content"]["goals"]) == (200, "Sata ystävää"), shown.text


async def test_what_was_submitted_is_not_overwritten(cast: Cast) -> None:
    await bring(cast, "applications", APPLICATIONS)
    [one] = await rows(cast, Application, title="Kyläkahvila")
    one.state = ApplicationState.active
    await cast.world.session.flush()
    assert counts(await bring(cast, "applications", APPLICATIONS)) == (0, 0, 2, 0)
    assert faults(await bring(cast, "applications", "title,goals\nKyläkahvila,Lisää kahvia\n")) == [
        (2, "title", "Kyläkahvila")
    ]
    one.state = ApplicationState.closed
    await cast.world.session.flush()
    assert counts(await bring(cast, "applications", APPLICATIONS)) == (1, 0, 1, 0), "next year's has the same title"


async def test_applications_that_are_refused(cast: Cast) -> None:
    for _ in range(2):
        cast.world.session.add(Application(applicant_id=cast.association.id, title="Kaksi"))
    await cast.world.session.flush()
    result = await bring(
        cast,
        "applications",
        "title,starts_on,ends_on,amount,target_groups\n"
        ",,,,\nB,2026-01-01,,,\nC,2026-02-01,2026-01-01,,\nD,,,paljon,\nE,,,1.005,\nF,,,,KR999\nG,,,,\nG,,,,\nKaksi,,,,\n"
        "H,32.1.2026,1.2.2026,,\nI,,,-5,\n",
    )
    assert [(row, column) for row, column, _ in faults(result)] == [
        (3, "ends_on"),
        (4, "ends_on"),
        (5, "amount"),
        (6, "amount"),
        (7, "target_groups"),
        (9, "title"),
        (10, "title"),
        (11, "starts_on"),
        (12, "amount"),
    ]
    assert not (await bring(cast, "applications", APPLICATIONS, at=uuid4())).readable


CALLS = (
    "Avustushaku;Haku alkaa;Haku päättyy;Enintään;Kuka voi hakea\n"
    "Kyläavustus;7.1.2027 klo 9.00;31.1.2027;12 500 €;rekisteröity yhdistys, säätiö\n"
    "Pienavustus;1.2.2027;28.2.2027 klo 16.15;;\n"
)
PEOPLE = "Etunimi;Sukunimi;Sähköposti;Rooli\nAino;Aalto;aino@example.org;muokkaaja\n;Bo;bo@example.org;läsare\n"
FILES = {"members": MEMBERS, "needs": NEEDS, "applications": APPLICATIONS, "calls": CALLS, "people": PEOPLE}
MAY = {
    "members": {"coordinator"},
    "needs": {"coordinator"},
    "applications": {"editor", "owner", "service"},
    "calls": {"editor", "service"},
    "people": {"owner"},
}


@pytest.mark.parametrize("kind", FILES)
async def test_who_may_send_them_where(cast: Cast, kind: str) -> None:
    rule = RULES[ImportKind(kind)]
    scope = str(rule.scope)
    home = cast.network.id if scope == "network_id" else cast.association.id
    may = set()
    for name, caller in cast.callers.items():
        path = f"/imports?kind={kind}&{scope}={home}"
        answer = await caller.request("POST", path, content=FILES[kind].encode(), headers=CSV)
        if answer.status_code == 201:
            may.add(name)
        else:
            assert answer.status_code == (401 if name == "anonymous" else 403), (name, answer.text)
    assert may == MAY[kind]
    sender = cast[min(MAY[kind])]
    for wrong in ("", f"&{scope}={uuid4()}", f"&{scope}={cast.neighbour.id}"):
        answer = await sender.request("POST", f"/imports?kind={kind}{wrong}", content=b"x", headers=CSV)
        assert answer.status_code == (403 if wrong else 422), answer.text


@pytest.mark.parametrize("kind", FILES)
async def test_they_run_as_jobs(cast: Cast, kind: str) -> None:
    await with_two_more(cast)
    scope = str(RULES[ImportKind(kind)].scope)
    home = cast.network.id if scope == "network_id" else cast.association.id
    sender = cast[min(MAY[kind])]
    path = f"/imports?kind={kind}&{scope}={home}"
    job = await run(await sender.request("POST", path, content=FILES[kind].encode(), headers=CSV))
    assert (job.state, job.created) == (ImportState.succeeded, 2)
    assert {one["severity"] for one in job.errors} <= {"warning"}
    again = await run(await sender.request("POST", path, content=FILES[kind].encode(), headers=CSV))
    assert (again.state, again.created, again.changed) == (ImportState.succeeded, 0, 0)
