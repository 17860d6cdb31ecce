"""Calls from a file: drafts by funder and name, their moments as people write them, and what was published stays."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from puumerkki.calls.models import CallState, FundingCall
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import OrganisationState
from tests.factories import World
from tests.imports.helpers import bring, counts, faults, rows, told
from tests.imports.test_import_kinds import CALLS
from tests.personas import Cast, make_cast


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


async def test_calls_are_drafted_once_and_brought_up_to_date(cast: Cast) -> None:
    by = cast["editor"].id
    assert counts(await bring(cast, "calls", CALLS, by=by)) == (2, 0, 0, 0)
    assert await told(cast, "call.") == [("call.created", "parties", [])] * 2
    one, other = await rows(cast, FundingCall, funder_id=cast.association.id)
    assert (one.state, one.names, one.published_at) == (CallState.draft, {"fi": "Kyläavustus"}, None)
    assert (one.opens_at, one.closes_at) == (datetime(2027, 1, 7, 7, tzinfo=UTC), datetime(2027, 1, 31, 22, tzinfo=UTC))
    assert (one.max_cents, one.legal_forms) == (1_250_000, ["registered_association", "foundation"])
    assert (other.opens_at.hour, other.closes_at) == (22, datetime(2027, 2, 28, 14, 15, tzinfo=UTC))
    assert (other.legal_forms, other.partner_required, other.programme) == ([], False, None)
    assert counts(await bring(cast, "calls", CALLS, by=by)) == (0, 0, 2, 0)
    swedish = "nimi;namn;börjar;slutar;hemsida\nKYLÄAVUSTUS.;Byaunderstöd;7.1.2027 kl. 9.00;31.1.2027;\n"
    assert counts(await bring(cast, "calls", swedish, by=by)) == (0, 1, 0, 0)
    one, _ = await rows(cast, FundingCall, funder_id=cast.association.id)
    assert (one.names, one.max_cents) == ({"fi": "Kyläavustus", "sv": "Byaunderstöd"}, 1_250_000)
    assert (await told(cast, "call."))[-1] == ("call.changed", "parties", ["names"])
    shown = await cast["editor"].get(f"/calls/{one.id}")
    assert (shown.status_code, shown.json()["state"]) == (200, "draft"), shown.text
    assert (await cast["outsider"].get(f"/calls/{one.id}")).status_code == 404


async def _published(cast: Cast, **more: Any) -> FundingCall:
    await bring(cast, "calls", CALLS)
    [one, _] = await rows(cast, FundingCall, funder_id=cast.association.id)
    for name, value in ({"state": CallState.published, "published_at": clock.now()} | more).items():
        setattr(one, name, value)
    await cast.world.session.flush()
    return one


async def test_what_was_published_stays_and_is_opened_by_nobody(cast: Cast) -> None:
    await _published(cast)
    assert counts(await bring(cast, "calls", CALLS)) == (0, 0, 2, 0)
    later = await bring(cast, "calls", CALLS.replace("31.1.2027", "15.2.2027"))
    assert faults(later) == [(2, "Avustushaku", "Kyläavustus")]
    assert [one.code for one in later.errors] == ["call_not_draft"]


@pytest.mark.parametrize("state", [CallState.published, CallState.cancelled])
async def test_next_years_call_has_the_same_name(cast: Cast, state: CallState) -> None:
    over = {"closes_at": datetime(2026, 1, 31, 22, tzinfo=UTC), "opens_at": datetime(2026, 1, 7, 7, tzinfo=UTC)}
    await _published(cast, state=state, **over)
    last = "nimi;alkaa;päättyy;enintään\nKyläavustus;7.1.2026 klo 9;31.1.2026;{}\n"
    assert counts(await bring(cast, "calls", last.format(12500))) == (0, 0, 1, 0)
    assert [one.code for one in (await bring(cast, "calls", last.format(900))).errors] == ["call_not_draft"]
    assert counts(await bring(cast, "calls", CALLS)) == (1, 0, 1, 0)


async def test_a_call_that_is_over_is_warned_about(cast: Cast) -> None:
    day = clock.today() - timedelta(days=1)
    result = await bring(cast, "calls", f"nimi;alkaa;päättyy\nVanha;1.1.2020;{day.day}.{day.month}.{day.year}\n")
    assert result.created == 1
    assert [(one.row, one.column, one.code) for one in result.warnings] == [(2, "päättyy", "call_over")]


async def test_calls_that_are_refused(cast: Cast) -> None:
    theirs = FundingCall(funder_id=cast.city.id, names={"fi": "X"}, opens_at=clock.now(), closes_at=clock.now())
    theirs.closes_at += timedelta(days=1)
    cast.world.session.add(theirs)
    for _ in range(2):
        twin = theirs.model_dump(exclude={"id", "funder_id", "names"})
        cast.world.session.add(FundingCall(**twin, funder_id=cast.association.id, names={"fi": "Kaksi"}))
    await cast.world.session.flush()
    result = await bring(
        cast,
        "calls",
        "id,name,opens,closes,minimum,maximum,legal_forms,partner_required,website\n"
        ",A,1.1.2027,31.12.2026,,,,,\n"
        ",B,1.1.2027,1.2.27,,,,,\n"
        ",C,joskus,1.2.2027,,,,,\n"
        ",D,1.1.2027,1.2.2027,500,100,,,\n"
        ",E,1.1.2027,1.2.2027,,,kaikki,,\n"
        ",F,1.1.2027,1.2.2027,,,,ehkä,\n"
        ",G,1.1.2027,1.2.2027,,1.000,,,\n"
        ",,1.1.2027,1.2.2027,,,,,\n"
        ",H,1.1.2027,1.2.2027,,,,,\n"
        ",h.,1.1.2027,1.3.2027,,,,,\n"
        f"{theirs.id},X,1.1.2027,1.2.2027,,,,,\n"
        ",Kaksi,1.1.2027,1.2.2027,,,,,\n"
        ",I,,1.2.2027,,,,,\n"
        ",J,28.3.2027 3.30,1.5.2027,,,,,\n",
    )
    assert [(one.row, one.code) for one in result.errors] == [
        (2, "closes_before_opening"),
        (3, "closing_expected"),
        (4, "opening_expected"),
        (5, "below_minimum"),
        (6, "legal_forms_expected"),
        (7, "yes_or_no_expected"),
        (8, "amount_ambiguous"),
        (9, "name_needed"),
        (11, "call_twice"),
        (12, "id_unknown"),
        (13, "call_of_several"),
        (14, "opening_expected"),
        (15, "opening_expected"),
    ]
    assert await told(cast, "call.") == []


async def test_nothing_comes_into_an_archived_funder(cast: Cast) -> None:
    cast.association.state = OrganisationState.archived
    await cast.world.session.flush()
    assert [one.code for one in (await bring(cast, "calls", CALLS)).errors] == ["organisation_archived"]
