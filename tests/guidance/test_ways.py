"""The ways: days that are true, cases as they are, and what a draft has not chosen yet."""

from datetime import date
from typing import Any

from puumerkki.guidance.schemas import Stage, StageName, Standing
from puumerkki.guidance.workflow.agreements import agreement_line
from puumerkki.guidance.workflow.application_way import application_line
from puumerkki.guidance.workflow.handlings import handling_line
from puumerkki.guidance.workflow.partner_requests import case_line
from puumerkki.guidance.workflow.stages import Part, line
from tests.guidance.test_steps import BEFORE, LATER, NETWORK, TODAY, active, agreement, application, case_, handling

ANSWER_BY = date(2026, 12, 14)


def way(stages: list[Stage]) -> dict[str, tuple[str, date | None]]:
    return {one.name.value: (one.standing.value, one.on) for one in stages}


def test_a_draft_without_a_network_has_not_chosen_one_yet() -> None:
    shown = way(application_line(application("draft", writes=True)))
    assert {shown[one][0] for one in ("network", "ballot", "endorsement")} == {"unchosen"}
    assert "authority" not in shown
    assert way(application_line(application("draft", needs_authority=True)))["authority"] == ("unchosen", None)
    # once it is submitted, what was not chosen does not come
    sent = way(application_line(active(submitted_on=BEFORE, needs_authority=True)))
    assert sent["network"] == ("skipped", None)
    assert "authority" not in sent


def test_what_was_returned_has_the_day_of_the_addition() -> None:
    returned = handling("returned", handle_by=BEFORE, answer_by=ANSWER_BY)
    assert way(handling_line(returned))["in_review"] == ("now", ANSWER_BY)
    assert way(application_line(active(submitted_on=BEFORE, handlings=(returned,))))["network"] == ("now", ANSWER_BY)
    assert way(handling_line(handling("in_review", handle_by=LATER, answer_by=ANSWER_BY)))["in_review"][1] == LATER


def test_an_authority_that_prepares_already_is_shown_so() -> None:
    def authority(**more: Any) -> tuple[str, date | None]:
        facts = active(submitted_on=BEFORE, authorities=1, handlings=(handling("in_review"),), **more)
        return way(application_line(facts))["authority"]

    assert authority(cases=(case_("referred", decide_by=LATER),)) == ("ahead", None)
    assert authority(cases=(case_("in_preparation", decide_by=LATER),)) == ("begun", LATER)
    assert authority(cases=(case_("decided", decided_on=BEFORE),)) == ("done", BEFORE)
    # what a newer version may overturn is not done
    assert authority(cases=(case_("decided", decided_on=BEFORE, looked_at=True),)) == ("ahead", None)


def test_a_case_that_nobody_has_begun_is_not_in_preparation() -> None:
    shown = way(case_line(case_("arrived", decide_by=LATER)))
    assert (shown["in_preparation"], shown["decided"]) == (("ready", None), ("ahead", LATER))
    assert way(case_line(case_("referred", requires=True, missing=(NETWORK,))))["in_preparation"] == ("ahead", None)
    [_, given, begun, _] = case_line(case_("in_preparation", requires=True, met_on=BEFORE, begun_on=TODAY))
    assert (given.on, begun.standing, begun.since) == (BEFORE, Standing.now, TODAY)


def test_an_agreement_begins_on_its_day_and_has_no_last_one_to_begin() -> None:
    [_, _, runs, ends] = agreement_line(agreement("in_force", starts_on=BEFORE, ends_on=LATER))
    assert (runs.standing, runs.on, runs.since, ends.on) == (Standing.now, None, BEFORE, LATER)


def test_a_day_that_has_passed_is_not_said_of_what_is_ahead() -> None:
    parts = (
        Part(StageName.draft, done=False, by=BEFORE),
        Part(StageName.submitted, done=False, by=BEFORE, since=BEFORE),
    )
    [now, ahead] = line(parts, today=TODAY)
    assert (now.on, ahead.on, ahead.since) == (BEFORE, None, None)


def test_what_a_meeting_decided_is_no_ballot() -> None:
    for more in ({"by_meeting": True}, {"decision_waits": True}, {"holds_on": LATER}):
        assert "meeting" in way(handling_line(handling("in_review", **more)))
    assert "ballot" in way(handling_line(handling("in_review")))


def test_a_review_that_ended_has_the_day_on_which_it_did() -> None:
    assert way(handling_line(handling("in_ballot", reviewed_on=BEFORE)))["in_review"] == ("done", BEFORE)
    assert way(handling_line(handling("stated", decided_on=BEFORE)))["in_review"] == ("done", BEFORE)
    sent = active(submitted_on=BEFORE, handlings=(handling("in_ballot", reviewed_on=BEFORE),))
    assert way(application_line(sent))["network"] == ("done", BEFORE)
