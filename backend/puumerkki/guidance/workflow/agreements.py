"""The next step in an agreement: for who writes it, who signs it, and the parties that wait for another one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from puumerkki.agreements.models import AgreementState as S
from puumerkki.agreements.models import DutyKind
from puumerkki.guidance.schemas import NextStep, Stage, StageName, StepDoer, StepDoes, StepPlace, StepSays
from puumerkki.guidance.workflow.asked import Ask, Names, asked, is_late, named
from puumerkki.guidance.workflow.stages import Part, line

_DUTY_OF = {
    "agreement_to_confirm": DutyKind.confirmation,
    "agreement_report_due": DutyKind.report,
    "agreement_evaluation_due": DutyKind.evaluation,
    "agreement_contacts_to_check": DutyKind.contact_check,
}
"""The duty that a task of the reader's is; to decide on a renewal has words of its own."""


@dataclass(frozen=True, kw_only=True)
class DutyFacts:
    """An open duty of a party."""

    kind: DutyKind
    party: Names
    opens_on: date
    due_on: date


@dataclass(frozen=True, kw_only=True)
class AgreementFacts:
    """What the step depends on. `unsigned`: the parties whose signature on the open version is missing.

    `unanswered`: those that have not said whether what was recorded was agreed on. `missing`: how many of purpose,
    parties and period are not there yet. `drafter`: who drafted or recorded it. `duties`: open ones by day.
    """

    id: UUID
    today: date
    state: S
    may: frozenset[str] = frozenset()
    asks: tuple[Ask, ...] = ()
    drafter: Names
    missing: int = 0
    unsigned: tuple[Names, ...] = ()
    unanswered: tuple[Names, ...] = ()
    disputed_by: tuple[Names, ...] = ()
    sign_by: date | None = None
    drafted_on: date | None = None
    proposed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    ended_on: date | None = None
    duties: tuple[DutyFacts, ...] = ()


def _step(facts: AgreementFacts, says: StepSays, does: StepDoes | None = None, **more: Any) -> NextStep:
    due_on = more.pop("due_on", None)
    given: dict[str, Any] = {
        "doer": StepDoer.parties if does is None else StepDoer.you,
        "place": StepPlace(kind="agreement", id=facts.id),
        "due_on": due_on,
        "late": is_late(due_on, facts.today),
    }
    return NextStep(says=says, does=does, **given | more)


def _draft(facts: AgreementFacts) -> NextStep:
    whose: dict[str, Any] = {"doer_names": named((facts.drafter,))}
    if facts.missing:
        edits = StepDoes.edit_agreement if _writes(facts) else None
        return _step(facts, StepSays.agreement_draft, edits, count=facts.missing, **whose)
    proposes = StepDoes.propose_agreement if "propose" in facts.may else None
    return _step(facts, StepSays.agreement_ready, proposes, **whose)


def _writes(facts: AgreementFacts) -> bool:
    return bool({"propose", "cancel"} & facts.may)


def _proposed(facts: AgreementFacts) -> NextStep:
    whose: dict[str, Any] = {"names": named(facts.unsigned), "doer_names": named(facts.unsigned)}
    return _step(facts, StepSays.agreement_signatures, due_on=facts.sign_by, **whose)


def _recorded(facts: AgreementFacts) -> NextStep:
    whose: dict[str, Any] = {"names": named((facts.drafter,)), "doer_names": named(facts.unanswered)}
    return _step(facts, StepSays.agreement_recorded, **whose)


def _disputed(facts: AgreementFacts) -> NextStep:
    whose: dict[str, Any] = {"names": named(facts.disputed_by), "doer_names": named((facts.drafter,))}
    return _step(facts, StepSays.agreement_disputed, **whose)


def _signed(facts: AgreementFacts) -> NextStep:
    if facts.unsigned:
        return _proposed(facts)
    return _step(facts, StepSays.agreement_signed, doer=StepDoer.nobody, day=facts.starts_on)


