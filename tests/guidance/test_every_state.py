"""No state is without a step, no step offers what its reader may not do, and the way has one place that is now."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puumerkki.agreements.models import AgreementState
from puumerkki.applications.models.applications import ApplicationState
from puumerkki.applications.models.recipients import HandlingState, PartnerRequestState
from puumerkki.filings.models import FilingState
from puumerkki.guidance.schemas import NextStep, Stage, StageName, Standing, StepDoer
from puumerkki.guidance.workflow import agreements, applications, filings, handlings, partner_requests
from puumerkki.guidance.workflow.application_way import application_line
from puumerkki.guidance.workflow.stages import Part, line
from puumerkki.kernel.workdays import is_day_off
from tests.guidance.test_steps import LATER, TODAY, agreement, application, ask, case_, filing, handling

ANYBODY = {"certificate", "see_conditions", "read_reasons", "read_statement", "read_decision", "read_version"}
"""What is only reading."""


def test_every_state_has_a_step() -> None:
    assert set(applications.APPLICATION) == set(ApplicationState)
    assert set(applications.HANDLED) == set(handlings.HANDLING) == set(HandlingState)
    assert set(partner_requests.CASE) == set(PartnerRequestState)
    assert set(filings.FILING) == set(FilingState)
    assert set(agreements.AGREEMENT) == set(AgreementState)


def _steps() -> list[NextStep]:
    return [
        *(handlings.handling_step(handling(one, number="A-1")) for one in HandlingState),
        *(applications.application_step(application("active", handlings=(handling(one),))) for one in HandlingState),
        *(applications.application_step(application(one)) for one in ApplicationState),
        *(partner_requests.case_step(case_(one)) for one in PartnerRequestState),
        *(filings.filing_step(filing(one)) for one in FilingState),
        *(agreements.agreement_step(agreement(one)) for one in AgreementState),
    ]


def test_whoever_may_do_nothing_is_offered_nothing_but_reading() -> None:
    for step in _steps():
        assert step.does is None or step.does.value in ANYBODY, step
        assert step.doer is not StepDoer.you, step
        assert step.task is None


@pytest.mark.parametrize("state", HandlingState)
def test_a_task_of_the_readers_comes_before_what_the_state_says(state: HandlingState) -> None:
    step = handlings.handling_step(handling(state, asks=ask("tie_to_settle", "handling", LATER)))
    assert (step.task, step.due_on, step.doer) == ("tie_to_settle", LATER, StepDoer.you)


def _lines() -> list[list[Stage]]:
    return [
        *(handlings.handling_line(handling(one)) for one in HandlingState),
        *(application_line(application("active", handlings=(handling(one),))) for one in HandlingState),
        *(partner_requests.case_line(case_(one)) for one in PartnerRequestState),
        *(filings.filing_line(filing(one)) for one in FilingState),
        *(agreements.agreement_line(agreement(one)) for one in AgreementState),
    ]


def test_at_most_one_stage_is_now_and_nothing_after_it_is_done() -> None:
    for stages in _lines():
        standing = [one.standing for one in stages if one.standing is not Standing.skipped]
        current = [one for one in standing if one in (Standing.now, Standing.ready)]
        assert len(current) <= 1
        if current:
            place = standing.index(current[0])
            assert set(standing[:place]) <= {Standing.done}
            assert set(standing[place + 1 :]) <= {Standing.ahead, Standing.unchosen}


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=8), st.booleans())
def test_a_line_leads_from_done_over_now_to_ahead(parts: list[tuple[bool, bool]], over: bool) -> None:
    names = [*StageName]
    given = [Part(names[n], done=done, skipped=skipped) for n, (done, skipped) in enumerate(parts)]
    shown = [one.standing for one in line(given, today=TODAY, over=over)]
    order = [Standing.done, Standing.now, Standing.ahead]
    places = [order.index(one) for one in shown if one is not Standing.skipped]
    assert places == sorted(places)
    assert not (over and {Standing.now, Standing.ahead} & set(shown))


def test_the_last_useful_day_leaves_the_network_its_days() -> None:
    # the call closes on Thursday 31 December: less one day, less 14 + 14 days is Wednesday 2 December
    assert applications.last_useful_day(date(2026, 12, 31), 28) == date(2026, 12, 2)
    # a Sunday, Independence Day: back to Friday
    assert applications.last_useful_day(date(2027, 1, 4), 28) == date(2026, 12, 4)
    assert applications.last_useful_day(date(2026, 12, 31), 0) == date(2026, 12, 31)


@given(st.dates(date(2026, 1, 1), date(2035, 1, 1)), st.integers(1, 120))
def test_the_last_useful_day_is_a_working_day_early_enough(closes_on: date, days: int) -> None:
    found = applications.last_useful_day(closes_on, days)
    assert not is_day_off(found)
    assert (closes_on - found).days > days


def test_a_puumerkki_that_is_not_needed_any_more_is_not_said_to_be_there() -> None:
    given = {
        one.name: one.standing for one in partner_requests.case_line(case_(PartnerRequestState.referred, requires=True))
    }
    let_off = case_(PartnerRequestState.referred, requires=True, let_off=True)
    skipped = {one.name: one.standing for one in partner_requests.case_line(let_off)}
    assert (given[StageName.endorsement], skipped[StageName.endorsement]) == (Standing.done, Standing.skipped)
