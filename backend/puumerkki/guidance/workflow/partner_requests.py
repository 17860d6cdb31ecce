"""The next step in an authority's case: for its officers, its deciders, the applicants."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from puumerkki.applications.models.recipients import PartnerRequestState as S
from puumerkki.guidance.schemas import NextStep, Stage, StageName, StepDoer, StepDoes, StepPlace, StepSays
from puumerkki.guidance.workflow.asked import Ask, Names, asked, is_late, named
from puumerkki.guidance.workflow.stages import Part, line


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What the step depends on, as the reader may know it.

    `let_off`: each requirement was released or waived. `missing`: the networks whose puumerkki is required and not
    there; `missing_by`: by when the slowest of them is to answer; `met_on`: when the last that is there was given.
    `supplement_by`: the last day of what was asked for.
    `decide_by`: the day that the authority set itself; `preparer`: the name of who prepares the case.
    `revoking`: the networks that consider revoking what they gave, and hear the applicants until `revoking_until`.
    `committed`: the decision is a commitment, and there is no agreement yet; `drafts`: the reader could draft it.
    `looked_at`: a decider is to say whether the decision stays.
    """

    id: UUID
    application_id: UUID
    today: date
    authority: Names
    state: S
    case_number: str
    version: int = 1
    arrived_on: date | None = None
    begun_on: date | None = None
    decided_on: date | None = None
    applies: bool = False
    may: frozenset[str] = frozenset()
    asks: tuple[Ask, ...] = ()
    requires: bool = False
    let_off: bool = False
    missing: tuple[Names, ...] = ()
    missing_by: date | None = None
    met_on: date | None = None
    supplement_by: date | None = None
    decide_by: date | None = None
    preparer: str | None = None
    revoking: tuple[Names, ...] = ()
    revoking_until: date | None = None
    committed: bool = False
    drafts: bool = False
    looked_at: bool = False


def _step(facts: CaseFacts, says: StepSays, does: StepDoes | None = None, **more: Any) -> NextStep:
    """A step in the case: the reader's where they can do something, else the authority's."""
    due_on = more.pop("due_on", None)
    given: dict[str, Any] = {
        "doer": StepDoer.authority if does is None else StepDoer.you,
        "doer_names": named((facts.authority,)) if does is None else [],
        "place": StepPlace(kind="partner_request", id=facts.id),
        "number": facts.case_number,
        "due_on": due_on,
        "late": is_late(due_on, facts.today),
    }
    return NextStep(says=says, does=does, **given | more)


def _arrived(facts: CaseFacts) -> NextStep:
    if facts.missing:
        waits: dict[str, Any] = {
            "doer": StepDoer.network,
            "doer_names": named(facts.missing),
            "names": named(facts.missing),
        }
        return _step(facts, StepSays.case_referred, due_on=facts.missing_by, **waits)
    if facts.requires:
        return _step(facts, StepSays.case_gate_open, StepDoes.begin if "begin" in facts.may else None)
    return _step(facts, StepSays.case_arrived, StepDoes.begin if "begin" in facts.may else None)


def _in_preparation(facts: CaseFacts) -> NextStep:
    does = StepDoes.propose if "propose" in facts.may else None
    return _step(facts, StepSays.case_in_preparation, does, due_on=facts.decide_by)


def _supplement_asked(facts: CaseFacts) -> NextStep:
    doer: dict[str, Any] = {"doer": StepDoer.applicant, "doer_names": []}
    return _step(facts, StepSays.supplement_asked, due_on=facts.supplement_by, **doer)


def _decided(facts: CaseFacts) -> NextStep:
    on: dict[str, Any] = {"day": facts.decided_on}
    if facts.looked_at:
        return _step(facts, StepSays.case_looked_at, count=facts.version)
    if facts.committed and facts.drafts:
        where = StepPlace(kind="application", id=facts.application_id)
        return _step(facts, StepSays.case_committed, StepDoes.draft_agreement, place=where, **on)
    return _step(facts, StepSays.case_decided, StepDoes.read_decision, doer=StepDoer.nobody, **on)


def _withdrawn(facts: CaseFacts) -> NextStep:
    return _step(facts, StepSays.ended, doer=StepDoer.nobody, doer_names=[])


CASE: Mapping[S, Callable[[CaseFacts], NextStep]] = {
    S.arrived: _arrived,
    S.referred: _arrived,
    S.in_preparation: _in_preparation,
    S.supplement_asked: _supplement_asked,
    S.decided: _decided,
    S.withdrawn: _withdrawn,
}


def case_step(facts: CaseFacts) -> NextStep:
    """What comes next in a case: a task of the reader's first, else what the state says.

    Whatever it is, it says who prepares the case, and that a puumerkki which the case requires may be revoked.
    """
    around = {"person": facts.preparer, "revoking": named(facts.revoking), "revoking_until": facts.revoking_until}
    return _said(facts).model_copy(update=around)


def _said(facts: CaseFacts) -> NextStep:
    for ask in facts.asks[:1]:
        more: dict[str, Any] = {"number": facts.case_number}
        if ask.kind == "partner_request_to_look_at":
            return asked(ask, today=facts.today, count=facts.version, **more)
        return asked(ask, today=facts.today, **more)
    return CASE[facts.state](facts)


def case_line(facts: CaseFacts) -> list[Stage]:
    """Arrived, the puumerkki where one is required, in preparation, decided."""
    begun = facts.state in (S.in_preparation, S.supplement_asked, S.decided)
    return line(
        (
            Part(StageName.arrived, done=True, on=facts.arrived_on),
            Part(
                StageName.endorsement,
                done=begun or (facts.requires and not facts.missing),
                on=facts.met_on,
                by=facts.missing_by,
                skipped=not facts.requires or facts.let_off,
            ),
            Part(
                StageName.in_preparation,
                done=facts.state is S.decided,
                on=facts.begun_on,
                by=facts.supplement_by if facts.state is S.supplement_asked else None,
                since=facts.begun_on if facts.state is S.in_preparation else None,
                ready=not begun,
            ),
            Part(StageName.decided, done=facts.state is S.decided, on=facts.decided_on, by=facts.decide_by),
        ),
        today=facts.today,
        over=facts.state is S.withdrawn,
    )