def _runs(facts: AgreementFacts) -> NextStep:
    if facts.unsigned:
        return _proposed(facts)
    for duty in facts.duties:
        if is_late(duty.due_on, facts.today):
            return _duty(facts, duty, StepSays.agreement_duty_late, due_on=duty.due_on)
    for duty in facts.duties:
        says = StepSays.agreement_duty if duty.opens_on <= facts.today else StepSays.agreement_next_duty
        if says is StepSays.agreement_duty:
            return _duty(facts, duty, says, due_on=duty.due_on)
        return _duty(facts, duty, says, day=duty.opens_on, due_on=duty.due_on)
    if facts.state is S.expiring:
        return _step(facts, StepSays.agreement_expiring, doer=StepDoer.nobody, day=facts.ends_on)
    return _step(facts, StepSays.agreement_in_force, doer=StepDoer.nobody, day=facts.ends_on)


def _duty(facts: AgreementFacts, duty: DutyFacts, says: StepSays, **more: Any) -> NextStep:
    whose: dict[str, Any] = {"names": named((duty.party,)), "doer_names": named((duty.party,))}
    return _step(facts, says, duty=duty.kind, **whose | more)


def _ended(facts: AgreementFacts) -> NextStep:
    for duty in facts.duties:
        return _duty(facts, duty, StepSays.agreement_duty, due_on=duty.due_on)
    return _step(facts, StepSays.agreement_ended, doer=StepDoer.nobody, day=facts.ended_on or facts.ends_on)


def _renewed(facts: AgreementFacts) -> NextStep:
    return _step(facts, StepSays.agreement_renewed, doer=StepDoer.nobody, day=facts.ended_on or facts.ends_on)


def _cancelled(facts: AgreementFacts) -> NextStep:
    return _step(facts, StepSays.ended, doer=StepDoer.nobody)


AGREEMENT: Mapping[S, Callable[[AgreementFacts], NextStep]] = {
    S.draft: _draft,
    S.recorded: _recorded,
    S.disputed: _disputed,
    S.proposed: _proposed,
    S.signed: _signed,
    S.in_force: _runs,
    S.expiring: _runs,
    S.ended: _ended,
    S.renewed: _renewed,
    S.terminated: _ended,
    S.cancelled: _cancelled,
}


def agreement_step(facts: AgreementFacts) -> NextStep:
    """What comes next in an agreement: a task of the reader's first, else what the state says."""
    for ask in facts.asks[:1]:
        if ask.kind == "agreement_record_to_confirm":
            return asked(ask, today=facts.today, names=named((facts.drafter,)))
        if ask.kind == "agreement_renewal_to_decide":
            return asked(ask, today=facts.today, day=facts.ends_on)
        if ask.kind in _DUTY_OF:
            step = asked(ask, today=facts.today, duty=_DUTY_OF[ask.kind])
            says = StepSays.agreement_duty_late if step.late else StepSays.agreement_duty
            return step.model_copy(update={"says": says, "does": StepDoes.do_duty})
        return asked(ask, today=facts.today)
    return AGREEMENT[facts.state](facts)


def agreement_line(facts: AgreementFacts) -> list[Stage]:
    """Draft, for signature, in force, ended."""
    over = facts.state in (S.ended, S.renewed, S.terminated)
    begun = over or facts.state in (S.in_force, S.expiring)
    return line(
        (
            Part(StageName.draft, done=facts.state not in (S.draft, S.cancelled), on=facts.drafted_on),
            Part(
                StageName.for_signature, done=begun or facts.state is S.signed, on=facts.proposed_on, by=facts.sign_by
            ),
            Part(StageName.in_force, done=over, on=facts.starts_on, since=facts.starts_on),
            Part(StageName.ended, done=over, on=facts.ended_on or facts.ends_on, by=facts.ends_on),
        ),
        today=facts.today,
        over=facts.state is S.cancelled,
    )
