"""What waits for the reader comes first: a task of theirs in words of its own, with its own day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from puumerkki.guidance.schemas import NextStep, StepDoer, StepDoes, StepPlace, StepSays

Names = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A task of the reader. `names`: of the organisation or network for which it waits."""

    kind: str
    subject_kind: str
    subject_id: UUID
    names: tuple[Names, ...] = ()
    due_on: date | None = None


_WORDS: Mapping[str, tuple[StepSays, StepDoes]] = {
    "application_to_submit": (StepSays.draft, StepDoes.continue_writing),
    "co_applicant_to_answer": (StepSays.co_applicant_asked, StepDoes.answer_request),
    "handling_to_mend": (StepSays.returned_to_you, StepDoes.complete),
    "handling_to_review": (StepSays.handling_new, StepDoes.begin_review),
    "conditions_to_check": (StepSays.newer_version, StepDoes.compare),
    "ballot_to_open": (StepSays.ballot_asked, StepDoes.open_ballot),
    "decision_to_confirm": (StepSays.decision_recorded, StepDoes.confirm_decision),
    "vote_to_cast": (StepSays.vote_missing, StepDoes.vote),
    "partner_request_to_begin": (StepSays.case_gate_open, StepDoes.begin),
    "partner_request_to_prepare": (StepSays.case_in_preparation, StepDoes.propose),
    "partner_request_to_decide": (StepSays.case_to_decide, StepDoes.decide),
    "proposal_to_confirm": (StepSays.case_proposed, StepDoes.decide),
    "proposal_handed_back": (StepSays.case_handed_back, StepDoes.propose),
    "partner_request_to_look_at": (StepSays.case_looked_at, StepDoes.look_at),
    "supplement_to_answer": (StepSays.supplement_to_answer, StepDoes.answer_supplement),
    "agreement_to_sign": (StepSays.agreement_to_sign, StepDoes.sign),
    "agreement_record_to_confirm": (StepSays.agreement_recorded, StepDoes.confirm_record),
    "agreement_renewal_to_decide": (StepSays.agreement_expiring, StepDoes.decide_renewal),
}
"""The tasks that the words of a step say better than their own: all others are called by their task."""


def asked(ask: Ask, *, today: date, **more: Any) -> NextStep:
    """The step that a task is. `more`: what its sentence counts or names beside the task's own."""
    says, does = _WORDS.get(ask.kind, (StepSays.asked, StepDoes.task))
    return NextStep(
        says=says,
        does=does,
        doer=StepDoer.you,
        task=ask.kind,
        place=StepPlace(kind=ask.subject_kind, id=ask.subject_id),
        due_on=ask.due_on,
        late=is_late(ask.due_on, today),
        **{"names": named(ask.names)} | more,
    )


def as_names(given: Any) -> Names:
    """Names of an answer, which are a mapping once they were read; the type of the field says what is sent."""
    found: Names = given
    return found


def named(names: Sequence[Names]) -> list[Any]:
    """Names as a step carries them."""
    return [dict(one) for one in names]


def is_late(due_on: date | None, today: date) -> bool:
    """Whether a last day has passed."""
    return due_on is not None and due_on < today
