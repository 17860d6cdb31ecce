"""The next step in an application: a draft's own, then that of the network, the authority or the funder at hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from puumerkki.applications.models.applications import ApplicationState as S
from puumerkki.applications.models.recipients import HandlingState, PartnerRequestState
from puumerkki.filings.models import FilingState
from puumerkki.guidance.schemas import NextStep, StepDoer, StepDoes, StepPlace, StepSays
from puumerkki.guidance.workflow.asked import Ask, Names, asked, is_late, named
from puumerkki.guidance.workflow.filings import FilingFacts, filing_step
from puumerkki.guidance.workflow.handlings import ENDED, HandlingFacts, handling_step
from puumerkki.guidance.workflow.partner_requests import CaseFacts, case_step
from puumerkki.kernel.workdays import is_day_off
from puumerkki.networks.decision_rule import DecisionRule


@dataclass(frozen=True, kw_only=True)
class ApplicationFacts:
    """What the step depends on. `writes`: the reader edits it; `applies`: they read it for an applicant.

    `missing`: the parts that it lacks, by their fields; `blocked`: the code of what else stops submitting;
    `barring`: the networks that it is about; `silent`: co-applicants that have not answered. `submit_by`: the last
    useful day (`last_useful_day`); `closes_on`: the call's last day; `needs_authority`: the call demands that one is a
    partner. The rest as far as the reader may know of it.
    """

    id: UUID
    today: date
    state: S
    writes: bool = False
    applies: bool = False
    may: frozenset[str] = frozenset()
    asks: tuple[Ask, ...] = ()
    applicants: tuple[Names, ...] = ()
    missing: tuple[str, ...] = ()
    blocked: str | None = None
    barring: tuple[Names, ...] = ()
    barring_id: UUID | None = None
    silent: tuple[Names, ...] = ()
    submit_by: date | None = None
    closes_on: date | None = None
    needs_authority: bool = False
    begun_on: date | None = None
    submitted_on: date | None = None
    ended_on: date | None = None
    networks: int = 0
    authorities: int = 0
    handlings: tuple[HandlingFacts, ...] = ()
    cases: tuple[CaseFacts, ...] = ()
    filings: tuple[FilingFacts, ...] = ()


def answer_days(rule: DecisionRule) -> int:
    """How many days a network takes for an answer at the most: to handle, and to vote."""
    return rule.handling_days + rule.ballot_days


def last_useful_day(closes_on: date, slowest_days: int) -> date:
    """The day by which an application is submitted so that the slowest network answers before the call closes.

    The call's last day, less one, less the days of handling and ballot (calendar days, as rulebooks count), moved back
    to a working day. `slowest_days`: of the network that takes longest; 0 where none is asked: the call's last day.
    """
    if slowest_days == 0:
        return closes_on
    day = closes_on - timedelta(days=1 + slowest_days)
    while is_day_off(day):
        day -= timedelta(days=1)
    return day


def _step(facts: ApplicationFacts, says: StepSays, does: StepDoes | None = None, **more: Any) -> NextStep:
    due_on = more.pop("due_on", None)
    given: dict[str, Any] = {
        "doer": StepDoer.applicant if does is None else StepDoer.you,
        "doer_names": named(facts.applicants[:1]) if does is None else [],
        "place": StepPlace(kind="application", id=facts.id),
        "due_on": due_on,
        "late": is_late(due_on, facts.today),
    }
    return NextStep(says=says, does=does, **given | more)


_BARRED = {
    "not_a_member": (StepSays.draft_membership, StepDoes.request_membership),
    "rules_not_accepted": (StepSays.draft_rulebook, StepDoes.accept_rulebook),
}


def _draft(facts: ApplicationFacts) -> NextStep:
    days: dict[str, Any] = {"due_on": facts.closes_on, "day": facts.submit_by}
    if not facts.writes:
        return _step(facts, StepSays.draft_others, **days)
    if facts.missing:
        lacks: dict[str, Any] = {"count": len(facts.missing), "parts": facts.missing}
        return _step(facts, StepSays.draft, StepDoes.continue_writing, **days | lacks)
    if facts.silent:
        whose: dict[str, Any] = {
            "doer": StepDoer.co_applicant,
            "doer_names": named(facts.silent),
            "names": named(facts.silent),
        }
        return _step(facts, StepSays.draft_co_applicant, StepDoes.continue_writing, **days | whose)
    if facts.blocked in _BARRED:
        says, does = _BARRED[facts.blocked]
        where = StepPlace(kind="network", id=facts.barring_id) if facts.barring_id else None
        return _step(facts, says, does, names=named(facts.barring), place=where, **days)
    if "submit" in facts.may:
        return _step(facts, StepSays.draft_ready, StepDoes.submit, **days)
    if facts.blocked is None:
        return _step(facts, StepSays.draft_others, **days)
    return _step(facts, StepSays.draft_blocked, StepDoes.continue_writing, blocked_by=facts.blocked, **days)


def _active(facts: ApplicationFacts) -> NextStep:
    """What is at hand, the slowest network first: then the filing, the authority, what came of it."""
    waiting = [one for one in facts.handlings if HANDLED[one.state] < ANSWERED]
    if waiting:
        return handling_step(min(waiting, key=lambda one: (HANDLED[one.state], one.handle_by)))
    open_cases = [one for one in facts.cases if one.state not in (PartnerRequestState.decided, _WITHDRAWN)]
    declined = [one for one in facts.handlings if one.state is HandlingState.declined]
    if declined and not facts.filings:
        return handling_step(declined[0])
    if open_cases:
        return _case(facts, open_cases[0])
    if facts.filings:
        return _filing(facts)
    if any(one.looked_at for one in facts.cases):
        return case_step(next(one for one in facts.cases if one.looked_at))
    if facts.cases and facts.writes:
        return _step(facts, StepSays.decided_to_file, StepDoes.plan_filing, due_on=facts.closes_on)
    if facts.cases:
        return case_step(facts.cases[0])
    answered = [one for one in facts.handlings if one.state not in ENDED]
    if answered or facts.handlings:
        return handling_step((answered or facts.handlings)[0])
    return _step(facts, StepSays.submitted, StepDoes.read_version, doer=StepDoer.nobody, day=facts.submitted_on)


_WITHDRAWN = PartnerRequestState.withdrawn
ANSWERED = 4
HANDLED: Mapping[HandlingState, int] = {
    HandlingState.returned: 0,
    HandlingState.received: 1,
    HandlingState.in_review: 2,
    HandlingState.in_ballot: 3,
    HandlingState.endorsed: ANSWERED,
    HandlingState.declined: ANSWERED,
    HandlingState.stated: ANSWERED,
    HandlingState.lapsed: ANSWERED,
    HandlingState.withdrawn: ANSWERED,
}
"""How far a handling is, the slowest first."""


def _case(facts: ApplicationFacts, case: CaseFacts) -> NextStep:
    """An authority's case; where a puumerkki has just been given, that, and that the authority begins."""
    given = [one for one in facts.handlings if one.state is HandlingState.endorsed]
    if case.state in (PartnerRequestState.arrived, PartnerRequestState.referred) and given and not case.may:
        step = handling_step(given[0])
        if step.says in (StepSays.endorsed, StepSays.endorsed_conditions):
            return step.model_copy(
                update={"doer": StepDoer.authority, "doer_names": named((case.authority,)), "due_on": facts.closes_on}
            )
    return case_step(case)


