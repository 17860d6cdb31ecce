"""Raw SQL on what was said of a requirement: waivers, releases and former decisions."""

from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from puumerkki.partnerships.models.gate import GateRequirement
from puumerkki.partnerships.models.partner_requests import FormerDecision
from tests.factories import World
from tests.partnerships.gate import ended
from tests.partnerships.test_gate_sql import (
    BEGIN,
    DECIDE,
    OWN_ROW,
    RELEASE,
    ROW,
    THIS,
    WAIVER,
    Gate,
    at_the_gate,
    decided,
)


async def test_a_waiver_opens_the_gate_for_its_row(world: World) -> None:
    found = await at_the_gate(world)
    waived = WAIVER.format(row=OWN_ROW)
    for statement in (waived, "update gate_requirement set waiver_id = :waiver" + ROW, BEGIN + THIS, DECIDE + THIS):
        await found.attempt(statement)
    for attempt in (
        "update gate_requirement set waiver_id = null" + ROW,
        "update waiver set section = 'y' where id = :waiver",
        "update waiver set undone_at = now(), undone_by = :decider, undone_reason = 'x' where id = :waiver",
        "delete from waiver where id = :waiver",
        "truncate waiver cascade",
    ):
        await found.refuses(attempt)


async def test_an_undone_waiver_lets_nothing_through(world: World) -> None:
    found = await at_the_gate(world)
    on_it = "update gate_requirement set waiver_id = :waiver" + ROW
    undone = "update waiver set undone_at = now(), undone_by = {who}, undone_reason = 'x' where id = :waiver"
    await found.attempt(WAIVER.format(row=OWN_ROW) + "; " + on_it)
    await found.refuses(undone.format(who=":officer"))
    for attempt in (undone.format(who=":decider"), "update gate_requirement set waiver_id = null" + ROW):
        await found.attempt(attempt)
    for attempt in (on_it, "update waiver set undone_at = null, undone_by = null, undone_reason = null", BEGIN + THIS):
        await found.refuses(attempt)


async def test_a_waiver_stays_behind_when_the_case_moves_to_a_later_version(world: World) -> None:
    found = await at_the_gate(world)
    later = "update partner_request set version_number = 2" + THIS
    waived = WAIVER.format(row=OWN_ROW) + "; update gate_requirement set waiver_id = :waiver" + ROW
    await found.attempt(waived)
    await found.attempt(later)
    await found.refuses(BEGIN + THIS)
    begun = await at_the_gate(world)
    await begun.attempt(waived + "; " + BEGIN + THIS)
    await begun.refuses(later)


async def test_nothing_leaves_a_decision_without_keeping_it(world: World) -> None:
    """The database writes the former decision, whoever takes the case up again and however."""
    found = await decided(world)
    await found.attempt("update partner_request set state = 'arrived', outcome = null, grounds = null" + THIS)
    kept = await world.session.exec(
        select(FormerDecision).where(col(FormerDecision.partner_request_id) == found.ids["request"])
    )
    [former] = kept.all()
    assert (former.outcome, former.version_number) == ("statement", 1)
    assert [one["endorsement_id"] for one in former.grounds or []] == [str(found.ids["endorsement"])]
    for attempt in ("delete from former_decision", "update former_decision set outcome = 'none'"):
        await found.refuses(attempt)


async def test_only_who_acts_for_the_authority_releases_and_after_an_undo_only_a_decider(world: World) -> None:
    found = await at_the_gate(world)
    await found.attempt("update partner_request set version_number = 2" + THIS)
    await found.attempt("update gate_requirement set cause = 'wider', cause_version = 2" + ROW)
    release = RELEASE.format(ground="wider")
    await found.refuses(release.replace(":officer", ":applicant"))
    await found.attempt("update gate_requirement set undone_version = 2" + ROW)
    await found.refuses("update gate_requirement set undone_version = 1" + ROW)
    await found.refuses(release)
    await found.attempt(release.replace(":officer", ":decider"))


async def _policy_of(found: Gate) -> UUID:
    policy = select(GateRequirement.policy_id).where(GateRequirement.partner_request_id == found.ids["request"])
    policy_id = (await found.session.exec(policy)).one()
    assert policy_id is not None
    return policy_id


@pytest.mark.parametrize(
    "change",
    [
        "ends_on = starts_on",
        "ends_on = current_date - 1",
        "ends_on = current_date + 12",
        "call_ids = array[cast(:stranger as uuid)]",
        "target_groups = array['KR9']",
        "area_ids = array[cast(:stranger as uuid)]",
        "network_ids = array[cast(:stranger as uuid)]",
        "starts_on = current_date + 30",
        "lets_open_conditions = true",
        "published_at = now()",
    ],
)
async def test_a_requirement_that_has_begun_is_not_changed_to_make_a_ground(world: World, change: str) -> None:
    found = await at_the_gate(world)
    with pytest.raises(DBAPIError, match="requirement"):
        await found.attempt("update gate_policy set " + change)


async def test_a_requirement_ends_once_and_stays(world: World) -> None:
    found = await at_the_gate(world)
    await found.attempt("update gate_policy set ends_on = current_date + 20")
    await ended(world.session, await _policy_of(found))
    for attempt in (
        "update gate_policy set ends_on = null",
        "update gate_policy set ends_on = current_date + 90",
        "delete from gate_policy",
        "truncate gate_policy cascade",
    ):
        with pytest.raises(DBAPIError):
            await found.attempt(attempt)


async def test_a_release_is_judged_by_the_databases_own_day(world: World) -> None:
    found = await at_the_gate(world)
    await found.attempt("update gate_policy set ends_on = current_date + 20")
    release = RELEASE.format(ground="policy_ended")
    await found.refuses(release.replace("released_at = now()", "released_at = '2090-01-01'"))
    await ended(world.session, await _policy_of(found))
    await found.attempt(release)


async def test_nobody_writes_a_former_decision_but_the_gate(world: World) -> None:
    found = await decided(world)
    with pytest.raises(DBAPIError, match="permission denied"):
        await found.attempt(
            "insert into former_decision (id, created_at, partner_request_id, version_number, outcome, contributions,"
            " decided_by_body, decided_on, decision_section, appeal, decided_by) values (gen_random_uuid(), now(),"
            " :request, 1, 'commitment', '[]', 'x', '2026-01-01', 'x', 'x', :decider)"
        )
