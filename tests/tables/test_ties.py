"""The decision table of ties, as docs/who-may-what.md has it: every cell is tried through the API."""

import pytest

from tests.factories import World
from tests.tables import aside, others, ties
from tests.tables.alleged import alleged
from tests.tables.near import near
from tests.tables.reading import NOTHING, table
from tests.tables.ties import Try

CELLS = table("tie")
COLUMNS = {
    "vote": "vote for a member",
    "lead": "lead the handling",
    "confirm": "record, confirm, be the second person",
    "present": "count as present at the item",
    "begin": "begin, supplement, bring, release",
    "decide": "decide, waive",
    "read": "read, comment",
}
_TIED = ties.tied("accepted_role") | {"vote": aside.both_tied("accepted_role")}
_LATER = {"vote": aside.told_vote, "lead": aside.lead_from_then, "begin": aside.begin_from_then}
_TWO, _SHARE = others.REPRESENTATIVES, others.RUNS
ROWS: dict[str, dict[str, Try]] = {
    "one's own organisation applies": _TIED | {"vote": ties.own_vote, "present": ties.own_present},
    "a role in an applicant, now or since the application was begun": _TIED,
    "declared: board, manager, employee, assignment": ties.tied("declared_post")
    | {"vote": aside.both_tied("declared_post")},
    "declared: close family of such a person": ties.tied("declared_family")
    | {"vote": aside.both_tied("declared_family")},
    "a tie that was taken back while the case was open": ties.tied("declared_and_taken_back"),
    "a tie that arises while the ballot is open": ties.tied("declared_post", in_ballot=True) | _LATER,
    "a role that was offered and not accepted": ties.tied("role_offered"),
    "said to be tied, and not settled yet": alleged(),
    "plain membership of the association that applies": ties.tied("member_of_the_same_network"),
    "the umbrella of an applicant": near("umbrella") | {"lead": aside.near_lead("umbrella")},
    "the host of a group that applies": ties.tied("role_in_the_host_of_the_group"),
    "an own application to the same call": near("same_call") | {"lead": aside.near_lead("same_call")},
    "works for the authority that is asked": {
        "vote": aside.asked_vote,
        "lead": aside.asked_lead,
        "confirm": aside.asked_confirm,
        "present": ties.asked_present,
        "begin": ties.asked_begin,
        "decide": ties.asked_decide,
        "read": ties.asked_read,
    },
    "works for an authority that applies, and did not write it": {
        "vote": ties.applying_city_vote,
        "lead": ties.applying_city("lead"),
        "confirm": ties.applying_city("confirm"),
        "present": ties.applying_city_present,
        "begin": ties.applying_city_case("begin"),
        "decide": ties.applying_city_case("decide"),
        "read": ties.applying_city_read,
    },
    "speaks for two members": {
        "vote": others.two_voices_vote,
        "lead": others.leads(_TWO),
        "confirm": others.confirms_own(_TWO),
        "present": others.is_present(_TWO),
        "read": others.reading(_TWO),
    },
    "members that share an owner or a signatory": {
        "vote": others.one_owner_votes,
        "lead": others.leads(_SHARE),
        "confirm": others.confirms_own(_SHARE),
        "present": others.is_present(_SHARE),
        "read": others.reading(_SHARE),
    },
    "a service account": {deed: others.someone("service", deed) for deed in COLUMNS if deed != "present"},
    "an operator": {deed: others.someone("operator", deed) for deed in COLUMNS if deed != "present"},
    "who broke the glass into the case, for good": {deed: aside.glass(deed) for deed in COLUMNS},
}
CASES = {(row, COLUMNS[deed]): tried for row, deeds in ROWS.items() for deed, tried in deeds.items()}


def test_every_cell_has_a_case() -> None:
    asked = {where for where, cell in CELLS.items() if cell != NOTHING}
    assert asked <= CASES.keys(), f"not tried: {sorted(asked - CASES.keys())}"
    assert {row for row, _ in CASES} == {row for row, _ in CELLS}


@pytest.mark.parametrize("where", [where for where in CASES if CELLS.get(where, NOTHING) != NOTHING], ids=" · ".join)
async def test_a_cell(world: World, where: tuple[str, str]) -> None:
    word = CELLS[where].partition(",")[0]
    answer = await CASES[where](world)
    assert (answer == "yes") is (word in ("yes", "shown")), f"{CELLS[where]}, and the answer is {answer}"