def _filing(facts: ApplicationFacts) -> NextStep:
    """The filing that is least far; those that were given up or refused come last."""
    order = [*FilingState]
    last = (FilingState.withdrawn, FilingState.refused, FilingState.closed)
    return filing_step(min(facts.filings, key=lambda one: (one.state in last, order.index(one.state))))


def _over(facts: ApplicationFacts) -> NextStep:
    does = StepDoes.continue_as_new if "continue" in facts.may else None
    doer = StepDoer.you if does else StepDoer.nobody
    return _step(facts, StepSays.ended, does, day=facts.ended_on, doer=doer, doer_names=[])


APPLICATION: Mapping[S, Callable[[ApplicationFacts], NextStep]] = {
    S.draft: _draft,
    S.active: _active,
    S.withdrawn: _over,
    S.closed: _over,
}


def application_step(facts: ApplicationFacts) -> NextStep:
    """What comes next in an application: a task of the reader's first, in it or in what has come of it."""
    for ask in facts.asks[:1]:
        return _asked(facts, ask)
    return APPLICATION[facts.state](facts)


def _asked(facts: ApplicationFacts, ask: Ask) -> NextStep:
    if ask.kind == "application_to_submit":
        ready = _draft(facts)
        own: dict[str, Any] = {"task": ask.kind, "due_on": ask.due_on, "late": is_late(ask.due_on, facts.today)}
        return ready.model_copy(update=own | {"doer": StepDoer.you if ready.does else ready.doer})
    if ask.kind == "handling_to_mend":
        [*of] = [one for one in facts.handlings if one.id == ask.subject_id]
        return asked(ask, today=facts.today, count=sum(one.points - one.answered for one in of))
    if ask.subject_kind == "filing":
        return filing_step(replace(next(one for one in facts.filings if one.id == ask.subject_id), asks=(ask,)))
    if ask.subject_kind == "partner_request":
        numbers = [one.case_number for one in facts.cases if one.id == ask.subject_id]
        return asked(ask, today=facts.today, number=numbers[0] if numbers else None)
    return asked(ask, today=facts.today)
