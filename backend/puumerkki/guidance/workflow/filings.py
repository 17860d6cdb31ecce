"""The next step in a filing with a funder: for who writes the application, and for who reads it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from puumerkki.filings.models import FilingState as S
from puumerkki.guidance.schemas import NextStep, Stage, StageName, StepDoer, StepDoes, StepPlace, StepSays
from puumerkki.guidance.workflow.asked import Ask, Names, is_late, named
from puumerkki.guidance.workflow.stages import Part, line


@dataclass(frozen=True, kw_only=True)
class FilingFacts:
    """What the step depends on. `closes_on`: the call's last day; `valid_until`: the puumerkki's, where there is one.

    `expected_on`: when the funder is to have decided; `report_on`: the last day for the report to the funder.
    `plans`: the reader could plan another filing.
    """

    id: UUID
    application_id: UUID
    today: date
    funder: Names
    state: S
    may: frozenset[str] = frozenset()
    asks: tuple[Ask, ...] = ()
    plans: bool = False
    planned_on: date | None = None
    closes_on: date | None = None
    filed_on: date | None = None
    expected_on: date | None = None
    decided_on: date | None = None
    report_on: date | None = None
    reported_on: date | None = None
    valid_until: date | None = None


def _step(facts: FilingFacts, says: StepSays, does: StepDoes | None, **more: Any) -> NextStep:
    due_on = more.pop("due_on", None)
    given: dict[str, Any] = {
        "doer": StepDoer.applicant if does is None else StepDoer.you,
        "place": StepPlace(kind="filing", id=facts.id),
        "names": named((facts.funder,)),
        "due_on": due_on,
        "late": is_late(due_on, facts.today),
    }
    return NextStep(says=says, does=does, **given | more)


def _if(facts: FilingFacts, action: str, does: StepDoes) -> StepDoes | None:
    return does if action in facts.may else None


def _planned(facts: FilingFacts) -> NextStep:
    past = is_late(facts.closes_on, facts.today)
    says = StepSays.filing_past if past else StepSays.filing_planned
    return _step(facts, says, _if(facts, "file", StepDoes.file), due_on=facts.closes_on)


def _filed(facts: FilingFacts) -> NextStep:
    does = _if(facts, "grant", StepDoes.record_result)
    return _step(facts, StepSays.filing_filed, does, day=facts.filed_on, due_on=facts.expected_on)


def _granted(facts: FilingFacts) -> NextStep:
    if facts.report_on is None and "report" in facts.may:
        return _step(facts, StepSays.filing_report_day, StepDoes.add_report_day, day=facts.decided_on)
    does = _if(facts, "report", StepDoes.report_to_funder)
    return _step(facts, StepSays.filing_granted, does, day=facts.decided_on, due_on=facts.report_on)


def _refused(facts: FilingFacts) -> NextStep:
    does = StepDoes.plan_filing if facts.plans else None
    where = StepPlace(kind="application", id=facts.application_id)
    return _step(facts, StepSays.filing_refused, does, day=facts.valid_until, place=where)


def _reported(facts: FilingFacts) -> NextStep:
    return _step(facts, StepSays.filing_reported, _if(facts, "close", StepDoes.close), day=facts.reported_on)


def _closed(facts: FilingFacts) -> NextStep:
    return _step(facts, StepSays.filing_closed, None, doer=StepDoer.nobody, day=facts.reported_on)


def _withdrawn(facts: FilingFacts) -> NextStep:
    return _step(facts, StepSays.ended, None, doer=StepDoer.nobody)


FILING: Mapping[S, Callable[[FilingFacts], NextStep]] = {
    S.planned: _planned,
    S.filed: _filed,
    S.granted: _granted,
    S.plan_changed: _granted,
    S.refused: _refused,
    S.withdrawn: _withdrawn,
    S.reported: _reported,
    S.closed: _closed,
}


def filing_step(facts: FilingFacts) -> NextStep:
    """What comes next in a filing: a task of the reader's first, else what the state says."""
    step = FILING[facts.state](facts)
    for ask in facts.asks[:1]:
        own = {"task": ask.kind, "due_on": ask.due_on, "late": is_late(ask.due_on, facts.today)}
        return step.model_copy(update=own | {"doer": StepDoer.you})
    return step


def filing_line(facts: FilingFacts) -> list[Stage]:
    """Planned, filed, the funder's decision, the report."""
    granted = facts.state in (S.granted, S.plan_changed, S.reported, S.closed)
    decided = granted or facts.state is S.refused
    return line(
        (
            Part(StageName.planned, done=True, on=facts.planned_on),
            Part(StageName.filed, done=facts.filed_on is not None, on=facts.filed_on, by=facts.closes_on),
            Part(StageName.funder_decision, done=decided, on=facts.decided_on, by=facts.expected_on),
            Part(
                StageName.report,
                done=facts.state in (S.reported, S.closed),
                on=facts.reported_on,
                by=facts.report_on,
                skipped=facts.state is S.refused,
            ),
        ),
        today=facts.today,
        over=facts.state is S.withdrawn,
    )
